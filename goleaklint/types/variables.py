"""A variable of a function and what declares it in; its type out."""

from typing import Protocol

from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.types.declared import Declared
from goleaklint.types.environment import Env
from goleaklint.types.ranges import range_types
from goleaklint.types.types import Basic, Tuple, Type, Unknown, default


class Expressions(Protocol):
    """What the type of a variable depends on: the types of the expressions it gets its value from."""

    declared: Declared
    env: Env

    def type_of(self, expr: ast.Expr) -> Type: ...


def variable_type(types: Expressions, symbol: Symbol) -> Type:
    """The type of a parameter, result, variable or constant that a function declares."""
    node = symbol.node
    match node:
        case ast.Field():
            return types.declared.param_type(node, types.env)
        case ast.ValueSpec():
            return spec_type(types, symbol, node)
        case ast.Assign(left=left, right=right):
            return default(_nth_value(types, symbol, left, right))
        case ast.Range(left=left, x=x):
            return _range_type(types, symbol, left, default(types.type_of(x)))
        case ast.CaseClause(values=values):
            return _clause_type(types, symbol, values)
        case _:
            return Unknown("nothing tells its type")


def spec_type(types: Expressions, symbol: Symbol, spec: ast.ValueSpec) -> Type:
    """The type of a name in a var or const line; of a constant without a type its untyped kind."""
    if spec.type is not None:
        return types.declared.resolve(spec.type, types.env)
    kind = _nth_value(types, symbol, spec.names, spec.values)
    return kind if spec.const else default(kind)


def _nth_value(types: Expressions, symbol: Symbol, left: tuple[ast.Expr, ...], right: tuple[ast.Expr, ...]) -> Type:
    """The type of what a variable is declared with: its own value, or one of several results."""
    position = next((at for at, each in enumerate(left) if each.start == symbol.start), -1)
    if len(right) == len(left) and position >= 0:
        return types.type_of(right[position])
    if len(right) != 1 or position < 0:
        return Unknown("no value for it")
    kind = types.type_of(right[0])
    if isinstance(kind, Tuple):
        return kind.types[position] if position < len(kind.types) else Unknown("too few results")
    if isinstance(kind, Unknown):
        return kind
    return kind if position == 0 else Basic("bool")


def _range_type(types: Expressions, symbol: Symbol, left: tuple[ast.Expr, ...], kind: Type) -> Type:
    position = next((at for at, each in enumerate(left) if each.start == symbol.start), 0)
    given = range_types(types.declared, kind)
    return given[position] if position < len(given) else types.declared.unknown(kind, "range over an unknown type")


def _clause_type(types: Expressions, symbol: Symbol, values: tuple[ast.Expr, ...] | None) -> Type:
    """The type that the one type of a clause asserts; with several, or none, that of the switch's operand."""
    switch = symbol.within
    if values is not None and len(values) == 1 and not (isinstance(values[0], ast.Ident) and values[0].name == "nil"):
        return types.declared.resolve(values[0], types.env)
    return types.type_of(switch.x) if switch is not None else Unknown("clause without a switch")
