"""The steps of a group in, all its reachable states out, and which points are left for good at each."""

from goleaklint.liveness.product import ENDED, OUTSIDE, Common, Product, Step, Taken

Edge = tuple[int, int, Taken]
"""The number of the state after a step, the points whose goroutines were forgotten, what was done."""

_ENDED, _OUTSIDE = 0, 1
_FIRST = 2
_ANYTHING = -1
"""All points, as bits."""


class Search:
    """The reachable states, breadth first, numbered from 2: 0 is the end of the process, 1 what was not explored.

    At most `limit` states are explored; from the others anything may happen.
    """

    def __init__(self, product: Product, limit: int) -> None:
        self.states: list[Common] = [ENDED, OUTSIDE]
        self.edges: list[list[Edge]] = [[], []]
        self.begun: list[tuple[int, Taken]] = []
        self._left = [0, _ANYTHING]
        self._numbers: dict[Common, int] = {ENDED: _ENDED, OUTSIDE: _OUTSIDE}
        for state, taken in product.start():
            self.begun.append((self._number(state), taken))
        self._explore(product, limit)

    @property
    def complete(self) -> bool:
        """Reports whether nothing lies beyond a limit."""
        return len(self.edges) == len(self.states) and not any(
            target == _OUTSIDE for edges in self.edges for target, _, _ in edges
        )

    @property
    def explored(self) -> range:
        """The numbers of the states whose steps are known."""
        return range(_FIRST, len(self.edges))

    def _number(self, state: Common) -> int:
        number = self._numbers.get(state)
        if number is None:
            number = self._numbers[state] = len(self.states)
            self.states.append(state)
        return number

    def _explore(self, product: Product, limit: int) -> None:
        at = _FIRST
        while at < len(self.states) and at < _FIRST + limit:
            self._enter(product.steps(self.states[at], self._numbers))
            at += 1

    def _enter(self, steps: list[Step]) -> None:
        edges: list[Edge] = []
        bits = 0
        numbers = self._numbers
        for state, left, forgotten, taken in steps:
            number = numbers.get(state)
            edges.append((self._number(state) if number is None else number, forgotten, taken))
            bits |= left
        self.edges.append(edges)
        self._left.append(bits)

    def left(self) -> list[int]:
        """Per state the points, as bits, that a goroutine there may leave sooner or later.

        All points for states that were not explored. A goroutine that is forgotten in a step leaves nothing after it.
        """
        left = self._left + [_ANYTHING] * (len(self.states) - len(self._left))
        before: list[list[tuple[int, int]]] = [[] for _ in left]
        for at in self.explored:
            for target, forgotten in {(target, forgotten) for target, forgotten, _ in self.edges[at]}:
                before[target].append((at, ~forgotten))
        pending = list(range(len(left)))  # the last first: most steps lead on to states found later
        waits = [True] * len(left)
        while pending:
            target = pending.pop()
            waits[target] = False
            bits = left[target]
            for at, kept in before[target]:
                more = left[at] | bits & kept
                if more != left[at]:
                    left[at] = more
                    if not waits[at]:
                        waits[at] = True
                        pending.append(at)
        return left

    def doomed(self) -> list[bool]:
        """Per state, whether the process ends whatever happens: its goroutines are then not left behind."""
        doomed = [False] * len(self.states)
        doomed[_ENDED] = True
        changed = True
        while changed:
            changed = False
            for at in reversed(self.explored):
                if not doomed[at] and self.edges[at] and all(doomed[target] for target, _, _ in self.edges[at]):
                    doomed[at] = changed = True
        return doomed
