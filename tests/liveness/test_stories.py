"""The steps that lead to a goroutine that is left behind: those that have to do with it, and no others."""

from pathlib import Path

import pytest
from go_functions import analysis, function

from goleaklint.liveness.left import left_behind

LATE = """
    package m

    func work(n int) error { return nil }

    func ask(n int, log bool) error {
        if n < 0 { return nil }
        c := make(chan error)
        other := make(chan int, 1)
        go func() { other <- 1 }()
        go func() { if log { println("asks") }; c <- work(n) }()
        if log { println("waits") }
        if err := work(1); err != nil { return err }
        <-other
        return <-c
    }
"""

ANSWERED = """
    package m

    func ask() {
        c := make(chan int, 1)
        go func() { c <- 1 }()
        <-c
        <-c
    }
"""

BUFFERED = """
    package m

    func ask(values []int) {
        c := make(chan int, 300)
        go func() { for range c { } }()
        c <- 1
    }
"""

KIND = """
    package m

    func ask(kind any) {
        c := make(chan int)
        go func() { c <- 1 }()
        switch kind.(type) {
        case error:
            return
        }
        <-c
    }
"""


def told(tmp_path: Path, code: str) -> list[str]:
    """The messages of the only leak of a program."""
    (leak,) = left_behind(function(analysis(tmp_path, {"m.go": code}), "ask").code, ends_process=False)
    return [step.message for step in leak.steps]


def test_only_what_has_to_do_with_the_channel_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, LATE) == [
        "c is made, without room for a value",
        "starts a goroutine",
        "goes on where err != nil",
        "ask returns",
        "waits here for ever",
    ]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (BUFFERED, "c is made, with a buffer"),
        (KIND, "goes on with case error:"),
    ],
)
def test_words(tmp_path: Path, code: str, message: str) -> None:
    assert message in told(tmp_path, code)


def test_a_partner_that_came_once_is_said_not_to_come_again(tmp_path: Path) -> None:
    (leak,) = left_behind(function(analysis(tmp_path, {"m.go": ANSWERED}), "ask").code, ends_process=False)
    assert leak.why == "ask.func1 may have returned, and nobody sends on it or closes it again"
