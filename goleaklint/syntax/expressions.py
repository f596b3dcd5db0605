"""Trees of expressions and types in, `ast` expressions out."""

from collections.abc import Callable

from msgspec.structs import replace
from tree_sitter import Node

from goleaklint.syntax import ast
from goleaklint.syntax.reader import MAX_DEPTH, Reader, by_kind, kinds, tokens


def read_expr(reader: Reader, node: Node) -> ast.Expr:
    """The expression or type that `node` stands for; `Bad` where it cannot be told."""
    kind = node.kind_id
    if kind in _NAMES:
        return reader.ident(node)  # half of all expressions, and nothing below them
    read = _READERS[kind]
    if read is None or (reader.depth >= MAX_DEPTH and reader.is_too_deep()):
        return reader.bad_expr(node)
    reader.depth += 1
    found: ast.Expr = read(reader, node)
    reader.depth -= 1
    return found


def read_exprs(reader: Reader, node: Node | None) -> tuple[ast.Expr, ...]:
    """The expressions of an expression_list (or the one expression that stands in its place)."""
    if node is None:
        return ()
    if node.kind_id not in _EXPRESSION_LISTS:
        return (read_expr(reader, node),)
    return tuple([read_expr(reader, child) for child in reader.parts(node)])


def read_fields(reader: Reader, node: Node | None) -> tuple[ast.Field, ...]:
    """The fields of a parameter list, result or type parameter list; a bare result type is one unnamed field."""
    if node is None:
        return ()
    if node.type not in ("parameter_list", "type_parameter_list"):
        return (ast.Field(node.start_byte, node.end_byte, (), read_expr(reader, node)),)
    return _grouped([_field(reader, child) for child in reader.parts(node)])


def _grouped(fields: list[ast.Field]) -> tuple[ast.Field, ...]:
    """Parameters as Go groups them: all have names, or none.

    Of ten and more names that share a type, tree-sitter takes the first ones for unnamed parameters of these types.
    """
    if not any(field.names for field in fields):
        return tuple(fields)
    found: list[ast.Field] = []
    waiting: list[ast.Ident] = []
    for field in fields:
        if not field.names and isinstance(field.type, ast.Ident):
            waiting.append(field.type)
        else:
            names = (*waiting, *field.names)
            found.append(
                ast.Field(names[0].start if names else field.start, field.end, names, field.type, field.variadic)
            )
            waiting = []
    return tuple(found)


def read_func_type(reader: Reader, node: Node) -> ast.FuncType:
    """The signature of a function declaration, method, method element, function literal or function type."""
    params, results = node.child_by_field_name("parameters"), node.child_by_field_name("result")
    last = results or params
    return ast.FuncType(
        node.start_byte,
        node.end_byte if last is None else last.end_byte,
        read_fields(reader, params),
        read_fields(reader, results),
        read_fields(reader, node.child_by_field_name("type_parameters")),
    )


def _optional(reader: Reader, node: Node, field: str) -> ast.Expr | None:
    child = node.child_by_field_name(field)
    return None if child is None else read_expr(reader, child)


def _required(reader: Reader, node: Node, field: str) -> ast.Expr:
    child = node.child_by_field_name(field)
    return reader.bad_expr(node) if child is None else read_expr(reader, child)


def _field(reader: Reader, node: Node) -> ast.Field:
    names = tuple(reader.ident(child) for child in node.children_by_field_name("name"))
    variadic = node.type == "variadic_parameter_declaration"
    return ast.Field(node.start_byte, node.end_byte, names, _required(reader, node, "type"), variadic)


def _literal(kind: str) -> Callable[[Reader, Node], ast.Expr]:
    def read(reader: Reader, node: Node) -> ast.Expr:
        return ast.BasicLit(node.start_byte, node.end_byte, kind, reader.text(node))

    return read


