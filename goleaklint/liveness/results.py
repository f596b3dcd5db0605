"""A return of a call in; what becomes of what it gives out: it is out of sight, or not what the caller counts on."""

from weakref import WeakKeyDictionary

from goleaklint.calls.code import Code
from goleaklint.liveness.evaluate import Evaluator
from goleaklint.liveness.values import Frame, Record, Tracked
from goleaklint.syntax import ast
from goleaklint.syntax.walk import statements

_DROPPED: "WeakKeyDictionary[Code, frozenset[ast.Expr]]" = WeakKeyDictionary()


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


def is_unexpected_nil(evaluator: Evaluator, frame: Frame, at: ast.Node | None) -> bool:
    """Reports whether a call returns nil in the place of what it else gives, and its caller counts on that.

    What the caller does with nil is a mistake of another kind, if nil is ever given: often it guards against a use that
    nobody makes.
    """
    call, caller = frame.site, frame.caller
    if not isinstance(at, ast.Return) or frame.asked or not isinstance(call, ast.Call) or caller is None:
        return False
    nils = [number for number, each in enumerate(at.results) if isinstance(each, ast.Ident) and each.name == "nil"]
    real = (isinstance(evaluator.value(call, caller, "", each), Tracked | Record) for each in nils)
    return any(real) and not _is_dropped(caller.code, call)


def _is_dropped(code: Code, call: ast.Call) -> bool:
    """Reports whether nobody gets what a call gives."""
    found = _DROPPED.get(code)
    if found is None:
        alone = (ast.unparen(each.x) for each in statements(code.block.stmts) if isinstance(each, ast.ExprStmt))
        found = _DROPPED[code] = frozenset(each for each in alone if isinstance(each, ast.Call))
    return call in found
