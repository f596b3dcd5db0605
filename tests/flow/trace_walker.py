"""Follows the traces of random functions through their graphs, with the facts that hold on the way.

A state is a stack of frames: a called, deferred or spawned literal has a graph of its own and runs on top of its
caller. Where a graph leaves a choice all of them are followed; a trace is a way through if some state takes all of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from goleaklint.flow import ops
from goleaklint.flow.conditions import Conditions, Fact
from goleaklint.flow.exits import facts_at_start, literal_of
from goleaklint.flow.facts import NOTHING, Facts, FactTracker
from goleaklint.flow.graph import Edge, EdgeKind, Graph
from goleaklint.flow.lower import lower
from goleaklint.flow.places import Place
from goleaklint.index.scopes import Names
from goleaklint.knowledge.pack import NoReturn
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions
from goleaklint.types.infer import Inference

MARKERS = frozenset("m q k value add pick see rec once alone ready ready1 feed small each each0 each2 eachdo".split())
CALLERS = frozenset(("once", "alone"))
PANIC, GOEXIT = 1, 2


class Everything(FactTracker):
    """Keeps every fact, however many, also those that nobody asks for: more to be proven wrong."""

    def _is_asked(self, fact: Fact, block: int | None) -> bool:
        return True

    def _concerns(self, place: Place) -> bool:
        return True

    def _with(self, facts: Facts, gained: Iterable[Fact], block: int | None = None) -> Facts:
        return facts.union(gained)


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A function or literal: its graph and what tracks its facts."""

    graph: Graph
    tracker: FactTracker


@dataclass(frozen=True, slots=True)
class Frame:
    """A call that is under way: before operation `done` of a block, or, with `leaving`, running its deferred calls.

    `leaving` is None or the sum of PANIC and GOEXIT, 0 for a return. `how` it was called: root, call, deferred or
    alone. `said` is the marker met last in this block, and what it answered.
    """

    code: Code
    how: str
    facts: Facts
    block: int = 0
    done: int = 0
    deferred: tuple[ops.Defer, ...] = ()
    leaving: int | None = None
    said: tuple[int, str] = (0, "")

    @property
    def op(self) -> ops.Op | None:
        found = self.code.graph.blocks[self.block].ops
        return found[self.done] if self.leaving is None and self.done < len(found) else None


State: TypeAlias = tuple[Frame, ...] | str
"""A stack of frames, the innermost last; or the word for how it all ended."""


