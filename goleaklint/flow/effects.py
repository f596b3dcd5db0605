"""What operations do to places beside plain assignment: which facts a call, a store or another goroutine may undo."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from goleaklint.flow.conditions import NIL, TRUE, Conditions, Test
from goleaklint.flow.graph import Graph
from goleaklint.flow.places import Place, place_of
from goleaklint.index.symbols import UNIVERSE_FUNCS, Symbol, SymbolKind
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions, literals, statements


class Effects:
    """The effects of one function's operations. `whole` is the body of the declared function around it, or its own."""

    def __init__(self, graph: Graph, conditions: Conditions, whole: ast.Block) -> None:
        self._graph = graph
        self._names = conditions.names
        self._kinds = conditions.kinds
        self._whole = whole

    # --- calls and other goroutines

    def is_exposed(self, test: Test) -> bool:
        """Reports whether a called function, or another goroutine, may change the answer."""
        return test.contents or any(self._is_open(place) for place in test.places)

    def sets_nothing(self, call: ast.Call) -> bool:
        """Reports whether a call sets no variable: a conversion, or a builtin other than those that empty maps."""
        fun = ast.unparen(call.fun)
        if isinstance(fun, ast.Ident) and fun.name in UNIVERSE_FUNCS:
            symbol = self._names.symbol(fun)
            return (symbol is None or symbol.kind is SymbolKind.UNIVERSE) and fun.name not in ("delete", "clear")
        return self._kinds.is_conversion(call)

    def runs_code(self, ranged: ast.Range) -> bool:
        """Reports whether other code may run before the next round of a loop."""
        return self._kinds.runs_code(ranged.x)

    def _is_open(self, place: Place) -> bool:
        return place.is_shared or place.symbol in self._set_elsewhere or place.symbol in self._addressed

    # --- stores

    def is_changed(self, test: Test, target: ast.Expr) -> bool:
        """Reports whether a store to `target` may change the answer: pointers may lead to one place by two names."""
        target = ast.unparen(target)
        place = place_of(self._names, target)
        if place is not None and not place.fields:
            is_new = place.symbol.start == target.start
            inside = not is_new and any(each.fields for each in test.places) and self._kinds.holds_fields(target)
            return inside or any(place.covers(each) for each in test.places)
        match target:
            case ast.Selector(x=x, name=ast.Ident(name=field)):
                return self._field_is_changed(test, target, field) or self._part_is_changed(test, x)
            case ast.Index(x=x):
                holds_fields = self._kinds.holds_fields(target) and any(each.fields for each in test.places)
                return test.contents or holds_fields or self._part_is_changed(test, x)
            case ast.Star():
                return any(self._is_open(each) for each in test.places)
            case _:
                return False

    def _field_is_changed(self, test: Test, target: ast.Expr, field: str) -> bool:
        if any(field in each.fields for each in test.places):
            return True
        return any(each.fields for each in test.places) and self._kinds.holds_fields(target)

    def _part_is_changed(self, test: Test, whole: ast.Expr) -> bool:
        """Reports whether a value is asked for that a store to a part of `whole` changes; never whether it is nil."""
        while isinstance(whole := ast.unparen(whole), ast.Index):
            whole = whole.x
        place = place_of(self._names, whole)
        if place is None or test.question in (NIL, TRUE):
            return False
        return any(each.covers(place) for each in test.places)

    # --- what the whole function does with its variables

    @cached_property
    def _set_elsewhere(self) -> frozenset[Symbol]:
        """The variables that some other function around or inside this one sets after they were declared."""
        found: set[Symbol] = set()
        for node, stmts in self._functions:
            if node is not self._own:
                found |= self._variables(target for stmt in statements(stmts) for target in _targets(stmt))
        if self._own is not None:
            found |= {symbol for _, symbol in self._names.items() if symbol.kind is SymbolKind.RESULT}
        return frozenset(found)

    @cached_property
    def _addressed(self) -> frozenset[Symbol]:
        """The variables whose address is taken, by `&x` or to call a method of `&x`."""
        every = (expr for _, stmts in self._functions for expr in all_expressions(stmts))
        return frozenset(self._variables(part for expr in every if (part := self._address_taken(expr)) is not None))

    def _address_taken(self, expr: ast.Expr) -> ast.Expr | None:
        match expr:
            case ast.Unary(op="&", x=x):
                return x
            case ast.Selector(x=ast.Ident() as x):
                symbol = self._names.symbol(x)
                asks = symbol is not None and symbol.is_variable and self._kinds.takes_address(expr)
                return x if asks else None
            case _:
                return None

    @property
    def _own(self) -> ast.FuncLit | None:
        return self._graph.node if isinstance(self._graph.node, ast.FuncLit) else None

    @cached_property
    def _functions(self) -> list[tuple[ast.FuncLit | None, tuple[ast.Stmt, ...]]]:
        """The statements of the whole function and of each literal in it, each under its literal."""
        root = self._own if self._own is not None and self._own.body is self._whole else None
        return [(root, self._whole.stmts), *((each, each.body.stmts) for each in deep_literals(self._whole.stmts))]

    def _variables(self, exprs: Iterable[ast.Expr]) -> set[Symbol]:
        """The variables among some expressions, but not where they are declared."""
        places = ((place_of(self._names, each), ast.unparen(each).start) for each in exprs)
        return {
            place.symbol for place, at in places if place is not None and not place.fields and place.symbol.start != at
        }


def deep_literals(stmts: tuple[ast.Stmt, ...]) -> Iterator[ast.FuncLit]:
    """The function literals in the statements, those inside others included."""
    for literal in literals(stmts):
        yield literal
        yield from deep_literals(literal.body.stmts)


def _targets(stmt: ast.Stmt) -> Iterable[ast.Expr]:
    match stmt:
        case ast.Assign(left=left) | ast.Range(left=left):
            return left
        case ast.IncDec(x=x):
            return (x,)
        case _:
            return ()
