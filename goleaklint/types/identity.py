"""A call in; the name under which packs and people know what is called out."""

from goleaklint.index.program import Decl
from goleaklint.syntax import ast
from goleaklint.types.infer import Inference
from goleaklint.types.members import Member
from goleaklint.types.types import Unknown


def callee_name(types: Inference, call: ast.Call) -> tuple[str, str] | None:
    """Import path and local name (`Open`, `(*DB).Begin`, `Conn.Close`) of what is called; None if that is not known.

    Of a package without source the function's name is known, too: `badger.Open` needs no source to be read.
    """
    found = types.callee(call)
    if isinstance(found, Decl):
        return found.file.package.path, found.name
    if isinstance(found, Member) and (owner := found.owner) is not None:
        return owner.package, f"(*{owner.name}).{found.name}" if found.pointer else f"{owner.name}.{found.name}"
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Index):
        fun = ast.unparen(fun.x)
    if isinstance(fun, ast.Selector):
        if isinstance(fun.x, ast.Ident) and (path := types.env.import_path(fun.x)):
            return path, fun.name.name
        return types.nominal_method(fun)
    return None


def unknown_callee(types: Inference, call: ast.Call) -> str:
    """Why it is not known what is called; "" where that is known, or the callee is a value."""
    found = types.callee(call)
    return found.reason if isinstance(found, Unknown) else ""
