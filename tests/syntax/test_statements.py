"""Every form of statement, read from a snippet and compared with what Go's grammar makes of it."""

import pytest
from go_syntax import sexpr, stmts_of

SIMPLE = [
    ("f()", "(ExprStmt (Call f []))"),
    ("<-c", "(ExprStmt (Unary <- c))"),
    ("c <- 1", "(Send c 1)"),
    ("x++", "(IncDec x ++)"),
    ("p.x--", "(IncDec (Selector p x) --)"),
    ("a = b", "(Assign [a] = [b])"),
    ("a, b = b, a", "(Assign [a b] = [b a])"),
    ("a[i], p.x = f()", "(Assign [(Index a [i]) (Selector p x)] = [(Call f [])])"),
    ("x, ok := m[k]", "(Assign [x ok] := [(Index m [k])])"),
    ("v, ok := <-c", "(Assign [v ok] := [(Unary <- c)])"),
    ("x += 1", "(Assign [x] += [1])"),
    ("x &^= y", "(Assign [x] &^= [y])"),
    ("x <<= 2", "(Assign [x] <<= [2])"),
    ("*p = 1", "(Assign [(Star p)] = [1])"),
    ("go f(x)", "(Go (Call f [x]))"),
    ("go func() { f() }()", "(Go (Call (FuncLit (FuncType [] [] []) (Block [(ExprStmt (Call f []))])) []))"),
    ("defer mu.Unlock()", "(Defer (Call (Selector mu Unlock) []))"),
    ("defer func(x int) {}(1)", "(Defer (Call (FuncLit (FuncType [(Field [x] int)] [] []) (Block [])) [1]))"),
    ("go (f)()", "(Go (Call (Paren f) []))"),
    ("return", "(Return [])"),
    ("return 1, f()", "(Return [1 (Call f [])])"),
    ("return\n", "(Return [])"),
    (";", "(Empty)"),
    ("new(x + 1)", "(ExprStmt (Call new [(Binary + x 1)]))"),
    ("p := new(f())", "(Assign [p] := [(Call new [(Call f [])])])"),
    ('v, w := new(int), new("s")', '(Assign [v w] := [(Call new [int]) (Call new ["s"])])'),
    ("x.(T).f()", "(ExprStmt (Call (Selector (TypeAssert x T) f) []))"),
    ("f(x)(y)", "(ExprStmt (Call (Call f [x]) [y]))"),
    ("c <- <-d", "(Send c (Unary <- d))"),
    ("x.y++", "(IncDec (Selector x y) ++)"),
    ("case_ := 1", "(Assign [case_] := [1])"),
]

BRANCHES = [
    ("break", '(Branch break "")'),
    ("break L", "(Branch break L)"),
    ("continue", '(Branch continue "")'),
    ("continue L", "(Branch continue L)"),
    ("goto L", "(Branch goto L)"),
    ("{ f() }", "(Block [(ExprStmt (Call f []))])"),
    ("{}", "(Block [])"),
    ("if x { f() }", "(If - x (Block [(ExprStmt (Call f []))]) -)"),
    ("if x {} else { f() }", "(If - x (Block []) (Block [(ExprStmt (Call f []))]))"),
    ("if x := f(); x > 0 {}", "(If (Assign [x] := [(Call f [])]) (Binary > x 0) (Block []) -)"),
    ("if a {} else if b {} else {}", "(If - a (Block []) (If - b (Block []) (Block [])))"),
    (
        "if err := f(); err != nil { return } else if ok {}",
        "(If (Assign [err] := [(Call f [])]) (Binary != err nil) (Block [(Return [])]) (If - ok (Block []) -))",
    ),
    ("if (a) {}", "(If - (Paren a) (Block []) -)"),
    ("if f(T{}) {}", "(If - (Call f [(CompositeLit T [])]) (Block []) -)"),
    ("L: f()", "(Labeled L (ExprStmt (Call f [])))"),
    ("L: for { break L }", "(Labeled L (For - - - (Block [(Branch break L)])))"),
    ("L: { f() }", "(Labeled L (Block [(ExprStmt (Call f []))]))"),
    ("L:", "(Labeled L (Empty))"),
    ("A: B: f()", "(Labeled A (Labeled B (ExprStmt (Call f []))))"),
    ("{ ; }", "(Block [(Empty)])"),
    (
        "if f := func() bool { return true }; f() {}",
        (
            "(If (Assign [f] := [(FuncLit (FuncType [] [(Field [] bool)] []) (Block [(Return [true])]))]) (Call "
            "f []) (Block []) -)"
        ),
    ),
]

