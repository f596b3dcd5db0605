import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sarif_sample import (
    PEER,
    STORE,
    abandoned_send,
    objects,
    open_iterator,
    rule,
    sample_report,
    source,
    span,
    validated_run,
)

from goleaklint.model import Fix, Severity, Step
from goleaklint.reports.fingerprints import line_hashes

LINK = re.compile(r"\[([^]]*)\]\((\d+)\)")


@pytest.fixture
def run(tmp_path: Path) -> dict[str, Any]:
    return validated_run(sample_report(tmp_path), include_suppressed=True)


def test_every_result_has_what_github_requires(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["kind"] == "fail"
        place = result["locations"][0]["physicalLocation"]
        assert place["region"].keys() >= {"startLine", "startColumn", "endLine", "endColumn"}
        assert result["partialFingerprints"].keys() == {"primaryLocationLineHash", "goleaklint/v1"}


def test_level_is_that_of_the_finding(run: dict[str, Any]) -> None:
    levels = [(result["ruleId"], result["level"]) for result in run["results"]]
    assert levels == [("GL202", "warning"), ("GL406", "error")]
    assert {rule["id"]: rule["defaultConfiguration"]["level"] for rule in run["tool"]["driver"]["rules"]} == {
        "GL202": "error",
        "GL406": "error",
    }


@pytest.mark.parametrize("severity", Severity)
def test_every_level_is_written(tmp_path: Path, severity: Severity) -> None:
    report = replace(
        sample_report(tmp_path),
        findings=(replace(abandoned_send(), severity=severity),),
        rules={"GL202": rule("GL202", "abandoned-send", severity)},
        suppressed=(),
    )
    run = validated_run(report)
    assert run["results"][0]["level"] == severity
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"] == severity


def test_message_links_each_related_line_once(run: dict[str, Any]) -> None:
    result = run["results"][0]
    text = result["message"]["text"]
    assert text == (
        "The send on c never ends if (*Peer\uff3bK\uff3d).start returns first. It waits in "
        "`select \uff5b\uff5d`. Give c a buffer of one. See [line 4](1), [line 5](2), [line 9](3), [store.go:5](4)."
    )
    related = {location["id"]: location for location in result["relatedLocations"]}
    assert list(related) == [1, 2, 3, 4]
    for name, number in LINK.findall(text):
        line = related[int(number)]["physicalLocation"]["region"]["startLine"]
        assert name in {f"line {line}", f"store.go:{line}"}


def test_no_message_holds_braces_or_brackets_but_our_links(run: dict[str, Any]) -> None:
    messages = [held["message"] for held in objects(run) if isinstance(held.get("message"), dict)]
    assert len(messages) > 10
    for message in messages:
        for text in (message["text"], *message.get("arguments", ())):
            assert not set(LINK.sub("", text)) & set("{}[]")


def test_message_arguments_fit_the_rules_message(run: dict[str, Any]) -> None:
    for result in run["results"]:
        message = result["message"]
        form = run["tool"]["driver"]["rules"][result["ruleIndex"]]["messageStrings"][message["id"]]["text"]
        assert re.findall(r"'\{(\d)\}'", form) == [str(at) for at, _ in enumerate(message["arguments"])]


def test_brackets_in_file_names_do_not_break_links(tmp_path: Path) -> None:
    elsewhere = replace(span(STORE, "return nil"), path="a](9)[b.go")
    finding = replace(abandoned_send(), steps=(Step(elsewhere, "here"),))
    text = validated_run(replace(sample_report(tmp_path), findings=(finding,)))["results"][0]["message"]["text"]
    assert LINK.findall(text) == [("a\uff3d(9)\uff3bb.go:5", "1")]


def test_each_goroutine_has_its_thread_flow(run: dict[str, Any]) -> None:
    flows = run["results"][0]["codeFlows"][0]["threadFlows"]
    assert [flow["id"] for flow in flows] == ["goroutine-0", "goroutine-1"]
    told = [
        (flow["id"][-1], step["executionOrder"], step["nestingLevel"], step["kinds"])
        for flow in flows
        for step in flow["locations"]
    ]
    assert told == [
        ("0", 1, 0, ["acquire", "resource"]),
        ("0", 2, 0, ["spawn"]),
        ("0", 4, 0, ["exit"]),
        ("0", 5, 0, ["implicit"]),
        ("1", 3, 0, ["call"]),
        ("1", 6, 1, ["danger"]),
    ]
    assert flows[1]["locations"][1]["importance"] == "essential"
    assert "codeFlows" not in run["results"][1]


def test_fix_is_edits_in_lines_and_columns(run: dict[str, Any]) -> None:
    (fix,) = run["results"][0]["fixes"]
    assert fix["description"]["text"] == "Give the channel a buffer."
    assert fix["properties"] == {"safe": False}
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "net/gr%C3%B6%C3%9Fe%201/peer.go"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 4, "startColumn": 20, "endLine": 4, "endColumn": 20},
            "insertedContent": {"text": ", 1"},
        },
        {"deletedRegion": {"startLine": 9, "startColumn": 10, "endLine": 9, "endColumn": 19}},
    ]


