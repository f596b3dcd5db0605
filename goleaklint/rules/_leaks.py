"""What the ownership engine found in a function in; the findings of one rule out: for GL401 to GL413 and GL603."""

import re
from collections.abc import Iterator

from goleaklint.flow import ops
from goleaklint.flow.graph import EdgeKind
from goleaklint.knowledge import ITSELF, Resource
from goleaklint.liveness.roots import Often, usual_root_of
from goleaklint.model import Confidence, Finding, Severity, Span, Step, StepKind
from goleaklint.ownership.engine import Leak, Ownership
from goleaklint.ownership.lasting import is_one_shot
from goleaklint.ownership.state import End
from goleaklint.ownership.walk import Ending, branching
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions

_STREAMS = frozenset(("GL409", "GL411"))
"""Rules of what is mostly bound to a context on purpose: it ends with whatever the context stands for."""

_SETTER = re.compile(r"(?:SetKeepAlive\w*|SetNoDelay|SetLinger|SetReadBuffer|SetWriteBuffer|Seek)$")
"""Methods of connections and files that fail only if those are closed already."""

MAX_STEPS = 8
"""So many leaking ways out are shown; whoever mends the first sees the others."""


def leaks(fn: FunctionView) -> tuple[Leak, ...]:
    """Everything that a function leaks, worked out once for all rules."""
    found = fn.cache.get(Leak)
    if not isinstance(found, tuple):
        found = fn.cache[Leak] = tuple(Ownership.of(fn.setting.functions).leaks(fn.code))
    return found


def findings(fn: FunctionView, rule: str) -> Iterator[Finding]:
    """The findings of one rule: one for each call that acquires something that is not given back on every way."""
    for leak in leaks(fn):
        resource = leak.acquisition.resource
        if resource.rule == rule and not fn.is_outdated(resource.before_go):
            yield finding_of(fn, leak)


def finding_of(fn: FunctionView, leak: Leak) -> Finding:
    """The finding of the rule that is running, about one leak."""
    acquisition, resource = leak.acquisition, leak.acquisition.resource
    return fn.finding(
        acquisition.call,
        f"{_what(fn, leak)} {_how(fn, leak)}, so {resource.why}",
        steps=(fn.step(acquisition.call, f"acquires {_name(fn, leak)}", StepKind.ACQUIRE), *_steps(fn, leak)),
        mend=_mend(fn, leak),
        severity=severity(fn, leak),
        confidence=_confidence(fn, leak),
        resource=resource.label,
    )


def _confidence(fn: FunctionView, leak: Leak) -> Confidence | None:
    """Low where it only leaks if something fails that practically never does."""
    if leak.endings and all(_hardly_fails(fn, each) for each in leak.endings):
        return Confidence.LOW
    return None if leak.acquisition.certain else Confidence.MEDIUM


def _is_failure(ending: Ending) -> bool:
    """Reports whether a function ends by returning an error."""
    results = ending.node.results if isinstance(ending.node, ast.Return) else ()
    last = ast.unparen(results[-1]) if results else None
    return last is not None and not (isinstance(last, ast.Ident) and last.name in ("nil", "true", "false"))


def _hardly_fails(fn: FunctionView, ending: Ending) -> bool:
    """Reports whether a way out is taken only if a type assertion fails, or a call such as SetKeepAlive or Seek."""
    branches = branching(ending.edges)
    cause = branches[-1].cause if branches else None
    if not isinstance(cause, ast.Expr) or not _is_failure(ending):
        return False
    value = _tested_value(fn, cause)
    if isinstance(value, ast.TypeAssert):
        return True
    fun = ast.unparen(value.fun) if isinstance(value, ast.Call) else None
    return isinstance(fun, ast.Selector) and _SETTER.match(fun.name.name) is not None


def _tested_value(fn: FunctionView, condition: ast.Expr) -> ast.Expr | None:
    """What the variable of a condition such as `err != nil` or `!ok` was last assigned before it."""
    names = [each for each in expressions(condition) if isinstance(each, ast.Ident)]
    symbols = {symbol for each in names if (symbol := fn.symbol(each)) is not None and symbol.is_variable}
    assigned = [
        op
        for _, op in fn.ops(ops.Assign)
        if op.node.start < condition.start and any(fn.symbol(target) in symbols for target in op.left)
    ]
    nearest = max(assigned, key=lambda op: op.node.start, default=None)
    return ast.unparen(nearest.right[-1]) if nearest is not None and nearest.right else None


