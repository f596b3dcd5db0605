"""Declarations in, their types out: what a type expression means, what is under a name, what a function's type is."""

from collections.abc import Mapping

from goleaklint.index.program import Decl, PackageScope, Program
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.types.constants import int_value
from goleaklint.types.environment import Env
from goleaklint.types.generics import substitute
from goleaklint.types.types import (
    ANY,
    BYTE,
    COMPARABLE,
    ERROR,
    RUNE,
    STRING,
    Array,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    StructField,
    Type,
    TypeParam,
    Union,
    Unknown,
)

_INTEGERS = "int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr"
_PLAIN = f"bool complex64 complex128 float32 float64 string {_INTEGERS}"
PREDECLARED: Mapping[str, Type] = {
    **{name: Basic(name) for name in _PLAIN.split()},
    "byte": BYTE,
    "rune": RUNE,
    "any": ANY,
    "error": ERROR,
    "comparable": COMPARABLE,
}

MAX_ALIASES = 100
"""How many aliases and embeddings may be followed in a row; more can only be a cycle."""


class Declared:
    """The types of declarations, worked out when asked for and then kept.

    `values` are the types of package-level variables and constants, which whoever types expressions fills in.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._underlying: dict[Named, Type] = {}
        self._params: dict[tuple[str, str, int], tuple[TypeParam, ...]] = {}
        self._local: dict[Named, tuple[ast.TypeSpec, Env]] = {}
        self._signatures: dict[tuple[int, str], Func] = {}
        self._aliases = 0
        self.values: dict[Decl, Type] = {}

    # --- type expressions

    def resolve(self, expr: ast.Expr, env: Env) -> Type:
        """The type that a type expression stands for."""
        match expr:
            case ast.Paren(x=x):
                return self.resolve(x, env)
            case ast.Ident():
                return self._ident(expr, env)
            case ast.Selector(x=ast.Ident() as qualifier, name=ast.Ident(name=name)):
                path = env.import_path(qualifier)
                return self.imported(path, name) if path else Unknown(f"{qualifier.name}.{name} is no type")
            case ast.Star(x=x):
                return Pointer(self.resolve(x, env))
            case ast.SliceType(elem=elem):
                return Slice(self.resolve(elem, env))
            case ast.ArrayType(length=length, elem=elem):
                return Array(int_value(length, env), self.resolve(elem, env))
            case ast.MapType(key=key, value=value):
                return Map(self.resolve(key, env), self.resolve(value, env))
            case ast.ChanType(direction=direction, elem=elem):
                return Chan(direction, self.resolve(elem, env))
            case ast.FuncType():
                return self.signature(expr, env)
            case ast.Index(x=x, indices=indices):
                return self.instantiate(self.resolve(x, env), tuple(self.resolve(each, env) for each in indices))
            case ast.StructType(fields=fields):
                return Struct(tuple(each for part in fields for each in self._fields(part, env)))
            case ast.InterfaceType(methods=methods, embeds=embeds):
                own = tuple((method.name.name, self.signature(method.type, env)) for method in methods)
                return Interface(own, tuple(self.resolve(each, env) for each in embeds))
            case ast.Union(terms=terms):
                return Union(tuple(self._term(term, env) for term in terms))
            case ast.Unary(op="~"):
                return Union((self._term(expr, env),))
            case _:
                return Unknown("not a type expression")

    def _term(self, expr: ast.Expr, env: Env) -> tuple[bool, Type]:
        if isinstance(expr, ast.Unary):
            return True, self.resolve(expr.x, env)
        return False, self.resolve(expr, env)

    def _fields(self, part: ast.Field, env: Env) -> list[StructField]:
        kind = self.resolve(part.type, env)
        if part.names:
            return [StructField(name.name, kind) for name in part.names]
        return [StructField(embedded_name(part.type), kind, embedded=True)]

    def _ident(self, ident: ast.Ident, env: Env) -> Type:
        symbol = env.local(ident)
        if symbol is not None:
            if isinstance(symbol.node, ast.TypeSpec):
                return self._local_type(symbol, symbol.node, env)
            return env.type_params.get(ident.name, Unknown(f"{ident.name} is no type"))
        if ident.name in env.type_params:
            return env.type_params[ident.name]
        decl = env.decl(ident.name)
        if decl is not None:
            return self.declared_type(decl)
        return PREDECLARED.get(ident.name) or Unknown(f"nothing declares {ident.name}")

    def _local_type(self, symbol: Symbol, spec: ast.TypeSpec, env: Env) -> Type:
        if spec.alias:
            return self.resolve(spec.type, env)
        named = Named(env.file.package.path, symbol.name, (), symbol.start)
        self._local.setdefault(named, (spec, env))
        return named

    def imported(self, path: str, name: str) -> Type:
        """The type `name` of another package; without its source, the type is known by name alone."""
        if path == "unsafe":
            return Basic("unsafe.Pointer") if name == "Pointer" else Unknown(f"unsafe.{name}")
        package = self.program.package(path)
        if package is None:
            return Named(path, name)
        decl = package.lookup(name)
        if decl is None:
            return Unknown("package C") if path == "C" else Named(path, name)
        return self.declared_type(decl)

    def declared_type(self, decl: Decl) -> Type:
        """The type that a type declaration gives a name to."""
        if not isinstance(decl.node, ast.TypeSpec):
            return Unknown(f"{decl.name} is no type")
        if not decl.node.alias:
            return Named(decl.file.package.path, decl.name)
        if self._aliases > MAX_ALIASES:
            return Unknown("aliases in a cycle")
        self._aliases += 1
        try:
            params = self.type_params(decl)
            return self.resolve(decl.node.type, Env(decl.file, {param.name: param for param in params}))
        finally:
            self._aliases -= 1

    def instantiate(self, kind: Type, args: tuple[Type, ...]) -> Type:
        """A generic type with its arguments."""
        if isinstance(kind, Named) and not kind.args:
            return Named(kind.package, kind.name, args, kind.local)
        return kind if isinstance(kind, Unknown) else Unknown("instantiation of an alias")

    # --- declarations

    def type_params(self, decl: Decl) -> tuple[TypeParam, ...]:
        """The type parameters of a generic type or function."""
        node = decl.node
        fields = node.type_params if isinstance(node, ast.TypeSpec) else ()
        if isinstance(node, ast.FuncDecl):
            fields = node.type.type_params
        return self.params_of(f"{decl.file.package.path}.{decl.name}", fields, Env(decl.file))

    def params_of(self, owner: str, fields: tuple[ast.Field, ...], env: Env) -> tuple[TypeParam, ...]:
        """Type parameters with their constraints, which can mention them in turn."""
        names = [(name.name, part.type) for part in fields for name in part.names]
        if not names:
            return ()
        bare = {name: TypeParam(owner, number, name) for number, (name, _) in enumerate(names)}
        inner = Env(env.file, {**env.type_params, **bare}, env.names)
        return tuple(
            TypeParam(owner, number, name, self.resolve(constraint, inner))
            for number, (name, constraint) in enumerate(names)
        )

    def signature(self, kind: ast.FuncType, env: Env, owner: str = "") -> Func:
        """The type of a function with this signature."""
        params = self.params_of(owner, kind.type_params, env)
        if params:
            env = Env(env.file, {**env.type_params, **{param.name: param for param in params}}, env.names)
        given = [each for part in kind.params for each in [self.param_type(part, env)] * max(1, len(part.names))]
        results = [each for part in kind.results for each in [self.resolve(part.type, env)] * max(1, len(part.names))]
        variadic = bool(kind.params) and kind.params[-1].variadic
        return Func(tuple(given), tuple(results), variadic, params)

    def param_type(self, part: ast.Field, env: Env) -> Type:
        """The type of a parameter inside the function: a slice for a variadic one."""
        kind = self.resolve(part.type, env)
        return Slice(kind) if part.variadic else kind

    def function(self, decl: Decl) -> Func:
        """The type of a declared function; of a method without its receiver, generic in its receiver's parameters."""
        node = decl.node
        if not isinstance(node, ast.FuncDecl):
            raise TypeError(f"{decl.name} is no function")
        key = (id(node), decl.file.package.path)
        if key not in self._signatures:
            env = Env(decl.file, self.receiver_params(decl))
            self._signatures[key] = self.signature(node.type, env, f"{decl.file.package.path}.{decl.name}")
        return self._signatures[key]

    def receiver_params(self, decl: Decl) -> dict[str, Type]:
        """The receiver's type parameters, under the names that this method gives them."""
        node = decl.node
        if not isinstance(node, ast.FuncDecl) or node.receiver is None:
            return {}
        kind: ast.Expr = node.receiver.type
        while isinstance(kind, ast.Star | ast.Paren):
            kind = kind.x
        if not isinstance(kind, ast.Index) or not isinstance(kind.x, ast.Ident):
            return {}
        own = decl.file.package.lookup(kind.x.name)
        declared = self.type_params(own) if own is not None else ()
        return {
            name.name: TypeParam(param.owner, param.index, name.name, param.constraint)
            for name, param in zip(kind.indices, declared, strict=False)
            if isinstance(name, ast.Ident)
        }

    # --- what is under a name

    def type_decl(self, named: Named) -> Decl | None:
        """The declaration of a named type of some package; None without source."""
        package = self.package_of(named)
        return package.lookup(named.name) if package is not None else None

    def package_of(self, named: Named) -> PackageScope | None:
        """The package that declares a type; None without source."""
        return self.program.package(named.package) if named.package else None

    def underlying(self, kind: Type) -> Type:
        """The type that a name stands for; every other type is its own underlying type."""
        if not isinstance(kind, Named):
            return kind
        if kind not in self._underlying:
            self._underlying[kind] = Unknown(f"{kind.package} has a type in a cycle")
            self._underlying[kind] = self._find_underlying(kind)
        return self._underlying[kind]

    def _find_underlying(self, named: Named) -> Type:
        if named == ERROR:
            return Interface((("Error", Func((), (STRING,))),))
        if named == COMPARABLE:
            return ANY
        if named in self._local:
            spec, env = self._local[named]
            return self.underlying(self.resolve(spec.type, env))
        if named.args:
            generic = Named(named.package, named.name, (), named.local)
            decl = self.type_decl(named)
            params = self.type_params(decl) if decl is not None else ()
            return substitute(self.underlying(generic), dict(zip(params, named.args, strict=False)))
        decl = self.type_decl(named)
        if decl is None or not isinstance(decl.node, ast.TypeSpec):
            return Unknown(f"no source of {named.package}")
        params = self.type_params(decl)
        return self.underlying(self.resolve(decl.node.type, Env(decl.file, {param.name: param for param in params})))

    def unknown(self, kind: Type, otherwise: str) -> Unknown:
        """Why nothing is known of what lies under a type: its own reason, else `otherwise`."""
        under = self.underlying(kind.elem if isinstance(kind, Pointer) else kind)
        return under if isinstance(under, Unknown) else Unknown(otherwise)

    def core(self, kind: Type) -> Type | None:
        """The one type that all types of a type parameter's constraint share underneath; for others the underlying."""
        if not isinstance(kind, TypeParam):
            found = self.underlying(kind)
            return None if isinstance(found, Unknown) else found
        constraint = self.underlying(kind.constraint) if kind.constraint is not None else None
        terms = list(self._terms(constraint)) if constraint is not None else []
        found_types = {self.underlying(term) for term in terms}
        return found_types.pop() if len(found_types) == 1 else None

    def _terms(self, kind: Type) -> list[Type]:
        match kind:
            case Interface(embeds=embeds):
                return [term for each in embeds for term in self._terms(self.underlying(each))]
            case Union(terms=terms):
                return [term for _, term in terms]
            case _:
                return []


def embedded_name(kind: ast.Expr) -> str:
    """The field name of an embedded type: `Reader` of `*io.Reader`."""
    while True:
        match kind:
            case ast.Star(x=x) | ast.Paren(x=x) | ast.Index(x=x):
                kind = x
            case ast.Selector(name=ast.Ident(name=name)) | ast.Ident(name=name):
                return name
            case _:
                return ""
