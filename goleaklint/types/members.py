"""A type and a name in; the field or method that `x.name` means out, embedding and promotion followed as Go does."""

from goleaklint.syntax import ast
from goleaklint.types.declared import Declared
from goleaklint.types.generics import substitute
from goleaklint.types.member import Member
from goleaklint.types.types import Func, Interface, Named, Pointer, Struct, Type, TypeParam, Union, Unknown

MAX_DEPTH = 20
"""How deep embedding is followed; more can only be a cycle through pointers."""

__all__ = ("MAX_DEPTH", "Member", "find_member", "method_expression")


def find_member(declared: Declared, kind: Type, name: str) -> Member | Unknown | None:
    """The member at the least depth; None if there is none, or several at one depth.

    Unknown where it may belong to a type without source.
    """
    pointed = kind.elem if isinstance(kind, Pointer) else kind
    if isinstance(pointed, TypeParam):  # those that are the same can differ in the constraint that they are given
        return _find(declared, kind, name)
    key = kind, name
    if key not in declared.members:
        declared.members[key] = _find(declared, kind, name)
    return declared.members[key]


def _find(declared: Declared, kind: Type, name: str) -> Member | Unknown | None:
    under = declared.underlying(kind)
    if isinstance(kind, Named) and isinstance(under, Pointer):  # `type P *T` has the fields of T, and no methods
        found = _at_least_depth(declared, under, name)
        return None if isinstance(found, Member) and found.is_method else found
    return _at_least_depth(declared, kind, name)


def _at_least_depth(declared: Declared, kind: Type, name: str) -> Member | Unknown | None:
    level: list[Type] = [kind]
    seen: set[Type] = set()
    missing: Unknown | None = None
    for _ in range(MAX_DEPTH):
        hidden = missing
        found: list[Member] = []
        deeper: list[Type] = []
        for each in level:
            each = each.elem if isinstance(each, Pointer) else each
            if each in seen:
                continue
            seen.add(each)
            match _at(declared, each, name, deeper):
                case Member() as member:
                    found.append(member)
                case Unknown() as unknown:
                    missing = unknown
        if found and hidden is not None:
            return hidden  # a type without source, embedded less deep, may have it, too
        if found:
            return found[0] if len(found) == 1 or len(set(found)) == 1 else None
        if not deeper:
            break
        level = deeper
    return missing


def _at(declared: Declared, kind: Type, name: str, deeper: list[Type]) -> Member | Unknown | None:
    """The member that a type itself has; what it embeds is added to `deeper`."""
    if isinstance(kind, Unknown):
        return kind
    if isinstance(kind, TypeParam):
        kind = declared.constraint(kind) or kind
    owner = kind if isinstance(kind, Named) else None
    under = declared.underlying(kind)
    if isinstance(under, Struct):
        for field in under.fields:
            if field.name == name:
                return Member(name, field.type, False, owner)
    # Fields come first: there can be no method beside one, and looking for a method may mean to read generated code.
    method = _declared_method(declared, owner, name) if owner is not None else None
    if method is not None:
        return method
    match under:
        case Unknown():
            return under
        case Struct(fields=fields):
            deeper += (field.type for field in fields if field.embedded)
        case Interface():
            return _interface_method(declared, under, name, owner)
    return None


def _declared_method(declared: Declared, owner: Named, name: str) -> Member | None:
    package = declared.package_of(owner)
    if package is None or owner.local:
        return None
    own = declared.type_decl(owner)
    constraint = own.file.source.constraint if own is not None else None
    decl = package.method(owner.name, name, constraint or declared.build)
    if decl is None or not isinstance(decl.node, ast.FuncDecl) or decl.node.receiver is None:
        return None
    kind: Type = declared.function(decl)
    if owner.args:
        kind = substitute(kind, dict(zip(declared.receiver_params(decl), owner.args, strict=False)))
    pointer = isinstance(ast.unparen(decl.node.receiver.type), ast.Star)
    return Member(name, kind, True, owner, pointer, decl)


def _interface_method(
    declared: Declared, under: Interface, name: str, owner: Named | None, depth: int = 0
) -> Member | Unknown | None:
    for method, kind in under.methods:
        if method == name:
            return Member(name, kind, True, owner, in_interface=True)
    missing: Unknown | None = None
    for embed in under.embeds if depth < MAX_DEPTH else ():
        inner = declared.underlying(embed)
        if isinstance(inner, Unknown):
            missing = inner
        elif isinstance(inner, Interface):
            embedded = embed if isinstance(embed, Named) else owner
            found = _interface_method(declared, inner, name, embedded, depth + 1)
            if isinstance(found, Member):
                return found
            missing = found or missing
        elif isinstance(inner, Union):
            continue
    return missing


def method_expression(receiver: Type, method: Func) -> Func:
    """The type of `T.m`: the method with its receiver as first parameter."""
    return Func((receiver, *method.params), method.results, method.variadic, method.type_params)
