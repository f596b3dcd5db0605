"""A baseline file and the findings of a run in; those that are not in the baseline out, or the next baseline.

A baseline is JSON, one finding a line and sorted, so that a diff of it reads as what came and what went.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from goleaklint.findings.steps import Outcome
from goleaklint.model import Finding
from goleaklint.toml_source import Mistake, MistakesError

FORMAT_VERSION: Final = 1
FINGERPRINTS: Final = "goleaklint/v1"
"""The kind of fingerprint that a baseline holds, by its name in SARIF."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A finding as a baseline keeps it. Only `fingerprint` decides; the rest is for whoever reads the file.

    `path` counts from the directory of the baseline, with slashes.
    """

    fingerprint: str
    rule: str
    path: str
    function: str
    message: str


class _Document(msgspec.Struct, frozen=True):
    version: int
    fingerprints: str
    findings: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """The next baseline, and how many entries of the last one went and how many came."""

    entries: tuple[Entry, ...]
    gone: int
    added: int


def read_baseline(path: Path) -> tuple[Entry, ...]:
    """The entries of a baseline. Raises MistakesError for a file that is none, and OSError where it cannot be read."""
    shown = path.as_posix()
    try:
        document = msgspec.json.decode(path.read_bytes(), type=_Document)
    except FileNotFoundError:
        message = "there is no such baseline; `goleaklint baseline write` makes one"
        raise MistakesError([Mistake(shown, 0, message)]) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MistakesError([Mistake(shown, 0, f"this is no baseline of goleaklint: {error}")]) from error
    if document.version != FORMAT_VERSION or document.fingerprints != FINGERPRINTS:
        what = f"version {document.version}, fingerprints {document.fingerprints}"
        message = f"a baseline of another goleaklint ({what}); this one reads version {FORMAT_VERSION}, {FINGERPRINTS}"
        raise MistakesError([Mistake(shown, 0, message)])
    return document.findings


def baseline_text(entries: Iterable[Entry]) -> str:
    """The text of a baseline; the same for the same entries, whatever their order."""
    lines = [f"    {json.dumps(msgspec.to_builtins(entry), ensure_ascii=False)}" for entry in _in_order(entries)]
    findings = "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "version": {FORMAT_VERSION},\n  "fingerprints": "{FINGERPRINTS}",\n  "findings": {findings}\n}}\n'


def entries_of(
    findings: Sequence[Finding], fingerprints: Sequence[str], shown: Callable[[str], str]
) -> tuple[Entry, ...]:
    """The entries for findings; `shown` makes the path in the baseline from that of a span."""
    return tuple(
        Entry(fingerprint, each.rule, shown(each.span.path), each.function, each.message)
        for each, fingerprint in zip(findings, fingerprints, strict=True)
    )


def updated(
    old: Iterable[Entry], found: Iterable[Entry], was_looked_at: Callable[[Entry], bool], *, add: bool
) -> Update:
    """The old entries that are still found, as they are found now; and with `add` those that are new.

    An entry that the run could not have found, as `was_looked_at` tells, is kept as it is.
    """
    now = {entry.fingerprint: entry for entry in found}
    before = {entry.fingerprint: entry for entry in old}
    kept = {key: now.get(key, entry) for key, entry in before.items() if key in now or not was_looked_at(entry)}
    new = {key: entry for key, entry in now.items() if key not in before} if add else {}
    return Update(_in_order((kept | new).values()), len(before) - len(kept), len(new))


def without_known(outcome: Outcome, fingerprints: Sequence[str], known: frozenset[str]) -> Outcome:
    """The outcome with findings whose fingerprint is in `known` set apart; `fingerprints` are those of its findings."""
    pairs = list(zip(outcome.findings, fingerprints, strict=True))
    return replace(
        outcome,
        findings=tuple(finding for finding, fingerprint in pairs if fingerprint not in known),
        known=(*outcome.known, *(finding for finding, fingerprint in pairs if fingerprint in known)),
    )


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(
        sorted(entries, key=lambda each: (each.path, each.rule, each.function, each.message, each.fingerprint))
    )
