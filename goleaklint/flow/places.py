"""Variables and fields that conditions and assignments are about."""

import msgspec

from goleaklint.index.scopes import Names
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.syntax import ast


class Place(msgspec.Struct, frozen=True, gc=False):
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
    expr = ast.unparen(expr)
    fields: tuple[str, ...] = ()
    while isinstance(expr, ast.Selector):
        fields = (expr.name.name, *fields)
        expr = ast.unparen(expr.x)
        if isinstance(expr, ast.Star):
            expr = ast.unparen(expr.x)
    symbol = names.symbol(expr) if isinstance(expr, ast.Ident) else None
    return None if symbol is None or symbol.kind in _NO_VARIABLES else Place(symbol, fields)


def wrapped(names: Names, expr: ast.Expr) -> Place | None:
    """The error that `errors.Wrap(err, ...)` and its like add words to: what they give is nil only if the error is."""
    match ast.unparen(expr):
        case ast.Call(fun=ast.Selector(x=ast.Ident() as package, name=ast.Ident(name=name)), args=(error, *_)):
            symbol = names.symbol(package)
            is_wrapper = symbol is not None and symbol.path.rpartition("/")[2] == "errors" and name in _WRAPPERS
            return place_of(names, error) if is_wrapper else None
        case _:
            return None


_WRAPPERS = frozenset("Wrap Wrapf WithStack WithMessage WithMessagef".split())
"""Functions of github.com/pkg/errors, and of what took its place, that give nil for nil."""

_NO_VARIABLES = (SymbolKind.IMPORT, SymbolKind.UNIVERSE, SymbolKind.TYPE)
