"""Blocks and edges as they grow: where control is, where jumps go, and in which order expressions are evaluated."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from goleaklint.flow import ops
from goleaklint.flow.graph import Block, Edge, EdgeKind, Graph, Loop
from goleaklint.knowledge.pack import NoReturn
from goleaklint.syntax import ast
from goleaklint.syntax.walk import children


@dataclass(frozen=True, slots=True)
class Jump:
    """Where `break`, `continue` and `fallthrough` lead from inside a statement; None where they do not apply."""

    label: str
    after: int
    again: int | None
    following: int | None = None


NOWHERE = -1
"""Where control is after a jump."""

NeverReturns = Callable[[ast.Call], NoReturn | bool | None]
"""How a call ends that never returns; true stands for "with the process", false and None for a call that returns."""


class Builder:
    """A graph under construction. The current block is where control is; after a jump there is none."""

    def __init__(self, function: ast.FuncBody | ast.FuncLit, never_returns: NeverReturns) -> None:
        self._never_returns = never_returns
        self._loops: tuple[Loop, ...] = ()
        self._jumps: list[Jump] = []
        self._labels: dict[str, int] = {}
        self._after_labels: dict[str, int] = {}
        self._blocks: list[Block] = []
        self.graph = Graph(function, self._blocks, 1, 2, 3, 4)
        self._at = self.new_block()
        for _ in range(4):
            self.new_block()

    # --- blocks and edges

    def new_block(self) -> int:
        blocks = self._blocks
        index = len(blocks)
        blocks.append(Block(index, self._loops))
        return index

    def add(self, op: ops.Op) -> None:
        if self._at >= 0:
            self._blocks[self._at].ops.append(op)

    def edge(
        self,
        target: int,
        kind: EdgeKind = EdgeKind.NEXT,
        cause: ast.Expr | ast.CaseClause | ast.CommClause | None = None,
        condition: ast.Expr | None = None,
        holds: bool = True,
    ) -> None:
        if self._at >= 0:
            self._blocks[self._at].edges.append(Edge(self._at, target, kind, cause, condition, holds))

    def leave(
        self,
        target: int,
        kind: EdgeKind = EdgeKind.NEXT,
        cause: ast.Expr | ast.CaseClause | ast.CommClause | None = None,
        condition: ast.Expr | None = None,
        holds: bool = True,
    ) -> None:
        """Go to `target`; what follows in the text is reached only by jumps."""
        if self._at >= 0:
            self._blocks[self._at].edges.append(Edge(self._at, target, kind, cause, condition, holds))
            self._at = NOWHERE

    def drop(self) -> None:
        """Control does not go on here: what follows in the text has no block until one is entered."""
        self._at = NOWHERE

    def enter(self, block: int) -> None:
        """Go on in `block`; its place in the loops is where it is entered, not where it was made."""
        self._at = block
        self._blocks[block].loops = self._loops

    @contextmanager
    def loop(self, stmt: Loop) -> Iterator[None]:
        before = self._loops
        self._loops = (*before, stmt)
        yield
        self._loops = before

    # --- jumps

    @contextmanager
    def jumps(self, jump: Jump) -> Iterator[None]:
        self._jumps.append(jump)
        yield
        self._jumps.pop()

    def label(self, name: str) -> None:
        """Control comes to a label; a goto may have named it before."""
        target = self._label_block(name)
        self.leave(target)
        self.enter(target)

    def end_label(self, name: str) -> None:
        """The labelled statement ends here: this is where `break name` leads from a plain block."""
        after = self._after_labels.pop(name, None)
        if after is not None:
            self.leave(after)
            self.enter(after)

    def _label_block(self, name: str) -> int:
        if name not in self._labels:
            self._labels[name] = self.new_block()
        return self._labels[name]

    def branch(self, kind: str, label: str) -> None:
        target = self._label_block(label) if kind == "goto" else self._jump_target(kind, label)
        if target is None:
            self.drop()
        else:
            self.leave(target)

    def _jump_target(self, kind: str, label: str) -> int | None:
        for jump in reversed(self._jumps):
            if kind == "fallthrough":
                return jump.following
            if label and jump.label != label:
                continue
            if kind == "break":
                return jump.after
            if jump.again is not None:
                return jump.again
        if kind == "break" and label:
            return self._after_labels.setdefault(label, self.new_block())
        return None

    # --- expressions

    def values(self, exprs: Iterable[ast.Expr]) -> None:
        for expr in exprs:
            visit = _VALUES.get(type(expr))
            if visit is not None:
                visit(self, expr)

    def operands(self, call: ast.Expr) -> None:
        """What a go or defer statement evaluates at once: the function value and the arguments."""
        call = ast.unparen(call)
        if not isinstance(call, ast.Call):
            self.value(call)
            return
        if isinstance(ast.unparen(call.fun), ast.Selector):
            self.value(ast.unparen(call.fun))
        elif not isinstance(ast.unparen(call.fun), ast.Ident):
            self.value(call.fun)
        self.values(call.args)

    def value(self, expr: ast.Expr) -> None:
        """Evaluate an expression: operands first, left to right, then the operation itself."""
        visit = _VALUES.get(type(expr))
        if visit is not None:
            visit(self, expr)

    def _operand(self, expr: ast.Selector | ast.Paren | ast.Star) -> None:
        visit = _VALUES.get(type(expr.x))
        if visit is not None:
            visit(self, expr.x)

    def _parts(self, expr: ast.Expr) -> None:
        self.values(children(expr))

    def _literal(self, expr: ast.FuncLit) -> None:
        self.add(ops.Closure(expr))

    def _binary(self, expr: ast.Binary) -> None:
        if expr.op in ("&&", "||"):
            self._short_circuit(expr)
        else:
            self.value(expr.x)
            self.value(expr.y)

    def _unary(self, expr: ast.Unary) -> None:
        self.value(expr.x)
        if expr.op == "<-":
            self.add(ops.Receive(expr))

    def _unreadable(self, expr: ast.Bad) -> None:
        self.add(ops.Unreadable(expr))

    def _call(self, call: ast.Call) -> None:
        self.value(call.fun)
        self.values(call.args)
        if self._at < 0:
            return
        self._blocks[self._at].ops.append(ops.Call(call))
        is_panic = isinstance(call.fun, ast.Ident) and call.fun.name == "panic"
        ending = NoReturn.PANIC if is_panic else self._never_returns(call)
        match ending:
            case None | False:
                pass
            case NoReturn.PANIC:
                self.leave(self.graph.panicked, EdgeKind.PANIC)
            case NoReturn.GOROUTINE:
                self.leave(self.graph.unwound, EdgeKind.STOP)
            case _:
                self.leave(self.graph.stopped, EdgeKind.STOP)

    def _short_circuit(self, expr: ast.Binary) -> None:
        second, after = self.new_block(), self.new_block()
        first_true, first_false = (second, after) if expr.op == "&&" else (after, second)
        self.condition(expr.x, first_true, first_false)
        self.enter(second)
        self.value(expr.y)
        self.leave(after)
        self.enter(after)

    def condition(self, expr: ast.Expr, if_true: int, if_false: int) -> None:
        """Branch on an expression; `&&`, `||` and `!` become branches of their own, so that each edge has one cause."""
        inner = ast.unparen(expr)
        if isinstance(inner, ast.Unary) and inner.op == "!":
            self.condition(inner.x, if_false, if_true)
        elif isinstance(inner, ast.Binary) and inner.op in ("&&", "||"):
            second = self.new_block()
            first_true, first_false = (second, if_false) if inner.op == "&&" else (if_true, second)
            self.condition(inner.x, first_true, first_false)
            self.enter(second)
            self.condition(inner.y, if_true, if_false)
        else:
            self._test(inner, if_true, if_false)

    def _test(self, expr: ast.Expr, if_true: int, if_false: int) -> None:
        self.value(expr)
        constant = expr.name if isinstance(expr, ast.Ident) else ""
        if constant != "false":
            self.edge(if_true, EdgeKind.TRUE, expr, expr)
        if constant != "true":
            self.edge(if_false, EdgeKind.FALSE, expr, expr, holds=False)
        self.drop()


# Names and basic literals, two thirds of all expressions, do nothing.
_VALUES: Mapping[type, Callable[[Builder, Any], None]] = {
    ast.Call: Builder._call,
    **dict.fromkeys((ast.Selector, ast.Paren, ast.Star), Builder._operand),
    ast.FuncLit: Builder._literal,
    ast.Binary: Builder._binary,
    ast.Unary: Builder._unary,
    ast.Bad: Builder._unreadable,
    **dict.fromkeys(
        (ast.Index, ast.Slice, ast.TypeAssert, ast.KeyValue, ast.CompositeLit, ast.MapType, ast.ArrayType),
        Builder._parts,
    ),
    **dict.fromkeys((ast.SliceType, ast.ChanType, ast.Union), Builder._parts),
}
