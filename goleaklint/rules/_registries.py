"""A map that functions share in; what it registers, and whether anything ever leaves it, out: for GL701."""

import re
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import Mention, Shared, mentions
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions
from goleaklint.types.types import Basic, Chan, Func, Map, Named, Pointer, Slice, Struct, Type

SYNC_MAP = Named("sync", "Map")

PEOPLE = re.compile(
    r"(conn|connection|session|subscriber|subscription|peer|client|stream|listener|watcher|waiter|socket|consumer|"
    r"observer|cancel|cancelfunc|websocket|viewer|player|channel)s?$",
    re.IGNORECASE,
)
"""Names of types whose values come and go while a server runs."""

REMOVING = re.compile(r"remove|delete|unregister|drop|forget|evict|prune|purge|unsubscribe", re.IGNORECASE)
"""Names of functions that make a map smaller in some way, be it by giving it shorter entries."""

INSERTERS = frozenset(("Store", "LoadOrStore", "Swap"))
LOOKERS = frozenset(("Load", "Range", "CompareAndSwap", *INSERTERS))

READERS = frozenset(("maps.Keys", "maps.Values", "maps.All", "maps.Clone", "fmt.Sprint", "fmt.Sprintf", "fmt.Printf"))
"""Functions that only read the map they are given."""


@dataclass(frozen=True, slots=True, eq=False)
class Insertion:
    """An entry comes into a shared map at `node`: its key and value."""

    node: ast.Node
    place: ast.Expr
    shared: Shared
    key: ast.Expr
    value: ast.Expr


@dataclass(frozen=True, slots=True, eq=False)
class Growth:
    """A map from which nothing leaves. `closed` is where an entry is closed and left in it, if that happens."""

    insertions: tuple[Mention, ...]
    closed: Mention | None


# --- what is registered


def registered(code: Code, insertion: Insertion) -> str:
    """What comes and goes in a map, in words: channels, functions, sessions; "" for anything else."""
    core = code.core_type(insertion.place)
    kinds = (
        (core.value, core.key)
        if isinstance(core, Map)
        else (code.type_of(insertion.value), code.type_of(insertion.key))
    )
    return _kind(code, kinds[0]) or _kind(code, kinds[1], is_key=True)


def _kind(code: Code, kind: Type, *, is_key: bool = False) -> str:
    while isinstance(kind, Pointer | Slice) or (isinstance(kind, Map) and not is_key):
        kind = kind.value if isinstance(kind, Map) else kind.elem
    if isinstance(kind, Chan):
        return "channels"
    if isinstance(kind, Func):
        return "functions"
    if not isinstance(kind, Named):
        return ""
    under = code.types.declared.underlying(kind)
    if isinstance(under, Chan):
        return "channels"
    if isinstance(under, Func):
        return "cancel functions" if kind == Named("context", "CancelFunc") else "functions"
    if kind == Named("github.com/libp2p/go-libp2p/core/peer", "ID"):
        return "peers"
    match = PEOPLE.search(kind.name)
    if match is None or isinstance(under, Basic):
        return ""
    return f"{match[1].lower()}s"


def is_enumeration(code: Code, key: Type) -> bool:
    """Reports whether a type has few values: a bool, a byte, a reflect.Type, a named basic type with constants of its
    own."""
    if isinstance(key, Basic):
        return key.name in ("bool", "uint8", "int8", "untyped bool")
    if key == Named("reflect", "Type"):
        return True
    if not isinstance(key, Named) or not isinstance(code.types.declared.underlying(key), Basic):
        return False
    scope = code.types.declared.package_of(key)
    sources = scope.all_sources() if scope is not None else ()
    specs = (spec for source in sources for spec in source.syntax.specs)
    consts = [spec for spec in specs if isinstance(spec, ast.ValueSpec) and spec.const]
    return any(isinstance(spec.type, ast.Ident) and spec.type.name == key.name for spec in consts)


# --- whether it shrinks


