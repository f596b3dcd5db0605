"""A declared function in; what types its expressions out."""

from goleaklint.index.program import Decl, FileScope
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import SymbolKind
from goleaklint.syntax import ast
from goleaklint.types.declared import Declared
from goleaklint.types.environment import Env
from goleaklint.types.infer import Inference
from goleaklint.types.types import Type


def _has_arguments(receiver: ast.Field | None) -> bool:
    """Reports whether it is the receiver of a generic type: `(m *Map[K, V])`."""
    if receiver is None:
        return False
    kind: ast.Expr = receiver.type
    while isinstance(kind, ast.Star | ast.Paren):
        kind = kind.x
    return isinstance(kind, ast.Index)


def function_types(declared: Declared, file: FileScope, decl: ast.FuncDecl, names: Names) -> Inference:
    """The inference for a function's body, its literals included; its own type parameters are in scope."""
    declared = declared.as_seen_from(file)
    if not decl.type.type_params and not _has_arguments(decl.receiver):
        return Inference(declared, Env(file, {}, names))
    entry = Decl(decl.name.name, SymbolKind.FUNC, decl, file)
    own: dict[str, Type] = {each.name: each for each in declared.type_params(entry)}
    receiver = {each.name: each for each in declared.receiver_params(entry)}
    return Inference(declared, Env(file, {**receiver, **own}, names))
