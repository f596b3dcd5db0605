"""The nouns that all stages share: where something is, what was found, what a rule says of itself."""

import enum
from dataclasses import dataclass


class Severity(enum.StrEnum):
    """What a leak costs: for the life of the process, until the parent ends, or until a deadline."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Confidence(enum.StrEnum):
    """How sure a rule is that the reported path exists in a running program."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one source file, end exclusive.

    `path` is what the user is shown: relative to the working directory where the file lies below it, with slashes.
    Lines count from 1; columns count from 1 in UTF-16 code units, as SARIF and editors do.
    `start` and `end` are byte offsets into the file.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


class StepKind(enum.StrEnum):
    """What happens at a step of a leak's path; the values are SARIF's thread flow location kinds."""

    ACQUIRE = "acquire"
    RELEASE = "release"
    CALL = "call"
    BRANCH = "branch"
    EXIT = "exit"
    SPAWN = "spawn"
    BLOCKED = "danger"
    OTHER = "implicit"


@dataclass(frozen=True, slots=True)
class Step:
    """One place on the path on which a leak happens. `thread` tells goroutines apart: 0 is that of the function."""

    span: Span
    message: str
    kind: StepKind = StepKind.OTHER
    thread: int = 0


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text of `span` by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that together mend a finding. A fix is `safe` if it cannot change what the program does otherwise."""

    description: str
    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One leak.

    `message` is plain text whose first sentence stands alone; it holds no braces, and no brackets (SARIF gives both a
    meaning). `package` is the import path and `function` the name as Go prints it, such as `(*Peer).start`.
    `mend` says in one sentence how to mend it. `resource` names what is leaked where a pack describes it, such as
    `badger.Txn`.
    """

    rule: str
    message: str
    span: Span
    severity: Severity
    confidence: Confidence
    package: str
    function: str
    steps: tuple[Step, ...] = ()
    mend: str = ""
    resource: str = ""
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Notification:
    """Something the tool could not do (GL900, GL901). It never makes the exit code 1.

    `path` is empty where no one file is concerned; `line` is 0 where no one line is.
    """

    rule: str
    message: str
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment in the source that says a finding is to be left out.

    `rules` is empty for "every rule". Findings whose primary location starts in the lines `first_line` to `last_line`
    are meant. `span` is the comment itself; `text` its text. One comment can give several suppressions: they share the
    span. `general` marks a comment that is not addressed to goleaklint in particular, such as `//nolint`.
    """

    span: Span
    text: str
    rules: tuple[str, ...]
    reason: str
    first_line: int
    last_line: int
    whole_file: bool = False
    general: bool = False


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What a rule says of itself; the terminal, SARIF and the catalogue print it.

    `summary` is one sentence of at most 200 characters. `why`, `leaks`, `fixed` and `not_seen` are Markdown; `leaks`
    and `fixed` hold Go code blocks.
    """

    id: str
    name: str
    summary: str
    severity: Severity
    confidence: Confidence
    since: str
    why: str
    leaks: str
    fixed: str
    not_seen: str
