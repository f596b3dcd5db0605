"""Makes goleaklint/index/std.bin, the declarations of Go's standard library, from a Go distribution's `api/*.txt`.

    python -m scripts.std_api "$(go env GOROOT)"

With --show, prints the Go declarations of the packages named instead.
"""

import argparse
import sys
import zlib
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from goleaklint.index.std import LENGTH_BYTES, STD_DATA, Catalogue
from goleaklint.syntax import ast

from .choice import choose
from .features import api_files, read_features
from .qualifiers import Exports
from .stubs import read_stub, stub

_BEYOND = Path(__file__).with_name("beyond.txt")


def stubs_of(goroot: Path, wanted: Sequence[str] = ()) -> dict[str, str]:
    """Go source that declares what each package, or each that is wanted, exports, by import path."""
    stated = read_features(api_files(goroot), goroot / "api" / "except.txt")
    packages = choose(chain(stated, read_features([_BEYOND])))
    exports = Exports({path: facts.types for path, facts in packages.items()})
    missing = [path for path in wanted if path not in packages]
    if missing:
        raise ValueError(f"there is no package {', '.join(missing)}")
    return {path: stub(packages[path], exports) for path in wanted or packages}


def packed(release: str, packages: Mapping[str, ast.File]) -> bytes:
    """The data file that goleaklint.index.std reads."""
    encoder = msgspec.msgpack.Encoder()
    blobs = {path: zlib.compress(encoder.encode(file), 9) for path, file in sorted(packages.items())}
    places: dict[str, tuple[int, int]] = {}
    offset = 0
    for path, blob in blobs.items():
        places[path] = (offset, len(blob))
        offset += len(blob)
    catalogue = encoder.encode(Catalogue(release, places))
    return b"".join([len(catalogue).to_bytes(LENGTH_BYTES, "big"), catalogue, *blobs.values()])


def main(arguments: Sequence[str]) -> int:
    """Runs the command line. Returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.std_api", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("goroot", type=Path, help="a Go distribution, as `go env GOROOT` names it")
    parser.add_argument("--output", type=Path, default=STD_DATA, help="where to write the data")
    parser.add_argument("--show", nargs="+", metavar="PACKAGE", default=[], help="only print declarations")
    options = parser.parse_args(arguments)
    try:
        release = (options.goroot / "VERSION").read_text("utf-8").split()[0]
        sources = stubs_of(options.goroot, options.show)
        if options.show:
            sys.stdout.write("\n".join(sources.values()))
            return 0
        data = packed(release, {path: read_stub(path, source) for path, source in sources.items()})
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    options.output.write_bytes(data)
    sys.stderr.write(f"{release}: {len(sources)} packages in {len(data)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
