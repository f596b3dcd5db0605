"""What every reader of a tree shares: the source, the places that could not be read, and how deep it has gone."""

import sys
from collections.abc import Callable, Iterator, Mapping
from sys import intern
from typing import Any

import tree_sitter_go
from tree_sitter import Language, Node

from goleaklint.syntax import ast

LANGUAGE = Language(tree_sitter_go.language())

COMMENT = LANGUAGE.id_for_node_kind("comment", True)

MAX_DEPTH = 500
"""How deep syntax may nest before it is read as `Bad`. What people write stays below 100, but for long sums of string
literals; every walk over the syntax is recursive and takes up to four Python frames a level (see `make_room`)."""

RECURSION = 10_000
"""Python frames: four for each of MAX_DEPTH levels, in each of a few walks that are nested in one another. Frames of
Python functions are on the heap, so the limit costs nothing."""


def make_room() -> None:
    """Allow as many Python frames as walks over the deepest syntax take. Whoever reads or decodes syntax calls it."""
    if sys.getrecursionlimit() < RECURSION:
        sys.setrecursionlimit(RECURSION)


class Reader:
    """Reads the nodes of one file. `bad` collects the byte ranges that could not be read, in the order met.

    `unsupported` counts the nodes among them that are of no known kind or shape although the parser found no error.

    Expressions hold statements (function literals) and statements hold expressions: so that neither module has to
    import the other, whoever makes a Reader says how a block is read.
    """

    def __init__(self, source: bytes, read_block: Callable[["Reader", Node], ast.Block]) -> None:
        self.source = source
        self.read_block = read_block
        self.bad: list[tuple[int, int]] = []
        self.unsupported = 0
        self.too_deep = False
        self.depth = 0

    def text(self, node: Node) -> str:
        """The node's text; interned, since the same names come again and again."""
        return intern(self.source[node.start_byte : node.end_byte].decode("utf-8", "replace"))

    def ident(self, node: Node) -> ast.Ident:
        start, end = node.start_byte, node.end_byte
        return ast.Ident(start, end, intern(self.source[start:end].decode("utf-8", "replace")))

    def bad_expr(self, node: Node) -> ast.Bad:
        self._leave_out(node)
        return ast.Bad(node.start_byte, node.end_byte)

    def bad_stmt(self, node: Node) -> ast.BadStmt:
        self._leave_out(node)
        return ast.BadStmt(node.start_byte, node.end_byte)

    def _leave_out(self, node: Node) -> None:
        if self.depth < MAX_DEPTH and not node.has_error:
            self.unsupported += 1
        self.mark(node)

    def mark(self, node: Node) -> None:
        """Remember that this node's text was not understood."""
        self.bad.append((node.start_byte, node.end_byte))

    def is_too_deep(self) -> bool:
        """Remember that something lies deeper than MAX_DEPTH; it is read as `Bad`."""
        self.too_deep = True
        return True

    def parts(self, node: Node) -> list[Node]:
        """The named children, without comments; what the parser could not place is marked and left out."""
        if not node.has_error:
            return [child for child in node.named_children if child.kind_id != COMMENT]
        found = []
        for child in node.named_children:
            if child.is_error or child.is_missing:
                self.mark(child)
            elif child.kind_id != COMMENT:
                found.append(child)
        return found


def by_kind(readers: Mapping[str, Callable[[Reader, Node], Any]]) -> list[Callable[[Reader, Node], Any] | None]:
    """The readers as a list indexed by tree-sitter's numeric node kind, which costs no string per node."""
    table: list[Callable[[Reader, Node], Any] | None] = [None] * LANGUAGE.node_kind_count
    for number in range(LANGUAGE.node_kind_count):
        name = LANGUAGE.node_kind_for_id(number)
        if name is not None and LANGUAGE.node_kind_is_named(number):
            table[number] = readers.get(name)
    return table


def kinds(*names: str) -> frozenset[int]:
    """The numeric kinds of the named nodes with these names: tree-sitter has several for one name."""
    return frozenset(
        number
        for number in range(LANGUAGE.node_kind_count)
        if LANGUAGE.node_kind_for_id(number) in names and LANGUAGE.node_kind_is_named(number)
    )


def tokens(node: Node) -> Iterator[str]:
    """The unnamed tokens directly below a node, in order."""
    return (child.type for child in node.children if not child.is_named)


def errors(root: Node) -> Iterator[tuple[int, int]]:
    """The byte ranges of errors below `root`, outermost only; only subtrees that hold one are entered."""
    pending = [root]
    while pending:
        node = pending.pop()
        if node.is_error or node.is_missing:
            yield node.start_byte, node.end_byte
        elif node.has_error:
            pending += reversed(node.children)
