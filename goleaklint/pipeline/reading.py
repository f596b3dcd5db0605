"""One directory of Go files in; facts, suppressions and notifications out. Runs in worker processes."""

import time
from collections.abc import Iterable, Iterator

from goleaklint.files.load import load
from goleaklint.files.selection import GoFile
from goleaklint.files.text import SourceText
from goleaklint.index.facts import DirectoryFacts, FileFacts, encode
from goleaklint.index.finding import source_file
from goleaklint.index.hints import endings, makers
from goleaklint.model import Notification
from goleaklint.pipeline.batch import BatchResult, Directory, Stage
from goleaklint.syntax import ast
from goleaklint.syntax.directives import directives
from goleaklint.syntax.parse import Tree


def read(directory: Directory, stage: Stage) -> BatchResult:
    """What is to be known of the files of a directory before anything is looked for in them."""
    result = BatchResult()
    generated: list[str] = []
    facts = [found for file in directory.files if (found := _read_file(file, stage, generated, result)) is not None]
    if facts:
        result.facts[directory.path] = encode(DirectoryFacts(tuple(facts), tuple(generated)))
    return result if directory.checked else result.names()


def _read_file(file: GoFile, stage: Stage, generated: list[str], result: BatchResult) -> FileFacts | None:
    """The facts of one file; None, and the reason in `result`, where there is nothing to analyse."""
    started = time.perf_counter()
    loaded = load(file)
    if isinstance(loaded, Notification):
        result.files["not analysed"] += 1
        result.notifications.append(loaded)
        return None
    if loaded.header.generated:
        result.files["generated"] += 1
        if not file.is_test:
            generated.append(file.absolute)
        return None
    text = SourceText(file.path, loaded.data)
    tree = Tree(text)
    result.timings["parse"] += time.perf_counter() - started
    started = time.perf_counter()
    syntax = tree.file()
    if not syntax.package:
        result.files["not analysed"] += 1
        result.notifications.append(Notification("GL900", "no package clause; not analysed", file.path, 1))
        return None
    result.imports.update(spec.path for spec in syntax.imports)
    if not file.is_test:
        result.makers.update(makers(syntax, stage.resource_types))
        result.endings.update(endings(syntax, loaded.data))
    bodies = dict(_bodies(tree, syntax, stage, result))
    unread = [syntax.functions[number] for number, body in bodies.items() if body.bad]
    unsupported = syntax.unsupported + sum(body.unsupported for body in bodies.values())
    said = list(_syntax_notifications(text, syntax, unread, unsupported))
    result.files["analysed in part" if said else "analysed"] += 1
    result.counts["functions with syntax errors"] += len(unread)
    result.counts["forms not supported"] += unsupported
    result.counts["functions read"] += len(bodies) - len(unread)
    result.notifications += said
    suppressions, mistakes = directives(text, tree.root)
    result.suppressions += suppressions
    result.mistakes += mistakes
    readable = {number: body for number, body in bodies.items() if not body.bad}
    result.timings["index"] += time.perf_counter() - started
    return FileFacts(file.path, source_file(syntax, loaded, readable), file.is_test, file.reported)


def _bodies(tree: Tree, syntax: ast.File, stage: Stage, result: BatchResult) -> Iterator[tuple[int, ast.FuncBody]]:
    """The bodies of those functions that some rule may find something in."""
    data = tree.text.data
    acquisitions = stage.acquisitions(data, syntax)
    for number, decl in enumerate(syntax.functions):
        result.counts["functions"] += 1
        if stage.may_find_in(decl, data, acquisitions):
            body = tree.body(decl)
            if body is not None:
                yield number, body


def _syntax_notifications(
    text: SourceText, syntax: ast.File, unread: list[ast.FuncDecl], unsupported: int
) -> Iterator[Notification]:
    """One notification at most: what could not be read, and what is left out for it.

    `unread` are the functions that something may be found in, but whose bodies could not be read as a whole.
    """
    if syntax.errors:
        start, _ = min(syntax.errors)
        touched = [each.name.name for each in syntax.functions if _touches(each, syntax.errors)]
        left_out = f"{_listed(touched)} not analysed" if touched else "what it touches is not analysed"
        yield Notification("GL900", f"syntax error; {left_out}", text.path, text.line_of(start))
    elif unread:
        names = _listed([each.name.name for each in unread])
        reason = "a form of Go that is not supported" if unsupported else "nested too deeply to be read"
        message = f"{reason}; {names} not analysed"
        yield Notification("GL900", message, text.path, text.line_of(unread[0].start))
    elif syntax.too_deep or unsupported:
        reason = "nested too deeply to be read" if syntax.too_deep else "a form of Go that is not supported"
        yield Notification("GL900", f"{reason}; what is inside is not analysed", text.path)


def _touches(function: ast.FuncDecl, errors: Iterable[tuple[int, int]]) -> bool:
    return any(start <= function.end and end >= function.start for start, end in errors)


def _listed(names: list[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:3])} and {len(names) - 3} more functions are"
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'}"
