"""The type of a parameter in; on what occasion a function runs that is given one out: a request, or a command.

These types are made by a library that calls the function itself, so no caller is ever seen.
"""

import re
from typing import Final

_VERSION = re.compile(r"[/.]v[0-9]+$")

_REQUESTS: Final = frozenset(
    (
        ("net/http", "Request"),
        ("net/http", "ResponseWriter"),
        ("github.com/libp2p/go-libp2p/core/network", "Stream"),
        ("google.golang.org/grpc", "ServerStream"),
        ("github.com/gin-gonic/gin", "Context"),
        ("github.com/labstack/echo", "Context"),
        ("github.com/valyala/fasthttp", "RequestCtx"),
    )
)

_COMMANDS: Final = frozenset(
    (
        ("github.com/spf13/cobra", "Command"),
        ("github.com/urfave/cli", "Context"),
        ("github.com/urfave/cli", "Command"),
        ("gopkg.in/urfave/cli", "Context"),
        ("github.com/codegangsta/cli", "Context"),
        ("github.com/alecthomas/kingpin", "ParseContext"),
        ("gopkg.in/alecthomas/kingpin", "ParseContext"),
        ("github.com/alecthomas/kong", "Context"),
    )
)


def is_request(package: str, name: str) -> bool:
    """Reports whether a function that is given a value of this type, or a pointer to one, runs once for each."""
    return (_unversioned(package), name) in _REQUESTS


def is_command(package: str, name: str) -> bool:
    """Reports whether a function that is given one is what a command line asks for, and runs once in a process."""
    return (_unversioned(package), name) in _COMMANDS


def _unversioned(package: str) -> str:
    """An import path without the major version at its end, written as `cli/v2` or `cli.v2`."""
    return _VERSION.sub("", package)
