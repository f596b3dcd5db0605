"""An assignment or a return in; where the resource is afterwards, and which values tell something of it, out."""

from collections.abc import Iterator

from msgspec.structs import replace

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.places import Place, place_of
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.ownership.carrying import Carried, Carry, Carrying, root_of
from goleaklint.ownership.origins import Origins, mentions
from goleaklint.ownership.state import End, State
from goleaklint.syntax import ast
from goleaklint.types.types import BOOL, ERROR, Basic, Pointer, Struct, Type

RECEIVES = frozenset("Recv RecvMsg CloseAndRecv".split())
"""Methods of streams whose error, once it is not nil, says that the stream has come to its end."""


class Assignments:
    """What assignments and returns of one function do to one resource. `exhausts` tells that it may end by itself."""

    def __init__(self, code: Code, carrying: Carrying, origins: Origins, *, exhausts: bool) -> None:
        self._code = code
        self._carrying = carrying
        self._origins = origins
        self._exhausts = exhausts

    def assigned(self, op: ops.Assign, state: State) -> State | End:
        if isinstance(op.node, ast.IncDec) or (isinstance(op.node, ast.Assign) and op.node.op not in ("=", ":=")):
            return state
        gained: list[tuple[ast.Expr, Carried]] = []
        if len(op.left) == len(op.right):
            pairs = zip(op.left, op.right, strict=True)
            gained = [(left, self._carrying.of(right, state)) for left, right in pairs if not self._fails(left, right)]
        elif len(op.right) == 1:
            gained = self._several(op, ast.unparen(op.right[0]), state)
        after: State | End = self._overwritten(op, gained, state)
        for target, carried in gained:
            if carried and isinstance(after, State):
                after = self._stored(target, carried, after)
        if isinstance(after, State):
            after = self._derived(op, self._ending(op, after))
            if not after.names and not after.inside:
                return End.HANDED_OVER if _is_dropped(op) else End.LOST
        return after

    def _fails(self, target: ast.Expr, value: ast.Expr) -> bool:
        """Reports whether a call says by an error what is wrong, as with a response: who gets that releases nothing."""
        return isinstance(ast.unparen(value), ast.Call) and self._code.type_of(target) == ERROR

    def _several(self, op: ops.Assign, value: ast.Expr, state: State) -> list[tuple[ast.Expr, Carried]]:
        """What several targets get of one call or type assertion."""
        carried = self._carrying.of(value, state)
        if isinstance(value, ast.Call):
            kinds = [(target, self._code.type_of(target)) for target in op.left]
            return [(target, carried) for target, kind in kinds if kind != ERROR and not isinstance(kind, Basic)]
        return [(op.left[0], carried)]

    def _overwritten(self, op: ops.Assign, gained: list[tuple[ast.Expr, Carried]], state: State) -> State:
        kept = {self._code.symbol(target) for target, carried in gained if carried}
        symbols = {symbol for target in op.left if (symbol := self._code.symbol(target)) is not None}
        denied = self._denied(op, state)
        if denied is not state:
            return denied
        proofs, denial = self._proofs(op, state, symbols), state.denial
        for place, kind in self._judged(op, state):
            if kind == ERROR:
                proofs |= {place}
            else:
                denial = place
        ended = None if state.ended is not None and state.ended.symbol in symbols else state.ended
        return replace(state.without(frozenset(symbols - kept)), proofs=proofs, denial=denial, ended=ended)

    def _judged(self, op: ops.Assign, state: State) -> Iterator[tuple[Place, Type]]:
        """`again, err := retryable(ctx, err)`: what a function makes of the error alone that tells whether the resource
        was acquired tells that, too; its truth value is only true of an error."""
        call = ast.unparen(op.right[0]) if len(op.right) == 1 and state.proofs else None
        args = [ast.unparen(each) for each in call.args] if isinstance(call, ast.Call) else []
        errors = (each for each in args if self._code.type_of(each) == ERROR)
        judges = any(place_of(self._code.names, each) in state.proofs for each in errors)
        if not judges or any(isinstance(each, ast.Call) or self._carrying.of(each, state) for each in args):
            return
        for target in op.left:
            kind, place = self._code.type_of(target), place_of(self._code.names, target)
            if place is not None and kind in (ERROR, BOOL):
                yield place, kind

    def _proofs(self, op: ops.Assign, state: State, symbols: set[Symbol]) -> frozenset[Place]:
        """What still tells whether the resource was acquired, once some variables have new values: copies do, too."""
        proofs = {each for each in state.proofs if each.symbol not in symbols}
        if len(op.left) == len(op.right):
            for target, value in zip(op.left, op.right, strict=True):
                copied = place_of(self._code.names, value) in state.proofs
                place = place_of(self._code.names, target) if copied else None
                if place is not None:
                    proofs.add(place)
        return frozenset(proofs)

    def _denied(self, op: ops.Assign, state: State) -> State:
        """`_, corrupted := err.(*ErrCorrupted)`: the truth value is only true of an error; `c, ok := r.(io.Closer)`:
        it is only true of what can be released."""
        value = ast.unparen(op.right[0]) if len(op.right) == 1 and len(op.left) == 2 else None
        symbol = self._code.symbol(op.left[1]) if isinstance(value, ast.TypeAssert) else None
        if symbol is None or not isinstance(value, ast.TypeAssert):
            return state
        if self._code.symbol(value.x) in {each.symbol for each in state.proofs}:
            return replace(state, denial=Place(symbol))
        if not self._carrying.of(value.x, state):
            return state
        if isinstance(op.left[0], ast.Ident) and op.left[0].name == "_":
            return replace(state, denial=Place(symbol))  # a kind that needs no release, such as a stand-in
        concrete = isinstance(self._code.core_type(value), Pointer | Struct)
        return state if concrete or state.proofs else replace(state, proofs=frozenset((Place(symbol),)))

    def _derived(self, op: ops.Assign, state: State) -> State:
        if len(op.right) != 1 or not self._carrying.opens(op.right[0], state):
            return state
        symbol = self._code.symbol(op.left[0])
        return state if symbol is None else replace(state, derived=state.derived | {symbol})

    def _ending(self, op: ops.Assign, state: State) -> State:
        """`msg, err := stream.Recv()`: the error will tell whether the stream is at its end."""
        call = ast.unparen(op.right[0]) if len(op.right) == 1 else None
        fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
        if not self._exhausts or not isinstance(fun, ast.Selector) or fun.name.name not in RECEIVES:
            return state
        symbol = self._code.symbol(op.left[-1])
        if symbol is None or not self._carrying.of(fun.x, state):
            return state
        return replace(state, ended=Place(symbol))

    def _stored(self, target: ast.Expr, carried: Carried, state: State) -> State | End:
        target = ast.unparen(target)
        if isinstance(target, ast.Ident):
            symbol = self._code.names.symbol(target)
            if target.name == "_":
                return state
            if symbol is None or not symbol.is_variable or symbol.depth != self._code.depth:
                return End.HANDED_OVER
            if carried.carry is Carry.IS:
                return state.named((symbol, carried.field))
            return state.put_into(symbol, wraps=carried.carry is Carry.WRAPS)
        root = root_of(target)
        symbol = self._code.names.symbol(root) if root is not None else None
        if symbol is None or symbol.depth != self._code.depth:
            return End.HANDED_OVER
        if symbol in state.symbols:
            return state
        return state.put_into(symbol) if self._origins.is_made_here(symbol) else End.HANDED_OVER

    def returned(self, node: ast.Return, state: State) -> State | End:
        if not node.results:
            named = any(
                symbol.kind is SymbolKind.RESULT and symbol.depth == self._code.depth for symbol in state.symbols
            )
            return End.RETURNED if named else state
        if any(self._carrying.of(value, state) for value in node.results):
            return End.RETURNED
        if any(self._carrying.opens(each, state) or mentions(self._code, each, state.derived) for each in node.results):
            return End.HANDED_OVER
        if len(node.results) == 1 and self._exhausts:
            call = ast.unparen(node.results[0])
            fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
            if isinstance(fun, ast.Selector) and fun.name.name in RECEIVES and self._carrying.of(fun.x, state):
                return End.RELEASED
        return state


def _is_dropped(op: ops.Assign) -> bool:
    """Reports whether the variable is set to nil: somebody says on purpose that there is nothing to hold any more."""
    return any(isinstance(each, ast.Ident) and each.name == "nil" for each in op.right)
