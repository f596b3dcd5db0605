import gzip
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from string import ascii_letters
from typing import Any

import pytest
from sarif_sample import PEER, abandoned_send, empty_report, git, objects, rendered, sample_report, span, validated_run

from goleaklint.model import Confidence, Finding, Notification, Severity, Step
from goleaklint.reports import sarif, sarif_results
from goleaklint.reports.sarif import render

GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@pytest.fixture
def run(tmp_path: Path) -> dict[str, Any]:
    return validated_run(sample_report(tmp_path), include_suppressed=True)


def test_log_is_of_the_final_standard(tmp_path: Path) -> None:
    log = rendered(empty_report(tmp_path))
    assert log["version"] == "2.1.0"
    assert log["$schema"] == "https://json.schemastore.org/sarif-2.1.0.json"


def test_empty_report_has_results_and_a_successful_invocation(tmp_path: Path) -> None:
    run = validated_run(empty_report(tmp_path))
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert run["columnKind"] == "utf16CodeUnits"


def test_notifications_are_described_and_never_a_failure(run: dict[str, Any]) -> None:
    descriptors = run["tool"]["driver"]["notifications"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    said = invocation["toolExecutionNotifications"]
    assert [one["descriptor"]["id"] for one in said] == ["GL900", "GL901"]
    for one in said:
        assert descriptors[one["descriptor"]["index"]]["id"] == one["descriptor"]["id"]
    place = said[0]["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == ("broken%20file.go", {"startLine": 3})
    assert "locations" not in said[1]


def test_notification_of_an_unknown_kind_is_kept(tmp_path: Path) -> None:
    report = replace(empty_report(tmp_path), notifications=(Notification("X1", "odd", "a.go"),))
    (said,) = validated_run(report)["invocations"][0]["toolExecutionNotifications"]
    assert (said["message"]["text"], said["level"]) == ("odd.", "warning")
    assert "descriptor" not in said


def test_too_many_results_are_cut_by_severity_and_certainty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 3)
    kinds = [
        (Severity.NOTE, Confidence.HIGH),
        (Severity.ERROR, Confidence.LOW),
        (Severity.WARNING, Confidence.LOW),
        (Severity.WARNING, Confidence.HIGH),
        (Severity.ERROR, Confidence.HIGH),
    ]
    findings = tuple(replace(abandoned_send(), severity=severity, confidence=sure) for severity, sure in kinds)
    run = validated_run(replace(sample_report(tmp_path), findings=findings), include_suppressed=True)
    kept = [(result["level"], result["properties"]["confidence"]) for result in run["results"]]
    assert kept == [("error", "low"), ("warning", "high"), ("error", "high")]
    said = run["invocations"][0]["toolExecutionNotifications"][-1]
    assert said["descriptor"]["id"] == "GL904"
    assert said["message"]["text"].startswith("Findings left out, the least severe ones: 3.")


def test_a_report_that_is_too_large_when_packed_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = Random(1)  # noqa: S311 - of no secret; it cannot be packed

    def finding(severity: Severity) -> Finding:
        message = "".join(noise.choices(ascii_letters, k=5_000))
        return replace(abandoned_send(), severity=severity, message=message)

    severities = [Severity.NOTE, Severity.ERROR] * 10
    report = replace(sample_report(tmp_path), findings=tuple(map(finding, severities)), suppressed=())
    whole = len(gzip.compress(render(report).encode()))
    assert whole > 80_000
    monkeypatch.setattr(sarif, "MAX_PACKED_BYTES", whole * 3 // 4)
    text = render(report)
    assert whole // 2 < len(gzip.compress(text.encode())) < whole * 3 // 4
    run = validated_run(report)
    levels = [result["level"] for result in run["results"]]
    assert 10 < len(levels) < 20
    assert levels.count("error") == 10
    said = run["invocations"][0]["toolExecutionNotifications"][-1]
    assert said["descriptor"]["id"] == "GL904"
    assert said["message"]["text"].startswith(f"Findings left out, the least severe ones: {20 - len(levels)}.")


def test_a_report_that_is_large_without_any_result_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "MAX_PACKED_BYTES", 100)
    assert validated_run(sample_report(tmp_path))["results"] == []


def test_too_long_paths_are_cut_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sarif, sarif_results):
        monkeypatch.setattr(module, "MAX_STEPS", 4)
    steps = tuple(Step(span(PEER, "slow"), f"step {at}") for at in range(9))
    run = validated_run(replace(sample_report(tmp_path), findings=(replace(abandoned_send(), steps=steps),)))
    (flow,) = run["results"][0]["codeFlows"][0]["threadFlows"]
    texts = [step["location"]["message"]["text"] for step in flow["locations"]]
    assert texts == ["step 0.", "step 1.", "step 7.", "step 8."]
    assert run["invocations"][0]["toolExecutionNotifications"][-1]["descriptor"]["id"] == "GL904"


