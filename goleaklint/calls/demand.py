"""A declared function in; what is known of it, worked out when first asked for, callees first, out."""

from collections.abc import Callable
from typing import Generic, TypeVar

from goleaklint.calls.code import Analysis, Code, DeclaredFunction
from goleaklint.calls.known import Key, key_of
from goleaklint.index.program import Decl

V = TypeVar("V")

MAX_ROUNDS = 8
"""How often functions that call one another in a circle are looked at again. As callees come first, what is known of
them has gone round after two or three."""

MAX_CHAIN = 150
"""How many calls deep functions are looked at; deeper chains are not met in real code, and Python's stack is finite."""

_NOBODY = 1 << 30
"""Stands for the number of a function where none was relied on that is not done."""


class Demand(Generic[V]):
    """What `look` finds in functions, worked out as it is asked for, where it depends on what is found in those they
    call. `blank` stands for one in a circle of calls that was not looked at yet; `promised` gives what would be so if
    each way did what is known of some.

    Those that are not done are numbered in the order in which they were come to. Of functions that call one another in
    a circle, the first, which relies on none before it, sees to it that all are looked at again until nothing changes:
    so the result does not depend on which was the first. (This is Tarjan's way to find strongly connected components.)
    """

    def __init__(
        self, functions: Analysis, look: Callable[[Code], V], blank: V, promised: Callable[[V], V] = lambda found: found
    ) -> None:
        self._functions = functions
        self._look_into = look
        self._blank = blank
        self._promised = promised
        self._found: dict[Key, V | None] = {}
        self._keys: dict[Decl, Key] = {}
        self._unsure: list[tuple[Key, DeclaredFunction]] = []
        self._numbers: dict[Key, int] = {}
        self._lowest: list[int] = []

    def of(self, decl: Decl) -> V | None:
        """What is known of a declared function; None where its body cannot be read."""
        key = self._key(decl)
        number = self._numbers.get(key)
        if number is not None:
            self._rely_on(number)
            return self._found[key]
        if key not in self._found:
            if len(self._lowest) >= MAX_CHAIN:
                return None
            function = self._functions.of(decl)
            self._found[key] = None if function is None else self._make(key, function)
        return self._found[key]

    def _key(self, decl: Decl) -> Key:
        found = self._keys.get(decl)
        if found is None:
            found = self._keys[decl] = key_of(decl)
        return found

    def _rely_on(self, number: int) -> None:
        """What is being looked at relies on what is known by now of a function that is not done."""
        if self._lowest:
            self._lowest[-1] = min(self._lowest[-1], number)

    def _make(self, key: Key, function: DeclaredFunction) -> V | None:
        number = self._numbers[key] = len(self._unsure)
        self._unsure.append((key, function))
        self._found[key] = self._blank
        try:
            lowest = self._look(key, function)
            if lowest == number:
                lowest = min(self._settle(number), number)
        except Exception:
            # Whoever asked tells of the crash, and goes on with other functions.
            self._found.update((each, None) for each, _ in self._unsure[number:])
            self._close(number)
            raise
        if lowest < number:
            self._rely_on(lowest)
        else:
            self._close(number)
        return self._found[key]

    def _close(self, number: int) -> None:
        """The functions from this number on are done."""
        for key, _ in self._unsure[number:]:
            del self._numbers[key]
        del self._unsure[number:]

    def _settle(self, first: int) -> int:
        """Look at the functions of a circle until nothing changes. Gives the lowest number of those relied on.

        What they do grows from nothing. That every way through them does it is then taken for granted, and taken back
        where it is not so: each may do so by calling the others.
        """
        lowest = self._repeat(first)
        if lowest is not None and self._promise(first):
            again = self._repeat(first)
            lowest = None if again is None else min(lowest, again)
        return self._settle_for_less(first) if lowest is None else lowest

    def _promise(self, first: int) -> bool:
        """Take for granted what is so on some ways only; reports whether there was anything."""
        before = {key: made for key, _ in self._unsure[first:] if (made := self._found[key]) is not None}
        after = {key: self._promised(made) for key, made in before.items()}
        self._found.update(after)
        return after != before

    def _repeat(self, first: int) -> int | None:
        """Look at the functions from number `first` on until nothing changes; None if that does not end."""
        lowest = _NOBODY
        for _ in range(MAX_ROUNDS):
            changed = False
            for key, function in reversed(self._unsure[first:]):
                before = self._found[key]
                lowest = min(lowest, self._look(key, function))
                changed |= self._found[key] != before
            if not changed:
                return lowest
        return None

    def _settle_for_less(self, first: int) -> int:
        """Look at them once, as if nothing could be known of those that were not looked at yet."""
        lowest = _NOBODY
        circle = sorted(self._unsure[first:], key=lambda each: each[0])
        self._found.update((key, None) for key, _ in circle)
        for key, function in circle:
            lowest = min(lowest, self._look(key, function))
        return lowest

    def _look(self, key: Key, function: DeclaredFunction) -> int:
        """Look into a function, with what is known by now; gives the lowest number of those relied on for it."""
        self._lowest.append(_NOBODY)
        try:
            self._found[key] = self._look_into(function.code)
        finally:
            lowest = self._lowest.pop()
        return lowest
