"""The packages that were read, and what they import, in; names in their neighbours that deserve a second look out."""

from collections.abc import Iterable, Mapping

from goleaklint.calls.functions import Functions
from goleaklint.files.selection import Module
from goleaklint.index.hints import endings, makers


def neighbour_names(
    imports: Iterable[str], modules: Mapping[str, Module], functions: Functions, types: frozenset[str]
) -> tuple[set[str], set[str]]:
    """Of the imported packages that belong to the modules but were not read: the names of functions that return one of
    the types, and of those that may never return.

    So a package that is checked alone is checked as it is in a run over its whole module, as far as its own imports go.
    """
    making: set[str] = set()
    ending: set[str] = set()
    for path in sorted(imports):
        if path in functions.sources.files or not _is_own(path, modules):
            continue
        package = functions.declared.program.package(path)
        for source in package.all_sources() if package is not None else ():
            making.update(makers(source.syntax, types))
            text = functions.text(source.path) if source.path else None
            if text is not None:
                ending.update(endings(source.syntax, text.data))
    return making, ending


def _is_own(path: str, modules: Mapping[str, Module]) -> bool:
    return any(path == module or path.startswith(f"{module}/") for module in modules)
