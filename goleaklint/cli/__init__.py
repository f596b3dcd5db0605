"""The `goleaklint` command: argument handling and nothing else."""

import gc
import sys

import click

from goleaklint.cli.failures import internal_failure, system_failure
from goleaklint.cli.group import goleaklint

INTERRUPTED = 130
"""What a shell reports of a process that Ctrl-C ended."""


def main() -> None:
    """Run the command and exit with its code: 0 nothing found, 1 findings, 2 wrong usage, 3 the tool failed."""
    gc.disable()
    try:
        code = _code()
    finally:
        # All goes with the process. To look through a million objects for garbage first would take a tenth of the run.
        gc.freeze()
        gc.enable()
    sys.exit(code)


def _code() -> int:
    try:
        code = goleaklint.main(prog_name="goleaklint", standalone_mode=False)
    except click.ClickException as failure:
        failure.show()
        return failure.exit_code
    except click.Abort:
        return INTERRUPTED
    except Exception as problem:
        # Python would exit with 1, which says that something was found.
        told = system_failure(problem) if isinstance(problem, OSError) else internal_failure(problem)
        told.show()
        return told.exit_code
    return code if isinstance(code, int) else 0
