"""A place in a function in; how often it is come to in the life of a process out: once, or again and again.

What main, init, the initialisation of a package variable or a Once at package level does by single calls outside loops
happens once. Handlers of requests and bodies of loops are come to again and again. Of most else nobody knows.
"""

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goleaklint.calls.code import CallSite, Code
from goleaklint.flow import ops
from goleaklint.flow.graph import Block, Loop
from goleaklint.flow.loops import Rounds, rounds
from goleaklint.index.package import base_name
from goleaklint.index.program import Decl
from goleaklint.index.symbols import SymbolKind
from goleaklint.liveness.waits import named
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions, deep_expressions, expressions
from goleaklint.types.types import Chan, Func

MAX_CALLERS = 40
"""How many functions are asked for their callers about one place; real chains from main are some ten calls long."""

REQUESTS = frozenset(
    (
        ("net/http", "Request"),
        ("net/http", "ResponseWriter"),
        ("github.com/libp2p/go-libp2p/core/network", "Stream"),
        ("google.golang.org/grpc", "ServerStream"),
    )
)
"""A function that is given one of these runs once for each of them."""

COMMANDS = frozenset(
    (
        ("github.com/spf13/cobra", "Command"),
        ("github.com/urfave/cli", "Context"),
        ("github.com/urfave/cli/v2", "Context"),
        ("github.com/urfave/cli/v3", "Command"),
        ("gopkg.in/urfave/cli.v1", "Context"),
    )
)
"""A function that is given one of these is what a command line asks for, and runs once."""


class Often(enum.IntEnum):
    """How often a place is come to. TEST: once in each run of a test."""

    ONCE = 0
    TEST = 1
    UNKNOWN = 2
    REPEATED = 3


@dataclass(frozen=True, slots=True)
class Root:
    """How often a place is come to, and for what reason: `why` finishes the sentence "it is started ..."."""

    often: Often
    why: str = ""


_START = re.compile(r"start|run|open|init|setup|serve|listen|onstart|launch|loop|begin", re.IGNORECASE)
"""Methods that an object's owner calls once."""

_UNKNOWN = Root(Often.UNKNOWN)

_BY_USERS = Root(Often.UNKNOWN, "by users of the package")
"""Nothing in the module calls an exported function."""


def root_of(code: Code, node: ast.Node) -> Root:
    """How often control comes to a piece of syntax in a function or literal.

    What a command does of which nobody knows who calls it, it does once: what its packages for others do may be more.
    """
    found = _Climb().place(code, node)
    is_command = code.whole.scope.package.name == "main"
    return Root(Often.ONCE) if found.often is Often.UNKNOWN and is_command else found


def usual_root_of(code: Code, node: ast.Node) -> Root:
    """The same, as far as callers are at hand: that users of the module may call a function, too, does not count beside
    its own callers."""
    return _Climb(usual=True).place(code, node)


class _Climb:
    """One way up the callers. `usual` leaves out users of the module, if there are other callers."""

    def __init__(self, usual: bool = False) -> None:
        self._seen: set[tuple[str, int]] = set()
        self._usual = usual

    def _worst(self, found: Sequence[Root]) -> Root:
        known = [each for each in found if each is not _BY_USERS] if self._usual else []
        return max(known or found, key=lambda each: each.often)

    def place(self, code: Code, node: ast.Node) -> Root:
        block = block_of(code, node)
        again = block is not None and code.graph.comes_again(block)
        if again and block is not None and (not block.loops or any(_goes_on(code, loop) for loop in block.loops)):
            return Root(Often.REPEATED, "again in each round of a loop")
        return self._function(code)

    def _function(self, code: Code) -> Root:
        given = set(_parameter_types(code))
        if not given.isdisjoint(REQUESTS):
            return Root(Often.REPEATED, "for each request")
        if not given.isdisjoint(COMMANDS):
            return Root(Often.ONCE, "by a command")
        if isinstance(code.node, ast.FuncLit):
            return self._literal(code.outer, code.node)
        decl = code.whole.decl
        place = decl.file.source.path, decl.node.start
        if place in self._seen:
            return Root(Often.ONCE)  # the way round says nothing of how often the circle is entered
        if len(self._seen) >= MAX_CALLERS:
            return _UNKNOWN
        self._seen.add(place)
        found = _entry(decl, code) or self._callers(decl, code)
        if found.often is Often.UNKNOWN and code.is_method and _START.match(decl.name):
            return self._object(code)
        return found

    def _literal(self, outer: Code | None, node: ast.FuncLit) -> Root:
        if outer is None:
            return _UNKNOWN
        call = _given_to(outer, node)
        if call is not None and outer.callee_name(call) == ("sync", "(*Once).Do"):
            return Root(Often.ONCE) if _is_global(outer, call) else self._object(outer)
        return self.place(outer, node)

    def _object(self, code: Code) -> Root:
        """How often objects with a method are made: for what each of them does once."""
        kind = code.whole.function.decl.receiver
        name = "" if kind is None else base_name(kind.type)
        found = [self.place(maker, node) for maker, node in makings(code, name)] if name else []
        return self._worst(found) if found else _UNKNOWN

    def _callers(self, decl: Decl, code: Code) -> Root:
        found = [Root(Often.ONCE, "with its package")] if _in_variables(decl, code) else []
        in_test = _is_test(decl.file.source.path)
        for site in code.whole.functions.each_caller(decl):
            if _is_test(site.code.whole.scope.source.path) and not in_test:
                continue
            found.append(self._site(site))
            if found[-1].often is Often.REPEATED:
                return found[-1]
        if not found and decl.file.package.name == "main":
            return Root(Often.ONCE, "by a command")
        if found:
            return self._worst(found)
        return _BY_USERS if decl.name[:1].isupper() and not code.is_method else _UNKNOWN

    def _site(self, site: CallSite) -> Root:
        if site.call:
            return self.place(site.code, site.node)
        # What package main keeps as a value is what its commands do.
        return Root(Often.ONCE) if site.code.whole.scope.package.name == "main" else _UNKNOWN


