"""A function in; whether nothing in the program leads to it out: only tests do, or users the program does not have."""

from goleaklint.calls.beside import is_beside_the_program, is_in_program, is_test
from goleaklint.calls.code import CallSite, DeclaredFunction
from goleaklint.calls.starts import is_initial
from goleaklint.syntax import ast

MAX_FUNCTIONS = 12
"""So many callers are looked at: what has more of them is hardly left from former times."""


def is_uncalled(whole: DeclaredFunction) -> bool:
    """Reports whether a function of a program's repository is called by none but exported functions that nothing calls,
    itself or by others, and tests. Where a method is called by way of an interface is not known."""
    if not is_in_program(whole) or is_test(whole) or is_beside_the_program(whole):
        return False
    seen, pending = {_key(whole)}, [whole]
    while pending:
        each = pending.pop()
        callers = _callers(each)
        if callers is None:
            return False
        for caller in callers:
            if _key(caller) not in seen:
                seen.add(_key(caller))
                pending.append(caller)
        if len(seen) > MAX_FUNCTIONS:
            return False
    return True


def _key(whole: DeclaredFunction) -> tuple[str, int]:
    return whole.scope.source.path, whole.function.decl.start


def _callers(whole: DeclaredFunction) -> list[DeclaredFunction] | None:
    """The functions of the program that name a function; None if it is called otherwise, or that is not known."""
    decl, package = whole.decl, whole.scope.package
    if decl.name.startswith("glob..") or decl.name == "init" or package.name == "main" or is_initial(whole):
        return None
    found: list[DeclaredFunction] = []
    for site in whole.functions.each_caller(decl):
        if not _is_of_tests(site):
            found.append(site.code.whole)
        if len(found) > MAX_FUNCTIONS:
            return None
    is_method = isinstance(decl.node, ast.FuncDecl) and decl.node.receiver is not None
    return found if found or (decl.name[:1].isupper() and not is_method) else None


def _is_of_tests(site: CallSite) -> bool:
    return is_test(site.code.whole) or is_beside_the_program(site.code.whole)
