"""A declared function in; the reads and writes in it on connections and streams that no deadline ends, out.

The function and its literals count as one: a deadline that is set anywhere in it, or by a caller, is one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from goleaklint.calls.code import CallSite, Code, DeclaredFunction
from goleaklint.flow import ops
from goleaklint.flow.graph import Block
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.liveness.lasting import is_bridged, is_delegated, is_watched
from goleaklint.liveness.spawns import spawns
from goleaklint.liveness.waits import named
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions

LIBP2P = re.compile(r"github\.com/libp2p/go-libp2p(-core|-net)?(/v\d+)?(/|$)")
STREAMS = frozenset(("Stream", "MuxedStream"))
PACKETS = frozenset((("net", "UDPConn"), ("net", "IPConn"), ("net", "PacketConn")))
"""What is written to them is sent at once, or lost; whoever reads from them waits."""
CONNECTIONS = PACKETS | {("net", "Conn"), ("net", "TCPConn"), ("net", "UnixConn"), ("crypto/tls", "Conn")}
_NETWORK = re.compile(r'"(udp|ip|unixgram)[46]?(:[\w-]+)?"')
"""Networks of packets, as they are given to net.Dial."""
OPENED = frozenset(("NewStream", "OpenStream"))

READS = frozenset(
    "Read ReadMsg ReadFull ReadAll ReadByte ReadString ReadBytes ReadLine Decode ReadFrom ReadFromUDP".split()
)
WRITES = frozenset("Write WriteMsg WriteString Encode Flush WriteTo".split())
READERS = frozenset((("io", "ReadFull"), ("io", "ReadAll"), ("io", "ReadAtLeast"), ("encoding/binary", "Read")))
"""Functions that read from their first argument before they return."""

WORDS = tuple(sorted(f"{name}(" for name in READS | WRITES | {name for _, name in READERS}))
"""A function without any of these reads and writes nothing itself."""

DEADLINES = {"SetDeadline": "rw", "SetReadDeadline": "r", "SetWriteDeadline": "w"}
ENDS = frozenset(("Close", "Reset", "ResetWithError", "CloseRead", "CloseWrite", "CloseWithError"))

MAX_HELPERS = 3
"""How deep calls are followed that may set a deadline of what they are given."""

MAX_CALLERS = 3
"""How far up callers are asked for a deadline."""


@dataclass(frozen=True, slots=True)
class Unbounded:
    """A read or write, `verb`, at `call` in `code`, on the stream or connection `name`, that was made or given as
    `symbol`."""

    code: Code
    call: ast.Call
    verb: str
    symbol: Symbol
    is_stream: bool


def unbounded_io(whole: DeclaredFunction) -> Iterator[Unbounded]:
    """The first read and the first write on each stream or connection that nothing ends but the other side."""
    unit = _Unit(whole)
    for symbol, is_stream in unit.channels.items():
        if unit.is_ended_elsewhere(symbol) or is_bridged(unit.codes, symbol):
            continue
        for verb, direction in (("read", "r"), ("write", "w")):
            found = unit.operation(symbol, direction)
            if found is not None and not _is_bounded(unit, symbol, direction, *found, 0):
                yield Unbounded(*found, verb, symbol, is_stream)


def _is_bounded(unit: "_Unit", symbol: Symbol, direction: str, code: Code, call: ast.Call, depth: int) -> bool:
    """Reports whether a deadline is set before a call, here or by every caller, or that cannot be told."""
    if unit.has_deadline(symbol, direction, code, call) or depth >= MAX_CALLERS:
        return True
    if symbol.kind is not SymbolKind.PARAM:
        return False
    if symbol not in unit.whole.code.params:
        return True  # of a literal: who calls that is not known
    found = unit.whole.functions.callers(unit.whole.decl)
    sites = [site for site in found if not site.code.whole.scope.source.path.endswith("_test.go")]
    return bool(sites) and all(_is_bounded_by(site, unit.whole, symbol, direction, depth) for site in sites)


def _is_bounded_by(site: CallSite, whole: DeclaredFunction, symbol: Symbol, direction: str, depth: int) -> bool:
    if not site.call or not isinstance(site.node, ast.Call):
        return False  # a handler, which gets its streams from the library
    for param, value in site.code.arguments(site.node, whole.code):
        given = site.code.symbol(value)
        if param is symbol and given is not None:
            unit = _Unit(site.code.whole)
            if unit.is_ended_elsewhere(given):
                return True
            return _is_bounded(unit, given, direction, site.code, site.node, depth + 1)
    return True


class _Unit:
    """One declared function with its literals."""

    def __init__(self, whole: DeclaredFunction) -> None:
        self.whole = whole
        self.codes = list(whole.all_code())

    @cached_property
    def _calls(self) -> list[tuple[Code, Block, ast.Call]]:
        found = []
        for code in self.codes:
            found += [(code, block, call) for block in code.graph.blocks for call in _calls_in(block)]
        return found

    @cached_property
    def channels(self) -> dict[Symbol, bool]:
        """The streams (true) and connections (false) that the function is given, or opens."""
        symbols = dict.fromkeys(symbol for _, symbol in self.whole.names.items())
        variables = [each for each in symbols if each.kind in (SymbolKind.PARAM, SymbolKind.LOCAL)]
        return {each: kind for each in variables if (kind := self._kind(each)) is not None}

    def _kind(self, symbol: Symbol) -> bool | None:
        name = named(self.whole.types.symbol_type(symbol))
        if name is not None:
            if name[1] in STREAMS and LIBP2P.match(name[0]):
                return True
            return False if name in CONNECTIONS and self._is_opened(symbol) else None
        return True if self._is_opened(symbol) and self._opener(symbol) in OPENED else None

    def _is_opened(self, symbol: Symbol) -> bool:
        return self._made_by(symbol) is not None

    def _opener(self, symbol: Symbol) -> str:
        made = self._made_by(symbol)
        name = None if made is None else self.whole.code.callee_name(made)
        return name[1].rpartition(".")[2] if name is not None and LIBP2P.match(name[0]) else ""

    def _made_by(self, symbol: Symbol) -> ast.Call | None:
        match symbol.node:
            case ast.Assign(left=(first, *_), right=(ast.Call() as call,)) if first.start == symbol.start:
                return None if "ijack" in self.whole.code.text(call.fun) else call
            case _:
                return None

    # --- what is done to them

    @cached_property
    def _wrapped(self) -> dict[Symbol, Symbol]:
        """The readers and writers around a stream, each with the stream: `r := NewReader(s)`."""
        found: dict[Symbol, Symbol] = {}
        mixed: set[Symbol] = set()
        for code in self.codes:
            for _, op in code.graph.ops(ops.Assign):
                if len(op.right) != 1 or not isinstance(call := ast.unparen(op.right[0]), ast.Call):
                    continue
                target = code.symbol(op.left[0])
                inner = [self._under(code, arg, found) for arg in call.args]
                source = next((each for each in inner if each is not None), None)
                if target is not None and target not in self.channels and source is not None and _wraps(code, call):
                    mixed |= {target} if found.setdefault(target, source) is not source else set()
        return {target: source for target, source in found.items() if target not in mixed}

    def _under(self, code: Code, expr: ast.Expr, wrapped: dict[Symbol, Symbol]) -> Symbol | None:
        symbol = code.symbol(expr)
        if symbol is None:
            return None
        return symbol if symbol in self.channels else wrapped.get(symbol)

    def _operated(self, code: Code, call: ast.Call) -> tuple[Symbol, str] | None:
        """The stream that a call reads ("r") or writes ("w")."""
        fun = ast.unparen(call.fun)
        if isinstance(fun, ast.Selector):
            symbol = self._under(code, fun.x, self._wrapped)
            if symbol is not None and fun.name.name in READS:
                return symbol, "r"
            if symbol is not None and fun.name.name in WRITES:
                return None if self._sends_packets(symbol) else (symbol, "w")
        if call.args and code.callee_name(call) in READERS:
            symbol = self._under(code, call.args[0], self._wrapped)
            if symbol is not None:
                return symbol, "r"
        return None

    def _sends_packets(self, symbol: Symbol) -> bool:
        """Reports whether nothing that is written waits for the other side: a packet is sent, or lost."""
        return named(self.whole.types.symbol_type(symbol)) in PACKETS or self._dials_packets(symbol)

    def _dials_packets(self, symbol: Symbol) -> bool:
        """Reports whether a connection was dialled over a network of packets, by the name of the network."""
        made = self._made_by(symbol)
        arguments = () if made is None else made.args
        return any(isinstance(each, ast.BasicLit) and _NETWORK.fullmatch(each.text) for each in arguments)

    def operation(self, symbol: Symbol, direction: str) -> tuple[Code, ast.Call] | None:
        """The first operation of a direction on a stream. None if one is in a loop: what lasts has no deadline."""
        first: tuple[Code, ast.Call] | None = None
        for code, block, call in self._calls:
            if self._operated(code, call) == (symbol, direction) and not self._is_short(code, symbol, call):
                if block.loops:
                    return None
                first = first or (code, call)
        return first

    def _is_short(self, code: Code, symbol: Symbol, call: ast.Call) -> bool:
        """Reports whether a call ends in time, or when its user wants."""
        return self._fits(symbol, call) or is_delegated(code, call) or is_watched(code, symbol, ENDS)

    def _fits(self, symbol: Symbol, call: ast.Call) -> bool:
        """Reports whether a call writes a text or some bytes of the source to a connection: the system's buffer has
        room for them. A stream shares its connection, and a Write of tls.Client's may be what waits for the
        handshake."""
        if self.channels[symbol] or named(self.whole.types.symbol_type(symbol)) == ("crypto/tls", "Conn"):
            return False
        fun, value = ast.unparen(call.fun), ast.unparen(call.args[0]) if len(call.args) == 1 else None
        if not isinstance(fun, ast.Selector) or fun.name.name != "Write":
            return False
        match value:
            case ast.Call(fun=ast.SliceType(), args=(text,)):
                return self.whole.types.is_constant(text)
            case _:
                return isinstance(value, ast.CompositeLit)

    def has_deadline(self, symbol: Symbol, direction: str, code: Code, before: ast.Call) -> bool:
        """Reports whether a deadline is set before a call, in another literal of the function, or by what made it."""
        made = self._made_by(symbol)
        maker = None if made is None else self.whole.code.callee(made)
        if maker is not None and b"Deadline(" in maker.source.data[maker.block.start : maker.block.end]:
            return True
        last = any(ast.unparen(op.node.call) is before for _, op in code.graph.ops(ops.Defer))
        return any(
            each is symbol and direction in kinds and (at is not code or last or call.start < before.start)
            for each, kinds, at, call in self._deadlines
        )

    @cached_property
    def _deadlines(self) -> list[tuple[Symbol, str, Code, ast.Call]]:
        """The streams for which a deadline is set, here or by something they are given to: which, for what, where."""
        found = []
        for code, _, call in self._calls:
            fun = ast.unparen(call.fun)
            if isinstance(fun, ast.Selector) and fun.name.name in DEADLINES:
                symbol = code.symbol(fun.x)
                if symbol is not None and call.args and not isinstance(ast.unparen(call.args[0]), ast.CompositeLit):
                    found.append((symbol, DEADLINES[fun.name.name], code, call))
            for arg in call.args:
                symbol = code.symbol(arg)
                if symbol is not None and symbol in self.channels and (kinds := _deadlines_in(code, call, arg)):
                    found.append((symbol, kinds, code, call))
        return found

    def is_ended_elsewhere(self, symbol: Symbol) -> bool:
        """Reports whether another goroutine may close or reset it: one that the function starts, or a callback."""
        return any(
            _ends(literal, symbol)
            for code in self.codes
            for literal in code.literals
            if any(spawn.body is literal for spawn in spawns(code)) or _is_callback(code, literal)
        )


def _calls_in(block: Block) -> Iterator[ast.Call]:
    """The calls that are made in a block, and those deferred."""
    for op in block.ops:
        call = ast.unparen(op.node.call) if isinstance(op, ops.Defer) else op.node if isinstance(op, ops.Call) else None
        if isinstance(call, ast.Call):
            yield call


def _deadlines_in(code: Code, call: ast.Call, given: ast.Expr, depth: int = MAX_HELPERS) -> str:
    """For which directions a called function sets a deadline of what it is given, itself or by what it calls."""
    callee = code.callee(call) if depth else None
    params = [] if callee is None else [param for param, value in code.arguments(call, callee) if value is given]
    if callee is None or not params:
        return ""
    found = ""
    for inner in (each for block in callee.graph.blocks for each in _calls_in(block)):
        fun = ast.unparen(inner.fun)
        if isinstance(fun, ast.Selector) and fun.name.name in DEADLINES and callee.symbol(fun.x) in params:
            found += DEADLINES[fun.name.name]
        for arg in inner.args:
            if callee.symbol(arg) in params:
                found += _deadlines_in(callee, inner, arg, depth - 1)
    return found


def _wraps(code: Code, call: ast.Call) -> bool:
    """Reports whether a call makes a reader or writer: by its name."""
    fun = ast.unparen(call.fun)
    name = fun.name.name if isinstance(fun, ast.Selector) else fun.name if isinstance(fun, ast.Ident) else ""
    return name.startswith("New") and re.search(r"Reader|Writer|ReadWriter|Decoder|Encoder|Scanner", name) is not None


def _is_callback(code: Code, literal: Code) -> bool:
    """Reports whether a literal is given to something that may call it at any time."""
    given = (ast.unparen(arg) for _, op in code.graph.ops(ops.Call) for arg in op.node.args)
    return any(each is literal.node for each in given)


def _ends(code: Code, symbol: Symbol) -> bool:
    for expr in (each for block in code.graph.blocks for call in _calls_in(block) for each in expressions(call)):
        if isinstance(expr, ast.Selector) and expr.name.name in ENDS and code.symbol(expr.x) is symbol:
            return True
    return False
