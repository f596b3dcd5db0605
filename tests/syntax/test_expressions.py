"""Every form of expression and type, read from a snippet and compared with what Go's grammar makes of it."""

import pytest
from go_syntax import expr_of, nodes, sexpr, type_of

from goleaklint.syntax import ast

SELF = ["x", "_", "nil", "1_000", "0x1p-2", "3i", "'\\n'", '"a\\"b"', "`raw\\`"]

COMPOSITES = [
    ("T{}", "(CompositeLit T [])"),
    ("T{1, x: 2}", "(CompositeLit T [1 (KeyValue x 2)])"),
    ("p.T{f: g()}", "(CompositeLit (Selector p T) [(KeyValue f (Call g []))])"),
    ("[]int{1, 2}", "(CompositeLit (SliceType int) [1 2])"),
    ('[...]string{2: "b"}', '(CompositeLit (ArrayType - string) [(KeyValue 2 "b")])'),
    ("[2][]int{{1}, {}}", "(CompositeLit (ArrayType 2 (SliceType int)) [(CompositeLit - [1]) (CompositeLit - [])])"),
    (
        "map[K]*V{k: {f: 1}, {a}: nil}",
        (
            "(CompositeLit (MapType K (Star V)) [(KeyValue k (CompositeLit - [(KeyValue f 1)])) (KeyValue "
            "(CompositeLit - [a]) nil)])"
        ),
    ),
    ("struct{ a int }{1}", "(CompositeLit (StructType [(Field [a] int)]) [1])"),
    ("List[int]{}", "(CompositeLit (Index List [int]) [])"),
    ("Pair[K, p.V]{a: 1}", "(CompositeLit (Index Pair [K (Selector p V)]) [(KeyValue a 1)])"),
    ("&T{}", "(Unary & (CompositeLit T []))"),
]

CALLS = [
    ("f()", "(Call f [])"),
    ("f(a, b)", "(Call f [a b])"),
    ("f(xs...)", "(Call f [xs] +spread)"),
    ("f(a,)", "(Call f [a])"),
    ("p.F(a)(b)", "(Call (Call (Selector p F) [a]) [b])"),
    ("handlers[i](x)", "(Call (Index handlers [i]) [x])"),
    ("handlers[i](x, y)", "(Call (Index handlers [i]) [x y])"),
    ("handlers[i]()", "(Call (Index handlers [i]) [])"),
    ("F[int](x)", "(Call (Index F [int]) [x])"),
    ("F[int, string](x, y)", "(Call (Index F [int string]) [x y])"),
    ("F[[]int](x)", "(Call (Index F [(SliceType int)]) [x])"),
    ("p.F[int](x)", "(Call (Index (Selector p F) [int]) [x])"),
    ("s.handlers[i](x)", "(Call (Index (Selector s handlers) [i]) [x])"),
    ("*handlers[i](x)", "(Star (Call (Index handlers [i]) [x]))"),
    ("**f[A, B](x)", "(Star (Star (Call (Index f [A B]) [x])))"),
    ("*f[A](x).y[0](z)", "(Star (Call (Index (Selector (Call (Index f [A]) [x]) y) [0]) [z]))"),
    ("(*f[A])(x)", "(Call (Paren (Star (Index f [A]))) [x])"),
    ("m[a][b](x)", "(Call (Index (Index m [a]) [b]) [x])"),
    ('m["k"](x)', '(Call (Index m ["k"]) [x])'),
    ("fs[0](x)", "(Call (Index fs [0]) [x])"),
    ("fs[i+1](x)", "(Call (Index fs [(Binary + i 1)]) [x])"),
    ("[]byte(s)", "(Call (SliceType byte) [s])"),
    ("map[string]int(m)", "(Call (MapType string int) [m])"),
    ("chan int(c)", "(Call (ChanType both int) [c])"),
    ("(<-chan int)(c)", "(Call (Paren (ChanType receive int)) [c])"),
    ("(func())(f)", "(Call (Paren (FuncType [] [] [])) [f])"),
    ("func() int { return 1 }()", "(Call (FuncLit (FuncType [] [(Field [] int)] []) (Block [(Return [1])])) [])"),
    ("interface{}(x)", "(Call (InterfaceType [] []) [x])"),
    ("make([]int, 0, n)", "(Call make [(SliceType int) 0 n])"),
    ("make(chan int)", "(Call make [(ChanType both int)])"),
    ("make(chan<- error, 1)", "(Call make [(ChanType send error) 1])"),
    ("new(int)", "(Call new [int])"),
    ("new(p.T)", "(Call new [(Selector p T)])"),
    ("new([]int)", "(Call new [(SliceType int)])"),
    ("new(T[int])", "(Call new [(Index T [int])])"),
    ("make(map[string]chan struct{})", "(Call make [(MapType string (ChanType both (StructType [])))])"),
    ("append(a, b...)", "(Call append [a b] +spread)"),
    ("min(1, 2)", "(Call min [1 2])"),
    ("f( // first\n a, /* second */ b)", "(Call f [a b])"),
    ("f(func(x int) {}, y)", "(Call f [(FuncLit (FuncType [(Field [x] int)] [] []) (Block [])) y])"),
    ("f(a < b, c > d)", "(Call f [(Binary < a b) (Binary > c d)])"),
    ("a[b](c)[d](e)", "(Call (Index (Call (Index a [b]) [c]) [d]) [e])"),
]

