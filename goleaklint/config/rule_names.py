"""What a user wrote to name rules comes in (an id, the start of one, a name); the id or its start goes out."""

from collections.abc import Mapping
from dataclasses import dataclass

from goleaklint.toml_source import closest, quoted

# "G" alone is more likely a slip than a wish for all rules; "GL" means them all.
_SHORTEST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class RuleNames:
    """The rules there are, as names keyed by id: `{"GL202": "abandoned-send"}`."""

    by_id: Mapping[str, str]

    def resolve(self, written: str) -> str | None:
        """The id, or the start of ids, that is meant; None where no rule is. Upper and lower case are one."""
        start = written.strip().upper()
        if len(start) >= _SHORTEST_PREFIX and any(rule.startswith(start) for rule in self.by_id):
            return start
        name = written.strip().lower()
        return next((rule for rule, known in self.by_id.items() if known == name), None)

    def complaint(self, written: str) -> str:
        """What to say of words that name no rule."""
        near = closest(written.strip().upper(), self.by_id) or closest(written.strip().lower(), self.by_id.values())
        return f"no rule is called {quoted(written)}{near}"
