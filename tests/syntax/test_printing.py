"""The outline of syntax that `goleaklint show --stage syntax` prints."""

import textwrap

from go_syntax import tree_of

from goleaklint.syntax.printing import outline

SOURCE = """package p

func f(ch chan<- int, xs ...string) error {
	for i := range 3 {
		ch <- g(xs...)
	}
	return nil
}
"""


def test_a_body_is_outlined_node_by_node() -> None:
    tree = tree_of(SOURCE)
    (function,) = tree.file().functions
    body = tree.body(function)
    assert body is not None
    assert outline(body, tree.text) == textwrap.dedent("""\
        FuncBody 3:43
          block: Block 3:43
            stmts 1: Range := 4:2
              left 1: Ident i 4:6
              x: BasicLit int 3 4:17
              body: Block 4:19
                stmts 1: Send 5:3
                  chan: Ident ch 5:3
                  value: Call spread 5:9
                    fun: Ident g 5:9
                    args 1: Ident xs 5:11
            stmts 2: Return 7:2
              results 1: Ident nil 7:9
        """)


def test_a_file_is_outlined_by_its_declarations() -> None:
    tree = tree_of(SOURCE)
    lines = outline(tree.file(), tree.text).splitlines()
    assert lines[0] == "File p 1:1"
    assert [line.strip() for line in lines[1:6]] == [
        "functions 1: FuncDecl 3:1",
        "name: Ident f 3:6",
        "type: FuncType 3:1",
        "params 1: Field 3:8",
        "names 1: Ident ch 3:8",
    ]


def test_long_literals_are_cut() -> None:
    tree = tree_of(f'package p\n\nvar x = "{"a" * 100}"\n')
    assert f'BasicLit string "{"a" * 39}... 3:9' in outline(tree.file(), tree.text)
