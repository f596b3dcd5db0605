"""The expressions of one function in, their types out: worked out when asked for, each once."""

from collections.abc import Callable, Mapping
from typing import Any

from goleaklint.index.program import Decl
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.syntax import ast
from goleaklint.types import builtins
from goleaklint.types.arguments import infer, instantiate
from goleaklint.types.constancy import constancy
from goleaklint.types.constants import literal_length
from goleaklint.types.declared import PREDECLARED, Declared
from goleaklint.types.environment import Env
from goleaklint.types.indexing import indexed, sliced
from goleaklint.types.literals import element_type
from goleaklint.types.members import Member, find_member, method_expression
from goleaklint.types.shapes import DeclaredShapes
from goleaklint.types.types import (
    UNTYPED_BOOL,
    UNTYPED_COMPLEX,
    UNTYPED_FLOAT,
    UNTYPED_INT,
    UNTYPED_RUNE,
    UNTYPED_STRING,
    Array,
    Chan,
    Func,
    Named,
    Pointer,
    Slice,
    Tuple,
    Type,
    Unknown,
    is_untyped,
)
from goleaklint.types.untyped import wider
from goleaklint.types.variables import spec_type, variable_type

_LITERALS = {
    "int": UNTYPED_INT,
    "float": UNTYPED_FLOAT,
    "imag": UNTYPED_COMPLEX,
    "rune": UNTYPED_RUNE,
    "string": UNTYPED_STRING,
}
COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">="))
_TYPE_SYNTAX = frozenset(
    (ast.ArrayType, ast.SliceType, ast.MapType, ast.ChanType, ast.FuncType, ast.StructType, ast.InterfaceType)
)

_AROUND_TYPES = frozenset((ast.Paren, ast.Star, ast.Index))

CYCLE = Unknown("depends on itself")
_OPEN = Unknown("not asked yet")


