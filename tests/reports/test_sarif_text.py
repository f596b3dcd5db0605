import pytest

from goleaklint.reports.sarif_text import harmless, message_text, pascal_case, plain_text, shortened, unwrapped


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("It leaks", "It leaks."),
        ("It leaks.", "It leaks."),
        ("Does it leak?", "Does it leak?"),
        ("", ""),
        ("(*Map[K, V]).get waits", "(*Map\uff3bK, V\uff3d).get waits."),
        ("handlers[i](7)", "handlers\uff3bi\uff3d(7)."),
        ("select {} on a chan struct{}", "select \uff5b\uff5d on a chan struct\uff5b\uff5d."),
        ("two\n  lines", "two lines."),
        ("a\u202eb\x1b[31m", "a\\u202eb\\e\uff3b31m."),
        ("name\udcff", "name\\udcff."),
    ],
)
def test_message(text: str, message: str) -> None:
    assert message_text(text) == message
    message.encode()


def test_part_of_a_message_gets_no_full_stop() -> None:
    assert harmless("a[0].go") == "a\uff3b0\uff3d.go"


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [("one two", 7, "one two"), ("one two three", 9, "one two…"), ("unbroken", 4, "unb…")],
)
def test_shortened(text: str, limit: int, cut: str) -> None:
    assert shortened(text, limit) == cut
    assert len(cut) <= limit


@pytest.mark.parametrize(
    ("slug", "name"),
    [("abandoned-send", "AbandonedSend"), ("http2-x", "Http2X"), ("GL", "GL")],
)
def test_pascal_case(slug: str, name: str) -> None:
    assert pascal_case(slug) == name


MARKDOWN = """\
One paragraph
in two lines.
# Heading
Text
```go
a := 1

b := 2
```
- item
  goes on
- [link](x)
1. first
| a | b |
|---|---|
> quote
"""


def test_paragraphs_are_unwrapped_and_blocks_are_not() -> None:
    assert unwrapped(MARKDOWN).splitlines() == [
        "One paragraph in two lines.",
        "# Heading",
        "Text",
        "```go",
        "a := 1",
        "",
        "b := 2",
        "```",
        "- item goes on",
        "- [link](x)",
        "1. first",
        "| a | b |",
        "|---|---|",
        "> quote",
    ]


def test_plain_text_has_no_marks() -> None:
    assert plain_text("## Why\n\n```go\nx := 1 # no heading\n```") == "Why\n\nx := 1 # no heading"
