"""A pack's TOML document comes in; a Pack goes out, or every mistake in it."""

import re
from collections.abc import Iterable

from goleaklint.knowledge.names import FunctionName, TypeName, parse_function, parse_type
from goleaklint.knowledge.pack import (
    CallbackFate,
    Function,
    Holder,
    NoReturn,
    Order,
    Pack,
    ReleasedBy,
    Resource,
    Stub,
    Until,
)
from goleaklint.toml_source import MistakesError, Table, TomlDocument, closest, quoted

_MODULE = re.compile(r"[\w~-][\w.~/-]*")
_RULE = re.compile(r"[A-Z]+[0-9]{3,}")
_GO_VERSION = re.compile(r"1\.[0-9]+")
_MAJOR = re.compile(r"v[0-9]+")
_HOLDER_KEYS = (Holder.RESULT, Holder.ARGUMENT, Holder.RECEIVER)


def read_pack(document: TomlDocument) -> Pack:
    """The pack written in a document. Raises MistakesError with every mistake."""
    top = Table(document)
    modules = _modules(top)
    reader = _Reader(modules)
    resources = [resource for table in top.tables("resource") for resource in reader.resources(table)]
    functions = [function for table in top.tables("function") for function in reader.functions(table)]
    stubs = [stub for table in top.tables("stub") for stub in reader.stubs(table)]
    top.reject_unknown()
    if top.mistakes:
        raise MistakesError(top.mistakes)
    return Pack(document.path, modules, tuple(resources), tuple(functions), tuple(stubs))


def _modules(top: Table) -> tuple[str, ...]:
    """The modules a pack is for; one that stands for them, where a mistake hides them, so that reading can go on."""
    if not top.require("pack") or (pack := top.table("pack")) is None:
        return ("unknown.invalid",)
    pack.require("module")
    modules = pack.text_or_texts("module")
    for module in modules:
        if not _MODULE.fullmatch(module):
            pack.note(f"{quoted(module)} is not the path of a module", "module")
    if pack.is_empty_list("module"):
        pack.note("module names no module", "module")
    pack.reject_unknown()
    return modules or ("unknown.invalid",)