def _selector(reader: Reader, node: Node) -> ast.Expr:
    field = node.child_by_field_name("field")
    if field is None:
        return reader.bad_expr(node)
    x = _required(reader, node, "operand")
    return ast.Selector(node.start_byte, node.end_byte, x, reader.ident(field))


def _qualified_type(reader: Reader, node: Node) -> ast.Expr:
    package, name = node.child_by_field_name("package"), node.child_by_field_name("name")
    if package is None or name is None:
        return reader.bad_expr(node)
    return ast.Selector(node.start_byte, node.end_byte, reader.ident(package), reader.ident(name))


def _call(reader: Reader, node: Node) -> ast.Expr:
    arguments = node.child_by_field_name("arguments")
    if arguments is None:
        return reader.bad_expr(node)
    fun = _required(reader, node, "function")
    type_arguments = node.child_by_field_name("type_arguments")
    if type_arguments is not None:
        end = type_arguments.end_byte
        fun = ast.Index(fun.start, end, fun, _elements(reader, type_arguments))
    args: list[ast.Expr] = []
    spread = False
    for child in reader.parts(arguments):
        if child.kind_id in _VARIADIC:
            spread = True
            inner = reader.parts(child)
            child = inner[0] if inner else child
        args.append(read_expr(reader, child))
    return ast.Call(node.start_byte, node.end_byte, fun, tuple(args), spread)


def _conversion(reader: Reader, node: Node) -> ast.Expr:
    """`T(x)`; tree-sitter also takes `handlers[i](x)` for a conversion to a generic type, hence one node for both."""
    fun = _required(reader, node, "type")
    return ast.Call(node.start_byte, node.end_byte, fun, (_required(reader, node, "operand"),), False)


def _operation(read: Callable[[Reader, Node], ast.Expr]) -> Callable[[Reader, Node], ast.Expr]:
    """A reader of `x.f`, `x[i]`, `x(y)` and the like, for which a star before `x` stands before the whole.

    tree-sitter takes `*f[T](x)` for a conversion to a pointer, which Go only does in parentheses.
    """

    def reading(reader: Reader, node: Node) -> ast.Expr:
        found = read(reader, node)
        kind = type(found)
        first = found.fun if kind is ast.Call else found.x if kind in _WITH_OPERAND else None  # type: ignore[union-attr]
        if type(first) is not ast.Star:
            return found
        stars = []
        while isinstance(found, ast.Selector | ast.Index | ast.Slice | ast.TypeAssert) and isinstance(
            found.x, ast.Star
        ):
            stars.append(found.start)
            found = replace(found, x=found.x.x, start=found.x.x.start)
        while isinstance(found, ast.Call) and isinstance(found.fun, ast.Star):
            stars.append(found.start)
            found = replace(found, fun=found.fun.x, start=found.fun.x.start)
        for start in reversed(stars):
            found = ast.Star(start, node.end_byte, found)
        return found

    return reading


def _elements(reader: Reader, node: Node) -> tuple[ast.Expr, ...]:
    return tuple([read_expr(reader, child) for child in reader.parts(node)])


def _generic(reader: Reader, node: Node) -> ast.Expr:
    arguments = node.child_by_field_name("type_arguments")
    fun = _required(reader, node, "type")
    if arguments is None:
        indices = tuple(read_expr(reader, child) for child in reader.parts(node)[1:])
        return ast.Index(node.start_byte, node.end_byte, fun, indices)
    return ast.Index(node.start_byte, node.end_byte, fun, _elements(reader, arguments))


def _index(reader: Reader, node: Node) -> ast.Expr:
    x = _required(reader, node, "operand")
    return ast.Index(node.start_byte, node.end_byte, x, (_required(reader, node, "index"),))


def _slice(reader: Reader, node: Node) -> ast.Expr:
    low, high, top = (_optional(reader, node, name) for name in ("start", "end", "capacity"))
    return ast.Slice(node.start_byte, node.end_byte, _required(reader, node, "operand"), low, high, top)


