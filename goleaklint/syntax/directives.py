"""A file's text and tree in, suppressions out: what each comment addressed to linters says and which lines it covers.

Three languages are understood: `//goleaklint:ignore`, golangci-lint's `//nolint` and staticcheck's `//lint:ignore`.
The scopes are theirs, with two additions that users expect to work: a comment after the last line of a simple statement
also speaks of the statement's first line, and a comment above a line that starts in another column (gofmt may indent a
comment above a `case` like the body before it) speaks of that line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goleaklint.files.text import SourceText
from goleaklint.model import Span, Suppression

if TYPE_CHECKING:
    from tree_sitter import Node

_EXAMPLE = "//goleaklint:ignore GL202 -- reason"
_CANDIDATE = re.compile(rb"//[/ ]*(?:nolint|goleaklint:|lint:)")
_VISIBLE = re.compile(rb"[ \t]*[^ \t\r\n]")
_NATIVE = re.compile(r"goleaklint:(?P<verb>[a-z-]*)(?P<rest>.*)", re.DOTALL)
_REASON_FOLLOWS = re.compile(r"(?:^|\s)(?:--|//)")
_RULE_ID = re.compile(r"gl\d{3}")
_GLOB = re.compile(r"[*?\[]")

_VERBS = {"ignore": False, "ignore-file": True}
# Contracts are directives too; whoever lowers declarations reads them.
_CONTRACTS = frozenset({"owns", "borrows", "acquires", "releases"})

# The grammar's own groupings: Go's syntax tree, by which golangci-lint scopes, has no such nodes.
_GROUPINGS = frozenset({"source_file", "statement_list", "ERROR"})
_SIMPLE_STATEMENTS = frozenset(
    {
        "assignment_statement",
        "dec_statement",
        "defer_statement",
        "expression_statement",
        "go_statement",
        "inc_statement",
        "return_statement",
        "send_statement",
        "short_var_declaration",
        "var_declaration",
        "var_spec",
    }
)


@dataclass(frozen=True, slots=True)
class DirectiveMistake:
    """A comment that means to suppress something and does not. `message` says why, without a full stop."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class _Wording:
    """What a comment says; where it stands decides the rest. `line_only` is staticcheck's scope: never a whole node."""

    rules: tuple[str, ...] = ()
    reason: str = ""
    whole_file: bool = False
    anywhere: bool = False
    general: bool = False
    line_only: bool = False


def directives(source: SourceText, root: "Node") -> tuple[list[Suppression], list[DirectiveMistake]]:
    """The suppressions that stand in a file, in order, and the comments that look like one but have no effect.

    `root` is the tree of `source`. The tree is not touched in a file that holds none of the words.
    """
    suppressions: list[Suppression] = []
    mistakes: list[DirectiveMistake] = []
    if b"nolint" not in source.data and b"lint:" not in source.data:
        return suppressions, mistakes
    for comment in _candidates(source, root):
        # The grammar takes the carriage return of a Windows line ending into the comment.
        visible = source.data[comment.start_byte : comment.end_byte].rstrip()
        text = visible.decode("utf-8", "replace")
        wording = _read(text)
        span = source.span(comment.start_byte, comment.start_byte + len(visible))
        if (
            isinstance(wording, _Wording)
            and wording.whole_file
            and not wording.anywhere
            and _below_package(root, comment)
        ):
            wording = "goleaklint:ignore-file works only above the package clause"
        if isinstance(wording, str):
            mistakes.append(DirectiveMistake(span, wording))
        elif wording is not None:
            suppressions += _placed(source, root, comment, wording, span, text)
    return suppressions, mistakes


def _candidates(source: SourceText, root: "Node") -> Iterator["Node"]:
    """The line comments that start like a directive; the same text inside a string or a comment is none."""
    for match in _CANDIDATE.finditer(source.data):
        node = root.descendant_for_byte_range(match.start(), match.start() + 1)
        if node is not None and node.type == "comment" and node.start_byte == match.start():
            yield node


# --- what a comment says; a string is the reason why it says nothing that counts --------------------------------------


def _read(text: str) -> _Wording | str | None:
    bare = text.lstrip("/ ")
    if bare.startswith("nolint"):
        return _read_nolint(bare)
    if text.startswith("//lint:"):
        return _read_staticcheck(text)
    if bare.startswith("goleaklint:"):
        return _read_native(bare, exact=text.startswith("//goleaklint:"))
    return None


def _read_native(bare: str, *, exact: bool) -> _Wording | str | None:
    """`exact` is set where no blank follows the slashes, as Go wants it of directives: only then can it be misspelt."""
    match = _NATIVE.match(bare)
    if match is None:
        return None
    verb, rest = match["verb"], match["rest"]
    if verb in _CONTRACTS:
        return None
    if verb not in _VERBS:
        return f'there is no directive "goleaklint:{verb}"; write {_EXAMPLE}' if exact else None
    if rest and not rest[0].isspace():
        return f"the rules stand after a blank; write {_EXAMPLE}" if exact else None
    names, reason = _split_reason(rest)
    rules = tuple(filter(None, re.split(r"[,\s]+", names)))
    if not rules:
        return f'it names no rule; write {_EXAMPLE}, or "all" for every rule'
    every = any(rule.lower() == "all" for rule in rules)
    return _Wording(() if every else rules, reason, whole_file=_VERBS[verb])


def _split_reason(text: str) -> tuple[str, str]:
    match = _REASON_FOLLOWS.search(text)
    return (text[: match.start()], text[match.end() :].strip()) if match else (text, "")


