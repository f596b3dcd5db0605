"""Text from source code in, text that is safe where it goes out: a terminal, a workflow log, a UTF-8 file.

File names, identifiers and source lines are written by whoever wrote the Go code, who need not be a friend.
"""

import re

# Everything that moves the cursor, is invisible, reorders what surrounds it (Unicode's "trojan source" controls), or
# cannot be encoded: the categories Cc, Cf, Cs, Zl and Zp. Then two marks that make a GitHub runner take a line of a log
# for a command: `::` where it could start a line, and `##[` anywhere. Each match is one character.
_UNSAFE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u180e\\u200b-\\u200f"
    "\\u2028-\\u202e\\u2060-\\u206f\\ud800-\\udfff\\ufeff\\ufff9-\\ufffb\\U000110bd\\U000110cd"
    "\\U00013430-\\U0001345f\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e007f]"
    r"|(?<!\S):(?=:)|(?<=#)#(?=\[)"
)
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\x1b": "\\e"}
_MARKDOWN = re.compile(r"[\\*_\[\]<>~]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """`text` on one line, with every character that could act on a terminal or a log written as an escape."""
    return _UNSAFE.sub(lambda match: _escaped(match[0]), text)


def unsafe_characters(text: str) -> dict[int, str]:
    """The positions in `text` that `visible` changes, with what it writes there."""
    return {match.start(): _escaped(match[0]) for match in _UNSAFE.finditer(text)}


def encodable(text: str) -> str:
    """`text` with lone surrogates, which stand for undecodable bytes of file names, replaced: UTF-8 has none."""
    return _SURROGATES.sub("\ufffd", text)


def workflow_data(text: str) -> str:
    """`text` as the message of a GitHub workflow command."""
    return encodable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """`text` as the value of a property of a GitHub workflow command."""
    return workflow_data(text).replace(":", "%3A").replace(",", "%2C")


def markdown_cell(text: str) -> str:
    """One line of text as a cell of a Markdown table, all of it visible; what stands between backticks stays code."""
    pieces = visible(" ".join(text.split())).split("`")
    paired = len(pieces) % 2 == 1
    for at in range(0, len(pieces), 2 if paired else 1):
        pieces[at] = _MARKDOWN.sub(r"\\\g<0>", pieces[at])
    return ("`" if paired else "\\`").join(pieces).replace("|", "\\|")


def _escaped(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
