"""A pack becomes resources and functions, or a list of everything that is wrong in it."""

from pathlib import Path

import pytest

from goleaklint.knowledge import (
    ITSELF,
    CallbackFate,
    Function,
    FunctionName,
    Holder,
    NoReturn,
    Order,
    Pack,
    ReleasedBy,
    Stub,
    TypeName,
    Until,
)  # fmt: skip
from goleaklint.knowledge.names import local_name, parse_function, parse_type
from goleaklint.knowledge.reading import read_pack
from goleaklint.model import Severity
from goleaklint.toml_source import MistakesError, parse_toml

FULL = """
[pack]
module = ["example.com/go-db", "example.org/fork"]
[[resource]]
rule = "GL406"
type = "*iter.Cursor"
acquire = ["(*DB).Cursor"]
result = 1
release = ["(*iter.Cursor).Close", "()"]
why = "it stays"
field = "Inner"
idempotent = true
released-by = ["exhausted", "parent"]
order = "before-parent"
until = "parent"
by-type = true
before-go = "1.23"
leaks = '''
c := 1
'''
[[resource]]
rule = "GL411"
type = "chan<- Event"
label = "db.Watch"
by-type = true
argument = 2
released-by = ["context"]
why = "it stays"
[[function]]
names = ["Must", "(*DB).Each"]
never-returns = "panic"
callback = "calls"
argument = 1
takes = [0, 2]
[[stub]]
package = "iter"
text = "package iter"
"""

WRONG = """[pack]
modul = "example.com/db"
[[resource]]
rule = "leak"
type = "Not a type"
acquire = ["Open!", "Create"]
release = []
why = "it stays"
result = 1
receiver = true
idempotnt = true
released-by = ["contxt"]
until = "forever"
[[resource]]
rule = "GL401"
type = "*DB"
acquire = ["New"]
why = "it stays"
before-go = "1.23.4"
[[resource]]
rule = "GL401"
type = "*DB"
acquire = [
  "Create",
]
result = 1
release = ["(*DB).Close"]
[[function]]
names = ["Exit"]
[[function]]
names = ["Exit"]
never-returns = "always"
takes = [-1]
[functions]
"""


def pack(text: str) -> Pack:
    return read_pack(parse_toml(text.encode(), "db.toml"))


def test_a_pack_with_everything_in_it() -> None:
    read = pack(FULL)
    assert read.modules == ("example.com/go-db", "example.org/fork")
    cursor, fork_cursor, watch, _ = read.resources
    assert cursor.label == "iter.Cursor"
    assert cursor.type == TypeName("example.com/go-db/iter", "Cursor", pointer=True)
    assert fork_cursor.type.package == "example.org/fork/iter"
    assert cursor.acquire == (FunctionName("example.com/go-db", "Cursor", "DB"),)
    assert cursor.release == (FunctionName("example.com/go-db/iter", "Close", "Cursor"), ITSELF)
    assert (cursor.holder, cursor.position, cursor.field) == (Holder.RESULT, 1, "Inner")
    assert cursor.released_by == (ReleasedBy.EXHAUSTED, ReleasedBy.PARENT)
    assert (cursor.order, cursor.until, cursor.before_go) == (Order.BEFORE_PARENT, Until.PARENT, "1.23")
    assert (cursor.idempotent, cursor.by_type, cursor.leaks) == (True, True, "c := 1")
    assert (watch.holder, watch.position, watch.acquire, watch.release) == (Holder.ARGUMENT, 2, (), ())
    assert watch.type == TypeName("", "chan<- Event")
    assert [function.name.local for function in read.functions] == ["Must", "DB.Each"] * 2
    must = Function(FunctionName("example.com/go-db", "Must"), NoReturn.PANIC, CallbackFate.CALLS, 1, (0, 2))
    assert read.functions[0] == must
    assert read.stubs == tuple(Stub(f"{module}/iter", "package iter") for module in read.modules)


def test_a_function_that_borrows() -> None:
    read = pack('[pack]\nmodule = "example.com/db"\n[[function]]\nnames = ["Sync"]\nborrows = true\n')
    assert [(each.borrows, each.takes) for each in read.functions] == [(True, ())]


def test_all_mistakes_are_told_at_once_with_their_lines() -> None:
    with pytest.raises(MistakesError) as caught:
        pack(WRONG)
    assert str(caught.value).split("\n") == [
        "db.toml:1: module is missing",
        'db.toml:2: unknown key "modul"; did you mean "module"?',
        'db.toml:4: rule looks like "GL407", not "leak"',
        'db.toml:5: "Not a type" does not name a type',
        'db.toml:6: "Open!" does not name a function; write it as "Open", "(*DB).Close" or "package.Open"',
        "db.toml:7: release names no function",
        "db.toml:10: only one of result, argument and receiver can say what is held, not result and receiver",
        'db.toml:11: unknown key "idempotnt"; did you mean "idempotent"?',
        'db.toml:12: "contxt" is none of context, exhausted, parent; did you mean "context"?',
        'db.toml:13: until must be one of "process", "parent", "collector" or "deadline", not "forever"',
        "db.toml:14: nothing releases it: give release or released-by",
        'db.toml:19: before-go looks like "1.23", not "1.23.4"',
        "db.toml:20: why is missing",
        "db.toml:28: says nothing of its functions: give never-returns, callback, takes or borrows",
        "db.toml:31: unknown.invalid.Exit is described already, at line 28",
        'db.toml:32: never-returns must be one of "process", "goroutine" or "panic", not "always"',
        "db.toml:33: takes must be a list of whole numbers from 0 on, not a list",
        'db.toml:34: unknown key "functions"; did you mean "function"?',
    ]