def _read_nolint(bare: str) -> _Wording | str | None:
    """golangci-lint's reading: `nolint` alone or before a blank means every linter, names are cut at commas."""
    if bare.startswith("nolint:"):
        listed, _, reason = bare.removeprefix("nolint:").partition("//")
    elif bare == "nolint" or bare.startswith("nolint "):
        return _Wording(general=True, reason=bare.partition("//")[2].strip())
    else:
        return None
    linters = [item.strip().lower() for item in listed.split(",")]
    if "all" in linters or listed.startswith("all"):
        return _Wording(general=True, reason=reason.strip())
    if "goleaklint" in linters:
        return _Wording(reason=reason.strip())
    return _nolint_mistake(linters)


def _nolint_mistake(linters: list[str]) -> str | None:
    for linter in linters:
        if linter.startswith("goleaklint "):
            return 'what stands up to the next comma is taken for a linter\'s name; write "//" before the reason'
        if _RULE_ID.fullmatch(linter):
            return f"nolint names linters, not rules; write //nolint:goleaklint or {_EXAMPLE}"
    return None


def _read_staticcheck(text: str) -> _Wording | str | None:
    """staticcheck's reading: checks are globs without blanks, and there is no suppression without a reason."""
    verb, *arguments = text.removeprefix("//lint:").split()
    if verb not in {"ignore", "file-ignore"} or not arguments:
        return None
    checks = tuple(check for check in arguments[0].split(",") if _may_mean_us(check))
    if not checks:
        return None
    if len(arguments) < 2:
        return f"the reason is missing; write //lint:{verb} {checks[0]} reason"
    return _Wording(
        checks,
        " ".join(arguments[1:]),
        whole_file=verb == "file-ignore",
        anywhere=True,
        general=not any(check.lower().startswith("gl") for check in checks),
        line_only=True,
    )


def _may_mean_us(check: str) -> bool:
    fixed = _GLOB.split(check, maxsplit=1)[0].lower()
    if fixed == check.lower():
        return _RULE_ID.fullmatch(fixed) is not None
    return fixed.startswith("gl") or "gl".startswith(fixed)


# --- which lines it covers --------------------------------------------------------------------------------------------


def _placed(
    source: SourceText, root: "Node", comment: "Node", wording: _Wording, span: Span, text: str
) -> Iterator[Suppression]:
    stretches = None if wording.whole_file else _lines(source, root, comment, wording)
    for first, last in stretches or [(1, source.line_count)]:
        whole_file = stretches is None
        yield Suppression(span, text, wording.rules, wording.reason, first, last, whole_file, wording.general)


def _lines(source: SourceText, root: "Node", comment: "Node", wording: _Wording) -> list[tuple[int, int]] | None:
    """The stretches of lines a comment covers, first and last of each, by where it stands; None for the whole file."""
    line = source.line_of(comment.start_byte)
    start = source.line_start(line)
    before = source.data[start : comment.start_byte].rstrip(b" \t").removeprefix(b"\xef\xbb\xbf")
    if before:
        return _lines_before(source, root, start + len(before) - 1, line)
    below = _code_below(source, root, line, over_blank_lines=wording.line_only)
    if below is None:
        line = min(line + 1, source.line_count)
        return [(line, line)]
    column = comment.start_byte - start
    line = source.line_of(below)
    node = None if wording.line_only or below - source.line_start(line) != column else _outermost_at(root, below)
    if node is None:
        return [(line, line)]
    return None if node.type == "package_clause" else [(line, _last_line(source, node))]


def _lines_before(source: SourceText, root: "Node", last: int, line: int) -> list[tuple[int, int]]:
    """The line whose code ends with the byte at `last`, and the first line of the simple statement that ends there.

    The lines between are left out: they may hold a whole function literal, of which the comment does not speak.
    """
    node = root.descendant_for_byte_range(last, last + 1)
    first = line
    while node is not None and _last_line(source, node) == line:
        if node.type in _SIMPLE_STATEMENTS:
            first = source.line_of(node.start_byte)
        node = node.parent
    return [(line, line)] if first == line else [(first, first), (line, line)]


def _code_below(source: SourceText, root: "Node", line: int, *, over_blank_lines: bool) -> int | None:
    """The offset of the first code below the comment in `line` and the comment lines that follow it directly.

    None where a blank line or the end of the file comes first.
    """
    while line < source.line_count:
        line += 1
        match = _VISIBLE.match(source.data, source.line_start(line))
        if match is None:
            if over_blank_lines:
                continue
            return None
        offset = match.end() - 1
        node = root.descendant_for_byte_range(offset, offset + 1)
        if node is None or node.type != "comment" or node.start_byte != offset:
            return offset
        line = source.line_of(node.end_byte)
    return None


def _outermost_at(root: "Node", offset: int) -> "Node | None":
    """The largest piece of Go syntax that starts exactly at `offset`; None where only a brace or a keyword does."""
    node = root.descendant_for_byte_range(offset, offset + 1)
    found = None
    while node is not None and node.start_byte == offset and node.type not in _GROUPINGS:
        if node.is_named and node.type != "expression_list":
            found = node
        node = node.parent
    return found


def _last_line(source: SourceText, node: "Node") -> int:
    """The line of the node's last visible byte; the grammar counts the newline after a `case` as part of it."""
    end = node.end_byte
    while end > node.start_byte and source.data[end - 1 : end].isspace():
        end -= 1
    return source.line_of(max(end - 1, node.start_byte))


def _below_package(root: "Node", comment: "Node") -> bool:
    clause = next((child for child in root.children if child.type == "package_clause"), None)
    return clause is not None and clause.start_byte < comment.start_byte
