"""Modules of files: nearest go.mod, nested modules, workspaces, and what is inferred where there is none."""

from pathlib import Path

import pytest
from go_tree import grow, paths

from goleaklint.files.discovery import select
from goleaklint.files.selection import Module, Replace, Require


def packages(directory: Path, *patterns: str) -> dict[str, str]:
    return {file.path: file.package for file in select(patterns, cwd=directory).files}


def test_go_mod_above_the_working_directory_names_module_and_packages(tmp_path: Path) -> None:
    text = "module example.com/m\ngo 1.22\ntoolchain go1.23.1\nrequire a.com/x v1.0.0\nreplace a.com/x => ../x\n"
    grow(tmp_path, {"go.mod": text, "a/b/c.go": "package b\n"})
    selection = select(["./..."], cwd=tmp_path / "a")
    assert [(file.path, file.module, file.package) for file in selection.files] == [
        ("b/c.go", "example.com/m", "example.com/m/a/b")
    ]
    assert selection.modules == {
        "example.com/m": Module(
            "example.com/m",
            str(tmp_path),
            "1.22",
            "go1.23.1",
            requires=(Require("a.com/x", "v1.0.0"),),
            replaces=(Replace("a.com/x", "", "../x", directory=str(tmp_path.parent / "x")),),
        )
    }


def test_nested_modules_are_skipped_hinted_at_and_read_when_asked_for(tmp_path: Path) -> None:
    grow(tmp_path, "go.mod a.go one/o.go two/deep/t.go two/deep/more/x.go none/README")
    for name in ("one", "two/deep", "two/deep/more", "none"):
        grow(tmp_path / name, {"go.mod": f"module example.com/{name}\n"})
    nearest = select(["./..."], cwd=tmp_path)
    assert (paths(nearest), nearest.skipped) == (["a.go"], {"nested module": 3})
    assert nearest.hints == ("2 nested modules skipped (--modules=all reads them)",)
    everything = select(["./..."], cwd=tmp_path, modules="all")
    assert {file.path: file.package for file in everything.files} == {
        "a.go": "example.com/m",
        "one/o.go": "example.com/one",
        "two/deep/t.go": "example.com/two/deep",
        "two/deep/more/x.go": "example.com/two/deep/more",
    }
    assert (everything.skipped, everything.hints) == ({}, ())
    assert select(["./...", "./one/..."], cwd=tmp_path).hints == ("1 nested module skipped (--modules=all reads it)",)


def test_a_directory_called_go_mod_makes_no_module(tmp_path: Path) -> None:
    grow(tmp_path, "go.mod sub/go.mod/x.go sub/s.go")
    assert packages(tmp_path) == {"sub/go.mod/x.go": "example.com/m/sub/go.mod", "sub/s.go": "example.com/m/sub"}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    grow(tmp_path, "ws/a/a.go ws/a/sub/s.go ws/_tools/t.go ws/unused/u.go ws/a/inner/i.go out/o.go")
    for name in ("ws/a", "ws/_tools", "ws/unused", "ws/a/inner", "out"):
        grow(tmp_path / name, {"go.mod": f"module example.com/{Path(name).name}\nreplace r.com/r => ./r\n"})
    uses = "use (\n\t./a\n\t./_tools\n\t./a/inner\n\t../out\n\t./gone\n)\nreplace r.com/r => ./shared\n"
    return grow(tmp_path / "ws", {"go.work": uses})


def test_a_workspace_root_means_all_used_modules(workspace: Path) -> None:
    selection = select(["./..."], cwd=workspace)
    assert {file.package for file in selection.files} == {
        "example.com/a",
        "example.com/a/sub",
        "example.com/inner",
        "example.com/_tools",
        "example.com/out",
    }
    assert selection.skipped == {"nested module": 1}
    assert selection.hints == ("1 nested module skipped (--modules=all reads it)",)
    assert [(n.path, n.line, n.message) for n in selection.notifications] == [
        ("go.work", 6, "use ./gone: there is no go.mod in that directory")
    ]


def test_below_a_module_its_nested_modules_of_the_workspace_are_read(workspace: Path) -> None:
    assert sorted(packages(workspace / "a")) == ["a.go", "inner/i.go", "sub/s.go"]


