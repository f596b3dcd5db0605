"""A function in; the type of every expression in it out, as Go's own type checker records them."""

from collections.abc import Iterable

from goleaklint.syntax import ast
from goleaklint.types.infer import Inference
from goleaklint.types.record_expressions import ExpressionRecorder, Recorded, is_blank
from goleaklint.types.types import UNTYPED_BOOL, Basic, Chan, Tuple, Type, default, is_untyped


class Recorder:
    """Visits statements; `types` holds what was recorded, by byte offsets, `calls` the calls met."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self._expressions = ExpressionRecorder(inference, self.function)
        self._results: list[tuple[Type, ...]] = []

    @property
    def types(self) -> Recorded:
        return self._expressions.types

    @property
    def calls(self) -> list[ast.Call]:
        return self._expressions.calls

    def function(self, kind: ast.FuncType, body: ast.Block) -> None:
        """Visit a function's body; returns are seen with its result types."""
        self._results.append(self.inference.declared.signature(kind, self.inference.env).results)
        self._stmts(body.stmts)
        self._results.pop()

    def _stmts(self, stmts: Iterable[ast.Stmt]) -> None:
        for stmt in stmts:
            self._stmt(stmt)

    def _exprs(self, exprs: Iterable[ast.Expr]) -> None:
        for expr in exprs:
            self._expressions.expr(expr)

    def _stmt(self, stmt: ast.Stmt | None) -> None:
        match stmt:
            case ast.Block(stmts=stmts):
                self._stmts(stmts)
            case ast.ExprStmt(x=x) | ast.IncDec(x=x) | ast.Go(call=x) | ast.Defer(call=x):
                self._expressions.expr(x)
            case ast.Send(chan=chan, value=value):
                self._expressions.expr(chan)
                under = self.inference.declared.core(self.inference.type_of(chan))
                self._expressions.expr(value, under.elem if isinstance(under, Chan) else None)
            case ast.Assign(left=left, op=op, right=right):
                self._assign(left, op, right)
            case ast.DeclStmt(specs=specs):
                for spec in specs:
                    self._spec(spec)
            case ast.Return(results=results):
                self._return(results)
            case ast.Labeled(stmt=inner):
                self._stmt(inner)
            case ast.Select(clauses=comms):
                for comm in comms:
                    self._stmt(comm.comm)
                    self._stmts(comm.body)
            case ast.Switch() | ast.TypeSwitch():
                self._switch(stmt)
            case _:
                self._branch_or_loop(stmt)

    def _branch_or_loop(self, stmt: ast.Stmt | None) -> None:
        match stmt:
            case ast.If(init=init, cond=cond, then=then, orelse=orelse):
                self._stmt(init)
                self._expressions.expr(cond, UNTYPED_BOOL)
                self._stmt(then)
                self._stmt(orelse)
            case ast.For(init=init, cond=cond, post=post, body=body):
                self._stmt(init)
                if cond is not None:
                    self._expressions.expr(cond, UNTYPED_BOOL)
                self._stmt(post)
                self._stmt(body)
            case ast.Range(body=body):
                self._range(stmt)
                self._stmt(body)

    def _range(self, stmt: ast.Range) -> None:
        """A constant that is ranged over takes the type of the variable; a string stays as it is."""
        kind = self.inference.type_of(stmt.x)
        wanted: Type | None = None
        if default(kind) == Basic("string"):
            wanted = kind
        elif stmt.op == "=" and stmt.left and not is_blank(stmt.left[0]):
            wanted = self.inference.type_of(stmt.left[0])
        self._expressions.expr(stmt.x, wanted)
        if stmt.op != ":=":
            self._exprs(stmt.left)

    def _assign(self, left: tuple[ast.Expr, ...], op: str, right: tuple[ast.Expr, ...]) -> None:
        if op != ":=":
            self._exprs(left)
        if op in ("<<=", ">>="):
            for count in right:
                self._expressions.as_it_is(count)
        elif len(left) == len(right):
            for target, value in zip(left, right, strict=True):
                wanted = None if op == ":=" or is_blank(target) else self.inference.type_of(target)
                self._expressions.expr(value, wanted)
        else:
            self._several(left, op, right)

    def _several(self, left: tuple[ast.Expr, ...], op: str, right: tuple[ast.Expr, ...]) -> None:
        """One expression that gives several values: a call, or the comma-ok form of a map, assertion or receive."""
        self._exprs(right)
        if len(left) != 2 or len(right) != 1:
            return
        value = ast.unparen(right[0])
        kind = self.inference.type_of(value)
        if not isinstance(value, ast.Index | ast.TypeAssert | ast.Unary) or isinstance(kind, Tuple):
            return
        found: Type = Basic("bool")
        if op == "=" and not is_blank(left[1]):
            target = self.inference.type_of(left[1])
            found = target if self.inference.declared.underlying(target) == found else found
        self._expressions.put_through(right[0], Tuple((kind, found)))

    def _spec(self, spec: ast.ValueSpec | ast.TypeSpec) -> None:
        if isinstance(spec, ast.TypeSpec):
            for part in spec.type_params:
                self._expressions.type_expr(part.type)
            self._expressions.type_expr(spec.type)
            return
        wanted: Type | None = None
        if spec.type is not None:
            self._expressions.type_expr(spec.type)
            wanted = self.inference.declared.resolve(spec.type, self.inference.env)
        if len(spec.values) != len(spec.names):
            self._several(spec.names, ":=", spec.values)
            return
        for value in spec.values:
            kind = self.inference.type_of(value)
            self._expressions.expr(value, kind if spec.const and wanted is None and is_untyped(kind) else wanted)

    def _return(self, results: tuple[ast.Expr, ...]) -> None:
        wanted = self._results[-1] if self._results else ()
        for number, value in enumerate(results):
            self._expressions.expr(value, wanted[number] if len(wanted) == len(results) else None)

    def _switch(self, stmt: ast.Switch | ast.TypeSwitch) -> None:
        self._stmt(stmt.init)
        subject = stmt.tag if isinstance(stmt, ast.Switch) else stmt.x
        if subject is not None:
            self._expressions.expr(subject)
        for clause in stmt.clauses:
            for value in clause.values or ():
                if isinstance(stmt, ast.TypeSwitch):
                    self._expressions.type_expr(value)
                else:
                    wanted = None if subject is None else default(self.inference.type_of(subject))
                    self._expressions.expr(value, wanted)
            self._stmts(clause.body)
