"""Every function that a pack names exists: in the standard library's API, or in the declarations the pack gives."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from goleaklint.knowledge import ITSELF, FunctionName, Pack
from goleaklint.knowledge.reading import read_pack
from goleaklint.toml_source import read_toml

RULES = Path(__file__).parents[2] / "rules"

FUNCTION = re.compile(r"pkg (?P<package>\S+)(?: \(\S+\))?, func (?P<name>\w+)", re.ASCII)
METHOD = re.compile(r"pkg (?P<package>\S+)(?: \(\S+\))?, method \(\*?(?P<type>\w+)\S*\) (?P<name>\w+)\(", re.ASCII)
INTERFACE = re.compile(
    r"pkg (?P<package>\S+), type (?P<type>\w+) interface(?: \{ (?P<names>[^}]*)\}|, (?P<name>\w+)\()"
)


def named(pack: Pack) -> set[FunctionName]:
    names = {name for resource in pack.resources for name in (*resource.acquire, *resource.release)}
    return (names | {function.name for function in pack.functions}) - {ITSELF}


def go_api() -> set[FunctionName]:
    if shutil.which("go") is None:
        pytest.skip("Go, whose api/*.txt files state what the standard library has, is not installed")
    root = Path(subprocess.run(["go", "env", "GOROOT"], capture_output=True, text=True, check=True).stdout.strip())
    if not (root / "api" / "go1.26.txt").exists():
        pytest.skip("this Go is older than some of the functions, or comes without its api/*.txt files")
    files = sorted((root / "api").glob("go1*.txt"))
    return {name for file in files for line in file.read_text().splitlines() for name in api_names(line)}


def api_names(line: str) -> list[FunctionName]:
    if found := METHOD.match(line):
        return [FunctionName(found["package"], found["name"], found["type"])]
    if found := INTERFACE.match(line):
        names = re.findall(r"\w+", found["names"] or found["name"] or "")
        return [FunctionName(found["package"], name, found["type"]) for name in names]
    found = FUNCTION.match(line)
    return [FunctionName(found["package"], found["name"])] if found else []


def test_what_the_standard_librarys_pack_names_is_in_its_api() -> None:
    assert named(read_pack(read_toml(RULES / "stdlib.toml"))) - go_api() == set()


@pytest.mark.parametrize("file", sorted(RULES.glob("*.toml")), ids=lambda file: file.stem)
def test_packs_with_declarations_declare_what_they_name(file: Path) -> None:
    pack = read_pack(read_toml(file))
    for stub in pack.stubs:
        for name in named(pack):
            if name.package == stub.package:
                assert declares(stub.text, name), f"{name.package}.{name.local} is not declared"


def declares(text: str, name: FunctionName) -> bool:
    if not name.type:
        return f"\nfunc {name.name}(" in text
    interface = re.search(rf"\ntype {name.type} interface {{(.*?)\n}}", text, re.DOTALL)
    method = rf"^func \(\w+ \*?{name.type}\) {name.name}\("
    return f"\t{name.name}(" in (interface[1] if interface else "") or re.search(method, text, re.MULTILINE) is not None


@pytest.mark.parametrize("file", sorted(RULES.glob("*.toml")), ids=lambda file: file.stem)
def test_declarations_and_examples_are_go(file: Path) -> None:
    if shutil.which("gofmt") is None:
        pytest.skip("gofmt, which reads Go, is not installed")
    pack = read_pack(read_toml(file))
    examples = [text for each in pack.resources for text in (each.leaks, each.fixed) if text]
    functions = [f"func f{at}() error {{\n{text}\n}}" for at, text in enumerate(examples)]
    for source in ["package p\n" + "\n".join(functions), *(stub.text for stub in pack.stubs)]:
        run = subprocess.run(["gofmt", "-e"], input=source, capture_output=True, text=True, check=False)
        assert run.stderr == ""
