"""What assignments make true: a place and its new value in, facts about the place out."""

from goleaklint.flow.conditions import EQUAL, NIL, TRUE, Conditions, Fact, Test
from goleaklint.flow.constants import Constant
from goleaklint.flow.places import Place, place_of, wrapped
from goleaklint.index.symbols import SymbolKind
from goleaklint.syntax import ast
from goleaklint.types.types import Basic, Chan, Func, Interface, Map, Pointer, Slice, Type

_NEVER_NIL = frozenset((("errors", "New"), ("errors", "Errorf"), ("fmt", "Errorf")))
"""Functions whose result is never nil, by the last part of their import path."""

_EMPTY = Constant("string ", ("string", ""))
_ZERO = Constant("int 0", ("int", 0))


class Values:
    """Reads the values that one function assigns."""

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions
        self._names = conditions.names
        self._kinds = conditions.kinds

    def facts_of(self, place: Place, target: Type | None, value: ast.Expr, facts: frozenset[Fact]) -> list[Fact]:
        """What a place with the underlying type `target` is known to be once it has this value, with `facts` before."""
        value = ast.unparen(value)
        known = self._conditions.equal_to(place, value)
        if known is not None:
            return [known]
        if self._is_never_nil(value) or self._kinds.is_boxed(target, value):
            return [Fact(Test(NIL, (place,)), False)]
        error = wrapped(self._names, value)
        if error is not None:
            return [Fact(Test(NIL, (place,)), each.holds) for each in facts if each.test == Test(NIL, (error,))]
        source = place_of(self._names, value)
        if source is None:
            return []
        copied = (each for each in facts if each.test.places == (source,) and each.test.question in (NIL, TRUE, EQUAL))
        return [Fact(Test(each.test.question, (place,), each.test.constant), each.holds) for each in copied]

    def _is_never_nil(self, value: ast.Expr) -> bool:
        match value:
            case ast.FuncLit() | ast.CompositeLit() | ast.Unary(op="&"):
                return True
            case ast.Call(fun=fun):
                return self._makes(ast.unparen(fun))
            case _:
                return self._conditions.is_known_error(value)

    def _makes(self, fun: ast.Expr) -> bool:
        """Reports whether a function makes something that is never nil."""
        match fun:
            case ast.Ident(name="make" | "new") as ident:
                symbol = self._names.symbol(ident)
                return symbol is None or symbol.kind is SymbolKind.UNIVERSE
            case ast.Selector(x=ast.Ident() as package, name=ast.Ident(name=name)):
                symbol = self._names.symbol(package)
                return symbol is not None and (symbol.path.rpartition("/")[2], name) in _NEVER_NIL
            case _:
                return False


def zero_facts(place: Place, under: Type | None, written: ast.Expr | None) -> list[Fact]:
    """What a place is known to be that is declared without a value: by its underlying type, else by the written one."""
    under = _basic(written) if under is None else under
    match under:
        case Interface() | Pointer() | Slice() | Map() | Chan() | Func():
            return [Fact(Test(NIL, (place,)), True)]
        case Basic(name="bool"):
            return [Fact(Test(TRUE, (place,)), False)]
        case Basic(name="string"):
            return [Fact(Test(EQUAL, (place,), _EMPTY), True)]
        case Basic():
            return [Fact(Test(EQUAL, (place,), _ZERO), True)]
        case _:
            return []


def _basic(written: ast.Expr | None) -> Type | None:
    """The underlying type as far as its syntax tells without looking up names."""
    match written:
        case ast.Ident(name="error") | ast.InterfaceType():
            return Interface()
        case ast.Star() | ast.SliceType() | ast.MapType() | ast.ChanType() | ast.FuncType():
            return Func((), ())
        case ast.Ident(name="bool" | "string" | "int" as name):
            return Basic(name)
        case _:
            return None
