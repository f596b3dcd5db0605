"""A selection and a revision in; what of it may be other than at that revision, and the same packages as they were
then, out.

The old packages are laid out in a temporary directory that looks like the working tree, so that they are read in the
same way and get the same names.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from goleaklint.files.patterns import PatternError
from goleaklint.files.selection import Selection
from goleaklint.pipeline.affected import affected, located
from goleaklint.pipeline.repository import Repository
from goleaklint.pipeline.since import Since

Select = Callable[[tuple[str, ...], Path], Selection]
"""Selects what patterns mean in a working directory; raises PatternError."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since a commit: the directories, by their real paths, in which that may show."""

    repository: Repository
    since: Since
    commit: str
    directories: frozenset[str]

    def narrowed(self, selection: Selection) -> Selection:
        """The selection without the files in which no change shows; they are counted as skipped."""
        files = tuple(file for file, directory in located(selection.files) if directory in self.directories)
        left_out = len(selection.files) - len(files)
        skipped = {**selection.skipped, **({"not touched": left_out} if left_out else {})}
        return replace(selection, files=files, skipped=dict(sorted(skipped.items())))

    @contextmanager
    def before(self, patterns: Sequence[str], cwd: Path, select: Select) -> Iterator[Selection]:
        """What the narrowed selection was at the commit; its files exist as long as this is open.

        Raises RevisionError.
        """
        root = self.repository.root
        with tempfile.TemporaryDirectory(prefix="goleaklint-") as directory:
            # The root's name tells the module path where there is no go.mod.
            old_root = Path(os.path.realpath(directory)) / (root.name or "root")
            old_root.mkdir()
            self.repository.lay_out(self.commit, old_root)
            old_cwd = old_root / os.path.relpath(os.path.realpath(cwd), root)
            moved = [each for pattern in patterns or ["./..."] if (each := _moved(pattern, root, old_root))]
            selection = _selected(moved, old_cwd, select)
            inside = (Path(each) for each in self.directories)
            wanted = {str(old_root / each.relative_to(root)) for each in inside if each.is_relative_to(root)}
            yield replace(selection, files=tuple(file for file, at in located(selection.files) if at in wanted))


def change_since(since: Since, selection: Selection, cwd: Path, *, tests: bool) -> Change:
    """What changed in the working tree, files that git does not know yet included. Raises RevisionError."""
    repository = Repository.around(cwd)
    commit = repository.merge_base(since.revision) if since.merge_base else repository.commit(since.revision)
    changed = [path for path in repository.changed_since(commit) if tests or not path.endswith("_test.go")]
    return Change(repository, since, commit, affected(selection, [str(repository.root / path) for path in changed]))


def _moved(pattern: str, root: Path, old_root: Path) -> str:
    """A pattern as it is in the old tree; empty for an absolute one that lies elsewhere."""
    if not Path(pattern).is_absolute():
        return pattern
    real = Path(os.path.realpath(pattern))
    return str(old_root / real.relative_to(root)) if real.is_relative_to(root) else ""


def _selected(patterns: Sequence[str], cwd: Path, select: Select) -> Selection:
    """What those of the patterns that meant something then mean."""
    if not cwd.is_dir() or not patterns:
        return Selection((), {})
    try:
        return select(tuple(patterns), cwd)
    except PatternError:
        meant = tuple(pattern for pattern in patterns if _exists(pattern, cwd, select))
    return select(meant, cwd) if meant else Selection((), {})


def _exists(pattern: str, cwd: Path, select: Select) -> bool:
    try:
        select((pattern,), cwd)
    except PatternError:
        return False
    return True
