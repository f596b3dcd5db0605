"""A path as shown to the user in, the text that was analysed out: reports quote the source from here."""

from collections.abc import Iterable
from pathlib import Path

from goleaklint.files.load import load
from goleaklint.files.selection import GoFile
from goleaklint.files.text import SourceText
from goleaklint.model import Notification


class Sources:
    """Reads each file once, when first asked for. Calling it raises OSError for a file that cannot be read any more."""

    def __init__(self, files: Iterable[GoFile], cwd: Path) -> None:
        self._files = {file.path: file for file in files}
        self._texts: dict[str, SourceText] = {}
        self._cwd = cwd

    def __call__(self, path: str) -> SourceText:
        if path not in self._texts:
            self._texts[path] = SourceText(path, self._data(path))
        return self._texts[path]

    def _data(self, path: str) -> bytes:
        if path not in self._files:
            return (self._cwd / path).read_bytes()
        loaded = load(self._files[path])
        if isinstance(loaded, Notification):
            raise OSError(loaded.message)
        return loaded.data