def test_fix_without_edits_is_left_out(tmp_path: Path) -> None:
    finding = replace(abandoned_send(), fixes=(Fix("nothing", ()),))
    assert "fixes" not in validated_run(replace(sample_report(tmp_path), findings=(finding,)))["results"][0]


def test_suppressed_findings_are_left_out_unless_asked_for(tmp_path: Path, run: dict[str, Any]) -> None:
    usual = validated_run(sample_report(tmp_path))
    assert [result["ruleId"] for result in usual["results"]] == ["GL202"]
    assert not any("suppressions" in result for result in usual["results"])
    first, second = run["results"]
    # The standard wants the property in all results of a run or in none.
    assert first["suppressions"] == []
    (suppression,) = second["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("inSource", "accepted")
    assert suppression["justification"] == "closed by the caller"
    assert suppression["location"]["physicalLocation"]["region"]["startLine"] == 4


def test_suppressing_a_finding_renames_no_other(tmp_path: Path) -> None:
    shown = replace(open_iterator(), span=span(STORE, "r", 9))
    hidden = replace(shown, span=span(STORE, "r"))
    report = replace(sample_report(tmp_path), findings=(hidden, shown), suppressed=())
    before = validated_run(report)["results"][1]["partialFingerprints"]
    silenced = replace(report, findings=(shown,), suppressed=((hidden, sample_report(tmp_path).suppressed[0][1]),))
    assert validated_run(silenced)["results"][0]["partialFingerprints"] == before


def test_line_hash_is_that_of_the_primary_line(run: dict[str, Any]) -> None:
    hashes = line_hashes(source(PEER).data.decode())
    assert run["results"][0]["partialFingerprints"]["primaryLocationLineHash"] == hashes[5]


def test_vanished_source_leaves_a_valid_report(tmp_path: Path) -> None:
    def gone(path: str) -> Any:
        raise FileNotFoundError(path)

    result = validated_run(replace(sample_report(tmp_path), sources=gone))["results"][0]
    assert result["partialFingerprints"].keys() == {"goleaklint/v1"}
    assert "snippet" not in result["locations"][0]["physicalLocation"]["region"]


def test_locations_point_at_artifacts(run: dict[str, Any]) -> None:
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert uris == ["net/gr%C3%B6%C3%9Fe%201/peer.go", "store.go", "broken%20file.go"]
    located = [held["artifactLocation"] for held in objects(run) if "artifactLocation" in held]
    assert len(located) > 10
    for location in located:
        assert location["uriBaseId"] == "%SRCROOT%"
        assert uris[location["index"]] == location["uri"]


def test_related_locations_are_few(tmp_path: Path) -> None:
    steps = tuple(Step(replace(span(PEER, "slow"), line=line), "here") for line in range(100, 140))
    finding = replace(abandoned_send(), steps=steps)
    result = validated_run(replace(sample_report(tmp_path), findings=(finding,)))["results"][0]
    assert len(result["relatedLocations"]) == 10
    assert len(result["codeFlows"][0]["threadFlows"][0]["locations"]) == 40


def test_how_to_mend_it_is_a_sentence_of_its_own(tmp_path: Path) -> None:
    finding = replace(abandoned_send(), message="c (net.Conn) is not closed", mend="call c.Close()", steps=())
    (result,) = validated_run(replace(sample_report(tmp_path), findings=(finding,)))["results"]
    assert result["message"]["text"] == "c (net.Conn) is not closed. Call c.Close()."
