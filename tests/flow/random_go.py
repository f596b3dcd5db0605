"""Random Go functions made of numbered marker calls, so that a run's trace can be compared with a graph.

`m(n)` marks, `q(n)` marks and gives a bool, `k(n)` an int from 0 to 3, `value(n)` a value of some type, `ready(n)` a
channel to receive from that may be nil, `each(n)` an iterator; `add(n, x, y)` marks after its arguments were evaluated,
`see(n, ...)` with the answers to conditions, `rec(n, recover())` with whether something was recovered. `once(n, f)`
marks and calls a function, `alone(n, f)` does so in a goroutine that it waits for, `eachdo(n, f)` is an iterator that
calls a function before each round.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from random_values import RandomValues, opening


@dataclass(slots=True)
class Around:
    """A statement around the one that is being made: what `break` and `continue` could mean. A label is made on use."""

    loops: bool
    label: str = ""


@dataclass(slots=True)
class Context:
    """The function or literal that is being made: its return statements, and what jumps in it can mean."""

    returns: list[str]
    around: list[Around] = field(default_factory=list)


class RandomFunction:
    """Makes the text of one function. The same seed gives the same text."""

    def __init__(self, seed: int, size: int = 16) -> None:
        self._random = random.Random(seed)  # noqa: S311 - tests want it to be repeatable
        self._room = size
        self._markers = 0
        self._labels = 0
        self._targets: set[str] = set()
        self._stored: list[str] = []
        self._values = RandomValues(self._random, self._mark)
        self._boolean, self._integer = self._values.boolean, self._values.integer
        self._context = Context([])

    def text(self, name: str) -> str:
        """The function, which has no parameters and gives an int and an error."""
        named = self._chance(0.6)
        self._context.returns = [f"return {self._integer(3)}, err", "return n, ErrA", "return 1, nil"]
        self._context.returns += ["return give(n)", *(["return", "return"] if named else [])]
        stored: list[str] = []
        for number in range(self._random.randint(0, 2)):
            stored += [*self._braced_literal(f"h{number} := func()", "}"), f"_ = h{number}"]
            self._stored.append(f"h{number}")
        lines = [line for _ in range(5) for line in self._block()]
        backward = ["back:", f"m({self._mark()})"] if "back" in self._targets else []
        forward = ["forth:", f"m({self._mark()})"] if "forth" in self._targets else []
        end = [self._values.seen(), self._random.choice(self._context.returns)]
        body = [*stored, *backward, *lines, *forward, *end]
        return "\n".join((opening(name, named), *(f"\t{line}" for line in body), "}", ""))

    # --- choices

    def _mark(self) -> int:
        self._markers += 1
        return self._markers

    def _new_label(self) -> str:
        self._labels += 1
        return f"L{self._labels}"

    def _one(self, makers: list[Callable[[], list[str]]]) -> list[str]:
        return self._random.choice(makers)()

    def _chance(self, part: float) -> bool:
        return self._random.random() < part

    @contextmanager
    def _inside(self, around: Around) -> Iterator[None]:
        self._context.around.append(around)
        yield
        self._context.around.pop()

    # --- statements

    def _block(self, *, marked: bool = False) -> list[str]:
        """Some statements; the body of a loop is `marked`, so that a run that takes too long can be cut."""
        lines = [self._marker()] if marked or self._chance(0.7) else []
        for _ in range(self._random.randint(0, 3)):
            if self._room > 0:
                self._room -= 1
                lines += self._statement()
        return lines

    def _marker(self) -> str:
        return self._values.seen() if self._chance(0.6) else f"m({self._mark()})"

    def _braced(self, head: str, *, marked: bool = False) -> list[str]:
        return [f"{head} {{", *(f"\t{line}" for line in self._block(marked=marked)), "}"]

    def _statement(self) -> list[str]:
        compound = [self._if, self._if, self._if, self._for, self._range, self._switch, self._type_switch, self._select]
        calls = [self._defer, self._defer, self._call, self._goto]
        settings = [*[self._values.setting] * 7, *[self._values.drill] * 7]
        return self._one([*settings, self._simple, *compound, *calls, self._jump, self._jump, self._leave])

    def _simple(self) -> list[str]:
        return self._one(
            [
                lambda: [f"_ = {self._boolean()}"],
                lambda: [f"_ = {self._integer()}"],
                lambda: [f"list[k({self._mark()})], n = {self._integer()}, {self._integer()}"],
                lambda: [f"list[k({self._mark()})] += {self._integer()}"],
                lambda: [f"list[k({self._mark()})]++"],
                lambda: [f"room(k({self._mark()})) <- {self._integer()}"],
                lambda: [f"go pick({self._mark()})({self._integer()})"],
                lambda: self._braced(""),
                lambda: [f"if n := {self._integer()}; n > 1 {{", f"\t{self._marker()}", "}"],
                lambda: ["if err := fail(n); err != nil {", f"\t{self._marker()}", "\t_ = err", "}"],
            ]
        )

    def _if(self) -> list[str]:
        lines = self._braced(f"if {self._boolean()}")
        if self._chance(0.3):
            *lines, _ = lines
            lines += self._braced(f"}} else if {self._boolean()}")
        if self._chance(0.5):
            *lines, _ = lines
            lines += self._braced("} else")
        return lines

    # --- literals and deferred calls

    def _literal(self, returns: str = "return", *, deferred: bool = False) -> list[str]:
        """The statements of a function literal."""
        outer, self._context = self._context, Context([returns])
        lines = self._block()
        if deferred and self._chance(0.3):
            lines += [f"if rec({self._mark()}, recover()) {{", *(f"\t{line}" for line in self._block()), "}"]
        if deferred and self._chance(0.5):
            condition = self._random.choice(("err != nil", "err == nil", "n == 1", "ok", self._values.condition()))
            lines += self._braced(f"if {condition}")
        self._context = outer
        return [*lines, self._marker()]

    def _braced_literal(self, head: str, end: str, *, deferred: bool = False, returns: str = "return") -> list[str]:
        return [f"{head} {{", *(f"\t{line}" for line in self._literal(returns, deferred=deferred)), end]

    def _defer(self) -> list[str]:
        return self._one(
            [
                lambda: self._braced_literal("defer func()", "}()", deferred=True),
                lambda: self._braced_literal("defer func()", "}()", deferred=True),
                lambda: self._braced_literal("defer func(err error)", "}(err)", deferred=True),
                lambda: self._braced_literal(f"defer once({self._mark()}, func()", "})"),
                lambda: [f"defer m({self._mark()})"],
                lambda: [f"defer quiet({self._integer()})"],
                lambda: [f"defer {self._random.choice(self._stored)}()"] if self._stored else ["defer st.set(n)"],
            ]
        )

    def _call(self) -> list[str]:
        return self._one(
            [
                lambda: self._braced_literal("func()", "}()"),
                lambda: self._braced_literal("func(int)", f"}}({self._integer()})"),
                lambda: [*self._braced_literal("err = func() error", "\treturn fail(n)", returns="return err"), "}()"],
                lambda: self._braced_literal(f"once({self._mark()}, func()", "})"),
                lambda: self._braced_literal(f"alone({self._mark()}, func()", "})"),
                lambda: [f"{self._random.choice(self._stored)}()"] if self._stored else [self._marker()],
            ]
        )

    # --- loops

    def _labelled(self, loops: bool, make: Callable[[], list[str]]) -> list[str]:
        around = Around(loops)
        with self._inside(around):
            lines = make()
        return [f"{around.label}:", *lines] if around.label else lines

    def _for(self) -> list[str]:
        heads = [
            lambda: f"for {self._boolean()}",
            lambda: f"for i := {self._integer()}; i < 3; i++",
            lambda: f"for n = 0; n < {self._integer()}; n++",
            lambda: f"for m({self._mark()}); {self._boolean()}; m({self._mark()})",
            lambda: f"for ; ; m({self._mark()})",
            lambda: f"for m({self._mark()}); ; quiet({self._integer()})",
        ]
        return self._labelled(True, lambda: self._braced(self._random.choice(heads)(), marked=True))

    def _range(self) -> list[str]:
        heads = [
            lambda: f"for range {self._integer()}",
            lambda: f"for n = range {self._integer()}",
            lambda: f"for list[k({self._mark()})] = range list[:k({self._mark()})]",
            lambda: f"for n, s = range names[:k({self._mark()})]",
            lambda: f"for _, err = range errs[:k({self._mark()})]",
            lambda: f"for s = range small({self._mark()})",
            lambda: f"for range s[:min(len(s), k({self._mark()}))]",
            lambda: f"for err = range feed({self._mark()})",
            lambda: f"for range each0({self._mark()})",
            lambda: f"for n = range each({self._mark()})",
            lambda: f"for n, err = range each2({self._mark()})",
        ]
        return self._labelled(
            True,
            lambda: (
                self._braced(self._random.choice(heads)(), marked=True)
                if self._chance(0.9)
                else self._range_with_literal()
            ),
        )

    def _range_with_literal(self) -> list[str]:
        around, self._context.around = self._context.around, []
        head = self._braced_literal(f"for range eachdo({self._mark()}, func()", "})")
        self._context.around = around
        return [*head[:-1], *self._braced(head[-1], marked=True)]

    # --- switches

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
        heads = {
            "switch {": [f"case {self._boolean()}" for _ in range(2)],
            f"switch {self._integer()} {{": [
                f"case {self._integer()}",
                f"case {self._integer()}, {self._integer()}",
            ],
            "switch err {": self._random.sample(["case nil", "case ErrA, errB", "case st.err"], 2),
            "switch n {": self._random.sample(["case 0", "case one, two", "case 3", f"case {self._integer()}"], 3),
            "switch s {": ['case "", `a`', 'case "b"'],
            "switch v {": self._random.sample(["case nil", "case 1", 'case "text"', "case p"], 3),
            "switch ok {": ["case true", "case err == nil"],
            "switch lv {": ["case low", "case high"],
            "switch j := st.n; j {": ["case 0", "case 1, 2"],
        }
        head = self._random.choice(sorted(heads))
        return self._labelled(False, lambda: [head, *self._clauses([*heads[head], *self._default()], fall=True)])

    def _type_switch(self) -> list[str]:
        head, heads = self._random.choice(
            [
                (f"switch value({self._mark()}).(type) {{", ["case int, bool", "case string"]),
                ("switch v.(type) {", ["case nil", "case int, error"]),
                ("switch v := v.(type) {", ["case nil", "case int", "case *int, *myErr", "case string"]),
                ("switch err := err.(type) {", ["case nil", "case *myErr"]),
            ]
        )
        if ":=" not in head:
            return self._labelled(False, lambda: [head, *self._clauses([*heads, *self._default()])])
        return [head, *(line for each in (*heads, "default") for line in self._look(each, head.split()[1])), "}"]

    def _look(self, clause: str, bound: str) -> list[str]:
        """A clause in which the variable that the switch binds hides the one outside: it only looks at it."""
        if clause in ("case int", "case string"):
            return [f"{clause}:", f"\t_ = {bound}"]
        marks = [f"\t\tm({self._mark()})", "\t} else {", f"\t\tm({self._mark()})"]
        return [f"{clause}:", f"\tif {bound} == nil {{", *marks, "\t}"]

    def _select(self) -> list[str]:
        heads = [
            f"case <-ready({self._mark()})",
            f"case list[k({self._mark()})] = <-ready({self._mark()})",
            f"case n, ok = <-ready({self._mark()})",
            f"case err = <-feed({self._mark()})",
            f"case room({self._integer()}) <- {self._integer()}",
        ]
        some = self._random.sample(heads, 2)
        return self._labelled(False, lambda: ["select {", *self._clauses([*some, "default"])])

    # --- jumps

    def _jump(self) -> list[str]:
        """A conditional break or continue, with or without label."""
        every = self._context.around
        targets = [(kind, around) for around in every for kind in ("break", "continue")[: 1 + around.loops]]
        if not targets:
            return self._values.setting()
        kind, around = self._random.choice(targets)
        nearest = next(each for each in reversed(every) if each.loops or kind == "break")
        if around is not nearest or self._chance(0.3):
            around.label = around.label or self._new_label()
            kind = f"{kind} {around.label}"
        return self._guarded(kind)

    def _goto(self) -> list[str]:
        """A block with a label of its own, and a goto to it."""
        label = self._new_label()
        if self._chance(0.5):
            return ["{", f"{label}:", f"\t{self._marker()}", *self._guarded(f"goto {label}"), "}"]
        return ["{", *self._guarded(f"goto {label}"), f"\t{self._marker()}", f"{label}:", f"\t{self._marker()}", "}"]

    def _leave(self) -> list[str]:
        """A conditional end of the function, or a goto."""
        kind = self._random.choice(("return", "return", "panic", "goexit", "back", "forth"))
        if kind in ("back", "forth") and len(self._context.returns) > 1:
            self._targets.add(kind)
            return self._guarded(f"goto {kind}")
        ends = {"panic": f"panic({self._integer()})", "goexit": "runtime.Goexit()"}
        return self._guarded(ends.get(kind) or self._random.choice(self._context.returns))

    def _guarded(self, statement: str) -> list[str]:
        return [f"if {self._boolean()} {{", f"\t{statement}", "}"]
