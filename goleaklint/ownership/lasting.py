"""A function in; whether the process ends soon after it does, out."""

from goleaklint.calls.code import Code, DeclaredFunction
from goleaklint.calls.nodes import EdgeKind
from goleaklint.syntax import ast
from goleaklint.types.types import Named, Pointer

MAX_CALLERS = 8
"""Functions with more callers are part of something larger than one command."""

MAX_DEPTH = 4
"""How far callers are followed towards the command."""

_COMMANDS = frozenset(
    (
        *(("cobra", "Command"), ("cli", "Context"), ("cli", "Command"), ("kingpin", "ParseContext")),
        *(("testing", "T"), ("testing", "TB"), ("testing", "B")),
    )
)
"""What functions are given that run one command line, or one test: by the last part of the import path (without
version) and the name."""


def is_one_shot(code: Code) -> bool:
    """Reports whether a function only runs when the program starts, or once for a command line: main, init, what a
    command's flags and arguments are given to, and what only those call. A handler in there is none."""
    return _is_one_shot(code.whole, 0)


def _is_one_shot(whole: DeclaredFunction, depth: int) -> bool:
    decl = whole.function.decl
    if decl.receiver is None and (decl.name.name == "init" or _is_main(whole)):
        return True
    if any(_is_command(whole, field.type) for field in decl.type.params):
        return True
    if depth >= MAX_DEPTH or (decl.receiver is not None and decl.name.name[:1].isupper()):
        return False
    number = 0
    for number, each in enumerate(whole.functions.each_caller(whole.decl), 1):
        if number > MAX_CALLERS or not each.call or each.kind is not EdgeKind.CALL:
            return False
        if not _is_one_shot(each.code.whole, depth + 1):
            return False
    return number > 0


def _is_main(whole: DeclaredFunction) -> bool:
    return whole.scope.package.name == "main"


def _is_command(whole: DeclaredFunction, written: ast.Expr) -> bool:
    kind = whole.types.declared.resolve(written, whole.types.env)
    kind = kind.elem if isinstance(kind, Pointer) else kind
    if not isinstance(kind, Named):
        return False
    if kind.package == "testing" and whole.function.file.text.path.endswith("_test.go"):
        return False  # who wants tests to be looked at wants to know
    parts = [part for part in kind.package.split("/") if not (part[:1] == "v" and part[1:].isdigit())]
    return (parts[-1] if parts else "", kind.name) in _COMMANDS
