"""What one function does with a file that it opens: each way to keep, release or hand it over."""

from pathlib import Path

import pytest

from goleaklint.config import Config
from goleaklint.model import Finding, Severity
from goleaklint.pipeline.run import Request, run

HEAD = """package demo

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
)

var (
	_      = bufio.NewReader
	_      = context.Background
	_      = errors.New
	_      = io.EOF
	global *os.File
)

type box struct {
	f    *os.File
	stop func()
}

func (b *box) Close() { b.f.Close() }
func (b *box) size() int { return 0 }
func (b *box) start() { go b.run() }
func (b *box) run() { b.f.Sync() }

func shut(f *os.File) { f.Close() }
func shutSometimes(f *os.File, really bool) {
	if really {
		f.Close()
	}
}
func read(f *os.File) error { _, err := f.Stat(); return err }
func keep(f *os.File) { global = f }
func wrap(f *os.File) *box { return &box{f: f} }
func open(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return f, nil
}
func shared() (*os.File, error) {
	f, err := os.Open("shared")
	global = f
	return f, err
}
"""


def found(tmp_path: Path, code: str) -> list[Finding]:
    (tmp_path / "go.mod").write_text("module demo\n\ngo 1.24\n")
    (tmp_path / "demo.go").write_text(HEAD + code)
    result = run(Request(("./...",), tmp_path, Config(), jobs=1))
    assert result.notifications == ()
    return [each for each in result.outcome.findings if each.rule.startswith(("GL40", "GL603"))]


def in_function(body: str) -> str:
    opening = "f, err := os.Open(name)\nif err != nil { return err }\n"
    head = "func (b *box) example(name string, flag bool, fn func(*os.File), out chan *os.File) (result error) {\n"
    return f"{head}{opening}{body}\n}}\n"


LEAKS = {
    "is forgotten": "return nil",
    "an early return": "if flag { return nil }\nreturn f.Close()",
    "read by a function of the module": "return read(f)",
    "in a reader that does not close": "_, err = bufio.NewReader(f).ReadByte()\nreturn err",
    "lent to the standard library": "_, err = io.Copy(os.Stdout, f)\nreturn err",
    "another name": "g := f\n_, err = g.Stat()\nreturn err",
    "in an object that is dropped": "other := &box{f: f}\nif flag { return io.EOF }\nother.Close()\nreturn nil",
    "in an object whose method only looks": "other := &box{f: f}\n_ = other.size()\nreturn nil",
    "wrapped by the module, and dropped": "other := wrap(f)\n_ = other.size()\nreturn nil",
    "put into a list that is dropped": "var all []*os.File\nall = append(all, f)\nreturn nil",
    "released on the other way only": "if flag { f.Close() }\nreturn nil",
    "deferred under the wrong condition": "defer func() { if result != nil { f.Close() } }()\nreturn nil",
    "a name gets another file": "f, err = os.Open(name + name)\nif err != nil { return err }\nreturn f.Close()",
    "a literal that is called only reads": "func() { f.Sync() }()\nreturn nil",
    "written to a log": "println(f.Name())\nreturn nil",
}


@pytest.mark.parametrize("body", LEAKS.values(), ids=LEAKS.keys())
def test_leaks(body: str, tmp_path: Path) -> None:
    assert [each.rule for each in found(tmp_path, in_function(body))] == ["GL401"]


SILENT = {
    "closed": "return f.Close()",
    "deferred": "defer f.Close()\nreturn io.EOF",
    "deferred in a literal": "defer func() { _ = f.Close() }()\nreturn io.EOF",
    "deferred by name": "done := f.Close\ndefer done()\nreturn nil",
    "deferred with an argument": "defer func(c io.Closer) { c.Close() }(f)\nreturn nil",
    "deferred for errors": "defer func() { if result != nil { f.Close() } }()\nif flag { return io.EOF }\n"
    "keep(f)\nreturn nil",
    "deferred unless done": "ok := false\ndefer func() { if !ok { f.Close() } }()\nif flag { return nil }\n"
    "ok = true\nkeep(f)\nreturn nil",
    "closed by a function of the module": "shut(f)\nreturn nil",
    "closed by one, sometimes": "shutSometimes(f, flag)\nreturn nil",
    "kept by a function of the module": "keep(f)\nreturn nil",
    "kept in a variable of the package": "global = f\nreturn nil",
    "kept in a field": "b.f = f\nreturn nil",
    "sent": "out <- f\nreturn nil",
    "sent in a select": "select {\ncase out <- f:\ndefault:\nf.Close()\n}\nreturn nil",
    "given to a goroutine": "go shut(f)\nreturn nil",
    "captured by a goroutine": "go func() { f.Sync() }()\nreturn nil",
    "given to an unknown function": "fn(f)\nreturn nil",
    "captured by a function that is kept": "b.stop = func() { f.Close() }\nreturn nil",
    "in an object that is closed": "other := &box{f: f}\ndefer other.Close()\nreturn nil",
    "in an object that starts something": "other := &box{f: f}\nother.start()\nreturn nil",
    "in an object that is kept": "other := &box{f: f}\n*b = *other\nreturn nil",
    "in a list that is walked": "all := []*os.File{f}\nfor _, each := range all { each.Close() }\nreturn nil",
    "only closed if it is there": "if f != nil { f.Close() }\nreturn nil",
    "the process ends": "if flag { os.Exit(1) }\nreturn f.Close()",
    "a panic": 'if flag { panic("no") }\nreturn f.Close()',
    "registered with a context": "context.AfterFunc(context.Background(), func() { f.Close() })\nreturn nil",
    "a literal that closes": "end := func() { f.Close() }\nif flag { end(); return nil }\nend()\nreturn nil",
    "asserted to be a closer": "var r io.Reader = f\nif c, ok := r.(io.Closer); ok { c.Close() }\nreturn nil",
}


