"""Packages by import path: which declaration a name means, how imports are named, and when generated code is read."""

from collections.abc import Iterable

import pytest

from goleaklint.files.constraints import Expression, parse_go_build
from goleaklint.files.text import SourceText
from goleaklint.index.program import FileScope, PackageSource, Program, SourceFile
from goleaklint.syntax import ast
from goleaklint.syntax.parse import Tree


def source(text: str, build: str = "", qualifiers: Iterable[str] = ()) -> SourceFile:
    """A file as finders give it."""
    constraint: Expression | None = parse_go_build(build) if build else None
    return SourceFile(Tree(SourceText("a.go", text.encode())).file(), constraint, frozenset(qualifiers))


def program(*packages: PackageSource) -> Program:
    """A program that has just these packages."""
    return Program([{each.path: each for each in packages}.get])


def test_a_package_is_looked_for_once_and_the_first_finder_decides() -> None:
    asked: list[str] = []

    def first(path: str) -> PackageSource | None:
        asked.append(f"first {path}")
        return PackageSource(path, "one", ()) if path == "a" else None

    def second(path: str) -> PackageSource | None:
        asked.append(f"second {path}")
        return PackageSource(path, "two", ()) if path in "ab" else None

    found = Program([first, second])
    assert [found.package_name(path) for path in ("a", "b", "c", "a", "b", "c")] == ["one", "two", "", "one", "two", ""]
    assert asked == ["first a", "first b", "second b", "first c", "second c"]


def test_declarations_are_entered_by_name_and_methods_by_type() -> None:
    text = """package p
const A, B = 1, 2
var x, y int
type T struct{}
func f() {}
func (t *T) M() {}
func (G[K]) N() {}
type G[K any] int
"""
    package = program(PackageSource("p", "p", (source(text),))).package("p")
    assert package is not None
    kinds = {name: (decl.kind.name, decl.position) for name, (decl,) in package.decls.items()}
    assert kinds == {
        "f": ("FUNC", 0),
        "A": ("CONST", 0),
        "B": ("CONST", 1),
        "x": ("GLOBAL", 0),
        "y": ("GLOBAL", 1),
        "T": ("TYPE", 0),
        "G": ("TYPE", 0),
    }
    assert {name: sorted(methods) for name, methods in package.methods.items()} == {"T": ["M"], "G": ["N"]}
    assert package.lookup("M") is None
    assert package.method("T", "N") is None


# Of the declarations under these constraints, a file with that constraint means this one.
CHOICES = [
    (["windows", "linux", "!linux"], "", 1),
    (["windows", "linux"], "windows", 0),
    (["windows", "!windows"], "darwin", 1),
    (["windows", "darwin"], "", 0),
    (["linux && arm64", "linux && amd64"], "", 1),
    (["linux && arm64", "linux && amd64"], "linux && arm64", 0),
    (["special", "!special"], "", 1),
    (["special", "!special"], "special", 0),
    (["", "windows"], "windows", 0),
    (["windows", ""], "", 1),
    (["go1.18", "!go1.18"], "", 0),
    (["windows"], "linux", 0),
]


@pytest.mark.parametrize(("declared", "asking", "chosen"), CHOICES)
def test_a_name_means_the_declaration_of_the_asking_build(declared: list[str], asking: str, chosen: int) -> None:
    files = tuple(source("package p\nfunc f() {}\n", build) for build in declared)
    package = program(PackageSource("p", "p", files)).package("p")
    assert package is not None
    found = package.lookup("f", parse_go_build(asking) if asking else None)
    assert found is not None and found.file.source is files[chosen]


def test_a_method_of_another_build_is_none_of_this() -> None:
    files = (source("package p\nfunc (T) m() {}\n", "windows"), source("package p\ntype T int\n"))
    package = program(PackageSource("p", "p", files)).package("p")
    assert package is not None
    assert package.method("T", "m", parse_go_build("linux")) is None
    assert package.method("T", "m", parse_go_build("windows")) is not None
    assert package.method("T", "m") is not None


class Generated:
    """Counts how often generated files are asked for."""

    def __init__(self, *files: SourceFile) -> None:
        self.files = files
        self.reads = 0

    def __call__(self) -> Iterable[SourceFile]:
        self.reads += 1
        return self.files


def test_generated_files_are_read_once_and_only_when_a_name_is_missing() -> None:
    generated = Generated(source("package p\ntype Message struct{}\nfunc (Message) Size() int { return 0 }\n"))
    own = source("package p\ntype T struct{}\nfunc (T) M() {}\n")
    package = program(PackageSource("p", "p", (own,), generated)).package("p")
    assert package is not None
    assert package.lookup("T") is not None and package.method("T", "M") is not None
    assert [package.lookup(name) for name in ("int", "error", "len", "nil", "true", "append")] == [None] * 6
    assert generated.reads == 0
    assert package.lookup("Message") is not None
    assert package.method("Message", "Size") is not None
    assert package.lookup("Nowhere") is None
    assert generated.reads == 1


