"""A function in; whether it ever returns to who calls it, out.

This is asked of far more functions than all else that a summary says, and takes far less: only the few that they call
under names of functions that may never return have to be read.
"""

from dataclasses import dataclass

from goleaklint.calls.code import Code


@dataclass(frozen=True, slots=True)
class Exits:
    """Which of its ends control can come to in a function."""

    returns: bool
    panics: bool


UNKNOWN_EXITS = Exits(returns=True, panics=False)
"""Stands for a function of a circle of calls before it was looked at."""


def exits_of(code: Code) -> Exits:
    """Which ends of a function can be reached, as far as is known by now of those that it calls."""
    graph = code.passing_graph()
    reachable = graph.reachable()
    return Exits(graph.returned in reachable, graph.panicked in reachable)
