"""What Go's own checker is not asked about: other builds than the usual one, tests, and packages without source."""

from pathlib import Path

import pytest
from typed_source import marked_types, typed

from goleaklint.types.dump import typed_expressions

SAMPLES = Path(__file__).parents[2] / "testdata" / "types"

# file: expressions and the types they have in its own build
EXPECTED = {
    "variants/open_windows.go": {
        "h": "*goleaklint.example/types/variants.Handle",
        "h.fd": "uintptr",
        "h.wide": "[]uint16",
        "h.wide[0]": "uint16",
        "limit": "uintptr",
    },
    "variants/open_other.go": {
        "h.fd": "int",
        "h.Close": "func() error",
        "h.Close()": "error",
        "limit": "int",
    },
    "variants/tagged.go": {"tag": "[]float32", "tag[0]": "float32", "Open(Name).fdTag": "func() float32"},
    "tests/inside_test.go": {
        "f": "goleaklint.example/types/tests.fixture",
        "f.bump": "func() uint8",
        "f.count": "uint8",
        "f.t": "*testing.T",
        "forOthers.bump()": "uint8",
        "fixture{Open(), t}": "goleaklint.example/types/tests.fixture",
    },
    "tests/outside_test.go": {
        "f.name": "string",
        "tests.Open()": "*goleaklint.example/types/tests.hidden",
        "tests.Exported": "func() *goleaklint.example/types/tests.hidden",
    },
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_sees_what_its_own_build_declares(name: str) -> None:
    (found,) = typed_expressions(SAMPLES, [name], None)
    text = (SAMPLES / name).read_bytes()
    given = {text[start:end].decode(): kind for (start, end), kind in found.exprs.items()}
    assert {source: given.get(source) for source in EXPECTED[name]} == EXPECTED[name]


def test_a_file_of_all_builds_sees_the_usual_one(tmp_path: Path) -> None:
    files = {
        "a.go": "package m\n\nfunc f(t T) { _ = «t.x»; _ = «g()»; _ = «t.m» }\n",
        "b_windows.go": "package m\n\ntype T struct{ x int16 }\n\nfunc g() int16 { return 0 }\n",
        "c_linux.go": "package m\n\ntype T struct {\n\tx int32\n\tm string\n}\n\nfunc g() int32 { return 0 }\n",
        "d_windows.go": "package m\n\nfunc (t T) m() bool { return «t.x» > 0 }\n",
    }
    assert marked_types(tmp_path, files) == ["int32", "int32", "string", "int16"]


def test_exclusive_tags_without_a_system_are_told_apart_too(tmp_path: Path) -> None:
    files = {
        "a.go": "//go:build fast\n\npackage m\n\nvar v int8\n\nfunc f() { _ = «v» }\n",
        "b.go": "//go:build !fast\n\npackage m\n\nvar v int16\n\nfunc f() { _ = «v» }\n",
    }
    assert marked_types(tmp_path, files) == ["int8", "int16"]


def test_a_type_without_source_keeps_its_name(tmp_path: Path) -> None:
    source = """package m

import (
	"example.org/db/v2"
	yaml "gopkg.in/yaml.v3"
)

type store struct {
	*db.DB
	opts db.Options
	own  int
}

func f(s *store, n *yaml.Node) error {
	_ = «s.opts»
	_ = «s.DB»
	_ = «s.own»
	_ = «s.View»
	_ = «db.Open»
	_ = «[]db.Options{s.opts}»
	_ = «map[string]*yaml.Node{"a": n}»
	return «s.DB.Close()»
}
"""
    files = {"a.go": source}
    assert marked_types(tmp_path, files) == [
        "example.org/db/v2.Options",
        "*example.org/db/v2.DB",
        "int",
        "unknown: no source of example.org/db/v2",
        "unknown: no source of example.org/db/v2",
        "[]example.org/db/v2.Options",
        "map[string]*gopkg.in/yaml.v3.Node",
        "unknown: no source of example.org/db/v2",
    ]


def test_a_member_that_a_type_without_source_may_hide_is_not_known(tmp_path: Path) -> None:
    source = """package m

import "example.org/db"

type inner struct{ Close func() int }
type near struct{ inner }
type beside struct {
	inner
	db.DB
}
type hidden struct {
	near
	db.DB
}

func f(b beside, h hidden) {
	_ = «b.Close»
	_ = «h.Close»
	_ = «h.near.Close»
}
"""
    found = marked_types(tmp_path, {"a.go": source})
    assert found == ["func() int", "unknown: no source of example.org/db", "func() int"]


def test_a_method_of_a_type_without_source_has_no_callee(tmp_path: Path) -> None:
    source = 'package m\n\nimport "example.org/db"\n\nfunc f(d *db.DB) { d.Close(); db.Open(); println(len("x")) }\n'
    found = typed(tmp_path, {"a.go": source})["a.go"]
    assert set(found.calls.values()) == {None}


def test_an_instantiated_alias_and_a_local_generic_type_are_followed(tmp_path: Path) -> None:
    source = """package m

type Pair[A, B any] struct { a A; b B }
type Swapped[A, B any] = Pair[B, A]

func f(s Swapped[int, string]) {
	type local[T any] struct { t T; next *local[T] }
	var l local[error]
	_ = «l.next.next.t»
	_ = «s.a»
	_ = «local[bool]{t: true}.t»
}
"""
    assert marked_types(tmp_path, {"a.go": source}) == ["error", "string", "bool"]


def test_local_types_of_one_name_are_told_apart_across_files(tmp_path: Path) -> None:
    text = "package m\n\nfunc f{0}() {{ type T struct{{ x {1} }}; var t T; _ = «t.x» }}\n"
    files = {"a.go": text.format(1, "int8"), "b.go": text.format(2, "bool")}
    assert marked_types(tmp_path, files) == ["int8", "bool"]
