"""Which places of correct Go code are changed, which are left out, and what is then reported."""

import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).parents[2]
if not (ROOT / "benchmarks" / "mutants").is_dir():
    pytest.skip("the benchmarks are not part of this distribution", allow_module_level=True)
sys.path.append(str(ROOT))  # at the end: an installed goleaklint is to be the one under test

from benchmarks.mutants.__main__ import table  # noqa: E402
from benchmarks.mutants.collect import collect, draw  # noqa: E402
from benchmarks.mutants.runs import Runs, changed_text  # noqa: E402
from benchmarks.mutants.sites import Site  # noqa: E402

READ = """
    func Read(path string) error {
        f, err := os.Open(path)
        if err != nil {
            return err
        }
        defer f.Close()
        _, err = f.Stat()
        return err
    }
"""
EARLY = """
    func Lock(path string) (*os.File, error) {
        f, err := os.Create(path)
        if err != nil {
            return nil, err
        }
        if _, err := f.Stat(); err != nil {
            f.Close()
            return nil, err
        }
        return f, nil
    }
"""
STORE = """
    type Store struct {
        mu  sync.Mutex
        ctx context.Context
        n   int
    }
"""
UNLOCK = """
    func (s *Store) Add(n int) bool {
        s.mu.Lock()
        if s.n > 10 {
            s.mu.Unlock()
            return false
        }
        s.n += n
        s.mu.Unlock()
        return true
    }
"""
CANCEL = """
    func (s *Store) Ask(work func(context.Context)) {
        ctx, cancel := context.WithCancel(s.ctx)
        defer cancel()
        work(ctx)
    }
"""
DONE = """
    func Each(jobs []func()) {
        var wg sync.WaitGroup
        for _, job := range jobs {
            wg.Add(1)
            go func() {
                defer wg.Done()
                job()
            }()
        }
        wg.Wait()
    }
"""
ROOM = """
    func Ask(ctx context.Context, work func() int) int {
        found := make(chan int, 1)
        go func() {
            found <- work()
        }()
        select {
        case n := <-found:
            return n
        case <-ctx.Done():
            return 0
        }
    }
"""
CLOSE = """
    func Print(values []int) {
        c := make(chan int)
        go func() {
            for v := range c {
                println(v)
            }
        }()
        for _, v := range values {
            c <- v
        }
        close(c)
    }
"""
QUIT = """
    func Tick(work func(), quit chan struct{}) {
        go func() {
            t := time.NewTicker(time.Minute)
            for {
                select {
                case <-t.C:
                    work()
                case <-quit:
                    return
                }
            }
        }()
    }
"""

CHANGES = [
    (READ, "deferred release", "defer f.Close()", "GL401"),
    (EARLY, "release before an early return", "f.Close()", "GL401"),
    (STORE + UNLOCK, "unlock before an early return", "s.mu.Unlock()", "GL220"),
    (STORE + CANCEL, "deferred cancel", "defer cancel()", "GL603"),
    (DONE, "Done of a wait group", "defer wg.Done()", "GL211"),
    (ROOM, "room of a channel with a timeout", ", 1", "GL202"),
    (CLOSE, "close of a ranged channel", "close(c)", "GL203"),
    (QUIT, "the only quit case", "case <-quit:\n            return", "GL101"),
]

LEFT_OUT = {
    "a span, of which only the record is lost": (
        """
        func Trace(ctx context.Context, tracer trace.Tracer) {
            ctx, span := tracer.Start(ctx, "name")
            defer span.End()
            println(ctx)
        }
    """
    ),
    "a response that is read to its end": (
        """
        func Get(url string) ([]byte, error) {
            resp, err := http.Get(url)
            if err != nil {
                return nil, err
            }
            defer resp.Body.Close()
            return io.ReadAll(resp.Body)
        }
    """
    ),
    "a context below the one of a caller": CANCEL.replace("(s *Store) Ask(", "Ask(s *Store, ")
    .replace("WithCancel(s.ctx)", "WithCancel(ctx)")
    .replace("Ask(s *Store, ", "Ask(ctx context.Context, "),
    "a way that is not taken, since Seek does not fail": EARLY.replace("f.Stat()", "f.Seek(0, 0)"),
    "a goroutine that a panic may end": QUIT.replace("t := ", "defer func() { recover() }()\n            t := "),
    "the lock of an object at its end": STORE + UNLOCK.replace(") Add(", ") Close("),
    "the lock of an object that is made here": STORE
    + UNLOCK.replace("(s *Store) Add(n int)", "Count(n int)").replace("s.mu.Lock", "s := &Store{}\ns.mu.Lock", 1),
    "a send that has another way out": ROOM.replace("found <- work()", "select {\ncase found <- work():\ndefault:\n}"),
    "what happens once, with the package": READ + "\nvar loaded = Read(`x`)\n",
}


