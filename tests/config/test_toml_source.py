"""Every key has its line, and every mistake in a TOML file is told with it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goleaklint.toml_source import Mistake, MistakesError, Table, parse_toml, quoted, read_toml
from goleaklint.toml_source.lines import key_lines

RULES = sorted((Path(__file__).parents[2] / "rules").glob("*.toml"))

MIXED = """# a comment with a = sign
a.b . "c d" = 2
s = '''
[not.a.table]
x = 1'''
l = [ # ]
  'a', # [
  "]", [1,
  2], {k = 9, "q.r"={z=[9]}},
]
"é=" = "\\"[" # \"""
[[r]]
x = 13
[r.sub]
when = 1979-05-27 07:32:32
[[r]]
x = 17
[[r.deep]]
z = \"""
two quotes end this\"""\"\"
w = 21
[ u . 'v]' ]
n = +inf
"""


def paths(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    found = {path} if path else set()
    if isinstance(value, dict):
        return found.union(*(paths(inner, (*path, key)) for key, inner in value.items()))
    if isinstance(value, list):
        return found.union(*(paths(inner, (*path, at)) for at, inner in enumerate(value)))
    return found


@pytest.mark.parametrize("text", [MIXED, "", "a = 1", *(path.read_text() for path in RULES)])
def test_exactly_the_paths_that_tomllib_reads_have_lines(text: str) -> None:
    assert set(key_lines(text)) == paths(tomllib.loads(text))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a", "b", "c d"), 2),
        (("s",), 3),
        (("l", 0), 7),
        (("l", 2, 1), 9),
        (("l", 3, "q.r", "z", 0), 9),
        (("é=",), 11),
        (("r", 0), 12),
        (("r", 0, "sub", "when"), 15),
        (("r", 1, "x"), 17),
        (("r", 1, "deep", 0), 18),
        (("r", 1, "deep", 0, "w"), 21),
        (("u", "v]", "n"), 23),
    ],
)
def test_lines_of_a_file_with_everything_in_it(path: tuple[str | int, ...], line: int) -> None:
    assert key_lines(MIXED)[path] == line


# How long the examples take is a question of what else the machine does.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["[t{}]", "[[a]]", "[a.{}]", '["x.{}"]']),
            st.lists(
                st.sampled_from(
                    ['"]"', "'#'", '"""\n]\n"""', "[\n1, # ]\n[2],\n]", "{a = '}', b.c = [1]}", "1.5", "'''\n'x''''"]
                ),
                max_size=4,
            ),
        ),
        max_size=6,
    )
)
def test_whatever_values_stand_before_it_a_key_keeps_its_line(sections: list[tuple[str, list[str]]]) -> None:
    lines: list[str] = ["[[a]]"]
    expected = []
    for at, (header, values) in enumerate(sections):
        lines.append(header.format(at))
        for number, value in enumerate(values):
            expected.append((f"k{at}_{number}", len(lines) + 1))
            lines += f"k{at}_{number} = {value}".split("\n")
    text = "\n".join(lines)
    located = {path[-1]: line for path, line in key_lines(text).items()}
    assert [(key, located[key]) for key, _ in expected] == expected
    assert set(key_lines(text)) == paths(tomllib.loads(text))


@pytest.mark.parametrize(
    ("data", "mistake"),
    [
        (b"a = 1\nb = = 2\n", "x.toml:2: not valid TOML at column 5: invalid value"),
        (b"a = 1\nb = [1,\n", "x.toml:2: not valid TOML at the end of the file: invalid value"),
        (b"a = 1\n\na = 2\n", "x.toml:3: not valid TOML at column 6: cannot overwrite a value"),
        (b"a = 1\nb = '\xff'\n", "x.toml:2: not UTF-8: byte 0xff"),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "x.toml: nested too deeply"),
    ],
)
def test_what_is_no_toml_is_one_mistake_with_its_line(data: bytes, mistake: str) -> None:
    with pytest.raises(MistakesError) as caught:
        parse_toml(data, "x.toml")
    assert str(caught.value) == mistake


def test_a_number_beyond_all_bounds_is_a_mistake_and_no_crash() -> None:
    with pytest.raises(MistakesError, match=r"^x\.toml: not valid TOML"):
        parse_toml(b"a = " + b"9" * 10_000, "x.toml")


def test_byte_order_mark_and_windows_line_ends_are_read() -> None:
    document = parse_toml(b"\xef\xbb\xbfa = 1\r\n\r\nb = '''\r\nx'''\r\nc = 1\r\n", "x.toml")
    assert document.data == {"a": 1, "b": "x", "c": 1}
    assert document.line_of("c") == 5


def test_a_value_that_is_not_written_has_the_line_of_the_table_around_it() -> None:
    document = parse_toml(b"x = 1\n\n[t]\ny = 1\n", "x.toml")
    assert [document.line_of("t", "z"), document.line_of("t", "y", 3), document.line_of("z")] == [3, 4, 1]


def test_a_file_that_cannot_be_read_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(MistakesError, match="cannot be read: No such file"):
        read_toml(tmp_path / "none.toml")
    with pytest.raises(MistakesError, match="cannot be read: Is a directory"):
        read_toml(tmp_path)


def test_mistakes_are_sorted_and_told_once() -> None:
    error = MistakesError([Mistake("b", 1, "z"), Mistake("a", 10, "y"), Mistake("a", 9, "x"), Mistake("b", 1, "z")])
    assert str(error).split("\n") == ["a:9: x", "a:10: y", "b:1: z"]


def test_what_a_file_says_cannot_write_to_the_terminal() -> None:
    assert quoted("\x1b[31m\u202e" + "x" * 100) == '"\\x1b[31m\\u202e' + "x" * 54 + '…"'
    assert str(Mistake("a\nb", 1, "m")) == "a\\nb:1: m"


TYPES = """
[t]
text = 1
flag = "yes"
index = -1
choice = "neerest"
texts = ["a", 2]
indexes = [true]
table = []
tables = [1]
extra = 1979-05-27
"""


def test_each_reader_notes_what_it_expected_and_what_it_found() -> None:
    table = Table(parse_toml(TYPES.encode(), "x.toml")).table("t")
    assert table is not None
    assert table.text("text", "d", like="1.22") == "d"
    assert (table.flag("flag", True), table.index("index", 3)) == (True, 3)
    assert (table.choice("choice", ["nearest", "all"], "all"), table.texts("texts")) == ("all", ("a",))
    assert (table.indexes("indexes"), table.table("table"), table.tables("tables")) == ((), None, ())
    table.reject_unknown()
    assert [str(mistake) for mistake in table.mistakes] == [
        'x.toml:3: text must be a string such as "1.22", not the number 1',
        'x.toml:4: flag must be true or false, not the string "yes"',
        "x.toml:5: index must be a whole number from 0 on, not the number -1",
        'x.toml:6: choice must be one of "nearest" or "all", not "neerest"; did you mean "nearest"?',
        "x.toml:7: texts must be a list of strings, not the number 2",
        "x.toml:8: indexes must be a list of whole numbers from 0 on, not a list",
        "x.toml:9: table must be a table, not a list",
        "x.toml:10: tables must be a list of tables, written [[tables]], not a list",
        'x.toml:11: unknown key "extra"; did you mean "text"?',
    ]
