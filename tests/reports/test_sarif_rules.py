import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sarif_sample import empty_report, rule, sample_report, validated_run

from goleaklint.model import Confidence, Severity


@pytest.fixture
def run(tmp_path: Path) -> dict[str, Any]:
    return validated_run(sample_report(tmp_path), include_suppressed=True)


def test_rules_say_what_github_shows(run: dict[str, Any]) -> None:
    for described in (*run["tool"]["driver"]["rules"], *run["tool"]["driver"]["notifications"]):
        assert re.fullmatch(r"([A-Z][a-z0-9]+)+", described["name"])
        assert described["name"] != described["id"]
        assert described["helpUri"].endswith(f"/rules/README.md#{described['id'].lower()}")
        assert described["help"].keys() == {"text", "markdown"}
        for key in ("shortDescription", "fullDescription"):
            assert 0 < len(described[key]["text"]) <= 1024


@pytest.mark.parametrize(
    ("severity", "confidence", "problem", "precision"),
    [
        (Severity.ERROR, Confidence.HIGH, "error", "high"),
        (Severity.WARNING, Confidence.MEDIUM, "warning", "medium"),
        (Severity.NOTE, Confidence.LOW, "recommendation", "low"),
    ],
)
def test_rule_properties(
    tmp_path: Path, severity: Severity, confidence: Confidence, problem: str, precision: str
) -> None:
    info = replace(rule("GL202", "abandoned-send", severity), confidence=confidence)
    (described,) = validated_run(replace(empty_report(tmp_path), rules={"GL202": info}))["tool"]["driver"]["rules"]
    properties = described["properties"]
    assert (properties["problem.severity"], properties["precision"]) == (problem, precision)
    assert properties["tags"] == ["go", "leak", "concurrency", "goroutine-leak"]
    # It would make every finding a security alert.
    assert "security-severity" not in properties


@pytest.mark.parametrize(("id_", "score"), [("GL103", 5.3), ("GL104", 5.3), ("GL106", 7.5), ("GL108", 5.3)])
def test_what_can_be_brought_about_from_outside_is_a_security_alert(tmp_path: Path, id_: str, score: float) -> None:
    report = replace(empty_report(tmp_path), rules={id_: rule(id_, "held-from-outside")})
    (described,) = validated_run(report)["tool"]["driver"]["rules"]
    properties = described["properties"]
    # GitHub takes a score as text only, from 0.1 to 10.0.
    assert properties["security-severity"] == f"{score:.1f}"
    assert {"security", "external/cwe/cwe-400"} < set(properties["tags"])
    assert len(properties["tags"]) <= 10


def test_long_descriptions_are_cut(tmp_path: Path) -> None:
    info = replace(rule("GL202", "abandoned-send"), why="very long " * 200)
    (described,) = validated_run(replace(empty_report(tmp_path), rules={"GL202": info}))["tool"]["driver"]["rules"]
    assert len(described["fullDescription"]["text"]) <= 1024
    assert described["fullDescription"]["text"].endswith("…")


def test_help_has_each_paragraph_on_one_line(run: dict[str, Any]) -> None:
    markdown = run["tool"]["driver"]["rules"][0]["help"]["markdown"]
    assert (
        "\n\nA send on an unbuffered channel waits for a receiver; none comes, so the goroutine stays.\n\n" in markdown
    )
    assert "```go\nfunc f() {\n\tc := make(chan int)\n\n\tgo func() { c <- 1 }()\n}\n```" in markdown
    assert "- Channels kept in a field, or in a map.\n- Others." in markdown
    assert "```" not in run["tool"]["driver"]["rules"][0]["help"]["text"]
