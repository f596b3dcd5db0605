"""A function of a module in; its summary, and what it was made from, as text, out."""

from pathlib import Path

from goleaklint.calls.code import DeclaredFunction
from goleaklint.calls.summary import Summary, describe
from goleaklint.files.patterns import PatternError
from goleaklint.pipeline.calls import call_program, summaries


def summary_pages(path: str, function: str, cwd: Path) -> str:
    """The summaries of the functions of a file (of the one called `function`), with the packages below it read.

    Raises PatternError where there is no such file or function.
    """
    program = call_program((f"./{Path(path).parent.as_posix()}/...", path), cwd, tests=True)
    shown = Path(path).as_posix()
    own = {identity: each for identity, each in program.functions().items() if identity.path == shown}
    chosen = {identity: each for identity, each in own.items() if not function or identity.is_called(function)}
    if not chosen:
        known = ", ".join(each.name for each in own) or "none"
        raise PatternError((f"{path} has no function {function or 'with a body'}; it has: {known}",))
    found = summaries(chosen)
    return "\n".join(_page(chosen[identity], summary) for identity, summary in found.items())


def _page(function: DeclaredFunction, summary: Summary) -> str:
    decl = function.function.decl
    fields = (*((decl.receiver,) if decl.receiver else ()), *decl.type.params)
    names = tuple(name for field in fields for name in ([each.name for each in field.names] or ["_"]))
    return f"func {function.function.name}\n{describe(summary, names)}"
