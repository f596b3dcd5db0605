"""Places of nodes, bodies read alone, text that is no Go, and whole files compared with what Go's own parser counts."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from go_syntax import nodes, sexpr, tree_of

from goleaklint.files.text import SourceText
from goleaklint.syntax import ast
from goleaklint.syntax.parse import Tree, parse_body
from goleaklint.syntax.reader import MAX_DEPTH

COUNTED = (ast.FuncLit, ast.Defer, ast.Go, ast.Select)
PACKAGES = ("net/http", "go/types", "slices", "iter", "context")

SAMPLE = """package größe

import ("fmt"; q "größe/日本")

type List[T any] struct{ next *List[T]; 値 T }

func (l *List[T]) Each(yield func(T) bool) (err error) {
	defer func() { err = fmt.Errorf("é: %w", err) }()
outer:
	for i, 値 := range l.all() {
		if x, ok := 値.(interface{ Close() }); ok && !yield(l.値) {
			x.Close()
			continue outer
		}
		select {
		case l.c <- q.F[T](i, map[string]T{"日本": 値}): // größe
		case v := <-l.d: _ = v
		}
	}
	return nil
}
"""


def read(source: str | bytes) -> tuple[Tree, ast.File, list[ast.FuncBody]]:
    """The tree, the file and all bodies that can be read."""
    tree = tree_of(source)
    file = tree.file()
    return tree, file, [body for function in file.functions if (body := tree.body(function)) is not None]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_name_and_literal_stands_where_its_node_says(ending: str) -> None:
    data = SAMPLE.replace("\n", ending).encode()
    _, file, bodies = read(data)
    assert file.errors == ()
    found = [node for node in (*nodes(file), *nodes(tuple(bodies))) if isinstance(node, ast.Ident | ast.BasicLit)]
    texts = [node.name if isinstance(node, ast.Ident) else node.text for node in found]
    assert "値" in texts
    assert [data[node.start : node.end].decode() for node in found] == texts


def test_line_endings_do_not_change_what_is_read() -> None:
    (_, unix, unix_bodies), (_, windows, windows_bodies) = read(SAMPLE), read(SAMPLE.replace("\n", "\r\n"))
    assert sexpr(unix_bodies[0].block) == sexpr(windows_bodies[0].block)
    assert sexpr(unix.specs) == sexpr(windows.specs)


@pytest.mark.parametrize("source", [SAMPLE, "package p\n\nfunc f() { x := new(1 + 2) }\nfunc g() { f(\n"])
def test_a_body_read_alone_is_the_body_in_its_file(source: str) -> None:
    tree, file, _ = read(source)
    for function in file.functions:
        whole, alone = tree.body(function), parse_body(tree.text, function)
        assert sexpr(whole) == sexpr(alone)
        assert [(n.start, n.end) for n in nodes(whole)] == [(n.start, n.end) for n in nodes(alone)]


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("func f() {\n\tif x {\n\t\tg()\n", []),
        ("func f() {\n\ta := \n}\n\nfunc g() {}\n", ["g"]),
        ("func f() {\n\tg(;\n}\n\nfunc g() {}\n", ["g"]),
        (")))\n\nfunc g() {}\n", ["g"]),
        ("func (t *T) {}\n\nfunc g() {}\n", ["g"]),
        ("x = 1\n\nfunc g() {}\n", ["g"]),
        ("func f() {}\n\nfunc g() {}\n\nfunc h(", ["f", "g"]),
    ],
)
def test_what_lies_beside_a_syntax_error_is_read(text: str, readable: list[str]) -> None:
    tree, file, _ = read(f"package p\n\n{text}")
    bodies = [(function.name.name, tree.body(function)) for function in file.functions]
    assert [name for name, body in bodies if body is not None and not body.bad] == readable
    assert file.errors


def test_a_body_tells_where_it_could_not_be_read() -> None:
    source = "package p\n\nfunc f() {\n\tgood()\n\tx := 1 1\n}\n"
    _, _, (body,) = read(source)
    assert body.bad
    assert all(source.index("good()") < start <= end <= body.end for start, end in body.bad)


NESTED = {
    "parentheses": "_ = " + "(" * 20_000 + "1" + ")" * 20_000,
    "blocks": "{" * 5_000 + "}" * 5_000,
    "conditions": "if x { " * 5_000 + "}" * 5_000,
    "else if": "if x {}" + " else if x {}" * 5_000,
    "calls": "f(" * 5_000 + ")" * 5_000,
    "selectors": "_ = x" + ".y" * 5_000,
    "literals": "func() { " * 3_000 + "}()" * 3_000,
    "sum": "_ = " + " + ".join(['"x"'] * 3_000),
    "pointers": "var _ " + "*" * 20_000 + "T",
    "labels": "".join(f"a{n}: " for n in range(3_000)) + "f()",
}


@pytest.fixture
def room() -> Iterator[None]:
    """Python frames enough for the deepest syntax there is; the pipeline gives more still."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(before + 4 * MAX_DEPTH)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_deep_nesting_is_cut_off_and_told(text: str) -> None:
    started = time.process_time()
    _, _, bodies = read(f"package p\n\nfunc f() {{ {text} }}\n")
    assert time.process_time() - started < 2
    assert all(body.bad for body in bodies)
    assert all(depth(body) <= 2 * MAX_DEPTH + 3 for body in bodies)


def depth(root: ast.Node) -> int:
    """How many nodes lie one in another, at most."""
    deepest, pending = 0, [(root, 1)]
    while pending:
        node, level = pending.pop()
        deepest = max(deepest, level)
        for name in node.__struct_fields__[2:]:
            value = getattr(node, name)
            parts = value if isinstance(value, tuple) else (value,)
            pending += [(part, level + 1) for part in parts if isinstance(part, ast.Node)]
    return deepest


def counts(package: Path) -> Iterator[tuple[str, Counter[str]]]:
    """For each file how many there are of what Go's parser counts too."""
    for path in sorted(package.glob("*.go")):
        data = path.read_bytes()
        _, file, bodies = read(data)
        values = [value for spec in file.specs if isinstance(spec, ast.ValueSpec) for value in spec.values]
        found = Counter(type(node).__name__ for node in nodes((*bodies, *values)) if isinstance(node, COUNTED))
        found["FuncDecl"] = len(file.functions)
        assert not file.errors, path
        yield path.name, found


@pytest.mark.parametrize("package", PACKAGES)
def test_as_much_is_read_as_by_go(package: str, go_root: Path, go_program: Callable[..., str]) -> None:
    directory = go_root / "src" / package
    expected: dict[str, dict[str, int]] = {}
    for line in go_program("count", directory).splitlines():
        name, kind, count = line.split()
        expected.setdefault(name, {})[kind] = int(count)
    kinds = [kind.__name__ for kind in COUNTED] + ["FuncDecl"]
    ours = {name: {kind: found[kind] for kind in kinds} for name, found in counts(directory)}
    assert ours == expected
    assert sum(counts["FuncDecl"] for counts in ours.values()) > 0


def test_a_text_of_nothing_is_a_file_of_nothing() -> None:
    file = Tree(SourceText("p.go", b"")).file()
    assert (file.package, file.imports, file.specs, file.functions, file.errors) == ("", (), (), (), ())
