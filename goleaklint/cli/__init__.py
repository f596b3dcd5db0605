"""The `goleaklint` command: argument handling and nothing else."""

import sys

import click

from goleaklint.cli.failures import internal_failure, system_failure
from goleaklint.cli.group import goleaklint

INTERRUPTED = 130
"""What a shell reports of a process that Ctrl-C ended."""


def main() -> None:
    """Run the command and exit with its code: 0 nothing found, 1 findings, 2 wrong usage, 3 the tool failed."""
    try:
        code = goleaklint.main(prog_name="goleaklint", standalone_mode=False)
    except click.ClickException as failure:
        failure.show()
        sys.exit(failure.exit_code)
    except click.Abort:
        sys.exit(INTERRUPTED)
    except Exception as problem:
        # Python would exit with 1, which says that something was found.
        told = system_failure(problem) if isinstance(problem, OSError) else internal_failure(problem)
        told.show()
        sys.exit(told.exit_code)
    sys.exit(code if isinstance(code, int) else 0)
