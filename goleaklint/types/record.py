"""A function in; the type of every expression in it out, as Go's own type checker records them.

What the checker records of an untyped constant is the type that its place gives it: so each expression is visited with
the type that is wanted of it.
"""

from collections.abc import Iterable

from goleaklint.syntax import ast
from goleaklint.types import builtins
from goleaklint.types.generics import infer, spread
from goleaklint.types.infer import Inference
from goleaklint.types.literals import element_type, field_type
from goleaklint.types.types import (
    INT,
    UNTYPED_BOOL,
    UNTYPED_INT,
    UNTYPED_NIL,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Pointer,
    Struct,
    Tuple,
    Type,
    TypeParam,
    Unknown,
    default,
    is_untyped,
)

Recorded = dict[tuple[int, int], Type]


class Recorder:
    """Visits statements and expressions; `types` holds what was recorded, by byte offsets, `calls` the calls met."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.declared = inference.declared
        self.types: Recorded = {}
        self.calls: list[ast.Call] = []
        self._results: list[tuple[Type, ...]] = []

    def function(self, kind: ast.FuncType, body: ast.Block) -> None:
        """Visit a function's body; returns are seen with its result types."""
        self._results.append(self.declared.signature(kind, self.inference.env).results)
        self.stmts(body.stmts)
        self._results.pop()

    # --- statements

    def stmts(self, stmts: Iterable[ast.Stmt]) -> None:
        for stmt in stmts:
            self.stmt(stmt)

    def stmt(self, stmt: ast.Stmt | None) -> None:
        match stmt:
            case ast.Block(stmts=stmts):
                self.stmts(stmts)
            case ast.ExprStmt(x=x) | ast.IncDec(x=x) | ast.Go(call=x) | ast.Defer(call=x):
                self.expr(x)
            case ast.Send(chan=chan, value=value):
                self.expr(chan)
                under = self.declared.core(self.inference.type_of(chan))
                self.expr(value, under.elem if isinstance(under, Chan) else None)
            case ast.Assign(left=left, op=op, right=right):
                self._assign(left, op, right)
            case ast.DeclStmt(specs=specs):
                for spec in specs:
                    self._spec(spec)
            case ast.Return(results=results):
                self._return(results)
            case ast.If(init=init, cond=cond, then=then, orelse=orelse):
                self.stmt(init)
                self.expr(cond, UNTYPED_BOOL)
                self.stmt(then)
                self.stmt(orelse)
            case ast.For(init=init, cond=cond, post=post, body=body):
                self.stmt(init)
                if cond is not None:
                    self.expr(cond, UNTYPED_BOOL)
                self.stmt(post)
                self.stmt(body)
            case ast.Range(left=left, op=op, x=x, body=body):
                self.expr(x)
                if op != ":=":
                    self.exprs(left)
                self.stmt(body)
            case ast.Switch() | ast.TypeSwitch():
                self._switch(stmt)
            case ast.Select(clauses=comms):
                for comm in comms:
                    self.stmt(comm.comm)
                    self.stmts(comm.body)
            case ast.Labeled(stmt=inner):
                self.stmt(inner)

    def _assign(self, left: tuple[ast.Expr, ...], op: str, right: tuple[ast.Expr, ...]) -> None:
        if op != ":=":
            self.exprs(each for each in left if not _is_blank(each))
        if op in ("<<=", ">>="):
            self.exprs(right)
        elif len(left) == len(right):
            for target, value in zip(left, right, strict=True):
                wanted = None if op == ":=" or _is_blank(target) else self.inference.type_of(target)
                self.expr(value, wanted)
        else:
            self._several(len(left), right)

    def _several(self, count: int, right: tuple[ast.Expr, ...]) -> None:
        """One expression that gives several values: a call, or the comma-ok form of a map, assertion or receive."""
        self.exprs(right)
        if count == 2 and len(right) == 1:
            value = ast.unparen(right[0])
            if isinstance(value, ast.Index | ast.TypeAssert | ast.Unary):
                kind = self.inference.type_of(value)
                if not isinstance(kind, Tuple):
                    self._put(right[0], Tuple((kind, Basic("bool"))))
                    self._put(value, Tuple((kind, Basic("bool"))))

    def _spec(self, spec: ast.ValueSpec | ast.TypeSpec) -> None:
        if isinstance(spec, ast.TypeSpec):
            self.type_expr(spec.type)
            return
        if spec.type is not None:
            self.type_expr(spec.type)
        wanted = None if spec.type is None else self.declared.resolve(spec.type, self.inference.env)
        if len(spec.values) == len(spec.names):
            for value in spec.values:
                if spec.const and wanted is None:
                    self._put(value, self.inference.type_of(value))
                else:
                    self.expr(value, wanted)
        else:
            self._several(len(spec.names), spec.values)

    def _return(self, results: tuple[ast.Expr, ...]) -> None:
        wanted = self._results[-1] if self._results else ()
        for number, value in enumerate(results):
            self.expr(value, wanted[number] if len(wanted) == len(results) else None)

    def _switch(self, stmt: ast.Switch | ast.TypeSwitch) -> None:
        self.stmt(stmt.init)
        subject = stmt.tag if isinstance(stmt, ast.Switch) else stmt.x
        if subject is not None:
            self.expr(subject)
        for clause in stmt.clauses:
            for value in clause.values or ():
                if isinstance(stmt, ast.TypeSwitch):
                    self.type_expr(value)
                else:
                    self.expr(value, None if subject is None else default(self.inference.type_of(subject)))
            self.stmts(clause.body)

    # --- expressions

    def exprs(self, exprs: Iterable[ast.Expr]) -> None:
        for expr in exprs:
            self.expr(expr)

    def _put(self, expr: ast.Expr, kind: Type) -> None:
        self.types[expr.start, expr.end] = kind

    def expr(self, expr: ast.Expr, wanted: Type | None = None) -> None:
        """Record an expression of which `wanted` is asked, and all below it.

        An untyped type is wanted where constants stay as they are: in conditions, and inside constant expressions.
        """
        if self.inference.is_type(expr):
            self.type_expr(expr)
            return
        kind = self.inference.type_of(expr)
        if is_untyped(kind):
            kind = self._final(kind, wanted)
        self._put(expr, kind)
        self._below(expr, kind)

    def _final(self, kind: Type, wanted: Type | None) -> Type:
        if kind == UNTYPED_NIL or (wanted is not None and is_untyped(wanted)):
            return kind
        if wanted is None or isinstance(wanted, Unknown):
            return wanted if isinstance(wanted, Unknown) else default(kind)
        under = self.declared.underlying(wanted)
        if isinstance(under, Interface):
            return default(kind)
        return (
            wanted if isinstance(under, Basic | TypeParam) else under if isinstance(under, Unknown) else default(kind)
        )

    def _below(self, expr: ast.Expr, kind: Type) -> None:
        match expr:
            case ast.Paren(x=x):
                self.expr(x, kind)
            case ast.Unary(op=op, x=x):
                own = self.inference.type_of(expr)
                self.expr(x, None if op in ("&", "<-") else own if is_untyped(own) and own != UNTYPED_BOOL else kind)
            case ast.Binary():
                self._binary(expr, kind)
            case ast.Star(x=x):
                self.expr(x)
            case ast.Selector(x=x):
                if not (isinstance(x, ast.Ident) and self.inference.env.import_path(x)):
                    self.expr(x)
            case ast.Index():
                self._index(expr)
            case ast.Slice(x=x, low=low, high=high, max=top):
                self.expr(x)
                for bound in (low, high, top):
                    if bound is not None:
                        self.expr(bound, INT)
            case ast.TypeAssert(x=x, type=asserted):
                self.expr(x)
                self.type_expr(asserted)
            case ast.Call():
                self._call(expr)
            case ast.CompositeLit():
                self._composite(expr, kind)
            case ast.FuncLit(type=signature, body=body):
                self.type_expr(signature)
                self.function(signature, body)

    def _binary(self, expr: ast.Binary, kind: Type) -> None:
        own = self.inference.type_of(expr)
        left, right = self.inference.type_of(expr.x), self.inference.type_of(expr.y)
        if expr.op in ("<<", ">>"):
            constant = is_untyped(own) and is_untyped(right)
            self.expr(expr.x, own if constant else kind)
            self.expr(expr.y, right if constant else None)
            return
        if own != UNTYPED_BOOL or expr.op in ("&&", "||"):
            constant = is_untyped(own) and own != UNTYPED_BOOL
            self.expr(expr.x, own if constant else kind)
            self.expr(expr.y, own if constant else kind)
            return
        if is_untyped(left) and is_untyped(right):
            wider = self.inference.type_of(ast.Binary(expr.start, expr.end, "+", expr.x, expr.y))
            left = right = default(wider)
        self.expr(expr.x, right)
        self.expr(expr.y, left)

    def _index(self, expr: ast.Index) -> None:
        kind = self.inference.type_of(expr.x)
        if isinstance(kind, Func):
            self._put(expr.x, self.inference.type_of(expr))
            for each in expr.indices:
                self.type_expr(each)
            return
        self.expr(expr.x)
        under = self.declared.core(kind)
        for each in expr.indices:
            self.expr(each, under.key if isinstance(under, Map) else INT)

    def _call(self, call: ast.Call) -> None:
        fun = ast.unparen(call.fun)
        if self.inference.is_type(fun):
            self.type_expr(call.fun)
            target = self.declared.resolve(fun, self.inference.env)
            for arg in call.args:
                self.expr(arg, self._conversion(target, arg))
            return
        self.calls.append(call)
        if isinstance(fun, ast.Ident) and fun.name in builtins.FUNCTIONS and self._is_builtin(fun):
            self._builtin_call(fun.name, call)
            return
        function = self._callee_type(call, fun)
        wanted = spread(function, len(call.args)) if function is not None else ()
        for number, arg in enumerate(call.args):
            spread_out = call.spread and number == len(call.args) - 1
            known = number < len(wanted) and len(wanted) == len(call.args) and not spread_out
            self.expr(arg, wanted[number] if known else None if function is not None else Unknown("unknown callee"))

    def _conversion(self, target: Type, arg: ast.Expr) -> Type | None:
        """A constant takes the type it is converted to; but an integer that becomes a string keeps its own."""
        under = self.declared.underlying(target)
        integer = default(self.inference.type_of(arg)) in (Basic("int"), Basic("int32"))
        if isinstance(under, Basic) and under.name == "string" and integer:
            return None
        return target

    def _callee_type(self, call: ast.Call, fun: ast.Expr) -> Func | None:
        """Record what is called, as instantiated, and give its type; None if that is not known."""
        kind = self.inference.type_of(fun)
        if isinstance(kind, Func) and kind.type_params:
            args = self.inference.argument_types(call)
            given: tuple[Type, ...] = ()
            if isinstance(fun, ast.Index):
                given = tuple(self.declared.resolve(each, self.inference.env) for each in fun.indices)
            done = infer(kind, given, args, self.declared.core)
            self.expr(call.fun)
            recorded: Type = done if done is not None else Unknown("type arguments cannot be inferred")
            self._put(fun, recorded)
            if isinstance(fun, ast.Index):
                self._put(fun.x, recorded)
            return done
        self.expr(call.fun)
        under = self.declared.core(kind)
        return under if isinstance(under, Func) else None

    def _is_builtin(self, fun: ast.Ident) -> bool:
        return self.inference.env.local(fun) is None and self.inference.env.decl(fun.name) is None

    def _builtin_call(self, name: str, call: ast.Call) -> None:
        wanted: Type | None = None
        if name == "append" and call.args:
            wanted = element_type(self.declared, self.inference.type_of(call.args[0]))
        elif name == "delete" and call.args:
            under = self.declared.core(self.inference.type_of(call.args[0]))
            wanted = under.key if isinstance(under, Map) else None
        elif name in ("make", "new"):
            wanted = INT if name == "make" else None
        elif name in ("min", "max", "complex"):
            wanted = self.inference.type_of(call)
        for number, arg in enumerate(call.args):
            first = number == 0 and name in ("append", "delete", "make", "new")
            spread_out = call.spread and number == len(call.args) - 1
            self.expr(arg, None if first or spread_out else wanted)

    def _composite(self, literal: ast.CompositeLit, kind: Type) -> None:
        if literal.type is not None:
            if isinstance(literal.type, ast.ArrayType) and literal.type.length is None:
                self.type_expr(literal.type.elem)
            else:
                self.type_expr(literal.type)
        under = self.declared.core(kind)
        if isinstance(under, Pointer):
            under = self.declared.core(under.elem)
        for number, element in enumerate(literal.elements):
            name = ""
            value = element
            if isinstance(element, ast.KeyValue):
                value = element.value
                if isinstance(under, Struct) and isinstance(element.key, ast.Ident):
                    name = element.key.name
                elif under is not None:
                    self.expr(element.key, element_type(self.declared, kind, is_key=True))
            if isinstance(under, Struct):
                self.expr(value, field_type(self.declared, kind, name, number))
            else:
                self.expr(value, element_type(self.declared, kind))

    # --- types

    def type_expr(self, expr: ast.Expr) -> None:
        """Record a type expression and the types it is written with."""
        if isinstance(expr, ast.Ident) and expr.name == "nil":
            self._put(expr, UNTYPED_NIL)
            return
        self._put(expr, self.declared.resolve(expr, self.inference.env))
        match expr:
            case ast.Paren(x=x) | ast.Star(x=x) | ast.SliceType(elem=x) | ast.ChanType(elem=x):
                self.type_expr(x)
            case ast.ArrayType(length=length, elem=elem):
                self.type_expr(elem)
                if length is not None:
                    self.expr(length, UNTYPED_INT)
            case ast.MapType(key=key, value=value):
                self.type_expr(key)
                self.type_expr(value)
            case ast.FuncType(params=params, results=results):
                for part in (*params, *results):
                    self.type_expr(part.type)
            case ast.StructType(fields=fields):
                for part in fields:
                    self.type_expr(part.type)
            case ast.Index(indices=indices):
                for each in indices:
                    self.type_expr(each)


def _is_blank(expr: ast.Expr) -> bool:
    return isinstance(expr, ast.Ident) and expr.name == "_"
