"""Conditions and loops in; what the explorer can tell of them out: shared flags, ended contexts, numbers of rounds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.conditions import NIL as NIL_QUESTION
from goleaklint.flow.conditions import TRUE, Conditions, Fact, Test
from goleaklint.flow.graph import Edge, Loop
from goleaklint.flow.places import Place, place_of
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.liveness.automaton import Action, Silent, TestDone, TestFlag
from goleaklint.liveness.evaluate import Evaluator
from goleaklint.liveness.frames import bindings
from goleaklint.liveness.objects import Channel, Context, Count, Flag
from goleaklint.liveness.values import NIL, OUTSIDE, Constant, Frame, Outside, Record, Tracked
from goleaklint.syntax import ast
from goleaklint.syntax.walk import operands
from goleaklint.types.types import Array, Basic, Chan, Func, Map, Pointer, Slice

MAX_FLAGS = 6
"""Of one group, together. Each may double what there is to explore."""

EMPTY = "empty"


def conditions(code: Code) -> Conditions:
    """The reader of a function's conditions."""
    cache, key = code.whole.functions.cache, (Conditions, code)
    found = cache.get(key)
    if not isinstance(found, Conditions):
        found = cache[key] = Conditions(code.names, code.types)
    return found


Origin: TypeAlias = tuple[object, Symbol | str, tuple[str, ...]]
"""A variable of a call, or a field of a struct, with the fields that lead on from there."""


@dataclass(frozen=True, slots=True)
class Steady:
    """A question whose answer never changes: about variables that get one value, wherever they are handed to."""

    question: str
    places: tuple[Origin, ...]
    constant: str


