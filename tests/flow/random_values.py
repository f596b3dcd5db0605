"""Random expressions, conditions on the variables of a random function, and statements that give them new values.

Every random function has the same variables: `err`, `p`, `ok`, `s`, `n`, `f`, `xs`, `mp`, `fn`, `v`, `me`, `c`, `lv`,
the structs `box` and `st` (a pointer), and `sp`, which may point to either; `global` is one of the package.
"""

import random
import re
from collections.abc import Callable

VARIABLES = """\
	var p *int
	var ok bool
	s, f, lv := "", 0.0, low
	var xs []int
	mp := map[string]int{}
	var fn func(int)
	var v any
	var me *myErr
	var c counter
	var box store
	st := &store{}
	sp := st
	_, _, _, _, _, _, _, _, _, _, _, _, _ = p, ok, s, f, lv, xs, mp, fn, v, me, c, box, sp"""

UNNAMED = """\
	var n int
	var err error
	_, _ = n, err
"""

CONDITIONS = """\
err == nil; err != nil; nil != err; err == ErrA; err != errB; errors.Is(err, ErrA); global == nil; global == err
p == nil; p != nil; ok; !ok; ok == true; false != ok
s == "a"; s == `a`; "b" == s; s != ""; len(s) > 0; s < "b"
n == 0; n == 0x1; n == one; n == two; n != 3; n < 2; n >= 2; n > one; n < len(xs); len(xs) <= n; n == len(mp)
f <= 1; f > 1; f == 1; f != f
xs == nil; xs != nil; len(xs) == 0; len(xs) > 1
mp == nil; len(mp) == 0; len(mp) > 0
fn == nil; fn != nil; v == nil; v == 1; v == "text"; v != nil; me == nil; c == 0; c > 1; lv == low; lv == high
st.err == nil; st.open; !st.open; st.p == nil; st.n == 1; (*st).err != nil; box.err == nil; box.open; box.n == 1
sp.err == nil; sp.open; sp.p == nil; sp.inner.p == nil; st == sp; box == *sp"""

PURE = [each.strip() for each in CONDITIONS.replace("\n", ";").split(";")]
"""Conditions that call nothing, and so can be asked at any time without changing anything."""

SETTINGS = """\
err = nil | err = ErrA | err = errB | err = errors.New("x") | err = fmt.Errorf("x %w", err) | err = fail(n)
err = fail(K)
err = me | err = &myErr{} | n, err = give(n) | err = global | global = err | global = nil | err = st.err
p = nil | p = new(int) | p = &n | p = st.p | p, st.p = st.p, p | if p != nil { *p = K % 4 }
ok = true | ok = false | ok = n == 1 | _, ok = v.(int) | _, ok = mp["a"] | ok = st.open | ok = !ok
ok = (err == nil)
s = "a" | s = "b" | s = "" | s += "a" | s = names[K] | s = names[n & 3]
n = 0 | n = 1 | n = two | n = K | n++ | n-- | n += 2 | n = len(xs) | n, n = 1, 2 | n = (n + 1) % 4 | n = st.n
f = 1 | f = float(K) | f = float(n) | f, ok = 2, f > 1
xs = nil | xs = append(xs, 1) | xs = []int{1, 2} | xs = make([]int, K) | xs = xs[:0] | xs = append(xs, n, n)
mp = nil | mp = map[string]int{} | mp = map[string]int{"a": 1} | mp = small(M) | if mp != nil { mp["b"] = 1 }
delete(mp, "a") | clear(mp) | mq := mp; delete(mq, "b") | mq := mp; if len(mq) > 0 { mq["c"]++ }
fn = nil | fn = quiet | v = nil | v = 1 | v = "text" | v = p | v = err | v = n | v = me | v = error(nil)
me = nil | me = &myErr{} | c = 0 | c.add(1) | c.add(n) | c++ | lv = low | lv = high | lv = level(n & 1)
st.err = nil | st.err = err | err = st.err | st.open = true | st.open = ok | st.set(K) | st.n = 1 | st.p = nil
st.p = p
(*st).p = new(int) | st.inner = inner{} | st.inner.p = p | *st = store{} | st = &store{} | st = &box
st.look(n)
box.err = err | box.set(K) | box = store{} | box = *st | box.open = true | box.n = 1 | box.inner = inner{p: p}
sp = st | sp = &box | sp = &store{} | sp.err = ErrA | sp.open = !sp.open | *sp = store{n: 1} | sp.set(n)
sp.n++ | sp.p = p
func() { err = ErrA }() | func() { p = nil; ok = true }() | func(n int) { n++; quiet(n) }(n)
func() { st = &store{} }()
err = func() (err error) { err = ErrA; return }() | err = func() error { return st.err }() | box, *sp = *sp, box
st.open, sp.open = ok, true
if fn != nil { fn(n) } | fn = func(int) { ok = !ok } | fn = func(int) { err = nil } | fn = func(int) { n = 1 }
func() { delete(mp, "a") }() | fill(mp) | setInt(&n, K) | setBool(&ok) | setErr(&err, K) | bn := &n; *bn = two
be := &err; *be = errB | bo := &ok; *bo = !*bo | inc := c.add; inc(1) | func() { clear(mp) }() | grow(&xs)
for range K { ok = !ok } | for _, err = range errs[:K] { quiet(n) } | for s = range mp { quiet(n) }
ra := &st.open; *ra = ok | defer func() { n = two }() | defer func() { err = nil }() | alone(M, func() { ok = true })
alone(M, func() { err = ErrA }) | rb := &box; rb.err = ErrA | rb := &box; *rb = store{} | box.p = p | box.inner.p = nil
look := box.look; look(n)"""

