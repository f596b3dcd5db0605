"""A file and a name in it in; the top-level declaration that it means, in whatever package, out: looked up once."""

from goleaklint.index.program import Decl, FileScope, Program
from goleaklint.types.environment import Env


class Lookups:
    """What names mean in the files of a program, which every function of a file asks again."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._plain: dict[FileScope, dict[str, Decl | None]] = {}
        self._qualified: dict[FileScope, dict[tuple[str, str], Decl | None]] = {}

    def plain(self, name: str, file: FileScope) -> Decl | None:
        """What a plain name means: in the file's package, or in one that it imports with a dot."""
        known = self._plain.get(file)
        if known is None:
            known = self._plain[file] = {}
        if name not in known:
            known[name] = Env(file).decl(name)
        return known[name]

    def qualified(self, path: str, name: str, file: FileScope) -> Decl | None:
        """What a name of an imported package means; None also where its source is not at hand."""
        known = self._qualified.get(file)
        if known is None:
            known = self._qualified[file] = {}
        key = path, name
        if key not in known:
            package = self._program.package(path)
            known[key] = package.lookup(name, file.source.constraint) if package is not None else None
        return known[key]
