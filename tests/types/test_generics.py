"""Type parameters: putting types in their place, and working out what they stand for."""

import pytest
from typed_source import package_types, type_named

from goleaklint.types.arguments import infer, infer_for, instantiate
from goleaklint.types.generics import spread, substitute
from goleaklint.types.printing import type_string
from goleaklint.types.shapes import DeclaredShapes
from goleaklint.types.types import (
    ANY,
    BOOL,
    ERROR,
    INT,
    STRING,
    UNTYPED_FLOAT,
    UNTYPED_INT,
    UNTYPED_NIL,
    UNTYPED_RUNE,
    UNTYPED_STRING,
    Array,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    StructField,
    Tuple,
    Type,
    TypeParam,
    Union,
    Unknown,
)
from goleaklint.types.unification import Unifier

A, B = TypeParam("f", 0, "A"), TypeParam("f", 1, "B")

SUBSTITUTED = [
    (A, "int"),
    (B, "B"),
    (Pointer(A), "*int"),
    (Slice(Array(3, A)), "[][3]int"),
    (Map(A, Chan("send", B)), "map[int]chan<- B"),
    (Func((A, B), (A,)), "func(int, B) int"),
    (Tuple((A, STRING)), "(int, string)"),
    (Struct((StructField("x", A), StructField("T", Named("m", "T", (A,)), embedded=True))), "struct{x int; m.T[int]}"),
    (Interface((("M", Func((A,), ())),), (Named("m", "I", (A,)),)), "interface{M(int); m.I[int]}"),
    (Union(((True, Slice(A)), (False, B))), "~[]int | B"),
    (Named("m", "T"), "m.T"),
]


@pytest.mark.parametrize(("kind", "text"), SUBSTITUTED)
def test_a_type_is_put_in_the_place_of_a_parameter(kind: Type, text: str) -> None:
    assert type_string(substitute(kind, {A: INT})) == text


def test_nothing_to_replace_leaves_the_type_as_it_is() -> None:
    kind = Slice(A)
    assert substitute(kind, {}) is kind


def test_the_last_parameter_of_a_variadic_function_meets_any_number_of_arguments() -> None:
    function = Func((INT, Slice(STRING)), (), variadic=True)
    assert [spread(function, count) for count in (1, 2, 4)] == [(INT,), (INT, STRING), (INT, STRING, STRING, STRING)]
    assert spread(Func((INT, BOOL), ()), 7) == (INT, BOOL)


DECLARED = """package m

type Number interface{ ~int | ~float64 }
type Ints []int
type Feed chan int
type List[T any] struct{ next *List[T] }
type Getter[T any] interface{ Get() T }
type Box struct{}
func (Box) Get() string { return "" }
type Setter[T any] interface { *T; Set() }
func (*Box) Set() {}
type Seq[T any] func(func(T) bool)

func Map[X, Y any](xs []X, f func(X) Y) []Y { return nil }
func Same[X any](x, y X) X { return x }
func Elem[S ~[]E, E any](s S) E { var e E; return e }
func Recv[X any](c <-chan X) X { return <-c }
func Of[K comparable, V any](m map[K]V) (K, V) { panic(0) }
func Deep[X any](l *List[[]X], ys ...X) X { panic(0) }
func Got[G Getter[X], X any](g G) X { panic(0) }
func Get[X any](g Getter[X]) X { panic(0) }
func New[X any, P Setter[X]]() P { return nil }
func Each[X any](s Seq[X]) X { panic(0) }
func Cycle[P *Q, Q *P](p P) Q { panic(0) }
func Nothing[X any]() X { panic(0) }
func ID[X any](x X) X { return x }
func Apply[X any](x X, fs ...func(X) X) X { return x }
"""

INTS, FEED, BOX = Named("m", "Ints"), Named("m", "Feed"), Named("m", "Box")
ITOA = Func((INT,), (STRING,))

INFERRED: list[tuple[str, list[Type], str]] = [
    ("Map", [Slice(INT), ITOA], "func([]int, func(int) string) []string"),
    ("Map", [INTS, ITOA], "func([]int, func(int) string) []string"),
    ("Same", [UNTYPED_INT, UNTYPED_FLOAT], "func(float64, float64) float64"),
    ("Same", [UNTYPED_RUNE, UNTYPED_INT], "func(int32, int32) int32"),
    ("Same", [UNTYPED_INT, Basic("int8")], "func(int8, int8) int8"),
    ("Same", [Slice(INT), INTS], "func(m.Ints, m.Ints) m.Ints"),
    ("Same", [Chan("both", INT), Chan("receive", INT)], "func(<-chan int, <-chan int) <-chan int"),
    ("Same", [ERROR, UNTYPED_NIL], "func(error, error) error"),
    ("Elem", [INTS], "func(m.Ints) int"),
    ("Recv", [FEED], "func(<-chan int) int"),
    ("Recv", [Chan("both", BOX)], "func(<-chan m.Box) m.Box"),
    ("Of", [Map(STRING, Slice(BOX))], "func(map[string][]m.Box) (string, []m.Box)"),
    ("Deep", [Pointer(Named("m", "List", (Slice(INT),)))], "func(*m.List[[]int], ...int) int"),
    ("Got", [BOX], "func(m.Box) string"),
    ("Get", [BOX], "func(m.Getter[string]) string"),
    ("Each", [Func((Func((BOX,), (BOOL,)),), ())], "func(m.Seq[m.Box]) m.Box"),
    ("Apply", [INT, ITOA], "func(int, ...func(int) int) int"),
    ("Same", [A, UNTYPED_NIL], "func(A, A) A"),
    ("Map", [Unknown("missing"), ITOA], "func([]int, func(int) string) []string"),
]
NOT_INFERRED: list[tuple[str, list[Type]]] = [
    ("Map", [Slice(INT)]),
    ("Map", [Unknown("missing"), UNTYPED_NIL]),
    ("Same", [UNTYPED_NIL, UNTYPED_NIL]),
    ("Elem", [INT]),
    ("Nothing", []),
    ("Got", [INT]),
    ("Cycle", []),
]


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Func], DeclaredShapes]:
    """The functions of DECLARED by name, and what is known of its types."""
    types, known = package_types(tmp_path_factory.mktemp("generic"), DECLARED)
    names = [
        line.split("[")[0].split()[1] for line in DECLARED.splitlines() if line.startswith("func ") and "[" in line
    ]
    functions = {name: kind for name in names if isinstance(kind := type_named(types, name), Func)}
    return functions, DeclaredShapes(known)