SET = [each.strip() for each in SETTINGS.replace("\n", "|").split("|")]

NAMES = "err p ok s n f xs mp fn v me c lv box st sp global".split()


def opening(name: str, named: bool) -> str:
    """The first lines of a function: its results, with or without names, and its variables."""
    if named:
        return f"func {name}() (n int, err error) {{\n{VARIABLES}"
    return f"func {name}() (int, error) {{\n{UNNAMED}{VARIABLES}"


class RandomValues:
    """Draws expressions, conditions and settings. `mark` gives the number of the next marker.

    Most conditions and settings of one function are about the same two variables: what is set is then asked for.
    """

    def __init__(self, choices: random.Random, mark: Callable[[], int]) -> None:
        self._random = choices
        self._mark = mark
        about = frozenset(choices.sample(NAMES, 2))
        self._conditions = [each for each in PURE if not about.isdisjoint(re.findall(r"\w+", each))]
        self._settings = [each for each in SET if not about.isdisjoint(re.findall(r"\w+", each))]

    def boolean(self, depth: int = 0) -> str:
        """An expression of type bool."""
        if depth > 2 or self._chance(0.5):
            return f"q({self._mark()})" if self._chance(0.4) else self.condition()
        return self._one(
            [
                lambda: f"!({self.boolean(3)})",
                lambda: f"!({self.boolean(depth + 1)} {self._random.choice(('&&', '||'))} {self.boolean(depth + 1)})",
                lambda: f"({self.boolean(depth + 1)} && {self.boolean(depth + 1)})",
                lambda: f"({self.boolean(depth + 1)} || {self.boolean(depth + 1)})",
                lambda: f"(({self.boolean(depth + 1)}) == ({self.boolean(depth + 1)}))",
                lambda: f"({self.integer(depth + 1)} < {self.integer(depth + 1)})",
            ]
        )

    def integer(self, depth: int = 0) -> str:
        """An expression of type int."""
        if depth > 2 or self._chance(0.5):
            return f"k({self._mark()})"
        return self._one(
            [
                lambda: f"({self.integer(depth + 1)} + {self.integer(depth + 1)}*{self.integer(depth + 1)})",
                lambda: f"add({self._mark()}, {self.integer(depth + 1)}, {self.integer(depth + 1)})",
                lambda: f"list[k({self._mark()})]",
                lambda: f"<-ready1({self._mark()})",
                lambda: f"pick({self._mark()})({self.integer(depth + 1)})",
                lambda: f"([]int{{{self.integer(depth + 1)}, {self.integer(depth + 1)}}}[0])",
                lambda: f"(pair{{x: {self.integer(depth + 1)}, y: {self.integer(depth + 1)}}}.y)",
            ]
        )

    def _one(self, makers: list[Callable[[], str]]) -> str:
        return self._random.choice(makers)()

    def _chance(self, part: float) -> bool:
        return self._random.random() < part

    def condition(self) -> str:
        """A condition that calls no marker."""
        return self._random.choice(PURE if self._chance(0.1) else self._conditions)

    def seen(self, condition: str = "n == 0") -> str:
        """A marker that shows the answers to this and other conditions; those that call something are left out."""
        every = [each for each in self._conditions if not each.startswith("errors.Is")]
        asked = [condition, *self._random.sample(every, min(5, len(every)))]
        return f"see({self._mark()}, {', '.join(asked)})"

    def drill(self) -> list[str]:
        """A condition, then statements that may put an end to what is known by it, then a look at it."""
        condition = self._random.choice([each for each in self._conditions if not each.startswith("errors.Is")])
        then, orelse = self._shaken(condition), self._shaken(condition)
        return [f"if {condition} {{", *then, "} else {", *orelse, "}"]

    def _shaken(self, condition: str) -> list[str]:
        settings = [line for _ in range(self._random.randint(1, 2)) for line in self.setting()]
        return [f"\tm({self._mark()})", *(f"\t{line}" for line in settings), f"\t{self.seen(condition)}"]

    def setting(self) -> list[str]:
        """A statement, or several on one line, in braces where it declares something."""
        text = self._random.choice(SET if self._chance(0.1) else self._settings)
        while "K" in text:
            text = text.replace("K", f"k({self._mark()})", 1)
        text = text.replace("(M", f"({self._mark()}")
        return [f"{{ {text} }}"] if ":=" in text else [text]
