"""Values of constant expressions, as array lengths show them."""

from pathlib import Path

import pytest
from typed_source import package_types, type_named, written

from goleaklint.types.dump import typed_expressions
from goleaklint.types.quoting import unquoted
from goleaklint.types.types import INT, Array

DECLARED = """package m

import "unsafe"

type Small uint8
type Text string

const (
	A = iota * 10
	B
	_, C = iota, iota + 1
	D Small = iota
)
const S, T = "héllo", Text("x" + "yz")
const Loop, Pool = Pool, Loop
const Huge = 1 << 511
const Half = 5 / 2.0

var four [4]int
var list = [...]string{7: "a", "b"}
var _ = unsafe.Sizeof(four)
type Row = [3]Small
"""

VALUES = {
    "1 + 2*3": 7,
    "(1 + 2) * 3": 9,
    "7 / 2": 3,
    "-7 / 2": -3,
    "-7 % 3": -1,
    "7 / 2.0 * 2": 7,
    "1e3": 1000,
    "0x_10 + 0b11 + 0o17 + 017 + 1_000": 16 + 3 + 15 + 15 + 1000,
    "1<<10 >> 3": 128,
    "6 & 3 | 8 ^ 1": 2 | (8 ^ 1),
    "0xFF &^ 0xF": 0xF0,
    "'a'": 97,
    r"'\n'": 10,
    r"'\''": 39,
    r"'\x41' + '\u00e9' + '\101'": 65 + 0xE9 + 65,
    r"'\xff'": 255,
    "'é'": 0xE9,
    "^0": -1,
    "^uint8(3)": 252,
    "^uint(0) >> 63": 1,
    "32 << (^uint(0) >> 63)": 64,
    "B": 10,
    "C": 3,
    "D": 3,
    "D + 1": 4,
    "^D": 252,
    "len(S)": 6,
    r'len("\t\"\u00e9\x00")': 5,
    "len(`a\\n`)": 3,
    "len(T)": 3,
    'len("a" + S)': 7,
    "len(four) + cap(list)": 4 + 9,
    "len(Row{}) + len([2][3]int{})": 5,
    "int(2.5 * 2)": 5,
    "Small(3) * 2": 6,
    "len(string(rune(233)))": 2,
    "max(1, A, 5)": 5,
    "min(3, 2)": 2,
    "unsafe.Sizeof(uint32(0)) + unsafe.Sizeof(D)": 5,
    "int(Half * 2)": 5,
    "Huge >> 509": 4,
    # what is no integer constant, or none that is worth its memory
    "Half": None,
    '"x"': None,
    "1 / 0": None,
    "1 % 0": None,
    "1 << -1": None,
    "1 << 100000": None,
    "Huge * Huge * Huge": None,
    "1e999999999": None,
    "0x1p4": None,
    "Loop": None,
    "Nowhere": None,
    "list": None,
    "len(unknown)": None,
    "f()": None,
    "1.5 | 2": None,
    "2i": None,
}


def test_the_value_of_an_integer_constant_is_worked_out(tmp_path: Path) -> None:
    lines = (f"type V{number} [{text}]int" for number, text in enumerate(VALUES))
    types, declared = package_types(tmp_path, DECLARED + "\n".join(lines) + "\n")
    found = {text: declared.underlying(type_named(types, f"V{number}")) for number, text in enumerate(VALUES)}
    assert found == {text: Array(value, INT) for text, value in VALUES.items()}


def test_constants_of_a_function_hide_those_of_the_package(tmp_path: Path) -> None:
    source = """package m

const n = 1

func f(len func(string) int) {
	const (
		a = iota + n
		n = 5
		b, c = iota * 10, n
	)
	var x [a]int
	var y [b + c]int
	var z [len("abc")]int
	array := [...]bool{3: true}
	const m = cap(array) + 1
	var w [m]int
	_, _, _, _ = x, y, z, w
}
"""
    (found,) = typed_expressions(written(tmp_path, {"a.go": source}), ["a.go"], None)
    text = source.encode()
    kinds = [kind for (start, end), kind in sorted(found.exprs.items()) if text[start:end] in (b"x", b"y", b"z", b"w")]
    assert kinds == ["[1]int", "[25]int", "[?]int", "[5]int"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"plain"', b"plain"),
        ('"é"', "é".encode()),
        (r'"\xe9\u00e9\U0001F600"', b"\xe9" + "é😀".encode()),
        (r'"\a\b\f\n\r\t\v\\\""', b'\a\b\f\n\r\t\v\\"'),
        (r'"\101\000"', b"A\x00"),
        ("`a\\n\r\nb`", b"a\\n\nb"),
        (r"'\xff'", "ÿ".encode()),
        (r"'\U7FFFFFFF'", b"?"),
        ('"', None),
        ("x", None),
    ],
)
def test_a_literal_is_unquoted(text: str, value: bytes | None) -> None:
    assert unquoted(text) == value
