"""A return of a call in; what becomes of what it gives out: it gets out of sight."""

from goleaklint.liveness.evaluate import Evaluator
from goleaklint.liveness.values import Frame
from goleaklint.syntax import ast


def lose_results(evaluator: Evaluator, node: ast.Return, frame: Frame) -> None:
    """Code outside gets what a root gives."""
    kinds = [each for field in frame.code.type.results for each in [field] * max(1, len(field.names))]
    if not node.results:
        for field in frame.code.type.results:
            for name in field.names:
                evaluator.lose(evaluator.value(name, frame))
    elif len(node.results) == len(kinds):
        for value, field in zip(node.results, kinds, strict=True):
            evaluator.lose(evaluator.value(value, frame), frame.code.core_type(field.type))
    else:
        for position in range(len(kinds)):
            evaluator.lose(evaluator.value(node.results[0], frame, "", position))


def lose_unfollowed(evaluator: Evaluator, node: ast.Return, frame: Frame) -> None:
    """What a call gives gets out of sight where it is not followed on to its caller."""
    call, caller = frame.site, frame.caller
    if not isinstance(call, ast.Call) or caller is None:
        return
    single = len(node.results) == 1
    for position in range(sum(max(1, len(field.names)) for field in frame.code.type.results)):
        value = node.results[0 if single else position] if node.results else None
        if value is not None and not evaluator.follows(call, caller, position):
            evaluator.lose(evaluator.value(value, frame, "", position if single else 0))
