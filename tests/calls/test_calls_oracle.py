"""The call graph of a small module, held against those of golang.org/x/tools where Go and that module are at hand."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from go_calls import graph_of

ROOT = Path(__file__).parents[2]
if not (ROOT / "benchmarks" / "calls").is_dir():
    pytest.skip("the benchmarks are not part of this distribution", allow_module_level=True)
sys.path.append(str(ROOT))  # at the end: an installed goleaklint is to be the one under test

from benchmarks.calls.comparison import SURE, compare, why_missed  # noqa: E402
from benchmarks.calls.records import Graphs, Link, own_links, read  # noqa: E402

SOURCE = """package p

type I interface{ M(int) error }

type A struct{ n int }

func (a *A) M(int) error { return nil }

type B struct{ *A }

type Set[T comparable] struct{ m map[T]bool }

func (s *Set[T]) Add(x T) bool { defer s.note(); return s.m[x] }
func (s *Set[T]) note()        {}

func Map[X, Y any](xs []X, f func(X) Y) (ys []Y) {
	for _, x := range xs {
		ys = append(ys, f(x))
	}
	return ys
}

var table = build(func() int { return start() }())

func build(n int) []int { return make([]int, n) }
func start() int        { return 1 }

func each(n int) func(func(int) bool) { return func(yield func(int) bool) { yield(n) } }

func init() { use(table) }

func use(xs []int) {
	b := B{&A{}}
	go b.M(1)
	var i I = b
	defer i.M(2)
	s := &Set[string]{}
	s.Add("x")
	Map(xs, func(x int) string { return name(x) })
	for x := range each(1) {
		name(x)
	}
	f := b.A.M
	f(3)
	g := func(x int) { name(x) }
	g(4)
	func() {
		defer func() { recover() }()
		(*A).M(b.A, 5)
	}()
}

func name(int) string { return "" }
"""


@pytest.fixture(scope="session")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled oracle."""
    if shutil.which("go") is None:
        pytest.skip("there is no go command on PATH")
    binary = tmp_path_factory.mktemp("oracle") / "oracle"
    command = ["go", "build", "-o", str(binary), "."]
    environment = {**os.environ, "GOFLAGS": "-mod=mod", "GOWORK": "off", "GOTOOLCHAIN": "local"}
    directory = ROOT / "benchmarks" / "calls" / "oracle"
    done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"golang.org/x/tools is not at hand: {done.stderr.strip()[-200:]}")
    return binary


@pytest.mark.go
def test_the_oracle_agrees(oracle: Path, tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {"p.go": SOURCE})
    environment = {**os.environ, "GOFLAGS": "", "GOWORK": "off", "GOTOOLCHAIN": "local", "GOPROXY": "off"}
    done = subprocess.run([str(oracle), str(tmp_path)], env=environment, capture_output=True, check=True)
    (tmp_path / "truth.jsonl").write_bytes(done.stdout)
    truth = read(tmp_path / "truth.jsonl")
    ours = own_links(graph, truth.files)
    found = compare(truth, ours)
    assert found.wanted >= 15
    assert found.missed == {}
    assert {link: how for link, how in found.wrong.items() if how in SURE} == {}


def test_the_figures() -> None:
    one, other = Link(("a.go", 1), ("a.go", 9), "call", 5), Link(("a.go", 1), ("a.go", 9), "go", 7)
    truth = Graphs({"a.go"})
    truth.links["static"] = {one: "function", other: "method"}
    ours = {one: "static", Link(("a.go", 1), ("a.go", 20), "go", 7): "method"}
    found = compare(truth, ours)
    assert (found.recall, found.false_share(*SURE)) == (0.5, 0.5)
    assert why_missed(other, ours) == "another callee"
    assert why_missed(other, {}) == "no callee"
