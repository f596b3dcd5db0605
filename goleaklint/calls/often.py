"""A place in a function in; how often it is come to in the life of a process out: once, or again and again.

What main, init, the initialisation of a package variable or a Once at package level does by single calls outside loops
happens once. Handlers of requests and bodies of loops are come to again and again. Of most else nobody knows.
"""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass

from goleaklint.calls.beside import is_beside_the_program, is_test
from goleaklint.calls.code import CallSite, Code
from goleaklint.calls.failing import Failed, after_failure
from goleaklint.calls.nodes import EdgeKind
from goleaklint.calls.starts import (
    block_of,
    call_with,
    ends_process,
    goes_round,
    is_for_command,
    is_for_request,
    is_handed_on,
    is_in_table_of_commands,
    is_initial,
    is_kept_for_start,
    is_of_command,
    is_on_global,
    is_variable_made,
    makings,
    runs_in_place,
)
from goleaklint.index.package import base_name
from goleaklint.syntax import ast

MAX_CALLERS = 40
"""How many functions are asked for their callers about one place; real chains from main are some ten calls long."""


MAX_SITES = 100
"""How many calls of one function are looked at. What is called from more places is no part of a program's start."""


class Often(enum.IntEnum):
    """How often a place is come to. TEST: once in each run of a test."""

    ONCE = 0
    TEST = 1
    UNKNOWN = 2
    REPEATED = 3


@dataclass(frozen=True, slots=True)
class Root:
    """How often a place is come to, and for what reason: `why` finishes the sentence "it is started ..."."""

    often: Often
    why: str = ""


UNKNOWN = Root(Often.UNKNOWN)

_ONCE = Root(Often.ONCE)

_WITH_PACKAGE = Root(Often.ONCE, "with its package")
"""A variable of the package is initialised with it."""

BY_USERS = Root(Often.UNKNOWN, "by users of the package")
"""Nothing in the module calls an exported function."""

_BY_MAIN = Root(Often.ONCE, "by a program's main function")

_BY_COMMAND = Root(Often.ONCE, "by a command")

_START = re.compile(r"start|run|open|init|setup|serve|listen|onstart|launch|loop|begin", re.IGNORECASE)
"""Methods that an object's owner calls once."""

_COMMAND = re.compile(r"Run|Execute")
"""Methods that libraries call which read a command line into an object."""


def root_of(code: Code, node: ast.Node) -> Root:
    """How often control comes to a piece of syntax in a function or literal.

    What a command does of which nobody knows who calls it, it does once: what its packages for others do may be more.
    """
    return _in_main(code, Climb().place(code, node))


def usual_root_of(code: Code, node: ast.Node | None, *, failing: bool = False) -> Root:
    """The same, as far as callers are at hand: that users of the module may call a function, too, does not count beside
    its own callers.

    Without `node`, how often the function itself is come to; `failing` asks for the times it ends by an error.
    """
    climb = Climb(usual=True)
    return _in_main(code, climb.function(code, failing) if node is None else climb.place(code, node))


def _in_main(code: Code, found: Root) -> Root:
    is_main = code.whole.scope.package.name == "main"
    return Root(Often.ONCE) if found.often is Often.UNKNOWN and is_main else found


