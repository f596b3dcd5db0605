"""The functions of a run in; for each, the locks that it leaves held or takes twice, out, worked out once."""

from goleaklint.calls.code import Analysis, Code
from goleaklint.liveness.lock_calls import LockCalls
from goleaklint.liveness.lock_state import NO_EFFECT, Effect, Locks, Outcome
from goleaklint.liveness.lock_walk import LockWalk

MAX_DEPTH = 4
"""How many calls deep locks are followed: methods that lock call helpers, which call helpers; more is rare."""


class Locksets:
    """Answers for all functions of a run; what was worked out is kept as long as the function is."""

    def __init__(self) -> None:
        self._whole: dict[Code, tuple[Outcome, int]] = {}
        self._cut: dict[Code, dict[int, Outcome]] = {}
        self._reached = 0

    @classmethod
    def of(cls, functions: Analysis) -> "Locksets":
        """The one that belongs to the functions of a run."""
        found = functions.cache.get(cls)
        if not isinstance(found, Locksets):
            found = functions.cache[cls] = cls()
        return found

    def outcome(self, code: Code) -> Outcome:
        """What a function does to locks, from its entry on with none of them held."""
        return self._outcome(code, 0)

    def _outcome(self, code: Code, depth: int) -> Outcome:
        """The depth is part of the question where it decides what is known of callees: the answer must not depend on
        who asked first. `_reached` is how deep the functions lie that were asked for."""
        whole, height = self._whole.get(code, (None, 0))
        if whole is not None and depth + height < MAX_DEPTH:
            self._reached = max(self._reached, depth + height)
            return whole
        cut = self._cut.setdefault(code, {})
        if depth in cut:
            self._reached = MAX_DEPTH
            return cut[depth]
        before, self._reached = self._reached, depth
        outcome, tells_callers = self._walked(code, depth)
        if self._reached < MAX_DEPTH and tells_callers:
            self._whole[code] = outcome, self._reached - depth
        else:
            cut[depth] = outcome
        self._reached = max(before, self._reached)
        return outcome

    def _walked(self, code: Code, depth: int) -> tuple[Outcome, bool]:
        """The outcome, and whether it is all that callers want to know, too.

        All edges are followed first: in most functions that shows that there is nothing to find, and facts need not be
        kept. Callers, of whom there are none at depth 0, also ask under which conditions locks are taken.
        """
        calls = LockCalls(code, lambda callee: self._effect(callee, depth + 1))
        if calls.is_idle():
            return Outcome(), True
        walk = LockWalk(code, calls, everywhere=True)
        walk.outcome.returns += walk.run(Locks())
        is_certain = walk.outcome.is_certain()
        if walk.outcome.is_harmless() and (is_certain or not depth):
            return walk.outcome, is_certain
        walk = LockWalk(code, calls)
        walk.outcome.returns += walk.run(Locks(facts=code.tracker.at_entry()))
        return walk.outcome, True

    def _effect(self, code: Code, depth: int) -> Effect:
        if depth < MAX_DEPTH:
            return self._outcome(code, depth).effect()
        self._reached = MAX_DEPTH
        return NO_EFFECT
