"""What a comment calls a rule in, the rules it means out; nobody cares about upper and lower case."""

from collections.abc import Mapping
from fnmatch import fnmatchcase

from goleaklint.model import RuleInfo
from goleaklint.toml_source import closest


def denoted(reference: str, rules: Mapping[str, RuleInfo]) -> frozenset[str]:
    """The ids of the rules that `reference` means."""
    return frozenset(rule.id for rule in rules.values() if denotes(reference, rule.id, rule.name))


def denotes(reference: str, rule_id: str, name: str) -> bool:
    """Reports whether `reference` (an id, a name, or a glob over ids such as `GL2*`) means the rule."""
    wanted = reference.lower()
    return wanted == name.lower() or fnmatchcase(rule_id.lower(), wanted)


def suggestion(reference: str, rules: Mapping[str, RuleInfo]) -> str:
    """`; did you mean "GL202"?` with the id or name that is nearest; empty if none is near."""
    return closest(reference.upper(), rules) or closest(reference.lower(), (rule.name for rule in rules.values()))
