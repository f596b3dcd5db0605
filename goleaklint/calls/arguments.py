"""What becomes of a function's parameters: where they go, and which of their methods are called."""

from collections.abc import Callable, Iterable, Iterator

from goleaklint.calls.known import Known
from goleaklint.calls.scan import Scan
from goleaklint.calls.summary import How, ParamSummary, Use
from goleaklint.flow import ops
from goleaklint.flow.paths import Point, find_path
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.types.types import Basic, Chan


class Arguments:
    """Answers for the parameters of one function. `watched` are the methods that are worth telling callers about."""

    def __init__(self, scan: Scan, watched: frozenset[str]) -> None:
        self.scan = scan
        self._watched = watched
        self._places = self._used_at()
        self._about = scan.about(self._places) if self._places else {}
        self._uses: dict[Symbol, set[Use]] = {symbol: set() for symbol in self._places}
        if self._places:
            self._note_uses()

    def param(self, symbol: Symbol) -> ParamSummary:
        """What becomes of one parameter."""
        uses = self._uses.get(symbol)
        if uses is None:
            return ParamSummary()
        calls = self._about[symbol]
        for call in calls:
            uses.update(self._uses_in_call(call, self.scan.known(call), symbol))
        names = {name for call in calls for name in self._called_on(call, symbol)} & self._watched
        methods = {name: self._how(symbol, name) for name in sorted(names)}
        return ParamSummary(tuple(sorted(uses)), methods)

    def _used_at(self) -> dict[Symbol, list[int]]:
        """Where the parameters stand that could be given back and that are mentioned at all."""
        found: dict[Symbol, list[int]] = {symbol: [] for symbol in self.scan.params if symbol is not None}
        if not found:
            return found
        for at, symbol in self.scan.names.items():
            if symbol in found and at != symbol.start:
                found[symbol].append(at)
        return {symbol: places for symbol, places in found.items() if places and not self._is_plain(symbol)}

    def _is_plain(self, symbol: Symbol) -> bool:
        """Reports whether it is nothing that could be given back."""
        return isinstance(self.scan.types.declared.underlying(self.scan.types.symbol_type(symbol)), Basic)

    # --- operations

    def _note_uses(self) -> None:
        scan = self.scan
        for op in scan.all(ops.Return):
            for value in op.node.results:
                self._note(Use.RETURNED, scan.carried(value))
        for assign in scan.all(ops.Assign):
            held = [symbol for value in assign.right for symbol in scan.carried(value) if symbol in self._uses]
            if held and scan.is_lasting(assign.left):
                self._note(Use.STORED, held)
        for send in scan.all(ops.Send):
            self._note_send(send.node)
        for go in scan.all(ops.Go):
            self._note(Use.SPAWNED, self._within(go.node.call))
        for receive in scan.all(ops.Receive):
            self._note(Use.RECEIVED, self._plain(receive.node.x))
        for loop in scan.all(ops.Range):
            named = self._plain(loop.node.x)
            if named and isinstance(scan.core(loop.node.x), Chan):
                self._note(Use.RECEIVED, named)
        for select in scan.all(ops.Select):
            self._note_select(select.node)
        if scan.all(ops.Closure):
            self._note_closures()

    def _note(self, use: Use, symbols: Iterable[Symbol]) -> None:
        for symbol in symbols:
            if symbol in self._uses:
                self._uses[symbol].add(use)

    def _plain(self, expr: ast.Expr) -> tuple[Symbol, ...]:
        """The one thing that a plain name means."""
        expr = ast.unparen(expr)
        symbol = self.scan.names.symbol(expr) if isinstance(expr, ast.Ident) else None
        return () if symbol is None else (symbol,)

    def _within(self, node: ast.Node) -> Iterator[Symbol]:
        """The parameters that are named in a piece of syntax, function literals in it included."""
        for symbol, places in self._places.items():
            if any(node.start <= at < node.end for at in places):
                yield symbol

    def _note_send(self, send: ast.Send) -> None:
        self._note(Use.SENT, self.scan.carried(send.value))
        self._note(Use.SENT_TO, self._plain(send.chan))

    def _note_select(self, select: ast.Select) -> None:
        for clause in select.clauses:
            match clause.comm:
                case ast.Send():
                    self._note_send(clause.comm)
                case ast.ExprStmt(x=ast.Unary(x=chan)) | ast.Assign(right=(ast.Unary(x=chan),)):
                    self._note(Use.RECEIVED, self._plain(chan))

    def _note_closures(self) -> None:
        """A literal that is neither deferred, spawned nor called on the spot keeps what it captures."""
        spawned = {ast.unparen(go.node.call.fun) for go in self.scan.all(ops.Go) if isinstance(go.node.call, ast.Call)}
        for closure in self.scan.all(ops.Closure):
            if closure.node not in self.scan.run_literals and closure.node not in spawned:
                self._note(Use.KEPT, self._within(closure.node.body))

    # --- calls

    def _uses_in_call(self, call: ast.Call, known: Known, symbol: Symbol) -> Iterator[Use]:
        fun = ast.unparen(call.fun)
        if self.scan.is_symbol(fun, symbol):
            yield Use.CALLED
        if (
            isinstance(fun, ast.Ident)
            and fun.name == "close"
            and len(call.args) == 1
            and self.scan.is_symbol(call.args[0], symbol)
        ):
            yield Use.CLOSED
            return
        for number, arg in enumerate(call.args):
            if not self.scan.carries(arg, symbol):
                continue
            if known.summary is not None:
                at = min(number + known.offset, len(known.summary.params) - 1)
                inner = known.summary.params[at] if at >= 0 else ParamSummary()
                yield from (use for use in inner.uses if use is not Use.RETURNED)
            elif number in known.takes or not known.borrows:
                yield Use.STORED if number in known.takes else Use.UNKNOWN

    def _called_on(self, call: ast.Call, symbol: Symbol) -> Iterator[str]:
        """The methods that a call calls on the parameter, itself or in what it calls."""
        fun, known = ast.unparen(call.fun), self.scan.known(call)
        if isinstance(fun, ast.Selector) and self.scan.is_symbol(fun.x, symbol):
            yield fun.name.name
            if known.summary is not None and known.summary.params:
                yield from known.summary.params[0].methods
        if known.summary is not None:
            for number, arg in enumerate(call.args):
                at = number + known.offset
                if self.scan.is_symbol(arg, symbol) and at < len(known.summary.params):
                    yield from known.summary.params[at].methods

    def _how(self, symbol: Symbol, method: str) -> How:
        """Whether every way to an exit calls the method, or defers it."""

        def calls_it(op: ops.Op) -> bool:
            match op:
                case ops.Call(node=call):
                    return self._surely(call, symbol, method)
                case ops.Defer(node=ast.Defer(call=ast.Call() as call)):
                    return self._surely(call, symbol, method)
                case _:
                    return False

        if not self._has_way_around(calls_it):
            return How.ALWAYS
        answer = find_path(self.scan.graph, self.scan.tracker, Point(0), avoiding=calls_it)
        return How.ALWAYS if answer.path is None and answer.complete else How.SOMETIMES

    def _has_way_around(self, barrier: Callable[[ops.Op], bool]) -> bool:
        """Reports whether some way to an exit, possible or not, passes none of these operations."""
        graph = self.scan.graph
        pending, seen = [0], {0}
        while pending:
            block = graph.blocks[pending.pop()]
            if block.index in (graph.returned, graph.panicked):
                return True
            if not any(map(barrier, block.ops)):
                targets = {edge.target for edge in block.edges} - seen
                seen |= targets
                pending += targets
        return False

    def _surely(self, call: ast.Call, symbol: Symbol, method: str) -> bool:
        """Reports whether a call calls the method on the parameter whatever happens in it."""
        fun, known = ast.unparen(call.fun), self.scan.known(call)
        if isinstance(fun, ast.Selector) and self.scan.is_symbol(fun.x, symbol):
            if fun.name.name == method:
                return True
            inner = known.summary.params[:1] if known.summary is not None else ()
            if any(each.methods.get(method) is How.ALWAYS for each in inner):
                return True
        if isinstance(fun, ast.FuncLit):
            return any(
                isinstance(stmt, ast.ExprStmt) and isinstance(stmt.x, ast.Call) and self._surely(stmt.x, symbol, method)
                for stmt in fun.body.stmts
            )
        if known.summary is None:
            return False
        given = (number + known.offset for number, arg in enumerate(call.args) if self.scan.is_symbol(arg, symbol))
        params = known.summary.params
        return any(at < len(params) and params[at].methods.get(method) is How.ALWAYS for at in given)
