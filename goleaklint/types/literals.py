"""What a composite literal of a type holds."""

from goleaklint.types.declared import Declared
from goleaklint.types.types import INT, Array, Map, Pointer, Slice, Struct, Type, Unknown


def element_type(declared: Declared, kind: Type, *, is_key: bool = False) -> Type:
    """The type of the elements (or keys) of a literal of this type; Unknown for structs, whose fields differ."""
    under = declared.core(kind)
    if isinstance(under, Pointer):
        under = declared.core(under.elem)
    match under:
        case Map(key=key, value=value):
            return key if is_key else value
        case Slice(elem=elem) | Array(elem=elem):
            return INT if is_key else elem
        case _:
            return declared.unknown(kind, "element of an unknown literal")


def field_type(declared: Declared, kind: Type, name: str, position: int) -> Type:
    """The type of a struct literal's field, by name, or by position where the name is empty."""
    under = declared.core(kind)
    if isinstance(under, Pointer):
        under = declared.core(under.elem)
    if not isinstance(under, Struct):
        return declared.unknown(kind, "field of an unknown literal")
    for number, field in enumerate(under.fields):
        if field.name == name or (not name and number == position):
            return field.type
    return Unknown(f"no field {name}")
