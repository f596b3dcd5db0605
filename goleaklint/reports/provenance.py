"""The working directory in; out comes what version control says of it: root, repository, revision, branch.

Nothing here fails: without git, or outside a repository, the answers are empty and the working directory is the root.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

# A repository on a hung network drive must not hang the report.
_TIMEOUT_SECONDS = 5.0

# Set while git runs a hook, these name the repository of the hook, which need not be the one looked at. The others
# change what the patterns mean by which git is asked for paths.
_FOREIGN_VARIABLES = frozenset(
    {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_COMMON_DIR",
        "GIT_OBJECT_DIRECTORY",
        "GIT_NAMESPACE",
        "GIT_LITERAL_PATHSPECS",
        "GIT_GLOB_PATHSPECS",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
    }
)

_SCP_REMOTE = re.compile(r"(?:[^/@\s]+@)?(?P<host>[^/:@\s]{2,}):(?!//|:)(?P<path>[^\\\s]+)")
_MODULE_LINE = re.compile(r"^module[ \t]+(?P<quote>[\"`]?)(?P<path>[^\s\"`(]+)(?P=quote)[ \t]*(?://.*)?$", re.MULTILINE)
_URI_PATH = "/-._~!$&'()*+,;=@:%"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the code under analysis comes from. `root` is resolved; what is not known is empty."""

    root: Path
    repository_uri: str = ""
    revision: str = ""
    branch: str = ""


def read_provenance(cwd: Path) -> Provenance:
    """What version control says of the directory `cwd`."""
    directory = cwd.resolve()
    root = _root(directory)
    if root is None:
        return Provenance(directory)
    return Provenance(
        root=root,
        repository_uri=public_uri(_remote(directory)),
        revision=_git(directory, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"),
        branch=_git(directory, "symbolic-ref", "--quiet", "--short", "HEAD"),
    )


def analysed_part(cwd: Path, root: Path) -> str:
    """What to call the part of a repository that is analysed from `cwd`: its module path.

    Without a go.mod between `cwd` and `root` it is the directory, seen from the root; the root itself is ".".
    """
    directory = cwd.resolve()
    for folder in (directory, *directory.parents):
        module = _module_path(folder / "go.mod")
        if module:
            return module
        if folder == root:
            break
    return directory.relative_to(root).as_posix() if directory.is_relative_to(root) else "."


def public_uri(remote: str) -> str:
    """The https address of a git remote, without user, password, query or `.git`; empty if it names no host.

    The same repository gets the same address however it was cloned. Remotes on the local disk have none.
    """
    scp = _SCP_REMOTE.fullmatch(remote)
    if scp is not None:
        return _https(scp["host"], scp["path"])
    try:
        parts = urlsplit(remote)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if not host or parts.scheme not in {"https", "http", "ssh", "git", "git+ssh"}:
        return ""
    if port and parts.scheme in {"https", "http"}:
        host = f"{host}:{port}"
    return _https(host, parts.path)


def _https(host: str, path: str) -> str:
    trimmed = path.strip("/").removesuffix(".git")
    return f"https://{host.lower()}/{quote(trimmed, safe=_URI_PATH)}" if trimmed else ""


def _root(directory: Path) -> Path | None:
    shown = _git(directory, "rev-parse", "--show-toplevel")
    if shown:
        return Path(shown).resolve()
    # git refuses a repository of another user, as in a container; its root can be seen all the same.
    for folder in (directory, *directory.parents):
        if (folder / ".git").exists():
            return folder
    return None


def _remote(directory: Path) -> str:
    """The address of `origin`, or of the first other remote, as configured and not as rewritten on this machine."""
    configured = _git(directory, "config", "--get-regexp", r"^remote\..*\.url$").splitlines()
    addresses = dict(line.split(" ", 1) for line in reversed(configured) if " " in line)
    return addresses.get("remote.origin.url", next(reversed(addresses.values()), ""))


def git_program() -> str:
    """The absolute path of git; empty if there is none."""
    program = shutil.which("git")
    # Windows also looks in the working directory, where the code under analysis may hold a git.exe.
    return program if program is not None and Path(program).is_absolute() else ""


def _git(directory: Path, *arguments: str) -> str:
    """What git prints, without the final newline; empty if there is no git, it fails or takes too long."""
    program = git_program()
    if not program:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - the program is looked up, the arguments are constants
            [program, *arguments],
            cwd=directory,
            env=git_environment(os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return os.fsdecode(done.stdout).rstrip("\r\n")


def git_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for git to look at the working directory's repository in, without asking or waiting."""
    kept = {name: value for name, value in environment.items() if name not in _FOREIGN_VARIABLES}
    return {**kept, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


def _module_path(go_mod: Path) -> str:
    try:
        text = go_mod.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    match = _MODULE_LINE.search(text)
    return match["path"] if match else ""
