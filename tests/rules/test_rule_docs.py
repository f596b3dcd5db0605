"""The Go examples in the rules' documentation are tests: what stands under Leaks is reported, under Fixed it is not."""

import re
from pathlib import Path

import pytest
from analysed import FILES, findings

from goleaklint.config import Config
from goleaklint.files.text import SourceText
from goleaklint.knowledge import Resource, load_knowledge
from goleaklint.model import Confidence, Severity
from goleaklint.pipeline.run import Request, run
from goleaklint.reports.sarif_text import harmless
from goleaklint.rules._api import RuleError, read_sections
from goleaklint.rules._registry import load_rules
from goleaklint.syntax.parse import Tree

RULES = load_rules(plugins=False)

GO_LINES = {"GL601": "1.22", "GL602": "1.22"}
"""Rules about what newer versions of Go have put an end to, with the last that has it."""


def go_blocks(markdown: str) -> list[str]:
    return re.findall(r"^```go\n(.*?)^```", markdown, flags=re.MULTILINE | re.DOTALL)


def reported(tmp_path: Path, code: str, rule: str) -> list[str]:
    """The messages of one rule about one file."""
    (tmp_path / "go.mod").write_text(f"module example.com/demo\n\ngo {GO_LINES.get(rule, '1.24')}\n", encoding="utf-8")
    (tmp_path / "demo.go").write_text(code, encoding="utf-8")
    result = run(Request((".",), tmp_path, Config(select=(rule,)), jobs=1))
    assert result.notifications == ()
    return [finding.message for finding in result.outcome.findings]


@pytest.mark.parametrize("rule", RULES)
def test_leaks_are_reported(rule: str, tmp_path: Path) -> None:
    blocks = go_blocks(RULES[rule].info.leaks)
    assert blocks
    assert all(reported(tmp_path, block, rule) for block in blocks)


@pytest.mark.parametrize("rule", RULES)
def test_fixed_is_silent(rule: str, tmp_path: Path) -> None:
    blocks = go_blocks(RULES[rule].info.fixed)
    assert blocks
    assert [reported(tmp_path, block, rule) for block in blocks] == [[] for _ in blocks]


@pytest.mark.parametrize("rule", RULES)
def test_identity_is_complete(rule: str) -> None:
    info = RULES[rule].info
    assert re.fullmatch(r"GL\d{3}", info.id)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", info.name)
    assert len(info.summary) <= 200
    assert info.severity in Severity
    assert info.confidence in Confidence


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("", ["opening sentence", "why it leaks", "leaks", "fixed", "not seen"]),
        ("One.\n\n## Leaks\n```go\nx\n```\n## Fixed\n```go\nx\n```\n", ["why it leaks", "not seen"]),
        ("One.\n## Why it leaks\nx\n## Leaks\nprose\n## Fixed\nprose\n## Not seen\nx", ["Go code under leaks"]),
    ],
)
def test_incomplete_documentation_is_refused(text: str, lacking: list[str]) -> None:
    with pytest.raises(RuleError) as error:
        read_sections("GL999", text)
    assert all(part in str(error.value) for part in lacking)


def test_paragraphs_come_out_on_one_line() -> None:
    text = "One\ntwo.\n## Why it leaks\na\nb\n\nc\n- d\n- e\n## Leaks\n```go\nx\ny\n```\n"
    text += "## Fixed\n```go\nz\n```\n## Not seen\nf"
    summary, sections = read_sections("GL999", text)
    assert summary == "One two."
    assert sections["why"] == "a b\n\nc\n- d\n- e"
    assert sections["leaks"] == "```go\nx\ny\n```"


PACKS = load_knowledge().packs
EXAMPLES = [resource for pack in PACKS for resource in pack.resources if resource.leaks]
USUAL = ("context", "errors", "net", "net/http", "os", "os/exec")


def example(resource: Resource, body: str) -> str:
    """A function around the statements of an example: what they call on a free name gives it its type, and the
    functions they call without saying from where are parameters."""
    pack = next(pack for pack in PACKS if resource in pack.resources)
    text = "".join(stub.text for stub in pack.stubs)
    made = [name for each in pack.resources for name in each.acquire]
    params: dict[str, str] = {}
    imports = {name.package for name in made if name.package.startswith(pack.modules) or pack.modules == ("std",)}
    for variable, method in re.findall(r"\b(\w+)\.(\w+)\(", body):
        maker = next((name for name in made if name.type and name.name == method and name in resource.acquire), None)
        maker = maker or next((name for name in made if name.type and name.name == method), None)
        if maker is not None and not re.search(rf"\b{variable}\b[\w, ]* :=", body):
            is_interface = re.search(rf"^type {maker.type} interface", text, re.MULTILINE) is not None
            params[variable] = f"{'' if is_interface else '*'}{maker.package.rpartition('/')[2]}.{maker.type}"
    params |= {name: "func(any) error" for name in re.findall(r"(?<![.\w])([a-z]\w*)\(", body) if name != "func"}
    listed = "".join(f'import "{path}"\n' for path in sorted({*imports, *USUAL}))
    declared = ", ".join(f"{name} {kind}" for name, kind in params.items())
    return f"package demo\n\n{listed}\nfunc example({declared}) error {{\n{body}\n}}\n"


@pytest.mark.parametrize("resource", EXAMPLES, ids=lambda resource: resource.label)
def test_pack_examples(resource: Resource, tmp_path: Path) -> None:
    """They are Go, and where the rule they belong to exists, they come out as they say."""
    leaks, fixed = (example(resource, code) for code in (resource.leaks, resource.fixed))
    for code in (leaks, fixed):
        assert Tree(SourceText("demo.go", code.encode())).file().errors == ()
    if resource.rule in RULES:
        assert reported(tmp_path, leaks, resource.rule)
        assert not reported(tmp_path, fixed, resource.rule)


@pytest.mark.parametrize("folder", sorted({file.parent.name for file in FILES}))
def test_messages_need_no_escaping(folder: str) -> None:
    """SARIF gives braces and brackets a meaning; what a rule itself writes has none."""
    found = [
        each
        for path, members in findings(pedantic=True).items()
        if Path(path).parent.name == folder
        for each in members
    ]
    assert found
    for finding in found:
        for words in (finding.message, finding.mend, *(step.message for step in finding.steps)):
            assert harmless(words) == words
            assert not words.endswith(".")
