"""An exported tree in; out comes what goleaklint reports in one package of it, in good time."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from benchmarks.reported import Reported, report

from .scoring import AnalysisError


class _OutOfTimeError(BaseException):
    """No Exception: a rule that crashes is caught by the analysis, and this is not to be."""


def report_package(tree: Path, directory: str, seconds: int) -> list[Reported]:
    """What is reported in a package, tests included. Raises AnalysisError, also when the time is up."""
    try:
        with _limit(seconds):
            return report(tree.resolve(), f"./{directory}" if directory else ".", tests=True)
    except _OutOfTimeError:
        raise AnalysisError("timeout") from None
    except Exception as problem:
        raise AnalysisError(f"{type(problem).__name__}: {problem}") from problem


@contextmanager
def _limit(seconds: int) -> Iterator[None]:
    """Raises _OutOfTimeError in the main thread when the seconds have passed."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _OutOfTimeError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
