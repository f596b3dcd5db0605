"""Go that tree-sitter's grammar does not know: since 1.26 `new` takes expressions, and `make` may be anybody's name."""

import pytest
from go_syntax import sexpr, tree_of

from goleaklint.syntax.grammar import parse_source

OPERANDS = [
    ("int", "int"),
    ("p.T", "(Selector p T)"),
    ("*T", "(Star T)"),
    ("[]int", "(SliceType int)"),
    ("map[K]V", "(MapType K V)"),
    ("<-chan int", "(ChanType receive int)"),
    ("struct{ a int }", "(StructType [(Field [a] int)])"),
    ("func(int) bool", "(FuncType [(Field [] int)] [(Field [] bool)] [])"),
    ("T[int]", "(Index T [int])"),
    ("a + b", "(Binary + a b)"),
    ('"text"', '"text"'),
    ("42", "42"),
    ("-x", "(Unary - x)"),
    ("f(x)", "(Call f [x])"),
    ("xs[1:]", "(Slice xs 1 - -)"),
    ("m[k].f", "(Selector (Index m [k]) f)"),
    ("<-c", "(Unary <- c)"),
    ("T{a: 1}", "(CompositeLit T [(KeyValue a 1)])"),
    ("[]int{1}", "(CompositeLit (SliceType int) [1])"),
    ("map[K]V{}", "(CompositeLit (MapType K V) [])"),
    ("struct{}{}", "(CompositeLit (StructType []) [])"),
    ("func() int { return 1 }()", "(Call (FuncLit (FuncType [] [(Field [] int)] []) (Block [(Return [1])])) [])"),
    ("new(1)", "(Call new [1])"),
]


def new_of(*operands: str) -> list[str]:
    """What is read in a function that takes the `new` of each operand."""
    lines = "\n".join(f"\t_ = new({operand})" for operand in operands)
    tree = tree_of(f"package p\n\nfunc f() {{\n{lines}\n}}\n")
    file = tree.file()
    body = tree.body(file.functions[0])
    assert body is not None
    assert (file.errors, body.bad) == ((), ())
    return [sexpr(stmt).removeprefix("(Assign [_] = [").removesuffix("])") for stmt in body.block.stmts]


@pytest.mark.parametrize(("operand", "meaning"), OPERANDS)
def test_new_of_a_type_and_of_an_expression(operand: str, meaning: str) -> None:
    assert new_of(operand) == [f"(Call new [{meaning}])"]


def test_types_and_expressions_in_one_file() -> None:
    types = ["int", "*T", "map[K]V", "struct{ a int }"]
    expressions = ["1", "f(x)", "a + b", "<-c"]
    read = dict(OPERANDS) | {"1": "1"}
    assert new_of(*types, *expressions) == [f"(Call new [{read[operand]}])" for operand in (*types, *expressions)]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("x.new(1 + 2)", "(Call (Selector x new) [(Binary + 1 2)])"),
        ("renew(1 + 2)", "(Call renew [(Binary + 1 2)])"),
        ("`new(x)`", "`new(x)`"),
        ('"new(1 + 2)"', '"new(1 + 2)"'),
    ],
)
def test_other_text_with_the_word_stays_as_it_is(text: str, meaning: str) -> None:
    tree = tree_of(f"package p\n\nfunc f() {{ _ = new(1 + 2); _ = {text} }}\n")
    (function,) = tree.file().functions
    assert f"(Assign [_] = [{meaning}])" in sexpr(tree.body(function))


def test_a_function_may_be_called_make() -> None:
    tree = tree_of("package p\n\nfunc f() { a := make(n - 1); b := make([]int, 2); c := make(T, n); d := new(int) }\n")
    (function,) = tree.file().functions
    body = tree.body(function)
    assert body is not None
    assert body.bad == ()
    assert [sexpr(stmt).partition(":= ")[2] for stmt in body.block.stmts] == [
        "[(Call make [(Binary - n 1)])])",
        "[(Call make [(SliceType int) 2])])",
        "[(Call make [T n])])",
        "[(Call new [int])])",
    ]


def test_a_real_error_beside_a_new_is_still_one() -> None:
    tree = tree_of("package p\n\nfunc f() { x := new(1 + 2) }\n\nfunc g() { a := }\n")
    file = tree.file()
    assert len(file.errors) == 1
    first, second = (tree.body(function) for function in file.functions)
    assert first is not None
    assert second is not None
    assert (first.bad, bool(second.bad)) == ((), True)


def test_offsets_are_those_of_the_text() -> None:
    data = b"package p\n\nvar x = new(1 + 2)\nvar after = 1\n"
    declarations = [node for node in parse_source(data).children if node.type == "var_declaration"]
    assert [data[node.start_byte : node.end_byte] for node in declarations] == [b"var x = new(1 + 2)", b"var after = 1"]
