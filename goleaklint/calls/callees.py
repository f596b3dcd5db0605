"""One function and an expression in it in; whom a call means, and which function a value is, out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from goleaklint.calls.declarations import Declarations, parameter_of
from goleaklint.calls.interfaces import Implementers
from goleaklint.calls.nodes import External, FunctionId, Resolution
from goleaklint.calls.values import FieldOf, Global, Local, Other, Parameter, ResultOf, Value
from goleaklint.files.constraints import Expression
from goleaklint.index.program import Decl, FileScope
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.syntax import ast
from goleaklint.types.declared import Declared
from goleaklint.types.infer import Inference
from goleaklint.types.members import Member, find_member
from goleaklint.types.types import Interface, Named, Type


class Callee(msgspec.Struct, frozen=True):
    """Whom a call means: functions of the graph, one outside it, or whatever a value is.

    `method` is the bare name where the call goes through an interface. `skipped` counts the arguments that are no
    parameters: the receiver of a method expression.
    """

    functions: tuple[FunctionId, ...] = ()
    resolution: Resolution = Resolution.STATIC
    external: External | None = None
    value: Value | None = None
    method: str = ""
    skipped: int = 0


UNRESOLVED = Callee(value=Other.UNKNOWN)


class Known:
    """What holds for all functions of a graph."""

    def __init__(self, declared: Declared, declarations: Declarations) -> None:
        self.declared = declared
        self.declarations = declarations
        self.implementers = Implementers(declared, declarations.scopes.values())
        self._callees: dict[tuple[Type, str, Expression | None], Callee | None] = {}
        self._externals: dict[tuple[str, str], Callee] = {}

    def selected(self, kind: Type, name: str, file: FileScope) -> Callee | None:
        """Whom a call of the member `name` of a value of this type means, in this file; None if that is not known."""
        key = kind, name, file.source.constraint  # builds can differ in what a name is
        if key not in self._callees:
            member = find_member(self.declared, kind, name)
            self._callees[key] = self._member(kind, member, file) if isinstance(member, Member) else None
        return self._callees[key]

    def external(self, package: str, name: str) -> Callee:
        """A function outside the graph."""
        key = package, name
        found = self._externals.get(key)
        if found is None:
            found = self._externals[key] = Callee(external=External(package, name))
        return found

    def _member(self, kind: Type, member: Member, file: FileScope) -> Callee:
        owner, scopes = member.owner, self.declarations.scopes
        if not member.is_method:
            known = owner is not None and owner.package in scopes and not owner.local
            return Callee(value=FieldOf(owner.package, owner.name, member.name)) if owner and known else UNRESOLVED
        found, resolution, method = self._methods(kind, member, file)
        if found:
            return Callee(found, resolution, method=method)
        if owner is None or (member.in_interface and owner.package in scopes):
            return Callee(value=Other.UNKNOWN, method=method)
        receiver = f"(*{owner.name})" if member.pointer else owner.name
        return Callee(external=External(owner.package, f"{receiver}.{member.name}"), method=method)

    def _methods(self, kind: Type, member: Member, file: FileScope) -> tuple[tuple[FunctionId, ...], Resolution, str]:
        """The functions that a method is, how that is known, and its name where an interface hides it."""
        if not member.in_interface:
            found = self.declarations.alternatives(member.decl, file) if member.decl is not None else ()
            return found, Resolution.METHOD, ""
        # The receiver's own interface tells more than the one of those it embeds that declares the method.
        own = isinstance(kind, Named) and isinstance(self.declared.underlying(kind), Interface)
        interface = kind if own else member.owner
        decls = self.implementers.methods(interface, member.name) if isinstance(interface, Named) else None
        groups = (self.declarations.alternatives(decl, file) for decl in decls or ())
        return tuple(dict.fromkeys(each for group in groups for each in group)), Resolution.INTERFACE, member.name


@dataclass(frozen=True, slots=True)
class Names:
    """The expressions of one function, or of a file's package variables, and the functions among them.

    `literals` are the function literals and `signatures` the types of the function and of each literal.
    """

    known: Known
    types: Inference
    literals: Mapping[ast.FuncLit, FunctionId] = field(default_factory=dict)
    signatures: Mapping[FunctionId, ast.FuncType] = field(default_factory=dict)

    def callee(self, call: ast.Call) -> Callee | None:
        """Whom a call means; None for conversions and builtins, which call nobody."""
        return self._callee(ast.unparen(call.fun))

    def _callee(self, fun: ast.Expr) -> Callee | None:
        if isinstance(fun, ast.Selector):
            return self.selected(fun)
        if isinstance(fun, ast.Ident):
            return self.named(fun)
        if isinstance(fun, ast.FuncLit):
            return Callee((self.literals[fun],)) if fun in self.literals else UNRESOLVED
        if isinstance(fun, ast.Call | ast.TypeAssert):
            return Callee(value=self.value(fun))
        if self.types.is_type(fun):
            return None
        return self._instance(ast.unparen(fun.x)) if isinstance(fun, ast.Index) else UNRESOLVED

    def named(self, ident: ast.Ident) -> Callee | None:
        """Whom a call of a plain name means."""
        env = self.types.env
        symbol = env.local(ident)
        if symbol is not None:
            return Callee(value=Local(symbol)) if symbol.is_variable else None
        if ident.name in env.type_params:
            return None
        decl = self.types.declared.lookups.plain(ident.name, env.file)
        return self._declared(decl) if decl is not None else None

    def _declared(self, decl: Decl) -> Callee | None:
        """The call of a name of some package."""
        if decl.kind is SymbolKind.FUNC:
            found = self.known.declarations.alternatives(decl, self.types.env.file)
            return Callee(found) if found else self.known.external(decl.file.package.path, decl.name)
        if decl.kind is SymbolKind.GLOBAL:
            path = decl.file.package.path
            return Callee(value=Global(path, decl.name) if path in self.known.declarations.scopes else Other.UNKNOWN)
        return None

    def _instance(self, generic: ast.Expr) -> Callee:
        """The call of `f[T]`, or of an element of a slice or map."""
        callee = self._callee(generic) if isinstance(generic, ast.Ident | ast.Selector) else None
        return callee if callee is not None and callee.value is None else UNRESOLVED

    def selected(self, selector: ast.Selector) -> Callee | None:
        """Whom a call of `x.name` means."""
        types, x = self.types, selector.x
        if isinstance(x, ast.Ident) and (path := types.env.import_path(x)):
            decl = types.declared.lookups.qualified(path, selector.name.name, types.env.file)
            return self.known.external(path, selector.name.name) if decl is None else self._declared(decl)
        callee = self.known.selected(types.type_of(x), selector.name.name, types.env.file)
        if not self._is_type(x):
            return callee or self._nominal(selector)
        return replace(callee, skipped=1) if callee is not None and callee.value is None else callee

    def _nominal(self, selector: ast.Selector) -> Callee:
        """The call of a method of a type that is known by name alone."""
        nominal = self.types.nominal_method(selector)
        return Callee(external=External(*nominal)) if nominal is not None else UNRESOLVED

    def _is_type(self, x: ast.Expr) -> bool:
        """Reports whether `x.m` is a method expression: `T.m`, `p.T.m`, `(*T).m`, `T[A].m`."""
        if isinstance(x, ast.Ident):
            symbol = self.types.env.local(x)
            return symbol.kind is SymbolKind.TYPE if symbol is not None else self.types.is_type(x)
        return isinstance(x, ast.Selector | ast.Paren | ast.Index) and self.types.is_type(x)

    # --- values

    def value(self, expr: ast.Expr) -> Value:
        """Which function an expression is, as far as it can be said without knowing what variables hold."""
        match ast.unparen(expr):
            case ast.FuncLit() as literal:
                return self.literals.get(literal, Other.UNKNOWN)
            case ast.Ident(name="nil"):
                return Other.NIL
            case ast.Ident() | ast.Selector() | ast.Index() as named:
                return _as_value(self._callee(named))
            case ast.Call() as call:
                return self._returned(call)
            case _:
                return Other.UNKNOWN

    def result(self, call: ast.Expr, position: int) -> Value:
        """The result number `position` of a call that gives several."""
        call = ast.unparen(call)
        return self._returned(call, position) if isinstance(call, ast.Call) else Other.UNKNOWN

    def _returned(self, call: ast.Call, position: int = 0) -> Value:
        callee = self.callee(call)
        if callee is None:
            converted = len(call.args) == 1 and self.types.is_type(ast.unparen(call.fun))
            return self.value(call.args[0]) if converted else Other.UNKNOWN
        return ResultOf(callee.functions[0], position) if len(callee.functions) == 1 else Other.UNKNOWN

    def parameter(self, symbol: Symbol) -> Parameter | None:
        """The parameter of the function, or of one of its literals, that a symbol is."""
        if symbol.kind is SymbolKind.PARAM:
            for function, kind in self.signatures.items():
                position = parameter_of(kind, symbol.node, symbol.name)
                if position is not None:
                    return Parameter(function, position)
        return None


def _as_value(callee: Callee | None) -> Value:
    """The function that a name stands for where it is not called."""
    if callee is None:
        return Other.UNKNOWN
    if callee.value is not None:
        return callee.value
    return callee.functions[0] if len(callee.functions) == 1 else Other.UNKNOWN
