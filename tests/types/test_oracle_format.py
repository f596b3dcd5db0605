"""The program that asks Go's type checker, and the comparison with what it prints."""

import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parents[2]
if not (ROOT / "benchmarks" / "types").is_dir():
    pytest.skip("the benchmarks are not part of this distribution", allow_module_level=True)
sys.path.append(str(ROOT))  # at the end: an installed goleaklint is to be the one under test

from benchmarks.types import agreement, records  # noqa: E402
from benchmarks.types.__main__ import main  # noqa: E402

SOURCE = """\
package sub

import (
	"bytes"
	"io"
	"sync"
)

type T struct {
	sync.Mutex
	io.ReadCloser
	b *bytes.Buffer
}

type G[K comparable] struct{ m map[K]int }

func (g *G[K]) get(k K) (int, bool) { v, ok := g.m[k]; return v, ok }

func Map[A, B any](a []A, f func(A) B) (r []B) { return nil }

var hook = func() { println("hooked") }

func use(t *T, err error, é string) {
	t.Lock()
	t.Read([]byte(é))
	print(err.Error())
	(t.b).WriteByte('c')
	g := &G[string]{}
	n, _ := g.get("a")
	Map([]int(nil), func(y int) float64 { return float64(y) + 1.5 })
	var e interface{ B(x rune); A() (n, m any) }
	e.B(7)
	(*T).Unlock(t)
	hook()
	var c chan (<-chan struct{ n int `tag:"x"` })
	for range c { n = len(é) }
}
"""

ANONYMOUS = "interface{A() (any, any); B(int32)}"

TYPES = {
    "g.m[k]": ("value", "(int, bool)", "basic", "IndexExpr"),
    "k": ("value", "K", "module", "Ident"),
    "t": ("value", "*ex/sub.T", "module", "Ident"),
    "[]byte": ("type", "[]uint8", "basic", "ArrayType"),
    "t.Lock()": ("novalue", "()", "basic", "CallExpr"),
    "(t.b)": ("value", "*bytes.Buffer", "std", "ParenExpr"),
    "'c'": ("const", "uint8", "basic", "BasicLit"),
    "&G[string]{}": ("value", "*ex/sub.G[string]", "module", "UnaryExpr"),
    "Map": ("value", "func([]int, func(int) float64) []float64", "basic", "Ident"),
    "1.5": ("const", "float64", "basic", "BasicLit"),
    "e": ("value", ANONYMOUS, "basic", "Ident"),
    "7": ("const", "int32", "basic", "BasicLit"),
    "(*T).Unlock": ("value", "func(*ex/sub.T)", "module", "SelectorExpr"),
    "nil": ("value", "untyped nil", "basic", "Ident"),
    "c": ("value", "chan (<-chan struct{n int})", "basic", "Ident"),
    "len": ("builtin", "func(string) int", "basic", "Ident"),
    '"hooked"': ("const", "string", "basic", "BasicLit"),
}

NO_EXPRESSIONS = ("x rune", "(x rune)", "m", "f", "r", "Lock", "b", "y float64", "use")

CALLS = {
    "t.Lock()": ("sync", "(*Mutex)", "Lock", "std"),
    "t.Read([]byte(é))": ("io", "Reader", "Read", "std"),
    "err.Error()": ("", "error", "Error", "std"),
    "(t.b).WriteByte('c')": ("bytes", "(*Buffer)", "WriteByte", "std"),
    'g.get("a")': ("ex/sub", "(*G)", "get", "module"),
    "Map([]int(nil), func(y int) float64 { return float64(y) + 1.5 })": ("ex/sub", "", "Map", "module"),
    "e.B(7)": ("ex/sub", "interface", "B", "module"),
    "(*T).Unlock(t)": ("sync", "(*Mutex)", "Unlock", "std"),
}


