"""A function in; for each name in it, the thing it refers to out. Scopes are Go's: block, clause, function, package."""

from collections.abc import Iterable, Mapping

from goleaklint.index.literals import implied_types, keys_are_values, underlying
from goleaklint.index.package import Function, Package
from goleaklint.index.symbols import UNIVERSE, Symbol, SymbolKind
from goleaklint.syntax import ast
from goleaklint.syntax.walk import children, stmt_exprs

Scope = dict[str, Symbol]


class Names:
    """The uses of a function. Names that are not resolved here (fields, labels, keys of struct literals) are absent."""

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
    known = function.file.imports() if imports is None else imports
    file_scope = {name: Symbol(SymbolKind.IMPORT, name, path=path) for name, path in known.items()}
    resolver = _Resolver([UNIVERSE, dict(declared), file_scope])
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
    """Walks a function in the order of its text, keeping the scopes that are open."""

    def __init__(self, scopes: list[Scope]) -> None:
        self.names = Names()
        self._scopes = scopes
        self._depth = -1

    def push(self) -> None:
        self._scopes.append({})

    def pop(self) -> None:
        self._scopes.pop()

    def declare(self, ident: ast.Ident, kind: SymbolKind, node: ast.Node, within: ast.TypeSwitch | None = None) -> None:
        symbol = Symbol(kind, ident.name, ident.start, self._depth, "", node, within)
        self.names.record(ident, symbol)
        if ident.name != "_":
            self._scopes[-1][ident.name] = symbol

    def declare_type_params(self, idents: Iterable[ast.Ident], node: ast.Node) -> None:
        for ident in idents:
            self.declare(ident, SymbolKind.TYPE, node)

    def use(self, ident: ast.Ident) -> None:
        symbol = self._find(ident)
        if symbol is not None:
            self.names.record(ident, symbol)

    def _find(self, ident: ast.Ident) -> Symbol | None:
        return next((scope[ident.name] for scope in reversed(self._scopes) if ident.name in scope), None)

    def _type_spec(self, ident: ast.Ident) -> ast.TypeSpec | None:
        symbol = self._find(ident)
        return symbol.node if symbol is not None and isinstance(symbol.node, ast.TypeSpec) else None

    def function(self, receiver: ast.Field | None, kind: ast.FuncType, body: ast.Block) -> None:
        """Parameters, results and body of a function or function literal, in a scope of their own."""
        self.push()
        self._depth += 1
        for field in kind.type_params:
            self.declare_type_params(field.names, field)
        for field in (*kind.type_params, *((receiver,) if receiver else ()), *kind.params, *kind.results):
            self.expr(field.type)
        for field in (*((receiver,) if receiver else ()), *kind.params):
            for name in field.names:
                self.declare(name, SymbolKind.PARAM, field)
        for field in kind.results:
            for name in field.names:
                self.declare(name, SymbolKind.RESULT, field)
        self.stmts(body.stmts)
        self._depth -= 1
        self.pop()

    def exprs(self, exprs: Iterable[ast.Expr]) -> None:
        for expr in exprs:
            self.expr(expr)

    def expr(self, expr: ast.Expr | None) -> None:
        match expr:
            case None | ast.Bad() | ast.BasicLit():
                pass
            case ast.Ident():
                self.use(expr)
            case ast.Selector(x=x):
                self.expr(x)
            case ast.FuncLit(type=kind, body=body):
                self.function(None, kind, body)
            case ast.CompositeLit():
                self._composite(expr)
            case ast.FuncType(params=params, results=results):
                self.exprs(field.type for field in (*params, *results))
            case ast.StructType(fields=fields):
                self.exprs(field.type for field in fields)
            case ast.InterfaceType(methods=methods, embeds=embeds):
                self.exprs(method.type for method in methods)
                self.exprs(embeds)
            case _:
                self.exprs(children(expr))

    def _composite(self, literal: ast.CompositeLit, implied: ast.Expr | None = None) -> None:
        """Names of fields stay open; other keys are expressions. `implied` is the type of a literal that has none."""
        self.expr(literal.type)
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
            self._composite(expr, implied)
        else:
            self.expr(expr)

    def stmts(self, stmts: Iterable[ast.Stmt]) -> None:
        for stmt in stmts:
            self.stmt(stmt)

    def block(self, stmts: Iterable[ast.Stmt]) -> None:
        self.push()
        self.stmts(stmts)
        self.pop()

    def stmt(self, stmt: ast.Stmt | None) -> None:
        match stmt:
            case ast.Block(stmts=stmts):
                self.block(stmts)
            case ast.Assign():
                self._assign(stmt, stmt.left, stmt.op, stmt.right)
            case ast.DeclStmt(specs=specs):
                for spec in specs:
                    self._spec(spec)
            case ast.If(init=init, cond=cond, then=then, orelse=orelse):
                self.push()
                self.stmt(init)
                self.expr(cond)
                self.stmt(then)
                self.stmt(orelse)
                self.pop()
            case ast.For(init=init, cond=cond, post=post, body=body):
                self.push()
                self.stmt(init)
                self.expr(cond)
                self.stmt(post)
                self.stmt(body)
                self.pop()
            case ast.Range(left=left, op=op, x=x, body=body):
                self.expr(x)
                self.push()
                self._assign(stmt, left, op, ())
                self.stmt(body)
                self.pop()
            case ast.Switch() | ast.TypeSwitch():
                self._switch(stmt)
            case ast.Select(clauses=clauses):
                for clause in clauses:
                    self.push()
                    self.stmt(clause.comm)
                    self.stmts(clause.body)
                    self.pop()
            case ast.Labeled(stmt=inner):
                self.stmt(inner)
            case ast.ExprStmt() | ast.Send() | ast.IncDec() | ast.Go() | ast.Defer() | ast.Return():
                self.exprs(stmt_exprs(stmt))
            case _:
                pass

    def _assign(
        self, stmt: ast.Assign | ast.Range, left: tuple[ast.Expr, ...], op: str, right: tuple[ast.Expr, ...]
    ) -> None:
        self.exprs(right)
        for target in left:
            if op == ":=" and isinstance(target, ast.Ident):
                if target.name != "_" and target.name in self._scopes[-1]:
                    self.use(target)
                else:
                    self.declare(target, SymbolKind.LOCAL, stmt)
            else:
                self.expr(target)

    def _spec(self, spec: ast.ValueSpec | ast.TypeSpec) -> None:
        if isinstance(spec, ast.TypeSpec):
            self.declare(spec.name, SymbolKind.TYPE, spec)
            self.push()
            for field in spec.type_params:
                self.declare_type_params(field.names, field)
                self.expr(field.type)
            self.expr(spec.type)
            self.pop()
            return
        self.expr(spec.type)
        self.exprs(spec.values)
        for name in spec.names:
            self.declare(name, SymbolKind.CONST if spec.const else SymbolKind.LOCAL, spec)

    def _switch(self, stmt: ast.Switch | ast.TypeSwitch) -> None:
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