class Walker:
    """The function and its literals as a machine that can be asked whether it does what a trace says."""

    def __init__(self, body: ast.FuncBody, names: Names, types: Inference | None, tracker: type[FactTracker]) -> None:
        self._conditions = Conditions(names, types)
        every = [each for each in deep_expressions(body.block.stmts) if isinstance(each, ast.FuncLit)]
        functions: list[ast.FuncBody | ast.FuncLit] = [body, *every]
        graphs = {node: lower(node, never_returns) for node in functions}
        self._codes = {node: Code(graph, tracker(graph, names, body.block, types)) for node, graph in graphs.items()}
        self._stored: dict[str, list[ast.FuncLit]] = {}
        for graph in graphs.values():
            for _, assign in graph.ops(ops.Assign):
                match assign:
                    case ops.Assign(left=(ast.Ident(name=name),), right=(ast.FuncLit() as literal,)):
                        self._stored.setdefault(name, []).append(literal)
        at_start = self._settled([self._called(body, "root", NOTHING)])
        self._known: dict[tuple[str, ...], frozenset[State]] = {(): at_start}

    def first_wrong(self, ending: str, words: tuple[str, ...]) -> str:
        """The first marker of a trace that is no way through the graphs; empty if all is."""
        for number in range(len(words) + 1):
            if not self._after(words[:number]):
                return f"{' '.join(words[: number - 1])} -> {words[number - 1]}"
        return "" if ending == "cut" or ending in self._after(words) else f"{' '.join(words)} -> {ending}"

    # --- markers

    def _after(self, words: tuple[str, ...]) -> frozenset[State]:
        found = self._known.get(words)
        if found is None:
            before = self._after(words[:-1])
            found = self._known[words] = self._settled(self._met(before, words[-1]))
        return found

    def _met(self, states: Iterable[State], word: str) -> Iterator[State]:
        number, answers = int(word.rstrip("tf")), word.lstrip("0123456789")
        for state in states:
            call = _waits_for(state)
            if isinstance(state, str) or call is None or _marker(call) != number:
                continue
            if not self._agrees(state, call, answers):
                continue
            *below, top = state
            if top.leaving is None:
                top = _past(top, call, (number, answers))
            else:
                top = replace(top, deferred=top.deferred[:-1], facts=top.code.tracker.after_call(top.facts))
            yield from self._entered((*below, top), call)

    def _entered(self, state: tuple[Frame, ...], call: ast.Call) -> Iterator[State]:
        """The marker was `once` or `alone`: what it was given is called."""
        name = call.fun.name if isinstance(call.fun, ast.Ident) else ""
        literal = call.args[-1]
        if name in CALLERS and isinstance(literal, ast.FuncLit):
            yield (*state, *self._called(literal, "alone" if name == "alone" else "call", NOTHING))
        else:
            yield state

    def _agrees(self, state: tuple[Frame, ...], call: ast.Call, answers: str) -> bool:
        """Reports whether what a marker shows can be, by the facts; of `rec`, whether something is recovered."""
        top = state[-1]
        if isinstance(call.fun, ast.Ident) and call.fun.name == "see" and top.leaving is None:
            shown = zip(call.args[1:], answers, strict=True)
            said = (fact for arg, answer in shown for fact in self._conditions.facts_of(arg, answer == "t"))
            return not any(fact.excludes(known) for fact in said for known in top.facts)
        if isinstance(call.fun, ast.Ident) and call.fun.name == "rec":
            return (top.said == (-1, "t")) == (answers == "t")
        return True

    # --- steps without markers

    def _settled(self, states: Iterable[State]) -> frozenset[State]:
        """The states in which the next marker is waited for, or all has ended."""
        seen: set[State] = set()
        found: set[State] = set()
        pending = list(states)
        while pending:
            state = pending.pop()
            if state in seen:
                continue
            seen.add(state)
            if isinstance(state, str) or _waits_for(state) is not None:
                found.add(state)
            else:
                pending += self._stepped(state)
        return frozenset(found)

    def _stepped(self, state: tuple[Frame, ...]) -> Iterator[State]:
        *below, top = state
        if top.leaving is not None:
            yield from self._left(tuple(below), top)
        elif top.op is None:
            yield from ((*below, frame) for frame in _branched(top))
        elif isinstance(top.op, ops.Call):
            yield from self._calls((*below, top), top.op.node)
        elif isinstance(top.op, ops.Defer):
            yield (*below, replace(_past(top), deferred=(*top.deferred, top.op)))
        else:
            literal = _asked_each_round(top.op)
            yield (*below, _past(top), *(self._called(literal, "call", NOTHING) if literal is not None else ()))

    def _calls(self, state: tuple[Frame, ...], call: ast.Call) -> Iterator[State]:
        *below, top = state
        after = (*below, _past(top))
        match ast.unparen(call.fun):
            case ast.FuncLit() as literal:
                yield (*after, *self._called(literal, "call", top.facts))
            case ast.Ident(name="recover") if top.how == "deferred" and below[-1].leaving in (PANIC, PANIC | GOEXIT):
                parent = replace(below[-1], leaving=below[-1].leaving & ~PANIC)
                yield (*below[:-1], parent, replace(_past(top), said=(-1, "t")))
            case ast.Ident(name=name) if name in self._stored:
                for literal in self._stored[name]:
                    yield (*after, *self._called(literal, "call", NOTHING))
                if name == "fn":
                    yield after
            case _:
                yield after

    def _called(self, node: ast.FuncBody | ast.FuncLit, how: str, facts: Facts) -> tuple[Frame]:
        """The frame of a call; of the caller's facts those hold that are not about what the literal declares itself."""
        code = self._codes[node]
        inner = (fact for fact in facts if not any(node.start <= at.symbol.start < node.end for at in fact.test.places))
        return (Frame(code, how, frozenset(inner) | code.tracker.at_entry()),)

    def _left(self, below: tuple[Frame, ...], top: Frame) -> Iterator[State]:
        """Run the next deferred call, or go back to the caller."""
        if not top.deferred:
            yield _returned(below, top)
            return
        op = top.deferred[-1]
        rest = replace(top, deferred=top.deferred[:-1], facts=top.code.tracker.after_call(top.facts))
        literal, facts = literal_of(op), NOTHING
        if literal is not None:
            facts = facts_at_start(op, literal, top.facts, top.code.graph)
        elif isinstance(op.node.call, ast.Call) and isinstance(op.node.call.fun, ast.Ident):
            literal = next(iter(self._stored.get(op.node.call.fun.name, ())), None)
        yield (*below, rest, *(self._called(literal, "deferred", facts) if literal is not None else ()))


