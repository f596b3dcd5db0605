"""A call in; what is known of what it does, from the summaries of the module or from packs, out."""

from goleaklint.calls.scan import Known
from goleaklint.calls.summary import HOPEFUL, Summary
from goleaklint.index.package import base_name
from goleaklint.index.program import Decl
from goleaklint.index.std import is_std
from goleaklint.knowledge import Knowledge, NoReturn
from goleaklint.syntax import ast
from goleaklint.types.identity import callee_name
from goleaklint.types.infer import Inference
from goleaklint.types.members import Member

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


class Callees:
    """What calls do: by the summaries made so far, which grow while callers are looked at, and by packs.

    `watched` are the names of methods that matter to callers: the packs' releases, and some. `pending` are functions of
    which the best is to be hoped until they have a summary.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.summaries: dict[Key, Summary] = {}
        self.pending: frozenset[Key] = frozenset()
        self._keys: dict[Decl, Key] = {}
        self._of_functions: dict[Key, Known] = {}
        self._of_libraries: dict[tuple[str, str], Known] = {}
        self._knowledge = knowledge
        released = (name.name for pack in knowledge.packs for each in pack.resources for name in each.release)
        self.watched = frozenset(released) | WATCHED

    def known(self, call: ast.Call, types: Inference) -> Known:
        """What is known of a call in a function whose expressions `types` knows."""
        found = types.callee(call)
        known = None
        if isinstance(found, Decl):
            known = self._of(found, 0)
        elif isinstance(found, Member) and found.decl is not None:
            known = self._of(found.decl, 1)
        return self._of_library(call, types) if known is None else known

    def never_returns(self, call: ast.Call, types: Inference) -> bool:
        """Reports whether a call ends the process or goroutine: by its summary, or as packs say."""
        found = types.callee(call)
        decl = found.decl if isinstance(found, Member) else found
        summary = self.summaries.get(self._key(decl)) if isinstance(decl, Decl) else None
        if summary is not None:
            return summary.never_returns
        fun = ast.unparen(call.fun)
        bare = fun.name.name if isinstance(fun, ast.Selector) else fun.name if isinstance(fun, ast.Ident) else ""
        name = callee_name(types, call) if bare in self._knowledge.ending_names else None
        function = self._knowledge.function(*name) if name is not None else None
        return function is not None and function.never_returns is not None

    def ending(self, call: ast.Call, types: Inference) -> NoReturn | None:
        """How a call ends that never returns: by its summary, or as packs say; None for one that returns."""
        found = types.callee(call)
        decl = found.decl if isinstance(found, Member) else found
        summary = self.summaries.get(self._key(decl)) if isinstance(decl, Decl) else None
        if summary is not None:
            return None if not summary.never_returns else NoReturn.PANIC if summary.panics else NoReturn.PROCESS
        name = callee_name(types, call)
        function = self._knowledge.function(*name) if name is not None else None
        return None if function is None else function.never_returns

    def _of(self, decl: Decl, offset: int) -> Known | None:
        key = self._key(decl)
        summary = self.summaries.get(key, HOPEFUL if key in self.pending else None)
        if summary is None:
            return None
        known = self._of_functions.get(key)
        if known is None or known.summary is not summary or known.offset != offset:
            known = self._of_functions[key] = Known(summary, fresh=self._maker(*key[:2]), offset=offset)
        return known

    def _key(self, decl: Decl) -> Key:
        found = self._keys.get(decl)
        if found is None:
            found = self._keys[decl] = key_of(decl)
        return found

    def _of_library(self, call: ast.Call, types: Inference) -> Known:
        """What packs say. Functions of the standard library borrow their arguments, but for those that packs name."""
        name = callee_name(types, call)
        if name is None:
            return Known(borrows=_is_harmless(call))
        known = self._of_libraries.get(name)
        if known is None:
            function = self._knowledge.function(*name)
            takes = function.takes if function is not None else ()
            known = self._of_libraries[name] = Known(borrows=is_std(name[0]), takes=takes, fresh=self._maker(*name))
        return known

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
