"""Whether a function can end, and where it stays if not."""

from pathlib import Path

import pytest
from go_functions import analysis, function

from goleaklint.liveness.endings import Endings, Stay

PROGRAM = """
    package m

    import (
        "context"
        "os"
        "time"
    )

    func loops() { for { time.Sleep(1) } }
    func waits() { select {} }
    func ranges(t *time.Ticker) { for range t.C { } }
    func calls() { defer leaf(); loops() }
    func callsSometimes(b bool) { if b { loops() } }
    func callsLiteral() { f := func() { select {} }; f() }
    func afterTrue() { for ; true; { leaf() } ; leaf() }
    func okFalse(t *time.Ticker) { for { if _, ok := <-t.C; !ok { return } } }
    func background() {
        ctx := context.Background()
        for { select { case <-ctx.Done(): return; case <-time.After(1): } }
    }

    func returns() { for { if leaf() { return } } }
    func breaks() { for { if leaf() { break } } }
    func exits() { for { if leaf() { os.Exit(1) } } }
    func panics() { for { if leaf() { panic("never") } } }
    func recovers() { defer func() { recover() }(); for { if leaf() { panic("never") } } }
    func fails(err error) { for { if leaf() { panic(err) } } }
    func condition() { for leaf() { } }
    func channel(c chan int) { for range c { } }
    func given(ctx context.Context) { for { select { case <-ctx.Done(): return; case <-time.After(1): } } }
    func recursive() { if leaf() { return }; recursive() }
    func leaf() bool { return true }
"""


@pytest.mark.parametrize(
    ("name", "stay"),
    [
        ("loops", Stay.LOOP),
        ("waits", Stay.SELECT),
        ("ranges", Stay.RANGE),
        ("calls", Stay.LOOP),
        ("callsLiteral", Stay.SELECT),
        ("afterTrue", Stay.LOOP),
        ("okFalse", Stay.LOOP),
        ("background", Stay.LOOP),
        ("panics", Stay.LOOP),
        *(
            (name, None)
            for name in "callsSometimes returns breaks exits recovers fails condition channel given recursive".split()
        ),
    ],
)
def test_endings(tmp_path: Path, name: str, stay: Stay | None) -> None:
    functions = analysis(tmp_path, {"a.go": PROGRAM})
    found = Endings.shared(functions).endless(function(functions, name).code)
    assert (found.stay if found is not None else None) is stay


def test_calls_that_lead_there_are_told(tmp_path: Path) -> None:
    functions = analysis(tmp_path, {"a.go": PROGRAM})
    found = Endings().endless(function(functions, "calls").code)
    assert found is not None
    assert [(code.name, code.text(call)) for code, call in found.calls] == [("calls", "loops()")]
    assert found.code.name == "loops"


ROUND = """
    package m

    func first() { second(); for {} }
    func second() { first() }

    func c1() { c2() }
    func c2() { c3() }
    func c3() { c4() }
    func c4() { c5() }
    func c5() { c6() }
    func c6() { for {} }
"""


@pytest.mark.parametrize("asked", [("first", "second"), ("second", "first"), ("c1", "c2"), ("c1", "c4"), ("c3", "c2")])
def test_what_was_asked_before_does_not_matter(tmp_path: Path, asked: tuple[str, str]) -> None:
    functions = analysis(tmp_path, {"a.go": ROUND})
    before, then = (function(functions, name).code for name in asked)
    endings = Endings()
    endings.endless(before)
    found = endings.endless(then)
    assert found is not None
    assert found.stay is Stay.LOOP
