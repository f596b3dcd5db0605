"""A function in; the calls in it that acquire something, what, and which variables hold it, out."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.places import Place, place_of
from goleaklint.index.symbols import Symbol
from goleaklint.knowledge import ITSELF, Holder, Resource
from goleaklint.knowledge.pack import ReleasedBy, Until
from goleaklint.ownership.bodiless import has_no_body
from goleaklint.ownership.candidates import Candidates, assigned_or_dropped
from goleaklint.ownership.carrying import bare_name, root_of
from goleaklint.ownership.origins import CONTEXT, Life, Origins, spawned
from goleaklint.ownership.parents import parent_ends
from goleaklint.ownership.partners import has_partner, partner_comes
from goleaklint.ownership.state import INSIDE, State
from goleaklint.ownership.wrappers import may_wrap
from goleaklint.syntax import ast
from goleaklint.syntax.walk import statements
from goleaklint.types.types import BOOL, ERROR, Named, Pointer, Tuple, Type, Unknown

VERBS = re.compile(
    r"(?i)(new|open|dial|begin|accept|subscribe|create|start|watch|connect|listen|snapshot|clone|make|acquire|"
    r"(reverse|prefix|account|storage)?iterator|(chunk)?querier|appender|newiter)"
)
"""Names that promise something new, where the result's type alone says that it is to be given back."""


MadeBy = Callable[[Code], Mapping[int, Resource]]
"""Asks which results of a function of the module are new resources."""


@dataclass(frozen=True, slots=True)
class Acquisition:
    """A call that acquires a resource.

    `op` is the operation after which it is held (number `index` of the block), `states` what is known then. A resource
    without any is `discarded`: the call's result is not even kept. `certain` tells that a pack names the called
    function itself. `until_context` tells that a context which others end releases it, too. It only matters on
    ways that end behind the offset `since`. `contexts` are the variables of those contexts whose end releases it.
    """

    call: ast.Call
    resource: Resource
    block: int
    index: int
    op: ops.Op
    state: State | None
    certain: bool = True
    until_context: bool = False
    since: int = 0
    contexts: frozenset[Place] = frozenset()

    @property
    def discarded(self) -> bool:
        return self.state is None


@dataclass(frozen=True, slots=True)
class Made:
    """What a call acquires: `position` is the result; `certain` as in Acquisition."""

    resource: Resource
    position: int
    certain: bool


