"""A rule that crashes, or the tool itself: one GL901 for each culprit, and all else goes on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from go_project import LEAK, PLACE, analyse, found, project, said

from goleaklint.model import Finding
from goleaklint.pipeline import checking, run, workers
from goleaklint.pipeline.crashes import TOOL, crash_notifications, crash_of
from goleaklint.rules._api import Rule
from goleaklint.rules._registry import load_rules
from goleaklint.rules._view import FunctionView

TWO = {"a/a.go": LEAK, "b/b.go": LEAK.replace("NewSpool", "Other"), "b/c.go": "package good\n\nfunc clean() {}\n"}
GOOD = [("GL502", "a/a.go", *PLACE), ("GL502", "b/b.go", *PLACE)]


def crashing(fn: FunctionView) -> Iterator[Finding]:
    yield from ()
    raise KeyError(fn.name)


@pytest.fixture
def broken_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule GL998 that fails in every function."""
    rules = load_rules()
    info = replace(rules["GL502"].info, id="GL998", name="broken")
    more: dict[str, Rule] = {**rules, "GL998": Rule(info, crashing, (b"SetFinalizer",))}
    for module in (run, workers):
        monkeypatch.setattr(module, "load_rules", lambda: more)


@pytest.mark.usefixtures("broken_rule")
def test_a_rule_that_crashes_is_told_once_and_the_others_go_on(tmp_path: Path) -> None:
    result = analyse(project(tmp_path, TWO))
    assert found(result) == GOOD
    assert said(result) == [
        ("GL901", "a/a.go", 10, "GL998 crashed in NewSpool (and in 3 more functions): KeyError: 'NewSpool'")
    ]


def test_a_failure_beside_the_rules_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    views = checking.views

    def failing(*arguments: object) -> Iterator[FunctionView]:
        function = arguments[1]
        if getattr(function, "name", "") == "Other":
            raise RecursionError("too deep")
        return views(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "views", failing)
    result = analyse(project(tmp_path, TWO))
    assert found(result) == GOOD[:1]
    assert said(result) == [("GL901", "b/b.go", 10, f"{TOOL} crashed in Other: RecursionError: too deep")]


def test_each_culprit_is_told_at_its_first_place() -> None:
    crashes = [
        crash_of(ValueError("x"), "GL101", "late", "b.go", 2),
        crash_of(ValueError("y"), "GL102", "other", "b.go", 1),
        crash_of(ValueError("z"), "GL101", "early", "a.go", 9),
    ]
    assert [(note.path, note.line, note.message) for note in crash_notifications(crashes)] == [
        ("a.go", 9, "GL101 crashed in early (and in 1 more function): ValueError: z"),
        ("b.go", 1, "GL102 crashed in other: ValueError: y"),
    ]
