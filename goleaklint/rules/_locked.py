"""What a walk found out about a function's locks in; the ways on which one stays locked by mistake, out: for GL220."""

import enum
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from goleaklint.calls.code import Code
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.liveness.lock_state import Ending, How, Outcome
from goleaklint.liveness.locks import Lock
from goleaklint.liveness.locksets import Locksets
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions, expressions

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_FOR_CALLERS = frozenset("lock rlock locked trylock acquire".split())
"""Words in the name of a function that may well return with a lock held."""


def kept_locked(code: Code) -> Iterator[tuple[ast.Call, tuple[Ending, ...]]]:
    """The calls that lock something which stays locked on some ways and is unlocked on others, in the order of the
    text, with those ways."""
    outcome = Locksets.of(code.whole.functions).outcome(code)
    found: dict[ast.Call, dict[tuple[How, ast.Node | None], Ending]] = defaultdict(dict)
    for each in outcome.endings:
        found[each.held.node].setdefault((each.how, each.node), each)
    for call in sorted(found, key=lambda each: each.start):
        endings = tuple(each for each in found[call].values() if not _is_harmless(code, each))
        if endings and call in outcome.released and not _is_for_callers(code, call, endings, outcome):
            yield call, endings


def name_of(code: Code, call: ast.Call) -> str:
    """The lock that a call takes, as the source calls it."""
    fun = ast.unparen(call.fun)
    is_method = (
        isinstance(fun, ast.Selector) and not call.args and fun.name.name in ("Lock", "RLock", "TryLock", "TryRLock")
    )
    return code.text(fun.x) if is_method and isinstance(fun, ast.Selector) else f"what {code.text(call)} locks"


# --- objects that nobody else knows


def _is_harmless(code: Code, ending: Ending) -> bool:
    """Reports whether nobody can come to the lock any more, or whoever has it in a list may unlock it."""
    root = ending.held.lock.root
    if root.kind is not SymbolKind.LOCAL:
        return False
    if ending.how is How.ROUND:
        return _is_kept(code, root)
    return _is_new(code, root) and not _is_kept(code, root, ending.node)


def _is_new(code: Code, symbol: Symbol) -> bool:
    value = code.whole.value_of(symbol)
    value = ast.unparen(value) if value is not None else None
    if isinstance(value, ast.Unary) and value.op == "&":
        value = ast.unparen(value.x)
    if isinstance(value, ast.Call) and isinstance(value.fun, ast.Ident):
        return value.fun.name == "new"
    return isinstance(value, ast.CompositeLit)


def _is_kept(code: Code, symbol: Symbol, exit_node: ast.Node | None = None) -> bool:
    """Reports whether a variable is put somewhere, beside where its fields and methods are used; with a return
    statement, whether that gives it to the caller."""
    if isinstance(exit_node, ast.Return):
        parts = (part for result in exit_node.results for part in expressions(result))
        if any(isinstance(each, ast.Ident) and code.symbol(each) is symbol for each in parts):
            return True
    every = list(deep_expressions(code.block.stmts))
    own = {each.x for each in every if isinstance(each, ast.Selector)}
    own |= {each.x for each in every if isinstance(each, ast.Binary)} | {
        each.y for each in every if isinstance(each, ast.Binary)
    }
    returned = {part for stmt in _returns(code) for result in stmt.results for part in expressions(result)}
    return any(
        isinstance(each, ast.Ident) and code.symbol(each) is symbol and each.start != symbol.start
        for each in every
        if each not in own and not (exit_node is not None and each in returned)
    )


def _returns(code: Code) -> Iterator[ast.Return]:
    for block in code.graph.blocks:
        for op in block.ops:
            if isinstance(op.node, ast.Return):
                yield op.node


# --- functions that lock for their callers


class _Gives(enum.Enum):
    """What a return tells the caller."""

    NOTHING = enum.auto()
    SUCCESS = enum.auto()
    FAILURE = enum.auto()


def _is_for_callers(code: Code, call: ast.Call, endings: Iterable[Ending], outcome: Outcome) -> bool:
    """Reports whether the function means to return locked where it succeeds."""
    locked = {_gives(code, each.node) for each in endings if each.how is How.RETURN}
    if not locked or any(each.how is not How.RETURN for each in endings):
        return False
    lock = next(each.held.lock for each in endings)
    if _FOR_CALLERS & {word.lower() for word in _WORD.findall(code.name)}:
        return _Gives.FAILURE not in locked
    where_locked = {each.node for each in endings}
    unlocked = {
        _gives(code, node)
        for _, node in outcome.returns
        if node not in where_locked and (node is None or node.start > call.start)
    }
    return locked == {_Gives.SUCCESS} and unlocked <= {_Gives.FAILURE} and _is_unlocked_elsewhere(code, lock)


def _gives(code: Code, node: ast.Node | None) -> _Gives:
    results = code.type.results
    if not results or not isinstance(node, ast.Return) or not node.results:
        return _Gives.NOTHING
    last, kind = ast.unparen(node.results[-1]), ast.unparen(results[-1].type)
    if isinstance(kind, ast.Ident) and kind.name == "error":
        return _Gives.SUCCESS if isinstance(last, ast.Ident) and last.name == "nil" else _Gives.FAILURE
    if isinstance(last, ast.Ident) and last.name in ("true", "false"):
        return _Gives.SUCCESS if last.name == "true" else _Gives.FAILURE
    first = ast.unparen(node.results[0])
    return _Gives.FAILURE if isinstance(first, ast.Ident) and first.name == "nil" else _Gives.SUCCESS


def _is_unlocked_elsewhere(code: Code, lock: Lock) -> bool:
    """Reports whether some function of the package unlocks a lock of that name without locking it."""
    name = (lock.path[-1] if lock.path else lock.root.name).rpartition(".")[2]
    unlocks, locks = re.compile(rf"\b{re.escape(name)}\.R?Unlock\b"), re.compile(rf"\b{re.escape(name)}\.R?Lock\b")
    functions = code.whole.functions
    for whole in functions.in_package(code.whole.scope.package):
        body = whole.function.body
        text = whole.function.file.text.data[body.start : body.end].decode("utf-8", "replace")
        if whole is not code.whole and unlocks.search(text) and not locks.search(text):
            return True
    return False
