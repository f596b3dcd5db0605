"""One line for each finding, whatever the message holds."""

import re

from store_sample import NEVER_ENDS, UNFINISHED, finding, report

from goleaklint.model import Span
from goleaklint.reports import concise


def test_lines() -> None:
    odd = finding(Span("::error::\x1b.go", 7, 3, 7, 4, 0, 1), "two\nlines  and\ttabs")
    assert concise.render(report(UNFINISHED, NEVER_ENDS, odd)) == (
        "store/load.go:4:9: GL407 txn is neither committed nor discarded when fill fails, so its read timestamp stays "
        "in flight and badger cannot drop older versions.\n"
        "store/load.go:8:2: GL101 This goroutine never ends.\n"
        "\\x3a:error::\\e.go:7:3: GL407 two lines and tabs\n"
    )


def test_editors_can_read_it() -> None:
    line = concise.render(report(UNFINISHED)).splitlines()[0]
    assert re.fullmatch(r"(?P<file>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<message>GL407 .+)", line)


def test_nothing_found() -> None:
    assert concise.render(report()) == ""
