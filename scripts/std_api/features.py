"""The lines of a Go distribution's `api/*.txt` in; the features that they state out, each under a key.

The form of the lines is that of Go's own checker, cmd/api. A line of any other form is reported, none is skipped.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

_LINE = re.compile(
    r"pkg (?P<package>[\w./]+)(?: \((?P<platform>[\w-]+)\))?, (?P<kind>const|var|func|method|type) (?P<rest>.+)"
)
_APPROVAL = re.compile(r" #\d+$")
_NAME = r"[A-Za-z_]\w*"
_VALUE = re.compile(rf"(?P<name>{_NAME}) (?P<text>.+)")
_FUNC = re.compile(rf"(?P<name>{_NAME})(?P<text>[\[(].*)")
_METHOD = re.compile(
    rf"(?P<text>\((?P<star>\*?)(?P<owner>{_NAME})(?:\[[^\]]*\])?\)) (?P<name>{_NAME})(?P<signature>[\[(].*)"
)
_TYPE = re.compile(rf"(?P<name>{_NAME})(?P<params>\[.*?\](?= (?:struct|interface|func|map|\[)))? (?P<text>.+)")
_MEMBER = re.compile(rf"(?P<head>struct|interface), (?:(?P<embedded>embedded )|(?P<name>{_NAME}))(?P<text>.*)")

# cmd/api reads earlier files so, because these types have become aliases.
_MOVED = {"os.FileInfo": "fs.FileInfo", "os.FileMode": "fs.FileMode", "os.PathError": "fs.PathError"}
UNEXPORTED = "unexported methods"


@dataclass(frozen=True, slots=True)
class Feature:
    """One stated fact.

    `kind` is const, value (of a const), var, func, method, type, field, embedded (in a struct or interface) or ask (a
    method that an interface asks for). `owner` is the type that a method, field or embedded type belongs to. `text` is
    the type, signature or value as written; `prefix` is a method's receiver, or a type's type parameters.
    `platform` is empty where the fact holds everywhere. `doubtful` facts count only where there is no
    other: Go's list of what has changed also names values of constants that are still the same.
    """

    package: str
    platform: str
    kind: str
    owner: str
    name: str
    text: str
    prefix: str = ""
    doubtful: bool = False


def api_files(goroot: Path) -> list[Path]:
    """The files of the released versions, oldest first. Raises FileNotFoundError where there are none."""
    numbered = [
        (int(match[1] or 0), path)
        for path in (goroot / "api").glob("go1*.txt")
        if (match := re.fullmatch(r"go1(?:\.(\d+))?\.txt", path.name))
    ]
    if not numbered:
        raise FileNotFoundError(f"{goroot}/api has no go1*.txt: some repackaged distributions leave them out")
    return [path for _, path in sorted(numbered)]


def read_features(files: Iterable[Path], gone: Path | None = None) -> Iterator[Feature]:
    """What the files state, less what `gone` (Go's except.txt) takes back. Raises ValueError with every odd line."""
    taken_back = set(_lines(gone)) if gone else set()
    odd: list[str] = []
    for path in files:
        for line in _lines(path):
            feature = _feature(line)
            if line in taken_back:
                if feature is not None and feature.kind == "value":
                    yield replace(feature, doubtful=True)
            elif feature is not None:
                yield feature
            elif not line.endswith("//deprecated") and not _is_summary(line):
                odd.append(f"{path.name}: {line}")
    if odd:
        raise ValueError("lines of unknown form:\n" + "\n".join(odd))


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        line = _APPROVAL.sub("", line.strip())
        if line and not line.startswith("#"):
            for old, new in _MOVED.items():
                line = line.replace(old, new)
            yield line


def _is_summary(line: str) -> bool:
    """Reports whether the line only lists an interface's methods, each of which has a line of its own."""
    return re.search(r", type .* interface \{ \w+(, \w+)* \}$", line) is not None


def _feature(line: str) -> Feature | None:
    match = _LINE.fullmatch(line)
    if match is None or line.endswith("//deprecated"):
        return None
    package, platform, kind, rest = match["package"], match["platform"] or "", match["kind"], match["rest"]
    if kind in ("const", "var"):
        value = _VALUE.fullmatch(rest)
        if value is None:
            return None
        text = value["text"]
        if kind == "const" and text.startswith("= "):
            return Feature(package, platform, "value", "", value["name"], text[2:])
        return Feature(package, platform, kind, "", value["name"], text)
    if kind == "func":
        func = _FUNC.fullmatch(rest)
        return func and Feature(package, platform, kind, "", func["name"], func["text"])
    if kind == "method":
        method = _METHOD.fullmatch(rest)
        return method and Feature(
            package, platform, kind, method["owner"], method["name"], method["signature"], method["text"]
        )
    return None if _is_summary(line) else _type_feature(package, platform, rest)


def _type_feature(package: str, platform: str, rest: str) -> Feature | None:
    match = _TYPE.fullmatch(rest)
    if match is None:
        return None
    name, params, text = match["name"], match["params"] or "", match["text"]
    if text == f"interface, {UNEXPORTED}":
        return Feature(package, platform, "ask", name, "unexported", "()", params)
    member = _MEMBER.fullmatch(text)
    if member is None:
        return Feature(package, platform, "type", "", name, text, params)
    if member["embedded"]:
        return Feature(package, platform, "embedded", name, member["text"], member["text"], params)
    kind = "field" if member["head"] == "struct" else "ask"
    return Feature(package, platform, kind, name, member["name"], member["text"].strip(), params)
