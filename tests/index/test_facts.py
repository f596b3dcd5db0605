"""What passes between processes: the facts of a directory come out of it as they went in."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from goleaklint.files.load import Loaded, load
from goleaklint.files.selection import GoFile
from goleaklint.files.text import SourceText
from goleaklint.index.facts import DirectoryFacts, FileFacts, decode, encode, facts_finder
from goleaklint.index.finding import read_generated, source_file
from goleaklint.index.program import Program, SourceFile
from goleaklint.syntax.parse import Tree
from goleaklint.syntax.printing import outline

SAMPLES = sorted((Path(__file__).parents[2] / "testdata" / "types").rglob("*.go"))


def facts_of(path: Path, *, package: str = "m", is_test: bool = False) -> tuple[FileFacts, SourceText]:
    """The facts of a file with all its bodies."""
    loaded = load(GoFile(str(path), str(path), package, "m"))
    assert isinstance(loaded, Loaded)
    text = SourceText(str(path), loaded.data)
    tree = Tree(text)
    syntax = tree.file()
    bodies = {number: body for number, decl in enumerate(syntax.functions) if (body := tree.body(decl)) is not None}
    return FileFacts(str(path), source_file(syntax, loaded, bodies), is_test), text


def bodies_of(facts: FileFacts, text: SourceText) -> list[str]:
    """What is written in the bodies that were kept."""
    bodies = (facts.source.body(decl) for decl in facts.source.syntax.functions)
    return [outline(body, text) for body in bodies if body is not None]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_facts_come_back_as_they_went_out(path: Path) -> None:
    facts, text = facts_of(path)
    (again,) = decode(encode(DirectoryFacts((facts,), ("x.pb.go",)))).files
    assert outline(again.source.syntax, text) == outline(facts.source.syntax, text)
    assert again.source.constraint == facts.source.constraint
    assert again.source.qualifiers == facts.source.qualifiers
    assert bodies_of(again, text) == bodies_of(facts, text)
    assert (again.path, again.is_test, again.reported) == (facts.path, facts.is_test, facts.reported)


def test_deeply_nested_facts_come_back(tmp_path: Path) -> None:
    deep = f"{'(' * 200}1{')' * 200}"
    long = " + ".join(["s"] * 3000)
    (tmp_path / "a.go").write_text(
        f"package m\n\nvar s = {deep}\n\nfunc f() int {{ return {long} }}\n", encoding="utf-8"
    )
    facts, text = facts_of(tmp_path / "a.go")
    (again,) = decode(encode(DirectoryFacts((facts,)))).files
    assert bodies_of(again, text) == bodies_of(facts, text)
    assert len(bodies_of(again, text)) == 1


def test_packages_are_found_among_the_facts_without_their_tests(tmp_path: Path) -> None:
    texts = {
        "a.go": "package p\n\nfunc a() {}\n",
        "b_test.go": "package p\n\nfunc b() {}\n",
        "c_test.go": "package p_test\n\nfunc c() {}\n",
        "tool.go": "//go:build ignore\n\npackage main\n\nfunc main() {}\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = tuple(facts_of(tmp_path / name, is_test=name.endswith("_test.go"))[0] for name in texts)
    asked: list[tuple[str, tuple[str, ...], str]] = []

    def generated(path: str, names: tuple[str, ...], package: str) -> Iterable[SourceFile]:
        asked.append((path, names, package))
        return ()

    program = Program([facts_finder({"m/p": encode(DirectoryFacts(files, ("x.pb.go",)))}, generated)])
    package = program.package("m/p")
    assert package is not None and package.name == "p" and sorted(package.decls) == ["a"]
    assert asked == []
    assert package.lookup("Message") is None
    assert asked == [("m/p", ("x.pb.go",), "p")]
    assert program.package("m/q") is None


def test_a_directory_of_tests_is_no_package_to_import(tmp_path: Path) -> None:
    (tmp_path / "a_test.go").write_text("package p\n", encoding="utf-8")
    facts, _ = facts_of(tmp_path / "a_test.go", is_test=True)
    assert facts_finder({"m": encode(DirectoryFacts((facts,)))}, read_generated)("m") is None
