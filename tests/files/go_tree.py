"""Makes trees of Go files on disk, and short views of what is selected from them."""

from collections.abc import Mapping
from pathlib import Path

from goleaklint.files.selection import Selection


def grow(root: Path, files: Mapping[str, str] | str) -> Path:
    """Writes the files below `root`, which is returned. Names alone, separated by blanks, get a package clause."""
    if isinstance(files, str):
        files = {name: "module example.com/m\n" if name == "go.mod" else "package p\n" for name in files.split()}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def paths(selection: Selection) -> list[str]:
    return [file.path for file in selection.files]


def reported(selection: Selection) -> list[str]:
    return [file.path for file in selection.files if file.reported]
