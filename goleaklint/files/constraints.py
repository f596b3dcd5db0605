"""The text of a build constraint in, an expression out that can be evaluated and compared with others.

None stands for "no constraint" throughout.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from math import prod

import msgspec

from goleaklint.files.platforms import ARCHITECTURES, OPERATING_SYSTEMS, suffix_tags, system_tags


class Tag(msgspec.Struct, frozen=True, tag=True):
    """True where the build has the tag."""

    name: str


class Not(msgspec.Struct, frozen=True, tag=True):
    """True where `of` is not."""

    of: "Expression"


class All(msgspec.Struct, frozen=True, tag=True):
    """True where each of `terms` is (`&&`)."""

    terms: tuple["Expression", ...]


class Any(msgspec.Struct, frozen=True, tag=True):
    """True where one of `terms` is (`||`)."""

    terms: tuple["Expression", ...]


Expression = Tag | Not | All | Any

# The Go command's own limits; it refuses larger lines of either form.
_MAX_WORDS = 1000
_MAX_PLUS_TERMS = 100
# Real constraints nest three deep. The limit keeps a hostile line from exhausting the stack.
_MAX_DEPTH = 40
# Each tag that is not an operating system, an architecture or a Go version doubles the builds to try. Real pairs of
# files need some dozens; all systems times all architectures are 432.
_MAX_BUILDS = 4096

_TOKEN = re.compile(r"\s*(&&|\|\||[!()]|[\w.]+)")
_VERSION_TAG = re.compile(r"go1\.(\d{1,3})")

# By convention no build ever has it: `//go:build ignore` keeps a file out of all of them.
_NEVER = "ignore"


def parse_go_build(text: str) -> Expression | None:
    """The expression of a `//go:build` line, given without that prefix; None if it is malformed."""
    tokens = _tokens(text)
    if tokens is None:
        return None
    try:
        expression = _parse_any(tokens, 0)
    except ValueError:
        return None
    return None if tokens else expression


def parse_plus_build(lines: Iterable[str]) -> Expression | None:
    """The expression of `// +build` lines, each without that prefix: lines and commas are "and", spaces are "or"."""
    conditions: list[Expression] = []
    for line in lines:
        if line.count(",") + len(line.split()) > _MAX_PLUS_TERMS:
            continue
        options = [_all([_literal(term) for term in option.split(",")]) for option in line.split()]
        if options:
            conditions.append(_any(options))
    return conjunction(conditions)


def conjunction(expressions: Iterable[Expression | None]) -> Expression | None:
    """The expression that is true where all the given ones are."""
    terms = [expression for expression in expressions if expression is not None]
    return _all(terms) if terms else None


def suffix_constraint(name: str) -> Expression | None:
    """What the name of a file demands of a build."""
    return conjunction(Tag(tag) for tag in suffix_tags(name))


def build_tags(goos: str, goarch: str, *, go_minor: int = 0, extra: Iterable[str] = ()) -> frozenset[str]:
    """The tags of a build with Go 1.`go_minor`; `extra` holds those given by `-tags`, and such as "cgo" and "gc"."""
    versions = (f"go1.{minor}" for minor in range(1, go_minor + 1))
    return frozenset((goarch, *system_tags(goos), *versions, *extra))


def satisfied(expression: Expression | None, tags: Collection[str]) -> bool:
    """Reports whether a build with just these tags satisfies the expression."""
    match expression:
        case None:
            return True
        case Tag(name):
            return name in tags
        case Not(of):
            return not satisfied(of, tags)
        case All(terms):
            return all(satisfied(term, tags) for term in terms)
        case Any(terms):
            return any(satisfied(term, tags) for term in terms)


def is_for_no_build(expression: Expression | None) -> bool:
    """Reports whether no build has a file with this constraint: it is run by hand, as with `//go:build ignore`."""
    match expression:
        case Tag(name):
            return name == _NEVER
        case All(terms):
            return any(map(is_for_no_build, terms))
        case Any(terms):
            return all(map(is_for_no_build, terms))
        case _:
            return False


def mentioned(expression: Expression | None) -> frozenset[str]:
    """The tags that the expression speaks of."""
    match expression:
        case None:
            return frozenset()
        case Tag(name):
            return frozenset((name,))
        case Not(of):
            return mentioned(of)
        case All(terms) | Any(terms):
            return frozenset().union(*map(mentioned, terms))


def exclusive(a: Expression | None, b: Expression | None) -> bool:
    """Reports whether no build satisfies both. False also where there are too many builds to try.

    The tag `ignore` is taken to be never set, so a file with `//go:build ignore` excludes every other.
    """
    if a is None and b is None:
        return False
    both = _all([term for term in (a, b) if term is not None])
    builds = _builds(mentioned(both))
    return builds is not None and not any(satisfied(both, tags) for tags in builds)


def _builds(tags: frozenset[str]) -> Iterator[frozenset[str]] | None:
    """Every combination of the tags that a build can have; None if there are too many."""
    systems = {system_tags(system) & tags for system in OPERATING_SYSTEMS}
    architectures = {frozenset((arch,)) & tags for arch in ARCHITECTURES}
    compilers = {frozenset((compiler,)) & tags for compiler in ("gc", "gccgo")}
    versions = _version_choices(tags)
    bound = frozenset().union(*systems, *architectures, *compilers, *versions)
    free = sorted(tags - bound - {_NEVER})
    choices = [systems, architectures, compilers, versions, *({frozenset[str](), frozenset((tag,))} for tag in free)]
    if prod(map(len, choices)) > _MAX_BUILDS:
        return None
    return (frozenset().union(*build) for build in product(*choices))


def _version_choices(tags: frozenset[str]) -> set[frozenset[str]]:
    """A build with Go 1.N has the tags go1.1 to go1.N."""
    minors = {tag: int(match[1]) for tag in tags if (match := _VERSION_TAG.fullmatch(tag))}
    return {frozenset(tag for tag in minors if minors[tag] <= newest) for newest in (0, *minors.values())}


def _all(terms: Sequence[Expression]) -> Expression:
    return terms[0] if len(terms) == 1 else All(tuple(terms))


def _any(terms: Sequence[Expression]) -> Expression:
    return terms[0] if len(terms) == 1 else Any(tuple(terms))


def _literal(term: str) -> Expression:
    return Not(Tag(term[1:])) if term.startswith("!") else Tag(term)


def _tokens(text: str) -> list[str] | None:
    text = text.strip()
    tokens: list[str] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or len(tokens) == _MAX_WORDS:
            return None
        tokens.append(match[1])
        at = match.end()
    tokens.reverse()  # so that the next one can be popped
    return tokens


def _parse_any(tokens: list[str], depth: int) -> Expression:
    """The expression at the end of the reversed `tokens`, which are consumed. Raises ValueError if there is none."""
    terms = [_parse_all(tokens, depth)]
    while tokens and tokens[-1] == "||":
        tokens.pop()
        terms.append(_parse_all(tokens, depth))
    return _any(terms)


def _parse_all(tokens: list[str], depth: int) -> Expression:
    terms = [_parse_term(tokens, depth)]
    while tokens and tokens[-1] == "&&":
        tokens.pop()
        terms.append(_parse_term(tokens, depth))
    return _all(terms)


def _parse_term(tokens: list[str], depth: int) -> Expression:
    if not tokens or depth > _MAX_DEPTH:
        raise ValueError("a tag is missing, or the nesting is too deep")
    word = tokens.pop()
    if word == "!":
        return Not(_parse_term(tokens, depth + 1))
    if word == "(":
        expression = _parse_any(tokens, depth + 1)
        if not tokens or tokens.pop() != ")":
            raise ValueError("a closing parenthesis is missing")
        return expression
    if word in ("&&", "||", ")"):
        raise ValueError(f"{word} where a tag belongs")
    return Tag(word)
