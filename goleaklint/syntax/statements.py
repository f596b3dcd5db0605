"""Trees of statements in, `ast` statements out."""

from tree_sitter import Node

from goleaklint.syntax import ast
from goleaklint.syntax.declarations import read_specs
from goleaklint.syntax.expressions import read_expr, read_exprs
from goleaklint.syntax.reader import MAX_DEPTH, Reader, by_kind, kinds


def read_block(reader: Reader, node: Node) -> ast.Block:
    """The statements between a pair of braces."""
    return ast.Block(node.start_byte, node.end_byte, read_stmts(reader, node))


def read_stmts(reader: Reader, node: Node) -> tuple[ast.Stmt, ...]:
    """The statements directly below a block, a statement list or a clause."""
    found: list[ast.Stmt] = []
    for child in reader.parts(node):
        if child.kind_id in _LISTS:
            found += read_stmts(reader, child)
        elif child.kind_id not in _EMPTY or child.end_byte > child.start_byte:
            found.append(read_stmt(reader, child))
    return tuple(found)


def read_stmt(reader: Reader, node: Node) -> ast.Stmt:
    """The statement that `node` stands for; `BadStmt` where it cannot be told."""
    read = _READERS[node.kind_id]
    if read is None or (reader.depth >= MAX_DEPTH and reader.is_too_deep()):
        return reader.bad_stmt(node)
    reader.depth += 1
    found: ast.Stmt = read(reader, node)
    reader.depth -= 1
    return found


def _field(reader: Reader, node: Node, name: str) -> ast.Expr:
    child = node.child_by_field_name(name)
    return reader.bad_expr(node) if child is None else read_expr(reader, child)


def _init(reader: Reader, node: Node) -> ast.Stmt | None:
    child = node.child_by_field_name("initializer")
    return None if child is None else read_stmt(reader, child)


def _expression(reader: Reader, node: Node) -> ast.Stmt:
    inner = reader.parts(node)
    if len(inner) != 1:
        return reader.bad_stmt(node)
    return ast.ExprStmt(node.start_byte, node.end_byte, read_expr(reader, inner[0]))


def _send(reader: Reader, node: Node) -> ast.Stmt:
    channel = _field(reader, node, "channel")
    return ast.Send(node.start_byte, node.end_byte, channel, _field(reader, node, "value"))


def _inc_dec(reader: Reader, node: Node) -> ast.Stmt:
    inner = reader.parts(node)
    if len(inner) != 1:
        return reader.bad_stmt(node)
    op = "++" if node.type == "inc_statement" else "--"
    return ast.IncDec(node.start_byte, node.end_byte, read_expr(reader, inner[0]), op)


def _assign(reader: Reader, node: Node) -> ast.Stmt:
    operator = node.child_by_field_name("operator")
    left = read_exprs(reader, node.child_by_field_name("left"))
    right = read_exprs(reader, node.child_by_field_name("right"))
    return ast.Assign(node.start_byte, node.end_byte, left, ":=" if operator is None else operator.type, right)


def _receive(reader: Reader, node: Node) -> ast.Stmt:
    """The receive of a select case, with or without an assignment."""
    right = read_exprs(reader, node.child_by_field_name("right"))
    left = node.child_by_field_name("left")
    if not right:
        return reader.bad_stmt(node)
    if left is None:
        return ast.ExprStmt(node.start_byte, node.end_byte, right[0])
    op = ":=" if any(child.type == ":=" for child in node.children) else "="
    return ast.Assign(node.start_byte, node.end_byte, read_exprs(reader, left), op, right)


def _go(reader: Reader, node: Node) -> ast.Stmt:
    inner = reader.parts(node)
    if len(inner) != 1:
        return reader.bad_stmt(node)
    kind = ast.Go if node.type == "go_statement" else ast.Defer
    return kind(node.start_byte, node.end_byte, read_expr(reader, inner[0]))


def _return(reader: Reader, node: Node) -> ast.Stmt:
    inner = reader.parts(node)
    return ast.Return(node.start_byte, node.end_byte, read_exprs(reader, inner[0] if inner else None))


def _branch(reader: Reader, node: Node) -> ast.Stmt:
    inner = reader.parts(node)
    label = reader.text(inner[0]) if inner else ""
    return ast.Branch(node.start_byte, node.end_byte, node.type.removesuffix("_statement"), label)


def _if(reader: Reader, node: Node) -> ast.Stmt:
    then = node.child_by_field_name("consequence")
    if then is None:
        return reader.bad_stmt(node)
    init, cond = _init(reader, node), _field(reader, node, "condition")
    block = read_block(reader, then)
    other = node.child_by_field_name("alternative")
    orelse = None if other is None else read_stmt(reader, other)
    if not isinstance(orelse, ast.Block | ast.If | None):
        orelse = ast.Block(orelse.start, orelse.end, (orelse,))
    return ast.If(node.start_byte, node.end_byte, init, cond, block, orelse)


