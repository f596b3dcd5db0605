"""Places in any function under analysis in; steps of a finding's path out."""

from goleaklint.calls.code import Code
from goleaklint.model import Span, Step, StepKind
from goleaklint.syntax import ast


def head(code: Code, node: ast.Node) -> Span:
    """The first line of a piece of syntax."""
    line = code.source.data[node.start : node.end].split(b"\n", 1)[0].rstrip()
    return code.source.span(node.start, node.start + len(line))


def step_in(code: Code, node: ast.Node, message: str, kind: StepKind, thread: int = 0) -> Step:
    """A step at a piece of syntax of a function, which may stand in another file than the finding."""
    return Step(head(code, node), message, kind, thread)
