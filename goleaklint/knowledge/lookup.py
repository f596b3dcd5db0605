"""Packs come in; what is known of a function or a type is answered, by import path and name, at the cost of a dict."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from goleaklint.knowledge.names import FunctionName, local_name
from goleaklint.knowledge.pack import Function, Pack, Resource, Stub

_MAJOR = re.compile(r"/v[0-9]+(?=/|$)")

_Key = tuple[str, str]
_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All packs of a run. Made by `of`; never changed after that, and can be pickled.

    Import paths are those of the source, with their major version; a pack whose module has none knows them all. Names
    are written as Go prints them: `Open`, `(*DB).View`; `DB.View` will do, where nobody knows the receiver's kind.
    `ending_names` are the bare names of the functions that never return.
    """

    packs: tuple[Pack, ...]
    ending_names: frozenset[str]
    _modules: frozenset[str]
    _acquired: Mapping[_Key, tuple[Resource, ...]]
    _released: Mapping[_Key, tuple[Resource, ...]]
    _types: Mapping[_Key, tuple[Resource, ...]]
    _functions: Mapping[_Key, Function]
    _stubs: Mapping[str, tuple[Stub, ...]]

    @staticmethod
    def of(packs: Iterable[Pack]) -> "Knowledge":
        """Knowledge of these packs; where two know the same acquiring function, or function, the later one counts."""
        packs = tuple(packs)
        acquired = _latest_acquisitions(packs)
        kept = list(dict.fromkeys(resource for found in acquired.values() for resource in found))
        kept += [resource for pack in packs for resource in pack.resources if not resource.acquire]
        return Knowledge(
            packs,
            frozenset(each.name.name for pack in packs for each in pack.functions if each.never_returns is not None),
            frozenset(module for pack in packs for module in pack.modules),
            acquired,
            _grouped((_key(name), resource) for resource in kept for name in resource.release),
            _grouped(((resource.type.package, resource.type.name), resource) for resource in kept),
            {_key(function.name): function for pack in packs for function in pack.functions},
            _grouped((stub.package, stub) for pack in packs for stub in pack.stubs),
        )

    def resources_acquired_by(self, import_path: str, name: str) -> tuple[Resource, ...]:
        """The resources that a call of this function acquires."""
        return self._find(self._acquired, import_path, local_name(name)) or ()

    def resources_released_by(self, import_path: str, name: str) -> tuple[Resource, ...]:
        """The resources that a call of this function may release."""
        return self._find(self._released, import_path, local_name(name)) or ()

    def resources_of_type(self, import_path: str, name: str) -> tuple[Resource, ...]:
        """The resources that values of this named type are; `name` is without star and type arguments."""
        return self._find(self._types, import_path, name) or ()

    def function(self, import_path: str, name: str) -> Function | None:
        """What is known of this function; None where nothing is."""
        return self._find(self._functions, import_path, local_name(name))

    def stubs(self, import_path: str) -> tuple[Stub, ...]:
        """The declarations that packs give for a package, in the order of the packs."""
        return self._stubs.get(import_path) or self._stubs.get(self._without_major(import_path)) or ()

    def resources(self) -> Iterator[Resource]:
        """Every resource of every pack."""
        return (each for pack in self.packs for each in pack.resources)

    def resource(self, label: str) -> Resource | None:
        """The resource that users know by this label, such as `badger.Txn`."""
        return next((each for pack in self.packs for each in pack.resources if each.label == label), None)

    def _find(self, table: Mapping[_Key, _V], import_path: str, name: str) -> _V | None:
        found = table.get((import_path, name))
        if found is None and "/v" in import_path:
            found = table.get((self._without_major(import_path), name))
        return found

    def _without_major(self, import_path: str) -> str:
        """The path without the major version, where what stands before it is a module that a pack is for."""
        for match in _MAJOR.finditer(import_path):
            if import_path[: match.start()] in self._modules:
                return import_path[: match.start()] + import_path[match.end() :]
        return import_path


def _key(name: FunctionName) -> _Key:
    return name.package, name.local


def _latest_acquisitions(packs: Iterable[Pack]) -> dict[_Key, tuple[Resource, ...]]:
    acquired: dict[_Key, tuple[Resource, ...]] = {}
    for pack in packs:
        pairs = ((_key(name), resource) for resource in pack.resources for name in resource.acquire)
        acquired.update(_grouped(pairs))
    return acquired


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, tuple[_V, ...]]:
    groups: dict[_K, list[_V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
