"""What the ownership engine found in a function in; the findings of one rule out: for GL401 to GL414 and GL603."""

import re
from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.calls.failing import gives_errors, returns_an_error
from goleaklint.calls.often import Often, usual_root_of
from goleaklint.calls.uncalled import is_uncalled
from goleaklint.flow import ops
from goleaklint.flow.graph import Edge
from goleaklint.knowledge import ITSELF, Resource
from goleaklint.model import Confidence, Finding, Severity, Span, Step, StepKind
from goleaklint.ownership.engine import Leak, Ownership
from goleaklint.ownership.state import INSIDE, End
from goleaklint.ownership.walk import Ending, branching, deciding
from goleaklint.rules._clients import has_timeout
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
    """Everything that a function leaks in the Go version of its module, worked out once for all rules."""
    found = fn.cache.get(Leak)
    if not isinstance(found, tuple):
        engine = Ownership.of(fn.setting.functions)
        found = tuple(engine.leaks(fn.code, lambda resource: not fn.is_outdated(resource.before_go)))
        fn.cache[Leak] = found
    return found


def findings(fn: FunctionView, rule: str) -> Iterator[Finding]:
    """The findings of one rule: one for each call that acquires something that is not given back on every way."""
    for leak in leaks(fn):
        if leak.acquisition.resource.rule == rule:
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
    """Low where it only leaks if something fails that practically never does, or that never does if there is nothing
    behind the resource: reading what is in memory."""
    if leak.endings and all(_hardly_fails(fn.code, each) for each in leak.endings):
        return Confidence.LOW
    if is_uncalled(fn.code.whole):
        return Confidence.LOW  # nobody else is to call what a program has
    virtual = leak.acquisition.resource.virtual and bool(leak.endings)
    if virtual and all(returns_an_error(fn.code, each.node, each.edges) for each in leak.endings):
        return Confidence.LOW
    return None if leak.acquisition.certain else Confidence.MEDIUM


def _hardly_fails(code: Code, ending: Ending) -> bool:
    """Reports whether a way out is taken only if a type assertion fails, or a call such as SetKeepAlive or Seek."""
    branches = branching(ending.edges)
    cause = branches[-1].cause if branches else None
    return isinstance(ending.node, ast.Return) and _is_failure(ending.node) and _asks_of_trifle(code, cause)


def _is_failure(node: ast.Return) -> bool:
    """Reports whether a function ends by returning an error."""
    last = ast.unparen(node.results[-1]) if node.results else None
    return last is not None and not (isinstance(last, ast.Ident) and last.name in ("nil", "true", "false"))


def _asks_of_trifle(code: Code, cause: ast.Node | None, depth: int = 1) -> bool:
    """Reports whether a branch asks for the success of what practically never fails, or of a function that does nothing
    else that can fail."""
    value = _tested_value(code, cause) if isinstance(cause, ast.Expr) else None
    if isinstance(value, ast.TypeAssert):
        return True
    if not isinstance(value, ast.Call):
        return False
    fun = ast.unparen(value.fun)
    if isinstance(fun, ast.Selector) and _SETTER.match(fun.name.name):
        return True
    callee = code.callee(value) if depth else None
    return callee is not None and _only_trifles_fail(callee)


def _only_trifles_fail(code: Code) -> bool:
    """Reports whether a function returns errors only where something failed that practically never does."""
    failures = [block.index for block, op in code.graph.ops(ops.Return) if _is_failure(op.node)]
    if not failures or not gives_errors(code):
        return False
    return all(any(_asks_of_trifle(code, edge.cause, depth=0) for edge in _edges_to(code, each)) for each in failures)


def _edges_to(code: Code, index: int) -> Iterator[Edge]:
    return (edge for block in code.graph.blocks for edge in block.edges if edge.target == index)


def _tested_value(code: Code, condition: ast.Expr) -> ast.Expr | None:
    """What the variable of a condition such as `err != nil` or `!ok` was last assigned before it."""
    names = [each for each in expressions(condition) if isinstance(each, ast.Ident)]
    symbols = {symbol for each in names if (symbol := code.symbol(each)) is not None and symbol.is_variable}
    assigned = [
        op
        for _, op in code.graph.ops(ops.Assign)
        if op.node.start < condition.start and any(code.symbol(target) in symbols for target in op.left)
    ]
    nearest = max(assigned, key=lambda op: op.node.start, default=None)
    return ast.unparen(nearest.right[-1]) if nearest is not None and nearest.right else None