LOOPS = [
    ("for {}", "(For - - - (Block []))"),
    ("for x {}", "(For - x - (Block []))"),
    ("for i := 0; i < n; i++ {}", "(For (Assign [i] := [0]) (Binary < i n) (IncDec i ++) (Block []))"),
    ("for ; ; {}", "(For - - - (Block []))"),
    ("for ; x; {}", "(For - x - (Block []))"),
    ("for ;; i++ {}", "(For - - (IncDec i ++) (Block []))"),
    ("for i = 0; ; {}", "(For (Assign [i] = [0]) - - (Block []))"),
    ("for range c {}", '(Range [] "" c (Block []))'),
    ("for i := range 10 {}", "(Range [i] := 10 (Block []))"),
    ("for range 10 {}", '(Range [] "" 10 (Block []))'),
    ("for i, v := range xs {}", "(Range [i v] := xs (Block []))"),
    ("for _, v = range xs {}", "(Range [_ v] = xs (Block []))"),
    ("for p.x, a[i] = range m {}", "(Range [(Selector p x) (Index a [i])] = m (Block []))"),
    ("for x := range seq {}", "(Range [x] := seq (Block []))"),
    (
        "for x := range func(yield func(int) bool) {} {}",
        (
            "(Range [x] := (FuncLit (FuncType [(Field [yield] (FuncType [(Field [] int)] [(Field [] bool)] []))] "
            "[] []) (Block [])) (Block []))"
        ),
    ),
    ("for range f() {}", '(Range [] "" (Call f []) (Block []))'),
    (
        "for i := range n { go func() { _ = i }() }",
        "(Range [i] := n (Block [(Go (Call (FuncLit (FuncType [] [] []) (Block [(Assign [_] = [i])])) []))]))",
    ),
    (
        "for { select { case <-ctx.Done(): return; default: } }",
        (
            "(For - - - (Block [(Select [(CommClause (ExprStmt (Unary <- (Call (Selector ctx Done) []))) "
            "[(Return [])]) (CommClause - [])])]))"
        ),
    ),
    ("for a[i] = range xs {}", "(Range [(Index a [i])] = xs (Block []))"),
    (
        "for i, j := 0, 1; i < j; i, j = i+1, j-1 {}",
        "(For (Assign [i j] := [0 1]) (Binary < i j) (Assign [i j] = [(Binary + i 1) (Binary - j 1)]) (Block []))",
    ),
]

SWITCHES = [
    ("switch {}", "(Switch - - [])"),
    ("switch x {}", "(Switch - x [])"),
    (
        "switch { case a: f(); case b, c: fallthrough; default: }",
        (
            '(Switch - - [(CaseClause [a] [(ExprStmt (Call f []))]) (CaseClause [b c] [(Branch fallthrough "")]) '
            "(CaseClause - [])])"
        ),
    ),
    ("switch x := f(); x { case 1: }", "(Switch (Assign [x] := [(Call f [])]) x [(CaseClause [1] [])])"),
    ("switch x := f(); { case x: }", "(Switch (Assign [x] := [(Call f [])]) - [(CaseClause [x] [])])"),
    ("switch f(); {}", "(Switch (ExprStmt (Call f [])) - [])"),
    ("switch x.(type) {}", "(TypeSwitch - - x [])"),
    (
        "switch v := x.(type) { case int, *T: f(v); case nil: default: g() }",
        (
            "(TypeSwitch - v x [(CaseClause [int (Star T)] [(ExprStmt (Call f [v]))]) (CaseClause [nil] []) "
            "(CaseClause - [(ExprStmt (Call g []))])])"
        ),
    ),
    (
        "switch y := f(); v := y.(type) { case []int: }",
        "(TypeSwitch (Assign [y] := [(Call f [])]) v y [(CaseClause [(SliceType int)] [])])",
    ),
    (
        "switch x.(type) { case func(int) bool, chan<- int, map[K]V, p.T, List[int]: }",
        (
            "(TypeSwitch - - x [(CaseClause [(FuncType [(Field [] int)] [(Field [] bool)] []) (ChanType send "
            "int) (MapType K V) (Selector p T) (Index List [int])] [])])"
        ),
    ),
    (
        "switch x.(type) { case interface{ M() }: }",
        "(TypeSwitch - - x [(CaseClause [(InterfaceType [(Method M (FuncType [] [] []))] [])] [])])",
    ),
    ("switch x := 5; x := x.(type) {}", "(TypeSwitch (Assign [x] := [5]) x x [])"),
]

SELECTS = [
    ("select {}", "(Select [])"),
    ("select { case <-c: }", "(Select [(CommClause (ExprStmt (Unary <- c)) [])])"),
    (
        "select { case v := <-c: f(v); case v, ok = <-d: ; case e <- 1: default: }",
        (
            "(Select [(CommClause (Assign [v] := [(Unary <- c)]) [(ExprStmt (Call f [v]))]) (CommClause (Assign "
            "[v ok] = [(Unary <- d)]) [(Empty)]) (CommClause (Send e 1) []) (CommClause - [])])"
        ),
    ),
    ("select { case a[i] = <-f(): }", "(Select [(CommClause (Assign [(Index a [i])] = [(Unary <- (Call f []))]) [])])"),
    ("select { case (<-c): }", "(Select [(CommClause (ExprStmt (Paren (Unary <- c))) [])])"),
    ("select { case v := (<-c): }", "(Select [(CommClause (Assign [v] := [(Paren (Unary <- c))]) [])])"),
]

