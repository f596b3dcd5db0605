"""An expression in; whether it is a constant out. Operands of constants never take the type of their place."""

from typing import Protocol

from goleaklint.index.symbols import SymbolKind
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions
from goleaklint.types.declared import Declared
from goleaklint.types.environment import Env
from goleaklint.types.types import UNTYPED_NIL, Array, Basic, Pointer, Type, TypeParam, Unknown


class Expressions(Protocol):
    """What constancy depends on: the types of expressions."""

    declared: Declared
    env: Env

    def type_of(self, expr: ast.Expr) -> Type: ...
    def is_type(self, expr: ast.Expr) -> bool: ...
    def is_constant(self, expr: ast.Expr) -> bool: ...
    def is_builtin(self, ident: ast.Ident) -> bool: ...


def constancy(expr: ast.Expr, types: Expressions) -> bool:
    """Reports whether the value of an expression is known before the program runs."""
    match ast.unparen(expr):
        case ast.BasicLit():
            return True
        case ast.Ident() as ident:
            return _is_named_constant(ident, types)
        case ast.Selector(x=ast.Ident() as qualifier, name=name):
            decl = types.env.qualified(qualifier, name.name)
            return decl is not None and decl.kind is SymbolKind.CONST
        case ast.Unary(op=op, x=x):
            return op in ("+", "-", "^", "!") and types.is_constant(x)
        case ast.Binary(x=x, y=y):
            return types.is_constant(x) and types.is_constant(y)
        case ast.Call() as call:
            return _is_constant_call(call, types)
        case _:
            return False


def _is_named_constant(ident: ast.Ident, types: Expressions) -> bool:
    symbol = types.env.local(ident)
    if symbol is not None:
        return symbol.kind is SymbolKind.CONST
    decl = types.env.decl(ident.name)
    if decl is not None:
        return decl.kind is SymbolKind.CONST
    return ident.name in ("true", "false", "iota")


def _is_constant_call(call: ast.Call, types: Expressions) -> bool:
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Selector) and isinstance(fun.x, ast.Ident) and types.env.import_path(fun.x) == "unsafe":
        return fun.name.name in ("Sizeof", "Alignof", "Offsetof")
    if isinstance(fun, ast.Ident) and types.is_builtin(fun):
        if fun.name in ("len", "cap") and call.args:
            return types.is_constant(call.args[0]) or _is_still_array(call.args[0], types)
        return fun.name in ("complex", "imag", "max", "min", "real") and all(
            types.is_constant(arg) for arg in call.args
        )
    if len(call.args) != 1 or not types.is_constant(call.args[0]) or not types.is_type(fun):
        return False
    return is_constant_type(types.declared, types.declared.resolve(fun, types.env))


def is_constant_type(declared: Declared, kind: Type) -> bool:
    """Reports whether there are constants of a type; of a type parameter there are none."""
    under = declared.underlying(kind)
    return isinstance(under, Basic) and under != UNTYPED_NIL and under.name != "unsafe.Pointer"


def _is_still_array(expr: ast.Expr, types: Expressions) -> bool:
    """Reports whether it is an array, or a pointer to one, whose evaluation calls and receives nothing."""
    kind = types.type_of(expr)
    under = types.declared.underlying(kind)
    if isinstance(under, Pointer):
        under = types.declared.underlying(under.elem)
    if not isinstance(under, Array) or isinstance(kind, TypeParam | Unknown):
        return False
    return not any(
        isinstance(part, ast.Call) or (isinstance(part, ast.Unary) and part.op == "<-") for part in expressions(expr)
    )
