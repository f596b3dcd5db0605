"""Declarations in, their types out: what a type expression means, what is under a name, what a function's type is."""

from collections.abc import Callable, Mapping
from typing import Any

from goleaklint.files.constraints import Expression
from goleaklint.index.program import Decl, FileScope, PackageScope, Program, is_usual
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.types.constants import int_value
from goleaklint.types.constraints import common, terms
from goleaklint.types.environment import Env
from goleaklint.types.generics import substitute
from goleaklint.types.lookups import Lookups
from goleaklint.types.member import Member
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


class Declared:
    """The types of declarations, worked out when asked for and then kept.

    Of what several builds declare differently, `build` chooses: the constraint of the file that asks, where that is not
    part of the usual build. `values` are the types of package-level variables and constants, which whoever types
    expressions fills in; `members` are fields and methods by type and name, filled in by who looks for them.
    """

    def __init__(self, program: Program, build: Expression | None = None) -> None:
        self.program = program
        self.build = build
        self._others: dict[Expression, Declared] = {}
        self._apart: Declared | None = None  # the last one only: files come package by package
        self._underlying: dict[Named, Type] = {}
        self._params: dict[Decl, tuple[TypeParam, ...]] = {}
        self._constraints: dict[TypeParam, Type] = {}
        self._local: dict[Named, tuple[ast.TypeSpec, Env]] = {}
        self._local_names: dict[ast.TypeSpec, Named] = {}
        self._signatures: dict[Decl, Func] = {}
        self._aliases: dict[ast.TypeSpec, Type] = {}
        self._named: dict[tuple[str, str], Named] = {}
        self._imported: dict[tuple[str, str], Named] = {}
        self.lookups = Lookups(program)
        self.values: dict[Decl, Type] = {}
        self.members: dict[tuple[Type, str], Member | Unknown | None] = {}

    def as_seen_from(self, file: FileScope) -> "Declared":
        """The declarations that a file sees: not the usual ones if it is a test, or only part of other builds."""
        if file.program is not self.program:
            if self._apart is None or self._apart.program is not file.program:
                self._apart = Declared(file.program)
            return self._apart.as_seen_from(file)
        constraint = file.source.constraint
        if constraint is None or is_usual(constraint):
            return self
        if constraint not in self._others:
            self._others[constraint] = Declared(self.program, constraint)
        return self._others[constraint]

    # --- type expressions

    def resolve(self, expr: ast.Expr, env: Env) -> Type:
        """The type that a type expression stands for."""
        read = _READERS.get(type(expr))
        return Unknown("not a type expression") if read is None else read(self, expr, env)

    def _selector(self, expr: ast.Selector, env: Env) -> Type:
        if not isinstance(expr.x, ast.Ident):
            return Unknown("not a type expression")
        path, name = env.import_path(expr.x), expr.name.name
        return self.imported(path, name) if path else Unknown(f"{expr.x.name}.{name} is no type")

    def _struct(self, expr: ast.StructType, env: Env) -> Type:
        return Struct(tuple(each for part in expr.fields for each in self._fields(part, env)))

    def _interface(self, expr: ast.InterfaceType, env: Env) -> Type:
        own = [(method.name.name, self.signature(method.type, env)) for method in expr.methods]
        return Interface(tuple(sorted(own, key=_name)), tuple(self.resolve(each, env) for each in expr.embeds))

    def _index(self, expr: ast.Index, env: Env) -> Type:
        return self._instantiated(expr.x, tuple(self.resolve(each, env) for each in expr.indices), env)

    def _tilde(self, expr: ast.Unary, env: Env) -> Type:
        return Union((self._term(expr, env),)) if expr.op == "~" else Unknown("not a type expression")

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
        decl = self.lookups.plain(ident.name, env.file)
        if decl is not None:
            return self.declared_type(decl)
        return PREDECLARED.get(ident.name) or Unknown(f"nothing declares {ident.name}")

    def _local_type(self, symbol: Symbol, spec: ast.TypeSpec, env: Env) -> Type:
        if spec.alias:
            return self._aliased(spec, env)
        if spec not in self._local_names:
            named = Named(env.file.package.path, symbol.name, (), len(self._local_names) + 1)
            self._local_names[spec] = named
            self._local[named] = spec, env
        return self._local_names[spec]

    def imported(self, path: str, name: str) -> Type:
        """The type `name` of another package; without its source, the type is known by name alone."""
        if path == "unsafe":
            return Basic("unsafe.Pointer") if name == "Pointer" else Unknown(f"unsafe.{name}")
        known = self._imported.get((path, name))
        if known is not None:
            return known
        package = self.program.package(path)
        if package is None:
            return self._interned(path, name)
        decl = package.lookup(name, self.build)
        if decl is None:
            return Unknown("package C") if path == "C" else self._interned(path, name)
        found = self.declared_type(decl)
        if isinstance(found, Named):  # an alias that is being worked out is none yet
            self._imported[path, name] = found
        return found

    def _interned(self, path: str, name: str) -> Named:
        """The same object for the same type: its hash is worked out once."""
        known = self._named.get((path, name))
        if known is None:
            known = self._named[path, name] = Named(path, name)
        return known

    def declared_type(self, decl: Decl) -> Type:
        """The type that a type declaration gives a name to."""
        if not isinstance(decl.node, ast.TypeSpec):
            return Unknown(f"{decl.name} is no type")
        if not decl.node.alias:
            return self._interned(decl.file.package.path, decl.name)
        params = self.type_params(decl) if decl.node.type_params else ()
        return self._aliased(decl.node, Env(decl.file, {param.name: param for param in params}))

    def _aliased(self, spec: ast.TypeSpec, env: Env) -> Type:
        if spec not in self._aliases:
            self._aliases[spec] = Unknown("aliases in a cycle")
            self._aliases[spec] = self.resolve(spec.type, env)
        return self._aliases[spec]

    def _instantiated(self, generic: ast.Expr, args: tuple[Type, ...], env: Env) -> Type:
        """A generic type, or alias, with its arguments."""
        kind = self.resolve(generic, env)
        if isinstance(kind, Named) and not kind.args:
            return Named(kind.package, kind.name, args, kind.local)
        decl = self._named_decl(generic, env)
        if isinstance(kind, Unknown) or decl is None:
            return kind
        return substitute(kind, dict(zip(self.type_params(decl), args, strict=False)))

    def _named_decl(self, name: ast.Expr, env: Env) -> Decl | None:
        """The declaration of a plain or qualified name at the top level of a package."""
        match ast.unparen(name):
            case ast.Ident() as ident if env.local(ident) is None:
                return env.decl(ident.name)
            case ast.Selector(x=ast.Ident() as qualifier, name=ast.Ident(name=inner)):
                return env.qualified(qualifier, inner)
            case _:
                return None

    # --- declarations

    def type_params(self, decl: Decl) -> tuple[TypeParam, ...]:
        """The type parameters of a generic type or function."""
        if decl not in self._params:
            node = decl.node
            fields = node.type_params if isinstance(node, ast.TypeSpec) else ()
            if isinstance(node, ast.FuncDecl):
                fields = node.type.type_params
            self._params[decl] = self.params_of(f"{decl.file.package.path}.{decl.name}", fields, Env(decl.file))
        return self._params[decl]

    def params_of(self, owner: str, fields: tuple[ast.Field, ...], env: Env) -> tuple[TypeParam, ...]:
        """Type parameters with their constraints, which can mention them in turn."""
        names = [(name.name, part.type) for part in fields for name in part.names]
        if not names:
            return ()
        params = tuple(TypeParam(owner, number, name) for number, (name, _) in enumerate(names))
        inner = Env(env.file, {**env.type_params, **{param.name: param for param in params}}, env.names)
        for param, (_, constraint) in zip(params, names, strict=True):
            self._constraints[param] = self.resolve(constraint, inner)
        return params

    def constraint(self, param: TypeParam) -> Type | None:
        """The constraint of a type parameter, which can mention the others that are declared with it."""
        return param.constraint or self._constraints.get(param)

    def signature(self, kind: ast.FuncType, env: Env, owner: str = "") -> Func:
        """The type of a function with this signature."""
        params = self.params_of(owner, kind.type_params, env)
        if params:
            env = Env(env.file, {**env.type_params, **{param.name: param for param in params}}, env.names)
        given: list[Type] = []
        for part in kind.params:
            given += [self.param_type(part, env)] * (len(part.names) or 1)
        results: list[Type] = []
        for part in kind.results:
            results += [self.resolve(part.type, env)] * (len(part.names) or 1)
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
        if decl not in self._signatures:
            env = Env(decl.file, {param.name: param for param in self.receiver_params(decl)})
            self._signatures[decl] = self.signature(node.type, env, f"{decl.file.package.path}.{decl.name}")
        return self._signatures[decl]

    def receiver_params(self, decl: Decl) -> tuple[TypeParam, ...]:
        """The receiver's type parameters, under the names that this method gives them."""
        node = decl.node
        if not isinstance(node, ast.FuncDecl) or node.receiver is None:
            return ()
        kind: ast.Expr = node.receiver.type
        while isinstance(kind, ast.Star | ast.Paren):
            kind = kind.x
        if not isinstance(kind, ast.Index) or not isinstance(kind.x, ast.Ident):
            return ()
        own = decl.file.package.lookup(kind.x.name, decl.file.source.constraint)
        declared = self.type_params(own) if own is not None else ()
        names = [name.name if isinstance(name, ast.Ident) else "_" for name in kind.indices]
        params = tuple(TypeParam(each.owner, each.index, name) for each, name in zip(declared, names, strict=False))
        renaming = dict(zip(declared, params, strict=False))
        for old, new in renaming.items():
            if old != new and (constraint := self.constraint(old)) is not None:
                self._constraints[new] = substitute(constraint, renaming)
        return params

    # --- what is under a name

    def type_decl(self, named: Named) -> Decl | None:
        """The declaration of a named type of some package; None without source."""
        package = self.package_of(named)
        return package.lookup(named.name, self.build) if package is not None else None

    def package_of(self, named: Named) -> PackageScope | None:
        """The package that declares a type; None without source."""
        return self.program.package(named.package) if named.package else None

    def underlying(self, kind: Type) -> Type:
        """The type that a name stands for; every other type is its own underlying type."""
        if not isinstance(kind, Named):
            return kind
        found = self._underlying.get(kind)
        if found is None:
            self._underlying[kind] = Unknown(f"{kind.package} has a type in a cycle")
            found = self._underlying[kind] = self._find_underlying(kind)
        return found

    def _find_underlying(self, named: Named) -> Type:
        if named == ERROR:
            return Interface((("Error", Func((), (STRING,))),))
        if named == COMPARABLE:
            return ANY
        if named.args:
            generic = Named(named.package, named.name, (), named.local)
            arguments = dict(zip(self.params(generic), named.args, strict=False))
            return self.underlying(substitute(self.underlying(generic), arguments))
        if named in self._local:
            spec, env = self._local[named]
            inner = {**env.type_params, **{param.name: param for param in self.params(named)}}
            return self.underlying(self.resolve(spec.type, Env(env.file, inner, env.names)))
        decl = self.type_decl(named)
        if decl is None or not isinstance(decl.node, ast.TypeSpec):
            return Unknown(f"no source of {named.package}")
        params = self.type_params(decl)
        return self.underlying(self.resolve(decl.node.type, Env(decl.file, {param.name: param for param in params})))

    def params(self, named: Named) -> tuple[TypeParam, ...]:
        """The type parameters that a named type is declared with."""
        if named in self._local:
            spec, env = self._local[named]
            return self.params_of(f"{named.package}.{named.name}#{named.local}", spec.type_params, env)
        decl = self.type_decl(named)
        return self.type_params(decl) if decl is not None else ()

    def unknown(self, kind: Type, otherwise: str) -> Unknown:
        """Why nothing is known of what lies under a type: its own reason, else `otherwise`."""
        under = self.underlying(kind.elem if isinstance(kind, Pointer) else kind)
        return under if isinstance(under, Unknown) else Unknown(otherwise)

    def core(self, kind: Type) -> Type | None:
        """The one type that all types of a type parameter's constraint share underneath; for others the underlying."""
        if isinstance(kind, TypeParam):
            return common(set(self.possible(kind)))
        found = self.underlying(kind) if isinstance(kind, Named) else kind
        return None if isinstance(found, Unknown) else found

    def possible(self, param: TypeParam) -> tuple[Type, ...]:
        """What is under the types that a type parameter can stand for; empty where its constraint lists none."""
        constraint = self.constraint(param)
        listed = terms(constraint, self.underlying) if constraint is not None else None
        return tuple(self.underlying(kind) for _, kind in listed or ())


_READERS: Mapping[type, Callable[[Declared, Any, Env], Type]] = {
    ast.Paren: lambda declared, expr, env: declared.resolve(expr.x, env),
    ast.Ident: Declared._ident,
    ast.Selector: Declared._selector,
    ast.Star: lambda declared, expr, env: Pointer(declared.resolve(expr.x, env)),
    ast.SliceType: lambda declared, expr, env: Slice(declared.resolve(expr.elem, env)),
    ast.ArrayType: lambda declared, expr, env: Array(int_value(expr.length, env), declared.resolve(expr.elem, env)),
    ast.MapType: lambda declared, expr, env: Map(declared.resolve(expr.key, env), declared.resolve(expr.value, env)),
    ast.ChanType: lambda declared, expr, env: Chan(expr.direction, declared.resolve(expr.elem, env)),
    ast.FuncType: Declared.signature,
    ast.Index: Declared._index,
    ast.StructType: Declared._struct,
    ast.InterfaceType: Declared._interface,
    ast.Union: lambda declared, expr, env: Union(tuple(declared._term(term, env) for term in expr.terms)),
    ast.Unary: Declared._tilde,
}


def _name(method: tuple[str, Func]) -> str:
    return method[0]


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
