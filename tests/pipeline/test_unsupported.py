"""Forms of Go that the parser knows and the readers do not: counted, told, and nothing is said of what holds them."""

from pathlib import Path

import pytest
from go_project import LEAK, analyse, found, project, said

from goleaklint.syntax import expressions, statements
from goleaklint.syntax.reader import kinds

GOOD = LEAK.replace("return s", "done := make(chan int, 1)\n\tdone <- 1\n\treturn s")


@pytest.fixture
def unknown(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The readers do not know one kind of node."""
    absent = kinds(request.param)
    for module in (statements, expressions):
        readers = [None if number in absent else read for number, read in enumerate(module._READERS)]
        monkeypatch.setattr(module, "_READERS", readers)


def test_there_are_none_usually(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": GOOD})
    assert analyse(tmp_path).statistics["forms not supported"] == 0


@pytest.mark.parametrize("unknown", ["send_statement", "channel_type"], indirect=True)
@pytest.mark.usefixtures("unknown")
def test_a_form_of_unknown_kind_is_counted_and_told(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": GOOD, "good/other.go": LEAK.replace("Spool", "Other")})
    result = analyse(tmp_path)
    assert result.statistics["forms not supported"] == 1
    assert [(path, text) for _, path, _, text in said(result)] == [
        ("good/good.go", "a form of Go that is not supported; NewSpool is not analysed")
    ]
    assert [path for _, path, *_ in found(result)] == ["good/other.go"]


@pytest.mark.parametrize("unknown", ["send_statement"], indirect=True)
@pytest.mark.usefixtures("unknown")
def test_beside_a_syntax_error_it_is_that_which_is_told(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": GOOD.replace("return s", "return s )")})
    result = analyse(tmp_path)
    assert result.statistics["forms not supported"] == 0
    assert [text for *_, text in said(result)] == ["syntax error; NewSpool is not analysed"]


@pytest.mark.parametrize("unknown", ["struct_type"], indirect=True)
@pytest.mark.usefixtures("unknown")
def test_declarations_count_too(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": "package good\n\ntype Spool struct{ next *Spool }\n"})
    result = analyse(tmp_path)
    assert result.statistics["forms not supported"] == 1
    assert [text for *_, text in said(result)] == ["a form of Go that is not supported; what is inside is not analysed"]


@pytest.mark.parametrize(
    "text", ["(" * 20_000 + "1" + ")" * 20_000, " + ".join(["1"] * 3_000)], ids=["parentheses", "a long sum"]
)
def test_what_is_nested_too_deeply_is_not_counted(tmp_path: Path, text: str) -> None:
    project(tmp_path, {"good/good.go": LEAK.replace("return s", f"_ = {text}\n\treturn s")})
    assert analyse(tmp_path).statistics["forms not supported"] == 0
