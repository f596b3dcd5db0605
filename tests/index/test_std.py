"""The standard library's declarations: well-known facts, and every fact against Go's own type checker."""

import subprocess
import sys
from collections.abc import Callable
from functools import cache

import pytest
from std_facts import Package

from goleaklint.files.text import SourceText
from goleaklint.index import std
from goleaklint.index.package import PackageFile
from goleaklint.index.std import is_std, std_package, std_paths, std_release
from goleaklint.syntax import ast

WELL_KNOWN = """
bufio method *Scanner Scan () bool
bufio method ReadWriter ReadString (uint8) (string, error)
cmp ask Ordered ~int|~int8|~int16|~int32|~int64|~uint|~uint8|~uint16|~uint32|~uint64|~uintptr|~float32|~float64|~string
context ask Context Done () <-chan struct{}
context func WithCancel (context.Context) (context.Context, context.CancelFunc)
context type CancelFunc func()
crypto/rand func Read ([]uint8) (int, error)
database/sql field Null V $0
database/sql method *DB QueryContext (context.Context, string, ...interface{}) (*database/sql.Rows, error)
encoding/binary method bigEndian Uint16 ([]uint8) uint16
encoding/binary var BigEndian encoding/binary.bigEndian
html/template alias FuncMap text/template.FuncMap
html/template func New (string) *html/template.Template
io ask ReadCloser Close () error
io ask ReadCloser Read ([]uint8) (int, error)
io func Pipe () (*io.PipeReader, *io.PipeWriter)
io/fs type FileMode uint32
iter type Seq[interface{}] func(func($0) bool)
maps func Keys [interface{~map[$1]$2}, comparable, interface{}]($0) iter.Seq[$1]
math const MaxInt64 untyped int 9223372036854775807
math const Pi untyped float _
math/big method *Int Rand (*math/rand.Rand, *math/big.Int) *math/big.Int
math/rand/v2 method *Rand N [math/rand/v2.intType]($0) $0
net ask Conn SetDeadline (time.Time) error
net embedded IPConn net.conn
net field Dialer Cancel <-chan struct{}
net method *TCPConn Read ([]uint8) (int, error)
net/http const StatusOK untyped int 200
net/http field Response Body io.ReadCloser
net/http func Get (string) (*net/http.Response, error)
net/http method *Client Do (*net/http.Request) (*net/http.Response, error)
net/http method *Request Context () context.Context
net/http method noBody Close () error
net/http var NoBody net/http.noBody
os alias FileInfo io/fs.FileInfo
os const O_RDONLY int 0
os const PathSeparator untyped rune 47
os func Open (string) (*os.File, error)
os method *File Close () error
os method *File Name () string
os method *File Read ([]uint8) (int, error)
os method *File Stat () (io/fs.FileInfo, error)
os/signal func Notify (chan<- os.Signal, ...os.Signal)
reflect ask Type unexported ()
reflect method Value Interface () interface{}
runtime field MemStats BySize [61]struct{Size uint32; Mallocs uint64; Frees uint64}
slices func Collect [interface{}](iter.Seq[$0]) []$0
slices func Sort [interface{~[]$1}, cmp.Ordered]($0)
sync field Pool New func() interface{}
sync method *WaitGroup Go (func())
sync/atomic method *Pointer Load () *$0
sync/atomic type Pointer[interface{}] struct
testing embedded B testing.common
testing method *T Cleanup (func())
testing method *T Context () context.Context
testing method *T Fatal (...interface{})
testing method *T Run (string, func(*testing.T)) bool
text/scanner const GoTokens untyped int 1012
text/template func New (string) *text/template.Template
time const Second time.Duration 1000000000
time field Ticker C <-chan time.Time
time func NewTicker (time.Duration) *time.Ticker
time method *Timer Stop () bool
unsafe func SliceData [interface{}]([]$0) *$0
""".strip().splitlines()

# Structs that embed a type which is not exported: what comes through it are their own methods.
NOT_SHOWN = ("net embedded", "testing embedded")

# What Go 1.26 says otherwise than 1.27: there encoding/json has types of its own.
CHANGED_AFTER = {
    26: {
        "encoding/json ask Marshaler MarshalJSON () ([]uint8, error)",
        "encoding/json ask Unmarshaler UnmarshalJSON ([]uint8) error",
        "encoding/json method *RawMessage UnmarshalJSON ([]uint8) error",
        "encoding/json method RawMessage MarshalJSON () ([]uint8, error)",
        "encoding/json type Marshaler interface",
        "encoding/json type RawMessage []uint8",
        "encoding/json type Unmarshaler interface",
        'unicode const Version untyped string "15.0.0"',
    }
}
# The data has all platforms' system calls, and what only the compiler knows; Go's side has neither.
ONLY_IN_DATA = ("syscall ", "unsafe ")


