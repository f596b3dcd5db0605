"""The variables of type switches: a clause in; the variable that is declared for it, and the value it gets, out."""

from functools import cached_property

from goleaklint.flow.places import Place, place_of
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast


class Bindings:
    """`switch x := v.(type)` declares an `x` for each of its clauses, anew each time one is entered."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def variable(self, clause: ast.CaseClause) -> Symbol | None:
        """The variable of a clause; None if there is none, or it is not used."""
        return self._symbols.get(clause)

    def copied(self, clause: ast.CaseClause) -> tuple[Place, Place] | None:
        """The variable and the place whose value it has unchanged: in clauses that do not have exactly one type."""
        symbol = self.variable(clause)
        if symbol is None or symbol.within is None or len(clause.values or ()) == 1:
            return None
        source = place_of(self._names, symbol.within.x)
        return None if source is None else (Place(symbol), source)

    @cached_property
    def _symbols(self) -> dict[ast.Node, Symbol]:
        symbols = (symbol for _, symbol in self._names.items() if symbol.within is not None)
        return {symbol.node: symbol for symbol in symbols if symbol.node is not None}
