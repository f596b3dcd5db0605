"""What a call of a function does, without looking into it again: what becomes of its arguments, what it gives."""

import enum

import msgspec


class Use(enum.StrEnum):
    """What a function does with a parameter, beside reading it."""

    RETURNED = "returned"
    STORED = "stored"
    SENT = "sent"
    SPAWNED = "given to a goroutine"
    KEPT = "kept by a function value"
    CALLED = "called"
    CLOSED = "closed"
    RECEIVED = "received from"
    SENT_TO = "sent to"
    UNKNOWN = "given to an unknown function"


class How(enum.IntEnum):
    """On which ways through a function something happens to a parameter."""

    SOMETIMES = 1
    ALWAYS = 2


class ParamSummary(msgspec.Struct, frozen=True):
    """What becomes of one parameter, or of the receiver.

    `methods` are those called on it, here or in what is called, by name: on every way to an exit (deferred calls count
    where they are registered) or on some. A parameter without uses and methods is only borrowed.
    """

    uses: tuple[Use, ...] = ()
    methods: dict[str, How] = {}


class ResultSummary(msgspec.Struct, frozen=True):
    """What one result is.

    `fresh` names the function that made it, as packs do, such as `os.Open`: it is a new resource of that kind, or "".
    `alias` is the number of the parameter that it is, -1 if none. `nil_with_error` tells that it is nil wherever the
    last result, an error, is not.
    """

    fresh: str = ""
    alias: int = -1
    nil_with_error: bool = False


class Summary(msgspec.Struct, frozen=True):
    """A function as its callers see it. The receiver, if there is one, is parameter 0.

    `never_returns`: no way through it ends in a return. `returns_only_if` gives a parameter and what it must be (`nil`,
    `true`) for the function to return, as `must` and `require.NoError` do. `blocks` says on what it may wait for ever.
    `observes_context`: it looks at the context it is given, or hands it to something that does. `spawns`: a goroutine
    starts in it. `panics`: it panics explicitly on some way.
    """

    params: tuple[ParamSummary, ...] = ()
    results: tuple[ResultSummary, ...] = ()
    never_returns: bool = False
    returns_only_if: tuple[int, str] | None = None
    blocks: tuple[str, ...] = ()
    observes_context: bool = False
    spawns: bool = False
    panics: bool = False


BLANK = Summary()
"""Stands for a function of a circle of calls before it was looked at: as far as is known by then, it does nothing."""


def promised(summary: Summary) -> Summary:
    """The same function if every way through it called the methods that only some are known to call."""
    params = tuple(ParamSummary(each.uses, dict.fromkeys(each.methods, How.ALWAYS)) for each in summary.params)
    return msgspec.structs.replace(summary, params=params)


def describe(summary: Summary, names: tuple[str, ...]) -> str:
    """The summary in words, one fact a line; `names` are the parameters'."""
    lines = [f"{name}: {_param(each)}" for name, each in zip(names, summary.params, strict=False)]
    lines += [f"result {number}: {_result(each, names)}" for number, each in enumerate(summary.results, 1)]
    if summary.never_returns:
        lines.append("never returns")
    if summary.returns_only_if is not None:
        number, value = summary.returns_only_if
        lines.append(f"returns only if {names[number]} is {value}")
    lines += [f"may block: {reason}" for reason in summary.blocks]
    lines += [
        words
        for words, holds in (
            ("observes its context", summary.observes_context),
            ("spawns a goroutine", summary.spawns),
            ("panics", summary.panics),
        )
        if holds
    ]
    return "".join(f"{line}\n" for line in lines)


def _param(param: ParamSummary) -> str:
    words = [use.value for use in param.uses]
    words += [f"{name} {'always' if how is How.ALWAYS else 'sometimes'}" for name, how in sorted(param.methods.items())]
    return ", ".join(words) or "borrowed"


def _result(result: ResultSummary, names: tuple[str, ...]) -> str:
    words = [f"fresh from {result.fresh}"] if result.fresh else []
    if result.alias >= 0:
        words.append(f"the parameter {names[result.alias]}")
    if result.nil_with_error:
        words.append("nil with a non-nil error")
    return ", ".join(words) or "unknown"
