"""What a hostile file name, identifier or source line can do to a terminal or a log: nothing."""

import unicodedata

import pytest

from goleaklint.reports.escape import encodable, markdown_cell, visible, workflow_data, workflow_property


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ünïcode 漢字 🦫", "plain ünïcode 漢字 🦫"),
        ("\x1b[31mred\x1b]8;;http://x\x07", r"\e[31mred\e]8;;http://x\x07"),
        ("tab\tand\r\nline", r"tab\tand\r\nline"),
        ("\x9b2J", r"\x9b2J"),
        ("user\u202e//nimda", r"user\u202e//nimda"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("undecodable\udcff", r"undecodable\udcff"),
        ("::error::stolen", r"\x3a:error::stolen"),
        ("a ::stop-commands::x", r"a \x3a:stop-commands::x"),
        ("std::vector", "std::vector"),
        ("see ##[add-mask]x", r"see #\x23[add-mask]x"),
        ("## [not a command]", "## [not a command]"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_character_that_acts_is_left() -> None:
    acting = [
        chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    ]
    assert [character for character in acting if visible(character) == character] == []


@pytest.mark.parametrize(
    ("text", "data", "prop"),
    [
        ("100%", "100%25", "100%25"),
        ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
        ("C:\\x,y", "C:\\x,y", "C%3A\\x%2Cy"),
        ("%0A", "%250A", "%250A"),
        ("name\udcff", "name\ufffd", "name\ufffd"),
    ],
)
def test_workflow_commands(text: str, data: str, prop: str) -> None:
    assert workflow_data(text) == data
    assert workflow_property(text) == prop


def test_encodable_keeps_all_but_lone_surrogates() -> None:
    assert encodable("é🦫\udc80") == "é🦫\ufffd"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a *T and a <-chan", r"a \*T and a \<-chan"),
        ("`a *T` and *b*", r"`a *T` and \*b\*"),
        ("`x | y`\nnext", r"`x \| y` next"),
        ("one ` only", r"one \` only"),
        ("hidden\u202e\x07", r"hidden\\u202e\\x07"),
    ],
)
def test_markdown_cell(text: str, cell: str) -> None:
    assert markdown_cell(text) == cell
