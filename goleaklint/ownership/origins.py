"""A declared function in; where its variables get their values, and how long the contexts in it live, out."""

import enum
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from goleaklint.calls.code import Code, DeclaredFunction
from goleaklint.calls.contexts import CANCELLED, ENDLESS, TIMED
from goleaklint.flow.places import Place, place_of
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep, deep_expressions, direct_expressions, expressions, literals, statements
from goleaklint.types.types import Named, Unknown

CONTEXT = Named("context", "Context")
MAX_DEPTH = 6
"""How many variables are followed from one to the next; contexts are wrapped two or three times."""


class Life(enum.Enum):
    """How long a context lives, seen from the function: for ever without an end; as long as somebody else wants; until
    something in this function cancels it, or the request is answered that the function works on."""

    ENDLESS = enum.auto()
    FOREIGN = enum.auto()
    OWN = enum.auto()


class Origins:
    """The values that the variables of one declared function are given, literals included."""

    def __init__(self, whole: DeclaredFunction) -> None:
        self._whole = whole

    @cached_property
    def _given(self) -> Mapping[Symbol, Sequence[tuple[ast.Expr | None, int, tuple[ast.Expr, ...]]]]:
        found: dict[Symbol, list[tuple[ast.Expr | None, int, tuple[ast.Expr, ...]]]] = {}
        for left, right in assignments(self._whole.function.body.block.stmts):
            for number, target in enumerate(left):
                symbol = self._whole.names.symbol(target) if isinstance(target, ast.Ident) else None
                if symbol is not None:
                    single = len(left) == len(right)
                    value = right[number] if single else right[0] if len(right) == 1 else None
                    found.setdefault(symbol, []).append((value, 0 if single else number, left))
        return found

    def values(self, symbol: Symbol) -> list[ast.Expr | None]:
        """All that a variable is given; None where it is declared without a value."""
        return [value for value, _, _ in self._given.get(symbol, [])]

    def results(self, symbol: Symbol) -> list[tuple[ast.Expr | None, int]]:
        """All that a variable is given, each with the number of the result that it is, where that is a call."""
        return [(value, number) for value, number, _ in self._given.get(symbol, [])]

    def is_made_here(self, symbol: Symbol) -> bool:
        """Reports whether a local variable only ever holds objects that this function itself makes."""
        given = self._given.get(symbol, [])
        if symbol.kind is SymbolKind.RESULT:
            return all(_is_made(value, symbol.name) for value, _, _ in given)
        return (
            symbol.kind is SymbolKind.LOCAL and bool(given) and all(_is_made(each, symbol.name) for each, _, _ in given)
        )

    def may_be_new(self, symbol: Symbol) -> bool:
        """Reports whether a variable may hold an object that nobody else has: it is given something, and nothing that
        is read from where others find it, as in `cmd := s.cmd`."""
        values = self.values(symbol)
        return bool(values) and not any(_is_read_elsewhere(self._whole, value) for value in values)

    # --- contexts

    def parent_life(self, call: ast.Call) -> Life:
        """How long the context lives that a call such as `context.WithCancel(parent)` is given, as it is made: in
        `ctx, cancel := context.WithCancel(ctx)` what the variable gets here or later is not what it held before."""
        parent = ast.unparen(call.args[0])
        symbol = self._whole.names.symbol(parent) if isinstance(parent, ast.Ident) else None
        if symbol is not None:
            return self._variable_life(symbol, 0, before=call.start)
        place = place_of(self._whole.names, parent) if isinstance(parent, ast.Selector) else None
        return Life.OWN if place is not None and place in self._made_in_fields else self.life(parent)

    @cached_property
    def _made_in_fields(self) -> frozenset[Place]:
        """The fields that are given contexts with cancel functions of their own: `s.ctx, s.cancel = ...`."""
        found = set()
        for left, right in assignments(self._whole.function.body.block.stmts):
            call = ast.unparen(right[0]) if len(left) == 2 and len(right) == 1 else None
            if not isinstance(call, ast.Call) or _bare(call) not in CANCELLED | TIMED:
                continue
            if not (isinstance(left[1], ast.Ident) and left[1].name == "_"):
                found.add(place_of(self._whole.names, left[0]))
        return frozenset(each for each in found if each is not None)

    def life(self, expr: ast.Expr, depth: int = 0) -> Life:
        """How long a context lives; FOREIGN if that cannot be told."""
        expr = ast.unparen(expr)
        if depth > MAX_DEPTH:
            return Life.FOREIGN
        match expr:
            case ast.Ident() as ident:
                symbol = self._whole.names.symbol(ident)
                return Life.FOREIGN if symbol is None else self._variable_life(symbol, depth)
            case ast.Call(fun=ast.Selector(x=ast.Ident(name="context"), name=ast.Ident(name=name))) if name in ENDLESS:
                return Life.ENDLESS
            case ast.Call(fun=ast.Selector(x=ast.Ident() as request, name=ast.Ident(name="Context"))):
                symbol = self._whole.names.symbol(request)
                return Life.OWN if symbol is not None and symbol.kind is SymbolKind.PARAM else Life.FOREIGN
            case ast.Call(args=args):
                contexts = [arg for arg in args if self._whole.types.type_of(arg) == CONTEXT]
                return self.life(contexts[0], depth + 1) if contexts else Life.FOREIGN
            case _:
                return Life.FOREIGN

    def _variable_life(self, symbol: Symbol, depth: int, before: int | None = None) -> Life:
        given = self._given.get(symbol, [])
        if before is not None:
            given = [each for each in given if each[2][0].start < before and not _spans(each[0], before)]
        lives = {self._given_life(symbol, *each, depth) for each in given}
        if symbol.kind is SymbolKind.PARAM:
            lives.add(Life.FOREIGN)
        if Life.OWN in lives:
            return Life.OWN
        return lives.pop() if len(lives) == 1 else Life.FOREIGN

    def _given_life(
        self, symbol: Symbol, value: ast.Expr | None, number: int, left: tuple[ast.Expr, ...], depth: int
    ) -> Life:
        value = None if value is None else ast.unparen(value)
        if not isinstance(value, ast.Call):
            other = self._whole.names.symbol(value) if isinstance(value, ast.Ident) else None
            return Life.FOREIGN if value is None or other is symbol else self.life(value, depth + 1)
        if number == 0 and len(left) == 2 and _bare(value) in CANCELLED | TIMED:
            dropped = isinstance(left[1], ast.Ident) and left[1].name == "_"
            return self.life(value.args[0], depth + 1) if dropped and value.args else Life.OWN
        if _bare(value) == "NotifyContext" or (len(left) == 2 and _bare(value) == "WithContext"):
            return Life.OWN
        if any(self._whole.names.symbol(arg) is symbol for arg in value.args if isinstance(arg, ast.Ident)):
            return Life.FOREIGN if symbol.kind is SymbolKind.PARAM else Life.ENDLESS
        return self.life(value, depth + 1)

    def contexts_of(self, code: Code, call: ast.Call) -> Iterator[ast.Expr]:
        """The contexts that a call is given: as an argument, or in a request that was made with one."""
        for arg in (each for given in call.args for each in expressions(given)):
            if isinstance(arg, ast.Ident | ast.Selector | ast.Call) and _is_context(code, arg):
                yield arg
            symbol = code.symbol(arg)
            for value in self.values(symbol) if symbol is not None else ():
                made = ast.unparen(value) if value is not None else None
                if isinstance(made, ast.Call) and _bare(made) in ("NewRequestWithContext", "WithContext"):
                    yield from (each for each in made.args[:1] if code.type_of(each) == CONTEXT)


