"""Rules are found in their folder and in installed packages; what does not fit is refused with a word."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from goleaklint.rules import _registry
from goleaklint.rules._api import RuleError

PLUGIN = '''"""Reports every call of a function named leak.

## Why it leaks
It says so.
## Leaks
```go
package p
```
## Fixed
```go
package p
```
## Not seen
Everything else.
"""
from goleaklint.flow import ops
from goleaklint.rules._api import rule


@rule("ZZ001", "calls-leak", severity="note", confidence="low", since="1", words=("leak",))
def check(fn):
    for _, op in fn.ops(ops.Call):
        yield fn.finding(op.node, "a call of leak")
'''


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package with an entry point in the group `goleaklint.rules`, as pip would install it."""
    (tmp_path / "zz_plugin.py").write_text(PLUGIN, encoding="utf-8")
    info = tmp_path / "zz_plugin-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: zz-plugin\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[goleaklint.rules]\nzz = zz_plugin:check\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    sys.modules.pop("zz_plugin", None)


def test_rules_come_sorted_by_id() -> None:
    found = list(_registry.load_rules(plugins=False))
    assert found == sorted(found)
    assert {"GL418", "GL502", "GL704"} <= set(found)


def test_rule_of_an_installed_package(installed: Path) -> None:
    assert _registry.load_rules()["ZZ001"].info.name == "calls-leak"
    assert "ZZ001" not in _registry.load_rules(plugins=False)


def test_plugin_that_does_not_load_is_named(installed: Path) -> None:
    (installed / "zz_plugin.py").write_text("raise ValueError('broken')", encoding="utf-8")
    with pytest.raises(RuleError, match=r"zz \(zz_plugin:check\) does not load: broken"):
        _registry.load_rules()


def test_plugin_that_is_no_rule_is_named(installed: Path) -> None:
    (installed / "zz_plugin.py").write_text("check = [1]", encoding="utf-8")
    with pytest.raises(RuleError, match=r"zz \(zz_plugin:check\) offers 1, which is no Rule"):
        _registry.load_rules()


def test_two_rules_of_one_id_are_refused(installed: Path) -> None:
    (installed / "zz_plugin.py").write_text(PLUGIN.replace("ZZ001", "GL502"), encoding="utf-8")
    with pytest.raises(RuleError, match="GL502: two rules have this id"):
        _registry.load_rules()


@pytest.mark.parametrize("name", ["extra", "gl999", "gl12_short"])
def test_file_of_another_form_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"{name}.py").write_text("", encoding="utf-8")
    monkeypatch.setattr("goleaklint.rules.__path__", [str(tmp_path)])
    with pytest.raises(RuleError, match=rf"rules/{name}\.py: the name is not of the form"):
        _registry.load_rules(plugins=False)
