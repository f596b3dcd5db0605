"""The keys of goleaklint.toml come in; a file to start from and the page of documentation go out."""

import textwrap
from collections.abc import Iterator

from goleaklint.config.keys import Key, keys
from goleaklint.config.schema import SCHEMA_URI

_WIDTH = 100

_INTRODUCTION = f"""\
# Configuration

`goleaklint.toml` or `.goleaklint.toml`, in the directory you start from or above it, up to the root of the repository.
Every key may be left out, and so may the file. `goleaklint init` writes one to start from.

Options on the command line come before the file: `--select` replaces `select` and `ignore`; `--ignore`, `--exclude` and
`--pack` add to theirs; each other option replaces the key of its name. `--config FILE` names another file,
`--no-config` none.

A configuration file names data and switches rules; it never makes goleaklint run code.

```sh
goleaklint config show      # what holds here, and which line says so
goleaklint config verify    # every mistake in the file and its packs; exit code 2 if there is one
goleaklint config schema    # the JSON schema, for editors
```

Editors that know JSON schemas for TOML find it by the first line of the file:

```toml
#:schema {SCHEMA_URI}
```
"""


def starting_file() -> str:
    """A goleaklint.toml in which every key is explained and commented out, so that it changes nothing."""
    return "".join(f"{line}\n" for line in _starting_lines())


def _starting_lines() -> Iterator[str]:
    yield f"#:schema {SCHEMA_URI}"
    yield "# Settings of goleaklint. What is commented out shows an example; `goleaklint config show` tells what holds."
    # A table ends only where another starts: what is a table has to come last.
    for key in sorted(keys(), key=lambda each: each.shape == "texts by pattern"):
        yield ""
        yield from _wrapped(key.help, "# ")
        if key.shape == "texts by pattern":
            yield f"# [{key.name}]"
            yield f"# {key.example}"
        else:
            yield f"# {key.name} = {key.example}"


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def page() -> str:
    """docs/configuration.md."""
    return "\n".join([_INTRODUCTION, *map(_section, keys())])


def _section(key: Key) -> str:
    written = f"[{key.name}]\n{key.example}" if key.shape == "texts by pattern" else f"{key.name} = {key.example}"
    choices = " or ".join(f'`"{word}"`' for word in key.choices)
    lines = [f"## `{key.name}`", "", *_wrapped(key.meaning), "", f"- Without it: {key.absent}."]
    if choices:
        lines.append(f"- One of {choices}.")
    return "\n".join([*lines, "", "```toml", written, "```", ""])
