"""Directories in, their results joined in the order of the directories out: in this process or in several."""

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from goleaklint.calls.functions import Functions, Sources
from goleaklint.config import Config
from goleaklint.files.discovery import files_of_modules
from goleaklint.files.selection import GoFile, Module, Selection
from goleaklint.index.facts import facts_finder
from goleaklint.index.finding import (
    ModuleCache,
    module_cache_root,
    module_finder,
    read_generated,
    stub_finder,
    vendor_finder,
    with_std,
)
from goleaklint.index.program import Finder, Program
from goleaklint.knowledge import Knowledge, load_knowledge
from goleaklint.pipeline.batch import BatchResult, Directory, Stage
from goleaklint.pipeline.checking import check
from goleaklint.pipeline.memory import uncollected
from goleaklint.pipeline.neighbours import neighbour_names
from goleaklint.pipeline.reading import read
from goleaklint.rules._registry import load_rules
from goleaklint.syntax.reader import make_room
from goleaklint.types.declared import Declared

BATCH_BYTES = 60_000
"""Source per task: large enough that handing it over does not count, small enough to share out evenly: to check it may
take half a second."""

WORTH_A_PROCESS = 1_500_000
"""Starting a process costs as much as analysing some 200 KB; below this many bytes of source one does it all."""


MAX_AROUND = 5_000
"""With more files than this beside those that are checked, only the latter are searched for callers."""


@dataclass(slots=True)
class _Process:
    """What this process works with; workers that are forked inherit it."""

    stage: Stage | None = None
    facts: Mapping[str, bytes] | None = None
    functions: Functions | None = None


_process = _Process()


def analyse_all(
    directories: list[Directory], selection: Selection, config: Config, jobs: int, module_cache: str = ""
) -> BatchResult:
    """Read and check directories of a selection in up to `jobs` processes. The result does not depend on how many."""
    modules = selection.modules
    with uncollected():
        sizes = [source_bytes(directory) for directory in directories]
        if sum(sizes) < WORTH_A_PROCESS:
            jobs = 1
        prepare(config)
        batched = batches(directories, sizes)
        whole = _joined(_map(_read_batch, batched, jobs, prepare, (config,)))
        facts = {each.package: whole.facts[each.path] for each in directories if each.path in whole.facts}
        read = sources(directories, selection, whole)
        prepare_checking(config, whole.facts, facts, modules, module_cache, read, whole.makers)
        read = look_around(whole, modules, read)
        arguments = (config, whole.facts, facts, modules, module_cache, read, whole.makers)
        checked = [own for batch in batched if (own := [each for each in batch if each.checked])]
        whole.add(_joined(_map(_check_batch, checked, jobs, prepare_checking, arguments)))
        whole.facts = {}
        return whole


