"""A function's body in; the calls, literals and assignments in it out, found in one walk in the order of the text."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from goleaklint.calls.nodes import EdgeKind
from goleaklint.syntax import ast

OUTERMOST = 0
"""The number of the function itself; its literals are numbered from 1 as they stand in the text."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A function literal. `owner` is the number of the function it stands in; `position` counts from 1 in that one."""

    node: ast.FuncLit
    owner: int
    position: int


@dataclass(frozen=True, slots=True)
class Made:
    """A call that the function (or its literal number `owner`) makes."""

    call: ast.Call
    owner: int
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class Given:
    """`target` gets `value`, or result number `position` of it where there are `several`; None: nobody knows what."""

    target: ast.Expr
    value: ast.Expr | None
    position: int = 0
    several: bool = False


@dataclass(slots=True)
class Gathered:
    """What one walk found.

    `given` are all assignments, `stored` those that declare no variable. `composites` are literals with elements, each
    with the next one around it (or itself) that has its type written. `mentions` are names, of those asked for, that
    stand elsewhere than before a call's `(`.
    """

    literals: list[Literal] = field(default_factory=list)
    calls: list[Made] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    stored: list[Given] = field(default_factory=list)
    composites: list[tuple[ast.CompositeLit, ast.CompositeLit]] = field(default_factory=list)
    addresses: list[ast.Expr] = field(default_factory=list)
    returns: list[tuple[int, ast.Return]] = field(default_factory=list)
    ranges: list[tuple[int, ast.Range]] = field(default_factory=list)
    mentions: list[ast.Ident | ast.Selector] = field(default_factory=list)