class Branches:
    """The branches of one root. A question that several goroutines or calls ask becomes a flag."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._askers: dict[Steady, set[Frame]] = {}
        self._flags: dict[Steady, int] = {}
        self._changes: dict[tuple[str, Frame, Symbol], int] = {}

    def action(self, edge: Edge, frame: Frame) -> Action | None:
        """What stands for one way of a branch; None if it is never taken."""
        over = self._over(edge, frame)
        if over is not None:
            return over
        emptiness = self._emptiness(edge, frame)
        if emptiness is not None:
            return emptiness
        established = conditions(frame.code).established(edge)
        if len(established) != 1:
            return Silent(free=True)
        fact = established[0]
        word = self._is_nil(fact.test, frame)
        if word is None:
            word = self._is_received(fact.test, frame)
        if word is not None:
            return Silent() if word == fact.holds else None
        changing = self._changing(fact.test, frame)
        if changing is not None:
            return TestFlag(changing, fact.holds)
        question = self._steady(fact.test, frame)
        if question is None:
            return Silent(free=True)
        if isinstance(question, bool):
            return Silent() if question == fact.holds else None
        flag = self._flag(question, frame)
        return Silent(free=True) if flag is None else TestFlag(flag, fact.holds)

    def _over(self, edge: Edge, frame: Frame) -> Action | None:
        """`ctx.Err() != nil`."""
        match edge.condition:
            case ast.Binary(op="!=" | "==" as op, x=ast.Call(fun=ast.Selector(x=x, name=ast.Ident(name="Err")))):
                value = self._evaluator.value(x, frame)
                if isinstance(value, Tracked) and isinstance(self._evaluator.world.objects[value.number], Context):
                    return TestDone(value.number, edge.holds == (op == "!="))
        return None

    def _is_nil(self, test: Test, frame: Frame) -> bool | None:
        """Whether a variable is nil, where that never changes."""
        place = test.places[0]
        owner = frame.owner(place.symbol) if place.symbol.is_variable else None
        if test.question != NIL_QUESTION or len(test.places) > 1 or place.fields or owner is None or owner.ghost:
            return None
        value = self._evaluator.variable(place.symbol, frame)
        if isinstance(value, Outside):
            return None
        if value == NIL:
            return True
        return None if self._evaluator.may_be_nil(place.symbol, owner) else False

    def _is_received(self, test: Test, frame: Frame) -> bool | None:
        """What a variable is that gets the values of a channel, where all that is sent on it is one and the same."""
        place = test.places[0]
        owner = frame.owner(place.symbol) if place.symbol.is_variable else None
        if test.question != TRUE or len(test.places) > 1 or place.fields or owner is None or owner.ghost:
            return None
        channel = _ranged(place.symbol)
        value = OUTSIDE if channel is None else self._evaluator.value(channel, owner)
        if not isinstance(value, Tracked) or len(bindings(owner.code.whole, place.symbol)) != 1:
            return None
        if not isinstance(self._evaluator.world.objects[value.number], Channel):
            return None
        sent = self._evaluator.world.sent(value.number)
        return "true" in sent if len(sent) == 1 and "" not in sent else None

    # --- variables that change

    def _changing(self, test: Test, frame: Frame) -> int | None:
        """The flag for a channel that is nil at times, or a truth value that a literal sets."""
        place = test.places[0]
        symbol = place.symbol
        owner = frame.owner(symbol) if symbol.is_variable else None
        if test.question not in (NIL_QUESTION, TRUE) or len(test.places) > 1 or place.fields or owner is None:
            return None
        if owner.ghost or symbol.kind is not SymbolKind.LOCAL:
            return None
        key = test.question, owner, symbol
        if key not in self._changes:
            values = bindings(owner.code.whole, symbol)
            if test.question == NIL_QUESTION:
                wanted = isinstance(self._evaluator.variable(symbol, frame), Tracked)
            else:
                wanted = frame is not owner or any(
                    each.node.start <= value.start < each.node.end for value in values for each in owner.code.literals
                )
            if not wanted or len(values) < 2:
                return None
        return self._change(key)

    def _change(self, key: tuple[str, Frame, Symbol]) -> int | None:
        if key not in self._changes:
            if len(self._changes) + len(self._flags) >= MAX_FLAGS:
                return None
            question, owner, symbol = key
            flag = Flag(f"{symbol.name} is {question}")
            self._changes[key] = self._evaluator.world.object(key, flag, (owner, symbol.start), again=False)
            self._evaluator.world.changed = True  # that it is set is to be told where it is set
        return self._changes[key]

    def _emptiness(self, edge: Edge, frame: Frame) -> Action | None:
        """`len(xs) == 0`, of a collection that is declared empty and gets its elements later."""
        match edge.condition:
            case ast.Binary(
                op="==" | "!=" | ">" as op,
                x=ast.Call(fun=ast.Ident(name="len"), args=(ast.Ident() as collection,)),
                y=ast.BasicLit(text="0"),
            ):
                symbol = frame.code.names.symbol(collection)
                owner = frame.owner(symbol) if symbol is not None and symbol.is_variable else None
                if symbol is None or owner is None or owner.ghost:
                    return None
                if any(each.zero for each in bindings(owner.code.whole, symbol)):
                    flag = self._change((EMPTY, owner, symbol))
                    return None if flag is None else TestFlag(flag, edge.holds == (op == "=="))
        return None

    def sets(self, op: ops.Assign, frame: Frame) -> Iterator[tuple[int, bool | None]]:
        """The flags that an assignment sets."""
        for (question, owner, symbol), flag in self._changes.items():
            for number, target in enumerate(op.left):
                if frame.code.symbol(target) is symbol and frame.owner(symbol) is owner:
                    yield flag, self._becomes(question, op, number, frame)

    def _becomes(self, question: str, op: ops.Assign, number: int, frame: Frame) -> bool | None:
        if not op.right:
            return question != TRUE if isinstance(op.node, ast.ValueSpec) else None
        if len(op.right) != len(op.left):
            return None
        value = self._evaluator.value(op.right[number], frame)
        if question == EMPTY:
            return True if value == NIL else None
        if question == NIL_QUESTION:
            return None if isinstance(value, Outside) else value == NIL
        return value.name == "true" if isinstance(value, Constant) else None

    # --- variables that never change

    def _flag(self, question: Steady, frame: Frame) -> int | None:
        askers = self._askers.setdefault(question, set())
        if frame not in askers:
            askers.add(frame)
            self._evaluator.world.changed = self._evaluator.world.changed or len(askers) > 1
        if len(askers) < 2:
            return None
        if question not in self._flags:
            if len(self._flags) + len(self._changes) >= MAX_FLAGS:
                return None
            home = frame, 0
            number = self._evaluator.world.object(question, Flag(question.question), home, again=False)
            self._flags[question] = number
        return self._flags[question]

    def _steady(self, test: Test, frame: Frame) -> Steady | bool | None:
        places = []
        for each in test.places:
            found = self._origin(each.symbol, each.fields, frame)
            if isinstance(found, ast.Ident) and len(test.places) == 1:
                return _decided(test, found.name)
            if not isinstance(found, tuple):
                return None
            places.append(found)
        name = "" if test.constant is None else test.constant.name
        question = test.question if len(places) == 1 and "@" not in test.question else test.question.split("@")[0]
        return Steady(question, tuple(places), name)

    def _origin(self, symbol: Symbol, fields: tuple[str, ...], frame: Frame) -> Origin | ast.Ident | None:
        """The variable whose value a parameter has, or the word that it is given; None if its value may change."""
        owner = frame.owner(symbol) if symbol.is_variable else None
        record = self._evaluator.variable(symbol, frame) if fields else OUTSIDE
        if isinstance(record, Record):
            record.asked.add(fields[0])
        if isinstance(record, Record) and record.origins.get(fields[0]) is not None:
            written, where = record.origins[fields[0]] or (ast.Bad(0, 0), frame)
            return self._written(written, fields[1:], where)
        if isinstance(record, Record):
            return None
        if owner is None or symbol.kind is SymbolKind.RESULT:
            return None
        values = bindings(owner.code.whole, symbol)
        if symbol.kind is SymbolKind.PARAM and not values:
            given = owner.given.get(symbol)
            if given is None or owner.caller is None:
                return owner, symbol, fields
            return self._written(given, fields, owner.caller)
        once = len(values) == 1 and not values[0].zero and not self._evaluator.is_again(owner, symbol.start)
        return (owner, symbol, fields) if once and symbol.kind is SymbolKind.LOCAL else None

    def _written(self, expr: ast.Expr, fields: tuple[str, ...], frame: Frame) -> Origin | ast.Ident | None:
        place = place_of(frame.code.names, expr)
        if place is not None:
            return self._origin(place.symbol, (*place.fields, *fields), frame)
        return expr if isinstance(expr, ast.Ident) and not fields else None

    # --- loops

    def rounds(self, loop: Loop, frame: Frame) -> Count | None:
        """How often a loop goes round; None if that is a matter of chance."""
        if isinstance(loop, ast.For):
            return self._counted(loop, frame)
        match frame.code.core_type(loop.x):
            case Basic(name=name) if "int" in name:
                return self._evaluator.counter.number(loop.x, frame)
            case Slice() | Array() | Map() | Pointer() | Basic():
                return self._evaluator.counter.length(loop.x, frame)
            case _:
                return None

    def is_uncertain(self, loop: Loop, frame: Frame) -> bool:
        """Reports whether a loop goes round a certain number of times that cannot be told."""
        if isinstance(loop, ast.Range):
            return self.rounds(loop, frame) is None and not isinstance(frame.code.core_type(loop.x), Chan | Func)
        compared = any(
            isinstance(part, ast.Binary) and part.op in ("<", "<=", ">", ">=", "!=") and not _is_nil(part)
            for part in _parts(loop.cond)
        )
        return compared and self._counted(loop, frame) is None

    def _counted(self, loop: ast.For, frame: Frame) -> Count | None:
        """`for i := a; i < b; i++`."""
        test = counting(loop)
        match loop.init, loop.post:
            case (
                ast.Assign(left=(ast.Ident() as variable,), op=":=", right=(first,)),
                ast.IncDec(x=ast.Ident(name=name), op=step),
            ) if test is not None and name == variable.name:
                symbol = frame.code.names.symbol(variable)
                if symbol is None or len(bindings(frame.code.whole, symbol)) != 2:
                    return None
                number = self._evaluator.counter.number
                low, high = number(first, frame), number(test.y, frame)
                low, high = (low, high) if step == "++" else (high, low)
                if low is None or high is None or (low.factor and low.symbol != high.symbol):
                    return None
                extra = 1 if test.op in ("<=", ">=") else 0
                return Count(high.offset - low.offset + extra, high.factor - low.factor, high.symbol)
        return None


def counting(loop: Loop) -> ast.Binary | None:
    """The comparison of a counting loop that tells whether there is another round."""
    if not isinstance(loop, ast.For) or not isinstance(loop.post, ast.IncDec):
        return None
    name = loop.post.x.name if isinstance(loop.post.x, ast.Ident) else ""
    wanted = ("<", "<=", "!=") if loop.post.op == "++" else (">", ">=", "!=")
    for part in _parts(loop.cond):
        if isinstance(part, ast.Binary) and part.op in wanted and isinstance(part.x, ast.Ident) and part.x.name == name:
            return part
    return None


def _ranged(symbol: Symbol) -> ast.Expr | None:
    """What a variable is the first of in a range; a receive may also give what a closed channel gives."""
    match symbol.node:
        case ast.Range(left=(ast.Ident(name=name), *_), op=":=", x=x) if name == symbol.name:
            return x
        case _:
            return None


def _parts(cond: ast.Expr | None) -> list[ast.Expr]:
    return [] if cond is None else list(operands(cond, "&&"))


def _is_nil(compared: ast.Binary) -> bool:
    return any(
        isinstance(each, ast.Ident) and each.name in ("nil", "true", "false") for each in (compared.x, compared.y)
    )


def _decided(test: Test, word: str) -> bool | None:
    if test.question == "nil" and word in ("nil", "true", "false"):
        return word == "nil"
    if test.question == "true" and word in ("true", "false"):
        return word == "true"
    return None


def known_at_entry(frame: Frame, facts: frozenset[Fact], given_by: Frame) -> frozenset[Fact]:
    """What holds of the parameters of a call, from what its arguments are and what holds of them."""
    found: set[Fact] = set()
    for param, expr in frame.given.items():
        known = conditions(given_by.code).equal_to(Place(param), expr)
        if known is not None:
            found.add(known)
        elif isinstance(ast.unparen(expr), ast.FuncLit | ast.CompositeLit):
            found.add(Fact(Test(NIL_QUESTION, (Place(param),)), False))
        place = place_of(given_by.code.names, expr)
        for fact in facts if place is not None else ():
            if fact.test.places == (place,) and "@" not in fact.test.question:
                found.add(Fact(Test(fact.test.question, (Place(param),), fact.test.constant), fact.holds))
    return frozenset(found)
