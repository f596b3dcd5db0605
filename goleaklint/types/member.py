"""What a selector names: a field or a method, with the type that declares it."""

import msgspec

from goleaklint.index.program import Decl
from goleaklint.types.types import Named, Type


class Member(msgspec.Struct, frozen=True):
    """A field or method.

    `owner` is the named type that declares it, None for a field of a struct without a name or a method of such an
    interface. `pointer` tells that the method's receiver is a pointer. `decl` is where the method is declared.
    """

    name: str
    type: Type
    is_method: bool
    owner: Named | None = None
    pointer: bool = False
    decl: Decl | None = None
    in_interface: bool = False
