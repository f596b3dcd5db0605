"""An object of a pool in; what of it keeps what was written, and what a function clears of it, out: GL301 and GL302."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import Shared, mentions, walk
from goleaklint.flow import ops
from goleaklint.index.std import is_std
from goleaklint.index.symbols import Symbol
from goleaklint.rules._taken import Taken
from goleaklint.syntax import ast
from goleaklint.types.printing import type_string
from goleaklint.types.types import Basic, Chan, Func, Interface, Map, Named, Pointer, Slice, Struct, Type, Unknown

ALL = "*"
"""Stands for the whole object in a set of names of fields."""

BUFFERS = {Named("bytes", "Buffer"), Named("strings", "Builder")}
"""Types to which each write adds to what is there."""

RESETS = re.compile(r"(?i)^(reset|re?init|init|clear|zero|truncate|clean|wipe|purge|recycle|setup|empty|flush)")
"""Methods that, by their names, make an object as good as new."""

READERS = re.compile(r"Bytes|String|Len|Cap|Available|Grow|Reset|Truncate")
"""Methods of a buffer that add nothing to what it holds."""

MAX_DEPTH = 2
"""How deep calls are followed to see what they clear."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an object keeps between its users: `fields` by name, or `ALL`; `what` says in words what accumulates."""

    fields: frozenset[str]
    what: str


# --- what accumulates


def content(code: Code, kind: Type, users: tuple[Taken, ...]) -> Content | None:
    """What of an object of this type keeps what earlier users wrote; None for one that is written over each time.

    A slice accumulates where one of its users appends to it, and a buffer where one may write to it. A map whose
    entries are returned is a cache on purpose: they are what it is for.
    """
    kind = kind.elem if isinstance(kind, Pointer) else kind
    if kind in BUFFERS:
        if users and all(_only_reads(user) for user in users):
            return None  # its memory serves as scratch
        return Content(frozenset((ALL,)), f"a {type_string(kind)} appends to what it holds")
    under = code.types.declared.underlying(kind)
    if isinstance(under, Map):
        is_cache = any(_answers_from(user.code, user.symbol) for user in users)
        return None if is_cache else Content(frozenset((ALL,)), "a map keeps its entries")
    if isinstance(under, Slice):
        grows = any(_is_appended(user.code, user.symbol) for user in users)
        return Content(frozenset((ALL,)), "append adds to what the slice holds") if grows else None
    if isinstance(under, Struct) and isinstance(kind, Named):
        fields = frozenset(each.name for each in under.fields if _field_keeps(code, kind, each.name, each.type))
        listed = " and ".join(sorted(fields)[:3])
        return Content(fields, f"its {listed} keep{'s' if len(fields) == 1 else ''} what was added") if fields else None
    return None


def _only_reads(user: Taken) -> bool:
    """Reports whether a user of a buffer calls nothing of it that writes, and gives it to nothing but a pool."""
    return not _may_write(user.code, user)


def _may_write(code: Code, user: Taken) -> bool:
    for expr, around in walk(code.block.stmts):
        if isinstance(expr, ast.Ident) and code.symbol(expr) is user.symbol and around:
            outer = around[0]
            reads = isinstance(outer, ast.Selector) and READERS.fullmatch(outer.name.name) is not None
            is_put = isinstance(outer, ast.Call) and _name(outer.fun) == "Put" and len(outer.args) == 1
            is_set = isinstance(outer, ast.Assign) and expr in outer.left
            if not reads and not is_put and not is_set and not (user.hands_on and isinstance(outer, ast.Return)):
                return True
    return any(_may_write(each, user) for each in code.literals)


def _field_keeps(code: Code, owner: Named, name: str, kind: Type) -> bool:
    if kind in BUFFERS:
        return True
    under = code.types.declared.underlying(kind)
    if not isinstance(under, Map | Slice):
        return False
    shared = Shared(owner.package, owner.name, name)
    found = mentions(code, shared)
    if isinstance(under, Slice):
        if any(_is_taken_from(mention.around, mention.expr) for mention in found):
            return False  # a stack: what was added is meant to be there
        return any(_is_append_to(mention.around, mention.expr) for mention in found)
    return any(_is_insertion(mention.around, mention.expr) for mention in found)


