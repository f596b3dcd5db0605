"""False alarms that users of other tools reported in public: each has a fixture, which no rule may report."""

from pathlib import Path

import pytest
from analysed import TESTDATA, findings
from go_fixtures import Function, functions

REPORTS = {
    # Bodies that a helper closes, and what only looks like a body.
    "timakin/bodyclose#18": "GL403/okLiteralTakesCloser",
    "timakin/bodyclose#29": "GL403/fetcher.okRetriesErrors",
    "timakin/bodyclose#30": "GL403/okSafeClose",
    "timakin/bodyclose#39": "GL403/okOtherPackage",
    "timakin/bodyclose#51": "GL403/fetcher.okMethodCloses",
    "timakin/bodyclose#52": "GL403/okResponseController",
    "timakin/bodyclose#80": "GL403/okSafeClose",
    "open-telemetry/opentelemetry-go-contrib#5962, assertion": "GL403/okClosedAsArgument",
    "open-telemetry/opentelemetry-go-contrib#5962, recorder": "GL403/okRecorded",
    "golang/go#17780": "GL403/okFailedRedirect",
    "sonatard/noctx#10": "GL403/okCookie",
    "sonatard/noctx#17": "GL403/okCookie",
    "uber-go/goleak#37": "GL403/okReadAndDropped",
    # Rows that are closed by a literal, by a helper, in place, or by themselves.
    "golang/go#34544": "GL404/okReadToTheEnd",
    "ryanrolds/sqlclosecheck#8": "GL404/okClosedInPlace",
    "ryanrolds/sqlclosecheck#37": "GL404/okClosedByName",
    "ryanrolds/sqlclosecheck#43": "GL404/okDeferredHelper",
    "ryanrolds/sqlclosecheck#49": "GL404/okDeferredLiteral",
    "jingyugao/rowserrcheck#16": "GL404/okDeferredShortLiteral",
    "gostaticanalysis/sqlrows#1": "GL404/okDeferred",
    "go-critic/go-critic#609": "GL404/store.okDeferredPanic",
    # Spans that have another owner.
    "jjti/go-spancheck#12": "GL413/okDeferredClosure",
    "jjti/go-spancheck#25": "GL413/okScope",
    "jjti/go-spancheck#33, who starts it": "GL413/okWrapper",
    "jjti/go-spancheck#33, who ends it": "GL413/okWrapperUsed",
    "jjti/go-spancheck#41": "GL413/okBorrowed",
    "hyperledger-labs/fabric-smart-client#1778, field": "GL413/okTask.begin",
    "hyperledger-labs/fabric-smart-client#1778, struct": "GL413/okStruct",
    "hyperledger-labs/fabric-smart-client#1778, context": "GL413/okInContext",
    "hyperledger-labs/fabric-smart-client#1778, function": "GL413/okEndReturned",
    # Cancel functions that are kept, or somebody else's.
    "securego/gosec#1584": "GL603/server.okReturnedInChain",
    "securego/gosec#1590": "GL603/okInGoroutine",
    "securego/gosec#1591": "GL603/okInLiteral",
    "securego/gosec#1595": "GL603/okInLocalStruct",
    "securego/gosec#1601": "GL603/okInGlobal",
    "securego/gosec#1637": "GL603/okJobOwnsIt",
    "securego/gosec#1668": "GL603/okInSlice",
    "golang/go#16230": "GL603/okNakedReturn",
    "golang/go#70185, result": "GL603/okCauseReturned",
    "golang/go#70185, field": "GL603/server.okInField",
    "grafana/k6#4107": "GL102/okContextOfItsOwn",
    # Defer in loops that end.
    "golang/go#15645": "GL704/okReturnsInEachCase",
    "golang/go#64987": "GL401/okDeferredLast",
    "go-critic/go-critic#1451, release": "GL418/okReturnsAfterDefer",
    "go-critic/go-critic#1451, any call": "GL704/okReturnsAtOnce",
    "dominikh/go-tools#488": "GL704/okRangeReturns",
    # Things that only look as if they were to be closed, paths that cannot be.
    "anchore/stereoscope#613, returned": "GL401/okReturnedCloser",
    "anchore/stereoscope#613, stored": "GL401/store.okKept",
    "anchore/stereoscope#613, pipes": "GL412/okPipes",
    "dominikh/go-tools#139": "GL401/okSameCondition",
    "dominikh/go-tools#150": "GL401/okSameCondition",
    "golang/lint#220": "GL401/okAnyClose",
    # Goroutines, locks, pools, timers.
    "golang/go#18022": "GL210/okCountsItsChildren",
    "dominikh/go-tools#360": "GL210/okCountsItsChildren",
    "moby/moby#40994": "GL202/okRoomForTheAnswer",
    "dominikh/go-staticcheck#19": "GL205/okReturnsUnlocked",
    "mattermost/mattermost-govet#22": "GL205/okReturnsUnlocked",
    "tendermint/tendermint#6816": "GL205/okReturnsUnlocked",
    "golang/go#16311": "GL302/okSliceByValue",
    "golang/go#18638, before Put": "GL302/okResetBeforePut",
    "golang/go#18638, after Get": "GL302/okResetByGetter",
    "mgechev/revive#1273": "GL102/okTimeAfter",
}
"""What was reported, and the fixture that is the same in small: folder and full name of its function."""


def declared(folder: Path) -> dict[str, tuple[str, Function]]:
    """The functions of a folder's fixtures by full name, each with the path of its file below testdata."""
    return {
        function.full_name: (file.relative_to(TESTDATA).as_posix(), function)
        for file in sorted(folder.glob("*.go"))
        for function in functions(file)
    }


@pytest.mark.parametrize("report", REPORTS)
def test_false_alarm_of_others_is_none_of_ours(report: str) -> None:
    folder, _, name = REPORTS[report].partition("/")
    path, function = declared(TESTDATA / folder)[name]
    assert function.is_ok
    lines = range(function.lines.first, function.lines.last + 1)
    assert [each.message for each in findings()[path] if each.span.line in lines] == []


def test_reports_are_told_in_their_fixtures() -> None:
    """Whoever reads a fixture sees what it is there for; these explain themselves."""
    plain = {"GL202/okRoomForTheAnswer", "GL210/okCountsItsChildren", "GL302/okResetBeforePut", "GL302/okResetByGetter"}
    plain |= {"GL401/store.okKept", "GL412/okPipes", "GL704/okReturnsAtOnce"}
    lacking = []
    for report, fixture in REPORTS.items():
        folder, _, name = fixture.partition("/")
        path, function = declared(TESTDATA / folder)[name]
        before = (TESTDATA / path).read_text(encoding="utf-8").splitlines()[: function.lines.first - 1]
        number = report.partition(",")[0].rpartition("#")[2]
        if fixture not in plain and number not in " ".join(before[-3:]):
            lacking.append(report)
    assert lacking == []