FUNCTIONS = [
    ("func() {}", "(FuncLit (FuncType [] [] []) (Block []))"),
    (
        "func(a, b int, c ...string) (n int, err error) { return }",
        (
            "(FuncLit (FuncType [(Field [a b] int) (Field [c] string +variadic)] [(Field [n] int) (Field [err] "
            "error)] []) (Block [(Return [])]))"
        ),
    ),
    ("func() { f() }", "(FuncLit (FuncType [] [] []) (Block [(ExprStmt (Call f []))]))"),
    (
        "func() chan<- int { return nil }",
        "(FuncLit (FuncType [] [(Field [] (ChanType send int))] []) (Block [(Return [nil])]))",
    ),
]

OPERATIONS = [
    ("(x)", "(Paren x)"),
    ("((x))", "(Paren (Paren x))"),
    ("*p", "(Star p)"),
    ("**p", "(Star (Star p))"),
    ("*p.q", "(Star (Selector p q))"),
    ("-x", "(Unary - x)"),
    ("+x", "(Unary + x)"),
    ("!x", "(Unary ! x)"),
    ("^x", "(Unary ^ x)"),
    ("&x.y", "(Unary & (Selector x y))"),
    ("&a[i]", "(Unary & (Index a [i]))"),
    ("<-c", "(Unary <- c)"),
    ("<-<-c", "(Unary <- (Unary <- c))"),
    ("-<-c", "(Unary - (Unary <- c))"),
    ("a + b * c", "(Binary + a (Binary * b c))"),
    ("a && b || !c", "(Binary || (Binary && a b) (Unary ! c))"),
    ("a == b", "(Binary == a b)"),
    ("a &^ b", "(Binary &^ a b)"),
    ("a << 1", "(Binary << a 1)"),
    ("a * *p", "(Binary * a (Star p))"),
    ("a & &b", "(Binary & a (Unary & b))"),
    ('"日本" + "x"', '(Binary + "日本" "x")'),
    ("a < b", "(Binary < a b)"),
]