def _branched(frame: Frame) -> Iterator[Frame]:
    graph = frame.code.graph
    ends = {graph.returned: 0, graph.panicked: PANIC, graph.unwound: GOEXIT}
    if frame.block in ends:
        yield replace(frame, leaving=ends[frame.block], said=(0, ""))
        return
    for edge in graph.blocks[frame.block].edges:
        facts = frame.code.tracker.along(edge, frame.facts) if _is_answered(edge, frame.said) else None
        if facts is not None:
            yield replace(frame, block=edge.target, done=0, facts=facts, said=(0, ""))


def _is_answered(edge: Edge, said: tuple[int, str]) -> bool:
    """Reports whether the answer of the last marker leads along an edge: always, if that is not about the marker."""
    number, answer = said
    if not answer or not isinstance(edge.cause, ast.Call) or _marker(edge.cause) != number:
        return True
    return (edge.kind is EdgeKind.TRUE) == (answer == "t")


def _returned(below: tuple[Frame, ...], top: Frame) -> State:
    """The innermost call has ended: by a panic or the end of the goroutine its caller ends, too."""
    leaving = top.leaving or 0
    if not below:
        return "panicked" if leaving & PANIC else "stopped" if leaving & GOEXIT else "returned"
    *rest, parent = below
    if leaving and top.how != "alone":
        before = 0 if leaving & GOEXIT else parent.leaving or 0  # it takes the place of a panic that is under way
        parent = replace(parent, leaving=leaving | before, said=(0, ""))
    return (*rest, parent)


def _past(frame: Frame, call: ast.Call | None = None, said: tuple[int, str] = (0, "")) -> Frame:
    """The frame behind its next operation."""
    assert frame.op is not None
    return replace(frame, done=frame.done + 1, facts=frame.code.tracker.after(frame.op, frame.facts), said=said)


def _waits_for(state: State) -> ast.Call | None:
    """The marker that a state cannot go on without."""
    if isinstance(state, str):
        return None
    top = state[-1]
    if top.leaving is None:
        return top.op.node if isinstance(top.op, ops.Call) and _marker(top.op.node) else None
    call = top.deferred[-1].node.call if top.deferred else None
    return call if isinstance(call, ast.Call) and _marker(call) else None


def _marker(call: ast.Call) -> int:
    """The number that a marker call marks with; 0 for other calls."""
    match call:
        case ast.Call(fun=ast.Ident(name=name), args=(ast.BasicLit(text=number), *_)) if name in MARKERS:
            return int(number)
        case _:
            return 0


def _asked_each_round(op: ops.Op) -> ast.FuncLit | None:
    """The literal that a loop's iterator calls before each round."""
    match op:
        case ops.Range(node=ast.Range(x=ast.Call(fun=ast.Ident(name="eachdo"), args=(_, ast.FuncLit() as literal)))):
            return literal
        case _:
            return None


def never_returns(call: ast.Call) -> NoReturn | None:
    """Of the functions that random functions call only runtime.Goexit never returns."""
    ends = isinstance(call.fun, ast.Selector) and call.fun.name.name == "Goexit"
    return NoReturn.GOROUTINE if ends else None
