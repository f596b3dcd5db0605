"""One goroutine that is left behind in; what kind of mistake that is and the steps that lead there out."""

import enum
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Group
from goleaklint.liveness.footprints import objects_of
from goleaklint.liveness.objects import ONE, Channel, Object, Where
from goleaklint.liveness.relevance import Relevance
from goleaklint.liveness.verdict import LeftBehind, Move
from goleaklint.model import Step, StepKind


class Kind(enum.Enum):
    """What a goroutine waits for: to send, as one of several or alone; to receive; a channel that is nil; somebody who
    waits for a lock it holds; a lock; a wait group; a condition; the end of a context."""

    FANOUT = enum.auto()
    SEND = enum.auto()
    RECEIVE = enum.auto()
    NIL = enum.auto()
    UNDER_LOCK = enum.auto()
    LOCK = enum.auto()
    WAIT = enum.auto()
    CONDITION = enum.auto()
    CONTEXT = enum.auto()


@dataclass(frozen=True, slots=True)
class Leak:
    """A goroutine waits at `where` for ever. `name` is what it waits for, `made` where that comes from, `room` how much
    a channel holds, `senders` in how many functions that run as goroutines it is sent on.

    `why` says in a few words why nobody comes. `choices` counts the branches on the way of whose conditions nothing is
    known. `adds` are the places where a wait group that is waited for is counted up. `waits_again` tells that the
    goroutine may wait for something else after this.
    """

    kind: Kind
    where: Where
    name: str
    made: Where | None
    why: str
    steps: tuple[Step, ...]
    choices: int
    room: int = 0
    senders: int = 0
    adds: tuple[Where, ...] = ()
    waits_again: bool = False


_KINDS: dict[type, Kind] = {
    act.Send: Kind.SEND,
    act.Receive: Kind.RECEIVE,
    act.Acquire: Kind.LOCK,
    act.Wait: Kind.WAIT,
    act.CondWait: Kind.CONDITION,
    act.AwaitDone: Kind.CONTEXT,
}


def leak_of(group: Group, left: LeftBehind, stuck: Collection[tuple[int, int]]) -> Leak | None:
    """The story of a goroutine that is left behind; None if it cannot be told well, or depends on two numbers that
    nobody knows to differ. `stuck` are all automata and states at which one is."""
    state = left.state_in(group)
    actions = [each.action for each in state.transitions if type(each.action) in _KINDS]
    if state.where is None or not actions or len(set(left.counts)) > 1:
        return None
    action = min(actions, key=lambda each: list(_KINDS).index(type(each)))
    number = objects_of(action)[0]
    story = _Story(group, left, number, stuck)
    found = group.objects[number]
    return Leak(
        story.kind(action), state.where, found.name, found.where, story.why(action), tuple(story.steps()),
        story.choices(),
        found.capacity.at(left.counts) if isinstance(found, Channel) else 0, story.senders(), tuple(story.adds()),
        _waits_again(group, left, number),
    )  # fmt: skip


def _waits_again(group: Group, left: LeftBehind, number: int) -> bool:
    """Reports whether a goroutine that could go on may come to a wait for anything but object `number`."""
    states = group.automata[left.automaton].states
    pending = [each.target for each in states[left.state].transitions if type(each.action) in _KINDS]
    seen = set(pending)
    while pending:
        for each in states[pending.pop()].transitions:
            if type(each.action) in _KINDS and number not in objects_of(each.action):
                return True
            if each.target not in seen and not isinstance(each.action, act.Return | act.Panic | act.Exit):
                seen.add(each.target)
                pending.append(each.target)
    return False


