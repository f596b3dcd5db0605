"""A question about a function in; its answer, worked out once, out: the same one, whatever was asked before.

To answer one question others are asked, some levels deep. An answer that rests on one that was cut short there holds
for who asks from the same level, and one that rests on what is being worked out further up for this line of questions
only: asked first, it would have been another.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


_OPEN = -1
"""Stands for the level of what is being worked out."""


@dataclass(slots=True, eq=False)
class Memo(Generic[K, V]):
    """Answers by question: those that hold for everybody, with how many levels they took; those for who asks first;
    those for who asks from a level; and those of the line of questions that is asked now, with the level, or _OPEN."""

    sure: dict[K, tuple[V, int]] = field(default_factory=dict)
    first: dict[K, V] = field(default_factory=dict)
    cut: dict[tuple[K, int], V] = field(default_factory=dict)
    passing: dict[K, tuple[V, int]] = field(default_factory=dict)


class _Holds(enum.IntEnum):
    """For whom an answer holds."""

    FOR_ALL = 0
    FOR_LEVEL = 1
    FOR_LINE = 2


class Line:
    """A question, the one that is asked to answer it, and so on: `most` at once. Beyond, nothing is known."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: list[tuple[object, object]] = []
        self._reached = 0
        self._holds = _Holds.FOR_ALL
        self._forget: list[Callable[[], object]] = []

    def answer(self, memo: Memo[K, V], question: K, unsure: V, work: Callable[[], V]) -> V:
        """The answer that `work` gives, or gave before; `unsure` where it is asked too deep, or to answer itself."""
        depth = len(self._asked)
        if not depth and question in memo.first:
            return memo.first[question]
        passing, level = memo.passing.get(question, (unsure, self._most))
        if level == _OPEN:
            # What a function that calls itself does is the same for everybody.
            if self._asked[-1] != (memo, question):
                self._holds = _Holds.FOR_LINE
            return passing
        if question in memo.sure:
            found, levels = memo.sure[question]
            if depth + levels < self._most:
                self._reached = max(self._reached, depth + levels)
                return found
        if (question, depth) in memo.cut:
            self._holds = max(self._holds, _Holds.FOR_LEVEL)
            return memo.cut[question, depth]
        if level <= depth < self._most:
            self._holds = _Holds.FOR_LINE
            return passing
        if depth >= self._most:
            self._holds = max(self._holds, _Holds.FOR_LEVEL)
            return unsure
        return self._worked_out(memo, question, unsure, work)

    def _worked_out(self, memo: Memo[K, V], question: K, unsure: V, work: Callable[[], V]) -> V:
        depth = len(self._asked)
        above = self._holds, self._reached
        self._holds, self._reached = _Holds.FOR_ALL, depth
        memo.passing[question] = unsure, _OPEN
        self._forget.append(lambda: memo.passing.pop(question, None))
        self._asked.append((memo, question))
        try:
            found = work()
            if self._holds is _Holds.FOR_LINE:
                memo.passing[question] = found, depth
            else:
                del memo.passing[question]
            if self._holds is _Holds.FOR_ALL:
                memo.sure[question] = found, self._reached - depth
            elif self._holds is _Holds.FOR_LEVEL:
                memo.cut[question, depth] = found
            elif not depth:
                memo.first[question] = found
            return found
        finally:
            self._asked.pop()
            self._holds = max(self._holds, above[0])
            self._reached = max(self._reached, above[1])
            if not depth:
                self._end()

    def _end(self) -> None:
        """The first question is answered: what held for the others of its line is forgotten."""
        for forget in self._forget:
            forget()
        self._forget.clear()
        self._holds, self._reached = _Holds.FOR_ALL, 0