def makings(code: Code, name: str) -> Iterator[tuple[Code, ast.Node]]:
    """Where functions of a package make an object of one of its types, as `T{}` or `new(T)`."""
    word = re.compile(rb"\b%s\b" % re.escape(name.encode()))
    for function in code.whole.functions.in_package(code.whole.scope.package, word):
        for each in function.all_code():
            yield from ((each, expr) for expr in all_expressions(each.block.stmts) if _makes(expr, name))


def _makes(expr: ast.Expr, name: str) -> bool:
    match expr:
        case ast.CompositeLit(type=ast.Ident(name=made)):
            return made == name
        case ast.Call(fun=ast.Ident(name="new"), args=(ast.Ident(name=made),)):
            return made == name
        case _:
            return False


def _entry(decl: Decl, code: Code) -> Root | None:
    """The root that a declared function is itself; None if its callers decide."""
    package = decl.file.package.name
    if code.is_method:
        return None
    if decl.name.startswith("glob.."):
        return Root(Often.ONCE, "by a command") if package == "main" else _UNKNOWN
    if decl.name == "init" or (decl.name == "main" and package == "main"):
        return Root(Often.ONCE, f"by {decl.name}")
    if _is_test(decl.file.source.path) and decl.name.startswith(("Test", "Benchmark", "Example", "Fuzz")):
        return Root(Often.TEST, f"by {decl.name}")
    return None


def _is_test(path: str) -> bool:
    return path.endswith("_test.go")


def block_of(code: Code, node: ast.Node) -> Block | None:
    """The block in which a piece of syntax, or the operation that it is part of, is executed."""
    best: tuple[int, Block] | None = None
    for block in code.graph.blocks:
        for op in block.ops:
            start, end = op.node.start, op.node.end
            if start <= node.start and node.end <= end and (best is None or end - start < best[0]):
                best = end - start, block
    return None if best is None else best[1]


def _goes_on(code: Code, loop: Loop) -> bool:
    """Reports whether a loop goes on as long as something comes: for ever, while a condition holds, over a channel.

    One that counts, or goes over a collection, starts as many as there are and is done.
    """
    if isinstance(loop, ast.Range):
        return isinstance(code.core_type(loop.x), Chan | Func)
    return rounds(loop) in (Rounds.ENDLESS, Rounds.CONDITION)


def _parameter_types(code: Code) -> Iterator[tuple[str, str] | None]:
    return (named(code.types.declared.resolve(field.type, code.types.env)) for field in code.type.params)


def _given_to(outer: Code, literal: ast.FuncLit) -> ast.Call | None:
    """The call that a literal is an argument of."""
    for _, op in outer.graph.ops(ops.Call):
        if any(ast.unparen(arg) is literal for arg in op.node.args):
            return op.node
    return None


def _is_global(code: Code, call: ast.Call) -> bool:
    """Reports whether a method is called on a variable of a package, or on a field of one."""
    expr = ast.unparen(call.fun)
    while isinstance(expr, ast.Selector):
        expr = ast.unparen(expr.x)
    symbol = code.symbol(expr)
    return symbol is not None and symbol.kind is SymbolKind.GLOBAL


def _in_variables(decl: Decl, code: Code) -> bool:
    """Reports whether a variable of its package is initialised with a function, or by it."""
    if code.is_method:
        return False
    for source in decl.file.package.all_sources():
        for spec in source.syntax.specs:
            values = spec.values if isinstance(spec, ast.ValueSpec) and not spec.const else ()
            if any(isinstance(each, ast.Ident) and each.name == decl.name for each in _deep(values)):
                return True
    return False


def _deep(values: tuple[ast.Expr, ...]) -> Iterator[ast.Expr]:
    """Every expression in some values, those inside function literals included."""
    for value in values:
        for expr in expressions(value):
            yield expr
            if isinstance(expr, ast.FuncLit):
                yield from deep_expressions(expr.body.stmts)
