"""Every expression and call of the sample modules, and of some packages of Go's own library, held against go/types."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goleaklint.types.dump import FileTypes, typed_expressions

if TYPE_CHECKING:
    from benchmarks.types.records import Call, Expr, File

ROOT = Path(__file__).parents[2]
TESTDATA = ROOT / "testdata"
ORACLE = ROOT / "benchmarks" / "types" / "oracle"
NEWEST = (1, 26)
"""The language version that testdata/types126 needs."""

# The data of the standard library do not say how Go's source names type parameters: they are T0, T1 there.
OTHER_NAMES = {
    ("infer/infer.go", "cmp.Compare"),
    ("infer/split.go", "slices.Grow"),
    ("new.go", "errors.AsType"),
}

STD_PACKAGES = ("database/sql", "encoding/json", "go/types", "iter", "net/http", "slices", "sync")
STD_FILES = 25
LONGEST = 3_000
"""Expressions in a file; one has as many as all others together, and nothing in it that they have not."""

Oracle = Callable[[Path, Iterable[str]], "list[File]"]
"""What Go says of the packages that the patterns mean in a directory, file by file."""

Mismatch = tuple[str, int, str, str, str]
"""File, line, source, what Go says, what we say."""


@pytest.fixture(scope="session")
def oracle(go: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """Asks the program under benchmarks/types/oracle, which is compiled when first needed."""
    if not ORACLE.is_dir():
        pytest.skip("the benchmarks are not part of this distribution")
    sys.path.append(str(ROOT))  # at the end: an installed goleaklint is to be the one under test
    from benchmarks.types import records

    built = tmp_path_factory.mktemp("oracle")
    go("build", "-buildvcs=false", "-o", built / "oracle", ".", cwd=ORACLE)
    offline = {"GOFLAGS": "", "GOWORK": "off", "GOTOOLCHAIN": "local", "GOPROXY": "off", "CGO_ENABLED": "0"}

    def ask(directory: Path, patterns: Iterable[str]) -> "list[File]":
        words = [str(built / "oracle"), str(directory), *patterns]
        done = subprocess.run(words, env={**os.environ, **offline}, capture_output=True, check=True)
        assert done.stderr == b""
        printed = built / "printed.jsonl"
        printed.write_bytes(done.stdout)
        return list(records.read(printed))

    return ask


@pytest.fixture(params=["types", "types126"])
def module(request: pytest.FixtureRequest, go: Callable[..., str]) -> Path:
    """A sample module that this Go can compile."""
    version = go("env", "GOVERSION").strip().removeprefix("go").split(".")
    if request.param == "types126" and (int(version[0]), int(version[1].split("rc")[0])) < NEWEST:
        pytest.skip("new(expr) came with Go 1.26")
    return TESTDATA / str(request.param)


def test_the_samples_are_go(module: Path, go: Callable[..., str]) -> None:
    go("vet", "./...", cwd=module)
    gofmt = Path(go("env", "GOROOT").strip()) / "bin" / "gofmt"
    assert subprocess.run([gofmt, "-l", module], capture_output=True, check=True).stdout == b""


def test_every_expression_of_the_samples_has_the_type_that_go_gives_it(module: Path, oracle: Oracle) -> None:
    truth = oracle(module, ["./..."])
    ours = _ours(module, truth)
    assert len(truth) == len(ours)
    assert sum(len(each.exprs) for each in truth) > (5_000 if module.name == "types" else 100)
    wrong = list(_wrong_expressions(module, truth, ours))
    assert [each for each in wrong if (each[0], each[2]) not in OTHER_NAMES] == []


def test_nothing_is_recorded_that_is_no_expression(module: Path, oracle: Oracle) -> None:
    truth = {each.file: each for each in oracle(module, ["./..."])}
    for name, found in _ours(module, truth.values()).items():
        text = (module / name).read_bytes()
        places = {(each.start, each.end) for each in truth[name].exprs}
        assert [text[start:end].decode() for start, end in found.exprs if (start, end) not in places] == []


def test_every_call_in_the_samples_names_the_function_that_go_calls(module: Path, oracle: Oracle) -> None:
    truth = oracle(module, ["./..."])
    assert list(_wrong_calls(module, truth, _ours(module, truth))) == []


def test_the_standard_library_is_typed_as_go_types_it(go_root: Path, oracle: Oracle) -> None:
    """Where it is analysed itself, its source counts, not the data about it."""
    root = go_root / "src"
    truth = oracle(root, [f"./{each}" for each in STD_PACKAGES])
    ordered = sorted((each for each in truth if len(each.exprs) < LONGEST), key=lambda each: each.file)
    truth = random.Random(5).sample(ordered, STD_FILES)  # noqa: S311 - nothing is kept secret by it
    ours = _ours(root, truth)
    asked = sum(len(each.exprs) for each in truth)
    assert asked > 10_000
    # Go calls what its library vendors by paths of their own, such as vendor/golang.org/x/net/http2/hpack.
    wrong = [each for each in _wrong_expressions(root, truth, ours) if "vendor/" not in each[3]]
    assert wrong == []
    assert [each for each in _wrong_calls(root, truth, ours) if "vendor/" not in each[3]] == []


def _ours(root: Path, truth: Iterable["File"]) -> dict[str, FileTypes]:
    return {each.file: each for each in typed_expressions(root, [each.file for each in truth], None)}


def _wrong_expressions(root: Path, truth: Iterable["File"], ours: Mapping[str, FileTypes]) -> Iterator[Mismatch]:
    for file in truth:
        for asked in file.exprs:
            given = ours[file.file].exprs.get((asked.start, asked.end), "not visited")
            if asked.kind != "builtin" and given != asked.type:
                yield _mismatch(root, file, asked, asked.type, given)


def _wrong_calls(root: Path, truth: Iterable["File"], ours: Mapping[str, FileTypes]) -> Iterator[Mismatch]:
    """A method of an interface without a name has no callee for us, or one that is named after what embeds it."""
    for file in truth:
        for asked in file.calls:
            given = ours[file.file].calls.get((asked.start, asked.end))
            if given != asked.identity and asked.receiver != "interface":
                yield _mismatch(root, file, asked, str(asked.identity), str(given))


def _mismatch(root: Path, file: "File", asked: "Expr | Call", wanted: str, given: str) -> Mismatch:
    text = (root / file.file).read_bytes()
    return file.file, text[: asked.start].count(b"\n") + 1, text[asked.start : asked.end].decode(), wanted, given
