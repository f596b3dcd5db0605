"""What declarations mean: aliases, cycles that have to end, constraints, and names that hide others."""

from pathlib import Path

import pytest
from typed_source import marked_types, package_types, type_named, typed

from goleaklint.types.declared import Declared
from goleaklint.types.infer import Inference
from goleaklint.types.printing import type_string
from goleaklint.types.types import Array, Chan, Func, Interface, Map, Named, Pointer, Slice, Struct, Unknown

DECLARED = """package m

import "example.org/far"

type A = B
type B = C
type C struct{ next *A }
type D A
type Loop = Pool
type Pool = Loop
type Self Self
type Near Around
type Around Near
type Deep = []map[A]chan<- D
type ToFar = far.Type
type OfFar far.Type
type Vec[T any] = []T
type Grid[T any] = Vec[Vec[T]]
type Pair[K comparable, V any] struct { k K; v V }
type Strings = Pair[string, []string]
type Same[T any] Pair[T, T]
type Tree[T interface{ Less(T) bool }] struct { l, r *Tree[T]; item T }
type Wide interface{ Embeds; int | ~string }
type Embeds interface{ M() }
type Chans interface{ ~chan int | <-chan int }
type Mixed interface{ ~[]int | ~string }
type Circle interface{ Circle2 }
type Circle2 interface{ Circle }
type Z interface{ Last(); First() }

var v, w = f()
var x = y
var y = x
var (
	a = b + 1
	b = c(a)
)
func f() (A, error) { panic(0) }
func c(int) int { return 0 }
func g[T Wide, U ~[]T, C Chans, M Mixed, R Circle](t T, u U) {}
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Inference, Declared]:
    """The declarations of DECLARED."""
    return package_types(tmp_path_factory.mktemp("declared"), DECLARED)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("A", "m.C"),
        ("Deep", "[]map[m.C]chan<- m.D"),
        ("ToFar", "example.org/far.Type"),
        ("OfFar", "m.OfFar"),
        ("Grid", "[][]T"),
        ("Strings", "m.Pair[string,[]string]"),
        ("v", "m.C"),
        ("w", "error"),
        ("f", "func() (m.C, error)"),
        ("b", "int"),
        ("a", "int"),
    ],
)
def test_names_stand_for_what_they_are_declared_as(known: tuple[Inference, Declared], name: str, text: str) -> None:
    assert type_string(type_named(known[0], name)) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("C", "struct{next *m.C}"),
        ("D", "struct{next *m.C}"),
        ("OfFar", "unknown: no source of example.org/far"),
        ("Strings", "struct{k string; v []string}"),
        ("Same", "struct{k T; v T}"),
        ("Tree", "struct{l *m.Tree[T]; r *m.Tree[T]; item T}"),
        ("Z", "interface{First(); Last()}"),
    ],
)
def test_what_is_under_a_name(known: tuple[Inference, Declared], name: str, text: str) -> None:
    types, declared = known
    assert type_string(declared.underlying(type_named(types, name))) == text


@pytest.mark.parametrize("name", ["Loop", "Pool", "Self", "Near", "Around", "x", "y"])
def test_declarations_in_a_cycle_end(known: tuple[Inference, Declared], name: str) -> None:
    types, declared = known
    assert isinstance(declared.underlying(type_named(types, name)), Unknown)


def test_type_parameters_have_what_all_their_types_have_in_common(known: tuple[Inference, Declared]) -> None:
    types, declared = known
    generic = type_named(types, "g")
    assert isinstance(generic, Func)
    cores = [declared.core(param) for param in generic.type_params]
    assert [None if core is None else type_string(core) for core in cores] == [None, "[]T", "<-chan int", None, None]
    assert [len(declared.possible(param)) for param in generic.type_params] == [2, 1, 2, 2, 0]


def test_every_form_of_type_is_read(tmp_path: Path) -> None:
    source = """package m
