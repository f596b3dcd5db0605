"""A file of labels in; out comes which goroutines of which programs leak, and where they hang.

The labels were made by running the programs under Go's goroutineleak profile.
"""

from pathlib import Path

import msgspec

from benchmarks.reported import Place

LABELS = Path(__file__).with_name("runtime_labels.json")


class Frame(msgspec.Struct, frozen=True):
    """A line of a stack."""

    func: str
    file: str
    line: int

    @property
    def place(self) -> Place:
        return self.file, self.line


class Leak(msgspec.Struct, frozen=True):
    """A goroutine that leaks: why it waits, its frames in the program, innermost first, and what started it."""

    reason: str
    frames: list[Frame]
    created_by: Frame | None

    @property
    def spot(self) -> Place | None:
        """Where it hangs."""
        innermost = self.frames[0] if self.frames else self.created_by
        return innermost.place if innermost else None

    @property
    def places(self) -> list[Place]:
        """Every line that has to do with it."""
        return [frame.place for frame in (*self.frames, self.created_by) if frame is not None]


class Program(msgspec.Struct, frozen=True):
    """One program of the suite (`common` or `goker`), and the goroutines that it leaks."""

    suite: str
    leaks: list[Leak]


class Labels(msgspec.Struct, frozen=True):
    """The labels of all programs, by name, and the version of Go whose programs they are ("go1.27.3")."""

    go: str
    programs: dict[str, Program]


def read_labels(path: Path = LABELS) -> Labels:
    """The labels of a file. Raises msgspec.DecodeError if it is none."""
    return msgspec.json.decode(path.read_bytes(), type=Labels)
