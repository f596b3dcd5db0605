"""A goroutine without end in an exported function that nothing calls: users of a library start many, a program none."""

from pathlib import Path

import pytest
from go_project import analyse, found, project

LIBRARY = """package cache

import "time"

type Cache struct{ entries map[string]time.Time }

func New() *Cache {
	c := &Cache{entries: map[string]time.Time{}}
	go func() {
		for {
			time.Sleep(time.Minute)
			clear(c.entries)
		}
	}()
	return c
}
"""

_MAIN = "package main\n\nfunc main() {}\n"


@pytest.mark.parametrize(
    ("files", "rules"),
    [
        ({}, ["GL101"]),
        ({"cmd/server/main.go": _MAIN}, []),
        ({"main.go": _MAIN}, []),
        ({"examples/server/main.go": _MAIN}, ["GL101"]),
    ],
)
@pytest.mark.parametrize("pattern", ["./...", "./cache"])
def test_only_a_library_has_users(tmp_path: Path, files: dict[str, str], rules: list[str], pattern: str) -> None:
    root = project(tmp_path, {"cache/cache.go": LIBRARY, **files})
    assert [rule for rule, *_ in found(analyse(root, pattern))] == rules
