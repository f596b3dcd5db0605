"""Small Go functions in; graphs of them with what tracks their facts, and facts as text, out."""

from collections.abc import Iterator
from dataclasses import dataclass

from trace_walker import Everything

from goleaklint.files.text import SourceText
from goleaklint.flow import ops
from goleaklint.flow.conditions import EQUAL, NIL, TRUE, Conditions, Fact
from goleaklint.flow.facts import NOTHING, Facts, FactTracker
from goleaklint.flow.graph import Graph
from goleaklint.flow.lower import lower
from goleaklint.index.finding import std_finder
from goleaklint.index.package import Function, Package, PackageFile
from goleaklint.index.program import PackageSource, Program, SourceFile
from goleaklint.index.scopes import Names, package_scope, resolve
from goleaklint.syntax import ast
from goleaklint.syntax.parse import Tree
from goleaklint.types.declared import Declared
from goleaklint.types.function import function_types
from goleaklint.types.infer import Inference

FILE = """\
package p

import (
	"errors"
	"fmt"
	"io"
)

const (
	one = 1
	two = 2
)

var (
	ErrA   = errors.New("a")
	global error
	other  = errors.New("b")
)

type myErr struct{}

func (*myErr) Error() string { return "" }

type inner struct{ p *int }

type store struct {
	inner
	err  error
	open bool
	next *store
}

func (s *store) set() {}

func (s store) look() {}

type counter int

func (c *counter) add() {}

func call(...any) (int, error) { return 0, nil }

func (s *store) f(err, err2 error, ok, done bool, n, m int, p, q *int, xs []int, mp map[string]int, v any, str string,
	fl float64, c chan int, me *myErr, box store, t *store) (r int, res error) {
%s
}
"""
"""Functions with many parameters, one for each kind of value that facts are about."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A function, or a function literal in one: its graph and what tracks its facts. `body` is the whole function's."""

    text: SourceText
    body: ast.FuncBody
    graph: Graph
    names: Names
    types: Inference
    tracker: FactTracker

    @property
    def conditions(self) -> Conditions:
        return Conditions(self.names, self.types)

    def of(self, literal: ast.FuncLit) -> "Tracked":
        """The same for a function literal in the function."""
        graph = lower(literal, lambda _: None)
        tracker = type(self.tracker)(graph, self.names, self.body.block, self.types)
        return Tracked(self.text, self.body, graph, self.names, self.types, tracker)


def tracked(body: str, tracker: type[FactTracker] = FactTracker) -> Tracked:
    """The function of FILE with this body."""
    tree = Tree(SourceText("p.go", (FILE % body).encode()))
    file = SourceFile(tree.file())
    source = PackageSource("p", "p", (file,))
    program = Program((lambda path: source if path == "p" else None, std_finder))
    scope = program.package("p")
    assert scope is not None
    decl = file.syntax.functions[-1]
    read = tree.body(decl)
    assert read is not None
    assert read.bad == ()
    held = PackageFile(tree.text, file.syntax)
    file_scope = program.file_scope(scope, file)
    names = resolve(Function(held, decl, read), package_scope(Package("p", "p", None, (held,))), file_scope.imports)
    types = function_types(Declared(program), file_scope, decl, names)
    graph = lower(read, lambda _: None)
    return Tracked(tree.text, read, graph, names, types, tracker(graph, names, read.block, types))


def marks(function: Tracked) -> dict[int, list[str]]:
    """The markers `print(number)` that control can come to, with the facts that hold there on one way or another."""
    found: dict[int, set[str]] = {}
    pending = [(0, NOTHING)]
    seen = set(pending)
    while pending:
        number, facts = pending.pop()
        for op in function.graph.blocks[number].ops:
            if (mark := marker(op)) is not None:
                found.setdefault(mark, set()).add(facts_text(facts))
            facts = function.tracker.after(op, facts)
        for edge in function.graph.blocks[number].edges:
            after = function.tracker.along(edge, facts)
            if after is not None and (edge.target, after) not in seen:
                seen.add((edge.target, after))
                pending.append((edge.target, after))
    return {mark: sorted(texts) for mark, texts in sorted(found.items())}


def everything(body: str) -> dict[int, list[str]]:
    """The same for a function's body, with all facts that are known, also those that nobody asks for."""
    return marks(tracked(body, Everything))


def marker(op: ops.Op) -> int | None:
    """The number of a marker: `print` sets nothing, so that it changes no fact."""
    match op:
        case ops.Call(node=ast.Call(fun=ast.Ident(name="print"), args=(ast.BasicLit(text=number),))):
            return int(number)
        case _:
            return None


def facts_text(facts: Facts) -> str:
    return "; ".join(sorted(map(fact_text, facts)))


def fact_text(fact: Fact) -> str:
    """A fact as a condition of Go; a comparison of several places as it is told apart from others, or `not` that."""
    test = fact.test
    where = [".".join((place.symbol.name, *place.fields)) for place in test.places]
    match test.question:
        case str() as question if question == NIL:
            return f"{where[0]} {'==' if fact.holds else '!='} nil"
        case str() as question if question == TRUE:
            return where[0] if fact.holds else f"!{where[0]}"
        case str() as question if question == EQUAL and test.constant is not None:
            return f"{where[0]} {'==' if fact.holds else '!='} {test.constant.name.partition('@')[0]}"
        case question:
            return " ".join(_without_places(question)) if fact.holds else f"not {' '.join(_without_places(question))}"


def _without_places(question: str) -> Iterator[str]:
    """The words of a question, without the offsets that tell variables of one name apart."""
    for word in question.split():
        name, at, rest = word.partition("@")
        yield name + rest.lstrip("-0123456789") if at else word
