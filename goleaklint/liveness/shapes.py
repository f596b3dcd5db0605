"""Types in; whether values of them can hold something that goroutines wait for out."""

from goleaklint.calls.code import Code
from goleaklint.index.std import std_paths
from goleaklint.syntax import ast
from goleaklint.types.declared import Declared
from goleaklint.types.types import ERROR, Array, Chan, Func, Interface, Named, Pointer, Struct, Tuple, Type, Unknown

SYNC = frozenset(("WaitGroup", "Mutex", "RWMutex", "Once", "Cond"))
CONTEXT = Named("context", "Context")
ERRGROUP = Named("golang.org/x/sync/errgroup", "Group")

_MAX_DEPTH = 3
"""How deep structs in structs are looked into: what is nested deeper is seldom handed to a goroutine on its own."""


class Shapes:
    """Questions about types, each answered once."""

    def __init__(self, declared: Declared) -> None:
        self._declared = declared
        self._holds: dict[tuple[Type, int], bool] = {}

    def core(self, kind: Type) -> Type | None:
        """The type under a name; None if that is not known."""
        return self._declared.core(kind)

    def holds(self, kind: Type, depth: int = 0) -> bool:
        """Reports whether a value of the type can hold a channel, a lock, a wait group or the like."""
        key = kind, depth
        found = self._holds.get(key)
        if found is None:
            self._holds[key] = False
            found = self._holds[key] = self._find(kind, depth)
        return found

    def _find(self, kind: Type, depth: int) -> bool:
        if isinstance(kind, Pointer):
            return self.holds(kind.elem, depth)
        if is_sync(kind) or kind == ERRGROUP:
            return True
        if isinstance(kind, Named) and is_library(kind.package):
            return False
        under = self.core(kind)
        if isinstance(under, Struct) and depth < _MAX_DEPTH:
            return any(self.holds(each.type, depth + 1) for each in under.fields)
        return isinstance(under, Chan) or (isinstance(under, Array) and self.holds(under.elem, depth + 1))

    def gives(self, call: ast.Call, code: Code, position: int) -> bool:
        """Reports whether what a call gives is worth looking into the function for: by its type, and its name."""
        kind = _result(call, code, position)
        if kind == CONTEXT or isinstance(self.core(kind), Chan | Func):
            return True
        if isinstance(self.core(kind), Interface):
            return _is_maker(call) and not (isinstance(kind, Named) and is_library(kind.package))
        return _is_maker(call) and self.holds(kind)

    def hides(self, call: ast.Call, code: Code, position: int) -> bool:
        """Reports whether what a call gives can only be used by the methods of an interface, a channel's, too."""
        kind = _result(call, code, position)
        return kind != CONTEXT and isinstance(self.core(kind), Interface)

    def may_hand_on(self, call: ast.Call, code: Code, position: int) -> bool:
        """Reports whether what a call gives may be, by its type, one of its arguments, or hold one."""
        kind = _result(call, code, position)
        if isinstance(self.core(kind), Interface):
            return not (isinstance(kind, Named) and is_library(kind.package))
        return self.holds(kind)


def _result(call: ast.Call, code: Code, position: int) -> Type:
    """The type of one result of a call."""
    kind = code.type_of(call)
    if not isinstance(kind, Tuple):
        return kind
    return kind.types[position] if position < len(kind.types) else Unknown("no such result")


def hands_on_errors(call: ast.Call, code: Code, argument: int) -> bool:
    """Reports whether a call gives an error, and so does the function that is its argument: a transaction, a walk. It
    calls that, or fails."""
    given = code.core_type(call.args[argument]) if argument < len(call.args) else None
    return code.type_of(call) == ERROR and isinstance(given, Func) and given.results[-1:] == (ERROR,)


def is_library(path: str) -> bool:
    """Reports whether an import path is one of the standard library's, or "" for what is predeclared."""
    return not path or path in std_paths()


def is_sync(kind: Type) -> bool:
    """Reports whether it is one of the types of package sync that are waited for."""
    return isinstance(kind, Named) and kind.package == "sync" and kind.name in SYNC


def _is_maker(call: ast.Call) -> bool:
    """Reports whether the name of the called function says that it makes something."""
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Index):
        fun = ast.unparen(fun.x)
    name = fun.name.name if isinstance(fun, ast.Selector) else fun.name if isinstance(fun, ast.Ident) else ""
    return name.lower().startswith(("new", "make", "create", "start", "init", "build", "setup", "open"))
