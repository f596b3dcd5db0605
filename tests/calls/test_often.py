"""How often a place is come to: once in a process, or again and again."""

import textwrap
from pathlib import Path

import pytest

from goleaklint.calls.code import Code
from goleaklint.calls.often import Often, Root, root_of, usual_root_of
from goleaklint.flow import ops
from goleaklint.pipeline.calls import call_program


def code_of(root: Path, files: dict[str, str], name: str) -> Code:
    """The function or literal in the module `example.com/m` that starts the work, in the one called `name`."""
    (root / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
    program = call_program(("./...",), root)
    functions = program.analysis()
    for path in functions.sources.files:
        scope = functions.declared.program.package(path)
        for each in functions.in_package(scope) if scope is not None else ():
            if each.function.name == name:
                for code in each.all_code():
                    if next(code.graph.ops(ops.Go), None) is not None:
                        return code
    raise AssertionError(name)


def root(code: Code) -> Root:
    _, op = next(code.graph.ops(ops.Go))
    return root_of(code, op.node)


PROGRAM = """
    package m

    import (
        "net"
        "net/http"
        "sync"
    )

    func init() { fromInit() }
    func fromInit() { go work() }

    type server struct{ once sync.Once }
    func newServer() *server { return &server{} }
    var only = newServer()
    func (s *server) Start() { go work() }
    func (s *server) lazily() { s.once.Do(func() { go work() }) }

    type registry struct{ cleaner sync.Once }
    var global = registry{}
    func (r *registry) get() { r.cleaner.Do(func() { go work() }) }

    type table struct{ cleaner sync.Once }
    var zero table
    func (t *table) get() { t.cleaner.Do(func() { go work() }) }

    type Client struct{ cleaner sync.Once }
    var Default = &Client{}
    func (c *Client) get() { c.cleaner.Do(func() { go work() }) }

    type held struct{ cleaner sync.Once }
    func (h *held) get() { h.cleaner.Do(func() { go work() }) }

    type conn struct{}
    func accept(l net.Listener) {
        for {
            if _, err := l.Accept(); err != nil { return }
            c := &conn{}
            c.serve()
        }
    }
    func (c *conn) serve() { go work() }
    func (c *conn) Open() { go work() }

    func Handle(w http.ResponseWriter, r *http.Request) { helper() }
    func helper() { go work() }

    func pool() { for i := 0; i < 4; i++ { go work() } }
    func init() { pool() }

    func Exported() { go work() }

    var shared sync.Once
    func onceOnly() { shared.Do(func() { go work() }) }

    type store struct{}
    func Make() *store { s := newStore(); s.Start(); return s }
    func newStore() *store { return &store{} }
    func (s *store) Start() { go work() }

    func perItem(items chan int) { for range items { go work() } }

    type cache struct{ entries []int }
    func (c *cache) isEmpty() bool { return len(c.entries) == 0 }
    type disk struct{ cache *cache }
    func filled() *cache { go work(); return &cache{entries: []int{1}} }
    func emptied() *cache { go work(); return &cache{} }
    func (d *disk) watch() {
        for {
            if d.cache.isEmpty() { d.cache = filled() }
        }
    }
    func (d *disk) renew(full func() bool) {
        for {
            if d.cache.isEmpty() { d.cache = emptied() }
            if full() { d.cache = nil }
        }
    }
    func init() {
        (&disk{}).watch()
        (&disk{}).renew(nil)
        listed(nil)
        served(nil)
        supervise("a", nil)
        survey(nil)
    }
    func exists(path string) bool { return path == "" }
    func healthy(path string) bool { return path == "" }
    func lay(path string) { go work() }
    func heal(path string) { go work() }
    func layNext(path string) { go work() }
    func supervise(path string, wait func() bool) {
        for wait() {
            if !exists(path) { lay(path) }
            if !healthy(path) { heal(path) }
        }
    }
    func survey(next func() string) {
        for {
            path := next()
            if !exists(path) { layNext(path) }
        }
    }

    type list struct{ next *list }
    func listed(l *list) {
        for {
            if l == nil { return }
            go work()
            l = l.next
        }
    }
    func served(l net.Listener) {
        fails := 0
        for {
            if fails > 3 { return }
            go work()
            if _, err := l.Accept(); err != nil { fails++ }
        }
    }

    func work() {}
"""


@pytest.mark.parametrize(
    ("name", "often"),
    [
        ("fromInit", Often.ONCE),
        ("filled", Often.ONCE),
        ("emptied", Often.REPEATED),
        ("lay", Often.ONCE),
        ("heal", Often.REPEATED),
        ("layNext", Often.REPEATED),
        ("listed", Often.ONCE),
        ("served", Often.REPEATED),
        ("(*server).Start", Often.ONCE),
        ("(*server).lazily", Often.ONCE),
        ("(*registry).get", Often.ONCE),
        ("(*table).get", Often.ONCE),
        ("(*Client).get", Often.UNKNOWN),
        ("(*held).get", Often.UNKNOWN),
        ("(*conn).serve", Often.REPEATED),
        ("(*conn).Open", Often.REPEATED),
        ("helper", Often.REPEATED),
        ("pool", Often.ONCE),
        ("Exported", Often.UNKNOWN),
        ("onceOnly", Often.ONCE),
        ("perItem", Often.REPEATED),
        ("(*store).Start", Often.UNKNOWN),  # what leads to Make counts however often it is asked for
    ],
)
def test_roots(tmp_path: Path, name: str, often: Often) -> None:
    assert root(code_of(tmp_path, {"a.go": PROGRAM}, name)).often is often


def test_commands_do_what_they_do_once(tmp_path: Path) -> None:
    files = {"a.go": "package main\n\nfunc main() {}\n\nfunc run() { go work() }\n\nfunc work() {}\n"}
    assert root(code_of(tmp_path, files, "run")).often is Often.ONCE


COMMAND = """
    package serve

    type CLI struct{ Listen string }
    func (c *CLI) Run() error { go work(); return nil }
    func (c *CLI) Execute(args []string) error { go work(); return nil }
    func (c *CLI) Handle() error { go work(); return nil }

    type worker struct{}
    func spawn() *worker { return &worker{} }
    func (w *worker) Run() { go work() }

    func Serve() { go work() }

    func work() {}
"""


@pytest.mark.parametrize(
    ("directory", "name", "often"),
    [
        ("cmd/tool/serve", "(*CLI).Run", Often.ONCE),
        ("cmd/tool/serve", "(*CLI).Execute", Often.ONCE),
        ("cmd/tool/serve", "(*CLI).Handle", Often.UNKNOWN),
        ("cmd/tool/serve", "(*worker).Run", Often.UNKNOWN),
        ("cmd/tool/serve", "Serve", Often.UNKNOWN),
        ("serve", "(*CLI).Run", Often.UNKNOWN),
        ("internal/serve", "(*CLI).Run", Often.UNKNOWN),
    ],
)
def test_what_a_library_reads_a_command_line_into_runs_once(
    tmp_path: Path, directory: str, name: str, often: Often
) -> None:
    assert root(code_of(tmp_path, {f"{directory}/a.go": COMMAND}, name)).often is often


@pytest.mark.parametrize(
    ("imported", "given", "often"),
    [
        ("github.com/spf13/cobra", "*cobra.Command", Often.ONCE),
        ("github.com/urfave/cli/v2", "*cli.Context", Often.ONCE),
        ("gopkg.in/urfave/cli.v1", "*cli.Context", Often.ONCE),
        ("github.com/alecthomas/kingpin/v2", "*kingpin.ParseContext", Often.ONCE),
        ("example.com/other/cli", "*cli.Context", Often.UNKNOWN),
        ("github.com/labstack/echo/v4", "echo.Context", Often.REPEATED),
        ("net/http", "*http.Request", Often.REPEATED),
    ],
)
def test_what_a_function_is_given_tells(tmp_path: Path, imported: str, given: str, often: Often) -> None:
    source = f'package m\n\nimport "{imported}"\n\nfunc run(c {given}) {{ go work() }}\n\nfunc work() {{}}\n'
    assert root(code_of(tmp_path, {"a.go": source}, "run")).often is often


@pytest.mark.parametrize("directory", ["testutil", "examples/chat"])
def test_callers_beside_the_program_do_not_count(tmp_path: Path, directory: str) -> None:
    caller = """
        package testutil

        import "example.com/m"

        func Many(items chan int) { for range items { m.Exported() } }
    """
    main = 'package main\n\nimport "example.com/m"\n\nfunc main() { m.Exported() }\n'
    files = {"a.go": PROGRAM, f"{directory}/a.go": caller, "cmd/x/main.go": main}
    assert root(code_of(tmp_path, files, "Exported")) == Root(Often.ONCE, "by main")


@pytest.mark.parametrize(
    ("caller", "often"),
    [
        ("for { if err := load(); err != nil { return err } }", Often.ONCE),
        ("for { if err := load(); err != nil { return fmt.Errorf(`x: %w`, err) } }", Often.ONCE),
        ("for { err := load(); if err != nil { err = errors.Join(err, io.EOF); return err } }", Often.ONCE),
        ("for { if err := load(); err != nil { break } }; return nil", Often.ONCE),
        ("for { if err := func() error { return load() }(); err != nil { return err } }", Often.ONCE),
        ("for { if err := load(); err != nil { os.Exit(1) } }", Often.ONCE),
        ("for { if load() != nil { return } }", Often.REPEATED),
        ("for { if err := load(); err != nil { return errLoad } }", Often.ONCE),
        ("for { err := load(); if err != nil { err = errLoad }; if err != nil { return err } }", Often.ONCE),
        ("for { err := load(); if err != nil { err = last.err }; if err != nil { return err } }", Often.REPEATED),
        ("for { if err := load(); err != nil { continue } }", Often.REPEATED),
        ("for { if err := load(); err != nil { println(1) } }", Often.REPEATED),
        ("for { err := load(); err = nil; if err != nil { return err } }", Often.REPEATED),
        ("for { load() }", Often.REPEATED),
        ("for { go load() }", Often.REPEATED),
    ],
)
def test_a_failure_that_leaves_the_loop_happens_once(tmp_path: Path, caller: str, often: Often) -> None:
    source = f"""
        package m

        import ("errors"; "fmt"; "io"; "os")

        var _, _, _, _ = errors.New, fmt.Errorf, io.EOF, os.Exit

        func init() {{ run() }}
        func run() error {{ {caller} }}
        var errLoad = errors.New("load")
        var last struct{{ err error }}
        func load() error {{ go work(); return nil }}
        func work() {{}}
    """
    code = code_of(tmp_path, {"a.go": source}, "load")
    assert usual_root_of(code, None, failing=True).often is often
    assert usual_root_of(code, None).often in (often, Often.REPEATED)


@pytest.mark.parametrize(
    ("outer", "often"),
    [
        ("for { if run() != nil { continue } }", Often.REPEATED),
        ("for { if err := run(); err != nil { return } }", Often.ONCE),
        ("for { err := run(); log(err) }", Often.REPEATED),
    ],
)
def test_a_failure_is_followed_as_long_as_it_is_passed_on(tmp_path: Path, outer: str, often: Often) -> None:
    source = f"""
        package m

        func init() {{ serve() }}
        func serve() {{ {outer} }}
        func log(error) {{}}
        func run() error {{ if err := load(); err != nil {{ return err }}; return nil }}
        func load() error {{ go work(); return nil }}
        func work() {{}}
    """
    assert usual_root_of(code_of(tmp_path, {"a.go": source}, "load"), None, failing=True).often is often


def test_a_failure_that_is_swallowed_does_not_end_the_caller(tmp_path: Path) -> None:
    source = """
        package m

        func init() { for { if err := run(); err != nil { return } } }
        func run() error { err := load(); if err != nil { err = nil }; return err }
        func load() error { go work(); return nil }
        func work() {}
    """
    assert usual_root_of(code_of(tmp_path, {"a.go": source}, "load"), None, failing=True).often is Often.REPEATED


BUILDER = """
    package m

    type Builder interface { Build(size int) error; Close() error }
    type settings struct { Builder }

    type simple struct{}
    func (*simple) Build(size int) error { go work(); return nil }
    func (*simple) Close() error { return nil }

    type other struct{}
    func (other) Build(size int) error { go work(); return nil }

    func work() {}
"""


@pytest.mark.parametrize(
    ("caller", "often"),
    [
        ("func main() { use(&settings{}) }\nfunc use(s *settings) { s.Build(1) }", Often.ONCE),
        ("func init() { go func() { use(nil) }() }\nfunc use(b Builder) { b.Build(1) }", Often.ONCE),
        ("func Use(b Builder) { b.Build(1) }", Often.UNKNOWN),
        ("func init() { for { use(nil) } }\nfunc use(b Builder) { b.Build(1) }", Often.UNKNOWN),
        (
            "func init() { use(nil) }\nfunc use(b Builder) { on(func() { b.Build(1) }) }\nfunc on(func()) {}",
            Often.UNKNOWN,
        ),
        ("func handle(b Builder) { b.Build(1) }\nvar table = []func(Builder){handle}", Often.UNKNOWN),
    ],
)
def test_methods_are_called_through_interfaces(tmp_path: Path, caller: str, often: Often) -> None:
    package = "package main" if "main()" in caller else "package m"
    source = BUILDER.replace("package m", package) + "\n" + textwrap.indent(caller, "    ")
    assert root(code_of(tmp_path, {"a.go": source}, "(*simple).Build")).often is often


def test_only_methods_of_types_that_meet_the_interface_are_called_through_it(tmp_path: Path) -> None:
    source = BUILDER + "\n    func init() { use(nil) }\n    func use(b Builder) { b.Build(1) }\n"
    assert root(code_of(tmp_path, {"a.go": source}, "other.Build")).often is Often.UNKNOWN


@pytest.mark.parametrize(
    ("function", "often"),
    [
        ("func Run(f func() error) { go work(); if f() != nil { os.Exit(1) } }", Often.ONCE),
        ("func Run(f func() error) error { go work(); if f() != nil { os.Exit(1) }; return nil }", Often.UNKNOWN),
        ("func Run(f func() error) { go work(); f() }", Often.UNKNOWN),
        ("type c struct{}\nfunc (c) Run(args []string) int { go work(); return len(args) }", Often.ONCE),
        ("type c struct{}\nfunc (c) Run(args []string) error { go work(); return nil }", Often.UNKNOWN),
        ("func Run() { go work() }\nvar plugin = struct{ InitFn func() }{InitFn: nil}", Often.UNKNOWN),
        (
            "func run() { go work() }\ntype p struct{ InitFn func() }\nfunc New() p { return p{InitFn: run} }",
            Often.ONCE,
        ),
        ("func run() { go work() }\ntype p struct{ Each func() }\nfunc New() p { return p{Each: run} }", Often.UNKNOWN),
    ],
)
def test_what_libraries_of_commands_call_runs_once(tmp_path: Path, function: str, often: Often) -> None:
    name = "c.Run" if "(c)" in function else "run" if "func run" in function else "Run"
    source = f'package m\n\nimport "os"\n\nvar _ = os.Exit\n\n{function}\n\nfunc work() {{}}\n'
    assert root(code_of(tmp_path, {"a.go": source}, name)).often is often


def test_a_function_of_another_system_has_the_same_callers(tmp_path: Path) -> None:
    files = {
        "a.go": "package m\n\nfunc init() { start() }\n\nfunc work() {}\n",
        "a_linux.go": "package m\n\nfunc start() {}\n",
        "a_windows.go": "package m\n\nfunc start() { go work() }\n",
    }
    assert root(code_of(tmp_path, files, "start")) == Root(Often.ONCE, "by init")


def test_nobody_knows_when_a_literal_that_is_kept_in_a_field_runs(tmp_path: Path) -> None:
    program = """
        package main
        type config struct { lookup func() }
        func main() { for c := load(); ; { c.lookup() } }
        func load() *config {
            c := &config{}
            c.lookup = func() { go work() }
            return c
        }
        func work() {}
    """
    assert root(code_of(tmp_path, {"main.go": program}, "load")).why == ""


def test_not_all_calls_of_a_function_are_looked_at(tmp_path: Path) -> None:
    calls = "\n".join(["ask()"] * 300)
    source = f"package m\n\nfunc init() {{\n{calls}\n}}\n\nfunc ask() {{ go work() }}\n\nfunc work() {{}}\n"
    assert root(code_of(tmp_path, {"a.go": source}, "ask")).often is Often.UNKNOWN
    few = source.replace(calls, "ask()\nask()")
    assert root(code_of(tmp_path, {"a.go": few}, "ask")).often is Often.ONCE


@pytest.mark.parametrize(("directory", "why"), [("cmd", "by a command"), ("server", "")])
def test_what_a_directory_of_commands_lists_is_what_they_do(tmp_path: Path, directory: str, why: str) -> None:
    source = """
        package commands
        type command struct { f func() int }
        var all []command
        func init() { all = append(all, command{f: start}) }
        func start() int { go work(); return 0 }
        func work() {}
    """
    assert root(code_of(tmp_path, {f"{directory}/a.go": source}, "start")).why == why
