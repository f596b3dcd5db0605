"""One directory of Go files in; facts, suppressions and notifications out. Runs in worker processes."""

import time
from collections.abc import Iterable, Iterator

from goleaklint.files.load import Loaded, load
from goleaklint.files.selection import GoFile
from goleaklint.files.text import SourceText
from goleaklint.index.facts import FileFacts, encode
from goleaklint.index.finding import source_file
from goleaklint.model import Notification
from goleaklint.pipeline.batch import BatchResult, Directory, Stage
from goleaklint.syntax import ast
from goleaklint.syntax.directives import directives
from goleaklint.syntax.parse import Tree


def read(directory: Directory, stage: Stage) -> BatchResult:
    """What is to be known of the files of a directory before anything is looked for in them."""
    result = BatchResult()
    facts = [found for file in directory.files if (found := _read_file(file, stage, result)) is not None]
    if facts:
        result.facts[directory.path] = encode(facts)
    return result


def _read_file(file: GoFile, stage: Stage, result: BatchResult) -> FileFacts | None:
    """The facts of one file; None, and the reason in `result`, where there is nothing to analyse."""
    started = time.perf_counter()
    loaded = load(file)
    if isinstance(loaded, Notification):
        result.files["not analysed"] += 1
        result.notifications.append(loaded)
        return None
    if loaded.header.generated:
        result.files["generated"] += 1
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
    result.files["analysed in part" if syntax.errors or syntax.too_deep else "analysed"] += 1
    result.notifications += _syntax_notifications(loaded, text, syntax)
    suppressions, mistakes = directives(text, tree.root)
    result.suppressions += suppressions
    result.mistakes += mistakes
    bodies = dict(_bodies(tree, syntax, stage.words(), result))
    result.timings["index"] += time.perf_counter() - started
    return FileFacts(file.path, source_file(syntax, loaded), bodies, file.is_test, file.reported)


def _bodies(
    tree: Tree, syntax: ast.File, words: tuple[bytes, ...], result: BatchResult
) -> Iterator[tuple[int, ast.FuncBody]]:
    """The bodies of those functions that some rule may find something in; not of those with syntax errors."""
    data = tree.text.data
    for number, decl in enumerate(syntax.functions):
        result.counts["functions"] += 1
        if not any(data.find(word, decl.body_start, decl.body_end) >= 0 for word in words):
            continue
        body = tree.body(decl)
        if body is None:
            continue
        if body.bad:
            result.counts["functions with syntax errors"] += 1
            continue
        result.counts["functions read"] += 1
        yield number, body


def _syntax_notifications(loaded: Loaded, text: SourceText, syntax: ast.File) -> Iterator[Notification]:
    """One notification at most: what could not be read, and what is left out for it."""
    if syntax.errors:
        start, _ = min(syntax.errors)
        touched = [each.name.name for each in syntax.functions if _touches(each, syntax.errors)]
        left_out = f"{_listed(touched)} not analysed" if touched else "what it touches is not analysed"
        yield Notification("GL900", f"syntax error; {left_out}", loaded.file.path, text.line_of(start))
    elif syntax.too_deep:
        yield Notification("GL900", "nested too deeply to be read; what is inside is not analysed", loaded.file.path)


def _touches(function: ast.FuncDecl, errors: Iterable[tuple[int, int]]) -> bool:
    return any(start <= function.end and end >= function.start for start, end in errors)


def _listed(names: list[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:3])} and {len(names) - 3} more functions are"
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'}"
