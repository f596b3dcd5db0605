"""What a deferred call in a loop gives back, where that was acquired in the same round: for GL418 and GL704."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.exhausting import ends_with_data
from goleaklint.flow import ops
from goleaklint.flow.graph import Block, Loop
from goleaklint.flow.guards import is_taken_once, passes_once
from goleaklint.flow.loops import (
    FEW_ROUNDS,
    RepeatedDefer,
    Rounds,
    may_repeat_defers,
    reach_within,
    repeated_defers,
    rounds,
)
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.knowledge import Resource
from goleaklint.ownership.bounds import has_few_rounds
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions, deep, deep_expressions, literals

RELEASES = frozenset(
    "Close CloseNow CloseWithError Release Discard Rollback Unlock RUnlock Free Destroy Dispose Shutdown Stop Cancel "
    "Unsubscribe Unmap Munmap Flush End Finish Return Disconnect Done".split()
)
"""Methods that give back what they are called on. They only count on what the same round acquired."""

UNLOCKS = {"Unlock": "Lock", "RUnlock": "RLock"}

KEEPERS = frozenset(("append",))

_WORDS = frozenset("a all an and as at be by do each he i if in is it its me my no of on one or out so to up".split())
"""Names of variables that read like words of a sentence."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays acquired: its name as written, and where the round acquires it.

    `is_lock` is set for a lock of the loop's surroundings, which the next round would wait for; `is_function` where a
    function value (a cancel function, say) is what gives back. `known` is what a pack says of it.
    """

    name: str
    acquired: ast.Node
    is_lock: bool = False
    is_function: bool = False
    known: Resource | None = None

    @property
    def spoken(self) -> str:
        """The name as a sentence shows it."""
        return f"`{self.name}`" if self.name.lower() in _WORDS else self.name


def repeated(fn: FunctionView) -> Iterator[RepeatedDefer]:
    """The deferred calls of a function of which one more is put off each time round a loop."""
    return repeated_defers(fn.graph) if may_repeat_defers(fn.code.block.stmts) else iter(())


def kept_each_round(fn: FunctionView, deferred: RepeatedDefer) -> Kept | None:
    """What the deferred call of a loop releases, if each round acquires it; None where that cannot be told.

    None, too, where the round hands the thing on to something that lives longer than the round: then it is meant to
    stay until the function returns.
    """
    loop = deferred.loop
    if loop is None:
        return None
    for call in _deferred_calls(deferred.op):
        found = _released(fn, loop, call, deferred.op)
        if found is not None:
            return found
    return None


def piles_up(fn: FunctionView, deferred: RepeatedDefer) -> bool:
    """Reports whether the rounds come to the defer statement again and again: not once, nor only as often as a short
    list in the source has items or a small number says."""
    short = deferred.rounds is Rounds.COUNTED and all(_is_short(fn, loop) for loop in deferred.block.loops)
    return not short and comes_again(fn, deferred)


def is_endless(fn: FunctionView, deferred: RepeatedDefer) -> bool:
    """Reports whether the loop that comes to the defer statement again serves until the program ends, say: it is not
    left once the data is gone that it goes through."""
    if deferred.rounds is not Rounds.ENDLESS:
        return False
    endless = [loop for loop in deferred.block.loops if rounds(loop) is Rounds.ENDLESS]
    return not all(ends_with_data(fn.code, loop) for loop in endless)


def comes_again(fn: FunctionView, deferred: RepeatedDefer) -> bool:
    """Reports whether a second round can come to the defer statement: it is neither behind a flag that the first one
    clears, nor in the case of a select that only one of them can take."""
    loop, block = deferred.loop, deferred.block
    if loop is None:
        return True
    return not (passes_once(fn.graph, fn.names, block, loop) or is_taken_once(fn.graph, fn.names, block, loop))


def _is_short(fn: FunctionView, loop: Loop) -> bool:
    """Reports whether a loop goes round as often as a literal has items, which a local variable may hold, or as a small
    number says that only callers know."""
    if rounds(loop) is Rounds.FEW or has_few_rounds(fn.code, loop):
        return True
    symbol = fn.symbol(loop.x) if isinstance(loop, ast.Range) else None
    if symbol is None or not symbol.is_variable:
        return False
    given = [
        value
        for _, assign in fn.ops(ops.Assign)
        for target, value in zip(assign.left, assign.right, strict=False)
        if fn.symbol(target) is symbol
    ]
    return len(given) == 1 and isinstance(given[0], ast.CompositeLit) and len(given[0].elements) <= FEW_ROUNDS


def released_each_round(fn: FunctionView, deferred: RepeatedDefer) -> bool:
    """Reports whether each round makes the call itself that it also defers: only the deferred calls pile up."""
    if deferred.loop is None:
        return False
    # Methods and function values only: that fmt.Println is called again says nothing.
    calls = {fn.text(call.fun) for call in _deferred_calls(deferred.op) if not _is_plain_function(fn, call)}
    releasing = frozenset(
        block.index
        for block, op in fn.ops(ops.Call)
        if fn.text(op.node.fun) in calls and not _precedes(block, op, deferred)
    )
    again = reach_within(fn.graph, deferred.block.index, deferred.loop, releasing - {deferred.block.index})
    return deferred.block.index in releasing or (bool(releasing) and deferred.block.index not in again)


def _is_plain_function(fn: FunctionView, call: ast.Call) -> bool:
    callee = fn.callee(call)
    return callee is not None and "." not in callee[1]


def _precedes(block: Block, op: ops.Call, deferred: RepeatedDefer) -> bool:
    return block is deferred.block and block.ops.index(op) < block.ops.index(deferred.op)


def _deferred_calls(op: ops.Defer) -> Iterator[ast.Call]:
    """The deferred call itself; of a deferred function literal, the calls in it."""
    call = ast.unparen(op.node.call)
    if not isinstance(call, ast.Call):
        return
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.FuncLit):
        yield call
        return
    for expr in all_expressions(fun.body.stmts):
        if isinstance(expr, ast.Call):
            yield expr


def _released(fn: FunctionView, loop: Loop, call: ast.Call, op: ops.Defer) -> Kept | None:
    match ast.unparen(call.fun):
        case ast.Selector(x=x, name=ast.Ident(name=name)) if name in UNLOCKS:
            return _locked(fn, loop, x, UNLOCKS[name], op)
        case ast.Selector(x=x, name=ast.Ident(name=name)) if name in RELEASES:
            symbol = fn.symbol(_holder(x))
            return _acquired(fn, loop, symbol, op) if symbol else None
        case ast.Ident() as ident:
            symbol = fn.symbol(ident)
            is_variable = symbol is not None and symbol.kind is SymbolKind.LOCAL
            return _acquired(fn, loop, symbol, op) if symbol and is_variable else None
        case _:
            return None


def _holder(x: ast.Expr) -> ast.Expr:
    """`resp` of `resp.Body.Close()`: the variable whose field is released."""
    while isinstance(x, ast.Selector | ast.Paren):
        x = x.x
    return x


def _locked(fn: FunctionView, loop: Loop, lock: ast.Expr, method: str, op: ops.Defer) -> Kept | None:
    """The lock that this round took before the defer; not one that belongs to the round's own item."""
    root = fn.symbol(_holder(lock))
    if root is None or loop.start <= root.start < loop.end or isinstance(lock, ast.Index):
        return None
    text = fn.text(lock)
    for expr in all_expressions(loop.body.stmts):
        match expr:
            case ast.Call(fun=ast.Selector(x=x, name=ast.Ident(name=name))) if (
                name == method and expr.end <= op.node.start
            ):
                if fn.text(x) == text:
                    return Kept(text, expr, is_lock=method == "Lock")
    return None


