"""Channels and contexts in; what can never happen on them out: a close, a cancellation."""

from goleaklint.calls.code import Code
from goleaklint.calls.contexts import is_endless
from goleaklint.index.symbols import Symbol
from goleaklint.liveness.channel_fields import is_field_never_closed
from goleaklint.syntax import ast
from goleaklint.types.types import Named, Pointer, Type

TIMER_CHANNELS = frozenset((("time", "Tick"), ("time", "After")))
"""Functions whose channel nobody closes."""


def received_from(comm: ast.Stmt | None) -> ast.Expr | None:
    """The channel that a case of a select receives from; None for a send or `default`."""
    match comm:
        case ast.ExprStmt(x=value) | ast.Assign(right=(value,)):
            value = ast.unparen(value)
            return ast.unparen(value.x) if isinstance(value, ast.Unary) and value.op == "<-" else None
        case _:
            return None


def named(kind: Type) -> tuple[str, str] | None:
    """Import path and name of a named type, or of the one that a pointer leads to."""
    kind = kind.elem if isinstance(kind, Pointer) else kind
    return (kind.package, kind.name) if isinstance(kind, Named) else None


def is_timer_channel(code: Code, expr: ast.Expr) -> bool:
    """Reports whether a channel is a ticker's or timer's: it delivers by itself, and is never closed."""
    match ast.unparen(expr):
        case ast.Selector(x=x, name=ast.Ident(name="C")):
            return named(code.type_of(x)) in (("time", "Ticker"), ("time", "Timer"))
        case ast.Call() as call:
            return code.callee_name(call) in TIMER_CHANNELS
        case ast.Ident() as ident:
            value = _value(code, ident)
            return value is not None and is_timer_channel(code, value)
        case _:
            return False


class Silent:
    """What nothing will ever be heard of in one function. `dead` are parameters known to be such contexts."""

    def __init__(self, code: Code, dead: frozenset[Symbol]) -> None:
        self._code = code
        self._dead = dead

    def is_dead_context(self, expr: ast.Expr) -> bool:
        """Reports whether nobody can cancel a context."""
        match ast.unparen(expr):
            case ast.Ident() as ident:
                if self._code.symbol(ident) in self._dead:
                    return True
                value = _value(self._code, ident)
                return value is not None and self.is_dead_context(value)
            case ast.Call(args=args) as call:
                name = self._code.callee_name(call)
                if name == ("context", "WithValue"):
                    return bool(args) and self.is_dead_context(args[0])
                return is_endless(name)
            case _:
                return False

    def is_dead_channel(self, channel: ast.Expr) -> bool:
        """Reports whether a channel is the Done of a context that nobody can cancel."""
        match ast.unparen(channel):
            case ast.Call(fun=ast.Selector(x=x, name=ast.Ident(name="Done")), args=()):
                return self.is_dead_context(x)
            case _:
                return False

    def is_never_closed(self, channel: ast.Expr) -> bool:
        """Reports whether nobody ever closes a channel. False where that is not known."""
        channel = ast.unparen(channel)
        if is_timer_channel(self._code, channel) or self.is_dead_channel(channel):
            return True
        return isinstance(channel, ast.Selector) and is_field_never_closed(self._code, channel)

    def is_always_ok(self, flag: ast.Ident) -> bool:
        """Reports whether a variable is the `ok` of a receive from a channel that nobody ever closes."""
        symbol = self._code.symbol(flag)
        match symbol.node if symbol is not None else None:
            case ast.Assign(left=(_, ast.Ident(name=name)), op=":=", right=(ast.Unary(op="<-", x=channel),)):
                return name == flag.name and self.is_never_closed(channel)
            case _:
                return False


def _value(code: Code, ident: ast.Ident) -> ast.Expr | None:
    symbol = code.symbol(ident)
    return code.whole.value_of(symbol) if symbol is not None and symbol.is_variable else None