@cache
def facts(path: str) -> frozenset[str]:
    return frozenset(Package(path).facts())


@pytest.mark.parametrize("fact", WELL_KNOWN)
def test_well_known(fact: str) -> None:
    assert (fact in facts(fact.split()[0])) == (not fact.startswith(NOT_SHOWN))


def test_packages_of_one_name_are_told_apart_by_their_imports() -> None:
    file = std_package("html/template")
    assert file is not None
    names = {spec.path: spec.name for spec in file.imports}
    assert names["text/template"] == "", "nothing else in it is called template"
    assert PackageFile(SourceText("", b""), file).imports()["template"] == "text/template"


def test_no_two_imports_of_a_package_share_a_name() -> None:
    for path in std_paths():
        file = std_package(path)
        assert file is not None
        assert len(PackageFile(SourceText("", b""), file).imports()) == len(file.imports), path


def test_every_name_that_the_data_uses_is_declared_in_it() -> None:
    used = {word for path in std_paths() for fact in facts(path) for word in _qualified(fact)}
    declared = {f"{path}.{name}" for path in std_paths() for name in Package(path).types}
    assert used - declared == set()


def _qualified(fact: str) -> list[str]:
    _, kind, text = fact.split(" ", 2)
    if kind == "const":
        return []
    for mark in '()[]{},;*$~|"':
        text = text.replace(mark, " ")
    return [
        word for word in text.replace("...", " ").split() if "." in word and word[0].isalpha() and word[0].islower()
    ]


def test_declarations_have_neither_positions_nor_bodies() -> None:
    file = std_package("os")
    assert file is not None
    assert (file.start, file.end, file.package, file.errors) == (0, 0, "os", ())
    assert {(each.start, each.end, each.body_start, each.body_end) for each in file.functions} == {(0, 0, 0, 0)}


def test_methods_with_type_parameters_of_their_own_are_methods() -> None:
    file = std_package("math/rand/v2")
    assert file is not None
    [method] = [each for each in file.functions if each.name.name == "N" and each.receiver]
    assert isinstance(method.receiver and method.receiver.type, ast.Star)
    assert [name.name for field in method.type.type_params for name in field.names] == ["T0"]


@pytest.mark.parametrize(
    ("path", "modules", "expected"),
    [
        ("net/http", (), True),
        ("unsafe", (), True),
        ("internal/abi", (), True),
        ("newer/than/the/data", (), True),
        ("golang.org/x/sync/errgroup", (), False),
        ("ourmodule/net", ("ourmodule",), False),
        ("ourmodule", ("ourmodule",), False),
        ("ourmodules/net", ("ourmodule",), True),
        ("net/http", ("net",), True),
        ("C", (), False),
        ("./net", (), False),
        ("", (), False),
    ],
)
def test_what_belongs_to_the_distribution(path: str, modules: tuple[str, ...], expected: bool) -> None:
    assert is_std(path, modules) == expected


def test_a_path_without_data_has_no_declarations() -> None:
    assert std_package("golang.org/x/sync/errgroup") is None
    assert std_package("internal/abi") is None


def test_a_package_is_decoded_once_and_alone() -> None:
    script = (
        "from goleaklint.index import std\n"
        "assert std.std_package('net/http') is std.std_package('net/http')\n"
        "print(std._package.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "1\n"


def test_the_data_stays_small() -> None:
    assert std.STD_DATA.stat().st_size < 300_000


def test_agrees_with_go(go: Callable[..., str], go_program: Callable[..., str]) -> None:
    minor = int(go("env", "GOVERSION").split(".")[1])
    ours = int(std_release().split(".")[1])
    if minor != ours and minor not in CHANGED_AFTER:
        pytest.skip(f"the go command on PATH is 1.{minor}; the data is 1.{ours}'s")
    gos = set(go_program("std").splitlines()[1:])
    data = {fact for path in std_paths() for fact in facts(path)}
    assert len(gos) > 14_000
    assert gos - data == CHANGED_AFTER.get(minor, set())
    if minor == ours:
        hidden = {
            "encoding/json/internal type NotForPublicUse struct",
            "encoding/json/jsontext type export struct",
            *(fact for fact in data if fact.startswith("testing alias corpusEntry ")),
        }
        assert {fact for fact in data - gos if not fact.startswith(ONLY_IN_DATA)} == hidden