class _Reader:
    """Reads the entries of one pack; remembers where each function was named, to find repetitions."""

    def __init__(self, modules: tuple[str, ...]) -> None:
        self._modules = modules
        self._acquired: dict[tuple[FunctionName, Holder, int], Table] = {}
        self._described: dict[FunctionName, Table] = {}

    def resources(self, table: Table) -> list[Resource]:
        """One resource for each module, all read from one entry."""
        by_type = table.flag("by-type")
        if not by_type:
            table.require("acquire")
        table.require("rule", "type", "why")
        if "release" not in table and "released-by" not in table:
            table.note("nothing releases it: give release or released-by")
        resources = [self._resource(table, module, by_type) for module in self._modules]
        table.reject_unknown()
        self._note_repeated_acquisitions(table, resources[0])
        return resources

    def functions(self, table: Table) -> list[Function]:
        """One function for each name and module, all read from one entry."""
        table.require("names")
        never_returns = table.choice("never-returns", NoReturn)
        callback = table.choice("callback", CallbackFate)
        fate = CallbackFate(callback) if callback else None
        end = NoReturn(never_returns) if never_returns else None
        argument, takes = table.index("argument"), table.indexes("takes")
        names = [name for module in self._modules for name in _functions(table, "names", module)]
        borrows = table.flag("borrows")
        facts = [Function(name, end, fate, argument, takes, borrows) for name in names]
        table.reject_unknown()
        if not any(key in table for key in ("never-returns", "callback", "takes", "borrows")):
            table.note("says nothing of its functions: give never-returns, callback, takes or borrows")
        self._note_repeated_functions(table, facts[: len(facts) // len(self._modules)])
        return facts

    def stubs(self, table: Table) -> list[Stub]:
        """One stub for each module, all read from one entry."""
        table.require("text")
        below = table.text("package")
        text = table.text("text").strip("\n")
        table.reject_unknown()
        return [Stub(_below(module, below), text) for module in self._modules]

    def _resource(self, table: Table, module: str, by_type: bool) -> Resource:
        holder, position = _held(table)
        kind = _type(table, module)
        order = table.choice("order", Order)
        return Resource(
            label=table.text("label") or _label(kind),
            rule=_pattern(table, "rule", _RULE, "GL407"),
            type=kind,
            acquire=_functions(table, "acquire", module),
            release=_functions(table, "release", module),
            why=table.text("why"),
            holder=holder,
            position=position,
            field=table.text("field"),
            idempotent=table.flag("idempotent"),
            released_by=_released_by(table),
            order=Order(order) if order else None,
            until=Until(table.choice("until", Until, Until.PROCESS)),
            pooled=table.flag("pooled"),
            by_type=by_type,
            parent=table.index("parent") if "parent" in table else None,
            partner=table.index("partner") if "partner" in table else None,
            virtual=table.flag("virtual"),
            before_go=_pattern(table, "before-go", _GO_VERSION, "1.23"),
            leaks=table.text("leaks").strip("\n"),
            fixed=table.text("fixed").strip("\n"),
        )

    def _note_repeated_acquisitions(self, table: Table, resource: Resource) -> None:
        for name in resource.acquire:
            key = (name, resource.holder, resource.position)
            _note_repetition(table, "acquire", name, self._acquired.setdefault(key, table))

    def _note_repeated_functions(self, table: Table, functions: Iterable[Function]) -> None:
        for function in functions:
            _note_repetition(table, "names", function.name, self._described.setdefault(function.name, table))


def _note_repetition(table: Table, key: str, name: FunctionName, first: Table) -> None:
    if first is not table:
        line = first.document.line_of(*first.key)
        table.note(f"{name.package}.{name.local} is described already, at line {line}", key)


def _functions(table: Table, key: str, module: str) -> tuple[FunctionName, ...]:
    names = []
    if table.is_empty_list(key):
        table.note(f"{key} names no function", key)
    for at, text in enumerate(table.texts(key)):
        name = parse_function(text, module)
        if name is None:
            table.note(f"{quoted(text)} does not name a function; write it as {_example(module)}", key, at)
        else:
            names.append(name)
    return tuple(names)


def _example(module: str) -> str:
    return '"os.Open" or "(*os.File).Close"' if module == "std" else '"Open", "(*DB).Close" or "package.Open"'


def _type(table: Table, module: str) -> TypeName:
    written = table.text("type")
    kind = parse_type(written, module)
    if kind is None and "type" in table:
        table.note(f"{quoted(written)} does not name a type", "type")
    return kind or TypeName("", "")


def _held(table: Table) -> tuple[Holder, int]:
    given = [key for key in _HOLDER_KEYS if key in table]
    if len(given) > 1:
        table.note(
            f"only one of result, argument and receiver can say what is held, not {' and '.join(given)}", given[1]
        )
    positions = {Holder.RESULT: table.index("result"), Holder.ARGUMENT: table.index("argument")}
    if table.flag("receiver"):
        return Holder.RECEIVER, 0
    holder = Holder.ARGUMENT if "argument" in table else Holder.RESULT
    return holder, positions[holder]


def _released_by(table: Table) -> tuple[ReleasedBy, ...]:
    known = [str(way) for way in ReleasedBy]
    for at, word in enumerate(table.texts("released-by")):
        if word not in known:
            table.note(f"{quoted(word)} is none of {', '.join(known)}{closest(word, known)}", "released-by", at)
    return tuple(ReleasedBy(word) for word in table.texts("released-by") if word in known)


def _pattern(table: Table, key: str, pattern: re.Pattern[str], like: str) -> str:
    value = table.text(key, like=like)
    if value and not pattern.fullmatch(value):
        table.note(f"{key} looks like {quoted(like)}, not {quoted(value)}", key)
    return value


def _label(kind: TypeName) -> str:
    """The type as a Go programmer would write it, `badger.Txn`: the package by the last element that is no version."""
    elements = [element for element in kind.package.split("/") if not _MAJOR.fullmatch(element)]
    package = re.sub(r"^go-|[.-]go$|\.v[0-9]+$", "", elements[-1]) if elements else ""
    return f"{package}.{kind.name}" if package else kind.name


def _below(module: str, package: str) -> str:
    if module == "std" or not package:
        return package or module
    return f"{module}/{package}"