type T (map[string]*[3]chan (func(a, b int, rest ...error) (x []any, _ struct{ n, m int8; error })))
"""
    types, declared = package_types(tmp_path, source)
    found = declared.underlying(type_named(types, "T"))
    assert isinstance(found, Map) and isinstance(found.value, Pointer) and isinstance(found.value.elem, Array)
    assert isinstance(found.value.elem.elem, Chan)
    function = found.value.elem.elem.elem
    assert isinstance(function, Func) and function.variadic and len(function.params) == 3
    assert isinstance(function.results[0], Slice) and isinstance(function.results[0].elem, Interface)
    inner = function.results[1]
    assert isinstance(inner, Struct)
    assert [(each.name, each.embedded) for each in inner.fields] == [("n", False), ("m", False), ("error", True)]


def test_names_are_looked_up_from_the_inside_out(tmp_path: Path) -> None:
    files = {
        "a.go": """package m

import "m/sub"
import . "m/dotted"

type error struct{ code int }

func f(string bool, sub2 sub.T, e error) {
	_ = «string»
	_ = «e.code»
	_ = «sub2.Field»
	_ = «FromDot()»
	_ = «Hidden»
	sub := struct{ T []int }{}
	_ = «sub.T»
	_ = «len(sub.T)»
	len := func(any) rune { return 'x' }
	_ = «len(sub.T)»
	_ = «nowhere»
}

var Hidden = true
""",
        "sub/s.go": "package sub\n\ntype T struct{ Field error }\n",
        "dotted/d.go": "package dotted\n\nvar Hidden = 1.5\n\nfunc FromDot() float32 { return 0 }\n",
    }
    assert marked_types(tmp_path, files) == [
        "bool",
        "int",
        "error",
        "float32",
        "bool",
        "[]int",
        "int",
        "int32",
        "unknown: nothing declares nowhere",
    ]


def test_callees_are_named_by_who_declares_them(tmp_path: Path) -> None:
    source = """package m

import (
	"io"
	"os"
	"strings"
)

type T struct{ *os.File }
type G[K any] struct{}

func (g *G[K]) m()          {}
func Map[A, B any](A, func(A) B) {}
func plain()                {}

func f(t T, r io.ReadCloser, g *G[int], v func(), e error) {
	plain()
	(plain)()
	t.Close()
	r.Read(nil)
	g.m()
	Map(1, func(int) bool { return true })
	Map[int, bool](1, nil)
	strings.ToUpper("x")
	(*os.File).Close(t.File)
	v()
	e.Error()
	_ = string(len("x"))
	func() { plain() }()
}
"""
    found = typed(tmp_path, {"a.go": source})["a.go"]
    text = source.encode()
    given = {text[start:end].decode(): callee for (start, end), callee in found.calls.items()}
    assert given == {
        "plain()": ("m", "", "plain"),
        "(plain)()": ("m", "", "plain"),
        "t.Close()": ("os", "(*File)", "Close"),
        "r.Read(nil)": ("io", "ReadCloser", "Read"),
        "g.m()": ("m", "(*G)", "m"),
        "Map(1, func(int) bool { return true })": ("m", "", "Map"),
        "Map[int, bool](1, nil)": ("m", "", "Map"),
        'strings.ToUpper("x")': ("strings", "", "ToUpper"),
        "(*os.File).Close(t.File)": ("os", "(*File)", "Close"),
        "e.Error()": ("", "error", "Error"),
    }


def test_a_named_type_is_asked_for_by_its_package(known: tuple[Inference, Declared]) -> None:
    declared = known[1]
    decl = declared.type_decl(Named("m", "C"))
    assert decl is not None and decl.name == "C"
    assert declared.type_decl(Named("m", "Nowhere")) is None
    assert declared.type_decl(Named("example.org/far", "Type")) is None
    assert isinstance(declared.underlying(Named("m", "Nowhere")), Unknown)
