"""A place in a function in; whether what is left behind there stays behind in a server that runs, and again and again,
out.

What is left out, and why none of it leaks for certain. What an analyzer reports of it plays no part.

- Package main, and directories of commands: the process ends with what was asked for.
- Tests, examples and what only tests use: the same.
- What the module's own callers reach once in the life of a process: it costs that once, or it stops the process from
  coming up, which nobody overlooks.
- What fails on a way after which the callers end the process.
- What is done to end an object that there is once in a process: the process ends with it.
"""

import re

from goleaklint.calls.beside import is_beside_the_program
from goleaklint.calls.code import Code, DeclaredFunction
from goleaklint.calls.failing import gives_errors
from goleaklint.calls.often import Climb, Often, usual_root_of
from goleaklint.syntax import ast

_ASIDE = re.compile(
    r"cmd|cli|commands?|tools?|hack|scripts?|contrib|integration.*|test-.*|.*[-_]tests|stress|.*ctl|.*utl"
)
"""Directories of commands, of tools that developers run, and of suites of tests."""

_FOR_TESTS = re.compile(r"(?:^|_)(?:fuzz|tests?|test_?utils?|testing|mocks?)\.go$")

_ENDS = re.compile(
    r"(?i:(?:graceful_?)?(?:stop|close|shutdown|exit|destroy|tear_?down|quit|terminate|finish|unsubscribe))(?![a-z])"
)

_RARE = (Often.ONCE, Often.TEST)


def is_of_a_server(whole: DeclaredFunction) -> bool:
    """Reports whether a function belongs to what may run for long."""
    if whole.scope.package.name == "main" or whole.decl.name == "init" or is_beside_the_program(whole):
        return False
    *directories, name = whole.function.file.text.path.split("/")
    return not any(map(_ASIDE.fullmatch, directories)) and _FOR_TESTS.search(name) is None


def is_ending(whole: DeclaredFunction) -> bool:
    """Reports whether a method ends the object that it belongs to, going by its name."""
    return whole.code.is_method and _ENDS.match(whole.decl.name) is not None


def comes_again(code: Code, node: ast.Node | None = None, leaving: ast.Return | None = None) -> bool:
    """Reports whether nothing shows that a place, or all of `code`, is come to once only.

    With `leaving`, that it is left by this return.
    """
    failing = leaving is not None and _fails(code, leaving)
    if usual_root_of(code, node, failing=failing).often in _RARE:
        return False
    return not (is_ending(code.whole) and Climb(usual=True).of_object(code.whole.code).often in _RARE)


def _fails(code: Code, node: ast.Return) -> bool:
    last = ast.unparen(node.results[-1]) if node.results else None
    return last is not None and gives_errors(code) and not (isinstance(last, ast.Ident) and last.name == "nil")
