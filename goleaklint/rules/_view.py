"""What a rule sees of a function: its operations, its names, and few verbs to ask with. Read-only."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from goleaklint.calls import beside
from goleaklint.calls.code import Code
from goleaklint.calls.functions import Functions
from goleaklint.calls.known import Known
from goleaklint.flow.facts import FactTracker
from goleaklint.flow.graph import Block, EdgeKind, Graph
from goleaklint.flow.wording import negated
from goleaklint.index.package import Function, Package
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import Symbol
from goleaklint.knowledge import Knowledge
from goleaklint.knowledge.pack import NoReturn
from goleaklint.model import Confidence, Finding, Fix, RuleInfo, Severity, Span, Step, StepKind
from goleaklint.rules._answered import is_answered
from goleaklint.syntax import ast
from goleaklint.types.identity import unknown_callee
from goleaklint.types.infer import Inference
from goleaklint.types.types import Type

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may know beside the function itself. `unknown` counts calls whose callee stayed unknown, by why.

    `package` holds only the file that the function stands in; `functions` has those of the whole analysis.
    """

    package: Package
    knowledge: Knowledge
    go_version: tuple[int, int]
    functions: Functions
    unknown: Counter[str] = field(default_factory=Counter)


class FunctionView:
    """One function, method or function literal.

    `node` is its body (or the literal), `name` what Go's stack traces call it, `depth` how many function literals it
    stands in, itself included. Function literals inside it have views of their own and are not part of `ops`.
    """

    def __init__(self, setting: Setting, code: Code) -> None:
        self.setting = setting
        self.code = code
        self._info: RuleInfo | None = None
        self._asked: set[ast.Call] = set()

    @property
    def function(self) -> Function:
        return self.code.whole.function

    @property
    def names(self) -> Names:
        return self.code.names

    @property
    def types(self) -> Inference:
        return self.code.types

    @property
    def node(self) -> ast.FuncBody | ast.FuncLit:
        return self.code.node

    @property
    def name(self) -> str:
        return self.code.name

    @property
    def depth(self) -> int:
        return self.code.depth

    @property
    def graph(self) -> Graph:
        """The control-flow graph, made when first asked for."""
        return self.code.graph

    @property
    def tracker(self) -> FactTracker:
        """Follows what branches establish along paths through the graph."""
        return self.code.tracker

    @cached_property
    def cache(self) -> dict[object, object]:
        """What engines worked out for this function once for all rules, by the engine."""
        return {}

    def ops(self, kind: type[T]) -> Iterator[tuple[Block, T]]:
        """The reachable operations of one kind, each with its block."""
        return self.graph.ops(kind)

    @property
    def ends_with_process(self) -> bool:
        """Reports whether the process ends when this function does: main, or an init that only runs once."""
        return self.function.decl.receiver is None and (
            (self.setting.package.name == "main" and self.name == "main") or self.name == "init"
        )

    @property
    def is_for_tests(self) -> bool:
        """Reports whether the function only serves tests: by its file's name, or as the file imports testing."""
        return beside.is_for_tests(self.code.whole)

    @cached_property
    def is_beside_the_program(self) -> bool:
        """Reports whether the function belongs to an example, or to what only tests use, and is no test itself."""
        return beside.is_beside_the_program(self.code.whole)

    def is_outdated(self, before_go: str) -> bool:
        """Reports whether a leak that only Go versions before `before_go` ("1.23") have is none in this module."""
        if not before_go:
            return False
        major, minor = before_go.split(".")[:2]
        return self.setting.go_version >= (int(major), int(minor))

    def symbol(self, expr: ast.Expr) -> Symbol | None:
        """The thing that a plain name refers to; None for any other expression."""
        return self.code.symbol(expr)

    def known(self, call: ast.Call) -> Known:
        """What is known of what a call does: by the summary of a function under analysis, or by packs."""
        return self.code.known(call)

    def callee(self, call: ast.Call) -> tuple[str, str] | None:
        """Import path and name of the function or method that is called, such as `(*DB).Begin`; None if not known.

        A method of an interface has the interface's name; function values have none.
        """
        found = self.code.callee_name(call)
        if found is None and call not in self._asked:
            self._asked.add(call)
            reason = unknown_callee(self.types, call)
            if reason:
                self.setting.unknown[reason] += 1
        return found

    def type_of(self, expr: ast.Expr) -> Type:
        """The type of an expression, as far as source and knowledge tell."""
        return self.types.type_of(expr)

    def core_type(self, expr: ast.Expr) -> Type | None:
        """The type under the name of an expression's type, such as the channel type; None if that is not known."""
        return self.code.core_type(expr)

    def never_returns(self, call: ast.Call) -> NoReturn | None:
        """How a call ends that never returns, as far as summaries and packs tell; None for one that returns."""
        return self.setting.functions.never_returns(call, self.code.whole)

    def text(self, node: ast.Node) -> str:
        """The source of a piece of syntax on one line, cut where it is long."""
        return self.code.text(node)

    def span(self, node: ast.Node) -> Span:
        """Where a piece of syntax stands."""
        return self.function.file.text.span(node.start, node.end)

    def head(self, node: ast.Node) -> Span:
        """The first line of a piece of syntax: what is to be underlined of a loop."""
        text = self.function.file.text
        line = text.data[node.start : node.end].split(b"\n", 1)[0].rstrip()
        return text.span(node.start, node.start + len(line))

    def _line(self, node: ast.Node) -> bytes:
        """The rest of the line that a piece of syntax begins on, its comment included."""
        data = self.function.file.text.data
        end = data.find(b"\n", node.start)
        return data[node.start : end if end >= 0 else len(data)]

    def step(self, node: ast.Node, message: str, kind: StepKind = StepKind.OTHER) -> Step:
        """A step of a finding's path."""
        return Step(self.head(node), message, kind)

    def branch(self, cause: ast.Node, kind: EdgeKind) -> Step:
        """A step of a finding's path that tells which way a branch goes."""
        if kind is EdgeKind.FALSE and isinstance(cause, ast.Expr):
            words = f"where {negated(cause, self.text)}"
        else:
            words = f"where {self.text(cause)}" if kind is EdgeKind.TRUE else "in this case"
        return self.step(cause, words, StepKind.BRANCH)

    def finding(
        self,
        node: ast.Node,
        message: str,
        *,
        steps: tuple[Step, ...] = (),
        mend: str = "",
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        resource: str = "",
        fixes: tuple[Fix, ...] = (),
    ) -> Finding:
        """A finding of the rule that is running, at `node`; severity and confidence are the rule's unless given.

        Beside the program it is a note, and where a comment answers another linter that says the same."""
        if self._info is None:
            raise AssertionError("a finding outside of a check")
        is_note = self.is_beside_the_program or is_answered(self._info.id, self._line(node))
        level = Severity.NOTE if is_note else severity or self._info.severity
        return Finding(
            self._info.id, message, self.head(node), level,
            confidence or self._info.confidence, self.setting.package.path, self.name, steps, mend, resource, fixes,
        )  # fmt: skip

    def run(self, info: RuleInfo, check: "Callable[[FunctionView], Iterator[Finding]]") -> list[Finding]:
        """What one check finds here."""
        self._info = info
        return list(check(self))
