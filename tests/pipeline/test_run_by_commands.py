"""What main keeps until it returns ends with the process, and is a note: in a literal of it, too."""

from pathlib import Path

import pytest
from go_project import analyse, found, project

_OPENS = """
    for _, name := range names {
        f, err := os.Open(name)
        if err != nil {
            return err
        }
        defer f.Close()
    }
    return nil
"""

_MAIN = """package main

import "os"

type app struct{ Action func(names []string) error }

func (a *app) Run(names []string) error { return a.Action(names) }

func main() {
    a := &app{}
    a.Action = func(names []string) error {%s}
    _ = a.Run(os.Args)
}
"""

_SERVER = """package main

import "os"

func main() {
    requests := make(chan []string)
    for names := range requests {
        _ = open(names)
    }
}

func open(names []string) error {%s}
"""

_EXTRACT = """package main

import (
    "archive/tar"
    "io"
    "os"
)

func main() {
    for _, name := range os.Args[1:] {
        if err := extract(tar.NewReader(os.Stdin), name); err != nil {
            os.Exit(1)
        }
    }
}

func extract(r *tar.Reader, dir string) error {
    for {
        head, err := r.Next()
        if err == io.EOF {
            return nil
        }
        if err != nil {
            return err
        }
        w, err := os.Create(dir + head.Name)
        if err != nil {
            return err
        }
        if _, err := io.Copy(w, r); err != nil {
            return err
        }
    }
}
"""


@pytest.mark.parametrize(
    ("text", "rules"),
    [(_MAIN % _OPENS, []), (_SERVER % _OPENS, ["GL418"]), (_EXTRACT, [])],
    ids=["kept", "server", "archive"],
)
def test_only_what_goes_on_is_more_than_a_note(tmp_path: Path, text: str, rules: list[str]) -> None:
    assert [rule for rule, *_ in found(analyse(project(tmp_path, {"cmd/tool/main.go": text})))] == rules