class Climb:
    """One way up the callers. `usual` leaves out users of the module, if there are other callers."""

    def __init__(self, usual: bool = False) -> None:
        self._found: dict[tuple[str, int, bool], Root] = {}
        self._usual = usual

    def place(self, code: Code, node: ast.Node) -> Root:
        """How often control comes to a piece of syntax."""
        block = block_of(code, node)
        if block is not None and goes_round(code, block):
            return Root(Often.REPEATED, "again in each round of a loop")
        return self.function(code)

    def function(self, code: Code, failing: bool = False) -> Root:
        """How often a function or literal is come to; with `failing`, to return an error."""
        if is_for_request(code):
            return Root(Often.REPEATED, "for each request")
        if is_for_command(code):
            return _BY_COMMAND
        if isinstance(code.node, ast.FuncLit):
            return self._literal(code.outer, code.node, failing)
        decl = code.whole.decl
        key = decl.file.source.path, decl.node.start, failing
        if key not in self._found:
            if len(self._found) >= MAX_CALLERS:
                return UNKNOWN
            self._found[key] = _ONCE  # the way round says nothing of how often the circle is entered
            found = self.entry(code) or self._callers(code, failing)
            if found.often is Often.UNKNOWN and code.is_method and _START.match(decl.name):
                found = self.of_object(code)
            self._found[key] = found
        return self._found[key]

    # --- what other questions answer in their own way

    def entry(self, code: Code) -> Root | None:
        """The root that a declared function is itself; None if its callers decide."""
        decl = code.whole.decl
        package = decl.file.package.name
        if code.is_method:
            return None
        if decl.name.startswith("glob.."):
            return _BY_COMMAND if package == "main" else UNKNOWN
        if decl.name == "init" or (decl.name == "main" and package == "main"):
            return Root(Often.ONCE, f"by {decl.name}")
        if is_test(code.whole) and decl.name.startswith(("Test", "Benchmark", "Example", "Fuzz")):
            return Root(Often.TEST, f"by {decl.name}")
        return None

    def of_object(self, code: Code) -> Root:
        """How often objects with a method are made: for what each of them does once."""
        kind = code.whole.function.decl.receiver
        name = "" if kind is None else base_name(kind.type)
        if not name:
            return UNKNOWN
        found = [self.place(maker, node) for maker, node in makings(code, name)]
        if is_variable_made(code, name):
            found.append(_WITH_PACKAGE)
        return self._worst(found) if found else UNKNOWN

    def uncalled(self, code: Code, failing: bool) -> Root:
        """The root of a declared function that nothing at hand calls or mentions by name."""
        decl = code.whole.decl
        if decl.file.package.name == "main":
            return _BY_COMMAND
        if code.is_method:
            is_command = _COMMAND.fullmatch(decl.name) and is_of_command(code)
            return _BY_COMMAND if is_command else self._through_interface(code, failing)
        if ends_process(code):
            return _BY_MAIN
        return BY_USERS if decl.name[:1].isupper() else UNKNOWN

    def kept(self, code: Code, site: CallSite) -> Root:
        """The root of a declared function that is kept as a value at `site`."""
        if is_kept_for_start(site.code, site.node):
            return Root(Often.ONCE, "as the program starts")
        if is_in_table_of_commands(site.code):
            return _BY_COMMAND
        # What package main keeps as a value is what its commands do.
        return _ONCE if site.code.whole.scope.package.name == "main" else UNKNOWN

    # --- upwards

    def _worst(self, found: Sequence[Root]) -> Root:
        known = [each for each in found if each is not BY_USERS] if self._usual else []
        return max(known or found, key=lambda each: each.often)

    def _literal(self, outer: Code | None, node: ast.FuncLit, failing: bool) -> Root:
        if outer is None:
            return UNKNOWN
        call = call_with(outer, node)
        if call is None:
            return UNKNOWN if is_handed_on(outer, node) else self.place(outer, node)
        if ast.unparen(call.fun) is node:
            return self._called(outer, call, failing)
        if outer.callee_name(call) == ("sync", "(*Once).Do"):
            return _ONCE if is_on_global(outer, call) else self.of_object(outer)
        return self.place(outer, node)

    def _callers(self, code: Code, failing: bool) -> Root:
        whole, decl = code.whole, code.whole.decl
        found = [_WITH_PACKAGE] if is_initial(whole) else []
        for site in whole.functions.each_caller(decl):
            if _is_aside(site.code) and not _is_aside(code):
                continue
            if len(found) == MAX_SITES:
                found.append(UNKNOWN)
                break
            found.append(self._site(code, site, failing))
            if found[-1].often is Often.REPEATED:
                return found[-1]
        return self._worst(found) if found else self.uncalled(code, failing)

    def _through_interface(self, code: Code, failing: bool) -> Root:
        """The root of a method that nothing calls by name: once, if all calls through interfaces are, and each is one
        of the program's own as it starts or ends. What libraries are given to call they may call for each request."""
        sites = code.whole.functions.interface_callers(code.whole.decl)
        last = UNKNOWN
        for site in sites or ():
            if _is_aside(site.code) and not _is_aside(code):
                continue
            last = self._site(code, site, failing) if runs_in_place(site.code) else UNKNOWN
            if last.often is not Often.ONCE or last in (_ONCE, _WITH_PACKAGE):
                return UNKNOWN
        return last

    def _site(self, code: Code, site: CallSite, failing: bool) -> Root:
        if not site.call:
            return self.kept(code, site)
        return self._called(site.code, site.node, failing and site.kind is EdgeKind.CALL)

    def _called(self, code: Code, call: ast.Expr, failing: bool) -> Root:
        match after_failure(code, call) if failing else Failed.GOES_ON:
            case Failed.GOES_ON:
                return self.place(code, call)
            case Failed.ENDS:
                return self.function(code)
            case Failed.FAILS:
                return self.function(code, failing=True)
            case Failed.DIES:
                return Root(Often.ONCE, "before the process ends")


def _is_aside(code: Code) -> bool:
    """Reports whether code is a test, or used by tests and examples only: how often it calls something says little."""
    return is_test(code.whole) or is_beside_the_program(code.whole)
