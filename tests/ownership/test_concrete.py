"""Whether all that a function can return is something whose Close does nothing."""

import textwrap
from pathlib import Path

import pytest

from goleaklint.calls.functions import Functions, Sources
from goleaklint.flow import ops
from goleaklint.ownership.concrete import is_hollow
from goleaklint.pipeline.calls import call_program

SOURCE = """
    package m

    import (
        "io"
        "os"
    )

    type nothing struct{}

    func (nothing) Close() error { return nil }

    func fill(c *io.Closer) {}

    func open(b bool, file *os.File, given io.Closer, x any) io.Closer { BODY }

    func use() { open(false, nil, nil, nil) }
"""


@pytest.mark.parametrize(
    ("body", "hollow"),
    [
        ("return nothing{}", True),
        ("if b { return nil }; return nothing{}", True),
        ("var c io.Closer; if b { c = nothing{} }; return c", True),
        ("for _, c := range []io.Closer{nothing{}} { return c }; return nothing{}", True),
        ("return nil", False),
        ("if b { return file }; return nothing{}", False),
        ("if b { return given }; return nothing{}", False),
        ("switch c := x.(type) { case io.Closer: return c }; return nothing{}", False),
        ("var c io.Closer; fill(&c); if b { return c }; return nothing{}", False),
        ("for _, c := range x.([]io.Closer) { return c }; return nothing{}", False),
    ],
)
def test_what_a_function_returns(tmp_path: Path, body: str, hollow: bool) -> None:
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    (tmp_path / "a.go").write_text(textwrap.dedent(SOURCE).lstrip().replace("BODY", body), encoding="utf-8")
    program = call_program(("./...",), tmp_path)
    paths = {each.package.path: [scope.source.path for scope in each.scopes.values()] for each in program.packages}
    functions = Functions(program.declared, program.knowledge, Sources(paths, roots=(f"{tmp_path}/",)))
    scope = functions.declared.program.package("example.com/m")
    assert scope is not None
    (use,) = [each for each in functions.in_package(scope) if each.function.name == "use"]
    (call,) = [op.node for _, op in use.code.graph.ops(ops.Call)]
    (file,) = program.knowledge.resources_acquired_by("os", "Open")
    assert is_hollow(use.code, call, 0, file) is hollow
