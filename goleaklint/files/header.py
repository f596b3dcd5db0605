"""The bytes of a Go file in, what stands before its package clause out: is it generated, and for which builds."""

import re
from dataclasses import dataclass, field

from goleaklint.files.constraints import (
    Expression,
    conjunction,
    parse_go_build,
    parse_plus_build,
    suffix_constraint,
)


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of a file before it is parsed. `constraint` joins file name and build line; None is every build."""

    generated: bool = False
    constraint: Expression | None = None


# go.dev/s/generatedcode: a whole line, before the first text that is neither comment nor blank.
_GENERATED = re.compile(rb"// Code generated .* DO NOT EDIT\.\r?")
_GO_BUILD = re.compile(rb"//go:build(?:[ \t](.*))?")
_PLUS_BUILD = re.compile(rb"//\s*\+build(?:[ \t](.*))?")


def read_header(data: bytes, name: str) -> Header:
    """What the text `data` (without byte order mark) of the file called `name` says of itself."""
    lines = _LeadingLines()
    at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        if not lines.take(data[at:end]):
            break
        at = end + 1
    return Header(lines.generated, conjunction((suffix_constraint(name), lines.constraint())))


@dataclass(slots=True)
class _LeadingLines:
    """Reads a file line by line up to its first text, as go/build does.

    A `// +build` line counts only if a blank line follows before the first line that is not a // comment: `pending`
    holds those that still wait for one, `in_run` tells that no such line was met.
    """

    generated: bool = False
    go_build: bytes | None = None
    plus_build: list[bytes] = field(default_factory=list)
    pending: list[bytes] = field(default_factory=list)
    in_run: bool = True
    in_block: bool = False

    def take(self, raw: bytes) -> bool:
        """Reads a line without its newline; reports whether it holds nothing but comments."""
        self.generated |= _GENERATED.fullmatch(raw) is not None
        line = raw.strip()
        if self.in_run and not line:
            self.plus_build += self.pending
            self.pending.clear()
            return True
        self.in_run &= line.startswith(b"//")
        if not self.in_block:
            self._note_constraint(line)
        return self._only_comments(line)

    def constraint(self) -> Expression | None:
        """What the build lines demand; a //go:build line leaves the older form without a say."""
        if self.go_build is not None:
            return parse_go_build(self.go_build.decode("utf-8", "replace"))
        return parse_plus_build(line.decode("utf-8", "replace") for line in self.plus_build)

    def _note_constraint(self, line: bytes) -> None:
        if match := _GO_BUILD.fullmatch(line):
            self.go_build = self.go_build or match[1] or b""
        elif self.in_run and (match := _PLUS_BUILD.fullmatch(line)):
            self.pending.append(match[1] or b"")

    def _only_comments(self, line: bytes) -> bool:
        at = 0
        while at < len(line):
            if self.in_block:
                at = line.find(b"*/", at) + 2
                if at == 1:
                    return True
                self.in_block = False
            elif line.startswith(b"/*", at):
                self.in_block = True
                at += 2
            elif line[at : at + 1].isspace():
                at += 1
            else:
                return line.startswith(b"//", at)
        return True