def _is_append_to(around: tuple[ast.Node, ...], expr: ast.Expr) -> bool:
    call = around[0] if around else None
    is_append = isinstance(call, ast.Call) and isinstance(call.fun, ast.Ident) and call.fun.name == "append"
    return is_append and isinstance(call, ast.Call) and bool(call.args) and ast.unparen(call.args[0]) is expr


def _is_taken_from(around: tuple[ast.Node, ...], expr: ast.Expr) -> bool:
    """Reports whether a slice is made shorter by its last elements: `s = s[:n-1]`."""
    outer = around[0] if around else None
    if not isinstance(outer, ast.Slice) or outer.x is not expr or outer.low is not None or outer.high is None:
        return False
    keeps = not isinstance(ast.unparen(outer.high), ast.BasicLit)
    return keeps and len(around) > 1 and isinstance(around[1], ast.Assign)


def _answers_from(code: Code, symbol: Symbol) -> bool:
    """Reports whether a function returns what it found in a map: `if v, ok := m[key]; ok { return v }`."""
    found = {
        code.symbol(op.left[0])
        for _, op in code.graph.ops(ops.Assign)
        if len(op.left) == 2
        and isinstance(index := ast.unparen(op.right[0]), ast.Index)
        and code.symbol(index.x) is symbol
    }
    returned = (code.symbol(value) for _, op in code.graph.ops(ops.Return) for value in op.node.results)
    return any(each is not None and each in found for each in returned)


def _is_insertion(around: tuple[ast.Node, ...], expr: ast.Expr) -> bool:
    if len(around) < 2 or not isinstance(around[0], ast.Index) or not isinstance(around[1], ast.Assign):
        return False
    return around[0].x is expr and around[0] in around[1].left


def _is_appended(code: Code, symbol: Symbol) -> bool:
    for expr, around in walk(code.block.stmts):
        if isinstance(expr, ast.Ident) and code.symbol(expr) is symbol:
            star = next((node for node in around[:2] if isinstance(node, ast.Star)), None)
            if _is_append_to(around, expr) or (
                star is not None and _is_append_to(around[around.index(star) + 1 :], star)
            ):
                return True
    return False


def holds_pointers(code: Code, kind: Type, depth: int = 4) -> bool:
    """Reports whether values of a type keep other objects alive; strings do not count."""
    under = code.types.declared.underlying(kind)
    match under:
        case Struct(fields=fields):
            return depth > 0 and any(holds_pointers(code, each.type, depth - 1) for each in fields)
        case Pointer() | Map() | Slice() | Chan() | Func() | Interface():
            return True
        case Basic() | Unknown():
            return False
        case _:
            return False


# --- what is cleared


def clears(code: Code, symbol: Symbol, depth: int = MAX_DEPTH) -> frozenset[str]:
    """The fields, or `ALL`, that a function makes empty, or new, of the object that a variable holds."""
    return frozenset(_cleared(code, symbol, depth))


def _cleared(code: Code, symbol: Symbol, depth: int) -> Iterator[str]:
    for expr, around in walk(code.block.stmts):
        if isinstance(expr, ast.Ident) and code.symbol(expr) is symbol:
            part, outer = _part(expr, around)
            if outer:
                yield from _cleared_by(code, symbol, part, outer, depth)
    for literal in code.literals:
        yield from _cleared(literal, symbol, depth)


def _part(expr: ast.Expr, around: tuple[ast.Node, ...]) -> tuple[str, tuple[ast.Node, ...]]:
    """Which field of the object a mention is about (`ALL` if it is all of it), and the syntax around that.

    The innermost node that is left is no mere pointer arithmetic any more: what is done with the part.
    """
    part = ALL
    rest = (expr, *around)
    while len(rest) > 1:
        outer = rest[1]
        if isinstance(outer, ast.Selector) and not _is_called(outer, rest[2:]):
            part = outer.name.name if part == ALL else part
        elif not isinstance(outer, ast.Paren | ast.Star) and not (isinstance(outer, ast.Unary) and outer.op == "&"):
            break
        rest = rest[1:]
    return part, rest


