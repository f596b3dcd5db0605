"""A function in; the goroutines that it starts as automata, with the objects that they share, out."""

from goleaklint.calls.code import Code
from goleaklint.flow.facts import NOTHING, Facts
from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Automaton, Group
from goleaklint.liveness.branches import Branches
from goleaklint.liveness.drafts import Draft, Ended, Leave, Leaving
from goleaklint.liveness.evaluate import Evaluator
from goleaklint.liveness.operations import Inline, Operations
from goleaklint.liveness.outcomes import Outcome
from goleaklint.liveness.passages import Passage
from goleaklint.liveness.reduction import reduced
from goleaklint.liveness.results import is_unexpected_nil
from goleaklint.liveness.rooms import with_unknown_rooms
from goleaklint.liveness.shapes import Shapes
from goleaklint.liveness.values import MAX_DEPTH, Frame
from goleaklint.liveness.world import TooLargeError, World
from goleaklint.syntax import ast

MAX_PASSES = 4
"""Fields are followed without order: what is stored in one may be read by what was looked at before. A chain of
stores hardly ever takes more than two rounds."""

DEPTHS = (MAX_DEPTH, 1)
"""How many calls deep functions are looked into: less deep where there is too much to follow. What is given to deeper
calls is out of sight then, and the rest, such as a wait group of the function's own, can still be judged."""


def skeleton(code: Code, ends_process: bool) -> Group | None:
    """The goroutines of a function, itself the first, reduced to what they do to the objects made in it.

    None where there is too much of it, where something cannot be read, or where code outside has all the objects, too.
    `ends_process`: the process ends when it returns.
    """
    for depth in DEPTHS:
        try:
            return _Scope(code, ends_process, depth).group()
        except TooLargeError:
            continue
    return None


class _Scope:
    """One root and all that runs because of it."""

    def __init__(self, code: Code, ends_process: bool, depth: int) -> None:
        self._world = World()
        self._evaluator = Evaluator(self._world, Shapes(code.types.declared))
        self._branches = Branches(self._evaluator)
        self._root = Frame(code, _ghosts(code.outer), limit=depth)
        self._ends_process = ends_process
        self._numbers: dict[tuple[Frame, int | None, bool], int] = {}
        self._frames: list[tuple[Frame, int | None, bool]] = []

    def group(self) -> Group | None:
        """All automata, made again until nothing new is found out about the objects; without what does not matter.

        None if code outside can reach all of them.
        """
        threads: list[_Thread] = []
        for _ in range(MAX_PASSES):
            self._world.restart()
            self._evaluator.restart()
            threads = self._threads()
            if not threads:
                return None
            if not self._world.changed:
                break
        group = Group(tuple(self._world.objects), tuple(each.automaton() for each in threads))
        return with_unknown_rooms(reduced(group), self._evaluator.counter.lengths)

    def _threads(self) -> "list[_Thread]":
        """The goroutines, from the root on; none as soon as there is nothing that they do not share with code outside.

        Goroutines not looked at yet may still make something, but that is for a question of their own.
        """
        self._numbers.clear()
        self._frames = []
        self._spawn(self._root, None, False)
        made: list[_Thread] = []
        while len(made) < len(self._frames):
            frame, group, timer = self._frames[len(made)]
            made.append(_Thread(self, frame, group, timer))
            made[-1].run()
            rest = (each for each, _, _ in self._frames[len(made) :])
            if not self._world.is_closed and not any(map(self._evaluator.is_given_own, rest)):
                return []
        return made

    def _spawn(self, frame: Frame, group: int | None, timer: bool) -> int:
        """The number of the automaton of a goroutine; it is made later."""
        key = frame, group, timer
        if key not in self._numbers:
            self._numbers[key] = len(self._frames)
            self._frames.append(key)
        return self._numbers[key]

    def operations(self, draft: Draft, inline: Inline) -> Operations:
        return Operations(self._evaluator, self._branches, draft, self._spawn, inline, self._root)

    def ends_process(self, frame: Frame) -> bool:
        return self._ends_process and frame is self._root


class _Thread:
    """The automaton of one goroutine."""

    def __init__(self, scope: _Scope, frame: Frame, group: int | None, timer: bool) -> None:
        self._scope = scope
        self._frame = frame
        self._group = group
        self._timer = timer
        self._draft = Draft(scope._world)
        self._operations = scope.operations(self._draft, self._inline)

    def run(self) -> None:
        """Follow all that the goroutine does."""
        start = self._draft.then(0, act.Unknown()) if self._timer else 0
        Passage(self._operations, self._frame, self._end).run(start, NOTHING)

    def automaton(self) -> Automaton:
        """The automaton, once the goroutine was followed."""
        node: ast.Node = self._frame.site or self._frame.code.node
        code = self._frame.caller.code if self._frame.caller is not None else self._frame.code
        return self._draft.automaton(self._frame.code.name, (code, node))

    def _end(self, how: Leaving, at: ast.Node | None, _: Outcome) -> int:
        """The goroutine ends."""
        state = self._draft.state()
        after = state
        if self._group is not None and how is not Leaving.PANIC:
            after = self._draft.then(state, act.Done(self._group))
        if how is Leaving.PANIC:
            action: act.Action = act.Panic()
        else:
            action = act.Exit() if self._scope.ends_process(self._frame) else act.Return()
        node = at or ast.Ident(self._frame.code.block.end - 1, self._frame.code.block.end, "}")
        self._draft.add(after, action, 0, (self._frame.code, node))
        return state

    def _inline(self, frame: Frame, state: int, facts: Facts, throw: Leave) -> list[Ended]:
        after: dict[Outcome, int] = {}

        def leave(how: Leaving, at: ast.Node | None, outcome: Outcome) -> int:
            if how is not Leaving.RETURN:
                return throw(how, at, ())
            if is_unexpected_nil(self._scope._evaluator, frame, at):
                ended = self._draft.state()
                self._draft.add(ended, act.Exit())
                return ended
            if outcome not in after:
                after[outcome] = self._draft.state()
            return after[outcome]

        Passage(self._operations, frame, leave).run(state, facts)
        return [Ended(state, outcome) for outcome, state in after.items()] or [Ended(self._draft.state())]


def _ghosts(code: Code | None) -> Frame | None:
    """The functions around a root that is a literal: nothing is known of what their variables hold."""
    return None if code is None else Frame(code, _ghosts(code.outer), ghost=True)
