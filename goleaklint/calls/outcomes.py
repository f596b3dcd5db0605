"""What comes out of a function: its results, whether it returns at all, what it may wait for."""

from collections.abc import Collection, Iterator

from goleaklint.calls.scan import Scan, is_nil
from goleaklint.calls.summary import ResultSummary
from goleaklint.flow import ops
from goleaklint.flow.conditions import NIL, TRUE, Fact, Test
from goleaklint.flow.facts import NOTHING, Facts
from goleaklint.flow.paths import Point, find_path
from goleaklint.flow.places import Place
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions
from goleaklint.types.types import ERROR, Array, Basic, Chan, Named, Struct

CONTEXT = Named("context", "Context")


class Outcomes:
    """Answers for the results and the exits of one function."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.types = scan.results
        self._returned = [op.node.results for op in scan.all(ops.Return)]
        self._assigned: dict[Symbol, list[ast.Expr]] | None = None

    # --- results

    def result(self, number: int) -> ResultSummary:
        """What the result of this number is."""
        passed_on = self._passed_on(number)
        if passed_on is not None:
            return passed_on
        shown = [value for value in self._returned_values(number) if not is_nil(value)]
        is_error = self.types[number] == ERROR
        fresh = {"" if is_error else self._fresh(value) for value in shown}
        alias = {self._alias(value) for value in shown}
        return ResultSummary(
            fresh=fresh.pop() if len(fresh) == 1 else "",
            alias=alias.pop() if len(alias) == 1 else -1,
            nil_with_error=number < len(self.types) - 1 and self._is_nil_with_error(number),
        )

    def _passed_on(self, number: int) -> ResultSummary | None:
        """The result of the one call whose results are returned as they are; None where there is none such."""
        returns = self._returned
        if len(returns) != 1 or len(returns[0]) != 1 or len(self.types) < 2:
            return None
        call = ast.unparen(returns[0][0])
        summary = self.scan.known(call).summary if isinstance(call, ast.Call) else None
        if summary is None or number >= len(summary.results):
            return None
        return ResultSummary(summary.results[number].fresh, -1, summary.results[number].nil_with_error)

    def _returned_values(self, number: int) -> Iterator[ast.Expr]:
        for results in self._returned:
            if len(results) == len(self.types):
                yield results[number]
            elif len(results) == 1:
                yield results[0]

    def _fresh(self, value: ast.Expr) -> str:
        """The maker of a value: of a call directly, of a variable the one call that it is assigned from."""
        value = ast.unparen(value)
        if isinstance(value, ast.Call):
            known = self.scan.known(value)
            if known.fresh:
                return known.fresh
            return known.summary.results[0].fresh if known.summary is not None and known.summary.results else ""
        sources = self._sources(value)
        return self._fresh(sources[0]) if len(sources) == 1 and isinstance(sources[0], ast.Call) else ""

    def _alias(self, value: ast.Expr) -> int:
        symbol = self._named(value)
        return self.scan.params.index(symbol) if symbol is not None and symbol in self.scan.params else -1

    def _named(self, value: ast.Expr) -> Symbol | None:
        value = ast.unparen(value)
        return self.scan.names.symbol(value) if isinstance(value, ast.Ident) else None

    def _sources(self, value: ast.Expr) -> list[ast.Expr]:
        """What a plain local variable is assigned from as the first of the values."""
        symbol = self._named(value)
        if symbol is None or not symbol.is_variable or symbol in self.scan.params:
            return []
        if self._assigned is None:
            self._assigned = self._assignments()
        return self._assigned.get(symbol, [])

    def _assignments(self) -> dict[Symbol, list[ast.Expr]]:
        found: dict[Symbol, list[ast.Expr]] = {}
        for assign in self.scan.all(ops.Assign):
            same = len(assign.left) == len(assign.right)
            for at, target in enumerate(assign.left if assign.right else ()):
                symbol = self._named(target)
                if symbol is not None:
                    found.setdefault(symbol, []).append(ast.unparen(assign.right[at if same else 0]))
        return found

    def _is_nil_with_error(self, number: int) -> bool:
        """Reports whether each return gives nil here, or nil as its error."""
        count = len(self.types)
        return bool(self._returned) and all(
            len(results) == count and (is_nil(results[number]) or is_nil(results[-1])) for results in self._returned
        )

    # --- the function as a whole

    def returns_only_if(self) -> tuple[int, str] | None:
        """The parameter that must be nil, or true, on every way to a return."""
        params = [symbol for symbol in self.scan.params if symbol is not None]
        asked = self._asked_of(params) if params else frozenset()
        for number, symbol in enumerate(self.scan.params):
            if symbol is None or symbol not in asked:
                continue
            place = Place(symbol)
            for question in self._questions(symbol):
                opposite: Facts = frozenset((Fact(Test(question, (place,)), False),))
                if self._can_return(opposite) is False and self._can_return(NOTHING):
                    return number, question
        return None

    def _asked_of(self, params: Collection[Symbol]) -> frozenset[Symbol]:
        """The parameters that a branch may ask something of, directly or by a copy; of the others facts say nothing."""
        edges = [edge for block in self.scan.graph.blocks for edge in block.edges if edge.condition is not None]
        asking = [part for edge in edges if edge.condition is not None for part in expressions(edge.condition)]
        copied = [value for assign in self.scan.all(ops.Assign) for value in assign.right]
        returned = [value for values in self._returned for value in values]
        named = map(self._named, (*asking, *copied, *returned))
        return frozenset(symbol for symbol in named if symbol is not None and symbol in params)

    def _questions(self, symbol: Symbol) -> tuple[str, ...]:
        """Whether it is nil, or true, as far as a value of its type can be asked that."""
        match self.scan.types.declared.core(self.scan.types.symbol_type(symbol)):
            case Basic(name="bool"):
                return (TRUE,)
            case Basic(name=name) if name != "unsafe.Pointer":
                return ()
            case Struct() | Array():
                return ()
            case None:
                return NIL, TRUE
            case _:
                return (NIL,)

    def _can_return(self, facts: Facts) -> bool | None:
        exits = frozenset((self.scan.graph.returned,))
        answer = find_path(self.scan.graph, self.scan.tracker, Point(0), exits=exits, facts=facts)
        return answer.path is not None if answer.complete else None

    def blocks(self) -> Iterator[str]:
        for send in self.scan.all(ops.Send):
            yield f"send on {self.scan.text(send.node.chan)}"
        for receive in self.scan.all(ops.Receive):
            yield f"receive from {self.scan.text(receive.node.x)}"
        for select in self.scan.all(ops.Select):
            if all(clause.comm is not None for clause in select.node.clauses):
                yield "select"
        for loop in self.scan.all(ops.Range):
            if isinstance(self.scan.core(loop.node.x), Chan):
                yield f"range over {self.scan.text(loop.node.x)}"
        for _, known in self.scan.calls:
            if known.summary is not None and known.summary.blocks:
                yield known.summary.blocks[0]

    def observes(self, context: Symbol) -> bool:
        """Reports whether the context's Done or Err is asked for, or the context is handed to what may do that."""
        for call, known in self.scan.calls:
            fun = ast.unparen(call.fun)
            if (
                isinstance(fun, ast.Selector)
                and self.scan.is_symbol(fun.x, context)
                and fun.name.name in ("Done", "Err")
            ):
                return True
            handed_on = any(self.scan.is_symbol(arg, context) for arg in call.args)
            if handed_on and (known.summary is None or known.summary.observes_context):
                return True
        return False

    def is_context(self, symbol: Symbol) -> bool:
        return self.scan.types.symbol_type(symbol) == CONTEXT
