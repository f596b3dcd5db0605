"""The rules that are installed come in; the names that options, configuration and completion know them by go out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goleaklint.config import RuleNames


def rule_names() -> "RuleNames":
    """The rules there are, those of the tool itself included."""
    from goleaklint.config import RuleNames
    from goleaklint.findings.tool_rules import TOOL_RULES
    from goleaklint.rules._registry import load_rules

    known = [rule.info for rule in load_rules().values()] + list(TOOL_RULES.values())
    return RuleNames({info.id: info.name for info in known})