def test_import_paths_of_the_workspace_can_be_named(workspace: Path) -> None:
    assert list(packages(workspace, "example.com/a/sub")) == ["a/sub/s.go"]
    assert list(packages(workspace, "example.com/inner/...")) == ["a/inner/i.go"]


def test_replacements_of_the_workspace_come_first_and_its_modules_are_known(workspace: Path) -> None:
    modules = select(["./a"], cwd=workspace).modules
    assert sorted(modules) == ["example.com/_tools", "example.com/a", "example.com/inner", "example.com/out"]
    directories = [replacement.directory for replacement in modules["example.com/a"].replaces]
    assert directories == [str(workspace / "shared"), str(workspace / "a" / "r")]


def test_the_environment_does_not_switch_the_workspace_off(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOWORK", "off")
    assert len(select(["./..."], cwd=workspace).files) == 5


def test_two_modules_of_one_path_stay_apart(tmp_path: Path) -> None:
    grow(tmp_path, "go.mod a.go x/b.go y/c.go")
    for name in ("x", "y"):
        grow(tmp_path / name, {"go.mod": "module example\n"})
    selection = select(["./..."], cwd=tmp_path, modules="all")
    assert [file.package for file in selection.files] == ["example.com/m", "example", "example@y"]
    assert {file.module for file in selection.files} == set(selection.modules)
    assert selection.hints == ("y declares the module example, as does x: named example@y",)


def go_file(*imports: str) -> str:
    return "package p\n\nimport (\n" + "".join(f'\t"{path}"\n' for path in imports) + ")\n"


def test_without_go_mod_the_majority_of_imports_names_the_module(tmp_path: Path) -> None:
    grow(
        tmp_path,
        {
            "a.go": go_file("net/http", "github.com/me/proj/errors", "github.com/pkg/errors"),
            "http/h.go": go_file("fmt", "github.com/me/proj/store/disk"),
            "errors/e.go": 'package errors\n\nimport alias "github.com/me/proj/store" // aliased\n',
            "store/s.go": "package store\n",
            "store/disk/d.go": "package disk\n",
        },
    )
    selection = select(["./..."], cwd=tmp_path)
    assert selection.modules == {"github.com/me/proj": Module("github.com/me/proj", str(tmp_path), inferred=True)}
    assert {file.package for file in selection.files if file.path.startswith("store/")} == {
        "github.com/me/proj/store",
        "github.com/me/proj/store/disk",
    }


def test_without_go_mod_and_telling_imports_the_directory_names_the_module(tmp_path: Path) -> None:
    grow(
        tmp_path / "scratch", {"a.go": go_file("fmt", "net/http", "github.com/pkg/errors", "../up/x"), "http/h.go": ""}
    )
    assert packages(tmp_path / "scratch") == {"a.go": "scratch", "http/h.go": "scratch/http"}
    assert packages(tmp_path, f"{tmp_path}/scratch/http") == {"scratch/http/h.go": f"{tmp_path.name}/scratch/http"}


@pytest.mark.parametrize("text", ["", "modul example.com/m\n", 'module "\n', "\udcff", "module a b\n"])
def test_a_go_mod_without_a_module_line_stops_nothing(tmp_path: Path, text: str) -> None:
    grow(tmp_path, {"a.go": go_file("e.com/m/sub"), "sub/s.go": "package sub\n"})
    (tmp_path / "go.mod").write_bytes(text.encode("utf-8", "surrogateescape") + b"\ngo 1.21\n")
    selection = select(["./..."], cwd=tmp_path)
    assert [file.package for file in selection.files] == ["e.com/m", "e.com/m/sub"]
    module = selection.modules["e.com/m"]
    assert module.inferred
    assert module.go_version == ("" if "\udcff" in text else "1.21")
    assert len(selection.notifications) == (1 if text else 0)
    assert all(n.path == "go.mod" for n in selection.notifications)


def test_the_standard_library_has_no_prefix(tmp_path: Path) -> None:
    grow(tmp_path, {"go.mod": "module std\n", "net/http/h.go": "package http\n"})
    assert packages(tmp_path) == {"net/http/h.go": "net/http"}
