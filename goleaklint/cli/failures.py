"""What went wrong before or instead of an analysis, and the exit code that says so."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click


class Failure(click.ClickException):
    """The tool could not do its work: nothing to read, or an internal failure. A message for standard error."""

    exit_code = 3

    def show(self, file: object = None) -> None:
        first, *rest = self.message.splitlines() or [""]
        click.echo(f"goleaklint: {first}", err=True)
        for line in rest:
            click.echo(f"            {line}", err=True)


class UsageFailure(Failure):
    """Wrong usage or configuration."""

    exit_code = 2


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the stages raise for the user's mistakes into a Failure that lists them all.

    That whoever reads the output has left, as `head` does, is no failure: the work goes on as if they listened.
    """
    from goleaklint.files.patterns import PatternError
    from goleaklint.pipeline.since import RevisionError
    from goleaklint.reports.outputs import OutputError
    from goleaklint.rules._api import RuleError
    from goleaklint.toml_source import MistakesError

    try:
        yield
    except BrokenPipeError:
        hush()
    except PatternError as error:
        kind = Failure if error.found_nothing else UsageFailure
        raise kind("\n".join(error.mistakes)) from error
    except MistakesError as error:
        raise UsageFailure(str(error)) from error
    except RevisionError as error:
        raise (UsageFailure if error.usage else Failure)(str(error)) from error
    except (OutputError, RuleError) as error:
        raise UsageFailure(str(error)) from error
    except OSError as error:
        raise system_failure(error) from error


def system_failure(error: OSError) -> Failure:
    """What the system refused to do, and with which file."""
    where = f"{error.filename}: " if error.filename else ""
    return Failure(f"{where}{error.strerror or error}")


def internal_failure(problem: Exception) -> Failure:
    """What is to be said of an exception that nobody expected: enough to report it."""
    import traceback

    trace = "".join(traceback.format_exception(problem))
    return Failure(f"internal failure: {type(problem).__name__}: {problem}\nPlease report this:\n{trace}")


def hush() -> None:
    """Nobody reads the output any more: what is still written, or waits to be, goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():
            os.dup2(nowhere, stream.fileno())
