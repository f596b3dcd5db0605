"""A file in, its text and header out, or a notification that says why it is not analysed. Runs in worker processes."""

from dataclasses import dataclass, field

from goleaklint.files.header import Header, read_header
from goleaklint.files.selection import GoFile
from goleaklint.model import Notification

# A syntax tree takes about forty times the room of its text, so this is some 300 MB in a worker. The largest files of
# moby with all it vendors, and of go-ethereum, are below 1 MB; what is larger is data in Go's clothes.
MAX_BYTES = 8 << 20

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's text, valid UTF-8 without byte order mark.

    `marked` tells that there was a mark: offsets in the file are then 3 more than in `data`.
    """

    file: GoFile
    data: bytes = field(repr=False)
    header: Header
    marked: bool = False


def load(file: GoFile) -> Loaded | Notification:
    """The file's text and header, or GL900 where it cannot be analysed."""
    data = _read(file)
    if isinstance(data, str):
        return Notification("GL900", data, file.path)
    marked = data.startswith(_BYTE_ORDER_MARK)
    text = data.removeprefix(_BYTE_ORDER_MARK)
    problem = _problem(text)
    if problem is not None:
        message, offset = problem
        return Notification("GL900", message, file.path, text.count(b"\n", 0, offset) + 1)
    name = file.absolute.replace("\\", "/").rpartition("/")[2]
    return Loaded(file, text, read_header(text, name), marked)


def _read(file: GoFile) -> bytes | str:
    """The bytes of the file, or why they cannot be had."""
    data = file.data
    if data is None:
        try:
            with open(file.absolute, "rb") as source:
                data = source.read(MAX_BYTES + 1)
        except OSError as error:
            return f"cannot be read: {error.strerror or error}; not analysed"
    if len(data) > MAX_BYTES:
        return f"larger than {MAX_BYTES >> 20} MiB; not analysed"
    return data


def _problem(text: bytes) -> tuple[str, int] | None:
    """What keeps the text from being Go source, and the offset at which that shows."""
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "not UTF-8 (looks like UTF-16); not analysed", 0
    zero = text.find(b"\0")
    if zero >= 0:
        return "contains a NUL byte (looks binary); not analysed", zero
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return f"not UTF-8 ({_encoding(text)}); not analysed", error.start
    return None


def _encoding(text: bytes) -> str:
    """A guess at why the text is not UTF-8."""
    if not text.decode(errors="ignore").isascii():  # other characters are in order, so one must have been cut
        return "damaged"
    # Latin-1 has no printable characters from 0x80 to 0x9f; Windows uses them.
    return "looks like Windows-1252" if any(0x80 <= byte <= 0x9F for byte in text) else "looks like Latin-1"
