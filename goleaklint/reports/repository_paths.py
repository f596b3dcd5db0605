"""A path as the user is shown it in; the path from the root of the repository, as CI services want it, out."""

import os
from collections.abc import Iterable
from pathlib import Path

from goleaklint.reports.report import Report


class RepositoryPaths:
    """Rewrites paths. The root is what the first of some environment variables names, else the working directory."""

    def __init__(self, report: Report, variables: Iterable[str], root: Path | None = None) -> None:
        named = next((value for name in variables if (value := os.environ.get(name))), "")
        self._base = _real(root or Path(named or report.cwd))
        self._cwd = _real(report.cwd)

    def relative(self, path: str) -> str:
        """`path` from the root on, with slashes; absolute if it lies elsewhere."""
        whole = Path(os.path.normpath(self._cwd / path))
        return (whole.relative_to(self._base) if whole.is_relative_to(self._base) else whole).as_posix()


def _real(directory: Path) -> Path:
    return Path(os.path.realpath(directory))
