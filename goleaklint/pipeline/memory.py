"""Python's garbage collector, held off where it costs more than it gives."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection, which would go through a million live objects again and again: a third of the time.

    Processes that are forked meanwhile do without it, too. Whoever lets go of much collects by hand.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
