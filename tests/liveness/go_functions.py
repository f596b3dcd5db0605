"""A Go module in; its functions out, ready to be asked."""

import textwrap
from pathlib import Path

from goleaklint.calls.code import DeclaredFunction
from goleaklint.calls.functions import Functions, Sources
from goleaklint.pipeline.calls import call_program


def analysis(root: Path, files: dict[str, str]) -> Functions:
    """The functions of the module `example.com/m` with these files."""
    (root / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    for name, code in files.items():
        (root / name).write_text(textwrap.dedent(code).lstrip(), encoding="utf-8")
    program = call_program(("./...",), root)
    paths = {each.package.path: [scope.source.path for scope in each.scopes.values()] for each in program.packages}
    return Functions(program.declared, program.knowledge, Sources(paths))


def function(functions: Functions, name: str) -> DeclaredFunction:
    """The function that stack traces call `name`."""
    scope = functions.declared.program.package("example.com/m")
    assert scope is not None
    return next(each for each in functions.in_package(scope) if each.function.name == name)
