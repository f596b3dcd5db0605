"""What the fixtures of goroutine rules say of themselves is true: their scenarios are run, and goroutines counted."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from fixture_runs import Run, Toolchain, complaints, run_all, toolchain
from go_fixtures import Fixture, fixtures, is_run

pytestmark = pytest.mark.go

TESTDATA = Path(__file__).parents[2] / "testdata"
FIXTURES = [each for folder in sorted(TESTDATA.glob("GL*")) if is_run(folder.name) for each in fixtures(folder)]


@pytest.fixture(scope="module")
def go() -> Toolchain:
    found = toolchain()
    if found is None:
        pytest.skip("there is no Go 1.26 or newer on PATH")
    return found


@pytest.fixture(scope="module")
def runs(go: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Run]:
    """The runs of all fixtures, by their ids."""
    return run_all(TESTDATA, FIXTURES, tmp_path_factory.mktemp("scenarios"), go)


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.id)
def test_fixture_leaks_as_it_says(fixture: Fixture, request: pytest.FixtureRequest) -> None:
    if fixture.not_run is not None:
        assert fixture.not_run, "`not run:` needs a reason"
        pytest.skip(f"not run: {fixture.not_run}")
    assert fixture.scenario, f"{fixture.name} has no scenario: see testdata/README.md"
    runs: Mapping[str, Run] = request.getfixturevalue("runs")
    assert list(complaints(fixture, runs[fixture.id])) == []