class Gatherer:
    """Walks function bodies, one after another. `mentioned` are the names whose mentions are wanted."""

    def __init__(self, mentioned: Collection[str] = ()) -> None:
        self._mentioned = mentioned
        self._found = Gathered()
        self._owner = OUTERMOST
        self._positions = [0]
        self._entering = True
        self._typed: ast.CompositeLit | None = None
        # A dict from the type to the method costs a third of what `match` does, which counts over a million nodes.
        self._exprs: Mapping[type, Callable[[Any], None]] = {
            ast.Ident: self._ident,
            ast.Call: self._call,
            ast.Selector: self._selector,
            ast.FuncLit: self._literal,
            ast.CompositeLit: self._composite,
            ast.Unary: self._unary,
            ast.Binary: self._binary,
            ast.Index: self._index,
            ast.KeyValue: self._key_value,
            ast.Slice: self._slice,
            **dict.fromkeys((ast.Paren, ast.Star, ast.TypeAssert), self._operand),
        }
        self._stmts: Mapping[type, Callable[[Any], None]] = {
            ast.Block: lambda stmt: self.stmts(stmt.stmts),
            ast.ExprStmt: lambda stmt: self.expr(stmt.x),
            ast.IncDec: lambda stmt: self.expr(stmt.x),
            ast.Send: self._send,
            ast.Assign: self._assign,
            ast.DeclStmt: self._declare,
            ast.Go: lambda stmt: self._later(stmt.call, EdgeKind.GO),
            ast.Defer: lambda stmt: self._later(stmt.call, EdgeKind.DEFER),
            ast.Return: self._return,
            ast.If: self._if,
            ast.For: self._for,
            ast.Range: self._range,
            ast.Switch: self._switch,
            ast.TypeSwitch: self._switch,
            ast.Select: self._select,
            ast.Labeled: lambda stmt: self._stmt(stmt.stmt),
        }

    def body(self, stmts: Iterable[ast.Stmt]) -> Gathered:
        """What is in the body of a function."""
        self._start(entering=True)
        self.stmts(stmts)
        return self._found

    def values(self, values: Iterable[ast.Expr]) -> Gathered:
        """What is in the values of package variables; the literals are found, but are functions of their own."""
        self._start(entering=False)
        self.exprs(values)
        return self._found

    def _start(self, *, entering: bool) -> None:
        self._found = Gathered()
        self._owner = OUTERMOST
        self._positions = [0]
        self._entering = entering

    # --- statements

    def stmts(self, stmts: Iterable[ast.Stmt]) -> None:
        table = self._stmts
        for stmt in stmts:
            visit = table.get(type(stmt))
            if visit is not None:
                visit(stmt)

    def _stmt(self, stmt: ast.Stmt | None) -> None:
        visit = self._stmts.get(type(stmt))
        if visit is not None:
            visit(stmt)

    def _send(self, stmt: ast.Send) -> None:
        self.expr(stmt.chan)
        self.expr(stmt.value)

    def _assign(self, stmt: ast.Assign) -> None:
        if stmt.op != ":=":
            self.exprs(stmt.left)
        self.exprs(stmt.right)
        before = len(self._found.given)
        self.give(stmt.left, stmt.right)
        if stmt.op != ":=":
            self._found.stored += self._found.given[before:]

    def _declare(self, stmt: ast.DeclStmt) -> None:
        for spec in stmt.specs:
            if isinstance(spec, ast.ValueSpec) and not spec.const and spec.values:
                self.exprs(spec.values)
                self.give(spec.names, spec.values)

    def give(self, targets: tuple[ast.Expr, ...], values: tuple[ast.Expr, ...]) -> None:
        """Enter an assignment; without values there is nothing to enter."""
        if not values:
            return
        found = self._found.given
        if len(targets) == len(values):
            found += map(Given, targets, values)
        else:
            value = values[0]
            found += (Given(target, value, position, True) for position, target in enumerate(targets))

    def _later(self, call: ast.Expr, kind: EdgeKind) -> None:
        call = ast.unparen(call)
        if type(call) is ast.Call:
            self._found.calls.append(Made(call, self._owner, kind))
            self._operands(call)
        else:
            self.expr(call)

    def _return(self, stmt: ast.Return) -> None:
        if stmt.results:
            self._found.returns.append((self._owner, stmt))
            self.exprs(stmt.results)

    def _if(self, stmt: ast.If) -> None:
        if stmt.init is not None:
            self._stmt(stmt.init)
        self.expr(stmt.cond)
        self.stmts(stmt.then.stmts)
        if stmt.orelse is not None:
            self._stmt(stmt.orelse)

    def _for(self, stmt: ast.For) -> None:
        self._stmt(stmt.init)
        if stmt.cond is not None:
            self.expr(stmt.cond)
        self._stmt(stmt.post)
        self.stmts(stmt.body.stmts)

    def _range(self, stmt: ast.Range) -> None:
        self._found.ranges.append((self._owner, stmt))
        given = [Given(target, None) for target in stmt.left]
        if stmt.op != ":=":
            self.exprs(stmt.left)
            self._found.stored += given
        self._found.given += given
        self.expr(stmt.x)
        self.stmts(stmt.body.stmts)

    def _switch(self, stmt: ast.Switch | ast.TypeSwitch) -> None:
        self._stmt(stmt.init)
        subject = stmt.tag if isinstance(stmt, ast.Switch) else stmt.x
        if subject is not None:
            self.expr(subject)
        for clause in stmt.clauses:
            if clause.values:
                self.exprs(clause.values)
            self.stmts(clause.body)

    def _select(self, stmt: ast.Select) -> None:
        for clause in stmt.clauses:
            self._stmt(clause.comm)
            self.stmts(clause.body)

    # --- expressions

    def expr(self, expr: ast.Expr) -> None:
        """Walk one expression; types are not entered, they hold no calls."""
        visit = self._exprs.get(type(expr))
        if visit is not None:
            visit(expr)

    def exprs(self, exprs: Iterable[ast.Expr]) -> None:
        table = self._exprs
        for expr in exprs:
            visit = table.get(type(expr))
            if visit is not None:
                visit(expr)

    def _ident(self, ident: ast.Ident) -> None:
        if ident.name in self._mentioned:
            self._found.mentions.append(ident)

    def _call(self, call: ast.Call) -> None:
        self._found.calls.append(Made(call, self._owner, EdgeKind.CALL))
        self._operands(call)

    def _operands(self, call: ast.Call) -> None:
        fun = call.fun
        kind = type(fun)
        if kind is ast.Selector:
            self.expr(fun.x)  # type: ignore[union-attr] # a type compared by identity narrows for people only
        elif kind is not ast.Ident:
            self.expr(fun)
        self.exprs(call.args)

    def _selector(self, selector: ast.Selector) -> None:
        if selector.name.name in self._mentioned:
            self._found.mentions.append(selector)
        self.expr(selector.x)

    def _literal(self, literal: ast.FuncLit) -> None:
        owner, found = self._owner, self._found
        self._positions[owner] += 1
        found.literals.append(Literal(literal, owner, self._positions[owner]))
        if not self._entering:
            return
        self._positions.append(0)
        self._owner = len(found.literals)
        self.stmts(literal.body.stmts)
        self._owner = owner

    def _composite(self, literal: ast.CompositeLit) -> None:
        if not literal.elements:
            return
        around = self._typed
        typed = self._typed = literal if literal.type is not None or around is None else around
        self._found.composites.append((literal, typed))
        self.exprs(literal.elements)
        self._typed = around

    def _unary(self, unary: ast.Unary) -> None:
        if unary.op == "&" and type(unary.x) is not ast.CompositeLit:
            self._found.addresses.append(unary.x)
        self.expr(unary.x)

    def _binary(self, binary: ast.Binary) -> None:
        self.expr(binary.x)
        self.expr(binary.y)

    def _index(self, index: ast.Index) -> None:
        self.expr(index.x)
        self.exprs(index.indices)

    def _key_value(self, pair: ast.KeyValue) -> None:
        if type(pair.key) is not ast.Ident:
            self.expr(pair.key)
        self.expr(pair.value)

    def _slice(self, expr: ast.Slice) -> None:
        self.expr(expr.x)
        for bound in (expr.low, expr.high, expr.max):
            if bound is not None:
                self.expr(bound)

    def _operand(self, expr: ast.Paren | ast.Star | ast.TypeAssert) -> None:
        self.expr(expr.x)
