"""Two JSON reports on the same source come in, of two revisions of goleaklint; what differs goes out as Markdown.

python -m benchmarks.difference BASE.json HEAD.json --name etcd-io/etcd --source https://github.com/etcd-io/etcd/blob/c34dc7e
"""

import argparse
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

import msgspec

from goleaklint.reports.escape import markdown_cell
from goleaklint.reports.json_report import FindingJson, ReportJson

Key: TypeAlias = tuple[str, str, int, int]
"""A finding of the same source: rule, path, line, column. Messages may be reworded without a difference."""

# What a job summary still shows readably; the counts are of all.
_LISTED = 50


def findings(report: bytes) -> dict[Key, FindingJson]:
    """The findings of a JSON report. Raises msgspec.ValidationError where it is none."""
    found = msgspec.json.decode(report, type=ReportJson).findings
    return {(each.rule, each.location.path, each.location.line, each.location.column): each for each in found}


def difference(name: str, source: str, base: dict[Key, FindingJson], head: dict[Key, FindingJson]) -> str:
    """The counts by rule where they differ, and the findings that came and went; `source` is where files are shown."""
    new = [head[key] for key in sorted(head.keys() - base.keys())]
    gone = [base[key] for key in sorted(base.keys() - head.keys())]
    lines = [f"### {name}: {len(base)} before, {len(head)} now, {len(new)} new, {len(gone)} gone"]
    if new or gone:
        lines += ["", *_table(base, head)]
    for title, members in (("New", new), ("Gone", gone)):
        lines += _listed(title, members, source)
    return "".join(f"{line}\n" for line in lines)


def _table(base: Collection[Key], head: Collection[Key]) -> Iterator[str]:
    yield "| rule | before | now | new | gone |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    before, now = Counter(key[0] for key in base), Counter(key[0] for key in head)
    new, gone = (Counter(key[0] for key in keys) for keys in (set(head) - set(base), set(base) - set(head)))
    for rule in sorted(new.keys() | gone.keys()):
        yield f"| {rule} | {before[rule]} | {now[rule]} | {new[rule]} | {gone[rule]} |"


def _listed(title: str, members: list[FindingJson], source: str) -> Iterator[str]:
    if not members:
        return
    yield ""
    yield f"{title}:"
    yield ""
    for each in members[:_LISTED]:
        at = each.location
        place = f"[{markdown_cell(at.path)}:{at.line}]({source}/{quote(at.path)}#L{at.line})"
        yield f"- {each.rule} {place} {markdown_cell(each.message)}"
    if len(members) > _LISTED:
        yield f"- and {len(members) - _LISTED} more"


def main() -> None:
    """Print the difference of the two reports named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.difference", description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("head", type=Path)
    parser.add_argument("--name", required=True, help="what the source is called")
    parser.add_argument("--source", required=True, help="the address below which its files are shown")
    given = parser.parse_args()
    base, head = (findings(path.read_bytes()) for path in (given.base, given.head))
    print(difference(given.name, given.source, base, head), end="")


if __name__ == "__main__":
    main()
