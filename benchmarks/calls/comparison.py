"""Two sets of links in; what of the oracle's is found, what of ours it does not have, and why, out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from .records import Graphs, Link

SURE = frozenset(("static", "method"))
"""The resolutions that leave no choice: what they say must be in one of x/tools' graphs."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`missed` are links of the static graph that we lack, `wrong` those of ours that are in neither graph."""

    wanted: int
    missed: Mapping[Link, str]
    given: Counter[str]
    wrong: Mapping[Link, str]

    @property
    def recall(self) -> float:
        """The share of the static graph's links that are found."""
        return 1 - len(self.missed) / self.wanted if self.wanted else 1.0

    def false_share(self, *resolutions: str) -> float:
        """The share of our links, resolved in one of these ways, that x/tools does not have."""
        given = sum(self.given[each] for each in resolutions)
        wrong = sum(each in resolutions for each in self.wrong.values())
        return wrong / given if given else 0.0


def compare(truth: Graphs, ours: Mapping[Link, str]) -> Comparison:
    """Hold our links against those of the oracle's graphs."""
    static, cha = truth.links["static"], truth.links["cha"]
    missed = {link: cause for link, cause in static.items() if link not in ours}
    wrong = {link: how for link, how in ours.items() if link not in static and link not in cha}
    return Comparison(len(static), missed, Counter(ours.values()), wrong)


def why_missed(link: Link, ours: Mapping[Link, str]) -> str:
    """What we say of the same call instead: nothing, another callee, another caller, another kind."""
    same_call = [each for each in ours if (each.caller[0], each.end) == (link.caller[0], link.end)]
    if not same_call:
        return "no callee"
    differs = (
        each for each in ("callee", "caller", "kind") if all(getattr(x, each) != getattr(link, each) for x in same_call)
    )
    return f"another {next(differs, 'combination')}"