def growth(code: Code, shared: Shared) -> Growth | None:
    """How a map only grows; None where entries leave it, it is replaced or bounded, or others have hold of it."""
    insertions: list[Mention] = []
    closed: Mention | None = None
    for mention in mentions(code, shared):
        use = _use(mention)
        if use == "other":
            return None
        if use == "insertion":
            insertions.append(mention)
        if use == "close" and closed is None:
            closed = mention
    return Growth(tuple(insertions), closed) if insertions else None


def _use(mention: Mention) -> str:
    """What a mention does with the map: `insertion`, `close` of an entry, `look`, or `other`."""
    if mention.given is not None:
        return "look" if is_fresh(mention.given) else "other"
    outer = mention.around[0] if mention.around else None
    beyond = mention.around[1] if len(mention.around) > 1 else None
    match outer:
        case ast.Paren() | ast.Star():
            return _use(Mention(outer, mention.around[1:], mention.types, mention.code))
        case ast.Index(x=x) if x is mention.expr:
            return _use_of_entry(mention, outer, beyond)
        case ast.Range(x=x) if x is mention.expr:
            return "look"
        case ast.Selector(name=name):
            if name.name in INSERTERS:
                return "insertion"
            return "look" if name.name in LOOKERS else "other"
        case ast.Call():
            return _use_by_call(mention, outer)
        case ast.Binary():
            return "look"
        case ast.Assign(left=left):
            if mention.expr not in left:
                return "other"
            return "look" if _is_made_here(mention, outer) else "other"
        case ast.ValueSpec():
            return "look"
        case _:
            return "other"


def _use_of_entry(mention: Mention, index: ast.Index, beyond: ast.Node | None) -> str:
    """What is done with `m[k]`."""
    if isinstance(beyond, ast.Assign) and any(ast.unparen(each) is index for each in beyond.left):
        at = next(at for at, each in enumerate(beyond.left) if ast.unparen(each) is index)
        value = beyond.right[at] if at < len(beyond.right) else None
        # `m[k] = append(m[k][:i], ...)` and `m[k] = nil` take something out.
        if isinstance(value, ast.Ident) and value.name == "nil":
            return "other"
        shrinks = isinstance(value, ast.Call) and value.args and isinstance(ast.unparen(value.args[0]), ast.Slice)
        removes = mention.code is not None and REMOVING.match(mention.code.whole.function.decl.name.name)
        return "other" if shrinks or removes else "insertion"
    if isinstance(beyond, ast.Call) and _called(beyond) in ("delete", "clear"):
        return "other"
    if isinstance(beyond, ast.Call) and _called(beyond) == "close":
        return "close"
    if isinstance(beyond, ast.Selector) and beyond.name.name in ("Close", "Stop", "Cancel", "Unsubscribe"):
        return "close"
    if isinstance(beyond, ast.Unary) and beyond.op == "&":
        return "other"
    return "other" if _is_map(mention, index) and _empties(mention, index, beyond) else "look"


def _is_map(mention: Mention, index: ast.Index) -> bool:
    return isinstance(mention.types.declared.underlying(mention.types.type_of(index)), Map)


def _empties(mention: Mention, index: ast.Index, beyond: ast.Node | None) -> bool:
    """Reports whether what is in an entry, a map itself, may be taken out by somebody who gets hold of that one."""
    if isinstance(beyond, ast.Return):
        return True
    if isinstance(beyond, ast.Call):
        return _called(beyond) not in (*READERS, "len")
    if not isinstance(beyond, ast.Assign) or mention.code is None or beyond.right != (index,):
        return False
    alias = mention.code.symbol(beyond.left[0])
    return (
        alias is not None
        and alias.is_variable
        and any(
            isinstance(each, ast.Call) and _called(each) in ("delete", "clear") and _is_first(code, each, alias)
            for code in mention.code.whole.all_code()
            for each in all_expressions(code.block.stmts)
        )
    )


def _is_first(code: Code, call: ast.Call, variable: Symbol) -> bool:
    return bool(call.args) and code.symbol(ast.unparen(call.args[0])) is variable


