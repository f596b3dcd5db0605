"""The types of a module in; for a method of one of its interfaces, the methods that a call of it can mean, out."""

from collections.abc import Iterable, Iterator, Mapping

from goleaklint.index.program import Decl, PackageScope
from goleaklint.syntax import ast
from goleaklint.types.declared import Declared
from goleaklint.types.members import MAX_DEPTH, Member, find_member
from goleaklint.types.types import Array, Chan, Func, Interface, Named, Pointer, Struct, Type, TypeParam, parts

MAX_IMPLEMENTERS = 4
"""With more types behind an interface it stands for "anything", and a call of it tells little of who is called."""


class Implementers:
    """Which types of the packages implement which of their interfaces. Each interface is worked out once.

    Interfaces declared elsewhere (io.Closer, error, context.Context) have no implementers here: they are met by too
    much that nobody means.
    """

    def __init__(self, declared: Declared, packages: Iterable[PackageScope]) -> None:
        self._declared = declared
        self._packages = {package.path: package for package in packages}
        self._names: dict[Named, frozenset[str]] = {}
        self._by_method: dict[str, list[Named]] | None = None
        self._implementing: dict[Named, tuple[Named, ...]] = {}
        self._found: dict[tuple[Named, str], tuple[Decl, ...] | None] = {}

    def methods(self, interface: Named, name: str) -> tuple[Decl, ...] | None:
        """The declared methods that `name`, called on a value of the interface, can be; None if that is not known."""
        if interface.package not in self._packages:
            return None
        key = interface, name
        if key not in self._found:
            self._found[key] = self._find(Named(interface.package, interface.name, (), interface.local), name)
        return self._found[key]

    def _find(self, interface: Named, name: str) -> tuple[Decl, ...] | None:
        if interface not in self._implementing:
            self._implementing[interface] = tuple(self._types(interface))
        members = (find_member(self._declared, Pointer(kind), name) for kind in self._implementing[interface])
        found = dict.fromkeys(each.decl for each in members if isinstance(each, Member) and each.decl is not None)
        return tuple(found) if 0 < len(found) <= MAX_IMPLEMENTERS else None

    def _types(self, interface: Named) -> Iterator[Named]:
        """The types of the packages whose pointers implement an interface."""
        wanted: dict[str, Func] = {}
        if not self._ask(interface, wanted) or not wanted:
            return
        for kind in self._candidates(wanted):
            members = ((find_member(self._declared, Pointer(kind), name), asked) for name, asked in wanted.items())
            if all(self._fits(member, asked, interface) for member, asked in members):
                yield kind

    def _ask(self, kind: Type, wanted: dict[str, Func], depth: int = 0) -> bool:
        """Enter the methods of an interface, embedded ones included; reports whether that are all it asks for."""
        under = self._declared.underlying(kind)
        if not isinstance(under, Interface) or depth > MAX_DEPTH:
            return False
        wanted.update(under.methods)
        return all(self._ask(embedded, wanted, depth + 1) for embedded in under.embeds)

    def _candidates(self, wanted: Mapping[str, Func]) -> list[Named]:
        """The types that have methods of all these names, whatever their signatures."""
        if self._by_method is None:
            self._by_method = self._types_by_method()
        table = self._by_method
        rarest = min(wanted, key=lambda name: (len(table.get(name, ())), name))
        return [kind for kind in table.get(rarest, ()) if self._names[kind].issuperset(wanted)]

    def _types_by_method(self) -> dict[str, list[Named]]:
        table: dict[str, list[Named]] = {}
        for path in sorted(self._packages):
            package = self._packages[path]
            for name, decls in sorted(package.decls.items()):
                node = decls[0].node
                if isinstance(node, ast.TypeSpec) and not node.alias and not isinstance(node.type, ast.InterfaceType):
                    kind = Named(path, name)
                    for method in self._method_names(kind):
                        table.setdefault(method, []).append(kind)
        return table

    def _method_names(self, kind: Named, depth: int = 0) -> frozenset[str]:
        """The names of the methods of a type and of all that it embeds, hidden and doubled ones not sorted out."""
        kind = Named(kind.package, kind.name)
        if kind in self._names or depth > MAX_DEPTH:
            return self._names.get(kind, frozenset())
        self._names[kind] = frozenset()  # a type that embeds a pointer to itself
        package = self._declared.package_of(kind)
        names = set(package.methods.get(kind.name, ())) if package is not None else set()
        match self._declared.underlying(kind):
            case Struct(fields=fields):
                embedded = [field.type for field in fields if field.embedded]
            case Interface(methods=methods, embeds=embeds):
                names.update(method for method, _ in methods)
                embedded = list(embeds)
            case _:
                embedded = []
        for inner in embedded:
            named = inner.elem if isinstance(inner, Pointer) else inner
            if isinstance(named, Named):
                names |= self._method_names(named, depth + 1)
        self._names[kind] = frozenset(names)
        return self._names[kind]

    def _fits(self, member: object, wanted: Func, interface: Named) -> bool:
        """Reports whether a member is a method of this signature that the interface's package may see."""
        if not isinstance(member, Member) or not member.is_method or not isinstance(member.type, Func):
            return False
        if not member.name[0].isupper() and (member.owner is None or member.owner.package != interface.package):
            return False
        return _alike(wanted, member.type)


def _alike(wanted: Type, given: Type) -> bool:
    """Reports whether two types are the same, where a type parameter can stand for anything."""
    if wanted == given or isinstance(wanted, TypeParam) or isinstance(given, TypeParam):
        return True
    if type(wanted) is not type(given) or _head(wanted) != _head(given):
        return False
    one, other = list(parts(wanted)), list(parts(given))
    return bool(one) and len(one) == len(other) and all(map(_alike, one, other))


def _head(kind: Type) -> object:
    """What a type is apart from the types it is written with."""
    match kind:
        case Named(package=package, name=name, local=local):
            return package, name, local
        case Array(length=length):
            return length
        case Chan(direction=direction):
            return direction
        case Func(params=params, variadic=variadic):
            return len(params), variadic
        case Struct(fields=fields):
            return tuple((each.name, each.embedded) for each in fields)
        case Interface(methods=methods):
            return tuple(name for name, _ in methods)
        case _:
            return None