def test_nothing_tells_when_where_or_how_the_tool_ran(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "somewhere else"
    texts: list[str] = []
    for directory in (here, there):
        directory.mkdir()
        said = Notification("GL900", f"[Errno 13] Permission denied: '{directory.resolve()}/a.go'", "a.go")
        report = replace(sample_report(directory), notifications=(said,), statistics={"milliseconds": len(texts)})
        texts.append(render(report, include_suppressed=True))
    assert texts[0] == texts[1]
    assert str(tmp_path) not in texts[0]
    (invocation,) = json.loads(texts[0])["runs"][0]["invocations"]
    assert invocation.keys() == {"executionSuccessful", "toolExecutionNotifications"}


def test_guids_are_of_a_version_the_standard_knows(run: dict[str, Any]) -> None:
    guids = [value for held in objects(run) for key, value in held.items() if key.lower().endswith("guid")]
    assert guids
    assert all(GUID.fullmatch(guid) for guid in guids)


def test_no_index_or_order_is_minus_one(run: dict[str, Any]) -> None:
    numbers = [value for held in objects(run) for value in held.values() if isinstance(value, int)]
    assert -1 not in numbers


@pytest.mark.parametrize(
    ("version", "semantic"), [("0.1.0", "0.1.0"), ("1.2.3-rc.1", "1.2.3-rc.1"), ("0.2.0.dev1", None), ("1.0", None)]
)
def test_only_a_semantic_version_is_given_as_one(tmp_path: Path, version: str, semantic: str | None) -> None:
    driver = validated_run(replace(empty_report(tmp_path), tool_version=version))["tool"]["driver"]
    assert (driver["version"], driver.get("semanticVersion")) == (version, semantic)


def git_repository(root: Path, module: str) -> str:
    root.mkdir()
    commands: tuple[tuple[str, ...], ...] = (
        ("init", "--quiet", "--initial-branch=trunk"),
        ("remote", "add", "origin", "https://me:secret@example.org/a/node.git"),
        ("commit", "--quiet", "--allow-empty", "--message=x"),
    )
    for command in commands:
        git(root, *command)
    (root / "go.mod").write_text(f"module {module}\n", encoding="utf-8")
    return git(root, "rev-parse", "HEAD")


def test_repository_is_named_and_uris_start_at_its_root(tmp_path: Path) -> None:
    revision = git_repository(tmp_path / "node", "example.org/node")
    (tmp_path / "node" / "cmd").mkdir()
    run = validated_run(sample_report(tmp_path / "node" / "cmd"))
    assert run["versionControlProvenance"] == [
        {
            "repositoryUri": "https://example.org/a/node",
            "revisionId": revision,
            "branch": "trunk",
            "mappedTo": {"uriBaseId": "%SRCROOT%"},
        }
    ]
    assert run["automationDetails"] == {"id": "goleaklint/example.org/node/"}
    assert run["artifacts"][1]["location"]["uri"] == "cmd/store.go"
    assert_root_has_no_machine_path(run["originalUriBaseIds"])


def test_without_a_repository_there_is_none_to_name(run: dict[str, Any]) -> None:
    assert "versionControlProvenance" not in run
    assert run["automationDetails"] == {"id": "goleaklint/./"}
    assert_root_has_no_machine_path(run["originalUriBaseIds"])


@pytest.mark.parametrize(
    ("category", "id_"), [("api", "api/"), ("a/b/", "a/b/"), ("/", "goleaklint/./"), ("\udcff", "\ufffd/")]
)
def test_what_github_tells_analyses_apart_by(tmp_path: Path, category: str, id_: str) -> None:
    text = render(sample_report(tmp_path), category=category)
    assert json.loads(text)["runs"][0]["automationDetails"] == {"id": id_}


def assert_root_has_no_machine_path(bases: Mapping[str, Any]) -> None:
    assert bases.keys() == {"%SRCROOT%"}
    assert bases["%SRCROOT%"].keys() == {"description"}


def test_other_reports_do_not_pay_for_sarif_om() -> None:
    program = "import sys, goleaklint.reports.report; print('sarif_om' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert shown.stdout.strip() == "False"
