"""What leaks in examples and in code for tests is a note; names that only look like it are not."""

from pathlib import Path

import pytest
from go_project import LEAK, analyse, found, project


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