@pytest.mark.parametrize("body", SILENT.values(), ids=SILENT.keys())
def test_silent(body: str, tmp_path: Path) -> None:
    assert found(tmp_path, in_function(body)) == []


ERRORS = {
    "compared": "f, err := os.Open(name)\nif err != nil { return }\nf.Close()",
    "compared the other way": "if f, err := os.Open(name); err == nil { f.Close() }",
    "a known error": "f, err := os.Open(name)\nif errors.Is(err, os.ErrNotExist) { return }\nf.Close()",
    "asked by a function": "f, err := os.Open(name)\nif os.IsNotExist(err) { return }\nf.Close()",
    "by its kind": "f, err := os.Open(name)\nif _, ok := err.(*os.PathError); ok { return }\nf.Close()",
    "in a switch": "f, err := os.Open(name)\nswitch {\ncase err == nil:\nf.Close()\ndefault:\n}",
    "copied": "var failed error\nf, err := os.Open(name)\nfailed = err\nif failed == nil { f.Close() }",
    "copied too": "var last error\nf, err := os.Open(name)\nlast = err\nif err != nil { return }\nf.Close()\n_ = last",
    "of two": "f, err := os.Open(name)\nif err != nil || f == nil { return }\nf.Close()",
}


@pytest.mark.parametrize("body", ERRORS.values(), ids=ERRORS.keys())
def test_nothing_is_held_where_the_error_is_not_nil(body: str, tmp_path: Path) -> None:
    assert found(tmp_path, f"func example(name string) {{\n{body}\n}}\n") == []


def test_wrappers_acquire_and_those_that_keep_do_not(tmp_path: Path) -> None:
    first = "func a(name string) {\n\tf, err := open(name)\n\t_, _ = f, err\n}\n"
    second = "func b() {\n\tf, _ := shared()\n\tf.Sync()\n}\n"
    (finding,) = found(tmp_path, first + second)
    assert finding.function == "a"


def test_steps_show_the_acquisition_and_each_way_out(tmp_path: Path) -> None:
    (finding,) = found(
        tmp_path, in_function("if flag { return nil }\nif name == f.Name() { return io.EOF }\nreturn f.Close()")
    )
    assert [step.message for step in finding.steps] == [
        "acquires f",
        "where flag",
        "returns while f is still held",
        "where name == f.Name()",
        "returns while f is still held",
    ]
    assert finding.severity is Severity.WARNING
    assert "f.Close()" in finding.mend


def test_a_command_that_ends_is_a_note(tmp_path: Path) -> None:
    code = "func main() { once() }\nfunc once() {\n\tf, _ := os.Open(os.Args[0])\n\tf.Sync()\n}\n"
    (tmp_path / "go.mod").write_text("module demo\n\ngo 1.24\n")
    (tmp_path / "main.go").write_text('package main\n\nimport "os"\n\n' + code)
    result = run(Request(("./...",), tmp_path, Config(pedantic=True), jobs=1))
    assert [each.severity for each in result.outcome.findings if each.rule == "GL401"] == [Severity.NOTE]


CONTEXTS = {
    "a constructor that fails": ("*keeper", 'nil, errors.New("no")', "return &keeper{cancel}, nil", []),
    "a function that works": (
        "int",
        '0, errors.New("no")',
        "defer cancel()\n<-ctx.Done()\nreturn 0, nil",
        [Severity.WARNING],
    ),
}


@pytest.mark.parametrize(("kind", "failed", "end", "severities"), CONTEXTS.values(), ids=CONTEXTS.keys())
def test_constructor_that_fails_leaves_its_caller_a_trifle(
    kind: str, failed: str, end: str, severities: list[Severity], tmp_path: Path
) -> None:
    head = f"func example(ctx context.Context, flag bool) ({kind}, error) {{\nctx, cancel := context.WithCancel(ctx)\n"
    code = f"type keeper struct {{ end func() }}\n{head}if flag {{ return {failed} }}\n_ = ctx\n{end}\n}}\n"
    assert [each.severity for each in found(tmp_path, code)] == severities


def branches(tmp_path: Path, body: str) -> list[str]:
    """The branches that are shown of a function that leaks a file."""
    (finding,) = found(tmp_path, in_function(body))
    return [step.message for step in finding.steps if step.message.startswith("where")]


NEGATIONS = {
    'if name != "x" { return f.Close() }\nreturn nil': 'where name == "x"',
    "if !flag { return f.Close() }\nreturn nil": "where flag",
    "if flag { return f.Close() }\nreturn nil": "where !flag",
    'if flag && name == "x" { return f.Close() }\nreturn nil': "where !flag",
}


@pytest.mark.parametrize(("body", "branch"), NEGATIONS.items())
def test_branches_not_taken_are_told_as_go_would(body: str, branch: str, tmp_path: Path) -> None:
    assert branch in branches(tmp_path, body)


def test_branches_that_change_nothing_are_not_shown(tmp_path: Path) -> None:
    body = 'if flag { return f.Close() }\nif name != "" { name = "" }\nreturn nil'
    assert branches(tmp_path, body) == ["where !flag"]
