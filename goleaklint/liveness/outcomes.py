"""A return, and what is known where it stands, in; what the call gives out: results that are nil, or true, or not. And
what the caller learns by it: of the variables that get the results, and which way its branch on the call goes."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.conditions import NIL, TRUE, Fact, Test
from goleaklint.flow.facts import NOTHING, Facts, FactTracker
from goleaklint.flow.graph import Block, Edge
from goleaklint.flow.places import Place, place_of
from goleaklint.syntax import ast

Answer: TypeAlias = tuple[str, bool]
"""A question, `nil` or `true`, and its answer."""

Outcome: TypeAlias = tuple[Answer | None, ...]
"""What is known of each result of a call; empty where nothing is."""


class Told(NamedTuple):
    """What one call gave."""

    call: ast.Call
    outcome: Outcome


def telling(code: Code) -> FactTracker:
    """Follows what is known in a function whose results its caller asks for."""
    cache, key = code.whole.functions.cache, (telling, code)
    found = cache.get(key)
    if not isinstance(found, FactTracker):
        whole = code.whole.function.body.block
        found = cache[key] = FactTracker(code.graph, code.names, whole, code.types, tells=True)
    return found


def given(code: Code, last: ops.Op | None, facts: Facts, told: Told | None) -> Outcome:
    """What a return gives for results without names; they are evaluated before the deferred calls."""
    if not isinstance(last, ops.Return) or not last.node.results or _names(code):
        return ()
    values = last.node.results
    if told is not None and told.outcome and len(values) == 1 and ast.unparen(values[0]) is told.call:
        return told.outcome
    kinds = [code.types.declared.resolve(field.type, code.types.env) for field in code.type.results]
    if len(kinds) != len(values):
        return ()
    tracker, core = telling(code), code.types.declared.core
    return _known(tracker.answer(each, core(kind), facts) for each, kind in zip(values, kinds, strict=True))


def named(code: Code, facts: Facts) -> Outcome:
    """What the results with names hold when all is done."""
    answers = {
        fact.test.places: (fact.test.question, fact.holds) for fact in facts if fact.test.question in (NIL, TRUE)
    }
    symbols = (code.symbol(each) for each in _names(code))
    return _known(None if each is None else answers.get((Place(each),)) for each in symbols)


def _names(code: Code) -> list[ast.Ident]:
    return [name for field in code.type.results for name in field.names]


def _known(answers: Iterable[Answer | None]) -> Outcome:
    found = tuple(answers)
    return found if any(each is not None for each in found) else ()


# --- for the caller


def is_asked_for(tracker: FactTracker, code: Code, block: Block, number: int, returns: bool) -> bool:
    """Reports whether the results of the call that is operation `number` of a block decide a branch. `returns`: so do
    those of this function."""
    op = block.ops[number]
    following = block.ops[number + 1] if number + 1 < len(block.ops) else None
    match op, following:
        case ops.Call(node=call), ops.Assign(left=left, right=(value,)) if ast.unparen(value) is call:
            places = (place_of(code.names, target) for target in left)
            return any(place is not None and tracker.asks_about(place) for place in places)
        case ops.Call(node=call), ops.Return(node=ast.Return(results=(value,))) if ast.unparen(value) is call:
            return returns
        case ops.Call(node=call), None:
            return any(_question(edge.condition, call) is not None for edge in block.edges)
        case _:
            return False


def learned(code: Code, op: ops.Assign, told: Told | None) -> Facts:
    """What is known of the variables that get the results of a call."""
    if told is None or len(op.right) != 1 or ast.unparen(op.right[0]) is not told.call:
        return NOTHING
    return frozenset(_facts(code, op, told.outcome))


def _facts(code: Code, op: ops.Assign, outcome: Outcome) -> Iterator[Fact]:
    for target, answer in zip(op.left, outcome, strict=False):
        place = place_of(code.names, target)
        if place is not None and answer is not None:
            yield Fact(Test(answer[0], (place,)), answer[1])


def is_taken(edge: Edge, told: Told | None) -> bool | None:
    """Reports whether a branch on the call itself goes this way; None if that is not known."""
    answer = told.outcome[0] if told is not None and told.outcome else None
    asked = _question(edge.condition, told.call) if told is not None else None
    if answer is None or asked is None or asked[0] != answer[0]:
        return None
    return (answer[1] == asked[1]) == edge.holds


def _question(condition: ast.Expr | None, call: ast.Call, holds: bool = True) -> Answer | None:
    """What a condition asks of a call: whether it is true, or nil."""
    match ast.unparen(condition) if condition is not None else None:
        case ast.Call() as asked if asked is call:
            return TRUE, holds
        case ast.Unary(op="!", x=x):
            return _question(x, call, not holds)
        case ast.Binary(op="==" | "!=" as op, x=x, y=ast.Ident(name="nil")) if ast.unparen(x) is call:
            return NIL, holds == (op == "==")
        case _:
            return None
