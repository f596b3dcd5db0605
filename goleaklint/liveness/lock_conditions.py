"""A function in; the branches out that ask again what another branch asked, of things that the function never sets.

Facts about fields end at each call, which may set them. `if s.shared { s.mu.Lock() }` and, further down,
`if s.shared { s.mu.Unlock() }` are meant to go the same way nevertheless. In a loop they are within one round: from one
round to the next, what a loop asks may well have been set by somebody else.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from goleaklint.calls.code import Code
from goleaklint.flow.graph import Edge, Loop
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions, statements

NO_LOOP = -1

Choice = tuple[str, tuple[int, ...], int, bool]
"""A condition, by its text, where its variables are declared and where the innermost loop around it starts, and whether
it holds."""


def choices(code: Code) -> Mapping[Edge, Choice]:
    """For each branch that asks what some other branch of the whole function asks, in the same loop, its answer."""
    found: dict[Edge, Choice] = {}
    asked: defaultdict[tuple[str, tuple[int, ...], int], set[int]] = defaultdict(set)
    for each in code.whole.all_code():
        for loop, edge in _branches(each):
            choice = _choice(each, edge, loop)
            if choice is not None and edge.condition is not None:
                asked[choice[:3]].add(edge.condition.start)
                if each is code:
                    found[edge] = choice
    kept = {edge: choice for edge, choice in found.items() if len(asked[choice[:3]]) > 1}
    if not kept:
        return kept
    variables, fields = _set_in(code)
    return {edge: each for edge, each in kept.items() if edge.condition and _is_fixed(code, edge, variables, fields)}


def binding(code: Code) -> Sequence[frozenset[int]]:
    """For each block, the loops in whose current round control is there, by where they start: choices made in one of
    them, or in none, still bind there."""
    heads: dict[Loop, int] = {}
    for block in code.graph.blocks:
        for loop in block.loops:
            heads.setdefault(loop, block.index)
    return [
        frozenset((NO_LOOP, *(loop.start for loop in block.loops if heads[loop] != block.index)))
        for block in code.graph.blocks
    ]


def _branches(code: Code) -> Iterator[tuple[int, Edge]]:
    """The branches, each with the loop around it. What a loop goes on by is none: that is to change."""
    for block in code.graph.blocks:
        loop = block.loops[-1] if block.loops else None
        head = loop.cond if isinstance(loop, ast.For) else None
        for edge in block.edges:
            asked = edge.condition
            if asked is not None and not (head is not None and head.start <= asked.start < head.end):
                yield (NO_LOOP if loop is None else loop.start), edge


def _choice(code: Code, edge: Edge, loop: int) -> Choice | None:
    condition, holds = edge.condition, edge.holds
    while condition is not None and isinstance(condition := ast.unparen(condition), ast.Unary) and condition.op == "!":
        condition, holds = condition.x, not holds
    if condition is None:
        return None
    text = code.source.data[condition.start : condition.end].decode("utf-8", "replace")
    parts = [each for each in expressions(condition) if isinstance(each, ast.Ident)]
    symbols = (symbol for each in parts if (symbol := code.names.symbol(each)) is not None)
    return text, tuple(each.start for each in symbols), loop, holds


def _is_fixed(code: Code, edge: Edge, variables: frozenset[Symbol], fields: frozenset[str]) -> bool:
    """Reports whether nothing in the function changes what the condition depends on."""
    for part in expressions(edge.condition) if edge.condition is not None else ():
        match part:
            case ast.Call(fun=ast.Ident(name="len" | "cap")):
                continue
            case ast.Call() | ast.Unary(op="<-") | ast.FuncLit():
                return False
            case ast.Selector(name=ast.Ident(name=name)) if name in fields:
                return False
            case ast.Ident() if code.names.symbol(part) in variables:
                return False
    return True


def _set_in(code: Code) -> tuple[frozenset[Symbol], frozenset[str]]:
    """The variables that get more than their first value, and the names of the fields that are set."""
    variables: set[Symbol] = set()
    fields: set[str] = set()
    for each in code.whole.all_code():
        for target in _targets(each):
            target = ast.unparen(target)
            while isinstance(target, ast.Index | ast.Star):
                target = ast.unparen(target.x)
            symbol = code.names.symbol(target) if isinstance(target, ast.Ident) else None
            if isinstance(target, ast.Selector):
                fields.add(target.name.name)
            elif symbol is not None and symbol.start != target.start:
                variables.add(symbol)
    return frozenset(variables), frozenset(fields)


def _targets(code: Code) -> Iterator[ast.Expr]:
    for stmt in statements(code.block.stmts):
        match stmt:
            case ast.Assign(left=left) | ast.Range(left=left):
                yield from left
            case ast.IncDec(x=x):
                yield x
