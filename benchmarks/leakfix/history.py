"""A commit of a git repository in; out come its Go files, as far as they are asked for."""

import posixpath
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


def repository(mirror: Path, repo: str) -> Path:
    """Where the git directory of a repository ("etcd-io/etcd") lies in a mirror."""
    return mirror / repo.replace("/", "+") / "repo"


def clone(mirror: Path, repo: str) -> None:
    """Bring a repository into the mirror. Raises subprocess.CalledProcessError if git cannot."""
    to = repository(mirror, repo)
    to.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "--quiet", "--mirror", f"https://github.com/{repo}", str(to)], check=True)


def git(directory: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git prints. Raises subprocess.CalledProcessError if it fails."""
    return subprocess.run(
        ["git", "-C", str(directory), *arguments], input=given, capture_output=True, check=True
    ).stdout


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its git directory and name, and the object names of its .go, go.mod and go.work files, by path."""

    directory: Path
    sha: str
    files: Mapping[str, bytes]

    @property
    def day(self) -> str:
        """When it was made, such as "2021-03-28"."""
        return git(self.directory, "show", "-s", "--format=%cs", self.sha).decode().strip()

    def write(self, paths: Iterable[str], to: Path) -> None:
        """Write those of the files that are not there yet below a directory. What git does not have is left out."""
        wanted = [path for path in paths if not (to / path).exists()]
        if not wanted:
            return
        asked = b"\n".join(self.files[path] for path in wanted) + b"\n"
        answer = git(self.directory, "cat-file", "--batch", given=asked)
        at = 0
        for path in wanted:
            line_end = answer.index(b"\n", at)
            head, at = answer[at:line_end].split(), line_end + 1
            if head[-1] == b"missing":
                continue
            size = int(head[2])
            (to / path).parent.mkdir(parents=True, exist_ok=True)
            (to / path).write_bytes(answer[at : at + size])
            at += size + 1


def read_commit(directory: Path, sha: str) -> Commit:
    """The Go files of a commit; no symbolic links. Raises subprocess.CalledProcessError if there is no such commit."""
    files: dict[str, bytes] = {}
    for entry in git(directory, "ls-tree", "-r", "-z", sha).split(b"\0"):
        if entry:
            meta, _, name = entry.partition(b"\t")
            mode, kind, object_name = meta.split()
            path = name.decode("utf-8", "replace")
            wanted = path.endswith(".go") or posixpath.basename(path) in ("go.mod", "go.work")
            if kind == b"blob" and mode != b"120000" and wanted:
                files[path] = object_name
    return Commit(directory, sha, files)
