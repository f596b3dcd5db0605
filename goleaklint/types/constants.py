"""Integer constants in, their values out: array lengths and channel capacities depend on them."""

from goleaklint.index.program import Decl
from goleaklint.syntax import ast
from goleaklint.types.environment import Env

MAX_STEPS = 200
"""Constants that refer to constants: more in a row can only be a cycle."""

MAX_BITS = 512
"""Go's own compiler keeps constants of at least 512 bits; a shift beyond that is no array length."""


def int_value(expr: ast.Expr | None, env: Env, iota: int | None = None, steps: int = 0) -> int | None:
    """The value of an integer constant expression; None where it is not one or cannot be worked out."""
    if expr is None or steps > MAX_STEPS:
        return None
    match ast.unparen(expr):
        case ast.BasicLit(kind="int", text=text):
            return _literal(text)
        case ast.BasicLit(kind="rune", text=text) if len(text) == 3:
            return ord(text[1])
        case ast.Ident() as ident:
            if ident.name == "iota" and iota is not None:
                return iota
            return _constant(ident, env, steps)
        case ast.Selector(x=ast.Ident() as qualifier, name=ast.Ident(name=name)):
            package = env.file.program.package(env.import_path(qualifier) or "?")
            decl = package.lookup(name) if package is not None else None
            return None if decl is None else decl_value(decl, steps + 1)
        case ast.Unary(op="-" | "+" | "^" as op, x=x):
            value = int_value(x, env, iota, steps + 1)
            return None if value is None else {"-": -value, "+": value, "^": ~value}[op]
        case ast.Binary(op=op, x=x, y=y):
            left, right = int_value(x, env, iota, steps + 1), int_value(y, env, iota, steps + 1)
            return None if left is None or right is None else _operation(op, left, right)
        case ast.Call(fun=ast.Ident(name="len"), args=(ast.BasicLit(kind="string", text=text),)) if "\\" not in text:
            return len(text[1:-1].encode())
        case ast.Call(fun=ast.Ident(name=name), args=(arg,)) if name.startswith(("int", "uint")):
            return int_value(arg, env, iota, steps + 1)
        case _:
            return None


def decl_value(decl: Decl, steps: int = 0) -> int | None:
    """The value of a declared integer constant. One without a value repeats the line above with its own iota."""
    spec = decl.node
    if not isinstance(spec, ast.ValueSpec) or not spec.const or decl.position >= len(spec.values):
        return None
    return int_value(spec.values[decl.position], Env(decl.file), spec.iota, steps + 1)


def _constant(ident: ast.Ident, env: Env, steps: int) -> int | None:
    symbol = env.local(ident)
    if symbol is None:
        decl = env.decl(ident.name)
        return None if decl is None else decl_value(decl, steps + 1)
    spec = symbol.node
    if isinstance(spec, ast.ValueSpec) and spec.const:
        for name, value in zip(spec.names, spec.values, strict=False):
            if name.start == symbol.start:
                return int_value(value, env, spec.iota, steps + 1)
    return None


def _literal(text: str) -> int | None:
    digits = text.replace("_", "")
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        digits = f"0o{digits}"
    try:
        return int(digits, 0)
    except ValueError:
        return None


def _operation(op: str, left: int, right: int) -> int | None:
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" | "%" if right:
            quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
            return quotient if op == "/" else left - quotient * right
        case "<<" if 0 <= right <= MAX_BITS:
            return left << right
        case ">>" if 0 <= right <= MAX_BITS:
            return left >> right
        case "&":
            return left & right
        case "|":
            return left | right
        case "^":
            return left ^ right
        case "&^":
            return left & ~right
        case _:
            return None