def package(directory: Path, source: str, name: str = "demo") -> Path:
    (directory / "go.mod").write_text("module example.com/demo\n\ngo 1.24\n")
    imports = "import (\n" + "".join(
        f'\t"{each}"\n'
        for each in ("context", "io", "net/http", "os", "sync", "time", "go.opentelemetry.io/otel/trace")
        if f"{each.rpartition('/')[2]}." in source
    )
    (directory / "demo.go").write_text(f"package {name}\n\n{imports})\n{dedent(source)}")
    return directory


@pytest.mark.parametrize(("source", "kind", "removed", "rule"), CHANGES, ids=[each[1] for each in CHANGES])
def test_what_is_taken_away_is_reported(tmp_path: Path, source: str, kind: str, removed: str, rule: str) -> None:
    (site,) = collect(package(tmp_path, source))
    text = (tmp_path / site.path).read_bytes()
    assert site.kind == kind
    assert text[site.start : site.end].decode().split() == removed.split()
    assert Runs(tmp_path).caught(site) == rule


@pytest.mark.parametrize("reason", LEFT_OUT)
def test_what_may_not_leak_is_left_out(tmp_path: Path, reason: str) -> None:
    assert collect(package(tmp_path, LEFT_OUT[reason])) == []


@pytest.mark.parametrize("directory", ["cmd/tool", "internal/testutil", "tools", "examples/first"])
def test_what_stands_beside_the_server_is_left_out(tmp_path: Path, directory: str) -> None:
    beside = tmp_path / directory
    beside.mkdir(parents=True)
    package(tmp_path, READ)
    (tmp_path / "demo.go").rename(beside / "demo.go")
    assert collect(tmp_path) == []


def test_commands_are_left_out(tmp_path: Path) -> None:
    assert collect(package(tmp_path, READ, "main")) == []


def test_nested_modules_belong_to_the_repository(tmp_path: Path) -> None:
    (tmp_path / "client").mkdir()
    package(tmp_path, READ)
    package(tmp_path / "client", READ)
    (tmp_path / "client" / "go.mod").write_text("module example.com/demo/client\n\ngo 1.24\n")
    assert [site.path for site in collect(tmp_path)] == ["demo.go", "client/demo.go"]


def test_what_is_said_instead(tmp_path: Path) -> None:
    # Nothing below says how often Read runs, and the change asks for a rule that does not tell of files.
    (site,) = collect(package(tmp_path, READ))
    other = Site("x", ("GL101",), site.path, site.function, site.within, site.line, site.start, site.end)
    runs = Runs(tmp_path)
    assert runs.caught(other) == ""
    assert runs.instead(other) == "GL401"


def test_a_change_keeps_every_line_in_its_place() -> None:
    site = Site("x", (), "demo.go", "f", (0, 20), 1, 2, 7, b"Y")
    assert changed_text(b"abcd\nefgh\n", site) == b"abY \n  gh\n"


def a_site(kind: str, line: int) -> Site:
    return Site(kind, (), "demo.go", "f", (0, 1), line, line, line)


def test_kinds_share_what_is_drawn_and_rare_ones_give_all() -> None:
    sites = [a_site("many", line) for line in range(50)] + [a_site("few", line) for line in range(3)]
    drawn = draw({Path("r"): sites}, 20, 1)[Path("r")]
    assert [each.kind for each in drawn] == ["few"] * 3 + ["many"] * 17
    assert draw({Path("r"): sites}, 20, 1) == draw({Path("r"): sites}, 20, 1)
    assert len(draw({Path("r"): sites}, 0, 1)[Path("r")]) == 53


def test_the_table_counts_by_kind_and_all() -> None:
    rows = list(table([(a_site("b", 1), "GL101"), (a_site("b", 2), ""), (a_site("a", 3), "GL220")]))
    assert rows[2:] == ["| a | 1 | 1 | 100 % |", "| b | 2 | 1 | 50 % |", "| all | 3 | 2 | 66 % |"]
