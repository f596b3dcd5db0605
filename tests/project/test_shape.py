"""The house's numbers for files and functions, measured."""

import ast
import statistics
from collections.abc import Iterator

from checkout import PACKAGE

FILES = sorted(PACKAGE.rglob("*.py"))


def _function_lengths() -> Iterator[tuple[int, str]]:
    """Lines from `def` to the end, docstring included, for every function, methods and nested ones too."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (node.end_lineno or 0) - node.lineno + 1, f"{file.relative_to(PACKAGE)}:{node.lineno} {node.name}"


def _percentile_95(values: list[int]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def test_no_file_is_longer_than_400_lines_and_most_are_short() -> None:
    lengths = {str(file.relative_to(PACKAGE)): len(file.read_bytes().splitlines()) for file in FILES}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}
    assert statistics.median(lengths.values()) <= 110
    assert _percentile_95(list(lengths.values())) <= 320


def test_no_function_is_longer_than_60_lines_and_most_are_short() -> None:
    lengths = list(_function_lengths())
    assert [found for found in lengths if found[0] > 60] == []
    assert statistics.median(lines for lines, _ in lengths) <= 12
    assert _percentile_95([lines for lines, _ in lengths]) <= 45


def test_every_module_says_what_it_is() -> None:
    assert [str(file) for file in FILES if not ast.get_docstring(ast.parse(file.read_bytes()))] == []
