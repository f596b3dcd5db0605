"""A function or type as a pack names it comes in; its import path and its name go out.

A name is written as Go prints it: `Open`, `(*DB).View`, `(Iterator).Release`. Where it does not stand in the root
package of the pack's module, it has its package: `leveldb.OpenFile`, `(*leveldb.DB).Get`, `(db/iter.Iterator).Next`.

- `T.Method` is short for `(T).Method`. That is no riddle: before the last dot a capital letter starts a type, a small
  one a package. Types that start with a small letter need the parentheses.
- Packages count from the module. One whose first element has a dot is a whole import path:
  `google.golang.org/grpc.Dial`. Packages of the standard library start with `std/`: `(std/io.Closer).Close`. In the
  standard library's own pack, `module = "std"`, every name has its package: `os.Open`, `(*net/http.Client).Do`.
- `()` as a release is a call of the resource itself, which is a function.
"""

import re
from dataclasses import dataclass

STANDARD = "std"

_PACKAGE = r"(?:(?P<package>[\w~-][\w.~/-]*?)\.)?"
_METHOD = re.compile(rf"\(\*?{_PACKAGE}(?P<type>\w+)\)\.(?P<name>\w+)")
_SHORT_METHOD = re.compile(rf"{_PACKAGE}(?P<type>[A-Z]\w*)\.(?P<name>\w+)")
_FUNCTION = re.compile(rf"{_PACKAGE}(?P<type>)(?P<name>\w+)")
_TYPE = re.compile(rf"\*?{_PACKAGE}(?P<name>\w+)")
_LITERAL_TYPE = re.compile(r"(?:func\(|chan\b|<-chan\b|\[|map\[)")


@dataclass(frozen=True, slots=True)
class FunctionName:
    """A function, or a method of `type` (a pointer's and a value's methods are not told apart)."""

    package: str
    name: str
    type: str = ""

    @property
    def local(self) -> str:
        """The name without its package: `Open`, `DB.View`."""
        return f"{self.type}.{self.name}" if self.type else self.name


@dataclass(frozen=True, slots=True)
class TypeName:
    """A named type, or with an empty `package` a type literal such as `func()`."""

    package: str
    name: str
    pointer: bool = False


# Stands among the releases of a resource that is a function: calling it releases it.
ITSELF = FunctionName("", "()")


def parse_function(written: str, module: str) -> FunctionName | None:
    """The function that a pack for `module` names; None where the name is not well formed."""
    if written == "()":
        return ITSELF
    match = _METHOD.fullmatch(written) or _SHORT_METHOD.fullmatch(written) or _FUNCTION.fullmatch(written)
    package = match and _import_path(match["package"], module)
    return FunctionName(package, match["name"], match["type"]) if match and package else None


def parse_type(written: str, module: str) -> TypeName | None:
    """The type that a pack for `module` names; None where the name is not well formed."""
    if _LITERAL_TYPE.match(written):
        return TypeName("", written)
    match = _TYPE.fullmatch(written)
    package = match and _import_path(match["package"], module)
    return TypeName(package, match["name"], written.startswith("*")) if match and package else None


def local_name(name: str) -> str:
    """A function's name without package, as any stage may write it, in the one form of `FunctionName.local`.

    `(*DB).View`, `(DB).View` and `(*DB[K, V]).View` are all `DB.View`.
    """
    if name[:1] != "(" or name == ITSELF.name:
        return name
    receiver, _, method = name.rpartition(".")
    return f"{receiver.strip('(*)').partition('[')[0]}.{method}"


def _import_path(package: str | None, module: str) -> str | None:
    """The import path of a package as written; None where the standard library's pack leaves it out."""
    if package is None:
        return None if module == STANDARD else module
    first = package.partition("/")[0]
    if first == STANDARD:
        return package.removeprefix("std/")
    if module == STANDARD or "." in first:
        return package
    return f"{module}/{package}"
