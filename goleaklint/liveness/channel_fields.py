"""A channel in a field in; whether anybody can close it out, from all that the field's package does with it."""

import re
from collections.abc import Iterator

from goleaklint.calls.code import Code, DeclaredFunction
from goleaklint.syntax import ast
from goleaklint.syntax.walk import direct_expressions, expressions, statements
from goleaklint.types.members import Member
from goleaklint.types.types import Chan, Func, Named


def is_field_never_closed(code: Code, channel: ast.Selector) -> bool:
    """Reports whether nobody closes the channel in a field: it is not exported, made by its package, never closed
    there, and never handed to anyone who could."""
    member = code.types.member(channel)
    name = channel.name.name
    package = code.whole.scope.package
    if not isinstance(member, Member) or member.owner is None or member.is_method or name[:1].isupper():
        return False
    if member.owner.package != package.path or not isinstance(code.core_type(channel), Chan):
        return False
    cache = code.whole.functions.cache
    key = is_field_never_closed, member.owner.package, member.owner.name, name
    if key not in cache:
        cache[key] = _is_never_closed(code, member.owner, name)
    return bool(cache[key])


def _is_never_closed(code: Code, owner: Named, field: str) -> bool:
    made = False
    for function in _mentioning(code, field):
        for each in function.all_code():
            verdict = _Uses(each, owner, field).verdict()
            if verdict is None:
                return False
            made = made or verdict
    return made


def _mentioning(code: Code, field: str) -> Iterator[DeclaredFunction]:
    """The functions of the package that have the field's name in them."""
    word = re.compile(rb"\b%s\b" % re.escape(field.encode()))
    yield from code.whole.functions.in_package(code.whole.scope.package, word)


class _Uses:
    """What one function does with the field."""

    def __init__(self, code: Code, owner: Named, field: str) -> None:
        self._code = code
        self._owner = owner
        self._field = field

    def verdict(self) -> bool | None:
        """None if the channel may be closed, here or by someone who gets it here; else whether it is made here."""
        made = False
        harmless: set[ast.Expr] = set()
        for stmt in statements(self._code.block.stmts):
            harmless |= set(map(ast.unparen, _operands(self._code, stmt)))
            made = made or self._makes(stmt)
            for expr in (each for part in direct_expressions(stmt) for each in expressions(part)):
                harmless |= set(map(ast.unparen, _harmless(self._code, expr)))
                if isinstance(expr, ast.KeyValue) and self._is_key(expr):
                    if not _is_make(expr.value):
                        return None
                    made = True
                elif isinstance(expr, ast.Selector) and expr not in harmless and self._is_field(expr):
                    return None
        return made

    def _makes(self, stmt: ast.Stmt) -> bool:
        match stmt:
            case ast.Assign(left=left, right=right) if len(left) == len(right):
                pairs = zip(left, right, strict=True)
                return any(
                    isinstance(target, ast.Selector) and _is_make(value) and self._is_field(target)
                    for target, value in pairs
                )
            case _:
                return False

    def _is_key(self, pair: ast.KeyValue) -> bool:
        return isinstance(pair.key, ast.Ident) and pair.key.name == self._field

    def _is_field(self, expr: ast.Selector) -> bool:
        if expr.name.name != self._field:
            return False
        member = self._code.types.member(expr)
        if not isinstance(member, Member):
            return member is not None  # of a type that is not known: it may be this one
        return member.owner is not None and (member.owner.package, member.owner.name) == (
            self._owner.package,
            self._owner.name,
        )


def _is_make(value: ast.Expr) -> bool:
    match ast.unparen(value):
        case ast.Call(fun=ast.Ident(name="make")):
            return True
        case _:
            return False


def _operands(code: Code, stmt: ast.Stmt) -> Iterator[ast.Expr]:
    """What a statement only sends to, receives from, or sets; of a return, what callers cannot close."""
    match stmt:
        case ast.Send(chan=chan):
            yield chan
        case ast.Range(x=x):
            yield x
        case ast.Assign(left=left, right=right, op="=") if len(left) == len(right):
            yield from (target for target, value in zip(left, right, strict=True) if _is_make(value) or _is_nil(value))
        case ast.Return(results=results):
            kinds = [field.type for field in code.type.results for _ in field.names or (None,)]
            if len(kinds) == len(results):
                pairs = zip(kinds, results, strict=True)
                yield from (value for kind, value in pairs if _only_receives(kind))


def _only_receives(kind: ast.Expr) -> bool:
    return isinstance(kind, ast.ChanType) and kind.direction == "receive"


def _is_nil(value: ast.Expr) -> bool:
    return isinstance(value, ast.Ident) and value.name == "nil"


def _harmless(code: Code, expr: ast.Expr) -> Iterator[ast.Expr]:
    """The parts of an expression that are only received from, measured, compared, or given to who only receives."""
    match expr:
        case ast.Unary(op="<-", x=x):
            yield x
        case ast.Binary(op="==" | "!=", x=x, y=y):
            yield from (x, y)
        case ast.Call(fun=ast.Ident(name="len" | "cap"), args=args):
            yield from args
        case ast.Call(args=args) as call if any(isinstance(ast.unparen(arg), ast.Selector) for arg in args):
            kind = code.type_of(call.fun)
            params = kind.params if isinstance(kind, Func) else ()
            for param, arg in zip(params, args, strict=False):
                if isinstance(param, Chan) and param.direction == "receive":
                    yield arg