def _for(reader: Reader, node: Node) -> ast.Stmt:
    body_node = node.child_by_field_name("body")
    if body_node is None:
        return reader.bad_stmt(node)
    head = next((child for child in reader.parts(node) if child != body_node), None)
    if head is not None and head.type == "range_clause":
        left = read_exprs(reader, head.child_by_field_name("left"))
        op = next((child.type for child in head.children if child.type in (":=", "=")), "")
        x = _field(reader, head, "right")
        return ast.Range(node.start_byte, node.end_byte, left, op, x, read_block(reader, body_node))
    init = cond = post = None
    if head is not None and head.type == "for_clause":
        init = _init(reader, head)
        cond_node, post_node = head.child_by_field_name("condition"), head.child_by_field_name("update")
        cond = None if cond_node is None else read_expr(reader, cond_node)
        post = None if post_node is None else read_stmt(reader, post_node)
    elif head is not None:
        cond = read_expr(reader, head)
    return ast.For(node.start_byte, node.end_byte, init, cond, post, read_block(reader, body_node))


def _clause_values(reader: Reader, node: Node) -> tuple[ast.Expr, ...] | None:
    if node.type == "default_case":
        return None
    if node.type == "type_case":
        return tuple(read_expr(reader, child) for child in node.children_by_field_name("type") if child.is_named)
    return read_exprs(reader, node.child_by_field_name("value"))


def _clause_body(reader: Reader, node: Node) -> tuple[ast.Stmt, ...]:
    lists = [child for child in reader.parts(node) if child.kind_id in _LISTS]
    return tuple(stmt for child in lists for stmt in read_stmts(reader, child))


def _clauses(reader: Reader, node: Node) -> tuple[ast.CaseClause, ...]:
    return tuple(
        ast.CaseClause(child.start_byte, child.end_byte, _clause_values(reader, child), _clause_body(reader, child))
        for child in reader.parts(node)
        if child.type in ("expression_case", "type_case", "default_case")
    )


def _switch(reader: Reader, node: Node) -> ast.Stmt:
    tag = node.child_by_field_name("value")
    init = _init(reader, node)
    value = None if tag is None else read_expr(reader, tag)
    return ast.Switch(node.start_byte, node.end_byte, init, value, _clauses(reader, node))


def _type_switch(reader: Reader, node: Node) -> ast.Stmt:
    alias = node.child_by_field_name("alias")
    names = reader.parts(alias) if alias is not None else []
    bind = reader.ident(names[0]) if names else None
    init, x = _init(reader, node), _field(reader, node, "value")
    return ast.TypeSwitch(node.start_byte, node.end_byte, init, bind, x, _clauses(reader, node))


def _select(reader: Reader, node: Node) -> ast.Stmt:
    clauses: list[ast.CommClause] = []
    for child in reader.parts(node):
        comm = child.child_by_field_name("communication")
        stmt = None if comm is None else read_stmt(reader, comm)
        clauses.append(ast.CommClause(child.start_byte, child.end_byte, stmt, _clause_body(reader, child)))
    return ast.Select(node.start_byte, node.end_byte, tuple(clauses))


def _labeled(reader: Reader, node: Node) -> ast.Stmt:
    label, *rest = reader.parts(node)
    stmt = read_stmt(reader, rest[0]) if rest else ast.Empty(node.end_byte, node.end_byte)
    return ast.Labeled(node.start_byte, node.end_byte, reader.text(label), stmt)


def _declaration(reader: Reader, node: Node) -> ast.Stmt:
    return ast.DeclStmt(node.start_byte, node.end_byte, read_specs(reader, node))


def _empty(_: Reader, node: Node) -> ast.Stmt:
    return ast.Empty(node.start_byte, node.end_byte)


_LISTS = kinds("statement_list")
_EMPTY = kinds("empty_statement")
_READERS = by_kind(
    {
        "block": read_block,
        "expression_statement": _expression,
        "send_statement": _send,
        "receive_statement": _receive,
        **dict.fromkeys(("inc_statement", "dec_statement"), _inc_dec),
        **dict.fromkeys(("assignment_statement", "short_var_declaration"), _assign),
        **dict.fromkeys(("go_statement", "defer_statement"), _go),
        "return_statement": _return,
        **dict.fromkeys(("break_statement", "continue_statement", "goto_statement"), _branch),
        "fallthrough_statement": _branch,
        "if_statement": _if,
        "for_statement": _for,
        "expression_switch_statement": _switch,
        "type_switch_statement": _type_switch,
        "select_statement": _select,
        "labeled_statement": _labeled,
        **dict.fromkeys(("var_declaration", "const_declaration", "type_declaration"), _declaration),
        "empty_statement": _empty,
    }
)
