"""What the tool says of its own work: the texts of GL900 to GL903, in the same form as those of every rule."""

from collections.abc import Mapping
from types import MappingProxyType

from goleaklint.model import Confidence, RuleInfo, Severity

FILE_NOT_ANALYSED = RuleInfo(
    id="GL900",
    name="file-not-analysed",
    summary="A file, or a part of it, could not be read, so leaks in it are not reported.",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    why="""\
It leaks nothing: it is a gap in what was looked at. The file is not UTF-8, cannot be opened, is too large or nested too
deeply, or holds text that is not Go. The rest of the program is analysed all the same, and this never makes the exit
code 1. Where only a part of a file could not be parsed, nothing is reported whose evidence lies in that part, and
functions that call into it are taken to do anything.""",
    leaks="""\
The brace that closes `read` is missing, so what `read` does is not known:

```go
package p

import "os"

func read(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
```""",
    fixed="""\
```go
package p

import "os"

func read(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	defer f.Close()
}
```""",
    not_seen="""\
Files that build constraints, `_test.go` names, `vendor` or `testdata` leave out are not a gap but a choice; they are
counted by `--statistics`.""",
)

RULE_CRASHED = RuleInfo(
    id="GL901",
    name="rule-crashed",
    summary="A rule failed on a function, so what it would have found there is not reported.",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    why="""\
It leaks nothing: it is a bug in the rule, built in or installed as a plug-in. The message names the rule and the
function. All other rules went on, and so did this rule in other functions; this never makes the exit code 1. Please
report it with the function, if you may show it.""",
    leaks="No Go source is at fault, so there is none to show.",
    fixed="""\
Until the rule is mended, it can be left out:

```sh
goleaklint check --ignore GL202 ./...
```""",
    not_seen="A failure outside of rules ends the run with exit code 3.",
)

UNUSED_SUPPRESSION = RuleInfo(
    id="GL902",
    name="unused-suppression",
    summary="A comment suppresses findings where there are none, names no rule there is, or is wrongly written.",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    why="""\
A comment that suppresses nothing today hides the leak that somebody adds below it tomorrow. One that is misspelt or
stands in the wrong place gives a false sense of having been answered. Rules that were not selected in this run are not
held against a comment, and general comments such as `//nolint` never are.""",
    leaks="""\
```go
package p

func twice(n int) int {
	return 2 * n //goleaklint:ignore GL202 -- the channel is buffered
}
```""",
    fixed="""\
```go
package p

func twice(n int) int {
	return 2 * n
}
```""",
    not_seen="""\
Comments in files that were not read: tests without `--tests`, generated files. `//nolint:goleaklint` and `all` are
judged only where every rule is selected. Only `//goleaklint:ignore-file GL902 -- reason` suppresses this rule.""",
)

SUPPRESSION_WITHOUT_REASON = RuleInfo(
    id="GL903",
    name="suppression-without-reason",
    summary="A comment suppresses findings of goleaklint and does not say why.",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    since="0.1",
    why="""\
Whoever reads the comment later cannot tell a leak that was examined and found harmless from one that was only in the
way, nor when the comment may go. The reason also becomes the justification in SARIF. Shown with `--pedantic`.""",
    leaks="""\
```go
package p

func send(c chan int) {
	go func() {
		c <- 1 //goleaklint:ignore GL202
	}()
}
```""",
    fixed="""\
```go
package p

func send(c chan int) {
	go func() {
		c <- 1 //goleaklint:ignore GL202 -- every caller in this package drains c
	}()
}
```""",
    not_seen="""\
General comments such as `//nolint`, which are not addressed to goleaklint. `//lint:ignore` without a reason does not
suppress anything, as in staticcheck: that is GL902. Whether a reason is a good one.""",
)

TOOL_RULES: Mapping[str, RuleInfo] = MappingProxyType(
    {rule.id: rule for rule in (FILE_NOT_ANALYSED, RULE_CRASHED, UNUSED_SUPPRESSION, SUPPRESSION_WITHOUT_REASON)}
)
