"""What went wrong before or instead of an analysis, and the exit code that says so."""

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
    """Turn what the stages raise for the user's mistakes into a Failure that lists them all."""
    from goleaklint.files.patterns import PatternError
    from goleaklint.reports.outputs import OutputError
    from goleaklint.rules._api import RuleError
    from goleaklint.toml_source import MistakesError

    try:
        yield
    except PatternError as error:
        kind = Failure if error.found_nothing else UsageFailure
        raise kind("\n".join(error.mistakes)) from error
    except MistakesError as error:
        raise UsageFailure(str(error)) from error
    except (OutputError, RuleError) as error:
        raise UsageFailure(str(error)) from error
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise Failure(f"{where}{error.strerror or error}") from error
