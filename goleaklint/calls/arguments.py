"""What becomes of a function's parameters: where they go, and which of their methods are called."""

from collections.abc import Iterator

from goleaklint.calls.scan import Known, Scan, deep
from goleaklint.calls.summary import HOPEFUL, How, ParamSummary, Use
from goleaklint.flow import ops
from goleaklint.flow.paths import Point, find_path
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions
from goleaklint.types.types import Basic, Chan


class Arguments:
    """Answers for the parameters of one function. `watched` are the methods that are worth telling callers about."""

    def __init__(self, scan: Scan, watched: frozenset[str]) -> None:
        self.scan = scan
        self._watched = watched

    def param(self, symbol: Symbol) -> ParamSummary:
        """What becomes of one parameter."""
        if isinstance(self.scan.types.declared.underlying(self.scan.types.symbol_type(symbol)), Basic):
            return ParamSummary()  # nothing that could be given back
        calls = self.scan.about.get(symbol, [])
        names = {name for call in calls for name in self._called_on(call, symbol)} & self._watched
        methods = {name: self._how(symbol, name) for name in sorted(names)}
        return ParamSummary(tuple(sorted(set(self._uses(symbol)))), methods)

    def _uses(self, symbol: Symbol) -> Iterator[Use]:
        for op in self.scan.all(ops.Return):
            if any(self.scan.carries(value, symbol) for value in op.node.results):
                yield Use.RETURNED
        for assign in self.scan.all(ops.Assign):
            if any(self.scan.carries(value, symbol) for value in assign.right) and self.scan.is_lasting(assign.left):
                yield Use.STORED
        for send in self.scan.all(ops.Send):
            if self.scan.carries(send.node.value, symbol):
                yield Use.SENT
            if self.scan.is_symbol(send.node.chan, symbol):
                yield Use.SENT_TO
        for go in self.scan.all(ops.Go):
            if any(self.scan.is_symbol(each, symbol) for each in deep(go.node.call)):
                yield Use.SPAWNED
        for receive in self.scan.all(ops.Receive):
            if self.scan.is_symbol(receive.node.x, symbol):
                yield Use.RECEIVED
        for loop in self.scan.all(ops.Range):
            if self.scan.is_symbol(loop.node.x, symbol) and isinstance(self.scan.core(loop.node.x), Chan):
                yield Use.RECEIVED
        yield from self._uses_in_select(symbol)
        yield from self._uses_in_literals(symbol)
        for call in self.scan.about.get(symbol, []):
            yield from self._uses_in_call(call, self.scan.known(call), symbol)

    def _uses_in_select(self, symbol: Symbol) -> Iterator[Use]:
        for select in self.scan.all(ops.Select):
            for clause in select.node.clauses:
                match clause.comm:
                    case ast.Send(chan=chan, value=value):
                        if self.scan.is_symbol(chan, symbol):
                            yield Use.SENT_TO
                        if self.scan.carries(value, symbol):
                            yield Use.SENT
                    case ast.ExprStmt(x=ast.Unary(x=chan)) | ast.Assign(right=(ast.Unary(x=chan),)):
                        if self.scan.is_symbol(chan, symbol):
                            yield Use.RECEIVED

    def _uses_in_literals(self, symbol: Symbol) -> Iterator[Use]:
        """A literal that is neither deferred, spawned nor called on the spot keeps what it captures."""
        spawned = {ast.unparen(go.node.call.fun) for go in self.scan.all(ops.Go) if isinstance(go.node.call, ast.Call)}
        for closure in self.scan.all(ops.Closure):
            if closure.node in self.scan.run_literals or closure.node in spawned:
                continue
            if any(self.scan.is_symbol(each, symbol) for each in deep_expressions(closure.node.body.stmts)):
                yield Use.KEPT

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

        answer = find_path(self.scan.graph, self.scan.tracker, Point(0), avoiding=calls_it)
        return How.ALWAYS if answer.path is None and answer.complete else How.SOMETIMES

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
        if known.summary is HOPEFUL:
            receiver = (fun.x,) if isinstance(fun, ast.Selector) else ()
            return any(self.scan.is_symbol(each, symbol) for each in (*receiver, *call.args))
        given = (number + known.offset for number, arg in enumerate(call.args) if self.scan.is_symbol(arg, symbol))
        params = known.summary.params
        return any(at < len(params) and params[at].methods.get(method) is How.ALWAYS for at in given)