def _is_called(selector: ast.Selector, around: tuple[ast.Node, ...]) -> bool:
    return bool(around) and isinstance(around[0], ast.Call) and ast.unparen(around[0].fun) is selector


def _cleared_by(
    code: Code, symbol: Symbol, part: str, rest: tuple[ast.Node, ...], depth: int
) -> Iterator[str]:  # fmt: skip
    at, outer = rest[0], rest[1] if len(rest) > 1 else None
    match outer:
        case ast.Slice(low=low, high=ast.BasicLit(text="0")) if low is None or code.text(low) == "0":
            yield part
        case ast.Assign(left=left, op="="):
            if at in left and (part != ALL or isinstance(at, ast.Star)) and not _grows(code, at, outer):
                yield part
        case ast.Index() if _is_element_assigned(rest):
            yield part
        case ast.Selector(name=name):
            call = rest[2] if len(rest) > 2 else None
            if RESETS.match(name.name):
                yield part
            elif isinstance(call, ast.Call) and part == ALL:
                yield from _cleared_in(code, symbol, call, depth)
        case ast.Call(fun=fun):
            if isinstance(fun, ast.Ident) and fun.name in ("clear", "delete"):
                yield part
            elif part == ALL or _name(fun).lower().startswith(("reset", "clear", "zero")):
                yield from _cleared_in(code, symbol, outer, depth) if part == ALL else (part,)


def _grows(code: Code, target: ast.Node, assign: ast.Assign) -> bool:
    """Reports whether the assignment appends to what it assigns to."""
    for each, value in zip(assign.left, assign.right, strict=False):
        value = ast.unparen(value)
        if each is target and isinstance(value, ast.Call) and value.args and _name(value.fun) == "append":
            return code.text(value.args[0]) == code.text(target)
    return False


def _is_element_assigned(rest: tuple[ast.Node, ...]) -> bool:
    """Reports whether a loop empties the elements of a slice, or a field of each: `b[i].labels = nil`."""
    assign = next((node for node in rest[1:5] if isinstance(node, ast.Assign)), None)
    if assign is None or not isinstance(rest[1], ast.Index):
        return False
    pairs = zip(assign.left, assign.right, strict=False)
    empties = any(each.start <= rest[0].start < each.end and _is_empty(value) for each, value in pairs)
    return empties and any(isinstance(node, ast.Range | ast.For) for node in rest)


def _is_empty(value: ast.Expr) -> bool:
    """Reports whether a value is nil, a literal without elements or digits, or made without arguments."""
    match ast.unparen(value):
        case ast.Ident(name=name):
            return name in ("nil", "false") or RESETS.match(name) is not None
        case ast.BasicLit(text=text):
            return text in ("0", '""', "``", "0.0")
        case ast.CompositeLit(elements=elements):
            return not elements
        case ast.Call(args=args):
            return not args
        case _:
            return False


def clears_elements(code: Code, symbol: Symbol, depth: int = 1) -> bool:
    """Reports whether a function empties the elements of the slice that a variable holds, all at once or one by one."""
    for expr, around in walk(code.block.stmts):
        if not isinstance(expr, ast.Ident) or code.symbol(expr) is not symbol:
            continue
        _, rest = _part(expr, around)
        call = next((node for node in rest[1:3] if isinstance(node, ast.Call)), None)
        if _is_element_assigned(rest) or (call is not None and _empties(code, symbol, call, depth)):
            return True
    return any(clears_elements(literal, symbol, depth) for literal in code.literals)


