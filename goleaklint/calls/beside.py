"""A function in; whether it belongs to the program that people run, or stands beside it, out."""

import re

from goleaklint.calls.code import DeclaredFunction
from goleaklint.files.constraints import is_for_no_build

_EXAMPLES = frozenset(
    "example examples _examples contrib test tests e2e integration interop benchmark benchmarks".split()
)
"""Directories of examples, and of tests that are programs of their own, above or below the module's root. What import
paths begin with is none: a module may be called `example` by who tries something out."""

_TRIED = _EXAMPLES | frozenset("tools scripts hack internal docs".split())
"""Directories of programs that are not what a repository is for."""

_FOR_TESTS = re.compile(r"^mocks?(?:server)?$|(?<!la)(?<!at)(?<!con)(?<!pro)(?:test|testing)(?:s|util|utils|suite)?$")
"""Directories whose code only tests use: `mocks`, `testutil`, `ethtest`, not `latest`."""


_FILES_FOR_TESTS = re.compile(
    r"(?:^|_)(?:mocks?|fixtures?|fakes?|testutils?|testhelpers?)\.go$|^(?:test_\w+|testing)\.go$"
)
"""Files whose code only tests use."""

_DOCUMENTATION = frozenset("doc docs documentation".split())
"""Directories where programs show how something is done."""

_TEST_SERVER = re.compile(rb"\bhttptest\.(?:New\w*)?Server\b")
"""Only tests start these; the recorders of the package serve in programs, too."""


def is_test(whole: DeclaredFunction) -> bool:
    """Reports whether the function stands in a file of tests."""
    return whole.scope.source.path.endswith("_test.go")


def is_for_tests(whole: DeclaredFunction) -> bool:
    """Reports whether the function only serves tests: by its file's name, or as the file imports testing or starts
    servers for tests."""
    source = whole.scope.source
    imported = {each.path for each in source.syntax.imports}
    if is_test(whole) or "testing" in imported:
        return True
    if "net/http/httptest" in imported and _TEST_SERVER.search(whole.function.file.text.data):
        return True
    return _FILES_FOR_TESTS.search(source.path.rpartition("/")[2]) is not None


def is_beside_the_program(whole: DeclaredFunction) -> bool:
    """Reports whether the function belongs to an example or to what no build has, or to what only tests use, and is no
    test itself.

    What leaks there ends soon, whatever the leak is: nobody runs it for long.
    """
    if is_test(whole):
        return False  # who has tests looked at wants to know
    is_example = not _EXAMPLES.isdisjoint(whole.scope.package.path.split("/")[1:]) or _is_shown(whole)
    return is_example or is_for_tests(whole) or any(map(_FOR_TESTS.search, directories(whole))) or _tries_out(whole)


def is_in_program(whole: DeclaredFunction) -> bool:
    """Reports whether the repository of a function holds a program: what nobody in it calls is no library's then, whose
    users call it as often as they like."""
    functions = whole.functions
    found = functions.cache.get(is_in_program)
    if not isinstance(found, bool):
        paths = (path for path in functions.sources.packages() if _TRIED.isdisjoint(path.split("/")[1:]))
        found = any(functions.declared.program.package_name(path) == "main" for path in paths)
        functions.cache[is_in_program] = found
    return found


def _is_shown(whole: DeclaredFunction) -> bool:
    """Reports whether the function belongs to a program of the documentation, or that no build has."""
    is_program = whole.scope.package.name == "main"
    documents = is_program and not _DOCUMENTATION.isdisjoint(directories(whole))
    return documents or is_for_no_build(whole.scope.source.constraint)


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
