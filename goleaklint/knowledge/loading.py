"""The packs that come with the tool, and the user's, come in as files; Knowledge goes out, or all mistakes in them."""

import hashlib
from collections.abc import Iterable
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
    packs: list[Pack] = []
    mistakes: list[Mistake] = []
    digest = hashlib.sha256()
    for path in [*packaged_packs(), *map(Path, extra)]:
        try:
            document = read_toml(path)
            digest.update(document.text.encode() + b"\0")
            packs.append(read_pack(document))
        except MistakesError as error:
            mistakes += error.mistakes
    if mistakes:
        raise MistakesError(mistakes)
    return Knowledge.of(packs, digest.hexdigest())


def packaged_packs(places: Iterable[Path] = _PLACES) -> list[Path]:
    """The files of the packs that come with the tool, by name. Raises FileNotFoundError where there are none."""
    for place in places:
        found = sorted(place.glob("*.toml"))
        if found:
            return found
    raise FileNotFoundError("the packs that belong to goleaklint are not there: its installation is damaged")
