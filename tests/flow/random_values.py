"""Random conditions on the variables of a random function, and random statements that give them new values.

Every random function has the same variables: `err`, `p`, `ok`, `s`, `n`, `f`, `xs`, `mp`, `fn`, `v`, `me`, `c`, `lv`, the
structs `box` and `st` (a pointer), and `sp`, which may point to either; `global` is one of the package.
"""

import random
from collections.abc import Callable

NAMED = "func {name}() (n int, err error) {{"
UNNAMED = "func {name}() (int, error) {{"

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
err = nil | err = ErrA | err = errB | err = errors.New("x") | err = fmt.Errorf("x %w", err) | err = fail(n) | err = fail(K)
err = me | err = &myErr{} | n, err = give(n) | err = global | global = err | global = nil | err = st.err
p = nil | p = new(int) | p = &n | p = st.p | p, st.p = st.p, p | if p != nil { *p = K % 4 }
ok = true | ok = false | ok = n == 1 | _, ok = v.(int) | _, ok = mp["a"] | ok = st.open | ok = !ok | ok = (err == nil)
s = "a" | s = "b" | s = "" | s += "a" | s = names[K] | s = names[n & 3]
n = 0 | n = 1 | n = two | n = K | n++ | n-- | n += 2 | n = len(xs) | n, n = 1, 2 | n = (n + 1) % 4 | n = st.n
f = 1 | f = float(K) | f = float(n) | f, ok = 2, f > 1
xs = nil | xs = append(xs, 1) | xs = []int{1, 2} | xs = make([]int, K) | xs = xs[:0] | xs = append(xs, n, n)
mp = nil | mp = map[string]int{} | mp = map[string]int{"a": 1} | mp = small(M) | if mp != nil { mp["b"] = 1 }
delete(mp, "a") | clear(mp) | mq := mp; delete(mq, "b") | mq := mp; if len(mq) > 0 { mq["c"]++ }
fn = nil | fn = quiet | v = nil | v = 1 | v = "text" | v = p | v = err | v = n | v = me | v = error(nil)
me = nil | me = &myErr{} | c = 0 | c.add(1) | c.add(n) | c++ | lv = low | lv = high | lv = level(n & 1)
st.err = nil | st.err = err | err = st.err | st.open = true | st.open = ok | st.set(K) | st.n = 1 | st.p = nil | st.p = p
(*st).p = new(int) | st.inner = inner{} | st.inner.p = p | *st = store{} | st = &store{} | st = &box | st.look(n)
box.err = err | box.set(K) | box = store{} | box = *st | box.open = true | box.n = 1 | box.inner = inner{p: p}
sp = st | sp = &box | sp = &store{} | sp.err = ErrA | sp.open = !sp.open | *sp = store{n: 1} | sp.set(n) | sp.n++ | sp.p = p
func() { err = ErrA }() | func() { p = nil; ok = true }() | func(n int) { n++; quiet(n) }(n) | func() { st = &store{} }()
err = func() (err error) { err = ErrA; return }() | err = func() error { return st.err }() | box, *sp = *sp, box | st.open, sp.open = ok, true
if fn != nil { fn(n) } | fn = func(int) { ok = !ok } | fn = func(int) { err = nil } | fn = func(int) { n = 1 }"""

SET = [each.strip() for each in SETTINGS.replace("\n", "|").split("|")]


class RandomValues:
    """Draws conditions and settings. `mark` gives the number of the next marker."""

    def __init__(self, choices: random.Random, mark: Callable[[], int]) -> None:
        self._random = choices
        self._mark = mark

    def condition(self) -> str:
        """A condition that calls no marker."""
        return self._random.choice(PURE)

    def seen(self) -> str:
        """A marker that shows the answers to some conditions; those that call something are left out."""
        asked = self._random.sample([each for each in PURE if not each.startswith("errors.Is")], 6)
        return f"see({self._mark()}, {', '.join(asked)})"

    def setting(self) -> list[str]:
        """A statement, or several on one line, in braces where it declares something."""
        text = self._random.choice(SET)
        while "K" in text:
            text = text.replace("K", f"k({self._mark()})", 1)
        text = text.replace("small(M)", f"small({self._mark()})")
        return [f"{{ {text} }}"] if ":=" in text else [text]
