"""What `--output` and `--format` say in, written reports out. Only the format that is asked for is imported."""

import os
import secrets
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Final

from goleaklint.reports.report import Report

STDOUT: Final = "-"

# A terminal gets these in its own encoding; what programs read is UTF-8 everywhere.
_FOR_PEOPLE: Final = ("text", "concise")


@dataclass(frozen=True, slots=True)
class Output:
    """A report that is asked for: in which format, and the file it goes to or `-` for standard output."""

    format: str
    path: str = STDOUT


@dataclass(frozen=True, slots=True)
class Look:
    """What a format may be asked for: text its colour and width, SARIF the findings that were suppressed.

    `category` is what GitHub tells the analyses of one commit apart by; "" stands for the module's path.
    """

    color: bool = False
    width: int = 80
    suppressed: bool = False
    category: str = ""


class OutputError(ValueError):
    """What is wrong with the outputs asked for, all mistakes at once, one a line."""


def _text(report: Report, look: Look) -> str:
    from goleaklint.reports import text

    return text.render(report, color=look.color, width=look.width)


def _sarif(report: Report, look: Look) -> str:
    from goleaklint.reports import sarif

    return sarif.render(report, include_suppressed=look.suppressed, category=look.category)


def _plain(module: str) -> Callable[[Report, Look], str]:
    """The format of a module that can be asked for nothing but the report."""

    def rendered(report: Report, _look: Look) -> str:
        render: Callable[[Report], str] = import_module(f"goleaklint.reports.{module}").render
        return render(report)

    return rendered


FORMATS: Final[Mapping[str, Callable[[Report, Look], str]]] = {
    "text": _text,
    "concise": _plain("concise"),
    "json": _plain("json_report"),
    "sarif": _sarif,
    "github": _plain("github"),
    "gitlab": _plain("gitlab"),
    "junit": _plain("junit"),
    "markdown": _plain("markdown"),
}


def parse(values: Iterable[str]) -> tuple[Output, ...]:
    """The outputs that `FORMAT=PATH` or a bare `FORMAT` name. Raises OutputError, which lists every mistake."""
    outputs: list[Output] = []
    mistakes: list[str] = []
    for value in values:
        name, equals, path = value.partition("=")
        if name not in FORMATS:
            mistakes.append(_unknown(name, value))
        elif equals and not path:
            mistakes.append(f"'{value}' names no file; write {name}=FILE, or {name}=- for standard output")
        elif any(_same_target(path or STDOUT, other.path) for other in outputs):
            mistakes.append(f"'{value}' goes where another report goes; each needs a file of its own")
        else:
            outputs.append(Output(name, path or STDOUT))
    if mistakes:
        raise OutputError("\n".join(mistakes))
    return tuple(outputs)


def render(name: str, report: Report, look: Look | None = None) -> str:
    """The report in one of FORMATS."""
    return FORMATS[name](report, look or Look())


def deliver(output: Output, report: Report, look: Look) -> None:
    """Render and write. What goes to a file has no colour, and not the width of this terminal. Raises OSError."""
    plain = replace(look, color=False, width=Look().width)
    write(output, render(output.format, report, look if output.path == STDOUT else plain))


def write(output: Output, text: str) -> None:
    """Write a report, UTF-8, to its file or to standard output.

    A file is replaced in one step, so that nobody reads half a report; missing directories are made. Raises OSError.
    """
    path = Path(output.path)
    if output.path == STDOUT:
        _print(text, sys.stdout.encoding if output.format in _FOR_PEOPLE else "utf-8")
    elif path.exists() and not path.is_file():
        # A device or a pipe (/dev/null, a process substitution) is written to; replacing it would destroy it.
        path.write_bytes(text.encode("utf-8", "backslashreplace"))
    else:
        _replace(Path(os.path.realpath(path)), text.encode("utf-8", "backslashreplace"))


def _print(text: str, encoding: str) -> None:
    """The bytes go out as they are: no platform's line endings, and no error for what a terminal cannot encode."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode(encoding, "backslashreplace"))
    sys.stdout.buffer.flush()


def _replace(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(target)
    except BaseException as problem:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            problem.filename = str(target)  # nobody has heard of the file beside it
        raise


def _unknown(name: str, value: str) -> str:
    near = get_close_matches(name, FORMATS, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(FORMATS)}"
    return f"unknown format '{name}' in '{value}': {hint}" if name != value else f"unknown format '{name}': {hint}"


def _same_target(one: str, other: str) -> bool:
    return one == other or (STDOUT not in (one, other) and os.path.realpath(one) == os.path.realpath(other))
