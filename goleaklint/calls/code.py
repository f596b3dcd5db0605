"""A function with its body in; its control flow, names, types and callees out, each worked out when first asked for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from goleaklint.calls.known import Known
from goleaklint.calls.nodes import EdgeKind
from goleaklint.calls.sources import Sources
from goleaklint.calls.summary import Summary
from goleaklint.files.text import SourceText
from goleaklint.flow.facts import FactTracker
from goleaklint.flow.graph import Graph
from goleaklint.flow.lower import lower
from goleaklint.index.hints import is_within
from goleaklint.index.package import Function, base_name
from goleaklint.index.program import Decl, FileScope, PackageScope
from goleaklint.index.scopes import Names, resolve
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.knowledge import Knowledge, NoReturn
from goleaklint.syntax import ast
from goleaklint.syntax.walk import assignments, direct_expressions, expressions, literals, statements
from goleaklint.types.declared import Declared
from goleaklint.types.function import function_types
from goleaklint.types.identity import callee_name
from goleaklint.types.infer import Inference
from goleaklint.types.members import Member, find_member
from goleaklint.types.types import Interface, Type


@dataclass(frozen=True, slots=True, eq=False)
class CallSite:
    """A use of a function by name: `node` is the call, or the name where it is used as a value (`call` is false).

    `kind` tells whether the call is made here, spawned or deferred; of a value it says CALL.
    """

    code: "Code"
    node: ast.Expr
    call: bool
    kind: EdgeKind = EdgeKind.CALL


class Analysis(Protocol):
    """What a function can ask about the others: see `functions.Functions`."""

    declared: Declared
    knowledge: Knowledge
    sources: Sources
    cache: dict[object, object]

    def enter(self, function: Function, scope: FileScope) -> "DeclaredFunction": ...

    def of(self, decl: Decl) -> "DeclaredFunction | None": ...

    def in_package(
        self, package: PackageScope, word: re.Pattern[bytes] | None = None
    ) -> "Iterator[DeclaredFunction]": ...

    def holds(self, decl: Decl, word: re.Pattern[bytes]) -> bool: ...

    def symbols(self, package: PackageScope) -> Mapping[str, Symbol]: ...

    def text(self, path: str) -> SourceText | None: ...

    def known(self, call: ast.Call, types: Inference) -> Known: ...

    def summary(self, decl: Decl) -> Summary | None: ...

    def never_returns(self, call: ast.Call, function: "DeclaredFunction") -> NoReturn | None: ...

    def callers(self, decl: Decl) -> tuple[CallSite, ...]: ...

    def each_caller(self, decl: Decl) -> Iterator[CallSite]: ...

    def interface_callers(self, decl: Decl) -> Iterator[CallSite] | None: ...


class DeclaredFunction:
    """A declared function or method, and the function literals in it."""

    def __init__(self, functions: "Analysis", function: Function, scope: FileScope) -> None:
        self.functions = functions
        self.function = function
        self.scope = scope

    @cached_property
    def decl(self) -> Decl:
        return Decl(self.function.decl.name.name, SymbolKind.FUNC, self.function.decl, self.scope)

    @cached_property
    def names(self) -> Names:
        return resolve(self.function, self.functions.symbols(self.scope.package), self.scope.imports)

    @cached_property
    def types(self) -> Inference:
        return function_types(self.functions.declared, self.scope, self.function.decl, self.names)

    @cached_property
    def code(self) -> "Code":
        """The function itself, without its literals."""
        return Code(self, self.function.body, self.function.name, 0, None)

    @cached_property
    def _codes(self) -> Mapping[ast.FuncLit, "Code"]:
        return {code.node: code for code in self.all_code() if isinstance(code.node, ast.FuncLit)}

    def all_code(self) -> Iterator["Code"]:
        """The function and every literal in it, outer ones first."""
        pending = [self.code]
        while pending:
            code = pending.pop(0)
            yield code
            pending += code.literals

    def literal(self, node: ast.FuncLit) -> "Code | None":
        """One of its literals."""
        return self._codes.get(node)

    def value_of(self, symbol: Symbol) -> ast.Expr | None:
        """The only value that a local variable ever gets; None if it may get another, or one of several results."""
        return self._values.get(symbol)

    @cached_property
    def _values(self) -> Mapping[Symbol, ast.Expr]:
        found: dict[Symbol, ast.Expr | None] = {}
        for target, value in assignments(self.function.body.block.stmts):
            symbol = self.names.symbol(target) if isinstance(target, ast.Ident) else None
            if symbol is not None and symbol.kind is SymbolKind.LOCAL:
                found[symbol] = None if symbol in found else value
        return {symbol: value for symbol, value in found.items() if value is not None}

    def uses_of(self, decl: Decl, places: Sequence[int], *, indirect: bool = False) -> Iterator[CallSite]:
        """Where this function, or a literal in it, calls, spawns, defers or mentions another function.

        `places` are where its name stands, in order: only there is looked. `indirect` asks for calls of the method of
        an interface that may be the declared method instead.
        """
        for code in self.all_code():
            if is_within(places, code.node.start, code.node.end):
                yield from code.uses_of(decl, places, indirect=indirect)


class Code:
    """A function, method or function literal, without the literals inside it.

    `name` is what Go's stack traces call it, `depth` counts the literals it stands in, itself included; `outer` is the
    function or literal around it.
    """

    def __init__(
        self,
        whole: DeclaredFunction,
        node: ast.FuncBody | ast.FuncLit,
        name: str,
        depth: int,
        outer: "Code | None",
    ) -> None:
        self.whole = whole
        self.node = node
        self.name = name
        self.depth = depth
        self.outer = outer

    @property
    def names(self) -> Names:
        return self.whole.names

    @property
    def types(self) -> Inference:
        return self.whole.types

    @property
    def source(self) -> SourceText:
        return self.whole.function.file.text

    @property
    def block(self) -> ast.Block:
        return self.node.block if isinstance(self.node, ast.FuncBody) else self.node.body

    @property
    def type(self) -> ast.FuncType:
        return self.whole.function.decl.type if isinstance(self.node, ast.FuncBody) else self.node.type

    @cached_property
    def graph(self) -> Graph:
        return self._lowered()

    def _lowered(self) -> Graph:
        return lower(self.node, lambda call: self.whole.functions.never_returns(call, self.whole))

    def passing_graph(self) -> Graph:
        """Its control flow as far as is known by now which calls never return: not kept, for that may change."""
        return self.graph if "graph" in vars(self) else self._lowered()

    @cached_property
    def tracker(self) -> FactTracker:
        return FactTracker(self.graph, self.names, self.whole.function.body.block, self.types)

    @cached_property
    def literals(self) -> tuple["Code", ...]:
        """The function literals directly in it, under the names that Go's stack traces give them."""
        if self.source.data.find(b"func", self.block.start, self.block.end) < 0:
            return ()  # most have none, and the walk costs more than the search
        found: list[Code] = []
        for number, literal in enumerate(literals(self.block.stmts), 1):
            top = self.depth == 0 and not self.name.startswith("glob..")
            name = f"{self.name}.func{number}" if top else f"{self.name}.{number}"
            found.append(Code(self.whole, literal, name, self.depth + 1, self))
        return tuple(found)

    @cached_property
    def params(self) -> tuple[Symbol | None, ...]:
        """The parameters, a method's receiver first; None for those without a name."""
        receiver = self.whole.function.decl.receiver if isinstance(self.node, ast.FuncBody) else None
        found: list[Symbol | None] = []
        for field in (*((receiver,) if receiver else ()), *self.type.params):
            found += [self.names.symbol(name) for name in field.names] or [None]
        return tuple(found)

    @property
    def is_method(self) -> bool:
        return isinstance(self.node, ast.FuncBody) and self.whole.function.decl.receiver is not None

    # --- expressions

    def symbol(self, expr: ast.Expr) -> Symbol | None:
        """The thing that a plain name refers to; None for any other expression."""
        expr = ast.unparen(expr)
        return self.names.symbol(expr) if isinstance(expr, ast.Ident) else None

    def type_of(self, expr: ast.Expr) -> Type:
        return self.types.type_of(expr)

    def core_type(self, expr: ast.Expr) -> Type | None:
        """The type under the name of an expression's type, such as the channel type; None if that is not known."""
        return self.types.declared.core(self.types.type_of(expr))

    def text(self, node: ast.Node) -> str:
        """The source of a piece of syntax on one line, cut where it is long."""
        line = " ".join(self.source.data[node.start : node.end].decode("utf-8", "replace").split())
        return line if len(line) <= 60 else line[:57] + "..."

    # --- calls

    def callee_name(self, call: ast.Call) -> tuple[str, str] | None:
        """Import path and name of what is called, such as `(*DB).Begin`; None if that is not known."""
        return callee_name(self.types, call)

    def known(self, call: ast.Call) -> Known:
        """What is known of what a call does."""
        return self.whole.functions.known(call, self.types)

    def callee(self, call: ast.Call) -> "Code | None":
        """The code that a call runs: a literal, or a function under analysis; None where that cannot be read."""
        return self.function_value(call.fun)

    def function_value(self, expr: ast.Expr) -> "Code | None":
        """The code that a function value stands for: a literal, a name for one, a function or method by name."""
        expr = ast.unparen(expr)
        if isinstance(expr, ast.FuncLit):
            return self.whole.literal(expr)
        symbol = self.symbol(expr)
        if symbol is not None and symbol.is_variable:
            value = self.whole.value_of(symbol)
            return None if value is None or value is expr else self._literal_value(value)
        decl = self.declaration(expr)
        found = self.whole.functions.of(decl) if decl is not None else None
        return None if found is None else found.code

    def _literal_value(self, value: ast.Expr) -> "Code | None":
        value = ast.unparen(value)
        if isinstance(value, ast.FuncLit):
            return self.whole.literal(value)
        decl = self.declaration(value) if isinstance(value, ast.Selector | ast.Ident) else None
        found = self.whole.functions.of(decl) if decl is not None else None
        return None if found is None else found.code

    def declaration(self, fun: ast.Expr) -> Decl | None:
        """The declared function or method that an expression names; None for interface methods and function values."""
        call = ast.Call(fun.start, fun.end, fun, (), False)
        found = self.types.callee(call)
        found = found.decl if isinstance(found, Member) else found
        return found if isinstance(found, Decl) else None

    def arguments(self, call: ast.Call, callee: "Code") -> Iterator[tuple[Symbol, ast.Expr]]:
        """The callee's parameters with what the call gives them, the receiver included; none for variadic ones."""
        fun = ast.unparen(call.fun)
        values: list[ast.Expr] = list(call.args)
        if callee.is_method and isinstance(fun, ast.Selector) and not self.types.is_type(fun.x):
            values.insert(0, fun.x)
        fields = callee.type.params
        variadic = bool(fields) and fields[-1].variadic
        for number, (param, value) in enumerate(zip(callee.params, values, strict=False)):
            if param is not None and not (variadic and number == len(callee.params) - 1):
                yield param, value

    def uses_of(self, decl: Decl, places: Sequence[int], *, indirect: bool = False) -> Iterator[CallSite]:
        """Where this code calls, spawns, defers or mentions a declared function whose name stands in these places;
        with `indirect`, where it does so with the method of an interface that may be the declared method."""
        names = self._may_name if indirect else self._names
        kinds: dict[ast.Expr, EdgeKind] = {}
        called: set[ast.Expr] = set()
        for stmt in statements(self.block.stmts):
            if not is_within(places, stmt.start, stmt.end):
                continue
            if isinstance(stmt, ast.Go | ast.Defer):
                kinds[ast.unparen(stmt.call)] = EdgeKind.GO if isinstance(stmt, ast.Go) else EdgeKind.DEFER
            for expr in (each for part in direct_expressions(stmt) for each in expressions(part)):
                if isinstance(expr, ast.Call):
                    called.add(ast.unparen(expr.fun))
                    if names(ast.unparen(expr.fun), decl):
                        yield CallSite(self, expr, True, kinds.get(expr, EdgeKind.CALL))
                elif isinstance(expr, ast.Ident | ast.Selector) and expr not in called and names(expr, decl):
                    yield CallSite(self, expr, False)

    def _names(self, expr: ast.Expr, decl: Decl) -> bool:
        bare = expr.name.name if isinstance(expr, ast.Selector) else expr.name if isinstance(expr, ast.Ident) else ""
        if bare != decl.name:
            return False
        found = self.declaration(expr)
        return found is not None and _is_same(found, decl)

    def _may_name(self, expr: ast.Expr, decl: Decl) -> bool:
        """Reports whether an expression names the method of an interface that the declared method's type may meet."""
        if not isinstance(expr, ast.Selector) or expr.name.name != decl.name:
            return False
        member = find_member(self.types.declared, self.type_of(expr.x), decl.name)
        if not isinstance(member, Member) or not member.in_interface:
            return False
        asked = self.types.declared.core(member.owner) if member.owner is not None else None
        own = decl.file.package.methods.get(_receiver(decl), {})
        return not isinstance(asked, Interface) or all(name in own for name, _ in asked.methods)


def _is_same(one: Decl, other: Decl) -> bool:
    """Reports whether two declarations are one, or stand for each other under different build constraints."""
    if one.node.start == other.node.start and one.file.source.path == other.file.source.path:
        return True
    return one.file.package is other.file.package and one.name == other.name and _receiver(one) == _receiver(other)


def _receiver(decl: Decl) -> str:
    receiver = decl.node.receiver if isinstance(decl.node, ast.FuncDecl) else None
    return "" if receiver is None else base_name(receiver.type)
