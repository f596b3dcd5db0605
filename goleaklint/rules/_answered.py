"""The comment on a finding's line in; whether it answers a linter that says the very same, out: somebody has looked."""

import re

_COMMENT = re.compile(rb"//\s*(?:nolint:\s*([\w,: ]+)|.*?#nosec\b([\w, ]*))")
"""golangci-lint's comment with the names of linters, and gosec's with the numbers of rules, or none for all."""

_LINTERS = {
    "GL108": frozenset((b"gosec", b"G112", b"G114")),
    "GL403": frozenset((b"bodyclose",)),
    "GL404": frozenset((b"sqlclosecheck",)),
    "GL405": frozenset((b"sqlclosecheck",)),
    "GL603": frozenset((b"govet", b"lostcancel")),
}
"""The linters, or rules of such, that report what a rule of ours does. rowserrcheck is none: it asks for Err only."""

_NAME = re.compile(rb"\w+")


def is_answered(rule: str, line: bytes) -> bool:
    """Reports whether a line of source has a comment that turns off a linter which reports the same as the rule."""
    linters = _LINTERS.get(rule)
    found = _COMMENT.search(line) if linters is not None and b"//" in line else None
    if found is None or linters is None:
        return False
    names, numbers = found.groups()
    if names is None and not numbers.strip():
        return b"gosec" in linters
    return not linters.isdisjoint(_NAME.findall(names if names is not None else numbers))
