"""The text of one file in; its declarations, function bodies and suppressions out. The tree never leaves this stage."""

from collections.abc import Iterator

from tree_sitter import Node

from goleaklint.files.text import SourceText
from goleaklint.syntax import ast
from goleaklint.syntax.declarations import read_function, read_imports, read_specs
from goleaklint.syntax.grammar import parse_source
from goleaklint.syntax.reader import Reader, errors, make_room
from goleaklint.syntax.statements import read_block


class Tree:
    """A parsed file. Keep it only as long as bodies are still wanted: trees are large (40 times the text)."""

    def __init__(self, text: SourceText) -> None:
        make_room()
        self.text = text
        self._root = parse_source(text.data)

    @property
    def root(self) -> Node:
        """The tree itself, for the other modules of this stage."""
        return self._root

    def file(self) -> ast.File:
        """Package clause, imports and declarations. What lies beside a syntax error is read as far as it can be."""
        reader = Reader(self.text.data, read_block)
        package = ""
        imports: list[ast.ImportSpec] = []
        specs: list[ast.ValueSpec | ast.TypeSpec] = []
        functions: list[ast.FuncDecl] = []
        misplaced: list[tuple[int, int]] = []
        for node in _top_level(self._root):
            kind = node.type
            if kind in ("function_declaration", "method_declaration"):
                function = read_function(reader, node)
                if function is not None:
                    functions.append(function)
            elif kind == "import_declaration":
                imports += read_imports(reader, node)
            elif kind in ("var_declaration", "const_declaration", "type_declaration"):
                specs += read_specs(reader, node)
            elif kind == "package_clause" and not package:
                package = "".join(reader.text(child) for child in reader.parts(node)[:1])
            elif kind != "comment" and node.is_named and node.parent == self._root:
                misplaced.append(
                    (node.start_byte, node.end_byte)
                )  # the grammar lets statements stand here, Go does not
        return ast.File(
            0,
            len(self.text.data),
            package,
            tuple(imports),
            tuple(specs),
            tuple(functions),
            tuple(sorted({*errors(self._root), *misplaced})),
            reader.too_deep,
            0 if self._root.has_error else reader.unsupported,  # beside an error the parser may place anything
        )

    def body(self, function: ast.FuncDecl) -> ast.FuncBody | None:
        """The body of one of this file's functions; None for a function without one."""
        if not function.body_end:
            return None
        node = self._root.descendant_for_byte_range(function.body_start, function.body_end)
        return None if node is None or node.type != "block" else _read_body(self.text.data, node)


def parse_body(text: SourceText, function: ast.FuncDecl) -> ast.FuncBody | None:
    """The body of a function of a file whose tree is gone: only the function itself is parsed again."""
    if not function.body_end:
        return None
    root = parse_source(text.data[: function.end], function.start)
    node = root.descendant_for_byte_range(function.body_start, function.body_end)
    return None if node is None or node.type != "block" else _read_body(text.data, node)


def _read_body(data: bytes, node: Node) -> ast.FuncBody:
    reader = Reader(data, read_block)
    block = read_block(reader, node)
    bad = [*reader.bad, *(errors(node) if node.has_error else ())]
    unsupported = 0 if node.has_error else reader.unsupported
    return ast.FuncBody(node.start_byte, node.end_byte, block, tuple(sorted(set(bad))), unsupported)


def _top_level(root: Node) -> Iterator[Node]:
    """The declarations, also those that the parser saw inside a piece of text it could not place."""
    for node in root.children:
        if node.is_error:
            yield from node.children
        else:
            yield node
