"""Whatever a file holds, typing it ends and gives something for what is there."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typed_source import marked_types, typed

from goleaklint.syntax.reader import make_room
from goleaklint.types.dump import FileTypes

make_room()  # hypothesis minds if the recursion limit changes while it runs

SAMPLES = sorted((Path(__file__).parents[2] / "testdata" / "types").rglob("*.go"))
TEXTS = [path.read_text(encoding="utf-8") for path in SAMPLES]

PIECES = [
    *"func [ ] ( ) { } ... * & <- := = , . iota nil range map[ chan T[T] f[f[f]] x.(type)".split(),
    *"0x ' \" _ go defer case ! ^ append() make() new() len() unsafe.Pointer 1<<1<<99 é \x00".split(),
    *(
        "type T T",
        "type A = A",
        "[T any]",
        "interface{ I }",
        "struct{ *S }",
        "const c = c",
        "type P[P P] P",
        "var v = v",
    ),
    *("func() { return f() }()", "//go:build x\n", 'import . "m"'),
]


def check(root: Path, text: str) -> FileTypes:
    """The types of one file, all of whose answers have to be text about places in it."""
    found = typed(root, {"a.go": text}).get("a.go")
    if found is None:
        return FileTypes("a.go")
    size = len(text.encode())
    assert all(0 <= start <= end <= size and kind for (start, end), kind in found.exprs.items())
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, len(TEXTS) - 1), seed=st.integers(0, 2**32))
@example(number=26, seed=0)
def test_a_file_with_pieces_changed_is_typed_without_a_crash(tmp_path: Path, number: int, seed: int) -> None:
    check(tmp_path, mutated(TEXTS[number], random.Random(seed)))  # noqa: S311 - nothing is kept secret by it


def mutated(text: str, chance: random.Random) -> str:
    """The text with words put in, left out, doubled or exchanged."""
    words = text.split(" ")
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(words))
        match chance.randrange(4):
            case 0:
                words.insert(at, chance.choice(PIECES))
            case 1 if len(words) > 1:
                del words[at]
            case 2:
                words.insert(at, words[chance.randrange(len(words))])
            case _:
                words[at] = chance.choice(PIECES)
    return " ".join(words)


BROKEN = [
    "package m\n\nfunc f() { x := ; y = x. }\n",
    "package m\n\nfunc f(a, b) { return a(b)[c].d.(e) }\n",
    "package m\n\nfunc f() { var x T; _ = x.y.z; type T struct{ T } }\n",
    "package m\n\ntype T struct{ T }\n\nfunc f(t T) { _ = t.T.T.x }\n",
    "package m\n\ntype I interface{ I }\n\nfunc f[T I](t I, p T) { _ = t.m(); p.m() }\n",
    "package m\n\ntype T[P T[P]] struct{ p P }\n\nfunc f(t T[T[int]]) { _ = t.p.p.p }\n",
    "package m\n\ntype T[P any] T[T[P]]\n\nfunc f(t T[int]) { _ = t.x; t() }\n",
    "package m\n\ntype A[P any] = B[P]\ntype B[P any] = A[P]\n\nfunc f(a A[int]) { _ = a.x }\n",
    "package m\n\nfunc f() { type A = A; type B = []B; var a A; var b B; _, _ = a.x, b[0] }\n",
    "package m\n\ntype A = struct{ x, y A; f func(A) (A, A) }\n\nfunc f(a A) { _ = a.x.y; a.f(a) }\n",
    "package m\n\ntype A = []A\n\nfunc f(a A) { _ = a[0][0] }\n",
    "package m\n\ntype A [len(v)]int\n\nvar v A\n\nfunc f() { _ = v[0] }\n",
    "package m\n\ntype A [len(v) + len(v)]int\n\nvar v A\n\nfunc f() { _ = v[0] }\n",
    "package m\n\ntype P *P\n\nfunc f(p P) { _ = p.x; _ = (*p).x; (**p).m() }\n",
    "package m\n\ntype P *T\ntype T struct{ P }\n\nfunc f(p P, t T) { _ = p.x; _ = t.x; t.P.P.m() }\n",
    "package m\n\nvar a, b = b, a\n\nfunc f() { a.x(b) }\n",
    "package m\n\nvar a = func() int { return a() }\n\nfunc f() { _ = a() }\n",
    "package m\n\nconst a, b = b + 1, a + 1\n\nvar x [a]int\n\nfunc f() { _ = x }\n",
    "package m\n\nfunc f() { f := f; x := x; for x := range x { _ = x } }\n",
    "package m\n\nfunc f[P *Q, Q *P](p P, q Q) { f(&q, &p); _ = **p }\n",
    "package m\n\nfunc f[P interface{ Q }, Q interface{ P }]() {}\n\nfunc g() { f(); f[int](); f[g]() }\n",
    "package m\n\nfunc f[P, P Q, P P](p P) { f(p); f(1) }\n",
    "package m\n\nfunc f[P any](p P) { f(f); f[P](f[P]); f(f(p)) }\n",
    "package m\n\nfunc f(int, ...string, ...bool) { f(1, 2, 3...) }\n",
    "package m\n\nfunc f() { x, y, z := 1, 2; a, b := g(), 3; _, _ = x.(int), 4 }\n",
    "package m\n\nfunc (t *T[K, V, W]) m(k K) { _ = t.x[k] }\n\ntype T[K any] struct{ x map[K]V }\n",
    "package m\n\nfunc f() { append(); len(); make(); new(); copy(1); min(); complex(); unsafe.Slice() }\n",
    'package m\n\nimport "unsafe"\n\nfunc f() { unsafe.Slice(); unsafe.Nothing(1); _ = unsafe.Sizeof() }\n',
    'package m\n\nimport "m"\n\nfunc f() { m.f(); m.m.m() }\n',
    'package m\n\nimport . "m"\n\nfunc f() { f(); g() }\n',
    'package m\n\nimport "C"\n\nfunc f(x C.int) { C.free(nil); _ = C.int(3) + x }\n',
    "package m\n\nfunc f() { _ = [...]int{1 << 900: 1}; _ = [1 << 900]int{}; _ = [-1]int{} }\n",
    "package m\n\nfunc f() { _ = T{{{1}, 2: {}}, x: {y: {}}}; _ = []T{{}}[0].x; _ = {} }\n",
    "package m\n\nfunc f(x any) { switch x := x.(type) { case x: _ = x; case 1: case nil, f: } }\n",
    "package m\n\nfunc f() { return 1, 2 }\n\nfunc g() int { return }\n",
    "",
    "package",
    "package m\n\nfunc\n",
]


@pytest.mark.parametrize("text", BROKEN)
def test_what_cannot_be_right_is_typed_without_a_crash(tmp_path: Path, text: str) -> None:
    check(tmp_path, text)


NESTED = 400
TERMS = 3000


@pytest.mark.parametrize(
    "expr",
    [
        f"{'(' * NESTED}n{')' * NESTED}",
        f"{'-' * NESTED}n",
        f"{'f(' * NESTED}n{')' * NESTED}",
        f"{'func() int { return ' * NESTED}n{' }()' * NESTED}",
        f"{'[]any{' * NESTED}n{'}' * NESTED}",
        f"n{'.m()' * NESTED}",
        f"{'[]' * NESTED}int(nil)",
        f"{'id[' * NESTED}int{']' * NESTED}",
        " + ".join(["n"] * TERMS),
        " + ".join(['"x"'] * TERMS),
        " + ".join(["1"] * TERMS),
        " && ".join(["n == 1"] * TERMS),
        "1" + " << 1" * NESTED,
    ],
    ids=lambda text: text[:12],
)
def test_deep_nesting_and_long_chains_are_typed_without_a_crash(tmp_path: Path, expr: str) -> None:
    source = f"package m\n\nfunc f(n int) int {{ x := {expr}; _ = x; return n }}\n"
    assert check(tmp_path, source).exprs


def test_long_sums_have_the_type_of_their_parts(tmp_path: Path) -> None:
    source = f"package m\n\nfunc f(s string) {{ _ = «{' + '.join(['s'] * TERMS)}» }}\n"
    assert marked_types(tmp_path, {"a.go": source}) == ["string"]


def test_a_deep_constant_and_a_deep_type_end(tmp_path: Path) -> None:
    constants = "\n".join(f"const c{number} = c{number + 1} + 1" for number in range(500))
    types = "\n".join(f"type t{number} []t{number + 1}" for number in range(500))
    declared = f"{constants}\nconst c500 = 1\n{types}\ntype t500 int\n"
    source = f"package m\n\n{declared}\nfunc f(x t0) {{ _ = «x[0]»; _ = «[c0]int{{}}»; _ = «[c450]int{{}}» }}\n"
    assert marked_types(tmp_path, {"a.go": source}) == ["m.t1", "[?]int", "[51]int"]


def test_constants_that_refer_to_others_twice_end(tmp_path: Path) -> None:
    constants = "\n".join(f"const c{number} = c{number + 1} + c{number + 1}" for number in range(100))
    source = f"package m\n\n{constants}\nconst c100 = 0\n\nfunc f() {{ _ = «[c0]int{{}}»; _ = «c0» }}\n"
    assert marked_types(tmp_path, {"a.go": source}) == ["[?]int", "int"]
