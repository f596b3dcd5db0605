"""Text on its way into SARIF: names, messages and Markdown in the form that its readers display as meant."""

import re
from collections.abc import Iterator, Sequence

from goleaklint.reports.escape import visible

# SARIF reads braces as placeholders and brackets as links, whoever wrote them. Names of generic functions hold
# brackets. The full-width forms read the same and mean nothing.
_HARMLESS = str.maketrans("{}[]", "\uff5b\uff5d\uff3b\uff3d")

_FENCE = re.compile(r"\s*(```|~~~)")
# Lines that start something of their own and so are never joined to the line before.
_BLOCK_START = re.compile(r"\s*(?:[-*+] |\d+[.)] |#{1,6} |\||>)")
_STANDS_ALONE = re.compile(r"\s*(?:#{1,6} |\|)")


def message_text(text: str) -> str:
    """`text` as a SARIF message: without braces and brackets, on one line, nothing invisible, ended by a full stop."""
    line = harmless(text)
    return line if not line or line[-1] in ".!?" else line + "."


def harmless(text: str) -> str:
    """`text` as a part of a message: a name, or the text of a link."""
    return visible(" ".join(text.split())).translate(_HARMLESS)


def shortened(text: str, limit: int) -> str:
    """`text` if it has at most `limit` characters, else its first words and an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "…"


def pascal_case(slug: str) -> str:
    """`abandoned-send` as `AbandonedSend`."""
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", slug))


def unwrapped(markdown: str) -> str:
    """Markdown with each paragraph and list item on one line; code blocks stay as they are.

    GitHub shows a single line break as one, so text wrapped for editors would be ragged there.
    """
    return "\n".join(_joined(markdown.strip().splitlines()))


def plain_text(markdown: str) -> str:
    """Unwrapped Markdown without the marks of headings and code fences, for readers that show text only."""
    kept = (line for line in unwrapped(markdown).splitlines() if not _FENCE.match(line))
    return "\n".join(re.sub(r"^#{1,6} ", "", line) for line in kept).strip()


def _joined(lines: Sequence[str]) -> Iterator[str]:
    paragraph: list[str] = []
    in_code = False
    for line in lines:
        fence = bool(_FENCE.match(line))
        apart = fence or in_code or not line.strip()
        if paragraph and (apart or _BLOCK_START.match(line) or _STANDS_ALONE.match(paragraph[0])):
            yield " ".join(paragraph)
            paragraph = []
        in_code ^= fence
        if apart:
            yield line.rstrip()
        else:
            paragraph.append(line.strip() if paragraph else line.rstrip())
    if paragraph:
        yield " ".join(paragraph)
