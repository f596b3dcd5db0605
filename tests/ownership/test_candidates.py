"""What may be a resource by its type alone, before any body is read."""

import pytest

from goleaklint.index.program import Program
from goleaklint.knowledge import load_knowledge
from goleaklint.ownership.candidates import Candidates
from goleaklint.types.declared import Declared
from goleaklint.types.types import (
    ANY,
    BOOL,
    ERROR,
    STRING,
    Chan,
    Func,
    Map,
    Named,
    Pointer,
    Slice,
    Tuple,
    Type,
    Unknown,
)

FILE = Pointer(Named("os", "File"))


@pytest.mark.parametrize(
    ("kind", "may_be"),
    [
        (FILE, True),
        (Tuple((FILE, ERROR)), True),
        (Tuple((STRING, FILE)), True),
        (ANY, True),
        (Named("example.com/m", "NotKnown"), True),
        (Unknown("no such package"), True),
        (Func((), ()), True),
        (Chan("both", BOOL), True),
        (ERROR, False),
        (Tuple((BOOL, ERROR)), False),
        (Tuple(()), False),
        (Slice(FILE), False),
        (Map(STRING, FILE), False),
        (Pointer(Named("example.com/m", "Settings")), False),
    ],
)
def test_only_what_can_be_a_resource_is_asked_after(kind: Type, may_be: bool) -> None:
    candidates = Candidates(load_knowledge(()))
    assert candidates.may_be_made(kind, Declared(Program([]))) is may_be


def test_makers_are_told_from_what_acquires_for_its_receiver() -> None:
    candidates = Candidates(load_knowledge(()))
    assert {"Open", "Begin", "WithCancel", "Start"} <= candidates.makers
    assert "Notify" in candidates.takers and "Open" not in candidates.takers
