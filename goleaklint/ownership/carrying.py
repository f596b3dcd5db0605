"""An expression in; whether its value is the resource, or holds it, and which calls give it back, out."""

import enum
import re
from collections.abc import Callable
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.index.std import is_std
from goleaklint.index.symbols import Symbol
from goleaklint.knowledge import ITSELF, Resource
from goleaklint.ownership.origins import mentions
from goleaklint.ownership.state import State
from goleaklint.syntax import ast
from goleaklint.syntax.walk import statements
from goleaklint.types.types import Basic, Interface, Named

RELEASE_LIKE = re.compile(
    r"(?i)(close|stop|release|cancel|shutdown|discard|rollback|commit|destroy|dispose|free|finish|end|done|unsubscribe|"
    r"disconnect|quit|teardown|cleanup|clean|kill|terminate|reset|abort|flush|wait|remove|uninit|drop|unref)"
)
"""Methods whose name begins like this may give back what their receiver contains."""

ENDING = frozenset(
    "Close CloseNow CloseWithError Release Destroy Shutdown Cancel Stop Unsubscribe Free Dispose".split()
)
"""Methods that give back whatever they are called on, even where the pack does not say so."""

WRAPPERS = frozenset("LimitReader TeeReader MultiReader MultiWriter NopCloser Client Server".split())
"""Functions of the standard library, beside those named New..., whose result holds on to what they are given."""

_ASKS = re.compile(rb"\.\((?:interface\b|[\w.*]*Closer\))|\bcase [\w.*, ]*Closer\b")
"""Where a file asks whether a value can be closed, though its type does not say so."""

_DUMP = ("net/http/httputil", "DumpResponse")
"""It reads the body of a response, if it is told to, closes it and puts a copy in its place."""

_SENDS = ("net/http", "(*Response).Write")
"""It writes a response to somebody else, its body to the end, which it then closes."""

_READERS = {("io", "ReadAll"): 0, ("io/ioutil", "ReadAll"): 0, ("io", "Copy"): 1}
"""Functions that read to the end, with the number of the argument that they read."""

_OPENING = re.compile(r"(New|Open|Begin|Create|Subscribe|Dial|Watch|Iterator|Bucket)")


class Carry(enum.Enum):
    """Whether a value is the resource (or what has it in a field), contains it, or neither. What WRAPS it contains it,
    too, but cannot give it back, whatever its methods are called."""

    NOT = enum.auto()
    IS = enum.auto()
    CONTAINS = enum.auto()
    WRAPS = enum.auto()


@dataclass(frozen=True, slots=True)
class Carried:
    """`field` is where in the value the resource is, "" where the value is the resource itself."""

    carry: Carry
    field: str = ""

    @property
    def is_resource(self) -> bool:
        return self.carry is Carry.IS and not self.field

    def __bool__(self) -> bool:
        return self.carry is not Carry.NOT


NOT, CONTAINS, WRAPS = Carried(Carry.NOT), Carried(Carry.CONTAINS), Carried(Carry.WRAPS)


Wraps = Callable[[ast.Call, int, Carried], bool]
"""Asks of a call of a function of the module whether its result contains the argument of this number."""