REPEATED = """[pack]
module = ["example.com/db", "example.com/fork"]
[[resource]]
rule = "GL408"
type = "*DB"
acquire = ["Open"]
release = ["(*DB).Close"]
why = "it stays"
[[resource]]
rule = "GL401"
type = "*DB"
acquire = ["Create", "Open"]
release = ["(*DB).Close"]
why = "it stays"
"""


def test_a_resource_that_is_described_twice_is_one_mistake() -> None:
    with pytest.raises(MistakesError) as caught:
        pack(REPEATED)
    assert str(caught.value) == "db.toml:12: example.com/db.Open is described already, at line 3"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "db.toml:1: pack is missing"),
        ("[pack]\nmodule = []", "db.toml:2: module names no module"),
        ("pack = 1", "db.toml:1: pack must be a table, not the number 1"),
        ("[pack]\nmodule = 'no such path'", 'db.toml:2: "no such path" is not the path of a module'),
        ("[pack]\nmodule = 'std'\n[[function]]\nnames = ['Exit']\ntakes = [0]",
         'db.toml:4: "Exit" does not name a function; write it as "os.Open" or "(*os.File).Close"'),
        ("[pack]\nmodule = 'm.x/y'\nresource = 1", 'db.toml:3: unknown key "resource"'),
        ("resource = 1\n[pack]\nmodule = 'm.x/y'", "db.toml:1: resource must be a list of tables, written"),
    ],
)  # fmt: skip
def test_single_mistakes(text: str, mistake: str) -> None:
    with pytest.raises(MistakesError) as caught:
        pack(text)
    assert str(caught.value).startswith(mistake)
    assert len(caught.value.mistakes) == 1


@pytest.mark.parametrize(
    ("written", "module", "name"),
    [
        ("Open", "m.x/db", FunctionName("m.x/db", "Open")),
        ("(*DB).View", "m.x/db", FunctionName("m.x/db", "View", "DB")),
        ("DB.View", "m.x/db", FunctionName("m.x/db", "View", "DB")),
        ("(conn).close", "m.x/db", FunctionName("m.x/db", "close", "conn")),
        ("sub.Open", "m.x/db", FunctionName("m.x/db/sub", "Open")),
        ("sub.open", "m.x/db", FunctionName("m.x/db/sub", "open")),
        ("a/go-b.T.Open", "m.x/db", FunctionName("m.x/db/a/go-b", "Open", "T")),
        ("(a/b.Iterator).Next", "m.x/db", FunctionName("m.x/db/a/b", "Next", "Iterator")),
        ("gopkg.in/yaml.v3.Unmarshal", "m.x/db", FunctionName("gopkg.in/yaml.v3", "Unmarshal")),
        ("(*github.com/A/b.T).Close", "m.x/db", FunctionName("github.com/A/b", "Close", "T")),
        ("(std/io.Closer).Close", "m.x/db", FunctionName("io", "Close", "Closer")),
        ("os.Open", "std", FunctionName("os", "Open")),
        ("(*net/http.Client).Do", "std", FunctionName("net/http", "Do", "Client")),
        ("net/http.Client.Do", "std", FunctionName("net/http", "Do", "Client")),
        ("()", "std", ITSELF),
        ("Open", "std", None),
        ("(*DB)", "m.x/db", None),
        ("(*DB).", "m.x/db", None),
        ("Open()", "m.x/db", None),
        ("", "m.x/db", None),
    ],
)
def test_names_of_functions(written: str, module: str, name: FunctionName | None) -> None:
    assert parse_function(written, module) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("*Txn", TypeName("m.x/db", "Txn", pointer=True)),
        ("a/b.Iterator", TypeName("m.x/db/a/b", "Iterator")),
        ("std/io.Closer", TypeName("io", "Closer")),
        ("func() bool", TypeName("", "func() bool")),
        ("<-chan *Event", TypeName("", "<-chan *Event")),
        ("**T", None),
    ],
)
def test_names_of_types(written: str, name: TypeName | None) -> None:
    assert parse_type(written, "m.x/db") == name


@pytest.mark.parametrize("written", ["(*DB).View", "(DB).View", "(*DB[K, m.V]).View", "DB.View"])
def test_all_ways_to_write_a_method_are_one(written: str) -> None:
    assert local_name(written) == "DB.View"


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ("", Severity.ERROR),
        ("until = 'parent'", Severity.WARNING),
        ("until = 'collector'", Severity.WARNING),
        ("until = 'deadline'", Severity.NOTE),
        ("pooled = true", Severity.NOTE),
    ],
)
def test_the_consequence_decides_the_level(facts: str, severity: Severity) -> None:
    one = REPEATED.partition("[[resource]]\nrule = \"GL401\"")[0] + facts  # fmt: skip
    assert pack(one).resources[0].severity is severity


def test_the_packs_of_the_tool_speak_in_plain_sentences() -> None:
    for path in (Path(__file__).parents[2] / "rules").glob("*.toml"):
        for resource in pack(path.read_text()).resources:
            where = f"{path.name}: {resource.label}"
            assert resource.why[:1].islower() and not resource.why.endswith("."), where
            assert not set("{}[]") & set(resource.why), where
            assert bool(resource.leaks) == bool(resource.fixed), where
