"""A function's syntax in, its control-flow graph out: Go's statements one by one."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from goleaklint.flow import ops
from goleaklint.flow.builder import Builder, Jump, NeverReturns
from goleaklint.flow.graph import EdgeKind, Graph
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions


def lower(function: ast.FuncBody | ast.FuncLit, never_returns: NeverReturns) -> Graph:
    """The graph of a function or function literal; the literals inside it are left to calls of their own.

    `never_returns` tells of a call whether it ends the process or the goroutine, and which.
    """
    lowering = _Lowering(function, never_returns)
    block = function.block if isinstance(function, ast.FuncBody) else function.body
    lowering.stmts(block.stmts)
    lowering.build.leave(lowering.build.graph.returned, EdgeKind.RETURN)
    return lowering.build.graph


class _Lowering:
    """One pass over the statements. The builder's current block is where control is."""

    def __init__(self, function: ast.FuncBody | ast.FuncLit, never_returns: NeverReturns) -> None:
        self.build = Builder(function, never_returns)
        self._label = ""
        self._outer_label = ""

    def stmts(self, stmts: Iterable[ast.Stmt]) -> None:
        for stmt in stmts:
            self.stmt(stmt)

    def stmt(self, stmt: ast.Stmt | None) -> None:
        """Lower one statement; types and empty statements do nothing."""
        self._outer_label, self._label = self._label, ""
        visit = _STMTS.get(type(stmt))
        if visit is not None:
            visit(self, stmt)

    def _expression(self, stmt: ast.ExprStmt) -> None:
        self.build.value(stmt.x)

    def _return(self, stmt: ast.Return) -> None:
        build = self.build
        build.values(stmt.results)
        build.add(ops.Return(stmt))
        build.leave(build.graph.returned, EdgeKind.RETURN)

    def _block(self, stmt: ast.Block) -> None:
        self.stmts(stmt.stmts)

    def _send(self, stmt: ast.Send) -> None:
        self.build.values((stmt.chan, stmt.value))
        self.build.add(ops.Send(stmt))

    def _step(self, stmt: ast.IncDec) -> None:
        self.build.value(stmt.x)
        self.build.add(ops.Assign(stmt, (stmt.x,), (), False))

    def _go(self, stmt: ast.Go) -> None:
        self.build.operands(stmt.call)
        self.build.add(ops.Go(stmt))

    def _defer(self, stmt: ast.Defer) -> None:
        self.build.operands(stmt.call)
        self.build.add(ops.Defer(stmt))

    def _branch(self, stmt: ast.Branch) -> None:
        self.build.branch(stmt.kind, stmt.label)

    def _labeled(self, stmt: ast.Labeled) -> None:
        self.build.label(stmt.label)
        self._label = stmt.label
        self.stmt(stmt.stmt)
        self._label = ""
        self.build.end_label(stmt.label)

    def _unreadable(self, stmt: ast.BadStmt) -> None:
        self.build.add(ops.Unreadable(stmt))

    def _assign(self, stmt: ast.Assign) -> None:
        build = self.build
        for target in stmt.left:
            if type(target) is not ast.Ident:
                build.values(_place_parts(target))
        build.values(stmt.right)
        if stmt.op not in ("=", ":="):
            build.values(target for target in stmt.left if isinstance(target, ast.Ident))
        build.add(ops.Assign(stmt, stmt.left, stmt.right, stmt.op == ":="))

    def _declare(self, stmt: ast.DeclStmt) -> None:
        for spec in stmt.specs:
            if isinstance(spec, ast.ValueSpec) and not spec.const:
                self.build.values(spec.values)
                self.build.add(ops.Assign(spec, spec.names, spec.values, True))

    def _if(self, stmt: ast.If) -> None:
        build = self.build
        if stmt.init is not None:
            self.stmt(stmt.init)
        then, orelse, after = build.new_block(), build.new_block(), build.new_block()
        build.condition(stmt.cond, then, orelse)
        build.enter(then)
        self.stmts(stmt.then.stmts)
        build.leave(after)
        build.enter(orelse)
        if stmt.orelse is not None:
            self.stmt(stmt.orelse)
        build.leave(after)
        build.enter(after)

    def _for(self, stmt: ast.For) -> None:
        build, label = self.build, self._outer_label
        self.stmt(stmt.init)
        after = build.new_block()
        with build.loop(stmt):
            head, body, post = build.new_block(), build.new_block(), build.new_block()
            build.leave(head)
            build.enter(head)
            if stmt.cond is None:
                build.leave(body)
            else:
                build.condition(stmt.cond, body, after)
            with build.jumps(Jump(label, after, post)):
                build.enter(body)
                self.stmts(stmt.body.stmts)
                build.leave(post)
            build.enter(post)
            self.stmt(stmt.post)
            build.leave(head)
        build.enter(after)

    def _range(self, stmt: ast.Range) -> None:
        build, label = self.build, self._outer_label
        build.value(stmt.x)
        after = build.new_block()
        with build.loop(stmt):
            head, body = build.new_block(), build.new_block()
            build.leave(head)
            build.enter(head)
            build.add(ops.Range(stmt))
            build.edge(body, EdgeKind.ROUND)
            build.leave(after, EdgeKind.DONE)
            with build.jumps(Jump(label, after, head)):
                build.enter(body)
                build.values(part for target in stmt.left for part in _place_parts(target))
                self.stmts(stmt.body.stmts)
                build.leave(head)
        build.enter(after)

    def _switch(self, stmt: ast.Switch | ast.TypeSwitch) -> None:
        build, label = self.build, self._outer_label
        self.stmt(stmt.init)
        subject = stmt.tag if isinstance(stmt, ast.Switch) else stmt.x
        if subject is not None:
            build.value(subject)
        after = build.new_block()
        bodies = [build.new_block() for _ in stmt.clauses]
        default = after
        steady = isinstance(stmt, ast.TypeSwitch) or _is_steady(stmt)
        for clause, body in zip(stmt.clauses, bodies, strict=True):
            if clause.values is None:
                default = body
                continue
            self._case_values(stmt, clause, body, steady)
        default_clause = next((clause for clause in stmt.clauses if clause.values is None), None)
        build.leave(default, EdgeKind.DEFAULT, default_clause)
        for number, (clause, body) in enumerate(zip(stmt.clauses, bodies, strict=True)):
            following = bodies[number + 1] if number + 1 < len(bodies) else after
            with build.jumps(Jump(label, after, None, following)):
                build.enter(body)
                self.stmts(clause.body)
                build.leave(after)
        build.enter(after)

    def _case_values(self, stmt: ast.Switch | ast.TypeSwitch, clause: ast.CaseClause, body: int, steady: bool) -> None:
        """The comparisons of one clause, in order: on a match to `body`, else on to the next clause.

        Of a tag that is not `steady` they say nothing.
        """
        build = self.build
        for value in clause.values or ():
            otherwise = build.new_block()
            if isinstance(stmt, ast.Switch) and stmt.tag is None:
                build.condition(value, body, otherwise)
            else:
                if isinstance(stmt, ast.Switch):
                    build.value(value)
                matches, fails = _comparisons(stmt, value) if steady else (None, None)
                build.edge(body, EdgeKind.CASE, clause, matches)
                build.leave(otherwise, condition=fails, holds=False)
            build.enter(otherwise)

    def _select(self, stmt: ast.Select) -> None:
        build, label = self.build, self._outer_label
        for clause in stmt.clauses:
            build.values(_operands(clause.comm))
        build.add(ops.Select(stmt))
        after = build.new_block()
        bodies = [build.new_block() for _ in stmt.clauses]
        for clause, body in zip(stmt.clauses, bodies, strict=True):
            build.edge(body, EdgeKind.DEFAULT if clause.comm is None else EdgeKind.CASE, clause)
        build.drop()
        for clause, body in zip(stmt.clauses, bodies, strict=True):
            with build.jumps(Jump(label, after, None)):
                build.enter(body)
                if isinstance(clause.comm, ast.Assign):
                    build.values(part for target in clause.comm.left for part in _place_parts(target))
                    comm = clause.comm
                    build.add(ops.Assign(comm, comm.left, comm.right, comm.op == ":="))
                self.stmts(clause.body)
                build.leave(after)
        build.enter(after)