def _called(call: ast.Call) -> str:
    match ast.unparen(call.fun):
        case ast.Ident(name=name):
            return name
        case ast.Selector(x=ast.Ident(name=package), name=ast.Ident(name=name)):
            return f"{package}.{name}"
        case _:
            return ""


def _use_by_call(mention: Mention, call: ast.Call) -> str:
    name = _called(call)
    if name == "len":
        test = mention.around[1] if len(mention.around) > 1 else None
        is_bound = isinstance(test, ast.Binary) and test.op in ("<", ">", "<=", ">=", "==") and not _is_zero(test)
        return "other" if is_bound else "look"
    return "look" if name in READERS else "other"


def _is_zero(test: ast.Binary) -> bool:
    sides = (ast.unparen(test.x), ast.unparen(test.y))
    return any(isinstance(side, ast.BasicLit) and side.text in ("0", "1") for side in sides)


def is_fresh(value: ast.Expr) -> bool:
    """Reports whether a value is a new, empty map that nobody else knows."""
    match ast.unparen(value):
        case ast.Call(fun=ast.Ident(name="make")):
            return True
        case ast.CompositeLit(elements=elements):
            return not elements
        case _:
            return False


def _is_made_here(mention: Mention, assign: ast.Assign) -> bool:
    """Reports whether the assignment makes the map for the first time: where it is nil, or in a constructor."""
    if not assign.right or not all(map(is_fresh, assign.right)):
        return False
    text = mention.code.text(mention.expr) if mention.code is not None else ""
    tests = (node.cond for node in mention.around if isinstance(node, ast.If))
    if mention.code is not None and any(_is_nil_test(mention.code, test, text) for test in tests):
        return True
    name = mention.code.whole.function.decl.name.name.lower() if mention.code is not None else ""
    return name.startswith(("new", "init", "make", "open", "start", "create", "setup"))


def _is_nil_test(code: Code, test: ast.Expr, text: str) -> bool:
    test = ast.unparen(test)
    if not isinstance(test, ast.Binary) or test.op != "==":
        return False
    sides = {code.text(test.x), code.text(test.y)}
    return "nil" in sides and text in sides


# --- who owns it


SHORT_LIVED = re.compile(
    r"(request|req|context|ctx|tx|txn|transaction|builder|visitor|walker|parser|decoder|encoder|printer|state|result|"
    r"response|config|options|opts|batch|iterator|snapshot|evaluator|compiler|test|suite|job|task|query|call|message)$",
    re.IGNORECASE,
)
TEST_DOUBLES = re.compile(r"mock|fake|stub|dummy|test", re.IGNORECASE)
TEST_PACKAGE = re.compile(r"(^|/)(tests?|testing|testutils?|testhelpers?|e2e|mocks?|fakes?|[a-z]+test)(/|$)")


def is_long_lived(code: Code, shared: Shared) -> bool:
    """Reports whether the map lives on while a server runs: a variable of a package, or a field of a type that is
    shared by goroutines, which a lock or a channel in it shows."""
    if TEST_DOUBLES.search(shared.owner) or TEST_PACKAGE.search(shared.package):
        return False
    if not shared.owner:
        return True
    if SHORT_LIVED.search(shared.owner):
        return False
    return _is_shared(code, Named(shared.package, shared.owner), depth=2)


def _is_shared(code: Code, kind: Type, depth: int) -> bool:
    """Reports whether a struct, or one that it embeds, has a lock or a channel."""
    kind = kind.elem if isinstance(kind, Pointer) else kind
    under = code.types.declared.underlying(kind)
    if not isinstance(under, Struct) or not depth:
        return False
    return any(
        _is_lock(each.type)
        or isinstance(code.types.declared.underlying(each.type), Chan)
        or ((each.embedded or isinstance(each.type, Struct)) and _is_shared(code, each.type, depth - 1))
        for each in under.fields
    )


def _is_lock(kind: Type) -> bool:
    kind = kind.elem if isinstance(kind, Pointer) else kind
    if not isinstance(kind, Named):
        return False
    return kind == SYNC_MAP or kind.name.lower().endswith("mutex")
