"""Calls as they are met in; the edges that are plain, and what must wait until every function was seen, out."""

from collections import defaultdict
from dataclasses import dataclass, field

from goleaklint.calls.nodes import Edge, EdgeKind, External, FunctionId, Resolution, Site
from goleaklint.calls.values import Value, Values


@dataclass(frozen=True, slots=True)
class Invocation:
    """A value is called, or as a CALLBACK given to a library function that calls it.

    `certain` is false where the value may be no function at all, so that not to know it is no gap.
    """

    caller: FunctionId
    site: Site
    kind: EdgeKind
    value: Value
    resolution: Resolution = Resolution.VALUE
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Passed:
    """A value is the argument for parameter `position` of a function of the graph."""

    caller: FunctionId
    site: Site
    kind: EdgeKind
    callee: FunctionId
    position: int
    value: Value


@dataclass(slots=True)
class Record:
    """What all functions together do.

    `parents` are the functions that literals stand in. `escaped` are functions that are used as values, so that not
    all their callers are seen; `open_methods` likewise, by their bare names, methods that interfaces hide.
    """

    functions: dict[FunctionId, None] = field(default_factory=dict)
    parents: dict[FunctionId, FunctionId] = field(default_factory=dict)
    edges: dict[Edge, None] = field(default_factory=dict)
    invocations: list[Invocation] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    values: Values = field(default_factory=Values)
    escaped: set[FunctionId] = field(default_factory=set)
    open_methods: set[str] = field(default_factory=set)
    external: defaultdict[FunctionId, set[External]] = field(default_factory=lambda: defaultdict(set))
    unresolved: defaultdict[FunctionId, set[Site]] = field(default_factory=lambda: defaultdict(set))
