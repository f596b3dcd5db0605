from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from line_hash_cases import LINE_HASH_CASES
from sarif_sample import PEER, abandoned_send, open_iterator, span

from goleaklint.files.text import SourceText
from goleaklint.model import Finding
from goleaklint.reports.fingerprints import fingerprints, line_hashes, stable_fingerprints


def by_definition(text: str) -> tuple[str, ...]:
    """The hash as GitHub describes it, each line on its own: 100 code units that are no blanks, the end, zeros."""
    units: list[int] = []
    starts = [0]
    after_cr = False
    for character in text:
        if character in " \t" or (after_cr and character == "\n"):
            after_cr = False
            continue
        after_cr = character == "\r"
        data = ("\n" if after_cr else character).encode("utf-16-le")
        units += [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]
        if units[-1] == ord("\n"):
            starts.append(len(units))
    units += [0xFFFF, *[0] * 100]
    seen: Counter[int] = Counter()
    hashes = []
    for start in starts:
        value = sum(unit * 37 ** (99 - at) for at, unit in enumerate(units[start : start + 100])) % 2**64
        seen[value] += 1
        hashes.append(f"{value:x}:{seen[value]}")
    return tuple(hashes)


@pytest.mark.parametrize(("text", "hashes"), LINE_HASH_CASES.values(), ids=LINE_HASH_CASES)
def test_line_hashes_are_those_of_github(text: str, hashes: tuple[str, ...]) -> None:
    assert line_hashes(text) == hashes
    assert by_definition(text) == hashes


@given(st.text(alphabet="ab{} \t\r\n\x00é🦫\uffff", max_size=300))
@example("\r \n")
@example("\r\t\n\r\n")
@example("🦫" * 60 + "\n" + "🦫" * 60)
def test_line_hashes_follow_the_definition(text: str) -> None:
    assert line_hashes(text) == by_definition(text)


def test_different_lines_can_have_one_hash_and_are_numbered_together() -> None:
    # Base 37 over code units: one more in a place equals 37 more in the next.
    twice = line_hashes("bA\n" + "x" * 200 + "\naf\n" + "x" * 200)
    assert twice[0] != twice[2]
    assert (twice[0].split(":")[0], twice[2]) == (twice[2].split(":")[0], twice[2].split(":")[0] + ":2")


def moved(finding: Finding, lines: int) -> Finding:
    at = finding.span
    return replace(
        finding,
        span=replace(at, line=at.line + lines, end_line=at.end_line + lines, start=at.start + 99, end=at.end + 99),
    )


def test_stable_fingerprint_outlives_moves_and_formatting() -> None:
    finding = abandoned_send()
    before = stable_fingerprints([finding], ["c <- slow( x )"])
    assert before == stable_fingerprints([moved(finding, 7)], ["c  <-\tslow( x )"])
    assert len(before[0]) == 64


@pytest.mark.parametrize(
    "change", [{"rule": "GL201"}, {"package": "other"}, {"function": "(*Peer[K]).stop"}], ids=lambda change: str(change)
)
def test_stable_fingerprint_tells_findings_apart(change: dict[str, str]) -> None:
    finding = abandoned_send()
    other = replace(finding, **change)  # type: ignore[arg-type]
    assert len(set(stable_fingerprints([finding, other], ["c <- x", "c <- x"]))) == 2
    assert len(set(stable_fingerprints([finding, finding], ["c <- x", "d <- x"]))) == 2


def test_findings_alike_are_numbered_by_position_and_not_by_order() -> None:
    first = abandoned_send()
    findings = [first, moved(first, 3), moved(first, 5), replace(open_iterator(), span=span(PEER, "p.closed"))]
    named = dict(zip(findings, stable_fingerprints(findings, ["c <- x"] * 4), strict=True))
    assert len(set(named.values())) == 4
    for order in permutations(findings):
        assert stable_fingerprints(order, ["c <- x"] * 4) == [named[finding] for finding in order]


METHOD = """package p

func (other *Set) first() { NAME.lock(1) }

func (NAME *Set) add(x int) {
	go func() { NAME.lock(2, NAME, x) }()
	go func() { NAME.lock(3, x.NAME) }()
}

func add(NAME *Set) { NAME.lock(4) }
"""


def at_lock(name: str, number: int, function: str) -> str:
    """The fingerprint of a finding at the call of this number in METHOD, with a name for the receiver."""
    text = METHOD.replace("NAME", name).encode()
    source = SourceText("p.go", text)
    start = text.index(f"{name}.lock({number}".encode())
    finding = replace(abandoned_send(), span=source.span(start, text.index(b" }", start)), function=function)
    (fingerprint,) = fingerprints([finding], lambda _: source)
    return fingerprint


@pytest.mark.parametrize(
    ("number", "function", "names"),
    [
        (2, "(*Set).add", 1),
        (2, "(*Set).add.func1", 1),
        (3, "(*Set).add.func2", 3),  # x.NAME is a field
        (1, "(*Set).first", 3),  # the receiver has another name there
        (4, "add", 3),
    ],
)
def test_stable_fingerprint_outlives_another_name_of_the_receiver(number: int, function: str, names: int) -> None:
    assert len({at_lock(name, number, function) for name in ("s", "set", "größe")}) == names
