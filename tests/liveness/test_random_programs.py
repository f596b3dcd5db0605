"""Random small programs, run many times by Go: whatever goroutine is left behind there, the explorer has told."""

import subprocess
from collections.abc import Callable

import pytest
from go_leaks import Judged, judged

SEEDS = range(100)
RUNS = 60


@pytest.fixture(scope="module")
def programs(go: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    def run(*words: object) -> str:
        return subprocess.run([*map(str, words)], stdout=subprocess.PIPE, text=True, check=True).stdout

    return judged(SEEDS, RUNS, tmp_path_factory.mktemp("leaks"), go, run)


def test_no_goroutine_is_left_behind_that_the_explorer_does_not_tell_of(programs: list[Judged]) -> None:
    assert "\n\n".join(str(each) for each in programs if each.missed) == ""


def test_most_of_what_the_explorer_tells_is_seen(programs: list[Judged]) -> None:
    told = sum(len(each.told) for each in programs)
    seen = sum(len(each.told & each.seen) for each in programs)
    assert told > 100
    assert seen / told > 0.75


def test_the_programs_are_of_all_sorts(programs: list[Judged]) -> None:
    assert sum(each.verdict.complete for each in programs) > len(programs) * 0.8
    assert sum(bool(each.told) for each in programs) > 20
    assert sum(not each.told and not each.crashes for each in programs) > 10
    assert sum(each.crashes > 0 for each in programs) > 10
