"""A package variable or a field of a struct in; everywhere the code names it out, with what is around."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goleaklint.calls.asfound import AsFound
from goleaklint.calls.code import Analysis, Code, DeclaredFunction
from goleaklint.index.hints import is_within
from goleaklint.index.package import PackageFile, global_literals
from goleaklint.index.program import PackageScope
from goleaklint.index.symbols import SymbolKind
from goleaklint.syntax import ast
from goleaklint.syntax.walk import children, direct_expressions, expressions, nested
from goleaklint.types.environment import Env
from goleaklint.types.infer import Inference
from goleaklint.types.members import Member
from goleaklint.types.types import Named, Pointer, Type

MAX_ALIASES = 3
"""How many local variables are followed back to what they were set from: `p := &s.pool` takes one."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A variable that functions share: of a package (`owner` is ""), or a field of the named type `owner`.

    Fields of a struct without a name are named through what holds it: `cache.items`.
    """

    package: str
    owner: str
    name: str

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}" if self.owner else self.name

    @property
    def word(self) -> str:
        """The last of the names: what every mention holds."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One place that names a shared variable.

    `expr` is the name (`x.f` of a field) and `around` the syntax around it, innermost first, up to the body of its
    function. `given` is the value where this is a declaration or the key of a struct literal. `code` is the function or
    literal; None at the top level of a file, whose expressions `types` knows.
    """

    expr: ast.Expr
    around: tuple[ast.Node, ...]
    types: Inference
    code: Code | None = None
    given: ast.Expr | None = None


def shared_of(code: Code, expr: ast.Expr, aliases: int = MAX_ALIASES) -> Shared | None:
    """The shared variable that an expression names, points at, is an element of, or is a local alias of."""
    match ast.unparen(expr):
        case ast.Ident() as ident:
            symbol = code.symbol(ident)
            if symbol is not None and symbol.is_variable and aliases:
                value = code.whole.value_of(symbol)
                return None if value is None else shared_of(code, value, aliases - 1)
            is_global = symbol is not None and symbol.kind is SymbolKind.GLOBAL
            return Shared(code.whole.scope.package.path, "", ident.name) if is_global else None
        case ast.Unary(op="&", x=x) | ast.Star(x=x) | ast.Index(x=x):
            return shared_of(code, x, aliases)
        case ast.Selector() as selector:
            return _selected(code, selector)
        case _:
            return None


def _selected(code: Code, selector: ast.Selector) -> Shared | None:
    if isinstance(selector.x, ast.Ident) and (path := code.types.env.import_path(selector.x)):
        return Shared(path, "", selector.name.name)
    member = code.types.member(selector)
    if not isinstance(member, Member) or member.is_method:
        return None
    if member.owner is not None:
        return Shared(member.owner.package, member.owner.name, member.name)
    outer = shared_of(code, selector.x)
    return Shared(outer.package, outer.owner, f"{outer.name}.{member.name}") if outer is not None else None


@dataclass(frozen=True, slots=True)
class _Found:
    """The key of what was found for one package: it goes when the functions, whose syntax it is, are let go."""

    home: PackageScope
    shared: Shared


def mentions(code: Code, shared: Shared) -> Iterable[Mention]:
    """Everywhere the variable is named: in the package of `code`, and, where its name begins with a capital letter, in
    all packages of the modules that hold the word. Looked up once for all functions of a package, one after the other:
    who asks may not want to know all."""
    functions, home = code.whole.functions, code.whole.scope.package
    key = _Found(home, shared)
    found = functions.cache.get(key)
    if not isinstance(found, AsFound):
        found = functions.cache[key] = AsFound(_everywhere(functions, home, shared))
    return found


def _everywhere(functions: Analysis, home: PackageScope, shared: Shared) -> Iterator[Mention]:
    yield from _in_package(functions, home, shared)
    if not shared.word[:1].isupper():
        return
    for path in functions.sources.packages():
        if path != home.path and any(
            _holds(functions, file, shared.word) for file in functions.sources.of_package(path)
        ):
            scope = functions.declared.program.package(path)
            yield from _in_package(functions, scope, shared) if scope is not None else ()


def _holds(functions: Analysis, path: str, word: str) -> bool:
    text = functions.text(path)
    return text is not None and word.encode() in text.data


def _in_package(functions: Analysis, scope: PackageScope, shared: Shared) -> Iterator[Mention]:
    for function in functions_with(functions, scope, shared.word):
        for code in function.all_code():
            yield from mentions_in(code, shared)
    yield from _at_top_level(functions, scope, shared)


def mentions_in(code: Code, shared: Shared) -> Iterator[Mention]:
    """Where one function or literal names the variable, the literals in it left out."""
    word = shared.word
    for expr, around in walk(code.block.stmts):
        if isinstance(expr, ast.Ident | ast.Selector):
            last = expr.name.name if isinstance(expr, ast.Selector) else expr.name
            if last == word and shared_of(code, expr, aliases=0) == shared:
                yield Mention(expr, around, code.types, code)
        elif isinstance(expr, ast.CompositeLit):
            for given in _given(expr, code.types, shared):
                yield Mention(given, (expr, *around), code.types, code, given)


def _given(literal: ast.CompositeLit, types: Inference, shared: Shared) -> Iterator[ast.Expr]:
    """What a struct literal sets the field to."""
    if not shared.owner or not is_named(types.type_of(literal), shared.package, shared.owner):
        return
    for element in literal.elements:
        if isinstance(element, ast.KeyValue) and isinstance(element.key, ast.Ident) and element.key.name == shared.name:
            yield element.value
        elif not isinstance(element, ast.KeyValue):
            yield element  # by position: which one is not asked, since nobody sets only one of them this way


def is_named(kind: Type, package: str, name: str) -> bool:
    """Reports whether a type is that named type, or a pointer to it."""
    kind = kind.elem if isinstance(kind, Pointer) else kind
    return isinstance(kind, Named) and (kind.package, kind.name) == (package, name)


# --- where to look


def functions_with(functions: Analysis, scope: PackageScope, word: str) -> Iterator[DeclaredFunction]:
    """The functions of a package whose bodies hold the word, and the literals in its variables that do."""
    pattern = re.compile(rb"\b%s\b" % re.escape(word.encode()))
    yield from functions.in_package(scope, pattern)
    paths = {decl.file.source.path for decls in scope.decls.values() for decl in decls}
    for path in sorted(paths):
        text = functions.text(path) if path else None
        places = [] if text is None else [match.start() for match in pattern.finditer(text.data)]
        if places:
            yield from _literals_of(functions, scope, path, places)


def _literals_of(functions: Analysis, scope: PackageScope, path: str, places: list[int]) -> Iterator[DeclaredFunction]:
    text = functions.text(path)
    source = next((each for each in scope.all_sources() if each.path == path), None)
    if text is None or source is None:
        return
    file_scope = functions.declared.program.file_scope(scope, source)
    for function in global_literals(PackageFile(text, source.syntax)):
        if is_within(places, function.decl.start, function.decl.end):
            yield functions.enter(function, file_scope)


def _at_top_level(functions: Analysis, scope: PackageScope, shared: Shared) -> Iterator[Mention]:
    """The declaration of the variable itself, and the values of others that set or name it."""
    for decls in list(scope.decls.values()):
        for decl in decls:
            spec = decl.node
            if not isinstance(spec, ast.ValueSpec) or spec.const or decl.position:
                continue
            types = Inference(functions.declared.as_seen_from(decl.file), Env(decl.file))
            if scope.path == shared.package and not shared.owner:
                for name, value in zip(spec.names, spec.values, strict=False):
                    if name.name == shared.name:
                        yield Mention(name, (spec,), types, None, value)
            for value in spec.values:
                for expr in expressions(value):
                    if isinstance(expr, ast.CompositeLit):
                        yield from (
                            Mention(each, (expr, spec), types, None, each) for each in _given(expr, types, shared)
                        )
                    elif isinstance(expr, ast.Ident) and not shared.owner and expr.name == shared.name:
                        yield Mention(expr, (spec,), types, None)


def walk(stmts: tuple[ast.Stmt, ...]) -> Iterator[tuple[ast.Expr, tuple[ast.Node, ...]]]:
    """Every expression in the statements with the syntax around it, innermost first; literals are not entered."""
    pending: list[tuple[ast.Stmt, tuple[ast.Node, ...]]] = [(stmt, ()) for stmt in reversed(stmts)]
    while pending:
        stmt, around = pending.pop()
        here = (stmt, *around)
        for expr in direct_expressions(stmt):
            yield from _below(expr, here)
        pending += [(inner, here) for inner in reversed(nested(stmt))]


def _below(expr: ast.Expr, around: tuple[ast.Node, ...]) -> Iterator[tuple[ast.Expr, tuple[ast.Node, ...]]]:
    pending = [(expr, around)]
    while pending:
        each = pending.pop()
        yield each
        below = children(each[0])
        if below:
            here = (each[0], *each[1])
            pending += [(child, here) for child in reversed(below)]
