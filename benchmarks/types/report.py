"""Verdicts in; Markdown out: a table of what agrees, the largest causes of what does not, and examples of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from goleaklint.files.text import SourceText

from .agreement import Outcome, Tally, Verdict, tally

OWN = ("std", "module", "basic")
"""The origins of what can be known without the source of any third party."""

_ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("of std and the module", OWN),
    ("of third parties", ("third",)),
    ("all", ()),
)
_CAUSES = 15
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared in one repository."""

    name: str
    expressions: Sequence[Verdict]
    calls: Sequence[Verdict]


def table(comparison: Comparison) -> Iterator[str]:
    """A Markdown table: what was asked, how much of it is known, and how much of what is known is right."""
    yield f"| {comparison.name} | asked | known | unknown | right, of the known | wrong |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for what, verdicts in (("expressions", comparison.expressions), ("calls", comparison.calls)):
        for label, origins in _ROWS:
            yield _row(f"{what}, {label}", tally(verdicts, origins))


def _row(label: str, counts: Tally) -> str:
    known = counts.known_share
    cells = (
        label,
        f"{counts.total:,}",
        _percent(known),
        _percent(None if known is None else 1 - known),
        _percent(counts.right_share),
        f"{counts.different:,}",
    )
    return f"| {' | '.join(cells)} |"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.2%}"


def causes(comparison: Comparison) -> Iterator[str]:
    """The largest groups of unknown and of wrong answers: by reason, by form of syntax, by pair of answers."""
    for what, verdicts in (("expressions", comparison.expressions), ("calls", comparison.calls)):
        own = [each for each in verdicts if each.origin in OWN and each.outcome is Outcome.UNKNOWN]
        third = [each for each in verdicts if each.origin not in OWN and each.outcome is Outcome.UNKNOWN]
        wrong = [each for each in verdicts if each.outcome is Outcome.DIFFERENT]
        groups: tuple[tuple[str, Sequence[Verdict], Callable[[Verdict], str]], ...] = (
            (f"Unknown {what} of std and the module, by reason", own, lambda each: each.given),
            (f"Unknown {what} of std and the module, by form", own, lambda each: each.form),
            (f"Unknown {what} of third parties, by reason", third, lambda each: each.given),
            (f"Wrong {what}, by form", wrong, lambda each: each.form),
            (f"Wrong {what}, by wanted and given", wrong, lambda each: f"{each.wanted} <- {each.given}"),
        )
        for title, group, key in groups:
            yield from _largest(title, group, key)


def _largest(title: str, verdicts: Sequence[Verdict], key: Callable[[Verdict], str]) -> Iterator[str]:
    if not verdicts:
        return
    yield ""
    yield f"{title} ({len(verdicts):,}):"
    for group, count in sorted(Counter(map(key, verdicts)).items(), key=lambda each: (-each[1], each[0]))[:_CAUSES]:
        example = next(each for each in verdicts if key(each) == group)
        yield f"  {count:6,}  {_shortened(group)}  ({example.file}@{example.place[0]})"


def examples(comparison: Comparison, root: Path, count: int) -> Iterator[str]:
    """Up to `count` wrong and `count` unknown answers, of expressions and of calls, spread evenly over all."""
    for what, verdicts in (("expressions", comparison.expressions), ("calls", comparison.calls)):
        for outcome, title in ((Outcome.DIFFERENT, "Wrong"), (Outcome.UNKNOWN, "Unknown")):
            found = [each for each in verdicts if each.outcome is outcome and (each.origin in OWN or title == "Wrong")]
            if found:
                yield ""
                yield f"{title} {what}, {min(count, len(found))} of {len(found):,}:"
            step = max(1, len(found) // count)
            for each in found[::step][:count]:
                yield f"  {where(each, root)}"
                yield f"      wanted {_shortened(each.wanted)}"
                yield f"      given  {_shortened(each.given)}"


def where(verdict: Verdict, root: Path) -> str:
    """`file:line: the text of the expression`; the byte offset instead where the file cannot be read."""
    text = _source(root / verdict.file)
    start, end = verdict.place
    if text is None:
        return f"{verdict.file}@{start}"
    excerpt = " ".join(text.data[start:end].decode("utf-8", "replace").split())
    return f"{verdict.file}:{text.line_of(start)}: {_shortened(excerpt)}"


@lru_cache(maxsize=64)
def _source(path: Path) -> SourceText | None:
    try:
        return SourceText(str(path), path.read_bytes())
    except OSError:
        return None


def _shortened(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 3]}..."