def _acquired(fn: FunctionView, loop: Loop, symbol: Symbol, op: ops.Defer) -> Kept | None:
    """Where the round gives the variable its value, if that is the result of a call."""
    if not symbol.is_variable or not loop.body.start <= symbol.start < loop.body.end:
        return None
    source: ast.Call | None = None
    for assign in _assignments(fn, loop):
        if any(fn.symbol(target) is symbol for target in assign.left) and assign.node.start < op.node.start:
            source = _call_of(assign)
    if source is None or _outlives_round(fn, loop, symbol):
        return None
    callee = fn.callee(source)
    known = fn.setting.knowledge.resources_acquired_by(*callee) if callee else ()
    is_function = _is_called(op, symbol.name)
    if is_function and not known and not symbol.name.lower().endswith("cancel"):
        return None  # a function that somebody returned for the end of the caller, such as a clean-up
    return Kept(symbol.name, source, is_function=is_function, known=known[0] if known else None)


def _is_called(op: ops.Defer, name: str) -> bool:
    return any(isinstance(call.fun, ast.Ident) and call.fun.name == name for call in _deferred_calls(op))


def _assignments(fn: FunctionView, loop: Loop) -> Iterator[ops.Assign]:
    for block, assign in fn.ops(ops.Assign):
        if loop in block.loops:
            yield assign


