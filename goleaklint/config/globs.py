"""A pattern for paths, in the notation of .gitignore, comes in; whether a path matches it goes out.

- `*` and `?` match within one name, `[a-z]` and `[!a-z]` one character, `**` any number of directories.
- A pattern with a slash at its start or inside counts from the pattern's own directory; one without matches a name at
  any depth: `mocks`, `*.pb.go`.
- What matches a directory matches all that is below it; with a slash at its end it matches directories only.

There is no negation with `!`: no key of the configuration needs it.
"""

import os
import re
from dataclasses import dataclass
from functools import lru_cache

_SIGN = re.compile(r"\*+|\?|\\.|\[[!^]?\]?[^\]]*\]|[^*?\\\[]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PathGlob:
    """A pattern and the absolute path of the directory that it counts from."""

    pattern: str
    base: str

    def matches(self, path: str) -> bool:
        """Reports whether a path matches; a relative one counts from the working directory."""
        base = self.base.rstrip(os.sep) + os.sep
        absolute = os.path.abspath(path)  # noqa: PTH100 - purely textual, and called once per file
        if not absolute.startswith(base):
            return False
        below = absolute[len(base) :].replace(os.sep, "/")
        return _expression(self.pattern).match(below) is not None


def glob_complaint(pattern: str) -> str:
    """What is wrong with a pattern, as the end of a sentence that starts with it; empty if nothing is."""
    names = _body(pattern).split("/")
    if pattern.startswith("!"):
        return "starts with !, but patterns cannot be negated here"
    if names == [""]:
        return "is empty"
    if ".." in names:
        return "climbs out with ..: patterns count from the directory they are written in"
    try:
        _expression(pattern)
    except re.error:
        return "has a character range that is not one"
    return ""


def _body(pattern: str) -> str:
    return pattern.removeprefix("./").strip("/")


@lru_cache(maxsize=512)
def _expression(pattern: str) -> re.Pattern[str]:
    body = _body(pattern)
    anchored = pattern.startswith("/") or "/" in body
    names = body.split("/") if anchored else ["**", body]
    names = [name for at, name in enumerate(names) if name != "**" or names[at - 1 : at] != ["**"]]
    *directories, last = names
    text = "".join("(?:[^/]+/)*" if name == "**" else _name(name) + "/" for name in directories)
    text += ".+" if last == "**" else _name(last)
    return re.compile(text + ("/" if pattern.endswith("/") else r"(?:/|\Z)"), re.DOTALL)


def _name(name: str) -> str:
    """The expression for one name. All stars but the last are settled at their first match, as in fnmatch: without
    that, a pattern of many stars takes time beyond all bounds."""
    pieces = [""]
    for sign in _SIGN.findall(name):
        if sign[0] == "*":
            pieces.append("")
        else:
            pieces[-1] += _character(sign)
    first, *rest = pieces
    settled = "".join(f"(?>[^/]*?{piece})" for piece in rest[:-1])
    return first + settled + (f"[^/]*{rest[-1]}" if rest else "")


def _character(sign: str) -> str:
    if sign == "?":
        return "[^/]"
    if sign[0] == "[" and len(sign) > 1:
        negated = sign[1] in "!^"
        inside = sign[2 if negated else 1 : -1].replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]")
        return f"(?!/)[{'^' if negated else ''}{inside}]"
    return re.escape(sign[1] if sign[0] == "\\" and len(sign) > 1 else sign)
