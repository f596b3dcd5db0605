"""Constant expressions in, their values out: array lengths and channel capacities depend on them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from goleaklint.index.program import Decl
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.types.arithmetic import bounded, fractions, integers, whole
from goleaklint.types.environment import Env
from goleaklint.types.quoting import unquoted

Value: TypeAlias = int | Fraction | bytes
"""An integer or rune, a float, a string. Go's constants are exact, and so are these."""

MAX_STEPS = 200
"""Constants that refer to constants: more in a row can only be a cycle."""

MAX_PARTS = 20_000
"""Constants that refer to others twice grow like rabbits; no array length is made of more parts."""

MAX_EXPONENT = 200
"""Decimal exponents beyond this would cost time and memory, and are no array lengths."""

_INTEGERS = {"int": 8, "uint": 8, "uintptr": 8} | {f"{u}int{8 * n}": n for u in ("", "u") for n in (1, 2, 4, 8)}
_SIZES = _INTEGERS | {"byte": 1, "rune": 4, "bool": 1, "float32": 4, "float64": 8, "complex64": 8, "complex128": 16}
_FLOATS = ("float32", "float64")


def int_value(expr: ast.Expr | None, env: Env, iota: int | None = None) -> int | None:
    """The value of an integer constant expression; None where it is not one or cannot be worked out."""
    return _whole_value(expr, _Place(env, iota))


def string_value(expr: ast.Expr, env: Env) -> bytes | None:
    """The value of a string constant expression; None where it is not one or cannot be worked out."""
    value = _value(expr, _Place(env)).value
    return value if isinstance(value, bytes) else None


def literal_length(literal: ast.CompositeLit, env: Env) -> int | None:
    """The length of `[...]T{...}`: one more than its largest index."""
    return _literal_length(literal, _Place(env))


