"""The bytes of a file in, tree-sitter's tree out: with the Go that the grammar does not know yet made known to it."""

import re

from tree_sitter import Node, Parser, Point, Range

from goleaklint.syntax.reader import LANGUAGE, errors

_NEW = re.compile(rb"(?<![\w.])(ne)w(?=\()")
_OF_EXPRESSION = re.compile(
    rb"(?<![\w.])(ne|mak)[we](?=\((?!\s*(?:\[|map\b|chan\b|<-\s*chan\b|struct\b|func\b|interface\b)))"
)


def parse_source(data: bytes, start: int = 0) -> Node:
    """The root of the tree of a Go file, or of what begins at `start` in it, which has the same byte offsets as `data`.

    Since Go 1.26 the operand of `new` may be an expression, but tree-sitter-go 0.25 takes types only; the same befalls
    a function that is called `make`. Under another name of the same length these are calls like any other, so a file
    with errors is tried again so, first with those whose operand does not begin as a type literal does. The tree with
    the fewest errors is taken.
    """
    root = _parser(data, start).parse(data).root_node
    if not root.has_error or not (data.find(b"new(", start) >= 0 or data.find(b"make(", start) >= 0):
        return root
    best, fewest = root, _error_count(root)
    for pattern in (_OF_EXPRESSION, _NEW):
        root = _parser(data, start).parse(pattern.sub(rb"\1_", data)).root_node
        count = _error_count(root)
        if count < fewest:
            best, fewest = root, count
        if not fewest:
            break
    return best


def _parser(data: bytes, start: int) -> Parser:
    """A parser that looks at nothing before `start`. Rows and columns count from there; nobody asks for them."""
    if not start:
        return Parser(LANGUAGE)
    end = len(data)
    return Parser(LANGUAGE, included_ranges=[Range(Point(0, 0), Point(0, end - start), start, end)])


def _error_count(root: Node) -> int:
    return sum(1 for _ in errors(root))
