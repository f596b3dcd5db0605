"""Allocations in, the objects of one group out, as they are come upon; and what code outside may do to each."""

from collections.abc import Hashable

import msgspec

from goleaklint.calls.code import Code
from goleaklint.flow.graph import Edge, EdgeKind
from goleaklint.flow.wording import negated
from goleaklint.liveness.objects import Channel, Condition, Context, Lock, Object, WaitGroup, Where
from goleaklint.liveness.values import Frame
from goleaklint.syntax import ast

MAX_STATES = 900
"""States of all automata of a group together. Functions in which something leaks have some hundred; beyond it lies
what no budget of the explorer would bear."""

MAX_OBJECTS = 60


class TooLargeError(Exception):
    """There is more to a group than can be explored."""


class World:
    """The objects of one root. `changed`: something is known now that an earlier question was answered without."""

    def __init__(self) -> None:
        self.objects: list[Object] = []
        self.changed = False
        self._numbers: dict[Hashable, int] = {}
        self._again: dict[Frame, list[tuple[int, int]]] = {}
        self._told: dict[Frame, set[tuple[int, int]]] = {}
        self._states = 0
        self._sent: dict[int, set[str]] = {}
        self._asked: set[int] = set()

    def count_state(self) -> None:
        """One more state; TooLargeError if there are too many."""
        self._states += 1
        if self._states > MAX_STATES:
            raise TooLargeError

    def restart(self) -> None:
        """The automata are made anew, from the objects found so far."""
        self._states = 0
        self.changed = False
        self._told.clear()

    def object(self, key: Hashable, found: Object, home: tuple[Frame, int], again: bool) -> int:
        """The number of the object that is made under this key at `home`, which is new if nothing was yet.

        `again`: its creation may come again.
        """
        number = self._numbers.get(key)
        if number is None:
            if len(self.objects) >= MAX_OBJECTS:
                raise TooLargeError
            number = self._numbers[key] = len(self.objects)
            self.objects.append(found)
            if again:
                frame, start = home
                self._again.setdefault(frame, []).append((start, number))
                # That it is made anew is to be told where it is made.
                told = self._told.get(frame, ())
                self.changed = self.changed or any(begin <= start < end for begin, end in told)
        return number

    def made_again(self, frame: Frame, node: ast.Node) -> list[int]:
        """The objects that a statement makes anew each time."""
        self._told.setdefault(frame, set()).add((node.start, node.end))
        made = self._again.get(frame)
        return [] if made is None else [number for start, number in made if node.start <= start < node.end]

    def lose(self, number: int, direction: str = "both") -> None:
        """Code outside has the object now. `direction` is that of the channel type by which it does."""
        old = self.objects[number]
        new: Object = old
        match old:
            case Channel():
                sends, receives = direction != "receive", direction != "send"
                new = msgspec.structs.replace(
                    old,
                    foreign_sends=old.foreign_sends or sends,
                    foreign_closes=old.foreign_closes or sends,
                    foreign_receives=old.foreign_receives or receives,
                )
            case Lock() | WaitGroup():
                new = msgspec.structs.replace(old, foreign=True)
            case Condition():
                new = msgspec.structs.replace(old, foreign=True)
                self.lose(old.lock)
        self._set(number, new)

    def sends(self, number: int, payload: str) -> None:
        """Somebody sends on a channel: `true` or `false`, or "" for anything else."""
        sent = self._sent.setdefault(number, set())
        if payload not in sent:
            sent.add(payload)
            self.changed = self.changed or number in self._asked

    def sent(self, number: int) -> frozenset[str]:
        """All that is sent on a channel, as far as it was come upon; "" for what is not known."""
        self._asked.add(number)
        found = self.objects[number]
        foreign = isinstance(found, Channel) and found.foreign_sends
        return frozenset(self._sent.get(number, ())) | (frozenset(("",)) if foreign else frozenset())

    @property
    def is_closed(self) -> bool:
        """Reports whether there is something that only the goroutines of the group can reach."""
        return any(map(_is_own, self.objects))

    def is_own(self, number: int) -> bool:
        """Reports whether only the goroutines of the group can reach an object."""
        return _is_own(self.objects[number])

    def may_end(self, number: int) -> None:
        """Code outside may cancel the context."""
        found = self.objects[number]
        if isinstance(found, Context):
            self._set(number, msgspec.structs.replace(found, live=True))

    def _set(self, number: int, new: Object) -> None:
        self.objects[number] = new


def _is_own(found: Object) -> bool:
    match found:
        case Channel():
            return not (found.foreign_sends and found.foreign_receives and found.foreign_closes)
        case Lock() | WaitGroup() | Condition():
            return not found.foreign
        case _:
            return False


def place(code: Code, node: ast.Node) -> Where:
    """The place of a piece of syntax, by its first line."""
    data = code.source.data
    end = data.find(b"\n", node.start, node.end)
    line = data[node.start : node.end if end < 0 else end].decode("utf-8", "replace")
    text = line.split("//")[0].rstrip(" \t{(").translate(_NO_BRACES)
    shown = text if len(text) <= 60 else text[:57] + "..."
    return Where(
        code.source.span(node.start, node.end if end < 0 else end), code.name, shown, code.whole.scope.package.path
    )


def way(code: Code, edge: Edge) -> Where | None:
    """The place of a branch, with what holds on one of its ways: `where err == nil`, `with case 1:`."""
    if edge.cause is None:
        return None
    found = place(code, edge.cause)
    if not isinstance(edge.cause, ast.Expr):
        return msgspec.structs.replace(found, text=f"with {found.text}")
    if edge.kind is not EdgeKind.FALSE:
        return msgspec.structs.replace(found, text=f"where {found.text}")
    return msgspec.structs.replace(found, text=f"where {negated(edge.cause, lambda each: place(code, each).text)}")


_NO_BRACES = str.maketrans("{}[]", "()()")
"""Reports give braces and brackets a meaning."""
