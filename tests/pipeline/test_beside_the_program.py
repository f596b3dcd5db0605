"""What leaks in examples and in code for tests is a note; names that only look like it are not."""

from pathlib import Path

import pytest
from go_project import LEAK, analyse, found, project

PROGRAM = LEAK.replace("package good", "package main")


@pytest.mark.parametrize(
    "directory",
    ["examples/chat", "_examples/chat", "internal/ethtest", "testutil", "pkg/testutils/x", "mocks", "tests/robustness"],
)
def test_a_leak_beside_the_program_is_a_note(tmp_path: Path, directory: str) -> None:
    assert found(analyse(project(tmp_path, {f"{directory}/a.go": LEAK}))) == []


@pytest.mark.parametrize("directory", ["latest", "attest", "contest", "protest", "mock_up", "exampled", "testable"])
def test_names_that_only_look_like_it(tmp_path: Path, directory: str) -> None:
    assert [rule for rule, *_ in found(analyse(project(tmp_path, {f"{directory}/a.go": LEAK})))] == ["GL502"]


def test_the_place_of_the_module_does_not_matter(tmp_path: Path) -> None:
    root = tmp_path / "testutil"
    assert [rule for rule, *_ in found(analyse(project(root, {"a/a.go": LEAK})))] == ["GL502"]


def test_a_module_of_examples_is_beside_the_program(tmp_path: Path) -> None:
    files = {"go.mod": "module example.com/m/examples\n\ngo 1.22\n", "chat/a.go": LEAK}
    assert found(analyse(project(tmp_path, files))) == []


@pytest.mark.parametrize("module", ["example", "test", "example/server"])
def test_a_module_may_be_called_so(tmp_path: Path, module: str) -> None:
    files = {"go.mod": f"module {module}\n\ngo 1.22\n", "chat/a.go": LEAK}
    assert [rule for rule, *_ in found(analyse(project(tmp_path, files)))] == ["GL502"]


@pytest.mark.parametrize(
    ("directory", "owner", "rules"),
    [
        ("quic/cmd/echo", "package quic\n", []),
        ("quic/cmd/echo", "package main\n", ["GL502"]),
        ("quic/cmd/echo", "", ["GL502"]),
        ("cmd/echo", "package quic\n", ["GL502"]),
    ],
)
def test_a_command_in_a_package_tries_that_out(tmp_path: Path, directory: str, owner: str, rules: list[str]) -> None:
    files = {f"{directory}/a.go": LEAK} | ({"quic/quic.go": owner, "root.go": owner} if owner else {})
    assert [rule for rule, *_ in found(analyse(project(tmp_path, files)))] == rules


@pytest.mark.parametrize(
    ("path", "text", "rules"),
    [
        ("docs/chat/a.go", PROGRAM, []),
        ("docs/chat/a.go", LEAK, ["GL502"]),
        ("chat/a.go", f"//go:build ignore\n\n{PROGRAM}", []),
        ("chat/a.go", f"//go:build ignore && linux\n\n{PROGRAM}", []),
        ("chat/a.go", f"//go:build !ignore\n\n{PROGRAM}", ["GL502"]),
        ("chat/a.go", f"//go:build ignore || linux\n\n{PROGRAM}", ["GL502"]),
    ],
)
def test_a_program_that_shows_something(tmp_path: Path, path: str, text: str, rules: list[str]) -> None:
    assert [rule for rule, *_ in found(analyse(project(tmp_path, {path: text})))] == rules


@pytest.mark.parametrize(("use", "rules"), [("NewServer(nil)", []), ("NewRecorder()", ["GL502"])])
def test_what_starts_servers_for_tests(tmp_path: Path, use: str, rules: list[str]) -> None:
    text = LEAK.replace('"os"', '"net/http/httptest"\n\t"os"') + f"\nvar Made = httptest.{use}\n"
    assert [rule for rule, *_ in found(analyse(project(tmp_path, {"a/a.go": text})))] == rules
