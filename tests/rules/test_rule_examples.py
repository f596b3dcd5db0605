"""The Go examples in the rules' documentation are as Go wants them: they compile, and gofmt has nothing to say."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from analysed import TESTDATA
from fixture_runs import toolchain

from goleaklint.rules._registry import load_rules


def examples() -> Iterator[tuple[str, str]]:
    """Each example with a name for its package."""
    for rule, each in load_rules(plugins=False).items():
        for part, text in (("leaks", each.info.leaks), ("fixed", each.info.fixed)):
            blocks = re.findall(r"^```go\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
            yield from ((f"{rule.lower()}{part}{number}", block) for number, block in enumerate(blocks))


@pytest.mark.go
def test_examples_compile_and_are_formatted(tmp_path: Path) -> None:
    go = toolchain()
    if go is None:
        pytest.skip("there is no Go 1.26 or newer on PATH")
    module = (TESTDATA / "go.mod").read_text(encoding="utf-8")
    (tmp_path / "go.mod").write_text(module.replace("=> ./", f"=> {TESTDATA.as_posix()}/"), encoding="utf-8")
    for name, block in examples():
        (tmp_path / name).mkdir()
        (tmp_path / name / "example.go").write_text(block, encoding="utf-8")
    for words in ([go.command, "build", "./..."], ["gofmt", "-l", "."]):
        done = subprocess.run(words, cwd=tmp_path, env=go.environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
