"""The same packages as `go list ./...`, and the same files for each system, on a tree made for it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from go_tree import grow

from goleaklint.files.constraints import build_tags, satisfied
from goleaklint.files.discovery import select
from goleaklint.files.load import Loaded, load

pytestmark = [
    pytest.mark.go,
    pytest.mark.skipif(shutil.which("go") is None, reason="there is no go command on PATH"),
]

TREE = (
    "root.go only/x_test.go internal/i.go node_modules/n.go _x/u.go .x/h.go testdata/t.go testdata/src/s.go "
    "vendor/v/v.go a/vendor/w/v.go a/b/testdata/t.go a/b/b.go nested/n.go dir.go/d.go a/_u.go a/.h.go a/deep/er/e.go "
    "sys/x_linux.go sys/x_windows_test.go sys/linux.go sys/x_unix.go sys/y_windows_amd64.go sys/z_arm64.pb.go "
    "sys/android_linux.go sys/v_test_linux.go sys/_linux.go sys/w_amd64_test.go sys/windows_amd64.go"
)
BUILD_LINES = {
    "sys/c1.go": "//go:build unix && !darwin\n\npackage p\n",
    "sys/c2.go": "// A comment.\n\n// +build windows plan9\n// +build amd64\n\npackage p\n",
    "sys/c3.go": "/* block */ // text\n//go:build (linux || windows) && go1.18\npackage p\n",
    "sys/c4.go": "// +build windows\npackage p\n",
    "sys/c5.go": "/* block */\n\n// +build windows\n\npackage p\n",
    "sys/c6.go": "//go:build ignore\n\npackage main\n",
    "sys/c7.go": "  //go:build windows\n// +build linux\n\npackage p\n",
    "sys/c8.go": "package p\n\n//go:build windows\n",
    "sys/c9.go": "/*\n//go:build windows\n*/\npackage p\n",
    "sys/ca.go": "//go:builder windows\n// +buildwindows\n\npackage p\n",
    "sys/cb.go": "\r\n//go:build windows\r\n\r\npackage p\r\n",
    "sys/cc.go": "//go:build illumos || ios || android || gccgo\n\npackage p\n",
}


@pytest.fixture
def module(tmp_path: Path) -> Path:
    grow(tmp_path, TREE)
    grow(tmp_path, BUILD_LINES)
    return grow(
        tmp_path,
        {
            "go.mod": "module example.com/m\n\ngo 1.21\n",
            "nested/go.mod": "module example.com/n\n",
            "bad/b.go": "package\n",
        },
    )


def go_list(directory: Path, **environment: str) -> dict[str, set[str]]:
    """The files that belong to a build, by package."""
    out = subprocess.run(
        ["go", "list", "-e", "-mod=mod", "-json=ImportPath,GoFiles,TestGoFiles", "./..."],
        cwd=directory,
        env={**os.environ, "GOWORK": "off", "GOFLAGS": "", "GOTOOLCHAIN": "local", **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found: dict[str, set[str]] = {}
    decoder = json.JSONDecoder()
    while out := out.strip():
        package, end = decoder.raw_decode(out)
        found[package["ImportPath"]] = {*package.get("GoFiles", ()), *package.get("TestGoFiles", ())}
        out = out[end:]
    return found


def test_the_packages_are_those_of_go_list(module: Path) -> None:
    assert {file.package for file in select(["./..."], cwd=module, tests=True).files} == set(go_list(module))


@pytest.mark.parametrize(
    ("goos", "goarch"),
    [("linux", "amd64"), ("windows", "amd64"), ("android", "arm64"), ("darwin", "arm64"), ("plan9", "386")],
)
def test_the_files_of_a_build_are_those_of_go_list(module: Path, goos: str, goarch: str) -> None:
    tags = build_tags(goos, goarch, go_minor=21, extra=("gc",))
    built = set()
    for file in select(["./sys"], cwd=module, tests=True).files:
        loaded = load(file)
        assert isinstance(loaded, Loaded)
        if satisfied(loaded.header.constraint, tags):
            built.add(Path(file.path).name)
    assert built == go_list(module, GOOS=goos, GOARCH=goarch, CGO_ENABLED="0")["example.com/m/sys"]