@pytest.fixture(scope="module")
def described(go: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> records.File:
    """What the oracle says of SOURCE, the only file of a module."""
    module = tmp_path_factory.mktemp("ex")
    (module / "go.mod").write_text("module ex\n\ngo 1.22\n", encoding="utf-8")
    (module / "sub").mkdir()
    (module / "sub" / "a.go").write_text(SOURCE, encoding="utf-8")
    printed = go("run", "-buildvcs=false", ".", module, "./...", cwd=ROOT / "benchmarks" / "types" / "oracle")
    truth = module / "truth.jsonl"
    truth.write_text(printed, encoding="utf-8")
    (file,) = records.read(truth)
    return file


def _text(place: records.Expr | records.Call) -> str:
    return SOURCE.encode()[place.start : place.end].decode()


def test_the_oracle_names_the_file_and_its_package(described: records.File) -> None:
    assert (described.file, described.package) == ("sub/a.go", "ex/sub")


@pytest.mark.parametrize("text", TYPES)
def test_the_oracle_writes_types_in_one_form(described: records.File, text: str) -> None:
    found = {(each.kind, each.type, each.origin, each.syntax) for each in described.exprs if _text(each) == text}
    assert found == {TYPES[text]}


def test_the_oracle_leaves_out_what_is_no_expression(described: records.File) -> None:
    texts = {_text(each) for each in described.exprs}
    assert not texts & set(NO_EXPRESSIONS)


def test_the_oracle_names_the_declaring_method_of_each_call_of_a_declared_function(described: records.File) -> None:
    assert {_text(each): (*each.identity, each.origin) for each in described.calls} == CALLS


def test_the_oracle_gives_each_place_once(described: records.File) -> None:
    places = [(each.start, each.end) for each in described.exprs]
    assert places == sorted(set(places))


TRUTH = """\
{"file":"b.go","package":"ex","exprs":[[0,1,"value","int","basic","Ident"],[4,9,"value","*ex.T","module","CallExpr"],\
[10,13,"builtin","func(int)","basic","Ident"],[20,25,"value","third.io/x.Y","third","Ident"]],\
"calls":[[4,9,"ex","(*T)","Close","module"]]}
{"file":"a.go","package":"ex","exprs":[[7,8,"const","untyped int","basic","BasicLit"]],\
"calls":[[0,5,"fmt","","Println","std"],[6,9,"","error","Error","std"]]}
"""

OURS = """\
{"file":"b.go","package":"","exprs":[[0,1,"","int"],[4,9,"","ex.T"],[20,25,"","unknown: no source of third.io/x"]],\
"calls":[[4,9,"ex","T","Close"]]}
{"file":"a.go","package":"","exprs":[],"calls":[[0,5,"fmt","","Println"],[6,9,"","",""]]}
"""


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    path = tmp_path / "ex.jsonl"
    path.write_text(TRUTH, encoding="utf-8")
    return path


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "ours.jsonl"
    path.write_text(OURS, encoding="utf-8")
    return path


def test_answers_are_judged_expression_by_expression(truth: Path, ours: Path) -> None:
    answers = {each.file: each for each in records.read_answers(ours)}
    verdicts = agreement.judge_expressions(agreement.expressions(records.read(truth)), answers)
    assert [(each.file, each.place, each.outcome.name, each.given) for each in verdicts] == [
        ("a.go", (7, 8), "UNKNOWN", "not visited"),
        ("b.go", (0, 1), "SAME", "int"),
        ("b.go", (4, 9), "DIFFERENT", "ex.T"),
        ("b.go", (20, 25), "UNKNOWN", "no source of third.io/x"),
    ]


def test_answers_are_judged_call_by_call(truth: Path, ours: Path) -> None:
    answers = {each.file: each for each in records.read_answers(ours)}
    verdicts = agreement.judge_calls(agreement.calls(records.read(truth)), answers)
    assert [(each.outcome.name, each.wanted, each.given) for each in verdicts] == [
        ("SAME", "fmt.Println", "fmt.Println"),
        ("UNKNOWN", "(error).Error", "callee unknown"),
        ("DIFFERENT", "(*ex.T).Close", "(ex.T).Close"),
    ]


def test_a_tally_counts_by_origin_and_gives_shares() -> None:
    outcomes = [("std", agreement.Outcome.SAME)] * 3 + [("std", agreement.Outcome.DIFFERENT)]
    outcomes += [("basic", agreement.Outcome.UNKNOWN), ("third", agreement.Outcome.UNKNOWN)]
    verdicts = [agreement.Verdict("a.go", (0, 1), origin, "", outcome, "", "") for origin, outcome in outcomes]
    own = agreement.tally(verdicts, ("std", "module", "basic"))
    assert (own.total, own.known_share, own.right_share) == (5, 0.8, 0.75)
    third = agreement.tally(verdicts, ("third",))
    assert (third.total, third.known_share, third.right_share) == (1, 0.0, None)
    assert agreement.tally([]).known_share is None


def test_the_drawing_depends_on_the_seed_and_not_on_the_order_of_files(truth: Path) -> None:
    files = list(records.read(truth))
    forwards, backwards = agreement.expressions(files), agreement.expressions(files[::-1])
    assert agreement.draw(forwards, 2, 5) == agreement.draw(backwards, 2, 5)
    assert {tuple(agreement.draw(forwards, 1, seed)) for seed in range(20)} == {(each,) for each in forwards}
    assert agreement.draw(forwards, 0, 1) == agreement.draw(forwards, 99, 1) == forwards


def test_what_the_oracle_printed_agrees_with_itself(truth: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(truth), "--ours", str(truth), "--markdown"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "| ex | asked | known | unknown | right, of the known | wrong |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| expressions, of std and the module | 3 | 100.00% | 0.00% | 100.00% | 0 |",
        "| expressions, of third parties | 1 | 100.00% | 0.00% | 100.00% | 0 |",
        "| expressions, all | 4 | 100.00% | 0.00% | 100.00% | 0 |",
        "| calls, of std and the module | 3 | 100.00% | 0.00% | 100.00% | 0 |",
        "| calls, of third parties | 0 | - | - | - | 0 |",
        "| calls, all | 3 | 100.00% | 0.00% | 100.00% | 0 |",
    ]


def test_mismatches_are_listed_with_their_line(truth: Path, ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (truth.parent / "b.go").write_text("x\n\n\nf()\\\n", encoding="utf-8")
    assert main([str(truth), "--ours", str(ours), "--root", str(truth.parent), "--list", "1"]) == 0
    printed = capsys.readouterr().out
    assert "  b.go:4: f()\\\n      wanted *ex.T\n      given  ex.T\n" in printed
    assert "  a.go@7\n" in printed
    assert "       1  *ex.T <- ex.T  (b.go@4)\n" in printed


def test_answers_survive_being_kept(ours: Path, tmp_path: Path) -> None:
    answers = {each.file: each for each in records.read_answers(ours)}
    records.write_answers(tmp_path / "kept.jsonl", answers)
    assert list(records.read_answers(tmp_path / "kept.jsonl")) == list(answers.values())


def test_a_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(TRUTH + '{"file": 7}\n', encoding="utf-8")
    with pytest.raises(msgspec.DecodeError, match=r"broken\.jsonl:3: "):
        list(records.read(path))
