"""Go's types as values. Two that are equal are identical in Go's sense; what is not known is a type, too."""

from collections.abc import Iterator
from typing import TypeAlias

import msgspec


class Unknown(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """The type of what cannot be told; `reason` says what was missing, for statistics."""

    reason: str


class Basic(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """A predeclared type that is no interface: `int`, `string`; also `untyped int`, `untyped nil` and the like."""

    name: str

    @property
    def is_untyped(self) -> bool:
        """Reports whether it is the type of a constant (or nil) that takes the type its place asks for."""
        return self.name.startswith("untyped ")


class Named(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """A declared type. `package` is its import path, "" for `error` and `comparable`; `args` are type arguments.

    `local` tells types apart that are declared in functions: a number from 1, else 0. Whether anything is known beyond
    the name is the program's business.
    """

    package: str
    name: str
    args: "tuple[Type, ...]" = ()
    local: int = 0


class TypeParam(msgspec.Struct, frozen=True, gc=False, eq=False):
    """A type parameter: what declares it, its position there, and the name, which each method's receiver chooses anew.

    `constraint` is set where it differs from the declared one, since other type parameters have been replaced in it;
    it makes no difference to which parameter this is.
    """

    owner: str
    index: int
    name: str
    constraint: "Type | None" = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TypeParam):
            return NotImplemented
        return (self.owner, self.index, self.name) == (other.owner, other.index, other.name)

    def __hash__(self) -> int:
        return hash((self.owner, self.index, self.name))


class Pointer(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    elem: "Type"


class Slice(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    elem: "Type"


class Array(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """`length` is None where the constant could not be worked out."""

    length: int | None
    elem: "Type"


class Map(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    key: "Type"
    value: "Type"


class Chan(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """`direction` is both, send or receive."""

    direction: str
    elem: "Type"


class Tuple(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """The results of a call that has none or several."""

    types: "tuple[Type, ...]" = ()


class Func(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """A function type; the last parameter of a variadic one is a slice. `type_params` are yet to be inferred."""

    params: "tuple[Type, ...]"
    results: "tuple[Type, ...]"
    variadic: bool = False
    type_params: tuple[TypeParam, ...] = ()

    @property
    def result(self) -> "Type":
        """The type of a call: the single result, or a tuple."""
        return self.results[0] if len(self.results) == 1 else Tuple(self.results)


class StructField(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    name: str
    type: "Type"
    embedded: bool = False


class Struct(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    fields: tuple[StructField, ...]


class Interface(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """Explicit methods in the order of their names, and what is embedded: interfaces, or the types of a constraint."""

    methods: tuple[tuple[str, Func], ...] = ()
    embeds: "tuple[Type, ...]" = ()


class Union(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """`~A | B` of a constraint: each term with whether it has a tilde."""

    terms: "tuple[tuple[bool, Type], ...]"


Type: TypeAlias = (
    Unknown
    | Basic
    | Named
    | TypeParam
    | Pointer
    | Slice
    | Array
    | Map
    | Chan
    | Tuple
    | Func
    | Struct
    | Interface
    | Union
)

BOOL, INT, STRING, RUNE, BYTE, UINTPTR = map(Basic, ("bool", "int", "string", "int32", "uint8", "uintptr"))
UNTYPED_BOOL, UNTYPED_INT, UNTYPED_RUNE, UNTYPED_FLOAT, UNTYPED_COMPLEX, UNTYPED_STRING, UNTYPED_NIL = (
    Basic(f"untyped {kind}") for kind in ("bool", "int", "rune", "float", "complex", "string", "nil")
)
ERROR, COMPARABLE, ANY = Named("", "error"), Named("", "comparable"), Interface()

DEFAULTS = {
    UNTYPED_BOOL: BOOL,
    UNTYPED_INT: INT,
    UNTYPED_RUNE: RUNE,
    UNTYPED_FLOAT: Basic("float64"),
    UNTYPED_COMPLEX: Basic("complex128"),
    UNTYPED_STRING: STRING,
}


def default(kind: Type) -> Type:
    """The type an untyped constant has where its place asks for none."""
    return DEFAULTS.get(kind, kind) if isinstance(kind, Basic) else kind


def is_untyped(kind: Type) -> bool:
    """Reports whether it is the type of an untyped constant or nil."""
    return isinstance(kind, Basic) and kind.is_untyped


def parts(kind: Type) -> Iterator[Type]:
    """The types that a type is written with, one level down."""
    match kind:
        case Named(args=args):
            yield from args
        case Pointer(elem=elem) | Slice(elem=elem) | Array(elem=elem) | Chan(elem=elem):
            yield elem
        case Map(key=key, value=value):
            yield key
            yield value
        case Tuple(types=types):
            yield from types
        case Func(params=params, results=results):
            yield from params
            yield from results
        case Struct(fields=fields):
            yield from (each.type for each in fields)
        case Interface(methods=methods, embeds=embeds):
            yield from (method for _, method in methods)
            yield from embeds
        case Union(terms=terms):
            yield from (term for _, term in terms)


def mentions_unknown(kind: Type) -> Unknown | None:
    """The first thing in a type that is not known; None if all is."""
    if isinstance(kind, Unknown):
        return kind
    return next((found for part in parts(kind) if (found := mentions_unknown(part)) is not None), None)
