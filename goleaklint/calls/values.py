"""Which functions are assigned to a variable, field or parameter in; which functions a value can be out."""

import enum
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from goleaklint.calls.nodes import FunctionId
from goleaklint.index.symbols import Symbol


@dataclass(frozen=True, slots=True)
class Local:
    """A variable of a function; parameters too, since they can be assigned to."""

    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Parameter:
    """What callers give a function as its argument number `position`, from 0, without the receiver."""

    function: FunctionId
    position: int


@dataclass(frozen=True, slots=True)
class FieldOf:
    """A field of all values of one named type."""

    package: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Global:
    """A package variable."""

    package: str
    name: str


@dataclass(frozen=True, slots=True)
class ResultOf:
    """What a function returns as its result number `position`, from 0."""

    function: FunctionId
    position: int


class Other(enum.Enum):
    """What is no function of the graph: nil, which nobody calls for long, and all that is not known."""

    NIL = enum.auto()
    UNKNOWN = enum.auto()


Variable: TypeAlias = Local | Parameter | FieldOf | Global | ResultOf
Value: TypeAlias = FunctionId | Variable | Other


class Values:
    """Every assignment of a function value that was seen."""

    def __init__(self) -> None:
        self._given: dict[Variable, list[Value]] = defaultdict(list)
        self._callable_by_others: Callable[[FunctionId], bool] = lambda function: False

    def give(self, variable: Variable, value: Value) -> None:
        """Enter that `variable` is assigned `value` somewhere."""
        self._given[variable].append(value)

    def given(self, variable: Variable) -> tuple[Value, ...]:
        """All that was entered for a variable."""
        return tuple(self._given.get(variable, ()))

    def distrust(self, callable_by_others: Callable[[FunctionId], bool]) -> None:
        """Take the arguments of these functions for unknown: not all their callers are seen."""
        self._callable_by_others = callable_by_others

    def only(self, value: Value) -> FunctionId | None:
        """The one function that the value can be; None if there are several, or it can be something unknown."""
        if isinstance(value, FunctionId):
            return value
        found: set[FunctionId] = set()
        seen: set[Variable] = set()
        pending: list[Value] = [value]
        while pending:
            each = pending.pop()
            if isinstance(each, FunctionId):
                found.add(each)
            elif isinstance(each, Other):
                if each is Other.UNKNOWN:
                    return None
            elif each not in seen:
                given = self._given.get(each, ())
                if isinstance(each, Parameter) and (not given or self._callable_by_others(each.function)):
                    return None
                seen.add(each)
                pending += given
        return found.pop() if len(found) == 1 else None
