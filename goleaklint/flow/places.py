"""Variables and fields that conditions and assignments are about."""

from dataclasses import dataclass

from goleaklint.index.scopes import Names
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.syntax import ast


@dataclass(frozen=True, slots=True)
class Place:
    """A variable, or a field reached from one by names: `err`, `s.conn`."""

    symbol: Symbol
    fields: tuple[str, ...] = ()

    @property
    def is_shared(self) -> bool:
        """Reports whether other functions can reach it at any time: a field, or a variable of the package."""
        return bool(self.fields) or not self.symbol.is_variable

    def covers(self, other: "Place") -> bool:
        """Reports whether a new value here is a new value there, too: of `s` for `s.conn`, not the other way round."""
        return self.symbol is other.symbol and other.fields[: len(self.fields)] == self.fields


def place_of(names: Names, expr: ast.Expr) -> Place | None:
    """The place that an expression names; None for anything else, names of imported packages included.

    `(*s).conn` is the place `s.conn`.
    """
    fields: list[str] = []
    expr = ast.unparen(expr)
    while isinstance(expr, ast.Selector):
        fields.append(expr.name.name)
        expr = ast.unparen(expr.x)
        if isinstance(expr, ast.Star):
            expr = ast.unparen(expr.x)
    symbol = names.symbol(expr) if isinstance(expr, ast.Ident) else None
    if symbol is None or symbol.kind in _NO_VARIABLES:
        return None
    return Place(symbol, tuple(reversed(fields)))


_NO_VARIABLES = frozenset((SymbolKind.IMPORT, SymbolKind.UNIVERSE, SymbolKind.TYPE))