@pytest.mark.parametrize(("name", "args", "text"), INFERRED)
def test_arguments_tell_type_arguments(
    declared: tuple[dict[str, Func], DeclaredShapes], name: str, args: list[Type], text: str
) -> None:
    functions, shapes = declared
    found = infer(functions[name], args, shapes)
    assert found is not None
    assert type_string(found) == text
    assert not found.type_params


@pytest.mark.parametrize(("name", "args"), NOT_INFERRED)
def test_a_parameter_that_stays_open_makes_the_call_unknown(
    declared: tuple[dict[str, Func], DeclaredShapes], name: str, args: list[Type]
) -> None:
    functions, shapes = declared
    assert infer(functions[name], args, shapes) is None


def test_generic_functions_as_arguments_are_told_by_the_others(
    declared: tuple[dict[str, Func], DeclaredShapes],
) -> None:
    functions, shapes = declared
    mapped = infer(functions["Map"], [INTS, functions["ID"]], shapes)
    assert mapped is not None and type_string(mapped) == "func([]int, func(int) int) []int"
    itself = infer(functions["Apply"], [STRING, functions["ID"], functions["ID"]], shapes)
    assert itself is not None and type_string(itself) == "func(string, ...func(string) string) string"
    assert infer(functions["ID"], [functions["ID"]], shapes) is None


def test_a_generic_function_can_be_called_in_its_own_body(
    declared: tuple[dict[str, Func], DeclaredShapes],
) -> None:
    functions, shapes = declared
    own = functions["ID"].type_params[0]
    found = infer(functions["ID"], [Slice(own)], shapes)
    assert found == Func((Slice(own),), (Slice(own),))


def test_a_function_type_that_is_asked_for_tells_type_arguments(
    declared: tuple[dict[str, Func], DeclaredShapes],
) -> None:
    functions, shapes = declared
    found = infer_for(functions["Elem"], Func((INTS,), (INT,)), shapes)
    assert found == Func((INTS,), (INT,))
    assert infer_for(functions["Nothing"], Func((INT,), ()), shapes) is None


def test_type_arguments_can_be_given_in_part(declared: tuple[dict[str, Func], DeclaredShapes]) -> None:
    functions, shapes = declared
    assert type_string(instantiate(functions["Map"], (INT, STRING), shapes)) == "func([]int, func(int) string) []string"
    partly = instantiate(functions["Map"], (INT,), shapes)
    assert [param.name for param in partly.type_params] == ["Y"]
    assert infer(partly, [UNTYPED_NIL, Func((INT,), (ERROR,))], shapes) is not None
    # A constraint can tell what is not given.
    assert instantiate(functions["New"], (BOX,), shapes) == Func((), (Pointer(BOX),))
    assert instantiate(functions["Elem"], (INTS,), shapes) == Func((INTS,), (INT,))


UNIFIED: list[tuple[Type, Type, bool]] = [
    (Slice(A), Slice(INT), True),
    (Slice(A), INTS, True),
    (INTS, Slice(INT), True),
    (Slice(A), Map(INT, INT), False),
    (Array(3, A), Array(3, INT), True),
    (Array(3, A), Array(4, INT), False),
    (Func((A,), ()), Func((A, A), ()), False),
    (Func((Slice(A),), ()), Func((INTS,), ()), False),
    (Named("m", "List", (A,)), Named("m", "List", (INT,)), True),
    (Named("m", "List", (A,)), Named("n", "List", (INT,)), False),
    (Chan("send", A), Chan("both", INT), True),
    (Struct((StructField("x", A),)), Struct((StructField("y", INT),)), False),
    (INT, STRING, False),
    (UNTYPED_STRING, UNTYPED_STRING, True),
    (ANY, ANY, True),
]


@pytest.mark.parametrize(("one", "other", "matches"), UNIFIED)
def test_types_of_one_form_are_unified(
    declared: tuple[dict[str, Func], DeclaredShapes], one: Type, other: Type, matches: bool
) -> None:
    for left, right in ((one, other), (other, one)):
        assert Unifier((A, B), declared[1]).unify(left, right) is matches


def test_parameters_that_are_one_learn_together(declared: tuple[dict[str, Func], DeclaredShapes]) -> None:
    unifier = Unifier((A, B), declared[1])
    assert unifier.unify(A, B)
    assert unifier.known(A) is None
    assert unifier.unify(Slice(B), Slice(INT))
    assert unifier.arguments() == {A: INT, B: INT}
    assert not unifier.unify(A, STRING)
    assert unifier.arguments() == {A: INT, B: INT}


def test_a_parameter_that_stands_for_itself_stays_open(declared: tuple[dict[str, Func], DeclaredShapes]) -> None:
    unifier = Unifier((A, B), declared[1])
    unifier.learn(A, Pointer(B))
    unifier.learn(B, Pointer(A))
    assert unifier.arguments() == {}
