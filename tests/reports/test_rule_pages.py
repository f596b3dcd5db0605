"""A rule's page and the catalogue."""

import json
from dataclasses import replace

from store_sample import ENDLESS, TRANSACTION

from goleaklint.reports import rule_pages
from goleaklint.reports.columns import width

RICH = replace(
    TRANSACTION,
    why="""\
An open transaction pins what it can see, and badger cannot drop older versions of
anything that was changed since.

- a read-only transaction pins as well, which surprises many people who think of it as free
- `Discard` after `Commit` does nothing

### On servers
1. the disk fills""",
    leaks="""\
```go
txn := db.NewTransaction(false)
if err := fill(txn); err != nil {
	return err // a comment that goes on beyond the eightieth column, which code is free to do

}
```""",
)


def test_a_rule_in_the_terminal() -> None:
    assert (
        rule_pages.rule_text(RICH)
        == """\
GL407 transaction-not-finished
  warning, high confidence, since 0.1

  A transaction is neither committed nor discarded on some path.

Why it leaks
  An open transaction pins what it can see, and badger cannot drop older
  versions of anything that was changed since.

  - a read-only transaction pins as well, which surprises many people who think
    of it as free
  - `Discard` after `Commit` does nothing

  On servers
  1. the disk fills

Leaks
      txn := db.NewTransaction(false)
      if err := fill(txn); err != nil {
          return err // a comment that goes on beyond the eightieth column, which code is free to do

      }

Fixed
      txn := db.NewTransaction(false)
      defer txn.Discard()

Not seen
  Transactions kept in a map.
"""
    )


def test_a_rule_in_markdown() -> None:
    assert (
        rule_pages.rule_markdown(TRANSACTION)
        == """\
# GL407 transaction-not-finished

*warning, high confidence, since 0.1*

A transaction is neither committed nor discarded on some path.

## Why it leaks

An open transaction pins what it can see.

## Leaks

```go
txn := db.NewTransaction(false)
```

## Fixed

```go
txn := db.NewTransaction(false)
defer txn.Discard()
```

## Not seen

Transactions kept in a map.
"""
    )


def test_the_catalogue_in_the_terminal() -> None:
    long = replace(
        TRANSACTION, id="GL409", name="stream-not-closed", summary="A stream is not closed on some path. " * 3
    )
    foreign = replace(TRANSACTION, id="ACME1", name="theirs")
    assert (
        rule_pages.catalogue_text([foreign, long, TRANSACTION, ENDLESS])
        == """\
Goroutines that never end
  GL101  goroutine-never-exits  (error)
         A goroutine has no way out of its loop.

Things that must be given back
  GL407  transaction-not-finished  (warning)
         A transaction is neither committed nor discarded on some path.
  GL409  stream-not-closed  (warning)
         A stream is not closed on some path. A stream is not closed on some
         path. A stream is not closed on some path.

Rules from plug-ins
  ACME1  theirs  (warning)
         A transaction is neither committed nor discarded on some path.
"""
    )


def test_the_catalogue_in_markdown() -> None:
    short = replace(ENDLESS, why="Because.", leaks="", fixed="", summary="A <-chan nobody closes | ends.")
    other = replace(TRANSACTION, summary="Never ended.")
    assert rule_pages.catalogue_markdown([other, short]).startswith("""\
# Rules

## Goroutines that never end

| Id | Name | Reports | Level |
| --- | --- | --- | --- |
| [GL101](#gl101) | goroutine-never-exits | A \\<-chan nobody closes \\| ends. | error |

## Things that must be given back

| Id | Name | Reports | Level |
| --- | --- | --- | --- |
| [GL407](#gl407) | transaction-not-finished | Never ended. | warning |

<a id="gl101"></a>

## GL101 goroutine-never-exits

*error, high confidence, since 0.1*

A <-chan nobody closes | ends.

### Why it leaks

Because.

<a id="gl407"></a>

## GL407 transaction-not-finished
""")


def test_json() -> None:
    listed = json.loads(rule_pages.catalogue_json([TRANSACTION, ENDLESS]))
    assert [rule["id"] for rule in listed] == ["GL101", "GL407"]
    assert listed[1] == json.loads(rule_pages.rule_json(TRANSACTION))
    assert list(listed[1]) == [
        "id", "name", "summary", "severity", "confidence", "since", "why", "leaks", "fixed", "notSeen",
    ]  # fmt: skip


def test_colour_and_width() -> None:
    assert rule_pages.rule_text(RICH, color=True).startswith("\x1b[1mGL407 transaction-not-finished\x1b[0m\n")
    prose = [line for line in rule_pages.rule_text(RICH, width=50).splitlines() if not line.startswith("      ")]
    assert max(map(width, prose)) <= 50
