"""An iterator in; what it gives out, to all who ask, each thing looked for once and not before somebody wants it."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class AsFound(Generic[T]):
    """Things as they are found."""

    def __init__(self, more: Iterator[T]) -> None:
        self._found: list[T] = []
        self._more = more

    def __iter__(self) -> Iterator[T]:
        at = 0
        while True:
            if at == len(self._found):
                for each in self._more:
                    self._found.append(each)
                    break
                else:
                    return
            yield self._found[at]
            at += 1
