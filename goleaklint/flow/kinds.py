"""What facts depend on types for. Expressions in; answers out that keep a fact where the type is not known."""

from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.types.infer import Inference
from goleaklint.types.members import Member
from goleaklint.types.types import Array, Basic, Chan, Func, Interface, Map, Named, Pointer, Slice, Struct, Type


class Kinds:
    """Questions about types. Without an inference nothing is known."""

    def __init__(self, types: Inference | None) -> None:
        self._types = types

    def under(self, expr: ast.Expr) -> Type | None:
        """The type under the name of an expression's type; None if that is not known."""
        return None if self._types is None else self._types.declared.core(self._types.type_of(expr))

    def of_variable(self, symbol: Symbol) -> Type | None:
        """The same for a variable of the function."""
        return None if self._types is None else self._types.declared.core(self._types.symbol_type(symbol))

    def is_float(self, expr: ast.Expr) -> bool:
        """Reports whether a value may be no number, which is neither below, equal to nor above any other."""
        under = self.under(expr)
        return isinstance(under, Basic) and under.name in ("float32", "float64")

    def is_channel(self, expr: ast.Expr) -> bool:
        return isinstance(self.under(expr), Chan)

    def is_map(self, expr: ast.Expr) -> bool:
        return isinstance(self.under(expr), Map)

    def holds_fields(self, expr: ast.Expr) -> bool:
        """Reports whether a value has fields (or elements with fields) inside it, to which others may point."""
        return isinstance(self.under(expr), Struct | Array)

    def runs_code(self, ranged: ast.Expr) -> bool:
        """Reports whether other code may run when a range clause over this asks for its next round."""
        under = self.under(ranged)
        if isinstance(under, Slice | Array | Map | Pointer):
            return False
        return not isinstance(under, Basic)

    def is_conversion(self, call: ast.Call) -> bool:
        return self._types is not None and self._types.is_type(call.fun)

    def is_constant(self, expr: ast.Expr) -> bool:
        return self._types is not None and self._types.is_constant(expr)

    def is_boxed(self, target: Type | None, value: ast.Expr) -> bool:
        """Reports whether a value that is no interface goes into one: the interface is then not nil, even if it is."""
        under = self.under(value)
        return isinstance(target, Interface) and isinstance(under, Basic | Pointer | Slice | Map | Chan | Func)

    def takes_address(self, selector: ast.Selector) -> bool:
        """Reports whether `x.m` is a method of `&x`, which may then give `x` another value."""
        types = self._types
        kind = None if types is None else types.type_of(selector.x)
        if types is None or not isinstance(kind, Named) or isinstance(types.declared.core(kind), Interface | Pointer):
            return False
        member = types.member(selector)
        return isinstance(member, Member) and member.is_method and member.pointer
