"""Which revision a run is compared with, and why it cannot be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Since:
    """The revision that is compared with; with `merge_base`, the commit at which HEAD parted from it."""

    revision: str
    merge_base: bool = False


class RevisionError(Exception):
    """Why a revision cannot be compared with. `usage` is set where the user asked for what does not exist."""

    def __init__(self, message: str, *, usage: bool = False) -> None:
        super().__init__(message)
        self.usage = usage
