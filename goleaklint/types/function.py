"""A declared function in; what types its expressions out."""

from goleaklint.index.program import Decl, FileScope
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import SymbolKind
from goleaklint.syntax import ast
from goleaklint.types.declared import Declared
from goleaklint.types.environment import Env
from goleaklint.types.infer import Inference
from goleaklint.types.types import Type


def function_types(declared: Declared, file: FileScope, decl: ast.FuncDecl, names: Names) -> Inference:
    """The inference for a function's body, its literals included; its own type parameters are in scope."""
    declared = declared.as_seen_from(file)
    entry = Decl(decl.name.name, SymbolKind.FUNC, decl, file)
    own: dict[str, Type] = {each.name: each for each in declared.type_params(entry)}
    receiver = {each.name: each for each in declared.receiver_params(entry)}
    return Inference(declared, Env(file, {**receiver, **own}, names))
