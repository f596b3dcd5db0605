"""A call in; what is known of what it does, from the summary of a function under analysis or from packs, out."""

from dataclasses import dataclass

from goleaklint.calls.summary import Summary
from goleaklint.index.package import base_name
from goleaklint.index.program import Decl
from goleaklint.index.std import is_std
from goleaklint.knowledge import Knowledge, NoReturn
from goleaklint.syntax import ast
from goleaklint.types.identity import callee_name
from goleaklint.types.infer import Inference

Key = tuple[str, str, str]
"""Import path and name of a function (a method without its star: `T.Close`), and the file, which tells builds apart."""


WATCHED = frozenset("Close Stop Release Cancel Shutdown Unlock RUnlock Done Wait Discard Rollback Free Put".split())
"""Methods that callers want to know of whatever packs say: those that give something back, or wait for others."""


def key_of(decl: Decl) -> Key:
    """The key of a declared function or method."""
    node = decl.node
    receiver = node.receiver if isinstance(node, ast.FuncDecl) else None
    name = decl.name if receiver is None else f"{base_name(receiver.type)}.{decl.name}"
    return decl.file.package.path, name, decl.file.source.path


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a call: the summary of a function under analysis, or what packs say of a library's.

    `borrows` tells that a function without summary keeps none of its arguments, but those numbered in `takes`. `fresh`
    names the resource's maker if the call makes one. `offset` is 1 for a method, whose receiver is parameter 0.
    """

    summary: Summary | None = None
    borrows: bool = False
    takes: tuple[int, ...] = ()
    fresh: str = ""
    offset: int = 0


class Callees:
    """What calls do. `watched` are the names of methods that matter to callers: the packs' releases, and some."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._of_functions: dict[Decl, Known] = {}
        self._of_libraries: dict[tuple[str, str], Known] = {}
        self._knowledge = knowledge
        released = (name.name for pack in knowledge.packs for each in pack.resources for name in each.release)
        self.watched = frozenset(released) | WATCHED

    def by_summary(self, decl: Decl, summary: Summary, offset: int) -> Known:
        """What is known of a call of a function that has a summary; `offset` is 1 for a method of a value."""
        known = self._of_functions.get(decl)
        if known is None or known.summary is not summary or known.offset != offset:
            package, name, _ = key_of(decl)
            known = self._of_functions[decl] = Known(summary, fresh=self._maker(package, name), offset=offset)
        return known

    def by_packs(self, call: ast.Call, types: Inference) -> Known:
        """What packs say. Functions of the standard library borrow their arguments, but for those that packs name."""
        name = callee_name(types, call)
        if name is None:
            return Known(borrows=_is_harmless(call))
        known = self._of_libraries.get(name)
        if known is None:
            function = self._knowledge.function(*name)
            takes = function.takes if function is not None else ()
            borrows = is_std(name[0]) or (function is not None and function.borrows)
            known = self._of_libraries[name] = Known(borrows=borrows, takes=takes, fresh=self._maker(*name))
        return known

    def ending(self, call: ast.Call, types: Inference) -> NoReturn | None:
        """How a call ends that never returns, as packs say; None for one that returns."""
        name = callee_name(types, call)
        function = self._knowledge.function(*name) if name is not None else None
        return None if function is None else function.never_returns

    def _maker(self, package: str, name: str) -> str:
        """The function's name as users know it, if a call of it acquires a resource."""
        return f"{package}.{name}" if self._knowledge.resources_acquired_by(package, name) else ""


def _is_harmless(call: ast.Call) -> bool:
    """Reports whether it is a builtin or a conversion to a plain type, which keep nothing."""
    fun = ast.unparen(call.fun)
    return isinstance(fun, ast.Ident) and fun.name in (
        "len",
        "cap",
        "copy",
        "delete",
        "clear",
        "panic",
        "print",
        "println",
    )
