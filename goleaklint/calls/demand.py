"""A call in; the summary of what it calls made, and of all that it takes to make it, and nothing more."""

from goleaklint.calls.code import Analysis
from goleaklint.calls.effects import summarise
from goleaklint.calls.known import Callees, Key, key_of
from goleaklint.calls.scan import Scan
from goleaklint.calls.summary import HOPEFUL, Summary
from goleaklint.index.program import Decl
from goleaklint.syntax import ast
from goleaklint.types.infer import Inference
from goleaklint.types.members import Member

MAX_ROUNDS = 4
"""How often functions that call one another in a circle are looked at again, as in `summaries`."""

MAX_CHAIN = 150
"""How many calls deep summaries are made; deeper chains are not met in real code, and Python's stack is finite."""


class Demand:
    """Makes summaries as they are asked for, callees first.

    Functions that call one another in a circle: the best is hoped of one that is being looked at. What was made on
    such a hope counts only until the function it was placed in is done, which is looked at until nothing changes.
    """

    def __init__(self, functions: Analysis, callees: Callees) -> None:
        self._functions = functions
        self._callees = callees
        self._open: dict[Key, int] = {}
        self._hoped: list[int] = []
        self._unsure: dict[Key, int] = {}
        self._none: set[Key] = set()

    def prepare(self, call: ast.Call, types: Inference) -> None:
        """See to it that the summary of what a call calls is there, if it can be."""
        found = types.callee(call)
        found = found.decl if isinstance(found, Member) else found
        if isinstance(found, Decl):
            self.summary(found)

    def summary(self, decl: Decl) -> Summary | None:
        """The summary of a declared function; None where its body cannot be read."""
        key = key_of(decl)
        known = self._callees.summaries.get(key)
        hope = self._open.get(key, self._unsure.get(key))
        if hope is not None:
            self._rely_on(hope)
            return known
        if known is not None or key in self._none or len(self._open) >= MAX_CHAIN:
            return known
        return self._make(decl, key)

    def _make(self, decl: Decl, key: Key) -> Summary | None:
        depth = self._open[key] = len(self._open)
        self._callees.summaries[key] = HOPEFUL
        mark = len(self._unsure)
        found: Summary | None = None
        lowest = depth
        for _ in range(MAX_ROUNDS):
            self._hoped.append(depth + 1)
            found = self._look(decl)
            lowest = self._hoped.pop()
            if found is None or lowest > depth or found == self._callees.summaries[key]:
                break
            self._callees.summaries[key] = found
            self._forget(mark)
        del self._open[key]
        if found is None:
            self._none.add(key)
            self._callees.summaries.pop(key, None)
            return None
        self._callees.summaries[key] = found
        if lowest < depth:
            self._unsure[key] = lowest
            self._rely_on(lowest)
        else:
            for each in list(self._unsure)[mark:]:
                del self._unsure[each]
        return found

    def _rely_on(self, hope: int) -> None:
        """What is being looked at relies on what was hoped of the function number `hope` of those that are open."""
        if self._hoped:
            self._hoped[-1] = min(self._hoped[-1], hope)

    def _forget(self, mark: int) -> None:
        """Take back the summaries that were made on a hope which has changed."""
        for key in list(self._unsure)[mark:]:
            self._callees.summaries.pop(key, None)
            del self._unsure[key]

    def _look(self, decl: Decl) -> Summary | None:
        function = self._functions.of(decl)
        if function is None:
            return None
        code = function.code
        node = function.function.decl
        scan = Scan(node.type, node.receiver, code.block, code.graph, code.types, code.names, code.known)
        return summarise(scan, self._callees.watched)
