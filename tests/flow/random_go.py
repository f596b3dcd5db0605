"""Random Go functions made of numbered marker calls, so that a run's trace can be compared with a graph.

`m(n)` marks, `q(n)` marks and gives a bool, `k(n)` an int from 0 to 3, `v(n)` a value of some type, `ready(n)` a
channel to receive from that may be nil, `each(n)` an iterator; `add(n, x, y)` marks after its arguments were evaluated.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class Around:
    """A statement around the one that is being made: what `break` and `continue` could mean. A label is made on use."""

    loops: bool
    label: str = ""


class RandomFunction:
    """Makes the text of one function. The same seed gives the same text."""

    def __init__(self, seed: int, size: int = 14) -> None:
        self._random = random.Random(seed)  # noqa: S311 - tests want it to be repeatable
        self._room = size
        self._markers = 0
        self._labels = 0
        self._around: list[Around] = []
        self._targets: set[str] = set()

    def text(self, name: str) -> str:
        """The function, which has no parameters and gives an int."""
        lines = [*self._block(), *self._block()]
        backward = ["back:"] if "back" in self._targets else []
        forward = ["forth:", f"m({self._mark()})"] if "forth" in self._targets else []
        body = [*backward, *lines, *forward, f"return k({self._mark()})"]
        return "\n".join((f"func {name}() int {{", *(f"\t{line}" for line in body), "}", ""))

    # --- choices

    def _mark(self) -> int:
        self._markers += 1
        return self._markers

    def _new_label(self) -> str:
        self._labels += 1
        return f"L{self._labels}"

    def _one(self, makers: list[Callable[[], list[str]]]) -> list[str]:
        return self._random.choice(makers)()

    def _text(self, makers: list[Callable[[], str]]) -> str:
        return self._random.choice(makers)()

    def _chance(self, part: float) -> bool:
        return self._random.random() < part

    @contextmanager
    def _inside(self, around: Around) -> Iterator[None]:
        self._around.append(around)
        yield
        self._around.pop()

    # --- expressions

    def _bool(self, depth: int = 0) -> str:
        if depth > 2 or self._chance(0.5):
            return f"q({self._mark()})"
        return self._text(
            [
                lambda: f"!{self._bool(3)}",
                lambda: f"!({self._bool(depth + 1)} {self._random.choice(('&&', '||'))} {self._bool(depth + 1)})",
                lambda: f"({self._bool(depth + 1)} && {self._bool(depth + 1)})",
                lambda: f"({self._bool(depth + 1)} || {self._bool(depth + 1)})",
                lambda: f"({self._bool(depth + 1)} == {self._bool(depth + 1)})",
                lambda: f"({self._int(depth + 1)} < {self._int(depth + 1)})",
            ]
        )

    def _int(self, depth: int = 0) -> str:
        if depth > 2 or self._chance(0.5):
            return f"k({self._mark()})"
        return self._text(
            [
                lambda: f"({self._int(depth + 1)} + {self._int(depth + 1)}*{self._int(depth + 1)})",
                lambda: self._add(depth),
                lambda: f"list[k({self._mark()})]",
                lambda: f"<-ready1({self._mark()})",
                lambda: f"pick({self._mark()})({self._int(depth + 1)})",
                lambda: f"([]int{{{self._int(depth + 1)}, {self._int(depth + 1)}}}[0])",
                lambda: f"(pair{{x: {self._int(depth + 1)}, y: {self._int(depth + 1)}}}.y)",
            ]
        )

    def _add(self, depth: int) -> str:
        x, y = self._int(depth + 1), self._int(depth + 1)
        return f"add({self._mark()}, {x}, {y})"

    # --- statements

    def _block(self) -> list[str]:
        """Some statements."""
        lines = [f"m({self._mark()})"] if self._chance(0.7) else []
        for _ in range(self._random.randint(0, 3)):
            if self._room > 0:
                self._room -= 1
                lines += self._statement()
        return lines

    def _braced(self, head: str) -> list[str]:
        return [f"{head} {{", *(f"\t{line}" for line in self._block()), "}"]

    def _statement(self) -> list[str]:
        simple = [self._simple]
        compound = [self._if, self._if, self._for, self._range, self._switch, self._type_switch, self._select]
        return self._one([*simple * 3, *compound, self._jump, self._jump, self._leave])

    def _simple(self) -> list[str]:
        return self._one(
            [
                lambda: [f"_ = {self._bool()}"],
                lambda: [f"_ = {self._int()}"],
                lambda: [f"list[k({self._mark()})], list[k({self._mark()})] = {self._int()}, {self._int()}"],
                lambda: [f"list[k({self._mark()})] += {self._int()}"],
                lambda: [f"list[k({self._mark()})]++"],
                lambda: [f"room(k({self._mark()})) <- {self._int()}"],
                lambda: [f"defer quiet({self._int()})"],
                lambda: [f"go pick({self._mark()})({self._int()})"],
                lambda: [f"func(int) {{ quiet(1) }}({self._int()})"],
                lambda: self._braced(""),
                lambda: [f"if x := {self._int()}; x > 1 {{", f"\tm({self._mark()})", "}"],
            ]
        )

    def _if(self) -> list[str]:
        lines = self._braced(f"if {self._bool()}")
        if self._chance(0.3):
            *lines, _ = lines
            lines += self._braced(f"}} else if {self._bool()}")
        if self._chance(0.5):
            *lines, _ = lines
            lines += self._braced("} else")
        return lines

    def _labelled(self, loops: bool, make: Callable[[], list[str]]) -> list[str]:
        around = Around(loops)
        with self._inside(around):
            lines = make()
        return [f"{around.label}:", *lines] if around.label else lines

    def _for(self) -> list[str]:
        heads = [  # each round meets a marker, so that a run that takes too long can be cut
            lambda: f"for {self._bool()}",
            lambda: f"for i := {self._int()}; i < 3; i++",
            lambda: f"for m({self._mark()}); {self._bool()}; m({self._mark()})",
            lambda: f"for ; ; m({self._mark()})",
            lambda: f"for m({self._mark()}); ; quiet({self._int()})",
        ]
        return self._labelled(True, lambda: self._braced(self._text(heads)))

    def _range(self) -> list[str]:
        heads = [
            lambda: f"for range {self._int()}",
            lambda: f"for range each({self._mark()})",
            lambda: f"for list[k({self._mark()})] = range list[:k({self._mark()})]",
        ]
        return self._labelled(True, lambda: self._braced(self._text(heads)))

    def _clauses(self, heads: list[str], *, fall: bool = False) -> list[str]:
        """The clauses of a switch or select, each with its statements, shuffled with `default`."""
        self._random.shuffle(heads)
        lines = []
        for number, head in enumerate(heads):
            lines += [f"{head}:", *(f"\t{line}" for line in self._block())]
            if fall and number + 1 < len(heads) and self._chance(0.2):
                lines.append("\tfallthrough")
        return [*lines, "}"]

    def _default(self) -> list[str]:
        return ["default"] if self._chance(0.5) else []

    def _switch(self) -> list[str]:
        def make() -> list[str]:
            if self._chance(0.5):
                heads = [f"case {self._bool()}" for _ in range(2)]
                return ["switch {", *self._clauses([*heads, *self._default()], fall=True)]
            heads = [f"case {self._int()}", f"case {self._int()}, {self._int()}"]
            return [f"switch {self._int()} {{", *self._clauses([*heads, *self._default()], fall=True)]

        return self._labelled(False, make)

    def _type_switch(self) -> list[str]:
        heads = ["case int, bool", "case string"]
        head = f"switch v({self._mark()}).(type) {{"
        return self._labelled(False, lambda: [head, *self._clauses([*heads, *self._default()])])

    def _select(self) -> list[str]:
        heads = [
            f"case <-ready({self._mark()})",
            f"case list[k({self._mark()})] = <-ready({self._mark()})",
            f"case room({self._int()}) <- {self._int()}",
        ]
        some = self._random.sample(heads, 2)
        return self._labelled(False, lambda: ["select {", *self._clauses([*some, "default"])])

    def _jump(self) -> list[str]:
        """A conditional break or continue, with or without label."""
        targets = [(kind, around) for around in self._around for kind in ("break", "continue")[: 1 + around.loops]]
        if not targets:
            return self._simple()
        kind, around = self._random.choice(targets)
        nearest = next(each for each in reversed(self._around) if each.loops or kind == "break")
        if around is not nearest or self._chance(0.3):
            around.label = around.label or self._new_label()
            kind = f"{kind} {around.label}"
        return self._guarded(kind)

    def _leave(self) -> list[str]:
        """A conditional end of the function, or a goto."""
        kind = self._random.choice(("return", "panic", "goexit", "back", "forth"))
        if kind in ("back", "forth"):
            self._targets.add(kind)
            return self._guarded(f"goto {kind}")
        ends = {"return": f"return {self._int()}", "panic": f"panic({self._int()})", "goexit": "runtime.Goexit()"}
        return self._guarded(ends[kind])

    def _guarded(self, statement: str) -> list[str]:
        return [f"if {self._bool()} {{", f"\t{statement}", "}"]
