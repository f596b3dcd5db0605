"""A function in; for each name in it, the thing it refers to out. Scopes are Go's: block, clause, function, package."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from goleaklint.index.literals import implied_types, keys_are_values, underlying
from goleaklint.index.package import Function, Package
from goleaklint.index.symbols import UNIVERSE, Symbol, SymbolKind
from goleaklint.syntax import ast

Scope: TypeAlias = dict[str, Symbol]


class Names:
    """The uses of a function. Names that are not resolved here (fields, labels, keys of struct literals) are absent."""

    __slots__ = ("_symbols",)

    def __init__(self) -> None:
        self._symbols: dict[int, Symbol] = {}

    def record(self, ident: ast.Ident, symbol: Symbol) -> None:
        self._symbols[ident.start] = symbol

    def symbol(self, ident: ast.Ident) -> Symbol | None:
        """What the name at this place refers to; also for the names that declare something."""
        return self._symbols.get(ident.start)

    def items(self) -> Iterable[tuple[int, Symbol]]:
        """Every resolved name: the byte offset of its use or declaration, and what it refers to."""
        return self._symbols.items()


def package_scope(package: Package) -> Scope:
    """What the package declares at its top level."""
    scope: Scope = {}
    for name, spec in package.declared():
        kind = SymbolKind.FUNC
        if isinstance(spec, ast.TypeSpec):
            kind = SymbolKind.TYPE
        elif isinstance(spec, ast.ValueSpec):
            kind = SymbolKind.CONST if spec.const else SymbolKind.GLOBAL
        scope.setdefault(name, Symbol(kind, name, node=spec))
    return scope


def resolve(function: Function, declared: Mapping[str, Symbol], imports: Mapping[str, str] | None = None) -> Names:
    """The names of a function. `declared` is its package's scope; `imports` are its file's import paths by name."""
    resolver = _Resolver(declared, function.file.imports() if imports is None else imports)
    decl = function.decl
    resolver.push()
    if decl.receiver is not None:
        resolver.declare_type_params(_receiver_params(decl.receiver.type), decl.receiver)
    resolver.function(decl.receiver, decl.type, function.body.block)
    return resolver.names


def _receiver_params(kind: ast.Expr) -> Iterable[ast.Ident]:
    """`K` and `V` of the receiver `(m *Map[K, V])`."""
    while isinstance(kind, ast.Star | ast.Paren):
        kind = kind.x
    if isinstance(kind, ast.Index):
        yield from (index for index in kind.indices if isinstance(index, ast.Ident))


class _Resolver:
    """Walks a function in the order of its text.

    `_meanings` has what each name means at the place of the walk; what is not in it yet is no name of the function.
    Each open scope keeps what the names declared in it meant before.
    """

    def __init__(self, declared: Mapping[str, Symbol], imports: Mapping[str, str]) -> None:
        self.names = Names()
        self._record = self.names._symbols
        self._declared = declared
        self._imports = imports
        self._meanings: Scope = {}
        self._open: list[dict[str, Symbol | None]] = []
        self._depth = -1

    def push(self) -> None:
        self._open.append({})

    def pop(self) -> None:
        for name, before in self._open.pop().items():
            if before is None:
                del self._meanings[name]
            else:
                self._meanings[name] = before

    def declare(self, ident: ast.Ident, kind: SymbolKind, node: ast.Node, within: ast.TypeSwitch | None = None) -> None:
        name = ident.name
        symbol = self._record[ident.start] = Symbol(kind, name, ident.start, self._depth, "", node, within)
        if name != "_":
            scope = self._open[-1]
            if name not in scope:
                scope[name] = self._meanings.get(name)
            self._meanings[name] = symbol

    def declare_type_params(self, idents: Iterable[ast.Ident], node: ast.Node) -> None:
        for ident in idents:
            self.declare(ident, SymbolKind.TYPE, node)

    def _find(self, name: str) -> Symbol | None:
        symbol = self._meanings.get(name)
        return self._from_outside(name) if symbol is None else symbol

    def _from_outside(self, name: str) -> Symbol | None:
        """What a name means that the function does not declare here: an import, or a name of package or universe."""
        path = self._imports.get(name)
        if path is not None:
            symbol: Symbol | None = Symbol(SymbolKind.IMPORT, name, path=path)
        else:
            symbol = self._declared.get(name) or UNIVERSE.get(name)
        if symbol is not None:
            self._meanings[name] = symbol
        return symbol

    def _type_spec(self, ident: ast.Ident) -> ast.TypeSpec | None:
        symbol = self._find(ident.name)
        return symbol.node if symbol is not None and isinstance(symbol.node, ast.TypeSpec) else None

    def function(self, receiver: ast.Field | None, kind: ast.FuncType, body: ast.Block) -> None:
        """Parameters, results and body of a function or function literal, in a scope of their own."""
        self.push()
        self._depth += 1
        for field in kind.type_params:
            self.declare_type_params(field.names, field)
        params = kind.params if receiver is None else (receiver, *kind.params)
        for field in (*kind.type_params, *params, *kind.results):
            self.expr(field.type)
        for field in params:
            for name in field.names:
                self.declare(name, SymbolKind.PARAM, field)
        for field in kind.results:
            for name in field.names:
                self.declare(name, SymbolKind.RESULT, field)
        self.stmts(body.stmts)
        self._depth -= 1
        self.pop()

    # --- expressions

    def expr(self, expr: ast.Expr | None) -> None:
        """Look up the names in an expression; literals of basic types, and None, have none."""
        visit = _EXPRS.get(type(expr))
        if visit is not None:
            visit(self, expr)

    def exprs(self, exprs: Iterable[ast.Expr]) -> None:
        for expr in exprs:
            visit = _EXPRS.get(type(expr))
            if visit is not None:
                visit(self, expr)

    def use(self, ident: ast.Ident) -> None:
        symbol = self._meanings.get(ident.name) or self._from_outside(ident.name)
        if symbol is not None:
            self._record[ident.start] = symbol

    def selector(self, expr: ast.Selector) -> None:
        x = expr.x
        if type(x) is ast.Ident:
            self.use(x)
        else:
            self.expr(x)

    def operand(self, expr: ast.Paren | ast.Star | ast.Unary) -> None:
        self.expr(expr.x)

    def call(self, expr: ast.Call) -> None:
        self.expr(expr.fun)
        self.exprs(expr.args)

    def binary(self, expr: ast.Binary) -> None:
        self.expr(expr.x)
        self.expr(expr.y)

    def index(self, expr: ast.Index) -> None:
        self.expr(expr.x)
        self.exprs(expr.indices)

    def slice(self, expr: ast.Slice) -> None:
        for part in (expr.x, expr.low, expr.high, expr.max):
            self.expr(part)

    def assertion(self, expr: ast.TypeAssert) -> None:
        self.expr(expr.x)
        self.expr(expr.type)

    def pair(self, expr: ast.KeyValue | ast.MapType) -> None:
        self.expr(expr.key)
        self.expr(expr.value)

    def array(self, expr: ast.ArrayType) -> None:
        self.expr(expr.length)
        self.expr(expr.elem)

    def elem(self, expr: ast.SliceType | ast.ChanType) -> None:
        self.expr(expr.elem)

    def func_type(self, expr: ast.FuncType) -> None:
        self.exprs(field.type for field in (*expr.params, *expr.results))

    def interface(self, expr: ast.InterfaceType) -> None:
        self.exprs(method.type for method in expr.methods)
        self.exprs(expr.embeds)

    def composite(self, literal: ast.CompositeLit, implied: ast.Expr | None = None) -> None:
        """Names of fields stay open; other keys are expressions. `implied` is the type of a literal that has none."""
        self.expr(literal.type)
        if not literal.elements:
            return
        kind = underlying(literal.type or implied, self._type_spec)
        key_type, value_type = implied_types(kind)
        with_keys = keys_are_values(literal, kind)
        for element in literal.elements:
            if not isinstance(element, ast.KeyValue):
                self._element(element, value_type)
                continue
            if with_keys or not isinstance(element.key, ast.Ident):
                self._element(element.key, key_type)
            self._element(element.value, value_type)

    def _element(self, expr: ast.Expr, implied: ast.Expr | None) -> None:
        if isinstance(expr, ast.CompositeLit) and expr.type is None:
            self.composite(expr, implied)
        else:
            self.expr(expr)

    # --- statements

    def stmts(self, stmts: Iterable[ast.Stmt]) -> None:
        for stmt in stmts:
            visit = _STMTS.get(type(stmt))
            if visit is not None:
                visit(self, stmt)

    def stmt(self, stmt: ast.Stmt | None) -> None:
        visit = _STMTS.get(type(stmt))
        if visit is not None:
            visit(self, stmt)

    def block(self, block: ast.Block) -> None:
        self.push()
        self.stmts(block.stmts)
        self.pop()

    def assign(self, stmt: ast.Assign) -> None:
        self.exprs(stmt.right)
        self._targets(stmt, stmt.left, stmt.op)

    def _targets(self, stmt: ast.Assign | ast.Range, left: tuple[ast.Expr, ...], op: str) -> None:
        if op != ":=":
            self.exprs(left)
            return
        for target in left:
            if not isinstance(target, ast.Ident):
                self.expr(target)
            elif target.name in self._open[-1]:
                self.use(target)
            else:
                self.declare(target, SymbolKind.LOCAL, stmt)

    def send(self, stmt: ast.Send) -> None:
        self.expr(stmt.chan)
        self.expr(stmt.value)

    def if_(self, stmt: ast.If) -> None:
        self.push()
        self.stmt(stmt.init)
        self.expr(stmt.cond)
        self.block(stmt.then)
        self.stmt(stmt.orelse)
        self.pop()

    def for_(self, stmt: ast.For) -> None:
        self.push()
        self.stmt(stmt.init)
        self.expr(stmt.cond)
        self.stmt(stmt.post)
        self.block(stmt.body)
        self.pop()

    def range(self, stmt: ast.Range) -> None:
        self.expr(stmt.x)
        self.push()
        self._targets(stmt, stmt.left, stmt.op)
        self.block(stmt.body)
        self.pop()

    def select(self, stmt: ast.Select) -> None:
        for clause in stmt.clauses:
            self.push()
            self.stmt(clause.comm)
            self.stmts(clause.body)
            self.pop()

    def switch(self, stmt: ast.Switch | ast.TypeSwitch) -> None:
        self.push()
        self.stmt(stmt.init)
        self.expr(stmt.tag if isinstance(stmt, ast.Switch) else stmt.x)
        for clause in stmt.clauses:
            self.exprs(clause.values or ())
            self.push()
            if isinstance(stmt, ast.TypeSwitch) and stmt.bind is not None:
                self.declare(stmt.bind, SymbolKind.LOCAL, clause, stmt)
            self.stmts(clause.body)
            self.pop()
        self.pop()

    def declaration(self, stmt: ast.DeclStmt) -> None:
        for spec in stmt.specs:
            if isinstance(spec, ast.TypeSpec):
                self._type(spec)
                continue
            self.expr(spec.type)
            self.exprs(spec.values)
            for name in spec.names:
                self.declare(name, SymbolKind.CONST if spec.const else SymbolKind.LOCAL, spec)

    def _type(self, spec: ast.TypeSpec) -> None:
        self.declare(spec.name, SymbolKind.TYPE, spec)
        self.push()
        for field in spec.type_params:
            self.declare_type_params(field.names, field)
            self.expr(field.type)
        self.expr(spec.type)
        self.pop()


# A dict from the class to the method costs a third of what `match` does, which counts over half a million nodes.
_EXPRS: Mapping[type, Callable[[_Resolver, Any], None]] = {
    ast.Ident: _Resolver.use,
    ast.Selector: _Resolver.selector,
    ast.Call: _Resolver.call,
    **dict.fromkeys((ast.Paren, ast.Star, ast.Unary), _Resolver.operand),
    ast.Binary: _Resolver.binary,
    ast.FuncLit: lambda resolver, expr: resolver.function(None, expr.type, expr.body),
    ast.CompositeLit: _Resolver.composite,
    ast.Index: _Resolver.index,
    ast.Slice: _Resolver.slice,
    ast.TypeAssert: _Resolver.assertion,
    **dict.fromkeys((ast.KeyValue, ast.MapType), _Resolver.pair),
    ast.ArrayType: _Resolver.array,
    **dict.fromkeys((ast.SliceType, ast.ChanType), _Resolver.elem),
    ast.FuncType: _Resolver.func_type,
    ast.StructType: lambda resolver, expr: resolver.exprs(field.type for field in expr.fields),
    ast.InterfaceType: _Resolver.interface,
    ast.Union: lambda resolver, expr: resolver.exprs(expr.terms),
}
_STMTS: Mapping[type, Callable[[_Resolver, Any], None]] = {
    ast.Block: _Resolver.block,
    ast.Assign: _Resolver.assign,
    **dict.fromkeys((ast.ExprStmt, ast.IncDec), _Resolver.operand),
    ast.Send: _Resolver.send,
    **dict.fromkeys((ast.Go, ast.Defer), lambda resolver, stmt: resolver.expr(stmt.call)),
    ast.Return: lambda resolver, stmt: resolver.exprs(stmt.results),
    ast.DeclStmt: _Resolver.declaration,
    ast.If: _Resolver.if_,
    ast.For: _Resolver.for_,
    ast.Range: _Resolver.range,
    **dict.fromkeys((ast.Switch, ast.TypeSwitch), _Resolver.switch),
    ast.Select: _Resolver.select,
    ast.Labeled: lambda resolver, stmt: resolver.stmt(stmt.stmt),
}
