"""A span and its source in, the text that identifies a finding there out."""

from goleaklint.files.text import SourceText
from goleaklint.model import Span


def snippet(text: SourceText, span: Span) -> str:
    """The part of a span that lies on its first line, on which fingerprints rest."""
    units = text.line(span.line).encode("utf-16-le")
    end = span.end_column if span.end_line == span.line else len(units) // 2 + 1
    return units[2 * (span.column - 1) : 2 * (end - 1)].decode("utf-16-le", "replace")
