"""A function's syntax in, its control-flow graph out: Go's statements one by one."""

from collections.abc import Iterable

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

    def stmts(self, stmts: Iterable[ast.Stmt]) -> None:
        for stmt in stmts:
            self.stmt(stmt)

    def stmt(self, stmt: ast.Stmt | None) -> None:
        label, self._label = self._label, ""
        build = self.build
        match stmt:
            case ast.Assign():
                self._assign(stmt)
            case ast.ExprStmt(x=x):
                build.value(x)
            case ast.If():
                self._if(stmt)
            case None | ast.Empty():
                pass
            case ast.Return(results=results):
                build.values(results)
                build.add(ops.Return(stmt))
                build.leave(build.graph.returned, EdgeKind.RETURN)
            case ast.Block(stmts=stmts):
                self.stmts(stmts)
            case ast.Send(chan=chan, value=value):
                build.values((chan, value))
                build.add(ops.Send(stmt))
            case ast.IncDec(x=x):
                build.value(x)
                build.add(ops.Assign(stmt, (x,), (), False))
            case ast.DeclStmt(specs=specs):
                self._declare(specs)
            case ast.Go(call=call):
                build.operands(call)
                build.add(ops.Go(stmt))
            case ast.Defer(call=call):
                build.operands(call)
                build.add(ops.Defer(stmt))
            case ast.Branch(kind=kind, label=target):
                build.branch(kind, target)
            case ast.Labeled(label=name, stmt=inner):
                build.label(name)
                self._label = name
                self.stmt(inner)
                self._label = ""
                build.end_label(name)
            case ast.For():
                self._for(stmt, label)
            case ast.Range():
                self._range(stmt, label)
            case ast.Switch() | ast.TypeSwitch():
                self._switch(stmt, label)
            case ast.Select():
                self._select(stmt, label)
            case ast.BadStmt():
                build.add(ops.Unreadable(stmt))

    def _assign(self, stmt: ast.Assign) -> None:
        build = self.build
        build.values(part for target in stmt.left for part in _place_parts(target))
        build.values(stmt.right)
        if stmt.op not in ("=", ":="):
            build.values(target for target in stmt.left if isinstance(target, ast.Ident))
        build.add(ops.Assign(stmt, stmt.left, stmt.right, stmt.op == ":="))

    def _declare(self, specs: Iterable[ast.ValueSpec | ast.TypeSpec]) -> None:
        for spec in specs:
            if isinstance(spec, ast.ValueSpec) and not spec.const:
                self.build.values(spec.values)
                self.build.add(ops.Assign(spec, spec.names, spec.values, True))

    def _if(self, stmt: ast.If) -> None:
        build = self.build
        self.stmt(stmt.init)
        then, orelse, after = build.new_block(), build.new_block(), build.new_block()
        build.condition(stmt.cond, then, orelse)
        build.enter(then)
        self.stmts(stmt.then.stmts)
        build.leave(after)
        build.enter(orelse)
        self.stmt(stmt.orelse)
        build.leave(after)
        build.enter(after)

    def _for(self, stmt: ast.For, label: str) -> None:
        build = self.build
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

    def _range(self, stmt: ast.Range, label: str) -> None:
        build = self.build
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

    def _switch(self, stmt: ast.Switch | ast.TypeSwitch, label: str) -> None:
        build = self.build
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

    def _select(self, stmt: ast.Select, label: str) -> None:
        build = self.build
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
