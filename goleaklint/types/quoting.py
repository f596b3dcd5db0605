"""The text of a string or rune literal in, the bytes that it means out."""

import re

_SIMPLE = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)", re.DOTALL)


def unquoted(text: str) -> bytes | None:
    """The value of a literal, quotes included, in UTF-8; of `'\\xff'` the character U+00FF. None if it is malformed."""
    raw = text.encode("utf-8", "replace")
    if len(raw) < 2 or raw[:1] != raw[-1:]:
        return None
    inner = raw[1:-1]
    if raw[:1] == b"`":
        return inner.replace(b"\r", b"")
    if b"\\" not in inner:
        return inner
    as_character = raw[:1] == b"'"

    def meant(match: re.Match[bytes]) -> bytes:
        return _meant(match[1], as_character)

    return _ESCAPE.sub(meant, inner)


def _meant(escape: bytes, as_character: bool) -> bytes:
    first = escape[:1]
    if len(escape) == 1:
        return _SIMPLE.get(escape, escape)
    number = int(escape, 8) if first.isdigit() else int(escape[1:], 16)
    if first in (b"u", b"U") or as_character:
        return chr(number).encode("utf-8", "replace") if number <= 0x10FFFF else b"?"
    return bytes([number & 0xFF])
