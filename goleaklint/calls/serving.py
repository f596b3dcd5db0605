"""A function in; whether it runs while a program serves, or only as it starts, out."""

import re

from goleaklint.calls.code import CallSite, Code
from goleaklint.calls.often import UNKNOWN, Climb, Often, Root
from goleaklint.index.package import base_name
from goleaklint.syntax import ast

_STARTING = re.compile(r"^(init|main|set|bootstrap|configure|register|must|with|option|install|define)", re.IGNORECASE)
"""Names of functions that run as a program starts, or are called by those that do."""

_STARTING_ALL = re.compile(rf"{_STARTING.pattern}|^(start|run|launch)", re.IGNORECASE)
"""The same for functions that are no methods: many an object is started while a program serves."""


def runs_while_serving(code: Code, owner: str) -> bool:
    """Reports whether some way leads to the function that is no start-up: not from main, init, a variable's initial
    value or the constructor of `owner` alone. A function that nobody calls here is one that users call at any time."""
    if code.whole.function.name.startswith("glob.."):
        return code.depth > 1
    return _Serving(owner).function(code.whole.code).often is not Often.ONCE


class _Serving(Climb):
    """For each object of a type, not for the process: what makes one is its start. Names tell what callers do not."""

    def __init__(self, owner: str) -> None:
        super().__init__()
        self._owner = owner

    def place(self, code: Code, node: ast.Node) -> Root:
        return self.function(code.whole.code)  # loops of what starts a program mostly add what its settings name

    def entry(self, code: Code) -> Root | None:
        results = code.whole.function.decl.type.results
        makes = not code.is_method and any(base_name(each.type) == self._owner for each in results)
        return Root(Often.ONCE) if self._owner and makes else super().entry(code)

    def of_object(self, code: Code) -> Root:
        return UNKNOWN

    def uncalled(self, code: Code, failing: bool) -> Root:
        found = self._by_name(code)
        if found.often is not Often.ONCE:
            found = super().uncalled(code, failing)
        return found if found.often is Often.ONCE else UNKNOWN

    def _by_name(self, code: Code) -> Root:
        names = _STARTING if code.is_method else _STARTING_ALL
        return Root(Often.ONCE) if names.match(code.whole.decl.name) else UNKNOWN

    def kept(self, code: Code, site: CallSite) -> Root:
        """Whoever has a function as a value calls it when they like; of a method, the interfaces that it is called
        through tell nothing of that."""
        return self._by_name(code) if code.is_method else self.uncalled(code, failing=False)