def extends(code: Code, symbol: Symbol) -> bool:
    """Reports whether a function cuts a variable's slice to more than its length: `s[:n+1]`, `s[:cap(s)]`."""
    for expr, around in walk(code.block.stmts):
        slice_ = around[0] if around else None
        if isinstance(expr, ast.Ident) and isinstance(slice_, ast.Slice) and code.symbol(expr) is symbol:
            high = ast.unparen(slice_.high) if slice_.high is not None else None
            if isinstance(high, ast.Binary) and high.op == "+":
                return True
            if isinstance(high, ast.Call) and _name(high.fun) == "cap":
                return True
    return any(extends(literal, symbol) for literal in code.literals)


def only_lends(code: Code, symbol: Symbol) -> bool:
    """Reports whether a function gives the slice in a variable only to functions whose source is not read, and to its
    pool."""
    for expr, around in walk(code.block.stmts):
        if not isinstance(expr, ast.Ident) or code.symbol(expr) is not symbol or not around:
            continue
        outer = around[1] if isinstance(around[0], ast.Slice) and len(around) > 1 else around[0]
        is_lent = isinstance(outer, ast.Call) and code.callee(outer) is None and _name(outer.fun) != "append"
        if not is_lent and not (isinstance(outer, ast.Assign) and expr in outer.left):
            return False
    return all(only_lends(literal, symbol) for literal in code.literals)


def _empties(code: Code, symbol: Symbol, call: ast.Call, depth: int) -> bool:
    name = _name(call.fun).lower()
    if name.startswith(("clear", "zero", "reset", "delete")):
        return True
    callee = code.callee(call) if depth else None
    pairs = code.arguments(call, callee) if callee is not None else ()
    return callee is not None and any(
        code.symbol(_bare(value)) is symbol and clears_elements(callee, param, depth - 1) for param, value in pairs
    )


def _name(fun: ast.Expr) -> str:
    fun = ast.unparen(fun)
    return fun.name.name if isinstance(fun, ast.Selector) else fun.name if isinstance(fun, ast.Ident) else ""


def _cleared_in(code: Code, symbol: Symbol, call: ast.Call, depth: int) -> Iterator[str]:
    """What a called function clears of the object it is given; of one that cannot be read its name tells."""
    callee = code.callee(call)
    if callee is None and (callbacks := _callbacks(code, call.fun)):
        yield from frozenset.intersection(*(_cleared_of(code, symbol, call, each, depth) for each in callbacks))
        return
    if callee is None:
        name = code.callee_name(call)
        is_foreign = name is None or not is_std(name[0])
        if is_foreign and RESETS.match(_name(call.fun)):
            yield ALL
        return
    if depth and callee is not code:
        yield from _cleared_of(code, symbol, call, callee, depth)


def _cleared_of(code: Code, symbol: Symbol, call: ast.Call, callee: Code, depth: int) -> frozenset[str]:
    given = (param for param, value in code.arguments(call, callee) if code.symbol(_bare(value)) is symbol)
    return frozenset(each for param in given for each in _cleared(callee, param, depth - 1))


def _callbacks(code: Code, fun: ast.Expr) -> list[Code]:
    """What a called parameter of a function can be; nothing where that is not known of all its callers."""
    symbol, whole = code.symbol(fun), code.whole.code
    if symbol is None or symbol not in whole.params or code.whole.decl.name[:1].isupper():
        return []
    found: list[Code | None] = []
    for site in code.whole.functions.callers(code.whole.decl):
        pairs = site.code.arguments(site.node, whole) if isinstance(site.node, ast.Call) else ()
        values = [value for param, value in pairs if param is symbol]
        found += [site.code.function_value(value) for value in values] or [None]
    known = [each for each in found if each is not None]
    return known if len(known) == len(found) else []


def _bare(value: ast.Expr) -> ast.Expr:
    value = ast.unparen(value)
    while isinstance(value, ast.Unary | ast.Star | ast.Slice):
        value = ast.unparen(value.x)
    return value


def is_cleared(content_: Content, cleared: frozenset[str]) -> bool:
    """Reports whether all that accumulates is among what is cleared."""
    return ALL in cleared or content_.fields <= cleared