def test_generated_files_are_read_where_only_another_build_declares_the_name() -> None:
    generated = Generated(source("package p\ntype T struct{ linux int }\n", "linux"))
    own = source("package p\ntype T struct{ js int }\n", "js")
    package = program(PackageSource("p", "p", (own,), generated)).package("p")
    assert package is not None
    found = package.lookup("T")
    assert found is not None and found.file.source is generated.files[0]


def imports_of(text: str, *packages: PackageSource, qualifiers: Iterable[str] = ()) -> dict[str, str]:
    """The names under which a file knows its imports."""
    whole = program(*packages, PackageSource("p", "p", (file := source(text, "", qualifiers),)))
    package = whole.package("p")
    assert package is not None
    scope: FileScope = whole.file_scope(package, file)
    return dict(scope.imports)


def test_an_import_has_the_name_of_the_package_not_of_its_path() -> None:
    odd = PackageSource("m/odd", "even", ())
    text = 'package p\nimport ("m/odd"; other "m/odd"; . "m/odd"; _ "m/odd")\n'
    assert imports_of(text, odd) == {"even": "m/odd", "other": "m/odd"}


@pytest.mark.parametrize(
    ("path", "qualifiers", "name"),
    [
        ("github.com/x/badger/v4", ["badger", "fmt"], "badger"),
        ("gopkg.in/yaml.v3", ["yaml"], "yaml"),
        ("github.com/mattn/go-sqlite3", ["sqlite3"], "sqlite3"),
        ("github.com/nats-io/nats.go", ["nats"], "nats"),
        ("github.com/x/redis-go", ["redis"], "redis"),
        ("github.com/syndtr/goleveldb/leveldb", ["leveldb"], "leveldb"),
        ("github.com/hashicorp/golang-lru", ["lru"], "lru"),
        ("github.com/x/go-libp2p-core", ["libp2pcore", "x"], "libp2pcore"),
        ("github.com/satori/go.uuid", ["uuid"], "uuid"),
        ("github.com/x/protobuf-go", [], "protobuf"),
        ("github.com/x/golang-lib", ["elsewhere"], "golang_lib"),
        ("github.com/golang/lru-golang", ["lru", "golang"], "lru_golang"),
    ],
)
def test_the_name_of_a_package_without_source_is_what_its_path_and_the_file_suggest(
    path: str, qualifiers: list[str], name: str
) -> None:
    assert imports_of(f'package p\nimport "{path}"\n', qualifiers=qualifiers) == {name: path}


def test_a_name_that_a_known_import_has_is_not_taken_for_another() -> None:
    known = PackageSource("m/lru", "lru", ())
    text = 'package p\nimport ("m/lru"; "github.com/x/golang-lru")\n'
    assert imports_of(text, known, qualifiers=["lru"]) == {"lru": "m/lru", "golang_lru": "github.com/x/golang-lru"}


def test_tests_see_a_package_of_their_own() -> None:
    plain = source("package p\ntype T struct{}\n")
    inside = source("package p\nvar ForTests T\n")
    outside = source("package p_test\ntype T int\n")
    whole = program(PackageSource("m/p", "p", (plain,)))
    own = whole.apart("m/p", "p", [plain, inside, outside])
    assert own.path == "m/p" and sorted(own.decls) == ["ForTests", "T"]
    foreign = whole.apart("m/p", "p_test", [plain, inside, outside])
    assert foreign.path == "m/p_test" and sorted(foreign.decls) == ["T"]
    assert foreign.program is not None
    seen = foreign.program.package("m/p")
    assert seen is not None and sorted(seen.decls) == ["ForTests", "T"]
    usual = whole.package("m/p")
    assert usual is not None and sorted(usual.decls) == ["T"]


def test_tests_see_generated_code_too() -> None:
    generated = Generated(source("package p\ntype Message int\n"))
    plain = source("package p\ntype T struct{}\n")
    whole = program(PackageSource("m/p", "p", (plain,), generated))
    own = whole.apart("m/p", "p", [plain, source("package p\nvar x int\n")])
    assert own.lookup("x") is not None
    assert generated.reads == 0
    found = own.lookup("Message")
    assert found is not None and isinstance(found.node, ast.TypeSpec)


@pytest.mark.parametrize(
    ("path", "home"),
    [
        ("golang.org/x/net/context", "context"),
        ("example.com/m/Godeps/_workspace/src/golang.org/x/net/context", "context"),
        ("example.com/m/context", "example.com/m/context"),
    ],
)
def test_a_package_that_moved_to_the_standard_library_is_that(path: str, home: str) -> None:
    assert imports_of(f'package p\nimport "{path}"\n', qualifiers=["context"]) == {"context": home}
