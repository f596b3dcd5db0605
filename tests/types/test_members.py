"""Fields and methods: depth, ambiguity, where they are declared, and what is not known."""

from pathlib import Path

import pytest
from typed_source import package_types, type_named

from goleaklint.types.members import Member, find_member, method_expression
from goleaklint.types.printing import type_string
from goleaklint.types.types import BOOL, INT, Func, Named, Pointer, Slice, Struct, Type, Unknown

DECLARED = """package m

import "example.org/far"

type Base struct{ ID, Shared int }
func (b Base) Value() int { return 0 }
func (b *Base) Change(s string) {}

type Other struct{ Shared string; Deep }
type Deep struct{ Bottom bool }

type Outer struct { *Base; Other; ID float64 }
type Twice struct { Base; Other }

type Reader interface{ Read() int }
type Both interface { Reader; interface{ Close() error }; more }
type more interface{ Reader; More(...int) }
type Holder struct{ Both }

type Far struct { far.Client; Base }
type Behind struct { far.Client; Twice }

type Box[T any] struct{ item T; list []T }
func (b *Box[E]) Get() (e E) { return }
func (b Box[_]) Size() int { return 0 }
type Boxes struct { Box[[]string] }

type Loop struct { *Loop2 }
type Loop2 struct { *Loop; n int8 }
type ToBase *Base
type Ints []int
func (Ints) Sum() int { return 0 }
type Alias = Ints
type Defined Ints

func Generic[P interface { Reader; ~[]int }, Q Base, R *Base](p P, q Q, r R) {}
"""

FOUND = [
    # type, name, what it is, where it is declared
    ("Base", "ID", "int", "Base"),
    ("Base", "Value", "func() int", "Base"),
    ("Base", "Change", "func(string)", "(*Base)"),
    ("Outer", "ID", "float64", "Outer"),
    ("Outer", "Change", "func(string)", "(*Base)"),
    ("Outer", "Bottom", "bool", "Deep"),
    ("Outer", "Base", "*m.Base", "Outer"),
    ("Outer", "Shared", None, None),
    ("Twice", "Shared", None, None),
    ("Twice", "Value", "func() int", "Base"),
    ("Both", "Read", "func() int", "Reader"),
    ("Both", "More", "func(...int)", "more"),
    ("Both", "Close", "func() error", "Both"),
    ("Holder", "Read", "func() int", "Reader"),
    ("Holder", "Nothing", None, None),
    ("Far", "ID", "int", "Base"),
    ("Far", "Get", "unknown: no source of example.org/far", None),
    ("Far", "Client", "example.org/far.Client", "Far"),
    ("Behind", "Value", "unknown: no source of example.org/far", None),
    ("Boxes", "item", "[]string", "Box"),
    ("Boxes", "list", "[][]string", "Box"),
    ("Boxes", "Get", "func() []string", "(*Box)"),
    ("Boxes", "Size", "func() int", "Box"),
    ("Loop", "n", "int8", "Loop2"),
    ("Loop", "m", None, None),
    ("ToBase", "ID", "int", "Base"),
    ("ToBase", "Value", None, None),
    ("Alias", "Sum", "func() int", "Ints"),
    ("Defined", "Sum", None, None),
]


@pytest.mark.parametrize(("kind", "name", "text", "owner"), FOUND)
def test_a_member_is_found_where_go_finds_it(
    tmp_path: Path, kind: str, name: str, text: str | None, owner: str | None
) -> None:
    types, declared = package_types(tmp_path, DECLARED)
    assert _described(find_member(declared, type_named(types, kind), name)) == (text, owner)


@pytest.mark.parametrize(("kind", "name", "text", "owner"), [each for each in FOUND if each[0] in ("Base", "Outer")])
def test_a_pointer_has_the_members_of_what_it_points_at(
    tmp_path: Path, kind: str, name: str, text: str | None, owner: str | None
) -> None:
    types, declared = package_types(tmp_path, DECLARED)
    assert _described(find_member(declared, Pointer(type_named(types, kind)), name)) == (text, owner)


def test_a_type_parameter_has_the_methods_of_its_constraint(tmp_path: Path) -> None:
    types, declared = package_types(tmp_path, DECLARED)
    generic = type_named(types, "Generic")
    assert isinstance(generic, Func)
    assert _described(find_member(declared, generic.type_params[0], "Read")) == ("func() int", "Reader")
    assert find_member(declared, generic.type_params[0], "Sum") is None


def test_types_that_have_no_members_have_none(tmp_path: Path) -> None:
    _, declared = package_types(tmp_path, DECLARED)
    kinds: list[Type] = [INT, Slice(INT), Struct(()), Func((), ()), Pointer(INT)]
    assert [find_member(declared, kind, "x") for kind in kinds] == [None] * len(kinds)


def test_a_member_of_what_is_not_known_is_not_known(tmp_path: Path) -> None:
    _, declared = package_types(tmp_path, DECLARED)
    assert find_member(declared, Unknown("because"), "x") == Unknown("because")
    assert find_member(declared, Named("example.org/far", "Client"), "x") == Unknown("no source of example.org/far")


def test_a_method_expression_takes_its_receiver_first() -> None:
    method = Func((INT,), (BOOL,))
    assert type_string(method_expression(Pointer(Named("m", "T")), method)) == "func(*m.T, int) bool"


def _described(found: Member | Unknown | None) -> tuple[str | None, str | None]:
    if found is None:
        return None, None
    if isinstance(found, Unknown):
        return type_string(found), None
    owner = "" if found.owner is None else found.owner.name
    return type_string(found.type), f"(*{owner})" if found.pointer else owner
