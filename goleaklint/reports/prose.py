"""Markdown in, lines for the terminal out. It knows what rule texts use: paragraphs, lists, headings, code blocks."""

import re
from collections.abc import Iterator

from goleaklint.reports.columns import TAB_WIDTH, wrap
from goleaklint.reports.escape import visible
from goleaklint.reports.paint import Paint

_FENCE = re.compile(r"\s*(```|~~~)")
_HEADING = re.compile(r"#{1,6} +(.*)")
_ITEM = re.compile(r" *([-*+]|\d+[.)]) +")
_CODE_INSET = "    "


def prose(markdown: str, paint: Paint, width: int, inset: str = "") -> Iterator[str]:
    """`markdown` in lines of at most `width` columns, each after `inset`; code is indented and never broken."""
    paragraph: list[str] = []
    in_code = False
    for line in markdown.strip("\n").splitlines():
        fence = bool(_FENCE.match(line))
        if paragraph and (fence or not line.strip() or _HEADING.match(line) or _ITEM.match(line)):
            yield from _paragraph(paragraph, width, inset)
            paragraph = []
        if fence:
            in_code = not in_code
        elif in_code:
            yield f"{inset}{_CODE_INSET}{visible(line.expandtabs(TAB_WIDTH))}".rstrip()
        elif heading := _HEADING.match(line):
            yield f"{inset}{paint.strong(visible(heading[1]))}"
        elif line.strip():
            paragraph.append(line)
        else:
            yield ""
    yield from _paragraph(paragraph, width, inset)


def _paragraph(lines: list[str], width: int, inset: str) -> Iterator[str]:
    """Joined lines, broken anew; those of a list item stand under its first word."""
    text = " ".join(lines)
    item = _ITEM.match(text)
    lead = item[0] if item else ""
    for at, line in enumerate(wrap(text[len(lead) :], width - len(inset) - len(lead))):
        yield f"{inset}{lead if at == 0 else ' ' * len(lead)}{line}"
