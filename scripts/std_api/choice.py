"""The features of all versions and platforms in; for each package one declaration of each name out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .features import Feature

_MEMBERS = ("field", "embedded", "ask")


@dataclass(slots=True)
class TypeFacts:
    """A type and what belongs to it, each by name."""

    declared: Feature
    members: dict[str, Feature] = field(default_factory=dict)
    methods: dict[str, Feature] = field(default_factory=dict)


@dataclass(slots=True)
class PackageFacts:
    """What a package exports, by name. `values` are those of its constants."""

    path: str
    types: dict[str, TypeFacts] = field(default_factory=dict)
    consts: dict[str, Feature] = field(default_factory=dict)
    values: dict[str, Feature] = field(default_factory=dict)
    variables: dict[str, Feature] = field(default_factory=dict)
    functions: dict[str, Feature] = field(default_factory=dict)


def choose(features: Iterable[Feature]) -> dict[str, PackageFacts]:
    """The packages by path, in order. Raises ValueError where a member has no type.

    What only some platforms have is taken in; where they differ, what holds everywhere counts, then linux-amd64, and
    among the statements about one platform the latest.
    """
    best: dict[tuple[str, str, str, str], tuple[tuple[int, ...], Feature]] = {}
    for number, feature in enumerate(features):
        kind = "ask" if feature.kind in _MEMBERS else feature.kind
        key = (feature.package, kind, feature.owner, feature.name)
        rank = (not feature.doubtful, *_preference(feature.platform), number)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, feature)
    packages: dict[str, PackageFacts] = {}
    chosen = sorted((feature for _, feature in best.values()), key=lambda each: (each.package, each.owner, each.name))
    for feature in chosen:
        _put(packages.setdefault(feature.package, PackageFacts(feature.package)), feature)
    return packages


def _preference(platform: str) -> tuple[int, int]:
    """Greater for a platform whose facts are preferred. Facts without one hold everywhere."""
    if not platform:
        return (3, 0)
    system, _, rest = platform.partition("-")
    return (2 if rest.startswith("amd64") else 1, 1) if system == "linux" else (0, int(system == "darwin"))


def _put(package: PackageFacts, feature: Feature) -> None:
    if feature.kind == "type":
        package.types[feature.name] = TypeFacts(feature)
    elif not feature.owner:
        tables = {"const": package.consts, "value": package.values, "var": package.variables, "func": package.functions}
        tables[feature.kind][feature.name] = feature
    else:
        # A type without a line of its own is an interface: only those have lines for members alone.
        implied = Feature(package.path, "", "type", "", feature.owner, "interface {}", feature.prefix)
        if feature.owner not in package.types and feature.kind in ("field", "method"):
            raise ValueError(f"{package.path}: {feature.owner}.{feature.name} belongs to no type")
        facts = package.types.setdefault(feature.owner, TypeFacts(implied))
        (facts.methods if feature.kind == "method" else facts.members)[feature.name] = feature