class Carrying:
    """Questions about the expressions of one function, where one resource is followed through it."""

    def __init__(self, code: Code, resource: Resource, wraps: Wraps) -> None:
        self.code = code
        self._wraps = wraps
        self.resource = resource
        methods = {name.name for name in resource.release if name.type}
        self._methods = methods | ENDING
        self._functions = frozenset((name.package, name.name) for name in resource.release if not name.type)
        self._is_function = ITSELF in resource.release

    def of(self, expr: ast.Expr, state: State) -> Carried:
        """How a value has to do with the resource."""
        expr = ast.unparen(expr)
        match expr:
            case ast.Ident() as ident:
                return self._named(self.code.names.symbol(ident), state)
            case ast.Selector(x=x, name=ast.Ident(name=name)):
                return self._selected(self.of(x, state), name)
            case ast.Unary(op="&", x=x) | ast.Star(x=x) | ast.TypeAssert(x=x):
                return self.of(x, state)
            case ast.CompositeLit(elements=elements):
                values = [each.value if isinstance(each, ast.KeyValue) else each for each in elements]
                return CONTAINS if any(self.of(each, state) for each in values) else NOT
            case ast.FuncLit() as literal:
                return CONTAINS if mentions(self.code, literal.body.stmts, state.symbols) else NOT
            case ast.Index(x=x) | ast.Slice(x=x):
                return CONTAINS if self.of(x, state).carry is Carry.CONTAINS else NOT
            case ast.Call() as call:
                return self._result(call, state)
            case _:
                return NOT

    def _named(self, symbol: Symbol | None, state: State) -> Carried:
        if symbol is None:
            return NOT
        fields = [field for each, field in state.names if each is symbol]
        if fields:
            return Carried(Carry.IS, fields[0])
        if symbol in state.inside:
            return WRAPS if symbol in state.wrapping else CONTAINS
        return NOT

    def _selected(self, of: Carried, name: str) -> Carried:
        if of.carry is Carry.IS and of.field:
            return Carried(Carry.IS) if of.field == name else NOT
        if of.carry is Carry.IS:
            return CONTAINS if name in self._methods else NOT  # a method value, or a field of the resource
        return of

    def _result(self, call: ast.Call, state: State) -> Carried:
        """Whether the value of a call contains what the call is given, as wrappers do."""
        fun = ast.unparen(call.fun)
        on = self.of(fun.x, state) if isinstance(fun, ast.Selector) else NOT
        if on and not on.field and self._returns_receiver(call):
            return on
        given = [self.of(arg, state) for arg in call.args]
        if not any(given):
            return NOT
        if self.code.types.is_type(fun):
            return given[0] if len(given) == 1 else NOT
        if isinstance(fun, ast.Ident) and self.code.types.is_builtin(fun):
            return CONTAINS if fun.name == "append" else NOT
        name = bare_name(call)
        wraps = (self._wraps(call, number, each) for number, each in enumerate(given) if each)
        if is_wrapper(name) or any(wraps):
            return WRAPS if self._only_wraps(call, given) else CONTAINS
        return NOT

    def _returns_receiver(self, call: ast.Call) -> bool:
        """Reports whether a method of the module gives back what it is called on: `New(conn).WithTimeout(d)`."""
        callee = self.code.callee(call)
        receiver = callee.params[0] if callee is not None and callee.is_method and callee.params else None
        if callee is None or receiver is None or len(callee.type.results) != 1:
            return False
        returns = (each for each in statements(callee.block.stmts) if isinstance(each, ast.Return))
        return any(callee.symbol(value) is receiver for each in returns for value in each.results)

    def _only_wraps(self, call: ast.Call, given: list[Carried]) -> bool:
        """Reports whether a function takes the resource as something without a method to give it back, such as an
        io.Reader, and does not ask whether it has one: closing a gzip.Reader does not close the file below. What only
        gets hold of a wrapper can do no more than that."""
        if all(each.carry is Carry.WRAPS for each in given if each):
            return True
        lent = (
            each.carry is Carry.WRAPS or (each.carry is Carry.IS and self.borrows(call, number))
            for number, each in enumerate(given)
            if each
        )
        return self._asks_for_no_closer(call) and all(lent)

    def _asks_for_no_closer(self, call: ast.Call) -> bool:
        """Reports whether what a function makes never closes what it only knows as an io.Reader. In the standard
        library only the clients of net/http do, with the bodies of their requests."""
        callee = self.code.callee(call)
        if callee is not None:
            return _ASKS.search(callee.source.data) is None
        name = self.code.callee_name(call)
        return name is not None and is_std(name[0]) and not name[0].startswith("net/http")

    def opens(self, expr: ast.Expr, state: State) -> bool:
        """Reports whether a value is made from the resource, and may refer to it: `snap.NewIterator()`."""
        call = ast.unparen(expr)
        fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
        if not isinstance(call, ast.Call) or not isinstance(fun, ast.Selector):
            return False
        return bool(self.of(fun.x, state)) and _OPENING.match(fun.name.name) is not None

    # --- giving back

    def gives_back(self, call: ast.Call, state: State) -> bool:
        """Reports whether a call releases the resource, or what contains it."""
        fun = ast.unparen(call.fun)
        if isinstance(fun, ast.Ident):
            carried = self.of(fun, state)
            return carried.is_resource and self._is_function
        if isinstance(fun, ast.Selector) and self._is_released_by_method(fun, state):
            return True
        if self._functions and any(self.of(arg, state).is_resource for arg in call.args):
            return self.code.callee_name(call) in self._functions
        return False

    def _is_released_by_method(self, fun: ast.Selector, state: State) -> bool:
        on, name = self.of(fun.x, state), fun.name.name
        if on.is_resource:
            return name in self._methods
        if on.carry is Carry.CONTAINS:
            return RELEASE_LIKE.match(name) is not None
        root = root_of(fun.x)
        below = isinstance(ast.unparen(fun.x), ast.Selector) and root is not None and self.of(root, state).is_resource
        # cmd.Process.Wait() does; Kill leaves a zombie
        return below and name != "Kill" and RELEASE_LIKE.match(name) is not None

    def reads_to_its_end(self, call: ast.Call, state: State) -> bool:
        """Reports whether a call reads all there is in the resource."""
        if self.code.callee_name(call) == _DUMP and len(call.args) > 1:
            is_read = isinstance(call.args[1], ast.Ident) and call.args[1].name == "true"
            return is_read and bool(self.of(call.args[0], state))
        if self.code.callee_name(call) == _SENDS and isinstance(fun := ast.unparen(call.fun), ast.Selector):
            return bool(self.of(fun.x, state))
        number = _READERS.get(self.code.callee_name(call) or ("", ""))
        return number is not None and number < len(call.args) and self.of(call.args[number], state).is_resource

    def borrows(self, call: ast.Call, number: int) -> bool:
        """Reports whether the parameter's type is an interface with no method that could give the resource back."""
        params = self.code.types.declared.core(self.code.type_of(call.fun))
        kinds = getattr(params, "params", ())
        kind = kinds[number] if number < len(kinds) else None
        under = self.code.types.declared.underlying(kind) if isinstance(kind, Named) else kind
        if not isinstance(under, Interface) or not (under.methods or under.embeds):
            return isinstance(kind, Basic)
        names = {name for name, _ in under.methods}
        return not under.embeds and not names & self._methods


def is_wrapper(name: str) -> bool:
    """Reports whether the result of a function of this name holds on to what it is given."""
    return name.lower().startswith(("new", "wrap")) or name in WRAPPERS


def bare_name(call: ast.Call) -> str:
    """The last name of what is called: `Open` of `os.Open`; "" for anything without a name."""
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Index):
        fun = ast.unparen(fun.x)
    return fun.name.name if isinstance(fun, ast.Selector) else fun.name if isinstance(fun, ast.Ident) else ""


def root_of(expr: ast.Expr) -> ast.Ident | None:
    """`s` of `s.peers[i].conn`."""
    expr = ast.unparen(expr)
    while isinstance(expr, ast.Selector | ast.Index | ast.Star | ast.Unary | ast.Slice):
        expr = ast.unparen(expr.x)
    return expr if isinstance(expr, ast.Ident) else None
