"""An expression and the type that its place asks for in; the types of it and of all below it out.

What Go's checker records of an untyped constant is the type that its place gives it: so each expression is visited with
the type that is wanted of it.
"""

from collections.abc import Callable

from goleaklint.syntax import ast
from goleaklint.types.arguments import infer, infer_for
from goleaklint.types.constancy import is_constant_type
from goleaklint.types.generics import spread
from goleaklint.types.infer import COMPARISONS, Inference
from goleaklint.types.literals import element_type, field_type
from goleaklint.types.types import (
    INT,
    UNTYPED_INT,
    UNTYPED_NIL,
    UNTYPED_RUNE,
    Basic,
    Func,
    Map,
    Pointer,
    Struct,
    Type,
    Unknown,
    default,
    is_untyped,
)
from goleaklint.types.untyped import final_type, wider

Recorded = dict[tuple[int, int], Type]


class ExpressionRecorder:
    """Visits expressions; `types` holds what was recorded, by byte offsets, `calls` the calls of functions met."""

    def __init__(self, inference: Inference, function: Callable[[ast.FuncType, ast.Block], None]) -> None:
        self.inference = inference
        self.types: Recorded = {}
        self.calls: list[ast.Call] = []
        self._declared = inference.declared
        self._function = function

    def _put(self, expr: ast.Expr, kind: Type) -> None:
        self.types[expr.start, expr.end] = kind

    def put_through(self, expr: ast.Expr, kind: Type) -> None:
        """Record a type for an expression and for what its parentheses enclose."""
        self._put(expr, kind)
        while isinstance(expr, ast.Paren):
            expr = expr.x
            self._put(expr, kind)

    def expr(self, expr: ast.Expr, wanted: Type | None = None) -> None:
        """Record an expression of which `wanted` is asked, and all below it.

        An untyped type is wanted where constants stay as they are: in conditions, and inside constant expressions.
        """
        if is_blank(expr):
            return
        if self.inference.is_type(expr):
            self.type_expr(expr)
            return
        kind = self.inference.type_of(expr)
        if is_untyped(kind):
            kind = final_type(kind, wanted, self._declared.underlying)
        elif isinstance(kind, Func) and kind.type_params:
            kind = self._function_for(kind, wanted)
        self._put(expr, kind)
        self._below(expr, kind)

    def as_it_is(self, expr: ast.Expr) -> None:
        """Record an expression whose place gives it no type."""
        self.expr(expr, self.inference.type_of(expr))

    def _function_for(self, kind: Func, wanted: Type | None) -> Type:
        """A generic function takes its type arguments from the function type that its place asks for."""
        target = self._declared.core(wanted) if wanted is not None else None
        found = infer_for(kind, target, self.inference.shapes) if isinstance(target, Func) else None
        return found or kind

    def _below(self, expr: ast.Expr, kind: Type) -> None:
        match expr:
            case ast.Paren(x=x):
                self.expr(x, kind)
            case ast.Unary(op="&" | "<-", x=x) | ast.Star(x=x):
                self.expr(x)
            case ast.Unary(x=x):
                self._operands(expr, (x,), kind)
            case ast.Binary(op="<<" | ">>", x=x, y=y):
                self._operands(expr, (x,), kind)
                self.as_it_is(y)
            case ast.Binary():
                self._binary(expr, kind)
            case ast.Selector(x=x):
                if not (isinstance(x, ast.Ident) and self.inference.env.import_path(x)):
                    self.expr(x)
            case ast.Index():
                self._index(expr)
            case ast.Slice(x=x, low=low, high=high, max=top):
                self.as_it_is(x)
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
                self._function(signature, body)

    def _operands(self, expr: ast.Expr, operands: tuple[ast.Expr, ...], kind: Type) -> None:
        """What is below a constant never becomes a value of its own, and so keeps its own kind."""
        for operand in operands:
            if self.inference.is_constant(expr):
                self.as_it_is(operand)
            else:
                self.expr(operand, kind)

    def _binary(self, expr: ast.Binary, kind: Type) -> None:
        left, right = self.inference.type_of(expr.x), self.inference.type_of(expr.y)
        if not (is_untyped(left) and is_untyped(right)):
            self.expr(expr.x, right)
            self.expr(expr.y, left)
            return
        wanted = wider(left, right)
        if not self.inference.is_constant(expr):
            wanted = default(wanted) if expr.op in COMPARISONS else kind
        self.expr(expr.x, wanted)
        self.expr(expr.y, wanted)

    def _index(self, expr: ast.Index) -> None:
        kind = self.inference.type_of(expr.x)
        if isinstance(kind, Func):
            self._put(expr.x, kind)
            for each in expr.indices:
                self.type_expr(each)
            return
        self.as_it_is(expr.x)
        under = self._declared.core(kind)
        for each in expr.indices:
            self.expr(each, under.key if isinstance(under, Map) else INT)

    # --- calls

    def _call(self, call: ast.Call) -> None:
        fun = ast.unparen(call.fun)
        if self.inference.is_type(fun):
            self.type_expr(call.fun)
            target = self._declared.resolve(fun, self.inference.env)
            for arg in call.args:
                self.expr(arg, self._conversion(target, arg))
        elif isinstance(fun, ast.Ident) and self.inference.is_builtin(fun):
            self._builtin_call(fun.name, call)
        elif isinstance(fun, ast.Selector) and self.inference.is_unsafe(fun):
            for arg in call.args:
                self.expr(arg)
        else:
            self.calls.append(call)
            self._arguments(call, self._callee_type(call, fun))

    def _conversion(self, target: Type, arg: ast.Expr) -> Type | None:
        """A constant takes the type it is converted to, if there are constants of that type.

        An integer that becomes a string stays as it is.
        """
        kind = self.inference.type_of(arg)
        if not self.inference.is_constant(arg):
            return target
        if not is_constant_type(self._declared, target):
            return None
        under = self._declared.underlying(target)
        return kind if kind in (UNTYPED_INT, UNTYPED_RUNE) and under == Basic("string") else target

    def _callee_type(self, call: ast.Call, fun: ast.Expr) -> Func | None:
        """Record what is called, as instantiated, and give its type; None if that is not known."""
        kind = self.inference.type_of(fun)
        if not isinstance(kind, Func) or not kind.type_params:
            self.expr(call.fun)
            under = self._declared.core(kind)
            return under if isinstance(under, Func) else None
        done = infer(kind, self.inference.argument_types(call), self.inference.shapes)
        self.expr(call.fun)
        self._put(call.fun, done if done is not None else Unknown("type arguments cannot be inferred"))
        return done

    def _arguments(self, call: ast.Call, function: Func | None) -> None:
        wanted = spread(function, len(call.args)) if function is not None else ()
        for number, arg in enumerate(call.args):
            spread_out = call.spread and number == len(call.args) - 1
            known = number < len(wanted) and len(wanted) == len(call.args) and not spread_out
            self.expr(arg, wanted[number] if known else None if function is not None else Unknown("unknown callee"))

    def _builtin_call(self, name: str, call: ast.Call) -> None:
        kinds = [self.inference.type_of(arg) for arg in call.args]
        for number, arg in enumerate(call.args):
            spread_out = call.spread and number == len(call.args) - 1
            match name:
                case "append" if number and not spread_out:
                    self.expr(arg, element_type(self._declared, kinds[0]))
                case "delete" if number:
                    under = self._declared.core(kinds[0])
                    self.expr(arg, under.key if isinstance(under, Map) else None)
                case "make" if number:
                    self.expr(arg, INT)
                case "min" | "max":
                    self.expr(arg, self.inference.type_of(call))
                case "complex":
                    self.expr(arg, next((kind for kind in kinds if not is_untyped(kind)), kinds[number]))
                case "len" | "cap" | "real" | "imag" | "append" | "copy":
                    self.as_it_is(arg)
                case _:
                    self.expr(arg)

    # --- literals

    def _composite(self, literal: ast.CompositeLit, kind: Type) -> None:
        if isinstance(literal.type, ast.ArrayType) and literal.type.length is None:
            self._put(literal.type, kind)
            self.type_expr(literal.type.elem)
        elif literal.type is not None:
            self.type_expr(literal.type)
        under = self._declared.core(kind)
        if isinstance(under, Pointer):
            under = self._declared.core(under.elem)
        for number, element in enumerate(literal.elements):
            self._element(element, kind, under, number)

    def _element(self, element: ast.Expr, kind: Type, under: Type | None, number: int) -> None:
        name = ""
        value = element
        if isinstance(element, ast.KeyValue):
            value = element.value
            if isinstance(under, Struct) and isinstance(element.key, ast.Ident):
                name = element.key.name
            elif under is not None:
                self.expr(element.key, element_type(self._declared, kind, is_key=True))
        if isinstance(under, Struct):
            self.expr(value, field_type(self._declared, kind, name, number))
        else:
            self.expr(value, element_type(self._declared, kind))

    # --- types

    def type_expr(self, expr: ast.Expr) -> None:
        """Record a type expression and the types it is written with."""
        if isinstance(expr, ast.Ident) and expr.name == "nil":
            self._put(expr, UNTYPED_NIL)
            return
        self._put(expr, self._declared.resolve(expr, self.inference.env))
        match expr:
            case ast.Paren(x=x) | ast.Star(x=x) | ast.SliceType(elem=x) | ast.ChanType(elem=x) | ast.Unary(x=x):
                self.type_expr(x)
            case ast.ArrayType(length=length, elem=elem):
                self.type_expr(elem)
                if length is not None:
                    self.expr(length, UNTYPED_INT)
            case ast.MapType(key=key, value=value):
                self.type_expr(key)
                self.type_expr(value)
            case ast.FuncType():
                self._signature(expr)
            case ast.StructType(fields=fields):
                for part in fields:
                    self.type_expr(part.type)
            case ast.InterfaceType(methods=methods, embeds=embeds):
                for method in methods:
                    self._signature(method.type)
                for embed in embeds:
                    self.type_expr(embed)
            case ast.Union(terms=terms):
                for term in terms:
                    self.type_expr(term)
            case ast.Index(x=x, indices=indices):
                for each in (x, *indices):
                    self.type_expr(each)

    def _signature(self, kind: ast.FuncType) -> None:
        for part in (*kind.params, *kind.results):
            self.type_expr(part.type)


def is_blank(expr: ast.Expr) -> bool:
    """Reports whether it is `_`, which has no type."""
    return isinstance(expr, ast.Ident) and expr.name == "_"
