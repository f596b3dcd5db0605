"""A function of a module in; its summary, and what it was made from, as text, out."""

from pathlib import Path

from goleaklint.calls.nodes import FunctionId
from goleaklint.calls.summary import Summary, describe
from goleaklint.files.patterns import PatternError
from goleaklint.pipeline.calls import call_program
from goleaklint.syntax import ast


def summary_pages(path: str, function: str, cwd: Path) -> str:
    """The summaries of the functions of a file (of the one called `function`), with the module around it read.

    Raises PatternError where there is no such file or function.
    """
    program = call_program((f"./{Path(path).parent.as_posix()}/...", path), cwd, tests=True)
    graph = program.graph()
    chosen = [each for each in graph.functions if each.path == Path(path).as_posix() and ".func" not in each.name]
    chosen = [each for each in chosen if not function or each in graph.find(function)]
    if not chosen:
        raise PatternError((f"{path} has no function {function or 'with a body'}",))
    found = program.summaries(graph, chosen)
    decls = {
        (each.file.text.path, each.decl.start): each.decl
        for entry in program.packages
        for each in entry.package.functions
    }
    return "\n".join(_page(each, found[each], decls[each.path, each.start]) for each in chosen if each in found)


def _page(identity: FunctionId, summary: Summary, decl: ast.FuncDecl) -> str:
    fields = (*((decl.receiver,) if decl.receiver else ()), *decl.type.params)
    names = tuple(name for field in fields for name in ([each.name for each in field.names] or ["_"]))
    return f"func {identity.name}\n{describe(summary, names)}"
