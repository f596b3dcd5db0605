"""The functions of package context: which make a context that somebody can end, and which one that nobody can."""

ENDLESS = frozenset(("Background", "TODO", "WithoutCancel"))
"""They make a context that nobody can cancel and that has no deadline."""

CANCELLED = frozenset(("WithCancel", "WithCancelCause"))
"""They make a context, and the function that cancels it."""

TIMED = frozenset(("WithTimeout", "WithTimeoutCause", "WithDeadline", "WithDeadlineCause"))
"""They do so, too, of a context that also ends by itself."""


def is_endless(name: tuple[str, str] | None) -> bool:
    """Reports whether a function, by import path and name, makes a context that nobody can end."""
    return name is not None and name[0] == "context" and name[1] in ENDLESS
