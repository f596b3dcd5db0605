"""A package that is checked alone is checked as it is in a run over its whole module."""

from pathlib import Path

import pytest
from go_project import analyse, found, project

LIBRARY = """package lib

import "os"

type Store struct{ Entries map[string]int }

// Watch is started once, by main.
func Watch(name string) {
	go func() {
		for {
			_, _ = os.Stat(name)
		}
	}()
}

func (s *Store) Add(name string) { s.Entries[name] = 1 }

func (s *Store) Serve(names chan string) {
	for name := range names {
		s.Add(name)
	}
}
"""

MAIN = """package main

import "example.com/m/lib"

func main() {
	lib.Watch("a")
	store := &lib.Store{Entries: map[string]int{}}
	store.Serve(nil)
	delete(store.Entries, "a")
}
"""

AGAIN = """package again

import "example.com/m/lib"

func Each(names chan string) {
	for name := range names {
		lib.Watch(name)
	}
}
"""


@pytest.mark.parametrize("more", [{}, {"again/again.go": AGAIN}], ids=["once", "again"])
@pytest.mark.parametrize("pattern", ["./lib", "lib/lib.go"])
def test_its_users_are_known(tmp_path: Path, pattern: str, more: dict[str, str]) -> None:
    project(tmp_path, {"go.mod": "module example.com/m\n", "lib/lib.go": LIBRARY, "main.go": MAIN, **more})
    whole = [each for each in found(analyse(tmp_path)) if each[1] == "lib/lib.go"]
    assert found(analyse(tmp_path, pattern)) == whole
    assert bool(whole) is bool(more)
