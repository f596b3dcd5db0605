"""Which rules there are: the files of this folder, and those of installed packages that offer some."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import goleaklint.rules
from goleaklint.rules._api import Rule, RuleError

ENTRY_POINT_GROUP = "goleaklint.rules"
"""An installed package names here either one Rule or an iterable of them."""

_FILE_NAME = re.compile(r"gl(\d{3})_([a-z0-9_]+)")


def load_rules(*, plugins: bool = True) -> dict[str, Rule]:
    """Every rule by id, sorted. RuleError if a file's name and its rule disagree, or two rules share an id."""
    found: dict[str, Rule] = {}
    for rule in (*_own_rules(), *(_plugin_rules() if plugins else ())):
        if rule.info.id in found:
            raise RuleError(f"{rule.info.id}: two rules have this id")
        found[rule.info.id] = rule
    return dict(sorted(found.items()))


def _own_rules() -> Iterator[Rule]:
    for module in pkgutil.iter_modules(goleaklint.rules.__path__):
        match = _FILE_NAME.fullmatch(module.name)
        if match is None:
            if not module.name.startswith("_"):
                raise RuleError(f"rules/{module.name}.py: the name is not of the form glNNN_slug.py")
            continue
        loaded = importlib.import_module(f"goleaklint.rules.{module.name}")
        rules = [value for value in vars(loaded).values() if isinstance(value, Rule)]
        expected = (f"GL{match[1]}", match[2].replace("_", "-"))
        if [(rule.info.id, rule.info.name) for rule in rules] != [expected]:
            raise RuleError(f"rules/{module.name}.py: should hold one rule, {expected[0]} {expected[1]}")
        yield from rules


def _plugin_rules() -> Iterator[Rule]:
    from importlib.metadata import entry_points  # costs 50 ms, so only when rules are wanted

    for point in entry_points(group=ENTRY_POINT_GROUP):
        try:
            offered = point.load()
        except Exception as problem:
            raise RuleError(f"{ENTRY_POINT_GROUP}: {point.name} ({point.value}) does not load: {problem}") from problem
        rules = [offered] if isinstance(offered, Rule) else list(offered)
        for rule in rules:
            if not isinstance(rule, Rule):
                raise RuleError(f"{ENTRY_POINT_GROUP}: {point.name} ({point.value}) offers {rule!r}, which is no Rule")
            yield rule