def _whole_value(expr: ast.Expr | None, at: "_Place") -> int | None:
    value = _value(expr, at).value
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value if isinstance(value, int) else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a constant stands, and how far it is from the expression whose value is asked for."""

    env: Env
    iota: int | None = None
    steps: int = 0
    parts: "Iterator[int]" = field(default_factory=lambda: iter(range(MAX_PARTS)))

    def elsewhere(self, env: Env, iota: int | None = None) -> "_Place":
        """The place of what is declared elsewhere, on the way to the same value."""
        return _Place(env, iota, self.steps, self.parts)

    def deeper(self) -> "_Place":
        return _Place(self.env, self.iota, self.steps + 1, self.parts)


@dataclass(frozen=True, slots=True)
class _Constant:
    """A value, and the predeclared type under its own type: "" for a constant without a type."""

    value: Value | None = None
    type: str = field(default="")


_NONE = _Constant()


def _value(expr: ast.Expr | None, at: _Place) -> _Constant:
    if expr is None or at.steps > MAX_STEPS or next(at.parts, None) is None:
        return _NONE
    at = at.deeper()
    match ast.unparen(expr):
        case ast.BasicLit(kind=kind, text=text):
            return _Constant(_literal(kind, text))
        case ast.Ident() as ident:
            return _named(ident, at)
        case ast.Selector(x=ast.Ident() as qualifier, name=ast.Ident(name=name)):
            decl = at.env.qualified(qualifier, name)
            return _NONE if decl is None else _declared(decl, at)
        case ast.Unary(op=op, x=x):
            return _unary(op, _value(x, at))
        case ast.Binary(op=op, x=x, y=y):
            return _binary(op, _value(x, at), _value(y, at))
        case ast.Call(fun=fun, args=(arg,)):
            return _call(ast.unparen(fun), arg, at)
        case ast.Call(fun=ast.Ident(name="min" | "max" as name) as fun, args=args) if args and _is_free(fun, at):
            return _outermost(max if name == "max" else min, [_value(arg, at) for arg in args])
        case _:
            return _NONE


def _literal(kind: str, text: str) -> Value | None:
    digits = text.replace("_", "")
    match kind:
        case "int":
            return _integer(digits)
        case "float" if "0x" not in digits.lower():
            return Fraction(digits) if abs(int(digits.lower().partition("e")[2] or 0)) <= MAX_EXPONENT else None
        case "rune" | "string":
            found = unquoted(text)
            return found if found is None or kind == "string" else ord(found.decode("utf-8", "replace")[:1] or "\0")
        case _:
            return None


def _integer(digits: str) -> int | None:
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        digits = f"0o{digits}"
    try:
        return int(digits, 0)
    except ValueError:
        return None


# --- names


def _named(ident: ast.Ident, at: _Place) -> _Constant:
    symbol = at.env.local(ident)
    if symbol is not None:
        return _local(symbol, at)
    if (decl := at.env.decl(ident.name)) is not None:
        return _declared(decl, at)
    return _Constant(at.iota) if ident.name == "iota" else _NONE


def _local(symbol: Symbol, at: _Place) -> _Constant:
    spec = symbol.node
    if isinstance(spec, ast.ValueSpec) and spec.const:
        for name, value in zip(spec.names, spec.values, strict=False):
            if name.start == symbol.start:
                return _typed(spec, _value(value, at.elsewhere(at.env, spec.iota)), at)
    return _NONE


def _declared(decl: Decl, at: _Place) -> _Constant:
    """A constant without a value of its own repeats the line above with its own iota, which its specification says."""
    spec = decl.node
    if not isinstance(spec, ast.ValueSpec) or not spec.const or decl.position >= len(spec.values):
        return _NONE
    place = at.elsewhere(Env(decl.file), spec.iota)
    return _typed(spec, _value(spec.values[decl.position], place), place)


def _typed(spec: ast.ValueSpec, found: _Constant, at: _Place) -> _Constant:
    return found if spec.type is None else _converted(found, _basic(spec.type, at))


def _basic(kind: ast.Expr, at: _Place) -> str:
    """The predeclared type that a type expression stands for in the end; "" if there is none."""
    for _ in range(MAX_STEPS):
        match ast.unparen(kind):
            case ast.Ident() as ident:
                symbol, decl = at.env.local(ident), at.env.decl(ident.name)
                node = symbol.node if symbol is not None else decl.node if decl is not None else None
                if node is None:
                    return ident.name if ident.name in _SIZES or ident.name == "string" else ""
                if not isinstance(node, ast.TypeSpec):
                    return ""
                kind = node.type
                if decl is not None and symbol is None:
                    at = at.elsewhere(Env(decl.file))
            case ast.Selector(x=ast.Ident() as qualifier, name=name):
                decl = at.env.qualified(qualifier, name.name)
                if decl is None or not isinstance(decl.node, ast.TypeSpec):
                    return ""
                kind, at = decl.node.type, at.elsewhere(Env(decl.file))
            case _:
                return ""
    return ""


# --- operations


def _call(fun: ast.Expr, arg: ast.Expr, at: _Place) -> _Constant:
    """`len` of a constant string or of an array, the size of a predeclared type, or a conversion."""
    if isinstance(fun, ast.Ident) and fun.name in ("len", "cap") and _is_free(fun, at):
        text = _value(arg, at).value
        return _Constant(len(text) if isinstance(text, bytes) else _array_length(arg, at), "int")
    if isinstance(fun, ast.Selector) and fun.name.name == "Sizeof" and isinstance(fun.x, ast.Ident):
        kind = _value(arg, at).type if at.env.import_path(fun.x) == "unsafe" else ""
        return _Constant(_SIZES[kind], "uintptr") if kind in _SIZES else _NONE
    kind = _basic(fun, at)
    return _converted(_value(arg, at), kind) if kind else _NONE


def _outermost(choose: Callable[[list[int | Fraction]], int | Fraction], found: list[_Constant]) -> _Constant:
    numbers = [each.value for each in found if isinstance(each.value, int | Fraction)]
    kind = next((each.type for each in found if each.type), "")
    return _Constant(choose(numbers), kind) if len(numbers) == len(found) else _NONE


def _is_free(ident: ast.Ident, at: _Place) -> bool:
    return at.env.local(ident) is None and at.env.decl(ident.name) is None


def _array_length(expr: ast.Expr, at: _Place) -> int | None:
    """The length of an array, where a type or literal says it that the expression leads to by names."""
    for _ in range(MAX_STEPS):
        match ast.unparen(expr):
            case ast.ArrayType(length=length) if length is not None:
                return _whole_value(length, at.deeper())
            case ast.CompositeLit(type=ast.ArrayType(length=None)) as literal:
                return _literal_length(literal, at.deeper())
            case ast.CompositeLit(type=kind) if kind is not None:
                expr = kind
            case ast.Ident() as ident:
                symbol, decl = at.env.local(ident), at.env.decl(ident.name)
                if symbol is None and decl is not None:
                    at = at.elsewhere(Env(decl.file))
                start = symbol.start if symbol is not None else -1
                node = symbol.node if symbol is not None else decl.node if decl is not None else None
                found = _stands_for(node, start if symbol is not None or decl is None else decl.position)
                if found is None:
                    return None
                expr = found
            case ast.Selector(x=ast.Ident() as qualifier, name=name):
                decl = at.env.qualified(qualifier, name.name)
                found = _stands_for(decl.node, decl.position) if decl is not None else None
                if decl is None or found is None:
                    return None
                expr, at = found, at.elsewhere(Env(decl.file))
            case _:
                return None
    return None


def _stands_for(node: ast.Node | None, which: int) -> ast.Expr | None:
    """The type or value that a name is declared with; `which` is the position of the name or, locally, its offset."""
    match node:
        case ast.TypeSpec(type=kind) | ast.Field(type=kind, variadic=False):
            return kind
        case ast.ValueSpec(type=kind) if kind is not None:
            return kind
        case ast.ValueSpec(names=names, values=values):
            pairs: tuple[tuple[ast.Expr, ast.Expr], ...] = tuple(zip(names, values, strict=False))
        case ast.Assign(left=left, right=right, op=":="):
            pairs = tuple(zip(left, right, strict=False))
        case _:
            return None
    return next((value for at, (name, value) in enumerate(pairs) if which in (at, name.start)), None)


def _literal_length(literal: ast.CompositeLit, place: _Place) -> int | None:
    at = longest = 0
    for element in literal.elements:
        if isinstance(element, ast.KeyValue):
            key = _whole_value(element.key, place)
            if key is None:
                return None
            at = key
        at += 1
        longest = max(longest, at)
    return longest


def _converted(found: _Constant, kind: str) -> _Constant:
    value = found.value
    match value:
        case int() | Fraction() if kind in _FLOATS:
            return _Constant(Fraction(value), kind)
        case Fraction() if kind in _INTEGERS and value.denominator == 1:
            return _Constant(value.numerator, kind)
        case int() if kind == "string":
            return _Constant(chr(value).encode("utf-8", "replace") if 0 <= value <= 0x10FFFF else None, kind)
        case _:
            return _Constant(value, kind)


def _unary(op: str, found: _Constant) -> _Constant:
    value = found.value
    if not isinstance(value, int | Fraction):
        return _NONE
    if op in ("+", "-"):
        return _Constant(-value if op == "-" else value, found.type)
    if op != "^" or not isinstance(value, int):
        return _NONE
    kind = "uint8" if found.type == "byte" else found.type
    inverse = ~value & (1 << 8 * _INTEGERS[kind]) - 1 if kind.startswith("uint") else ~value
    return _Constant(inverse, found.type)


def _binary(op: str, left: _Constant, right: _Constant) -> _Constant:
    one, other = left.value, right.value
    kind = left.type if op in ("<<", ">>") else left.type or right.type
    if isinstance(one, bytes) and isinstance(other, bytes):
        return _Constant(one + other, kind) if op == "+" else _NONE
    if isinstance(one, bytes) or isinstance(other, bytes) or one is None or other is None:
        return _NONE
    if op in ("<<", ">>"):
        one, other = whole(one), whole(other)
    if isinstance(one, int) and isinstance(other, int):
        return _Constant(bounded(integers(op, one, other)), kind)
    return _Constant(bounded(fractions(op, Fraction(one), Fraction(other))), kind)
