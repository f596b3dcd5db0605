"""Types as text: Go's notation, with full import paths."""

import pytest

from goleaklint.types.printing import type_string
from goleaklint.types.types import (
    ANY,
    BYTE,
    COMPARABLE,
    ERROR,
    INT,
    RUNE,
    STRING,
    UNTYPED_NIL,
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
    mentions_unknown,
)

T = TypeParam("f", 0, "T")
CLIENT = Named("net/http", "Client")

TEXTS: list[tuple[Type, str]] = [
    (INT, "int"),
    (BYTE, "uint8"),
    (RUNE, "int32"),
    (UNTYPED_NIL, "untyped nil"),
    (Basic("unsafe.Pointer"), "unsafe.Pointer"),
    (ERROR, "error"),
    (COMPARABLE, "comparable"),
    (ANY, "any"),
    (T, "T"),
    (CLIENT, "net/http.Client"),
    (Named("m", "T", (INT, Slice(STRING))), "m.T[int,[]string]"),
    (Named("m", "local", (), 3), "m.local"),
    (Pointer(Pointer(CLIENT)), "**net/http.Client"),
    (Slice(Slice(ANY)), "[][]any"),
    (Array(3, Array(None, INT)), "[3][?]int"),
    (Map(Named("m", "K"), Map(INT, ERROR)), "map[m.K]map[int]error"),
    (Chan("both", INT), "chan int"),
    (Chan("send", INT), "chan<- int"),
    (Chan("receive", INT), "<-chan int"),
    (Chan("both", Chan("receive", INT)), "chan (<-chan int)"),
    (Chan("send", Chan("receive", INT)), "chan<- (<-chan int)"),
    (Chan("receive", Chan("receive", INT)), "<-chan <-chan int"),
    (Chan("both", Chan("send", INT)), "chan chan<- int"),
    (Tuple(), "()"),
    (Tuple((INT, ERROR)), "(int, error)"),
    (Func((), ()), "func()"),
    (Func((INT,), (STRING,)), "func(int) string"),
    (Func((INT, Slice(STRING)), (INT, ERROR), variadic=True), "func(int, ...string) (int, error)"),
    (Func((Func((), ()),), (Func((), (INT,)),)), "func(func()) func() int"),
    (Func((T,), (T,), type_params=(T,)), "func(T) T"),
    (Struct(()), "struct{}"),
    (Struct((StructField("a", INT), StructField("Client", Pointer(CLIENT), True))), "struct{a int; *net/http.Client}"),
    (Interface((("Close", Func((), (ERROR,))), ("Do", Func((INT,), ())))), "interface{Close() error; Do(int)}"),
    (Interface((("M", Func((), ())),), (CLIENT,)), "interface{M(); net/http.Client}"),
    (Union(((True, INT), (False, STRING))), "~int | string"),
    (Interface((), (Union(((True, INT),)),)), "interface{~int}"),
    (Unknown("no source of x"), "unknown: no source of x"),
]


@pytest.mark.parametrize(("kind", "text"), TEXTS, ids=[text for _, text in TEXTS])
def test_a_type_is_written_as_go_writes_it(kind: Type, text: str) -> None:
    assert type_string(kind) == text


MISSING = Unknown("missing")


@pytest.mark.parametrize(
    "kind",
    [
        MISSING,
        Pointer(MISSING),
        Map(INT, Slice(MISSING)),
        Named("m", "T", (MISSING,)),
        Func((INT,), (MISSING,)),
        Struct((StructField("x", MISSING),)),
        Interface((("M", Func((MISSING,), ())),)),
        Union(((False, MISSING),)),
        Tuple((INT, MISSING)),
    ],
)
def test_what_is_not_known_is_found_inside_a_type(kind: Type) -> None:
    assert mentions_unknown(kind) is MISSING


def test_types_that_are_known_mention_nothing_unknown() -> None:
    assert [kind for kind, text in TEXTS if mentions_unknown(kind) and not text.startswith("unknown")] == []