class _Story:
    """What happened, as far as it has to do with one object."""

    def __init__(self, group: Group, left: LeftBehind, number: int, stuck: Collection[tuple[int, int]]) -> None:
        self._stuck = stuck
        self._group = group
        self._left = left
        self._number = number
        self._object: Object = group.objects[number]
        self._relevance = Relevance(group, left, number)

    def kind(self, action: act.Action) -> Kind:
        if isinstance(self._object, Channel) and self._object.is_nil:
            return Kind.NIL
        kind = _KINDS[type(action)]
        if kind in (Kind.SEND, Kind.RECEIVE) and self._others_at(act.Acquire):
            return Kind.UNDER_LOCK
        return Kind.FANOUT if kind is Kind.SEND and self._is_sent_by_many() else kind

    def _is_sent_by_many(self) -> bool:
        """Reports whether several goroutines are started that send on one and the same channel."""
        spawns = [
            (number, transition.target, transition.action.automaton)
            for number, automaton in enumerate(self._group.automata)
            for state in automaton.states
            for transition in state.transitions
            if isinstance(transition.action, act.Spawn)
            and self._uses(transition.action.automaton, act.Send)
            and not self._uses(transition.action.automaton, act.Make)  # each of those has a channel of its own
        ]
        started = frozenset(each for _, _, each in spawns)
        return len({by for by, _, _ in spawns}) > 1 or any(
            self._comes_another(by, after, started) for by, after, _ in spawns
        )

    def _comes_another(self, automaton: int, start: int, started: frozenset[int]) -> bool:
        """Reports whether one of some goroutines is started before the channel is made anew, and before the one that
        starts it has received from the channel or could pass a semaphore of its own."""
        states = self._group.automata[automaton].states
        busy = frozenset(self._semaphores(automaton))
        pending = [(start, busy)]
        seen = set(pending)
        while pending:
            at, full = pending.pop()
            for each in states[at].transitions:
                if isinstance(each.action, act.Spawn) and each.action.automaton in started:
                    return True
                number = getattr(each.action, "channel", None)
                if isinstance(each.action, act.Send) and number in full:
                    continue
                onward = each.target, full - {number} if isinstance(each.action, act.Receive) else full
                if not self._is_over(each.action) and onward not in seen:
                    seen.add(onward)
                    pending.append(onward)
        return False

    def _is_over(self, action: act.Action) -> bool:
        """Reports whether after an action the goroutine started before is no rival: its value is taken, or the channel
        another one."""
        if isinstance(action, act.Receive) and action.channel == self._number:
            return True
        return isinstance(action, act.Return | act.Panic | act.Exit) or action == act.Make(self._number)

    def _semaphores(self, automaton: int) -> Iterator[int]:
        """The channels with room for one by which a goroutine keeps count: nobody else uses them."""
        for number, each in enumerate(self._group.objects):
            if isinstance(each, Channel) and each.capacity == ONE and not (each.foreign_sends or each.foreign_receives):
                users = {who for who in range(len(self._group.automata)) if self._touches(who, number)}
                if users == {automaton} and number != self._number:
                    yield number

    def _touches(self, automaton: int, number: int) -> bool:
        states = self._group.automata[automaton].states
        return any(number in objects_of(each.action) for state in states for each in state.transitions)

    def _automata(self) -> dict[int, int]:
        """The automaton of each goroutine that had a part in it."""
        found = {self._left.goroutine: self._left.automaton}
        found |= {each.goroutine: each.automaton for each in self._left.run}
        found |= {each.goroutine: each.automaton for each in self._left.others}
        return found

    def senders(self) -> int:
        """In how many automata the object is sent on."""
        return sum(self._uses(each, act.Send) for each in range(len(self._group.automata)))

    def _uses(self, automaton: int, kind: type) -> bool:
        return any(
            isinstance(each.action, kind) and self._number in objects_of(each.action)
            for state in self._group.automata[automaton].states
            for each in state.transitions
        )

    def _others_at(self, kind: type) -> list[Where]:
        found = []
        for each in self._left.others:
            if (each.automaton, each.state) not in self._stuck:
                continue
            state = self._group.automata[each.automaton].states[each.state]
            if state.where is not None and any(isinstance(t.action, kind) for t in state.transitions):
                found.append(state.where)
        return found

    # --- why nobody comes

    def why(self, action: act.Action) -> str:
        """Why nobody comes, as the end of a sentence."""
        match action:
            case act.Send():
                return self._partner(act.Receive, "receives from it")
            case act.Receive() if self._is_counted():
                return "one value less may be sent than is received"
            case act.Receive():
                return self._partner((act.Send, act.Close), "sends on it or closes it")
            case act.Wait():
                return "not every Add gets its Done"
            case act.Acquire():
                return "nobody unlocks it any more"
            case _:
                return "nobody comes any more"

    def _is_counted(self) -> bool:
        """Reports whether the one that waits also sends, as one that keeps count of others does, and took a value that
        it did not put back."""
        own = [each.taken(self._group).action for each in self._left.run if each.goroutine == self._left.goroutine]
        took = any(isinstance(each, act.Receive) and each.channel == self._number for each in own)
        closes = any(self._uses(each, act.Close) for each in range(len(self._group.automata)))
        return took and not closes and self._uses(self._left.automaton, act.Send) and self.senders() > 1

    def _partner(self, kinds: type | tuple[type, ...], does: str) -> str:
        wanted = kinds if isinstance(kinds, tuple) else (kinds,)
        partners = {
            number
            for number, automaton in self._automata().items()
            if number != self._left.goroutine and any(self._uses(automaton, kind) for kind in wanted)
        }
        ended = [each for each in self._left.run if each.goroutine in partners and self._ends(each)]
        if not partners:
            return f"nobody {does}"
        if len({each.goroutine for each in ended}) == len(partners):
            name = self._group.automata[ended[-1].automaton].name
            if any(each.goroutine in partners and self._serves(each, wanted) for each in self._left.run):
                return f"{name} may have returned, and nobody {does} again"
            return f"{name} may have returned before it {does}"
        return f"nobody {does} any more"

    def _serves(self, move: Move, wanted: tuple[type, ...]) -> bool:
        action = move.taken(self._group).action
        return isinstance(action, wanted) and self._number in objects_of(action)

    def _ends(self, move: Move) -> bool:
        return isinstance(move.taken(self._group).action, act.Return)

    def choices(self) -> int:
        """How many branches of whose conditions nothing is known have to go one way, each counted once."""
        moves = (each for each in self._left.run if each.taken(self._group).action == act.Silent(free=True))
        return len({(each.automaton, each.state, each.transition) for each in moves})

    # --- steps

    def steps(self) -> Iterator[Step]:
        """The steps that matter, in the order in which they happen."""
        if self._object.where is not None:
            yield Step(self._object.where.span, f"{self._object.name} is made{self._room()}", StepKind.ACQUIRE)
        seen: set[tuple[object, str]] = set()
        held = 0
        for move in self._left.run:
            told, more = self._told(move), self._more(move)
            held += more
            if told is not None and (more or (told.span, told.message) not in seen):
                seen.add((told.span, told.message))
                fills = f", which makes {held} in {self._object.name}" if more > 0 else ""
                yield replace(told, message=told.message + fills)
        where = self._left.state_in(self._group).where
        for other in self._others_at(object):
            yield Step(other.span, "another goroutine waits here", StepKind.OTHER, 2)
        if where is not None:
            yield Step(where.span, "waits here for ever", StepKind.BLOCKED, self._left.goroutine)

    def _more(self, move: Move) -> int:
        """How many values more are in a channel with a buffer after a move."""
        action = move.taken(self._group).action
        if not isinstance(self._object, Channel) or self._object.capacity.at(self._left.counts) < 1:
            return 0
        if self._number not in objects_of(action):
            return 0
        match action:
            case act.Send():
                return 1
            case act.Receive(outcome=outcome) if outcome is not act.Outcome.CLOSED:
                return -1
            case _:
                return 0

    def _room(self) -> str:
        if not isinstance(self._object, Channel) or self._object.is_nil:
            return ""
        if self._object.capacity.factor:
            return ", with a buffer"
        room = self._object.capacity.at(self._left.counts)
        return f", with room for {room}" if room else ", without room for a value"

    def _told(self, move: Move) -> Step | None:
        where = move.where(self._group)
        if where is None:
            return None
        own = move.goroutine == self._left.goroutine
        taken, relevant = move.taken(self._group), self._relevance
        match taken.action:
            case act.Spawn() if relevant.is_needed_start(move):
                return Step(where.span, "starts a goroutine", StepKind.SPAWN, move.goroutine)
            case act.Return() if not own and relevant.takes_part(move):
                return Step(where.span, f"{where.function} returns", StepKind.EXIT, move.goroutine)
            case act.Unknown() if not own and relevant.decides(move, where):
                return Step(where.span, f"goes on with {where.text}", StepKind.BRANCH, move.goroutine)
            case act.Silent() | act.TestFlag() | act.TestDone() if taken.where and relevant.decides(move, where):
                return Step(where.span, f"goes on {where.text}", StepKind.BRANCH, move.goroutine)
            case action if self._number in objects_of(action) and not isinstance(action, act.Make):
                return Step(where.span, where.text, StepKind.OTHER, move.goroutine)
            case _:
                return None

    def adds(self) -> Iterator[Where]:
        """Where a wait group is counted up."""
        for move in self._left.run:
            action, where = move.taken(self._group).action, move.where(self._group)
            if isinstance(action, act.Add) and action.group == self._number and where is not None:
                yield where