def assignments(stmts: tuple[ast.Stmt, ...]) -> Iterator[tuple[tuple[ast.Expr, ...], tuple[ast.Expr, ...]]]:
    """The targets and values of every assignment and declaration, in function literals too."""
    for stmt in statements(stmts):
        match stmt:
            case ast.Assign(left=left, right=right, op=op) if op in ("=", ":="):
                yield left, right
            case ast.DeclStmt(specs=specs):
                for spec in specs:
                    if isinstance(spec, ast.ValueSpec) and not spec.const:
                        yield spec.names, spec.values
            case ast.Range(left=left, x=x):
                yield left, tuple(x for _ in left)
    for literal in literals(stmts):
        yield from assignments(literal.body.stmts)


def mentions(code: Code, node: ast.Expr | tuple[ast.Stmt, ...], symbols: frozenset[Symbol]) -> bool:
    """Reports whether an expression, or statements, name one of the variables, function literals included."""
    found = deep_expressions(node) if isinstance(node, tuple) else deep(node)
    return any(isinstance(each, ast.Ident) and code.names.symbol(each) in symbols for each in found)


def is_address_taken(whole: DeclaredFunction, symbol: Symbol) -> bool:
    """Reports whether a function has the address of a variable, by which others may give it a value."""
    body = deep_expressions(whole.function.body.block.stmts)
    taken = (ast.unparen(each.x) for each in body if isinstance(each, ast.Unary) and each.op == "&")
    return any(isinstance(each, ast.Ident) and whole.names.symbol(each) is symbol for each in taken)


