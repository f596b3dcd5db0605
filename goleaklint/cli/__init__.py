"""The `goleaklint` command: argument handling and nothing else."""

import sys

from goleaklint.cli.group import goleaklint


def main() -> None:
    """Run the command and exit with its code: 0 nothing found, 1 findings, 2 wrong usage, 3 the tool failed."""
    try:
        goleaklint.main(prog_name="goleaklint", standalone_mode=True)
    except BrokenPipeError:
        # Whoever read the output has left, as `head` does: not an error, and nothing more can be said to them.
        sys.stderr.close()
        sys.exit(0)