PLACES = [
    ("x.y.z", "(Selector (Selector x y) z)"),
    ("f().g", "(Selector (Call f []) g)"),
    ("(*T).Method", "(Selector (Paren (Star T)) Method)"),
    ("T.Method", "(Selector T Method)"),
    ("a[i]", "(Index a [i])"),
    ("a[i][j]", "(Index (Index a [i]) [j])"),
    ("F[int]", "(Index F [int])"),
    ("F[int, []string]", "(Index F [int (SliceType string)])"),
    ("m[f(x)]", "(Index m [(Call f [x])])"),
    ("a[:]", "(Slice a - - -)"),
    ("a[1:]", "(Slice a 1 - -)"),
    ("a[:2]", "(Slice a - 2 -)"),
    ("a[1:2:3]", "(Slice a 1 2 3)"),
    ("x.(T)", "(TypeAssert x T)"),
    ("x.(*p.T).y", "(Selector (TypeAssert x (Star (Selector p T))) y)"),
    ("p.T{}.f", "(Selector (CompositeLit (Selector p T) []) f)"),
    ("x /* in */ . /* the */ y // middle", "(Selector x y)"),
    ("größe.日本", "(Selector größe 日本)"),
]

TYPES = [
    ("int", "int"),
    ("p.T", "(Selector p T)"),
    ("*T", "(Star T)"),
    ("**p.T", "(Star (Star (Selector p T)))"),
    ("[]T", "(SliceType T)"),
    ("[4]T", "(ArrayType 4 T)"),
    ("[n + 1]T", "(ArrayType (Binary + n 1) T)"),
    ("[2][3]T", "(ArrayType 2 (ArrayType 3 T))"),
    ("map[K][]V", "(MapType K (SliceType V))"),
    ("chan T", "(ChanType both T)"),
    ("chan<- T", "(ChanType send T)"),
    ("<-chan T", "(ChanType receive T)"),
    ("<-chan <-chan int", "(ChanType receive (ChanType receive int))"),
    ("chan (<-chan int)", "(ChanType both (Paren (ChanType receive int)))"),
    ("chan<- chan T", "(ChanType send (ChanType both T))"),
    ("chan<- (chan T)", "(ChanType send (Paren (ChanType both T)))"),
    ("<-chan chan<- int", "(ChanType receive (ChanType send int))"),
    ("func()", "(FuncType [] [] [])"),
    ("func(int, ...string) error", "(FuncType [(Field [] int) (Field [] string +variadic)] [(Field [] error)] [])"),
    (
        "func(a, b int, _ T) (n int, err error)",
        "(FuncType [(Field [a b] int) (Field [_] T)] [(Field [n] int) (Field [err] error)] [])",
    ),
    (
        "func(p.T, *T) (int, error)",
        "(FuncType [(Field [] (Selector p T)) (Field [] (Star T))] [(Field [] int) (Field [] error)] [])",
    ),
    ("func(func(int) bool)", "(FuncType [(Field [] (FuncType [(Field [] int)] [(Field [] bool)] []))] [] [])"),
    (
        "func(func(K, V) bool)",
        "(FuncType [(Field [] (FuncType [(Field [] K) (Field [] V)] [(Field [] bool)] []))] [] [])",
    ),
    ("func(...func())", "(FuncType [(Field [] (FuncType [] [] []) +variadic)] [] [])"),
    ("struct{}", "(StructType [])"),
    ('struct { a, b int; c string `json:"c"` }', "(StructType [(Field [a b] int) (Field [c] string)])"),
    (
        "struct { T; *U; p.V; *p.W }",
        "(StructType [(Field [] T) (Field [] (Star U)) (Field [] (Selector p V)) (Field [] (Star (Selector p W)))])",
    ),
    (
        "struct { T[int]; *p.U[K, V] }",
        "(StructType [(Field [] (Index T [int])) (Field [] (Star (Index (Selector p U) [K V])))])",
    ),
    ("struct { _ int; f func() }", "(StructType [(Field [_] int) (Field [f] (FuncType [] [] []))])"),
    ("interface{}", "(InterfaceType [] [])"),
    ("any", "any"),
    (
        "interface { M(); N(a int) (b error) }",
        (
            "(InterfaceType [(Method M (FuncType [] [] [])) (Method N (FuncType [(Field [a] int)] [(Field [b] "
            "error)] []))] [])"
        ),
    ),
    ("interface { error; p.I; G[int] }", "(InterfaceType [] [error (Selector p I) (Index G [int])])"),
    (
        "interface { ~int | ~string; String() string }",
        (
            "(InterfaceType [(Method String (FuncType [] [(Field [] string)] []))] [(Union [(Unary ~ int) (Unary "
            "~ string)])])"
        ),
    ),
    ("interface { comparable }", "(InterfaceType [] [comparable])"),
    ("List[int]", "(Index List [int])"),
    ("Map[K, *V]", "(Index Map [K (Star V)])"),
    ("p.List[[]int]", "(Index (Selector p List) [(SliceType int)])"),
    ("(T)", "(Paren T)"),
    ("(*T)", "(Paren (Star T))"),
    (
        "[]func(chan int) <-chan int",
        "(SliceType (FuncType [(Field [] (ChanType both int))] [(Field [] (ChanType receive int))] []))",
    ),
    ("struct { embedded *T }", "(StructType [(Field [embedded] (Star T))])"),
    ("[len(x)]T", "(ArrayType (Call len [x]) T)"),
    ("[1 << 3]T", "(ArrayType (Binary << 1 3) T)"),
    ("*[]T", "(Star (SliceType T))"),
    ("*(T)", "(Star (Paren T))"),
    ("struct { *T `tag` }", "(StructType [(Field [] (Star T))])"),
    ("struct { mu struct { a int }; }", "(StructType [(Field [mu] (StructType [(Field [a] int)]))])"),
    ("func() (a, b T)", "(FuncType [] [(Field [a b] T)] [])"),
    (
        "func(<-chan int) (<-chan int)",
        "(FuncType [(Field [] (ChanType receive int))] [(Field [] (ChanType receive int))] [])",
    ),
    ("map[[2]int]struct{}", "(MapType (ArrayType 2 int) (StructType []))"),
    ("chan func()", "(ChanType both (FuncType [] [] []))"),
    ("chan<- chan<- chan T", "(ChanType send (ChanType send (ChanType both T)))"),
    ("chan<- <-chan T", "(ChanType send (ChanType receive T))"),
    ("chan <-chan T", "(ChanType send (ChanType both T))"),
    ("chan<- (<-chan T)", "(ChanType send (Paren (ChanType receive T)))"),
]


