"""A directory comes in; the files that set goleaklint up in its repository go out, or why one is left alone."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from goleaklint.config import find_config
from goleaklint.config.pages import starting_file
from goleaklint.toml_source import shown_path
from goleaklint.version import __version__

HOOKS_FILE: Final = ".pre-commit-config.yaml"
WORKFLOWS: Final = ".github/workflows"

HOOK: Final = f"""\
- repo: https://github.com/goleaklint/goleaklint
  rev: v{__version__}
  hooks:
    - id: goleaklint
"""

_WORKFLOW: Final = """\
name: goleaklint

on:
  push:
    branches: [main, master]
  pull_request:

permissions: {{}}

concurrency:
  group: goleaklint-${{{{ github.ref }}}}
  cancel-in-progress: ${{{{ github.event_name == 'pull_request' }}}}

jobs:
  goleaklint:
    name: Leaks
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read # to check the repository out
      security-events: write # to upload the report to code scanning
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      # A tag can be moved; the commit it stands for can not: https://github.com/goleaklint/goleaklint/releases
      - uses: goleaklint/goleaklint@v{version} # zizmor: ignore[unpinned-uses]
"""


@dataclass(frozen=True, slots=True)
class Start:
    """A file of a set-up. `text` is all that is to stand in it, "" where it is left alone for a `reason`.

    `added_to` is what is new in it where the file is there already, "" where it is not.
    """

    path: Path
    text: str = ""
    reason: str = ""
    added_to: str = ""

    @property
    def shown(self) -> str:
        """The path as users are to see it."""
        return shown_path(self.path)


class NowhereError(Exception):
    """The directory lies neither in a repository nor in a Go module, so there is nothing to set up."""


def starts(cwd: Path) -> Iterator[Start]:
    """What sets goleaklint up in the repository around `cwd`, or in the module where there is no repository.

    Raises NowhereError.
    """
    root = _root(cwd)
    if root is None:
        raise NowhereError(f"{cwd} lies neither in a repository nor in a Go module")
    yield _configuration(cwd, root)
    yield _hooks(root / HOOKS_FILE)
    yield _workflow(root, _module(cwd, root))


def workflow(module: str = ".") -> str:
    """A GitHub workflow that runs the action in a module's directory, seen from the repository's root."""
    text = _WORKFLOW.format(version=__version__)
    return text if module == "." else f"{text}        with:\n          working-directory: {_quoted(module)}\n"


def with_hook(text: str) -> str | None:
    """The text of a .pre-commit-config.yaml with goleaklint's hook after the others; None if they cannot be found.

    Only a list in block style is understood, which is what pre-commit itself writes; all else stays as it is.
    """
    lines = text.splitlines(keepends=True)
    start = next((at for at, line in enumerate(lines) if re.match(r"repos:\s*(#.*)?$", line)), None)
    if start is None:
        return None
    block = list(_block(lines[start + 1 :]))
    first = next((re.match(r"( *)- ", line) for line in block if line.strip() and not _is_comment(line)), None)
    if first is None:
        return None
    while block and (not block[-1].strip() or _is_comment(block[-1])):
        block.pop()
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    hook = "".join(f"{first[1]}{line}{newline}" for line in HOOK.splitlines())
    end = start + 1 + len(block)
    before = "".join(lines[:end])
    return before + ("" if before.endswith("\n") else newline) + hook + "".join(lines[end:])


def _configuration(cwd: Path, root: Path) -> Start:
    found = find_config(cwd)
    if found is not None:
        return Start(found, reason="it is there already")
    return Start(root / "goleaklint.toml", starting_file())


def _hooks(path: Path) -> Start:
    if not os.path.lexists(path):
        return Start(path, f"repos:\n{_indented(HOOK)}")
    present = path.read_bytes()
    if b"goleaklint" in present:
        return Start(path, reason="it names goleaklint already")
    try:
        text = with_hook(present.decode())
    except UnicodeDecodeError:
        return Start(path, reason="it is not UTF-8")
    if text is None:
        return Start(path, reason=f"its list of repos could not be found; add this to it:\n{HOOK}")
    return Start(path, text, added_to=HOOK)


def _workflow(root: Path, module: str) -> Start:
    folder = root / WORKFLOWS
    for path in sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")]):
        if path.name == "goleaklint.yml" or b"goleaklint" in path.read_bytes():
            return Start(path, reason="it runs goleaklint already")
    return Start(folder / "goleaklint.yml", workflow(module))


def _root(cwd: Path) -> Path | None:
    for mark in (".git", "go.work", "go.mod"):
        for folder in (cwd, *cwd.parents):
            if os.path.lexists(folder / mark):
                return folder
    return None


def _module(cwd: Path, root: Path) -> str:
    """The directory of the module around `cwd`, seen from the root; the root itself where there is none."""
    for folder in (cwd, *cwd.parents):
        if folder == root or (folder / "go.mod").is_file():
            return folder.relative_to(root).as_posix()
    return "."


def _block(lines: Iterable[str]) -> Iterator[str]:
    """The lines up to the next key of the document, or to its end."""
    for line in lines:
        if line.strip() and not line.startswith((" ", "- ", "#")):
            return
        yield line


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _indented(text: str) -> str:
    return "".join(f"  {line}" for line in text.splitlines(keepends=True))


def _quoted(text: str) -> str:
    """A scalar of YAML: plain where nothing in it has a meaning."""
    return text if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_./-]*", text) else "'" + text.replace("'", "''") + "'"