DECLARATIONS = [
    ("var x int", "(DeclStmt [(ValueSpec [x] int [] 0)])"),
    ("var x, y = 1, 2", "(DeclStmt [(ValueSpec [x y] - [1 2] 0)])"),
    ("var (\na int\nb = f()\n)", "(DeclStmt [(ValueSpec [a] int [] 0) (ValueSpec [b] - [(Call f [])] 1)])"),
    ("var ()", "(DeclStmt [])"),
    ("const c = 1", "(DeclStmt [(ValueSpec [c] - [1] +const 0)])"),
    (
        "const (\nA = iota\nB\nC, D = iota, 2\n)",
        (
            "(DeclStmt [(ValueSpec [A] - [iota] +const 0) (ValueSpec [B] - [iota] +const 1) (ValueSpec [C D] - [iota "
            "2] +const 2)])"
        ),
    ),
    ("type T int", "(DeclStmt [(TypeSpec T [] int)])"),
    ("type A = B", "(DeclStmt [(TypeSpec A [] B +alias)])"),
    ("type L[K any] struct{}", "(DeclStmt [(TypeSpec L [(Field [K] any)] (StructType []))])"),
    ("type (\nA int\nB = string\n)", "(DeclStmt [(TypeSpec A [] int) (TypeSpec B [] string +alias)])"),
    (
        "var f = func() { return }",
        "(DeclStmt [(ValueSpec [f] - [(FuncLit (FuncType [] [] []) (Block [(Return [])]))] 0)])",
    ),
    ("type T[P *C,] struct{}", "(DeclStmt [(TypeSpec T [(Field [P] (Star C))] (StructType []))])"),
    (
        "var _ = []T{{1}, {2},}",
        "(DeclStmt [(ValueSpec [_] - [(CompositeLit (SliceType T) [(CompositeLit - [1]) (CompositeLit - [2])])] 0)])",
    ),
    ("type T = map[K]V", "(DeclStmt [(TypeSpec T [] (MapType K V) +alias)])"),
    ("type S[T any] = []T", "(DeclStmt [(TypeSpec S [(Field [T] any)] (SliceType T) +alias)])"),
    ("type I interface { M() }", "(DeclStmt [(TypeSpec I [] (InterfaceType [(Method M (FuncType [] [] []))] []))])"),
]

COMMENTED = [
    ("f() // c", "(ExprStmt (Call f []))"),
    ("/* c */ f() /* d */", "(ExprStmt (Call f []))"),
    ("if /* a */ x /* b */ { // c\n f() /* d */ }", "(If - x (Block [(ExprStmt (Call f []))]) -)"),
    (
        "for /* a */ i := 0; /* b */ i < 1; /* c */ i++ { }",
        "(For (Assign [i] := [0]) (Binary < i 1) (IncDec i ++) (Block []))",
    ),
    (
        "switch /* a */ x { // b\n /* c */ case 1: // d\n f() }",
        "(Switch - x [(CaseClause [1] [(ExprStmt (Call f []))])])",
    ),
    ("select { // a\n /* b */ case <-c: /* d */ }", "(Select [(CommClause (ExprStmt (Unary <- c)) [])])"),
    ("return /* c */ x", "(Return [x])"),
    ("go /* c */ f()", "(Go (Call f []))"),
    ("x /* a */ := /* b */ 1", "(Assign [x] := [1])"),
    ("L: /* c */ f()", "(Labeled L (ExprStmt (Call f [])))"),
    ("if a == b { } else /* c */ if c { }", "(If - (Binary == a b) (Block []) (If - c (Block []) -))"),
    ("break /* c */ L", "(Branch break L)"),
    ("goto /*c*/ L", "(Branch goto L)"),
    ("defer /*c*/ f()", "(Defer (Call f []))"),
    ("for i := range /* c */ 3 {}", "(Range [i] := 3 (Block []))"),
    ("<-c /* z */", "(ExprStmt (Unary <- c))"),
]


@pytest.mark.parametrize(
    ("text", "meaning"), [*SIMPLE, *BRANCHES, *LOOPS, *SWITCHES, *SELECTS, *DECLARATIONS, *COMMENTED]
)
def test_statements(text: str, meaning: str) -> None:
    assert " ".join(map(sexpr, stmts_of(text))) == meaning


def test_statements_come_in_the_order_of_the_text() -> None:
    assert [sexpr(stmt) for stmt in stmts_of("a(); b()\nc()\n;\nd()")] == [
        "(ExprStmt (Call a []))",
        "(ExprStmt (Call b []))",
        "(ExprStmt (Call c []))",
        "(Empty)",
        "(ExprStmt (Call d []))",
    ]