def _call_of(assign: ops.Assign) -> ast.Call | None:
    """The call that gives an assignment its values; None for anything else, conversions of plain names included."""
    if len(assign.right) != 1:
        return None
    value = ast.unparen(assign.right[0])
    return value if isinstance(value, ast.Call) and not _is_allocation(value) else None


def _is_allocation(call: ast.Call) -> bool:
    return isinstance(call.fun, ast.Ident) and call.fun.name in ("new", "make", "append", "len", "cap", "min", "max")


def _outlives_round(fn: FunctionView, loop: Loop, symbol: Symbol) -> bool:
    """Reports whether the round stores the variable, sends it, gives it to a goroutine or to a function of unknown
    habits, or lets a function literal that is stored or spawned capture it."""
    stmts = loop.body.stmts
    spawned = [go.node.call for block, go in fn.ops(ops.Go) if loop in block.loops]
    sent = [send.node.value for block, send in fn.ops(ops.Send) if loop in block.loops]
    if any(_mentions(fn, expr, symbol) for expr in (*spawned, *sent)):
        return True
    for assign in _assignments(fn, loop):
        elsewhere = any(_is_elsewhere(fn, target, loop) for target in assign.left)
        if elsewhere and any(_carries(fn, value, symbol) for value in assign.right):
            return True
    return any(isinstance(expr, ast.Call) and _may_keep(fn, expr, symbol) for expr in deep_expressions(stmts)) or any(
        _mentions(fn, literal, symbol) for literal in _kept_literals(fn, stmts)
    )


def _kept_literals(fn: FunctionView, stmts: tuple[ast.Stmt, ...]) -> Iterator[ast.FuncLit]:
    """Function literals that are neither deferred nor called on the spot: nobody knows when they run."""
    called = {ast.unparen(expr.fun).start for expr in all_expressions(stmts) if isinstance(expr, ast.Call)}
    yield from (literal for literal in literals(stmts) if literal.start not in called)


def _is_elsewhere(fn: FunctionView, target: ast.Expr, loop: Loop) -> bool:
    """Reports whether what is assigned to lives longer than one round."""
    target = ast.unparen(target)
    while isinstance(target, ast.Selector | ast.Index | ast.Star | ast.Paren):
        target = target.x
    symbol = fn.symbol(target)
    return symbol is None or not loop.body.start <= symbol.start < loop.body.end


def _carries(fn: FunctionView, value: ast.Expr, symbol: Symbol) -> bool:
    """Reports whether a value may hold the variable's: not if only a method is called on it or a field read."""
    match ast.unparen(value):
        case ast.Ident() as ident:
            return fn.names.symbol(ident) is symbol
        case ast.Unary(op="&", x=x) | ast.TypeAssert(x=x):
            return _carries(fn, x, symbol)
        case ast.CompositeLit(elements=elements):
            values = [each.value if isinstance(each, ast.KeyValue) else each for each in elements]
            return any(_carries(fn, each, symbol) for each in values)
        case ast.Call(args=args):
            return any(_carries(fn, arg, symbol) for arg in args)
        case ast.FuncLit() as literal:
            return _mentions(fn, literal, symbol)
        case _:
            return False


def _may_keep(fn: FunctionView, call: ast.Call, symbol: Symbol) -> bool:
    """Reports whether a call is given the variable and might keep it: any function but Go's own, which borrow."""
    if not any(_carries(fn, arg, symbol) for arg in call.args):
        return False
    if isinstance(call.fun, ast.Ident) and fn.symbol(call.fun) is not None and call.fun.name in KEEPERS:
        return True
    callee = fn.callee(call)
    return callee is None or "." in callee[0].split("/")[0] or callee[0] == fn.setting.package.path


def _mentions(fn: FunctionView, expr: ast.Expr, symbol: Symbol) -> bool:
    """Reports whether the variable is named anywhere in an expression, function literals included."""
    return any(isinstance(inner, ast.Ident) and fn.names.symbol(inner) is symbol for inner in deep(expr))
