"""Names for findings that outlive edits: the line hash GitHub matches alerts by, and goleaklint's own for baselines."""

import re
import struct
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import accumulate

from goleaklint.files.text import SourceText
from goleaklint.model import Finding
from goleaklint.reports.report import Report
from goleaklint.reports.snippet import snippet

_BASE = 37
_WINDOW = 100
_MASK = (1 << 64) - 1
_FORGET = pow(_BASE, _WINDOW, 1 << 64)
_END_OF_FILE = "\uffff"
_LINE_FEED = 10

# Function literals are numbered: one more before them would rename all that follow.
_CLOSURE = re.compile(r"\.func\d.*")
_METHOD = re.compile(r"^func\s*\(\s*(\w+)\s[^)]*\)\s*(\w+)", re.MULTILINE)
_RECEIVER = "\u00b7"


def line_hashes(text: str) -> tuple[str, ...]:
    """GitHub's `primaryLocationLineHash` of every line of a file, that of line 1 first.

    What is hashed is the 100 UTF-16 code units from the start of the line on, blanks and tabs not counted, so a hash
    depends on the lines that follow too. After a final line ending there is one more, empty, line.
    """
    # CRLF is folded before blanks go: a CR, a blank and an LF are two line endings to GitHub.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    data = (lines + _END_OF_FILE + "\0" * _WINDOW).encode("utf-16-le", "surrogatepass")
    units = struct.unpack(f"<{len(data) // 2}H", data)
    # before[n] is the polynomial of the first n units; a window's is the difference of two of them.
    before = list(accumulate(units, lambda value, unit: (value * _BASE + unit) & _MASK, initial=0))
    starts = [0, *(at + 1 for at, unit in enumerate(units) if unit == _LINE_FEED)]
    seen: Counter[int] = Counter()
    hashes = []
    for start in starts:
        value = (before[start + _WINDOW] - before[start] * _FORGET) & _MASK
        seen[value] += 1
        hashes.append(f"{value:x}:{seen[value]}")
    return tuple(hashes)


def report_fingerprints(report: Report) -> list[str]:
    """The stable fingerprint of each finding of a report, in its order."""
    found = report.fingerprints or fingerprints(report.every_finding, report.sources)
    return list(found[: len(report.findings)])


def fingerprints(findings: Sequence[Finding], sources: Callable[[str], SourceText]) -> list[str]:
    """The stable fingerprints of findings whose text `sources` gives; it raises OSError where there is none any more.

    They outlive another name of a method's receiver, too.

    Suppressed findings and others that are left out are to be given too, so that leaving one out renames no other.
    """
    return stable_fingerprints(findings, [_text_at(sources, finding) for finding in findings])


def _text_at(sources: Callable[[str], SourceText], finding: Finding) -> str:
    """The text that a finding points at, with one name for all receivers; empty if the file cannot be read."""
    try:
        source = sources(finding.span.path)
    except OSError:
        return ""
    text = snippet(source, finding.span)
    receiver = _receiver(source, finding)
    return re.sub(rf"(?<![\w.]){receiver}(?!\w)", _RECEIVER, text) if receiver else text


def _receiver(source: SourceText, finding: Finding) -> str:
    """The receiver's name in the method that a finding is in; empty for a function."""
    name = _CLOSURE.sub("", finding.function).rpartition(".")[2]
    before = source.data[: finding.span.start].decode("utf-8", "replace")
    methods = [match for match in _METHOD.finditer(before) if match[2] == name]
    return methods[-1][1] if methods and "." in finding.function else ""


def stable_fingerprints(findings: Sequence[Finding], snippets: Sequence[str]) -> list[str]:
    """One fingerprint per finding, in the same order; `snippets` holds the source text each finding points at.

    It stays when lines move, when a file is renamed within its package, when code is formatted, and when another
    function literal comes before the finding's own. Findings alike in all that is hashed are numbered by where they
    stand, whatever the order they come in.
    """
    keys = [
        (finding.rule, finding.package, _CLOSURE.sub("", finding.function), "".join(snippet.split()))
        for finding, snippet in zip(findings, snippets, strict=True)
    ]
    seen: Counter[tuple[str, str, str, str]] = Counter()
    fingerprints = [""] * len(keys)
    for at in sorted(range(len(keys)), key=lambda index: findings[index].span):
        seen[keys[at]] += 1
        named = "\0".join((*keys[at], str(seen[keys[at]])))
        fingerprints[at] = sha256(named.encode("utf-8", "surrogateescape")).hexdigest()
    return fingerprints
