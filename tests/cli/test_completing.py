"""What a shell is offered after a command, as click's completion asks for it."""

from pathlib import Path

import pytest
from command import goleaklint, module


def offered(cwd: Path, *words: str) -> list[str]:
    """What bash is told for the last of these words: the kind and the value of each offer."""
    done = goleaklint(
        cwd,
        _GOLEAKLINT_COMPLETE="bash_complete",
        COMP_WORDS="\n".join(("goleaklint", *words)),
        COMP_CWORD=str(len(words)),
    )
    assert done.err == ""
    return done.out.splitlines()


@pytest.mark.parametrize(
    ("words", "offers"),
    [
        (("che",), ["plain,check"]),
        (("rule", "GL20"), ["plain,GL201", "plain,GL202", "plain,GL203", "plain,GL204", "plain,GL205"]),
        (("rules", "abandoned-s"), ["plain,abandoned-send"]),
        (("check", "--select", "gl202"), ["plain,GL202"]),
        (("check", "--ignore", "GL418,abandoned-s"), ["plain,GL418,abandoned-send"]),
        (("check", "--format", "sar"), ["plain,sarif"]),
        (("check", "./go"), ["file,./go"]),
        (("check", "--baseline", "go"), ["file,go"]),
        (("check", "--pack", ""), ["file,"]),
        (("baseline", "write", "--file", "b"), ["file,b"]),
        (("graph", "calls", "go"), ["file,go"]),
        (("merge", "s"), ["file,s"]),
        (("show", "go"), ["file,go"]),
    ],
)
def test_offers(tmp_path: Path, words: tuple[str, ...], offers: list[str]) -> None:
    assert offered(module(tmp_path), *words) == offers
