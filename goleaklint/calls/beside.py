"""A function in; whether it belongs to the program that people run, or stands beside it, out."""

import re

from goleaklint.calls.code import DeclaredFunction

_EXAMPLES = frozenset(
    "example examples _examples contrib test tests e2e integration interop benchmark benchmarks".split()
)
"""Directories of examples, and of tests that are programs of their own, above or below the module's root. What import
paths begin with is none: a module may be called `example` by who tries something out."""

_FOR_TESTS = re.compile(r"^mocks?(?:server)?$|(?<!la)(?<!at)(?<!con)(?<!pro)(?:test|testing)(?:s|util|utils|suite)?$")
"""Directories whose code only tests use: `mocks`, `testutil`, `ethtest`, not `latest`."""


_FILES_FOR_TESTS = re.compile(
    r"(?:^|_)(?:mocks?|fixtures?|fakes?|testutils?|testhelpers?)\.go$|^(?:test_\w+|testing)\.go$"
)
"""Files whose code only tests use."""


def is_test(whole: DeclaredFunction) -> bool:
    """Reports whether the function stands in a file of tests."""
    return whole.scope.source.path.endswith("_test.go")


def is_for_tests(whole: DeclaredFunction) -> bool:
    """Reports whether the function only serves tests: by its file's name, or as the file imports testing."""
    source = whole.scope.source
    if is_test(whole) or any(each.path == "testing" for each in source.syntax.imports):
        return True
    return _FILES_FOR_TESTS.search(source.path.rpartition("/")[2]) is not None


def is_beside_the_program(whole: DeclaredFunction) -> bool:
    """Reports whether the function belongs to an example, or to what only tests use, and is no test itself.

    What leaks there ends soon, whatever the leak is: nobody runs it for long.
    """
    if is_test(whole):
        return False  # who has tests looked at wants to know
    is_example = not _EXAMPLES.isdisjoint(whole.scope.package.path.split("/")[1:])
    return is_example or is_for_tests(whole) or any(map(_FOR_TESTS.search, directories(whole))) or _tries_out(whole)


def _tries_out(whole: DeclaredFunction) -> bool:
    """Reports whether the function belongs to a command that tries out one package: in its directory `cmd`.

    The commands of a program lie in the `cmd` of the module's root, or of a directory that is no package.
    """
    path, below = whole.scope.package.path, directories(whole)
    if "cmd" not in below[1:]:
        return False
    owner = path.removesuffix("/".join(below[below.index("cmd", 1) :])).rstrip("/")
    found = whole.functions.declared.program.package(owner)
    return found is not None and found.name != "main"


def directories(whole: DeclaredFunction) -> list[str]:
    """The names of the directories that lead from the root of its module to the function's file."""
    path = whole.scope.source.path
    root = max((each for each in whole.functions.sources.roots if path.startswith(each)), key=len, default=path)
    return path.removeprefix(root).split("/")[:-1]