def severity(fn: FunctionView, leak: Leak) -> Severity:
    """By the consequence: a note where the process ends with the function."""
    resource = leak.acquisition.resource
    if _ends_with_process(fn, leak):
        return Severity.NOTE
    if leak.acquisition.until_context and resource.rule in _STREAMS:
        return Severity.NOTE
    if leak.passed_on and resource.rule == "GL408":
        return Severity.NOTE  # a database that is to stay: who fails to open it mostly ends
    found = resource.severity
    if found is Severity.NOTE and not leak.endings and ITSELF in resource.release:
        return Severity.WARNING  # a cancel function thrown away is never right
    return Severity.WARNING if found is Severity.ERROR and leak.acquisition.until_context else found


def _ends_with_process(fn: FunctionView, leak: Leak) -> bool:
    """Reports whether the process ends soon after, or it happens once in its life: what main and a command do by single
    calls, unless they do it again and again."""
    often = usual_root_of(fn.code, leak.acquisition.call).often
    if often is Often.REPEATED:
        return False
    return often is Often.ONCE or fn.setting.package.name == "main" or is_one_shot(fn.code)


def _name(fn: FunctionView, leak: Leak) -> str:
    """The variable that holds it, as the source calls it."""
    state = leak.acquisition.state
    if state is not None and state.names:
        symbol, field = min(state.names, key=lambda each: each[0].start)
        return f"{symbol.name}.{field}" if field else symbol.name
    return f"the result of {fn.text(leak.acquisition.call.fun)}"


def _what(fn: FunctionView, leak: Leak) -> str:
    label = leak.acquisition.resource.label
    name = _name(fn, leak)
    return f"{name} ({label})" if name != label else name


def _how(fn: FunctionView, leak: Leak) -> str:
    verb = _participle(leak.acquisition.resource)
    if not leak.endings:
        return f"is thrown away and can never be {verb}"
    if all(each.end is End.LOST for each in leak.endings):
        return f"is not {verb} before its variable gets another value"
    return f"is not {verb} on {_ways(leak)} out of {fn.name}"


def _ways(leak: Leak) -> str:
    return "one way" if len(leak.endings) == 1 else f"{len(leak.endings)} ways"


def _participle(resource: Resource) -> str:
    first = resource.release[0].name if resource.release else "Close"
    known = {"()": "called", "Close": "closed", "Release": "released", "Discard": "discarded", "Stop": "stopped"}
    known |= {"Unsubscribe": "unsubscribed", "Wait": "waited for", "End": "ended", "Scan": "scanned"}
    known |= {"Commit": "committed or rolled back", "Rollback": "committed or rolled back", "Done": "given back"}
    return known.get(first, "released")


def _mend(fn: FunctionView, leak: Leak) -> str:
    resource, name = leak.acquisition.resource, _name(fn, leak)
    if not resource.release:
        return "give it a context that is cancelled when the function returns"
    first = resource.release[0]
    if not leak.endings:
        return f"keep the result and {'call it' if first == ITSELF else f'call its {first.name}'} when it is done with"
    call = f"{name}()" if first == ITSELF else f"{name}.{first.name}()" if first.type else f"{first.name}({name})"
    if any(each.end is End.LOST for each in leak.endings):
        return f"call {call} before {name} gets another value"
    return f"call {call} on each of these ways, or defer it right after the call that acquires"


def _steps(fn: FunctionView, leak: Leak) -> Iterator[Step]:
    for ending in leak.endings[:MAX_STEPS]:
        branch = next(iter(reversed(branching(ending.edges))), None)
        if branch is not None and isinstance(branch.cause, ast.Node):
            yield fn.step(branch.cause, _branch(fn, branch.cause, branch.kind), StepKind.BRANCH)
        yield _last(fn, leak, ending)


def _branch(fn: FunctionView, cause: ast.Node, kind: EdgeKind) -> str:
    if kind is EdgeKind.TRUE:
        return f"where {fn.text(cause)}"
    return f"where not {fn.text(cause)}" if kind is EdgeKind.FALSE else "in this case"


def _last(fn: FunctionView, leak: Leak, ending: Ending) -> Step:
    name = _name(fn, leak)
    if ending.end is End.LOST and ending.node is not None:
        again = ending.node.start <= leak.acquisition.call.start < ending.node.end
        words = f"the next round acquires anew, {name} is lost" if again else f"{name} gets another value"
        return fn.step(ending.node, words, StepKind.EXIT)
    if ending.node is None:
        return Step(_closing(fn), f"the function ends, {name} is still held", StepKind.EXIT)
    return fn.step(ending.node, f"returns while {name} is still held", StepKind.EXIT)


def _closing(fn: FunctionView) -> Span:
    """The closing brace of the function."""
    end = fn.code.block.end
    return fn.function.file.text.span(end - 1, end)