@pytest.mark.parametrize("text", SELF)
def test_names_and_literals_stand_for_themselves(text: str) -> None:
    assert sexpr(expr_of(text)) == text


@pytest.mark.parametrize(("text", "meaning"), [*COMPOSITES, *CALLS, *FUNCTIONS, *OPERATIONS, *PLACES])
def test_expressions(text: str, meaning: str) -> None:
    assert sexpr(expr_of(text)) == meaning


@pytest.mark.parametrize(("text", "meaning"), TYPES)
def test_types(text: str, meaning: str) -> None:
    assert sexpr(type_of(text)) == meaning


@pytest.mark.parametrize(
    ("text", "kind"),
    [("1_000", "int"), ("0b1", "int"), ("0x1p-2", "float"), ("3i", "imag"), ("'a'", "rune"), ("`a`", "string")],
)
def test_the_kind_of_a_literal(text: str, kind: str) -> None:
    literal = expr_of(text)
    assert isinstance(literal, ast.BasicLit)
    assert (literal.kind, literal.text) == (kind, text)


def test_parentheses_come_off() -> None:
    assert sexpr(ast.unparen(expr_of("((x))"))) == "x"


@pytest.mark.parametrize("text", ["chan<- chan<- chan T", "func(a int) []T", "f(a)[1].b.(T)", "*p.q + <-c"])
def test_parts_lie_in_the_whole_in_order(text: str) -> None:
    whole = type_of(text) if "chan" in text or text.startswith("func") else expr_of(text)
    first, *inner = nodes(whole)
    assert all(first.start <= node.start < node.end <= first.end for node in inner)
    assert first.end - first.start == len(text)
