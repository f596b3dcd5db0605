"""Bounds of loops and capacities in; numbers out, as symbols where they are not known: equal bounds, equal symbols."""

from collections.abc import Set as AbstractSet

from goleaklint.index.symbols import Symbol
from goleaklint.liveness.frames import bindings
from goleaklint.liveness.objects import Count
from goleaklint.liveness.values import Frame
from goleaklint.syntax import ast
from goleaklint.types.constants import int_value

MAX_ROUNDS = 32
"""Up to this, a constant is a number of rounds; a larger one is a symbol like any other."""

_MAX_STEPS = 20
"""Variables that get their value from variables: more in a row are not met."""


class Counter:
    """The symbols of one root."""

    def __init__(self) -> None:
        self._symbols: dict[object, int] = {}
        self._lengths: set[int] = set()

    @property
    def lengths(self) -> AbstractSet[int]:
        """The symbols that are lengths of collections."""
        return self._lengths

    def symbol(self, key: object) -> Count:
        return Count(0, 1, self._symbols.setdefault(key, len(self._symbols)))

    def number(self, expr: ast.Expr, frame: Frame, steps: int = 0) -> Count | None:
        """The value of an integer expression; None where nothing is known that another could be equal to."""
        expr = ast.unparen(expr)
        known = int_value(expr, frame.code.types.env)
        if known is not None:
            return Count(known) if -MAX_ROUNDS <= known <= MAX_ROUNDS else self.symbol(("constant", known))
        if steps > _MAX_STEPS:
            return None
        match expr:
            case ast.Call(fun=ast.Ident(name="len" | "cap"), args=(collection,)):
                length = self.length(collection, frame, steps + 1)
                if length is not None and length.factor:
                    self._lengths.add(length.symbol)
                return length
            case ast.Call(args=(inner,)) if frame.code.types.is_type(expr.fun):
                return self.number(inner, frame, steps + 1)
            case ast.Binary(op="+" | "-" | "*" as op, x=x, y=y):
                return _combined(op, self.number(x, frame, steps + 1), self.number(y, frame, steps + 1))
            case ast.Ident() as ident:
                return self._variable(ident, frame, steps)
            case ast.Selector():
                return self.symbol(("field", frame.code.text(expr)))
            case ast.Call():
                return self.symbol(("call", frame.code.text(expr)))
            case _:
                return None

    def _variable(self, ident: ast.Ident, frame: Frame, steps: int) -> Count | None:
        symbol = frame.code.names.symbol(ident)
        if symbol is None or not symbol.is_variable:
            return self.symbol(("global", ident.name))
        owner = frame.owner(symbol)
        if owner is None:
            return self.symbol(symbol)
        values = bindings(owner.code.whole, symbol)
        if any(each.value is None and not each.zero for each in values):
            return None
        if not values and symbol in owner.given and owner.caller is not None:
            return self.number(owner.given[symbol], owner.caller, steps + 1)
        if len(values) == 1 and values[0].value is not None and values[0].position == 0:
            found = self.number(values[0].value, owner, steps + 1)
            return found if found is not None else self._latest(symbol, owner, ident)
        return self._latest(symbol, owner, ident)

    def _latest(self, symbol: Symbol, owner: Frame, use: ast.Node) -> Count:
        """What a variable is after the last assignment above in the text."""
        above = sum(each.start < use.start for each in bindings(owner.code.whole, symbol))
        return self.symbol((owner, symbol, above))

    def length(self, collection: ast.Expr, frame: Frame, steps: int = 0) -> Count | None:
        """How many elements a collection has."""
        collection = ast.unparen(collection)
        if steps > _MAX_STEPS:
            return None
        match collection:
            case ast.CompositeLit(elements=elements):
                return Count(len(elements)) if len(elements) <= MAX_ROUNDS else self.symbol(collection)
            case ast.Call(fun=ast.Ident(name="make"), args=(_, size, *_)):
                return self.number(size, frame, steps + 1)
            case ast.Ident() as ident:
                return self._length_of(ident, frame, steps)
            case ast.Selector():
                return self.symbol(("length", frame.code.text(collection)))
            case _:
                return self.symbol((frame, collection))

    def _length_of(self, ident: ast.Ident, frame: Frame, steps: int) -> Count | None:
        symbol = frame.code.names.symbol(ident)
        owner = frame.owner(symbol) if symbol is not None and symbol.is_variable else None
        if symbol is None or owner is None:
            return self.symbol(("length", ident.name))
        values = bindings(owner.code.whole, symbol)
        if not values and symbol in owner.given and owner.caller is not None:
            return self.length(owner.given[symbol], owner.caller, steps + 1)
        if len(values) == 1 and values[0].position == 0:
            match values[0].value:
                case ast.Call(fun=ast.Ident(name="make")) | ast.CompositeLit() | ast.Ident() as value:
                    return self.length(value, owner, steps + 1)
        return self._latest(symbol, owner, ident)


def capacity(counter: Counter, expr: ast.Expr, frame: Frame) -> Count | None:
    """The capacity of a channel; None if nothing is known of it."""
    return counter.number(expr, frame)


def _combined(op: str, x: Count | None, y: Count | None) -> Count | None:
    if x is None or y is None or (x.factor and y.factor and x.symbol != y.symbol):
        return None
    symbol = x.symbol if x.factor else y.symbol
    match op:
        case "+":
            return Count(x.offset + y.offset, x.factor + y.factor, symbol)
        case "-":
            return Count(x.offset - y.offset, x.factor - y.factor, symbol)
        case _:
            if x.factor and y.factor:
                return None
            scalar, other = (x.offset, y) if not x.factor else (y.offset, x)
            return Count(scalar * other.offset, scalar * other.factor, symbol)
