"""A function in; the goroutines that it starts as automata, with the objects that they share, out."""

from goleaklint.calls.code import Code
from goleaklint.flow.facts import NOTHING, Facts
from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Automaton, Group
from goleaklint.liveness.branches import Branches
from goleaklint.liveness.drafts import Draft, Leave, Leaving
from goleaklint.liveness.evaluate import Evaluator
from goleaklint.liveness.operations import Inline, Operations
from goleaklint.liveness.passages import Passage
from goleaklint.liveness.reduction import reduced
from goleaklint.liveness.shapes import Shapes
from goleaklint.liveness.values import Frame
from goleaklint.liveness.world import TooLargeError, World, place
from goleaklint.syntax import ast

MAX_PASSES = 4
"""Fields are followed without order: what is stored in one may be read by what was looked at before. A chain of
stores hardly ever takes more than two rounds."""


def skeleton(code: Code, ends_process: bool) -> Group | None:
    """The goroutines of a function, itself the first, reduced to what they do to the objects made in it.

    None where there is too much of it, where something cannot be read, or where code outside has all the objects, too.
    `ends_process`: the process ends when it returns.
    """
    try:
        group = _Scope(code, ends_process).group()
        return None if group is None else reduced(group)
    except TooLargeError:
        return None


class _Scope:
    """One root and all that runs because of it."""

    def __init__(self, code: Code, ends_process: bool) -> None:
        self._world = World()
        self._evaluator = Evaluator(self._world, Shapes(code.types.declared))
        self._branches = Branches(self._evaluator)
        self._root = Frame(code, _ghosts(code.outer))
        self._ends_process = ends_process
        self._numbers: dict[tuple[Frame, int | None, bool], int] = {}
        self._frames: list[tuple[Frame, int | None, bool]] = []

    def group(self) -> Group | None:
        """All automata, made again until nothing new is found out about the objects.

        None if code outside can reach all of them.
        """
        for _ in range(MAX_PASSES):
            self._world.restart()
            self._evaluator.restart()
            automata = self._automata()
            if not self._world.is_closed:
                return None
            if not self._world.changed:
                break
        return Group(tuple(self._world.objects), tuple(automata))

    def _automata(self) -> list[Automaton]:
        self._numbers.clear()
        self._frames = []
        self._spawn(self._root, None, False)
        made: list[Automaton] = []
        while len(made) < len(self._frames):
            frame, group, timer = self._frames[len(made)]
            made.append(_Thread(self, frame, group, timer).automaton())
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

    def automaton(self) -> Automaton:
        start = self._draft.then(0, act.Unknown()) if self._timer else 0
        Passage(self._operations, self._frame, self._end).run(start, NOTHING)
        node: ast.Node = self._frame.site or self._frame.code.node
        code = self._frame.caller.code if self._frame.caller is not None else self._frame.code
        return self._draft.automaton(self._frame.code.name, place(code, node))

    def _end(self, how: Leaving, at: ast.Node | None) -> int:
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
        self._draft.add(after, action, 0, place(self._frame.code, node))
        return state

    def _inline(self, frame: Frame, state: int, facts: Facts, throw: Leave) -> int:
        after = self._draft.state()

        def leave(how: Leaving, at: ast.Node | None) -> int:
            return after if how is Leaving.RETURN else throw(how, at)

        Passage(self._operations, frame, leave).run(state, facts)
        return after


def _ghosts(code: Code | None) -> Frame | None:
    """The functions around a root that is a literal: nothing is known of what their variables hold."""
    return None if code is None else Frame(code, _ghosts(code.outer), ghost=True)