def _type_assertion(reader: Reader, node: Node) -> ast.Expr:
    x = _required(reader, node, "operand")
    return ast.TypeAssert(node.start_byte, node.end_byte, x, _required(reader, node, "type"))


def _composite(reader: Reader, node: Node) -> ast.Expr:
    body = node.child_by_field_name("body")
    if body is None:
        return reader.bad_expr(node)
    return ast.CompositeLit(node.start_byte, node.end_byte, _optional(reader, node, "type"), _elements(reader, body))


def _literal_value(reader: Reader, node: Node) -> ast.Expr:
    return ast.CompositeLit(node.start_byte, node.end_byte, None, _elements(reader, node))


def _keyed(reader: Reader, node: Node) -> ast.Expr:
    key = _required(reader, node, "key")
    return ast.KeyValue(node.start_byte, node.end_byte, key, _required(reader, node, "value"))


def _wrapped(reader: Reader, node: Node) -> ast.Expr:
    """Nodes that only wrap one other: literal_element, type_constraint and type_elem with a single term."""
    inner = reader.parts(node)
    if len(inner) == 1:
        return read_expr(reader, inner[0])
    if not inner:
        return reader.bad_expr(node)
    return ast.Union(node.start_byte, node.end_byte, tuple(read_expr(reader, child) for child in inner))


def _paren(reader: Reader, node: Node) -> ast.Expr:
    inner = reader.parts(node)
    if len(inner) != 1:
        return reader.bad_expr(node)
    return ast.Paren(node.start_byte, node.end_byte, read_expr(reader, inner[0]))


def _negated(reader: Reader, node: Node) -> ast.Expr:
    inner = reader.parts(node)
    if len(inner) != 1:
        return reader.bad_expr(node)
    return ast.Unary(node.start_byte, node.end_byte, "~", read_expr(reader, inner[0]))


def _unary(reader: Reader, node: Node) -> ast.Expr:
    operator = node.child_by_field_name("operator")
    if operator is None:
        return reader.bad_expr(node)
    x = _required(reader, node, "operand")
    if operator.type == "*":
        return ast.Star(node.start_byte, node.end_byte, x)
    return ast.Unary(node.start_byte, node.end_byte, operator.type, x)


def _binary(reader: Reader, node: Node) -> ast.Expr:
    operator = node.child_by_field_name("operator")
    if operator is None:
        return reader.bad_expr(node)
    x = _required(reader, node, "left")
    return ast.Binary(node.start_byte, node.end_byte, operator.type, x, _required(reader, node, "right"))


def _func_lit(reader: Reader, node: Node) -> ast.Expr:
    body = node.child_by_field_name("body")
    if body is None:
        return reader.bad_expr(node)
    return ast.FuncLit(node.start_byte, node.end_byte, read_func_type(reader, node), reader.read_block(reader, body))


def _pointer(reader: Reader, node: Node) -> ast.Expr:
    inner = reader.parts(node)
    if len(inner) != 1:
        return reader.bad_expr(node)
    return ast.Star(node.start_byte, node.end_byte, read_expr(reader, inner[0]))


def _array(reader: Reader, node: Node) -> ast.Expr:
    length = _optional(reader, node, "length")
    return ast.ArrayType(node.start_byte, node.end_byte, length, _required(reader, node, "element"))


def _slice_type(reader: Reader, node: Node) -> ast.Expr:
    return ast.SliceType(node.start_byte, node.end_byte, _required(reader, node, "element"))


def _map_type(reader: Reader, node: Node) -> ast.Expr:
    key = _required(reader, node, "key")
    return ast.MapType(node.start_byte, node.end_byte, key, _required(reader, node, "value"))


def _chan_type(reader: Reader, node: Node) -> ast.Expr:
    return _channel(reader, node, node.start_byte, " ".join(tokens(node)))


