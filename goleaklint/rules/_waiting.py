"""What the explorer of goroutines found in a function, kept for all rules that tell of it, and findings made of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from goleaklint.calls.often import Often, root_of
from goleaklint.calls.starts import goes_on
from goleaklint.liveness.left import left_behind
from goleaklint.liveness.stories import Kind, Leak
from goleaklint.model import Confidence, Finding, Severity
from goleaklint.rules._view import FunctionView

MANY_CHOICES = 2
"""A run that needs more branches than this to go one way, of which nothing is known, may well not exist."""

TOO_MANY_CHOICES = 10
"""Beyond this even a careful reader hardly finds out whether the run exists."""


def leaks(fn: FunctionView, *kinds: Kind) -> Iterator[Leak]:
    """The leaks of some kinds in which a function has a part."""
    found = fn.cache.get(left_behind)
    if found is None:
        found = fn.cache[left_behind] = left_behind(fn.code, fn.depth == 0 and fn.ends_with_process)
    for leak in cast("tuple[Leak, ...]", found):
        if leak.kind in kinds:
            yield leak


def waiting(fn: FunctionView, leak: Leak, message: str, mend: str) -> Finding:
    """A finding at the operation that a goroutine is left behind at."""
    finding = fn.finding(
        fn.node, message, steps=leak.steps, mend=mend,
        severity=Severity.NOTE if _happens_once(fn, leak) else None,
        confidence=_confidence(leak),
    )  # fmt: skip
    return replace(finding, span=leak.where.span, package=leak.where.package, function=leak.where.function)


def _happens_once(fn: FunctionView, leak: Leak) -> bool:
    """Reports whether it is known that what leaks is made once in the life of a process, and by whom."""
    if leak.made is not None and leak.made.span.path == fn.function.file.text.path:
        loops = {loop for block in fn.graph.blocks for loop in block.loops if goes_on(fn.code, loop)}
        if any(loop.start <= leak.made.span.start < loop.end for loop in loops):
            return False
    root = root_of(fn.code, fn.node)
    return fn.ends_with_process or (root.often is Often.ONCE and root.why != "")


def _confidence(leak: Leak) -> Confidence | None:
    if leak.choices > TOO_MANY_CHOICES:
        return Confidence.LOW
    return Confidence.MEDIUM if leak.choices > MANY_CHOICES else None
