"""The packs that come with the tool, and the user's, come in as files; Knowledge goes out, or all mistakes in them."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from goleaklint.knowledge.lookup import Knowledge
from goleaklint.knowledge.pack import Pack
from goleaklint.knowledge.reading import read_pack
from goleaklint.toml_source import Mistake, MistakesError, read_toml

_HERE = Path(__file__).parent
# An installed wheel carries the packs inside the package; a clone has them at its top.
_PLACES = (_HERE / "packs", _HERE.parent.parent / "rules")


def load_knowledge(extra: Iterable[str | Path] = ()) -> Knowledge:
    """What the packs of the tool and the files `extra` state; where they disagree, the later one counts.

    Raises MistakesError with every mistake of every pack.
    """
    paths = tuple(map(Path, extra))
    return Knowledge.of([*_own().packs, *_read(paths)]) if paths else _own()


@cache
def _own() -> Knowledge:
    """What the packs of the tool state: most of the time of a small run, and the same in the next."""
    return Knowledge.of(_read(packaged_packs()))


def _read(paths: Iterable[Path]) -> list[Pack]:
    packs: list[Pack] = []
    mistakes: list[Mistake] = []
    for path in paths:
        try:
            packs.append(read_pack(read_toml(path)))
        except MistakesError as error:
            mistakes += error.mistakes
    if mistakes:
        raise MistakesError(mistakes)
    return packs


def packaged_packs(places: Iterable[Path] = _PLACES) -> list[Path]:
    """The files of the packs that come with the tool, by name. Raises FileNotFoundError where there are none."""
    for place in places:
        found = sorted(place.glob("*.toml"))
        if found:
            return found
    raise FileNotFoundError("the packs that belong to goleaklint are not there: its installation is damaged")
