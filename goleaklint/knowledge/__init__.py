"""Packs, files of facts about libraries, come in; a table to look functions and types up in goes out.

A pack states what a library lends out and wants back, and what its functions do with their arguments. It is data:
reading one never runs anything. `docs/packs.md` tells how to write one.
"""

from goleaklint.knowledge.loading import load_knowledge
from goleaklint.knowledge.lookup import Knowledge
from goleaklint.knowledge.names import ITSELF, FunctionName, TypeName
from goleaklint.knowledge.pack import (
    CallbackFate,
    Function,
    Holder,
    NoReturn,
    Order,
    Pack,
    ReleasedBy,
    Resource,
    Stub,
    Until,
)

__all__ = [
    "ITSELF",
    "CallbackFate",
    "Function",
    "FunctionName",
    "Holder",
    "Knowledge",
    "NoReturn",
    "Order",
    "Pack",
    "ReleasedBy",
    "Resource",
    "Stub",
    "TypeName",
    "Until",
    "load_knowledge",
]