def severity(fn: FunctionView, leak: Leak) -> Severity:
    """By the consequence: a note where the process ends with the function."""
    found = Severity.NOTE if _ends_with_caller(fn, leak) else _severity_while_running(fn, leak)
    return Severity.NOTE if found is Severity.NOTE or _ends_with_process(fn, leak) else found


def _severity_while_running(fn: FunctionView, leak: Leak) -> Severity:
    """The severity in a process that goes on."""
    resource = leak.acquisition.resource
    if leak.acquisition.until_context and resource.rule in _STREAMS:
        return Severity.NOTE
    if resource.rule == "GL403" and has_timeout(fn.code, leak.acquisition.call):
        return Severity.NOTE  # as with a context, the time ends it
    if leak.passed_on and resource.rule == "GL408":
        return Severity.NOTE  # a database that is to stay: who fails to open it mostly ends
    found = resource.severity
    if found is Severity.NOTE and not leak.endings and ITSELF in resource.release:
        return Severity.WARNING  # a cancel function thrown away is never right
    return Severity.WARNING if found is Severity.ERROR and leak.acquisition.until_context else found


def _ends_with_caller(fn: FunctionView, leak: Leak) -> bool:
    """Reports whether a function that makes an object gives up, and what it leaves is a context below that of its
    caller, for which nobody waits: who gets no object mostly ends, and the context of what it was for with it."""
    acquisition, code = leak.acquisition, fn.code
    parent = code.symbol(acquisition.call.args[0]) if acquisition.call.args else None
    is_callers = parent is not None and parent in code.params and acquisition.resource.rule == "GL603"
    if not is_callers or not leak.passed_on or not leak.endings:
        return False
    if not all(returns_an_error(code, each.node, each.edges) for each in leak.endings):
        return False
    last = max(each.node.start for each in leak.endings if each.node is not None)
    return all(op.node.start > last for _, op in code.graph.ops(ops.Go))


def _ends_with_process(fn: FunctionView, leak: Leak) -> bool:
    """Reports whether the process ends soon after, or it happens once in its life: what main and a command do by single
    calls, unless they do it again and again.

    Where every leaking way leaves the function, the loops in it do not matter, and where each leaves it with an error,
    what counts is how often callers go on after one.
    """
    leaves = bool(leak.endings) and all(each.end is End.KEPT for each in leak.endings)
    fails = leaves and all(returns_an_error(fn.code, each.node, each.edges) for each in leak.endings)
    root = usual_root_of(fn.code, None if leaves else leak.acquisition.call, failing=fails)
    return root.often is Often.ONCE


def _name(fn: FunctionView, leak: Leak) -> str:
    """The variable that holds it, as the source calls it."""
    state = leak.acquisition.state
    if state is not None and state.names:
        symbol, field = min(state.names, key=lambda each: (each[0].start, each[1]))
        return f"{symbol.name}.{field}" if field else symbol.name
    if state is not None and leak.acquisition.resource.field == INSIDE:
        return min(state.inside, key=lambda each: each.start).name
    target = _field(leak) if state is not None else None
    if target is not None:
        return fn.text(target)
    return f"the result of {fn.text(leak.acquisition.call.fun)}"


def _field(leak: Leak) -> ast.Selector | None:
    """The field that is given what the call acquires: `p.cancel` of `p.ctx, p.cancel = context.WithCancel(parent)`."""
    op, position = leak.acquisition.op, leak.acquisition.resource.position
    left = op.left if isinstance(op, ops.Assign) and len(op.right) == 1 else ()
    target = ast.unparen(left[position]) if position < len(left) else None
    return target if isinstance(target, ast.Selector) else None


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
        method = first.name if resource.field in ("", INSIDE) else f"{resource.field}.{first.name}"
        return f"keep the result and {'call it' if first == ITSELF else f'call its {method}'} when it is done with"
    call = f"{name}()" if first == ITSELF else f"{name}.{first.name}()" if first.type else f"{first.name}({name})"
    if any(each.end is End.LOST for each in leak.endings):
        return f"call {call} before {name} gets another value"
    ways = "on this way" if len(leak.endings) == 1 else "on each of these ways"
    # What goes on to somebody else on another way must not be released there.
    return f"call {call} {ways}" + (", or defer it right after the call that acquires" if leak.deferrable else "")


def _steps(fn: FunctionView, leak: Leak) -> Iterator[Step]:
    for ending in leak.endings[:MAX_STEPS]:
        branch = deciding(fn.code.graph, ending.edges)
        if branch is not None and isinstance(branch.cause, ast.Node):
            yield fn.branch(branch.cause, branch.kind)
        yield _last(fn, leak, ending)


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
