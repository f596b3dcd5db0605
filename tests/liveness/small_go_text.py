"""Programs of the small Go in, real Go out, which tells at each operation its number before it does it."""

from collections.abc import Iterable, Iterator, Sequence

from small_go import Add, For, Go, If, Op, Program, Range, Select, Stmt

from goleaklint.liveness.objects import Channel

CHANNELS = ("c0", "c1", "c2")
TEXTS = {
    "send": "{} <- 1",
    "receive": "<-{}",
    "close": "close({})",
    "lock": "{}.Lock()",
    "unlock": "{}.Unlock()",
    "rlock": "{}.RLock()",
    "runlock": "{}.RUnlock()",
    "done": "{}.Done()",
    "wait": "{}.Wait()",
    "condwait": "{}.Wait()",
    "signal": "{}.Signal()",
    "broadcast": "{}.Broadcast()",
    "cancel": "w.cancel()",
    "await": "<-{}.Done()",
    "set": "{}.Store(true)",
}
PLAIN = {"timeout": "<-time.After(0)", "panic": 'panic("crash")', "return": "return"}


def go_file(programs: Sequence[Program]) -> str:
    """The file that goes with tests/go/leaks/main.go."""
    text = 'package main\n\nimport "time"\n\nvar _ = time.Now\n\n'
    text += "var programs = []func(*run){\n"
    for number, program in enumerate(programs):
        capacities = ", ".join(str(_capacity(program, name)) for name in CHANNELS)
        text += f"\tfunc(r *run) {{ w := newWorld(r, [3]int{{{capacities}}})"
        text += "".join(f"; w.start(p{number}_{root})" for root in program.roots) + " },\n"
    return text + "}\n\n" + "\n".join(go_functions(program, f"p{at}_") for at, program in enumerate(programs))


def go_functions(program: Program, prefix: str = "") -> str:
    """The functions of one program."""
    parts = []
    for name, body in program.functions.items():
        lines = "\n".join("\t" + line for line in _lines(body, prefix))
        parts.append(f"func {prefix}{name}(w *world, t *task) {{\n{lines}\n}}\n")
    return "\n".join(parts)


def _capacity(program: Program, name: str) -> int:
    channel = program.objects[name]
    assert isinstance(channel, Channel)
    return -1 if channel.is_nil else channel.capacity.offset


def _object(name: str) -> str:
    return f"w.{name[0]}[{name[1]}]" if name[-1].isdigit() else f"w.{name}"


def _text(op: Op) -> str:
    return PLAIN[op.verb] if op.verb in PLAIN else TEXTS[op.verb].format(_object(op.object))


def _indented(body: Sequence[Stmt], prefix: str) -> Iterator[str]:
    return ("\t" + line for line in _lines(body, prefix))


def _lines(body: Iterable[Stmt], prefix: str) -> Iterator[str]:
    for stmt in body:
        match stmt:
            case Op(verb="make", object=name):
                yield f"w = w.fresh({name[1]})"
            case Op(number=number):
                yield f"t.op({number})"
                yield _text(stmt)
            case Go(function=name):
                yield f"w.start({prefix}{name})"
            case Add(object=name, count=count):
                yield f"{_object(name)}.Add({count.offset})"
            case If():
                yield from _if(stmt, prefix)
            case For(count=count, body=inner):
                assert count is not None
                yield f"for range {count.offset} {{"
                yield from _indented(inner, prefix)
                yield "}"
            case Range(object=name, body=inner, number=number):
                yield f"t.op({number})"
                yield f"for range {_object(name)} {{"
                yield from _indented(inner, prefix)
                yield f"\tt.op({number})"
                yield "}"
            case Select():
                yield from _select(stmt, prefix)


def _if(stmt: If, prefix: str) -> Iterator[str]:
    condition = "t.coin()"
    if stmt.flag:
        condition = f"{_object(stmt.flag)}." + ("CompareAndSwap(false, true)" if stmt.swaps else "Load()")
    yield f"if {condition} {{"
    yield from _indented(stmt.then, prefix)
    yield "} else {"
    yield from _indented(stmt.other, prefix)
    yield "}"


def _select(stmt: Select, prefix: str) -> Iterator[str]:
    yield f"t.op({stmt.number})"
    yield "select {"
    for op, body in stmt.cases:
        yield f"case {_text(op)}:"
        yield from _indented(body, prefix)
    if stmt.default is not None:
        yield "default:"
        yield from _indented(stmt.default, prefix)
    yield "}"
