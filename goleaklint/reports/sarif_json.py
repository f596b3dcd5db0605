"""sarif_om objects in, JSON text of SARIF 2.1.0 out.

sarif_om has no serializer of its own and was generated from a draft; what differs from the standard is mended here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

import attr
import msgspec

# sarif_om 1.0.4 knows the draft's name of this one property; the schema refuses it.
RENAMED: Mapping[tuple[str, str], str] = {("Suppression", "state"): "status"}

# Written although they equal sarif_om's default: a reader who finds none takes the level from the rule's configuration.
_ALWAYS_WRITTEN = frozenset(
    {("Result", "level"), ("Result", "kind"), ("ReportingConfiguration", "level"), ("Notification", "level")}
)

_SCALARS = frozenset({str, int, float, bool})

# Thread flows nest fifteen deep: with two blanks a level, half of the file would be blanks.
_INDENT = 1


@dataclass(frozen=True, slots=True)
class _Property:
    attribute: str
    name: str
    default: object


@cache
def _properties(kind: type) -> tuple[_Property, ...]:
    properties = []
    for field in attr.fields(kind):
        key = (kind.__name__, field.name)
        name = RENAMED.get(key, field.metadata["schema_property_name"])
        default = field.default
        if isinstance(default, attr.Factory):  # type: ignore[arg-type]
            default = default.factory()
        properties.append(_Property(field.name, name, None if key in _ALWAYS_WRITTEN else default))
    return tuple(properties)


def plain_json(value: object) -> object:
    """The value as dicts, lists and scalars, without properties that are absent or say what the standard assumes."""
    kind: type = type(value)
    if kind in _SCALARS:
        return value
    if kind is list or kind is tuple:
        return [plain_json(part) for part in cast(Sequence[object], value)]
    if kind is dict:
        parts = cast(dict[str, object], value)
        return {key: plain_json(part) for key, part in parts.items() if part is not None}
    written: dict[str, object] = {}
    for item in _properties(kind):
        part = getattr(value, item.attribute)
        if part is not None and (item.default is None or part != item.default):
            written[item.name] = plain_json(part)
    return written


def to_json(log: object) -> str:
    """The SARIF text of a log, indented, with a newline at its end."""
    properties = cast(dict[str, object], plain_json(log))
    # Readers that sniff look for these two at the start of the file.
    first = {name: properties.pop(name) for name in ("$schema", "version") if name in properties}
    return msgspec.json.format(msgspec.json.encode(first | properties), indent=_INDENT).decode() + "\n"
