"""What is under types, and which methods they have, for those who match types against each other."""

from dataclasses import dataclass

from goleaklint.types import constraints
from goleaklint.types.constraints import CoreTerm
from goleaklint.types.declared import Declared
from goleaklint.types.members import Member, find_member
from goleaklint.types.types import Func, Type, TypeParam


@dataclass(frozen=True, slots=True)
class DeclaredShapes:
    """The answers that declarations give."""

    declared: Declared

    def core(self, kind: Type) -> Type | None:
        """What is under a type, or under all types that a type parameter can be."""
        return self.declared.core(kind)

    def constraint(self, param: TypeParam) -> Type | None:
        """The constraint of a type parameter."""
        return self.declared.constraint(param)

    def core_term(self, constraint: Type) -> CoreTerm | None:
        """What all types that a constraint allows are underneath."""
        return constraints.core_term(constraint, self.declared.underlying)

    def methods(self, kind: Type) -> tuple[tuple[str, Func], ...]:
        """The methods that an interface asks for."""
        return constraints.methods(kind, self.declared.underlying)

    def method(self, kind: Type, name: str) -> Func | None:
        """The type of a type's method; None if it has none such."""
        found = find_member(self.declared, kind, name)
        return found.type if isinstance(found, Member) and found.is_method and isinstance(found.type, Func) else None
