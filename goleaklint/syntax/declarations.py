"""Trees of top-level declarations in, `ast` declarations out; function bodies are left to whoever asks for them."""

from collections.abc import Iterator

from tree_sitter import Node

from goleaklint.syntax import ast
from goleaklint.syntax.expressions import read_expr, read_exprs, read_fields, read_func_type
from goleaklint.syntax.reader import Reader


def read_imports(reader: Reader, node: Node) -> Iterator[ast.ImportSpec]:
    """The lines of one import declaration."""
    for child in reader.parts(node):
        if child.type == "import_spec_list":
            yield from read_imports(reader, child)
            continue
        path, name = child.child_by_field_name("path"), child.child_by_field_name("name")
        if child.type == "import_spec" and path is not None:
            alias = "" if name is None else reader.text(name)
            yield ast.ImportSpec(child.start_byte, child.end_byte, alias, reader.text(path)[1:-1])


def read_specs(reader: Reader, node: Node) -> tuple[ast.ValueSpec | ast.TypeSpec, ...]:
    """The lines of a var, const or type declaration."""
    return tuple(_specs(reader, node))


def _specs(reader: Reader, node: Node) -> Iterator[ast.ValueSpec | ast.TypeSpec]:
    above: ast.ValueSpec | None = None
    for number, child in enumerate(reader.parts(node)):
        if child.type == "var_spec_list":
            yield from _specs(reader, child)
        elif child.type in ("var_spec", "const_spec"):
            above = _value_spec(reader, child, number, above)
            yield above
        elif child.type in ("type_spec", "type_alias"):
            name = child.child_by_field_name("name")
            kind = child.child_by_field_name("type")
            if name is not None and kind is not None:
                params = read_fields(reader, child.child_by_field_name("type_parameters"))
                alias = child.type == "type_alias"
                yield ast.TypeSpec(
                    child.start_byte, child.end_byte, reader.ident(name), params, read_expr(reader, kind), alias
                )
        else:
            reader.mark(child)


def _value_spec(reader: Reader, node: Node, number: int, above: ast.ValueSpec | None) -> ast.ValueSpec:
    names = tuple(reader.ident(child) for child in node.children_by_field_name("name") if child.is_named)
    kind_node = node.child_by_field_name("type")
    kind = None if kind_node is None else read_expr(reader, kind_node)
    values = read_exprs(reader, node.child_by_field_name("value"))
    const = node.type == "const_spec"
    if const and not values and above is not None:
        kind, values = above.type, above.values
    return ast.ValueSpec(node.start_byte, node.end_byte, names, kind, values, const, number)


def read_function(reader: Reader, node: Node) -> ast.FuncDecl | None:
    """A function or method without its body; None where not even its name can be read."""
    name = node.child_by_field_name("name")
    if name is None or name.is_missing:
        reader.mark(node)
        return None
    receiver = read_fields(reader, node.child_by_field_name("receiver"))
    body = node.child_by_field_name("body")
    start, end = (0, 0) if body is None else (body.start_byte, body.end_byte)
    return ast.FuncDecl(
        node.start_byte,
        node.end_byte,
        reader.ident(name),
        receiver[0] if receiver else None,
        read_func_type(reader, node),
        start,
        end,
    )