def _channel(reader: Reader, node: Node, start: int, words: str) -> ast.Expr:
    """The channel type whose first token stands at `start`.

    In Go an arrow belongs to the leftmost `chan` it can, so `chan<- chan T` sends channels; tree-sitter takes it for
    `chan (<-chan T)`.
    """
    value = node.child_by_field_name("value")
    if words == "chan" and value is not None and value.type == "channel_type" and value.children[0].type == "<-":
        inner = _channel(reader, value, value.children[1].start_byte, "chan")
        return ast.ChanType(start, node.end_byte, "send", inner)
    direction = {"chan <-": "send", "<- chan": "receive"}.get(words, "both")
    return ast.ChanType(start, node.end_byte, direction, _required(reader, node, "value"))


def _struct(reader: Reader, node: Node) -> ast.Expr:
    fields: list[ast.Field] = []
    for body in reader.parts(node):
        fields += (_struct_field(reader, child) for child in reader.parts(body))
    return ast.StructType(node.start_byte, node.end_byte, tuple(fields))


def _struct_field(reader: Reader, node: Node) -> ast.Field:
    names = tuple(reader.ident(child) for child in node.children_by_field_name("name"))
    kind = _required(reader, node, "type")
    if not names and "*" in tokens(node):
        kind = ast.Star(node.start_byte, kind.end, kind)
    return ast.Field(node.start_byte, node.end_byte, names, kind)


def _interface(reader: Reader, node: Node) -> ast.Expr:
    methods: list[ast.Method] = []
    embeds: list[ast.Expr] = []
    for child in reader.parts(node):
        name = child.child_by_field_name("name") if child.type == "method_elem" else None
        if name is not None:
            kind = read_func_type(reader, child)
            methods.append(ast.Method(child.start_byte, child.end_byte, reader.ident(name), kind))
        else:
            embeds.append(read_expr(reader, child))
    return ast.InterfaceType(node.start_byte, node.end_byte, tuple(methods), tuple(embeds))


_WITH_OPERAND = frozenset((ast.Selector, ast.Index, ast.Slice, ast.TypeAssert))
_EXPRESSION_LISTS = kinds("expression_list")
_VARIADIC = kinds("variadic_argument")
_NAMES = kinds("identifier", "blank_identifier", "type_identifier", "nil", "true", "false", "iota")
_READERS = by_kind(
    {
        **dict.fromkeys(("identifier", "blank_identifier", "type_identifier", "nil", "true", "false"), Reader.ident),
        **dict.fromkeys(("iota", "package_identifier", "field_identifier"), Reader.ident),
        "int_literal": _literal("int"),
        "float_literal": _literal("float"),
        "imaginary_literal": _literal("imag"),
        "rune_literal": _literal("rune"),
        "raw_string_literal": _literal("string"),
        "interpreted_string_literal": _literal("string"),
        "selector_expression": _operation(_selector),
        "qualified_type": _qualified_type,
        "call_expression": _operation(_call),
        "type_conversion_expression": _operation(_conversion),
        "generic_type": _generic,
        "type_instantiation_expression": _generic,
        "index_expression": _operation(_index),
        "slice_expression": _operation(_slice),
        "type_assertion_expression": _operation(_type_assertion),
        "composite_literal": _composite,
        "literal_value": _literal_value,
        "keyed_element": _keyed,
        **dict.fromkeys(("literal_element", "type_constraint", "type_elem"), _wrapped),
        **dict.fromkeys(("parenthesized_expression", "parenthesized_type"), _paren),
        "negated_type": _negated,
        "unary_expression": _unary,
        "binary_expression": _binary,
        "func_literal": _func_lit,
        "pointer_type": _pointer,
        **dict.fromkeys(("array_type", "implicit_length_array_type"), _array),
        "slice_type": _slice_type,
        "map_type": _map_type,
        "channel_type": _chan_type,
        "function_type": read_func_type,
        "struct_type": _struct,
        "interface_type": _interface,
    }
)
