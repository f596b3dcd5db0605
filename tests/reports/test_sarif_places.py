from pathlib import Path
from typing import Any

import pytest
from sarif_sample import FILES, PEER, source, span

from goleaklint.files.text import SourceText
from goleaklint.reports.sarif_json import plain_json
from goleaklint.reports.sarif_places import Places


def places(texts: dict[str, str], cwd: Path, root: Path | None = None) -> Places:
    def read(path: str) -> SourceText:
        if path not in texts:
            raise FileNotFoundError(path)
        return SourceText(path, texts[path].encode())

    return Places(read, cwd, root or cwd.resolve())


def shown(value: object) -> dict[str, Any]:
    plain = plain_json(value)
    assert isinstance(plain, dict)
    return plain


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b.go", "sub/a/b.go"),
        ("größe 1/x.go", "sub/gr%C3%B6%C3%9Fe%201/x.go"),
        ("a%20#?.go", "sub/a%2520%23%3F.go"),
        ("a[0]{1}.go", "sub/a%5B0%5D%7B1%7D.go"),
        ("c:d.go", "sub/c%3Ad.go"),
        ("./a/../b.go", "sub/b.go"),
        ("../other/b.go", "other/b.go"),
        ("../../outside.go", "../outside.go"),
        ("name\udcff.go", "sub/name%FF.go"),
    ],
)
def test_uri_is_relative_to_the_root(tmp_path: Path, path: str, uri: str) -> None:
    root = tmp_path.resolve()
    (root / "sub").mkdir()
    location = places({}, root / "sub", root).artifact(path)
    assert (location.uri, location.uri_base_id) == (uri, "%SRCROOT%")


def test_absolute_path_below_the_root_becomes_relative(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    assert places({}, root).artifact(f"{root}/a/b.go").uri == "a/b.go"


def test_path_on_another_drive_loses_the_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object, start: object) -> str:
        raise ValueError("path is on another mount")

    monkeypatch.setattr("os.path.relpath", refuse)
    assert places({}, tmp_path).artifact("/elsewhere/a b.go").uri == "elsewhere/a%20b.go"


def test_only_go_files_are_said_to_be_go(tmp_path: Path) -> None:
    found = places({}, tmp_path)
    found.artifact("a.go")
    found.artifact("go.mod")
    assert [shown(artifact).get("sourceLanguage") for artifact in found.artifacts()] == ["go", None]


def test_symbolic_links_are_followed_unless_they_leave_the_root(tmp_path: Path) -> None:
    root = tmp_path.resolve() / "root"
    (root / "real").mkdir(parents=True)
    (root / "real" / "a.go").touch()
    (root / "link").symlink_to("real")
    (root / "away").symlink_to(tmp_path)
    (root / "loop.go").symlink_to("loop.go")
    found = places({}, root)
    uris = [found.artifact(path).uri for path in ("link/a.go", "away/b.go", "loop.go")]
    assert uris == ["real/a.go", "away/b.go", "loop.go"]


def test_artifacts_are_listed_once_in_order_of_mention(tmp_path: Path) -> None:
    found = places({"a.go": "package a\n"}, tmp_path)
    indices = [found.artifact(path).index for path in ("b.go", "a.go", "b.go", "./b.go")]
    assert indices == [0, 1, 0, 0]
    vanished, readable = map(shown, found.artifacts())
    assert vanished["location"] == {"uri": "b.go", "uriBaseId": "%SRCROOT%"}
    assert "length" not in vanished
    assert readable["length"] == 10
    assert readable["hashes"] == {"sha-256": "7b39baa38a2ec2b8d111bbbd8e448e80226477ab40105d9d2123d4dc18067438"}


def test_columns_count_utf16_code_units_and_the_snippet_is_the_region(tmp_path: Path) -> None:
    location = shown(places(FILES, tmp_path).primary(span(PEER, "c <- slow()")))
    # Two tabs, `log("`, the beaver's two units, `", "é"); `.
    assert location["region"] == {
        "startLine": 6,
        "startColumn": 19,
        "endLine": 6,
        "endColumn": 30,
        "snippet": {"text": "c <- slow()"},
    }
    context = location["contextRegion"]
    assert (context["startLine"], context["endLine"]) == (4, 8)
    assert context["snippet"]["text"] == "\n".join(FILES[PEER].split("\n")[3:8])


@pytest.mark.parametrize(
    ("text", "snippet", "end_column"),
    [
        ("go func() {\n\tx()\n}()\n", "go func() {", 12),
        ("go func() { // 🦫\r\n\tx()\r\n}()\r\n", "go func() { // 🦫", 18),
    ],
)
def test_region_of_several_lines_is_cut_to_the_first(tmp_path: Path, text: str, snippet: str, end_column: int) -> None:
    whole = SourceText("a.go", text.encode()).span(0, len(text.encode()))
    region = shown(places({"a.go": text}, tmp_path).primary(whole))["region"]
    assert region == {
        "startLine": 1,
        "startColumn": 1,
        "endLine": 1,
        "endColumn": end_column,
        "snippet": {"text": snippet},
    }


@pytest.mark.parametrize("text", ["defer x()", "defer x()\n", "defer x()\r\n"])
def test_context_holds_more_than_the_region_or_is_left_out(tmp_path: Path, text: str) -> None:
    found = places({"a.go": text}, tmp_path)
    read = SourceText("a.go", text.encode())
    assert "contextRegion" not in shown(found.primary(read.span(0, 9)))
    assert shown(found.primary(read.span(6, 9)))["contextRegion"] == {
        "startLine": 1,
        "endLine": 1,
        "snippet": {"text": "defer x()"},
    }


def test_blank_lines_at_the_end_of_the_context_are_kept(tmp_path: Path) -> None:
    text = "x()\n\n\ny()\n"
    context = shown(places({"a.go": text}, tmp_path).primary(SourceText("a.go", text.encode()).span(0, 3)))
    assert context["contextRegion"] == {"startLine": 1, "endLine": 3, "snippet": {"text": "x()\n\n"}}


def test_very_long_lines_are_located_but_not_copied(tmp_path: Path) -> None:
    text = "x()\n" + "y" * 5000 + "\n"
    found = places({"a.go": text}, tmp_path)
    read = SourceText("a.go", text.encode())
    assert "contextRegion" not in shown(found.primary(read.span(0, 3)))
    assert shown(found.primary(read.span(4, 5004)))["region"] == {
        "startLine": 2,
        "startColumn": 1,
        "endLine": 2,
        "endColumn": 5001,
    }


def test_vanished_file_has_a_place_without_text(tmp_path: Path) -> None:
    found = places({}, tmp_path)
    location = shown(found.primary(source(PEER).span(0, 30)))
    assert location["region"] == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}
    assert found.line_hash(span(PEER, "slow")) is None


def test_span_of_a_file_that_has_shrunk(tmp_path: Path) -> None:
    found = places({PEER: "package net\n"}, tmp_path)
    location = shown(found.primary(span(PEER, "c <- slow()")))
    assert "snippet" not in location["region"]
    assert "contextRegion" not in location
    assert found.line_hash(span(PEER, "c <- slow()")) is None