def available_cores() -> int:
    """How many processes can run at once here, which in a container is less than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _map(
    work: Callable[[list[Directory]], BatchResult],
    batched: list[list[Directory]],
    jobs: int,
    initializer: Callable[..., None],
    arguments: tuple[object, ...],
) -> Iterator[BatchResult]:
    """The work on each batch, in order. A process that is not forked from this one is prepared first.

    What takes longest is begun first, so that no process is still busy with it when the others have nothing left.
    """
    jobs = min(jobs, len(batched))  # processes are started for all jobs at once
    if jobs < 2:
        yield from map(work, batched)
        return
    import multiprocessing  # 18 ms, and not wanted for a small run

    # Forked workers have the rules and packs already; elsewhere than on Linux forking is not safe.
    if sys.platform == "linux":
        pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork"))
    else:
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=initializer, initargs=arguments)
    with pool:
        begun = sorted(range(len(batched)), key=lambda number: -sum(map(source_bytes, batched[number])))
        results = {number: pool.submit(work, batched[number]) for number in begun}
        try:
            for number in range(len(batched)):
                yield results.pop(number).result()
        finally:
            pool.shutdown(cancel_futures=True)  # after a failure nobody wants the rest


def prepare(config: Config) -> None:
    """Load rules and packs once per process. Raises MistakesError and RuleError."""
    make_room()
    rules = tuple(rule for rule_id, rule in load_rules().items() if config.selects(rule_id))
    _process.stage = Stage(rules, load_knowledge(config.packs), config.go_version)


def prepare_checking(
    config: Config,
    by_directory: Mapping[str, bytes],
    by_package: dict[str, bytes],
    modules: Mapping[str, Module],
    module_cache: str,
    read: Sources,
    makers: set[str],
) -> None:
    """Lay out the program that is checked: the facts of what was read, then where other packages are found."""
    if _process.stage is None:
        prepare(config)
    stage = _process.stage
    if stage is None:
        raise AssertionError("preparing left nothing")
    _process.stage = replace(stage, makers=frozenset(makers))
    _process.facts = by_directory
    declared = Declared(Program(finders(by_package, modules, module_cache, stage.knowledge)))
    _process.functions = Functions(declared, stage.knowledge, read)


def look_around(whole: BatchResult, modules: Mapping[str, Module], read: Sources) -> Sources:
    """Add what is to be known of the packages next to those that were read, here and in `whole`."""
    stage, functions = _process.stage, _process.functions
    if stage is None or functions is None:
        raise AssertionError("the process was not prepared")
    makers, endings = neighbour_names(whole.imports, modules, functions, stage.resource_types)
    whole.makers |= makers
    functions.sources = replace(read, endings=read.endings | endings)
    _process.stage = replace(stage, makers=frozenset(whole.makers))
    return functions.sources


def sources(directories: list[Directory], selection: Selection, read: BatchResult) -> Sources:
    """Where the functions of the run can be read again. Tests are called by nobody, and are left out."""
    roots = tuple(sorted(f"{module.directory}/" for module in selection.modules.values()))
    files: dict[str, list[str]] = defaultdict(list)
    for each in directories:
        files[each.package] += [file.absolute for file in each.files if not file.is_test]
    every = {file.absolute: file for each in directories for file in each.files}
    around: dict[str, list[str]] = defaultdict(list)
    for file in _around(selection, every):
        around[file.package].append(file.absolute)
        every[file.absolute] = file
    shown = {path: file.path for path, file in every.items()}
    data = {path: file.data for path, file in every.items() if file.data is not None}
    return Sources(files, shown, data, frozenset(read.endings), roots, around)


def _around(selection: Selection, own: Collection[str]) -> list[GoFile]:
    """The other files of the modules of a selection; none in a huge repository, where that would take too long."""
    found = [file for file in files_of_modules(selection) if file.absolute not in own]
    return found if len(found) <= MAX_AROUND else []


def finders(
    by_package: dict[str, bytes], modules: Mapping[str, Module], module_cache: str, knowledge: Knowledge
) -> list[Finder]:
    """Where packages are looked for, first what this run has read; `module_cache` is a directory, or "" for none."""
    own = [facts_finder(by_package, read_generated), module_finder(modules), vendor_finder(modules)]
    cached = [ModuleCache(modules, module_cache).find] if module_cache else []
    return [*with_std(own, modules), *cached, stub_finder(knowledge)]


def _read_batch(batch: list[Directory]) -> BatchResult:
    stage = _process.stage
    if stage is None:
        raise AssertionError("the process was not prepared")
    return _joined(read(directory, stage) for directory in batch)


def _check_batch(batch: list[Directory]) -> BatchResult:
    stage, facts, functions = _process.stage, _process.facts, _process.functions
    if stage is None or facts is None or functions is None:
        raise AssertionError("the process was not prepared")
    return _joined(check(each, facts[each.path], functions, stage) for each in batch if each.path in facts)


def batches(directories: list[Directory], sizes: list[int]) -> list[list[Directory]]:
    """Directories in order, cut where enough source has come together."""
    found: list[list[Directory]] = []
    room = 0
    for directory, size in zip(directories, sizes, strict=True):
        if room <= 0:
            found.append([])
            room = BATCH_BYTES
        found[-1].append(directory)
        room -= size
    return found


def _joined(results: Iterable[BatchResult]) -> BatchResult:
    whole = BatchResult()
    for result in results:
        whole.add(result)
    return whole


def source_bytes(directory: Directory) -> int:
    """How much source a directory holds, by which work is shared out."""
    return sum(_size(file.absolute, file.data) for file in directory.files)


def _size(path: str, data: bytes | None) -> int:
    if data is not None:
        return len(data)
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def own_module_cache() -> str:
    """Where this user's Go keeps downloaded modules; "" if nowhere."""
    return module_cache_root(os.environ)