class Acquisitions:
    """Finds what one function acquires. `made_by` are the resources that a function of the module makes."""

    def __init__(self, code: Code, origins: Origins, candidates: Candidates, made_by: MadeBy) -> None:
        self.code = code
        self._origins = origins
        self._candidates = candidates
        self._made_by = made_by
        self._knowledge = code.whole.functions.knowledge
        self._made: dict[ast.Call, tuple[Made, ...]] = {}

    def all(self) -> Iterator[Acquisition]:
        """The acquisitions of the function whose resource it holds afterwards, or throws away at once."""
        if not self._may_acquire():
            return
        dropped = {ast.unparen(stmt.x) for stmt in statements(self.code.block.stmts) if isinstance(stmt, ast.ExprStmt)}
        reachable = self.code.graph.reachable()
        for block in self.code.graph.blocks:
            if block.index not in reachable:
                continue
            for index, op in enumerate(block.ops):
                if isinstance(op, ops.Assign):
                    yield from self._assigned(block.index, index, op)
                elif isinstance(op, ops.Call):
                    yield from self._called(block.index, index, op, op.node in dropped)

    def _may_acquire(self) -> bool:
        """Reports whether some statement may acquire: most functions have none, and need no control flow for that."""
        block = self.code.block
        if self._candidates.may_take(self.code.source.data, block.start, block.end):
            return True
        values = (ast.unparen(value) for stmt in statements(block.stmts) for value in assigned_or_dropped(stmt))
        return any(isinstance(value, ast.Call) and self.made(value) for value in values)

    # --- results

    def _assigned(self, block: int, index: int, op: ops.Assign) -> Iterator[Acquisition]:
        for number, value in enumerate(op.right):
            call = ast.unparen(value)
            if not isinstance(call, ast.Call):
                continue
            left = op.left if len(op.right) == 1 else op.left[number : number + 1]
            for made in self.made(call):
                if made.position < len(left) and self._counts(call, made, left):
                    state = self._held(left, made)
                    if state is not None or (is_blank(left[made.position]) and not self._is_in_context(made, left)):
                        yield self._acquisition(call, made, block, index, op, state)

    def _held(self, left: tuple[ast.Expr, ...], made: Made) -> State | None:
        """The state after an assignment; None where nothing of this function holds the resource then."""
        target = ast.unparen(left[made.position])
        if is_blank(target):
            return None
        last = left[-1] if len(left) > 1 else None
        proof = place_of(self.code.names, last) if last is not None and last is not left[made.position] else None
        if last is not None and not isinstance(kind := self.code.type_of(last), Unknown) and kind not in (ERROR, BOOL):
            proof = None
        if isinstance(target, ast.Ident):
            symbol = self.code.names.symbol(target)
            if symbol is None or not self._is_own(symbol):
                return None
            if made.resource.field == INSIDE:
                return State(frozenset(), frozenset((symbol,)), proofs=_places(proof))
            return State(frozenset(((symbol, made.resource.field),)), proofs=_places(proof))
        root = root_of(target)
        symbol = self.code.names.symbol(root) if root is not None else None
        if symbol is None or not self._is_own(symbol) or not self._origins.is_made_here(symbol):
            return None
        return State(frozenset(), frozenset((symbol,)), _places(proof))

    def _is_in_context(self, made: Made, left: tuple[ast.Expr, ...]) -> bool:
        """Reports whether a context that is kept carries what is thrown away: `ctx, _ := tracer.Start(ctx, name)`."""
        others = (each for number, each in enumerate(left) if number != made.position and not is_blank(each))
        kinds = [self.code.type_of(each) for each in others]
        carried = any(kind == CONTEXT or isinstance(kind, Unknown) for kind in kinds)
        return carried and ITSELF not in made.resource.release

    def _is_own(self, symbol: Symbol) -> bool:
        return symbol.is_variable and symbol.depth == self.code.depth

    # --- arguments, receivers, and results that nobody takes

    def _called(self, block: int, index: int, op: ops.Call, is_dropped: bool) -> Iterator[Acquisition]:
        for made in self.made(op.node) if is_dropped else ():
            if made.resource.holder is Holder.RESULT and self._counts(op.node, made, ()):
                yield self._acquisition(op.node, made, block, index, op, None)
        name = self.code.callee_name(op.node) if bare_name(op.node) in self._candidates.takers else None
        for resource in self._knowledge.resources_acquired_by(*name) if name is not None else ():
            holder = self._holder(op.node, resource)
            symbol = self.code.symbol(holder) if holder is not None else None
            if symbol is not None and self._is_own(symbol) and self._origins.may_be_new(symbol):
                at, since, proof = self._outcome_of(block, index, op)
                state = State(frozenset(((symbol, resource.field),)), proofs=_places(proof))
                yield self._acquisition(op.node, Made(resource, resource.position, True), block, at, since, state)

    def _holder(self, call: ast.Call, resource: Resource) -> ast.Expr | None:
        fun = ast.unparen(call.fun)
        if resource.holder is Holder.RECEIVER:
            return fun.x if isinstance(fun, ast.Selector) else None
        if resource.holder is Holder.ARGUMENT:
            return call.args[resource.position] if resource.position < len(call.args) else None
        return None

    def _outcome_of(self, block: int, index: int, op: ops.Call) -> tuple[int, ops.Op, Place | None]:
        """The operation from which on the call has been made, and the error that its only result is assigned to."""
        for at, each in enumerate(self.code.graph.blocks[block].ops[index + 1 :], index + 1):
            single = isinstance(each, ops.Assign) and len(each.left) == len(each.right) == 1
            if isinstance(each, ops.Assign) and single and ast.unparen(each.right[0]) is op.node:
                return at, each, place_of(self.code.names, each.left[0])
        return index, op, None

    def _acquisition(
        self, call: ast.Call, made: Made, block: int, index: int, op: ops.Op, state: State | None
    ) -> Acquisition:
        contexts = list(self._origins.contexts_of(self.code, call))
        until = ReleasedBy.CONTEXT in made.resource.released_by and any(
            self._origins.life(each) is Life.FOREIGN for each in contexts
        )
        since = self._spawn(call, op) if made.resource.rule == "GL603" else partner_comes(self.code, op, made.resource)
        own = [*call.args[:1], *(op.left[:1] if isinstance(op, ops.Assign) else ())]
        places = (place_of(self.code.names, each) for each in own if made.resource.rule == "GL603")
        contexts_of = frozenset(each for each in places if each is not None)
        return Acquisition(call, made.resource, block, index, op, state, made.certain, until, since, contexts_of)

    def _spawn(self, call: ast.Call, op: ops.Op) -> int:
        """Where somebody begins to wait for a context that has no parent to end it."""
        context = self.code.symbol(op.left[0]) if isinstance(op, ops.Assign) else None
        if context is None or not call.args or self._origins.parent_life(call) is not Life.ENDLESS:
            return 0
        return spawned(self.code, context) or 0

    # --- what a call makes

    def made(self, call: ast.Call) -> tuple[Made, ...]:
        """The resources among the results of a call."""
        found = self._made.get(call)
        if found is None:
            found = self._made[call] = tuple(self._find_made(call))
        return found

    def _find_made(self, call: ast.Call) -> Iterator[Made]:
        bare = bare_name(call)
        name = self.code.callee_name(call) if bare in self._candidates.makers else None
        named = self._knowledge.resources_acquired_by(*name) if name is not None else ()
        if named:
            yield from (Made(each, each.position, True) for each in named if each.holder is Holder.RESULT)
            return
        promising = VERBS.match(bare) is not None
        if not promising and not self._may_make(call.fun):
            return
        kind, declared = self.code.type_of(call), self.code.types.declared
        if not self._candidates.may_be_made(kind, declared) and not may_wrap(bare, kind, declared):
            return
        callee = self.code.callee(call)
        if callee is not None:
            for position, resource in self._made_by(callee).items():
                yield Made(resource, position, True)
        elif promising and not self.code.types.is_type(call.fun):
            yield from self._by_type(kind, self.code.callee_name(call))

    def _may_make(self, fun: ast.Expr) -> bool:
        """Reports whether a function of the module is called that may return a resource, as its signature says: that is
        known before the type of the call."""
        fun, symbol = ast.unparen(fun), self.code.symbol(fun)
        if isinstance(fun, ast.FuncLit) or (symbol is not None and symbol.is_variable):
            return True
        decl, declared = self.code.declaration(fun), self.code.types.declared
        node = decl.node if decl is not None else None
        if decl is None or not isinstance(node, ast.FuncDecl) or not node.body_end or not node.type.results:
            return False
        return self._candidates.may_be_made(declared.function(decl).result, declared)

    def _by_type(self, kind: Type, called: tuple[str, str] | None) -> Iterator[Made]:
        """What promises something new and returns what is a resource elsewhere, if packs do not know the function."""
        if called is not None and self._knowledge.function(*called) is not None:
            return
        for position, each in enumerate(kind.types if isinstance(kind, Tuple) else (kind,)):
            named = each.elem if isinstance(each, Pointer) else each
            if isinstance(named, Named):
                found = self._knowledge.resources_of_type(named.package, named.name)
                first = next((resource for resource in found if resource.by_type), None)
                if first is not None and first.type.pointer == isinstance(each, Pointer):
                    yield Made(first, position, False)

    # --- what releases it by itself

    def _counts(self, call: ast.Call, made: Made, left: tuple[ast.Expr, ...]) -> bool:
        """Reports whether something may leak at all: nothing else in this function ends it anyway."""
        resource = made.resource
        if resource.rule == "GL603":
            return self._cancel_counts(call, resource, left)
        if has_no_body(self.code, call, resource) or not has_partner(self.code, resource, left):
            return False
        if ReleasedBy.CONTEXT in resource.released_by:
            lives = {self._origins.life(each) for each in self._origins.contexts_of(self.code, call)}
            if Life.OWN in lives or (Life.FOREIGN in lives and not resource.release):
                return False
        return ReleasedBy.PARENT not in resource.released_by or not parent_ends(
            self.code, call, resource, self._origins
        )

    def _cancel_counts(self, call: ast.Call, resource: Resource, left: tuple[ast.Expr, ...]) -> bool:
        """A cancel function matters where the parent lives on. Of a parent without an end it only matters where
        somebody was given the context and waits for it: a goroutine."""
        if ITSELF not in resource.release or not call.args:
            return True
        life = self._origins.parent_life(call)
        if life is not Life.ENDLESS:
            return life is Life.FOREIGN
        if resource.until is Until.DEADLINE:
            return False
        context = self.code.symbol(left[0]) if left else None
        return context is not None and spawned(self.code, context) is not None


def _places(place: Place | None) -> frozenset[Place]:
    return frozenset() if place is None else frozenset((place,))


def is_blank(expr: ast.Expr) -> bool:
    """Reports whether an expression is `_`."""
    return isinstance(expr, ast.Ident) and expr.name == "_"
