"""What packs state is found by import path and name; the packs of the tool load from a clone and from a wheel."""

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from goleaklint.knowledge import Knowledge, load_knowledge
from goleaklint.knowledge.loading import packaged_packs
from goleaklint.toml_source import MistakesError

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.mark.parametrize(
    ("path", "name", "labels"),
    [
        ("github.com/dgraph-io/badger", "(*DB).NewTransaction", ["badger.Txn"]),
        ("github.com/dgraph-io/badger/v4", "(*DB).NewTransaction", ["badger.Txn"]),
        ("github.com/hypermodeinc/badger/v4", "DB.NewTransaction", ["badger.Txn"]),
        ("github.com/syndtr/goleveldb/leveldb", "OpenFile", ["leveldb.DB"]),
        ("github.com/jackc/pgx/v5/pgxpool", "New", ["pgxpool.Pool"]),
        ("go.etcd.io/etcd/client/v3", "New", ["clientv3.Client"]),
        ("github.com/libp2p/go-libp2p/core/host", "Host.NewStream", ["network.Stream"]),
        ("os", "Pipe", ["os.Pipe reader", "os.Pipe writer"]),
        ("net/http", "(*Client).Do", ["http.Response"]),
        ("net/http", "Head", []),
        ("os/v2", "Open", []),
        ("example.com/v2/os", "Open", []),
        ("github.com/dgraph-io/badgerx/v4", "(*DB).NewTransaction", []),
    ],
)
def test_acquiring_functions(knowledge: Knowledge, path: str, name: str, labels: list[str]) -> None:
    assert [resource.label for resource in knowledge.resources_acquired_by(path, name)] == labels


def test_releasing_functions_and_types(knowledge: Knowledge) -> None:
    released = knowledge.resources_released_by("github.com/dgraph-io/badger/v3", "(*Txn).Discard")
    assert [resource.label for resource in released] == ["badger.Txn"]
    assert "iter.Pull" in {resource.label for resource in knowledge.resources_released_by("", "()")}
    (stream,) = knowledge.resources_of_type("google.golang.org/grpc", "ClientStream")
    assert (stream.by_type, stream.release) == (True, ())
    assert knowledge.resources_of_type("bytes", "Buffer") == ()
    assert knowledge.resource("badger.Iterator") in knowledge.resources_of_type(
        "github.com/dgraph-io/badger", "Iterator"
    )
    assert knowledge.resource("no.Such") is None


def test_functions(knowledge: Knowledge) -> None:
    facts = {
        name: knowledge.function(path, name)
        for path, name in [("os", "Exit"), ("testing", "(*T).Fatal"), ("net/http", "Serve"), ("fmt", "Println")]
    }
    assert [fact and (fact.never_returns, fact.takes) for fact in facts.values()] == [
        ("process", ()), ("goroutine", ()), (None, (0,)), None,
    ]  # fmt: skip
    spawning = knowledge.function("golang.org/x/sync/errgroup", "(*Group).Go")
    assert spawning is not None
    assert (spawning.callback, spawning.argument) == ("spawns", 0)


def test_stubs_are_found_for_all_major_versions(knowledge: Knowledge) -> None:
    (stub,) = knowledge.stubs("github.com/dgraph-io/badger/v4")
    assert "func (txn *Txn) Discard()" in stub.text
    assert [stub.package for stub in knowledge.stubs("github.com/syndtr/goleveldb/leveldb/iterator")]
    assert knowledge.stubs("example.com/none") == ()


def test_knowledge_goes_to_worker_processes(knowledge: Knowledge) -> None:
    copy = pickle.loads(pickle.dumps(knowledge))  # noqa: S301 - our own bytes
    assert copy == knowledge


EXTRA = """
[pack]
module = "github.com/dgraph-io/badger"
[[resource]]
rule = "GL408"
type = "*DB"
acquire = ["Open"]
release = ["(*DB).Shutdown"]
why = "ours says so"
"""


def test_a_pack_of_the_user_has_the_last_word(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "ours.toml").write_text(EXTRA)
    ours = load_knowledge([tmp_path / "ours.toml"])
    (database,) = ours.resources_acquired_by("github.com/dgraph-io/badger/v4", "Open")
    assert database.why == "ours says so"
    (managed,) = ours.resources_acquired_by("github.com/dgraph-io/badger/v4", "OpenManaged")
    assert managed.release[0].name == "Close"
    assert load_knowledge() == knowledge


def test_the_mistakes_of_all_packs_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text("[pack]\n")
    (tmp_path / "b.toml").write_text("[pack\n")
    with pytest.raises(MistakesError) as caught:
        load_knowledge(["a.toml", tmp_path / "b.toml", "c.toml"])
    assert [(mistake.path, mistake.line) for mistake in caught.value.mistakes] == [
        ("a.toml", 1), ("b.toml", 1), ("c.toml", 0),
    ]  # fmt: skip


def test_only_toml_files_of_the_first_place_that_has_any_are_packs(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    for name in ("b.toml", "a.toml", "README.md"):
        (tmp_path / "rules" / name).write_text("")
    found = packaged_packs([tmp_path / "packs", tmp_path / "rules"])
    assert [path.name for path in found] == ["a.toml", "b.toml"]
    with pytest.raises(FileNotFoundError, match="installation is damaged"):
        packaged_packs([tmp_path / "packs"])


def test_packs_load_from_where_a_wheel_puts_them(tmp_path: Path) -> None:
    for part in ("toml_source", "knowledge"):
        shutil.copytree(ROOT / "goleaklint" / part, tmp_path / "goleaklint" / part)
    for file in ("__init__.py", "model.py"):
        shutil.copy(ROOT / "goleaklint" / file, tmp_path / "goleaklint" / file)
    shutil.copytree(ROOT / "rules", tmp_path / "goleaklint" / "knowledge" / "packs")
    code = "from goleaklint.knowledge import load_knowledge; print(load_knowledge().resource('badger.Txn').rule)"
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "GL407"
