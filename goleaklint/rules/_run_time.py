"""A function in; whether it runs while a program serves, or only as it starts, out: for GL701."""

import re

from goleaklint.calls.code import Code, DeclaredFunction
from goleaklint.index.package import base_name
from goleaklint.syntax import ast

MAX_DEPTH = 4
"""How many callers deep the question is followed."""

STARTING = re.compile(r"^(init|main|set|bootstrap|configure|register|must|with|option|install|define)", re.IGNORECASE)
"""Names of functions that run as a program starts, or are called by those that do."""


def runs_while_serving(code: Code, owner: str, depth: int = MAX_DEPTH, seen: frozenset[object] = frozenset()) -> bool:
    """Reports whether some way leads to the function that is no start-up: not from main, init, a variable's initial
    value or the constructor of `owner` alone. A function that nobody calls here is one that users call at any time."""
    whole = code.whole
    if _is_start(whole, owner) or whole.decl in seen:
        return False
    if whole.function.name.startswith("glob.."):
        return code.depth > 1
    callers = whole.functions.callers(whole.decl)
    if not callers or depth == 0:
        return not _is_registration(whole)
    if any(not site.call for site in callers):
        return not _is_registration(whole)
    return any(runs_while_serving(site.code, owner, depth - 1, seen | {whole.decl}) for site in callers)


def _is_start(whole: DeclaredFunction, owner: str) -> bool:
    decl = whole.function.decl
    name = decl.name.name
    if decl.receiver is None and name in ("init", "main"):
        return True
    makes = any(base_name(field.type) == owner for field in decl.type.results) and decl.receiver is None
    return bool(owner) and makes


def _is_registration(whole: DeclaredFunction) -> bool:
    return STARTING.match(whole.function.decl.name.name) is not None


def is_constant(code: Code, key: ast.Expr) -> bool:
    """Reports whether a key is a constant, so that it adds one entry at most."""
    return code.types.is_constant(key)