class Inference:
    """The types of the expressions in one environment: a function, or the top level of a file."""

    def __init__(self, declared: Declared, env: Env) -> None:
        self.declared = declared
        self.env = env
        self._constants: dict[ast.Expr, bool] = {}
        self._types: dict[ast.Expr, Type] = {}
        self._symbols: dict[Symbol, Type] = {}
        self._callees: dict[ast.Expr, Decl | Member | Unknown | None] = {}

    @property
    def shapes(self) -> DeclaredShapes:
        """What matching types against each other asks of the declarations."""
        return DeclaredShapes(self.declared)

    # --- what the rest of the tool asks

    def type_of(self, expr: ast.Expr) -> Type:
        """The type of an expression; of a constant without a type of its own its untyped kind.

        The type of a type expression is the type it stands for: `is_type` tells the two apart.
        """
        found = self._types.get(expr)
        if found is None:
            self._types[expr] = CYCLE
            found = self._types[expr] = self._find(expr)
        return found

    def is_type(self, expr: ast.Expr) -> bool:
        """Reports whether an expression stands for a type."""
        inner: Any = expr
        while type(inner) in _AROUND_TYPES:
            inner = inner.x
        if isinstance(inner, ast.Ident):
            return self._names_type(inner)
        if isinstance(inner, ast.Selector):
            path = self.env.import_path(inner.x) if isinstance(inner.x, ast.Ident) else ""
            return bool(path) and self._imported_is_type(path, inner.name.name)
        return type(inner) in _TYPE_SYNTAX

    def _names_type(self, ident: ast.Ident) -> bool:
        symbol = self.env.local(ident)
        if symbol is not None:
            return symbol.kind is SymbolKind.TYPE
        if ident.name in self.env.type_params:
            return True
        decl = self._decl(ident.name)
        return decl.kind is SymbolKind.TYPE if decl is not None else ident.name in PREDECLARED

    def is_constant(self, expr: ast.Expr) -> bool:
        """Reports whether the value of an expression is known before the program runs."""
        found = self._constants.get(expr)
        if found is None:
            found = self._constants[expr] = constancy(expr, self)
        return found

    def is_builtin(self, ident: ast.Ident) -> bool:
        """Reports whether a name means a predeclared function."""
        return ident.name in builtins.FUNCTIONS and self.env.local(ident) is None and self._decl(ident.name) is None

    def is_unsafe(self, selector: ast.Selector) -> bool:
        """Reports whether a selector means a name of package unsafe."""
        return isinstance(selector.x, ast.Ident) and self.env.import_path(selector.x) == "unsafe"

    def member(self, selector: ast.Selector) -> Member | Unknown | None:
        """The field or method that a selector names; None for a name of an imported package."""
        if isinstance(selector.x, ast.Ident) and self.env.import_path(selector.x):
            return None
        return find_member(self.declared, self.type_of(selector.x), selector.name.name)

    def callee(self, call: ast.Call) -> Decl | Member | Unknown | None:
        """The declared function or method that is called; None for a conversion, a builtin or a function value."""
        found = self._callees.get(call.fun, _OPEN)
        if found is _OPEN:
            found = self._callees[call.fun] = self._callee(ast.unparen(call.fun))
        return found

    def _callee(self, fun: ast.Expr) -> Decl | Member | Unknown | None:
        if isinstance(fun, ast.Index):
            fun = fun if self.is_type(fun) else ast.unparen(fun.x)
        if isinstance(fun, ast.Ident):
            known = self.env.local(fun) is not None or fun.name in self.env.type_params
            decl = None if known else self._decl(fun.name)
            return decl if decl is not None and decl.kind is SymbolKind.FUNC else None
        if not isinstance(fun, ast.Selector):
            return None
        if isinstance(fun.x, ast.Ident) and (path := self.env.import_path(fun.x)):
            return self._imported_callee(path, fun.name.name)
        member = self.member(fun)
        return member if isinstance(member, Unknown) or (member is not None and member.is_method) else None

    def _imported_callee(self, path: str, name: str) -> Decl | Unknown | None:
        decl = self.declared.lookups.qualified(path, name, self.env.file)
        if decl is not None:
            return decl if decl.kind is SymbolKind.FUNC else None
        if self._imported_is_type(path, name) or self.declared.program.package(path) is not None:
            return None
        return Unknown(f"no source of {path}")

    def nominal_method(self, selector: ast.Selector) -> tuple[str, str] | None:
        """Import path and name of a method of a type that is known by name alone."""
        kind = self.type_of(selector.x)
        pointer = isinstance(kind, Pointer)
        named = kind.elem if isinstance(kind, Pointer) else kind
        if not isinstance(named, Named) or not isinstance(self.declared.underlying(named), Unknown):
            return None
        name = selector.name.name
        return named.package, f"(*{named.name}).{name}" if pointer else f"{named.name}.{name}"

    def symbol_type(self, symbol: Symbol) -> Type:
        """The type of a variable or constant that the function declares."""
        found = self._symbols.get(symbol)
        if found is None:
            self._symbols[symbol] = CYCLE
            found = self._symbols[symbol] = variable_type(self, symbol)
        return found

    # --- names

    def _decl(self, name: str) -> Decl | None:
        return self.declared.lookups.plain(name, self.env.file)

    def _imported_is_type(self, path: str, name: str) -> bool:
        decl = self.declared.lookups.qualified(path, name, self.env.file)
        return decl.kind is SymbolKind.TYPE if decl is not None else path == "unsafe" and name == "Pointer"

    def decl_type(self, decl: Decl) -> Type:
        """The type of something declared at the top level of a package: here or elsewhere."""
        node = decl.node
        if isinstance(node, ast.FuncDecl):
            return self.declared.function(decl)
        if isinstance(node, ast.TypeSpec):
            return self.declared.declared_type(decl)
        return self._value_type(decl, node)

    def _value_type(self, decl: Decl, spec: ast.ValueSpec) -> Type:
        """The type of a package-level variable or constant, kept by the declarations since every file asks for it."""
        known = self.declared.values
        if decl not in known:
            known[decl] = CYCLE
            inference = (
                self
                if decl.file is self.env.file and self.env.names is None
                else Inference(self.declared, Env(decl.file))
            )
            symbol = Symbol(decl.kind, decl.name, spec.names[decl.position].start, 0, "", spec)
            known[decl] = spec_type(inference, symbol, spec)
        return known[decl]

    def _ident(self, ident: ast.Ident) -> Type:
        symbol = self.env.local(ident)
        if symbol is not None:
            if symbol.kind is SymbolKind.TYPE:
                return self.declared.resolve(ident, self.env)
            return self.symbol_type(symbol)
        if ident.name in self.env.type_params:
            return self.env.type_params[ident.name]
        decl = self._decl(ident.name)
        if decl is not None:
            return self.decl_type(decl)
        return (
            builtins.name_type(ident.name) or PREDECLARED.get(ident.name) or Unknown(f"nothing declares {ident.name}")
        )

    # --- expressions

    def _find(self, expr: ast.Expr) -> Type:
        find = _FINDERS.get(type(expr))
        return self.declared.resolve(expr, self.env) if find is None else find(self, expr)

    def _composite(self, literal: ast.CompositeLit) -> Type:
        if literal.type is None:
            return Unknown("the type of an inner literal is its surroundings'")
        if isinstance(literal.type, ast.ArrayType) and literal.type.length is None:
            elem = self.declared.resolve(literal.type.elem, self.env)
            kind: Type = Array(literal_length(literal, self.env), elem)
        else:
            kind = self.declared.resolve(literal.type, self.env)
        self._give_inner(literal, kind)
        return kind

    def _give_inner(self, literal: ast.CompositeLit, kind: Type) -> None:
        """Literals inside a literal may leave out their type; it is the element's, or points at it."""
        for element in literal.elements:
            pairs = [(element, False)]
            if isinstance(element, ast.KeyValue):
                pairs = [(element.key, True), (element.value, False)]
            for part, is_key in pairs:
                if isinstance(part, ast.CompositeLit) and part.type is None:
                    inner = element_type(self.declared, kind, is_key=is_key)
                    self._types[part] = inner
                    self._give_inner(part, inner.elem if isinstance(inner, Pointer) else inner)

    def _selector(self, selector: ast.Selector) -> Type:
        if isinstance(selector.x, ast.Ident) and (path := self.env.import_path(selector.x)):
            return self._imported(path, selector.name.name)
        receiver = self.type_of(selector.x)
        member = find_member(self.declared, receiver, selector.name.name)
        if member is None:
            return Unknown(f"no member {selector.name.name}")
        if isinstance(member, Unknown):
            return member
        if member.is_method and isinstance(member.type, Func) and self.is_type(selector.x):
            return method_expression(receiver, member.type)
        return member.type

    def _imported(self, path: str, name: str) -> Type:
        package = self.declared.program.package(path)
        if package is None:
            return Unknown(f"no source of {path}")
        decl = self.declared.lookups.qualified(path, name, self.env.file)
        if decl is None:
            return builtins.unsafe_type(name) if path == "unsafe" else Unknown(f"{path} declares no {name}")
        return self.decl_type(decl)

    def _index(self, index: ast.Index) -> Type:
        if self.is_type(index):
            return self.declared.resolve(index, self.env)
        kind = self.type_of(index.x)
        if isinstance(kind, Func) and kind.type_params:
            given = tuple(self.declared.resolve(each, self.env) for each in index.indices)
            return instantiate(kind, given, self.shapes)
        return indexed(self.declared, kind)

    def _call(self, call: ast.Call) -> Type:
        fun = ast.unparen(call.fun)
        if self.is_type(fun):
            return self.declared.resolve(fun, self.env)
        if isinstance(fun, ast.Ident) and self.is_builtin(fun):
            return builtins.call_type(fun.name, call, self)
        if isinstance(fun, ast.Selector) and self.is_unsafe(fun):
            return builtins.unsafe_call(fun.name.name, call, self)
        kind = self.type_of(fun)
        if isinstance(kind, Unknown):
            return kind
        function = self.declared.core(kind)
        if not isinstance(function, Func):
            return self.declared.unknown(kind, "call of an unknown type")
        if function.type_params:
            return self._generic_call(function, call)
        return function.result

    def _generic_call(self, function: Func, call: ast.Call) -> Type:
        args = self.argument_types(call)
        done = infer(function, args, self.shapes)
        unknown = next((arg for arg in args if isinstance(arg, Unknown)), None)
        return done.result if done is not None else unknown or Unknown("type arguments cannot be inferred")

    def argument_types(self, call: ast.Call) -> tuple[Type, ...]:
        """The types of a call's arguments; the results of a single call that gives several count one by one."""
        args = tuple(self.type_of(arg) for arg in call.args)
        if len(args) == 1 and isinstance(args[0], Tuple):
            return args[0].types
        if call.spread and args:
            last = self.declared.core(args[-1])
            return (*args[:-1], last.elem if isinstance(last, Slice) else args[-1])
        return args

    def _star(self, expr: ast.Star) -> Type:
        if self.is_type(expr):
            return self.declared.resolve(expr, self.env)
        kind = self.type_of(expr.x)
        under = self.declared.core(kind)
        if isinstance(under, Pointer):
            return under.elem
        return self.declared.unknown(kind, "dereference of an unknown type")

    def _unary(self, expr: ast.Unary) -> Type:
        if expr.op == "&":
            kind = self.type_of(expr.x)
            return kind if isinstance(kind, Unknown) else Pointer(kind)
        kind = self.type_of(expr.x)
        if expr.op != "<-":
            return kind
        under = self.declared.core(kind)
        if isinstance(under, Chan):
            return under.elem
        return self.declared.unknown(kind, "receive from an unknown type")

    def _binary(self, expr: ast.Binary) -> Type:
        if expr.op in COMPARISONS:
            return UNTYPED_BOOL
        left = self.type_of(expr.x)
        if expr.op in ("<<", ">>"):
            whole = left in (UNTYPED_FLOAT, UNTYPED_COMPLEX) and self.is_constant(expr)
            return UNTYPED_INT if whole else left
        right = self.type_of(expr.y)
        if is_untyped(left) and is_untyped(right):
            return wider(left, right)
        if is_untyped(left) or isinstance(left, Unknown):
            return right if not (isinstance(left, Unknown) and is_untyped(right)) else left
        return left


def _nothing(_: Inference, __: ast.Expr) -> Type:
    return Unknown("not an expression")


_FINDERS: Mapping[type, Callable[[Inference, Any], Type]] = {
    ast.Ident: Inference._ident,
    ast.Paren: lambda types, expr: types.type_of(expr.x),
    ast.BasicLit: lambda _, expr: _LITERALS[expr.kind],
    ast.FuncLit: lambda types, expr: types.declared.signature(expr.type, types.env),
    ast.CompositeLit: Inference._composite,
    ast.Selector: Inference._selector,
    ast.Index: Inference._index,
    ast.Slice: lambda types, expr: sliced(types.declared, types.type_of(expr.x)),
    ast.TypeAssert: lambda types, expr: types.declared.resolve(expr.type, types.env),
    ast.Call: Inference._call,
    ast.Star: Inference._star,
    ast.Unary: Inference._unary,
    ast.Binary: Inference._binary,
    **dict.fromkeys((ast.Bad, ast.KeyValue), _nothing),
}