def spawned(code: Code, symbol: Symbol) -> int | None:
    """Where a goroutine is started that has to do with a variable; None if none is."""
    for stmt in statements(code.block.stmts):
        if isinstance(stmt, ast.Go) and mentions(code, stmt.call, frozenset((symbol,))):
            return stmt.start
        for expr in (each for part in direct_expressions(stmt) for each in expressions(part)):
            if isinstance(expr, ast.Call) and any(code.symbol(arg) is symbol for arg in expr.args):
                summary = code.known(expr).summary
                if summary is not None and summary.spawns:
                    return behind_failure(code, stmt)
    return None


def behind_failure(code: Code, made: ast.Stmt) -> int:
    """Where a call has done what it does: behind the branch that is taken if it failed, when it did nothing."""
    error = made.left[-1] if isinstance(made, ast.Assign) else None
    following = (each for each in statements(code.block.stmts) if each.start >= made.end)
    after = min(following, key=lambda each: each.start, default=None)
    match after:
        case ast.If(init=None, cond=ast.Binary(op="!=", x=ast.Ident(name=name))) if isinstance(error, ast.Ident):
            return after.then.end if name == error.name else made.start
        case _:
            return made.start


def _is_read_elsewhere(whole: DeclaredFunction, value: ast.Expr | None) -> bool:
    """Reports whether a value is a field, an element or a variable of the package."""
    value = None if value is None else ast.unparen(value)
    if isinstance(value, ast.Selector | ast.Index):
        return True
    symbol = whole.names.symbol(value) if isinstance(value, ast.Ident) else None
    return symbol is not None and symbol.kind is SymbolKind.GLOBAL


def _is_made(value: ast.Expr | None, name: str) -> bool:
    """Reports whether a value is a new object: a literal, its address, `new`, `make`, `append`, nothing at all."""
    match None if value is None else ast.unparen(value):
        case None | ast.CompositeLit() | ast.Unary(op="&", x=ast.CompositeLit()) | ast.Ident(name="nil"):
            return True
        case ast.Call(fun=ast.Ident(name="new" | "make")):
            return True
        case ast.Call(fun=ast.Ident(name="append"), args=(ast.Ident(name=same), *_)):
            return same == name
        case _:
            return False


def _is_context(code: Code, expr: ast.Expr) -> bool:
    """Reports whether an expression is a context: by its type, or as what `stream.Context()` gives where that is not
    known."""
    kind = code.type_of(expr)
    match expr:
        case ast.Call(fun=ast.Selector(name=ast.Ident(name="Context")), args=()) if isinstance(kind, Unknown):
            return True
        case _:
            return kind == CONTEXT


def _spans(value: ast.Expr | None, offset: int) -> bool:
    return value is not None and value.start <= offset < value.end


def _bare(call: ast.Call) -> str:
    fun = ast.unparen(call.fun)
    return fun.name.name if isinstance(fun, ast.Selector) else fun.name if isinstance(fun, ast.Ident) else ""
