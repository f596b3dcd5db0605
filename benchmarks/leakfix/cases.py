"""Lines of JSON in; out come the cases: which leak stood where, and which commit mended it."""

import posixpath
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

CASES = Path(__file__).with_name("leakfix_dev.jsonl")

Range: TypeAlias = tuple[int, int]
"""First and last line of a function."""

FITS = {
    "goroutine-no-exit": "GL101 GL102 GL103 GL105 GL106 GL107 GL202 GL203 GL414 GL415",
    "chan-send-abandoned": "GL101 GL102 GL105 GL201 GL202 GL204 GL205",
    "chan-recv-abandoned": "GL101 GL102 GL105 GL203 GL204 GL205",
    "blocking-call-no-deadline": "GL101 GL102 GL103 GL106 GL108 GL605 GL607",
    "waitgroup": "GL205 GL210 GL211",
    "mutex-not-unlocked": "GL205 GL220 GL221",
    "ticker-timer-not-stopped": "GL101 GL414 GL415 GL601 GL602",
    "cancel-not-called": "GL414 GL415 GL416 GL603 GL604",
    "file-not-closed": "GL401 GL408 GL414 GL415 GL416 GL417 GL418",
    "conn-not-closed": "GL402 GL410 GL414 GL415 GL416 GL417 GL418",
    "response-body": "GL401 GL403 GL416 GL417 GL418",
    "db-handle-not-closed": "GL408 GL414 GL415 GL416 GL417",
    "snapshot-iterator-txn": "GL404 GL405 GL406 GL407 GL414 GL415 GL416 GL417 GL418 GL419",
    "stream-not-closed": "GL402 GL409 GL414 GL415 GL416 GL417",
    "subscription": "GL105 GL411 GL414 GL415 GL701",
    "defer-in-loop": "GL418 GL704",
    "map-growth": "GL701 GL702 GL706",
    "slice-retention": "GL702 GL703",
    "pool-misuse": "GL301 GL302 GL303 GL304 GL305 GL306",
    "finalizer": "GL501 GL502 GL503 GL504 GL505",
}
"""The rules that can be right about a category of leaks; for the category `other`, all can."""


class Case(msgspec.Struct, frozen=True):
    """A real leak: `func` of `file` leaks at `line` in the commit `before`, and does not in the commit `fix`.

    `evidence` says how far one has to look to see it: in the function, its package, its module, or beyond what the
    source says (`semantic`).
    """

    id: str
    repo: str
    before: str
    fix: str
    file: str
    func: str
    func_start: int
    func_end: int
    line: int
    category: str
    evidence: Literal["local", "package", "module", "semantic"]

    @property
    def directory(self) -> str:
        """The directory of the leak's package; "" for that of the repository."""
        return posixpath.dirname(self.file)

    @property
    def range(self) -> Range:
        """The lines of the leaking function, before the fix."""
        return self.func_start, self.func_end

    def fits(self, rule: str) -> bool:
        """Reports whether a rule can be right about this leak."""
        return self.category == "other" or rule in FITS[self.category].split()


def read_cases(path: Path = CASES) -> list[Case]:
    """The cases of a file. Raises msgspec.DecodeError for a line that is none."""
    decoder = msgspec.json.Decoder(Case)
    return [decoder.decode(line) for line in path.read_bytes().splitlines() if line.strip()]