# A dict from the class to the method costs a third of what `match` does.
_STMTS: Mapping[type, Callable[[_Lowering, Any], None]] = {
    ast.Assign: _Lowering._assign,
    ast.ExprStmt: _Lowering._expression,
    ast.If: _Lowering._if,
    ast.Return: _Lowering._return,
    ast.Block: _Lowering._block,
    ast.Send: _Lowering._send,
    ast.IncDec: _Lowering._step,
    ast.DeclStmt: _Lowering._declare,
    ast.Go: _Lowering._go,
    ast.Defer: _Lowering._defer,
    ast.Branch: _Lowering._branch,
    ast.Labeled: _Lowering._labeled,
    ast.For: _Lowering._for,
    ast.Range: _Lowering._range,
    **dict.fromkeys((ast.Switch, ast.TypeSwitch), _Lowering._switch),
    ast.Select: _Lowering._select,
    ast.BadStmt: _Lowering._unreadable,
}


def _comparisons(stmt: ast.Switch | ast.TypeSwitch, value: ast.Expr) -> tuple[ast.Expr | None, ast.Expr | None]:
    """What holds if a case matches, and what does not hold if it does not.

    A type other than nil only matches a value that is not nil; that it does not match says nothing.
    """
    if isinstance(stmt, ast.Switch):
        equal = None if stmt.tag is None else ast.Binary(value.start, value.end, "==", stmt.tag, value)
        return equal, equal
    nil = ast.Ident(value.start, value.end, "nil")
    if isinstance(value, ast.Ident) and value.name == "nil":
        equal = ast.Binary(value.start, value.end, "==", stmt.x, nil)
        return equal, equal
    return ast.Binary(value.start, value.end, "!=", stmt.x, nil), None


def _is_steady(stmt: ast.Switch) -> bool:
    """Reports whether the tag, which Go evaluates once, still has that value when it is compared: no case calls
    anything that could give its variables other values."""
    values = (value for clause in stmt.clauses for value in clause.values or ())
    suspects = (value for value in values if not isinstance(value, ast.BasicLit | ast.Ident | ast.Selector))
    return not any(_may_set(each) for value in suspects for each in expressions(value))


def _may_set(expr: ast.Expr) -> bool:
    return isinstance(expr, ast.Call) or (isinstance(expr, ast.Unary) and expr.op == "<-")


def _place_parts(target: ast.Expr) -> tuple[ast.Expr, ...]:
    """What Go evaluates of the left side of an assignment: of `a[i].f` the `a` and `i`, of a plain variable nothing."""
    match ast.unparen(target):
        case ast.Selector(x=x) | ast.Star(x=x):
            return (x,)
        case ast.Index(x=x, indices=indices):
            return (x, *indices)
        case _:
            return ()


def _operands(comm: ast.Stmt | None) -> tuple[ast.Expr, ...]:
    """What Go evaluates of every case of a select before it waits: channels, and the values to send."""
    match comm:
        case ast.Send(chan=chan, value=value):
            return chan, value
        case ast.ExprStmt(x=received) | ast.Assign(right=(received,)):
            received = ast.unparen(received)
            return (received.x,) if isinstance(received, ast.Unary) and received.op == "<-" else ()
        case _:
            return ()
