"""The keys of goleaklint.toml come in; a JSON schema of the file goes out, for editors and validators."""

import json
import tomllib
from collections.abc import Mapping
from typing import Final, TypeAlias

from goleaklint.config.keys import Key, keys

SCHEMA_URI: Final = "https://raw.githubusercontent.com/goleaklint/goleaklint/main/docs/goleaklint.schema.json"

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json]"

_TEXTS: Final[Mapping[str, Json]] = {"type": "array", "items": {"type": "string", "minLength": 1}}
# What Go itself writes; `loading.go_version_complaint` tells why another version is wrong.
_PATTERNS: Final = {"go_version": r"^1\.\d+(\.\d+|(rc|beta)\d+)?$"}


def schema() -> str:
    """The schema as JSON (draft 2020-12), with a newline at its end; the same bytes for the same keys."""
    properties: dict[str, Json] = {key.name: _property(key) for key in keys()}
    document: Json = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_URI,
        "title": "goleaklint.toml",
        "description": "Settings of goleaklint, which finds leaks in Go source.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
    return json.dumps(document, indent=2) + "\n"


def _property(key: Key) -> dict[str, Json]:
    described: dict[str, Json] = {"description": key.help}
    return described | _type(key) | {"examples": [_example(key)]}


def _type(key: Key) -> dict[str, Json]:
    match key.shape:
        case "flag":
            return {"type": "boolean"}
        case "choice":
            return {"enum": list(key.choices)}
        case "text":
            pattern: dict[str, Json] = {"pattern": _PATTERNS[key.field]} if key.field in _PATTERNS else {}
            return {"type": "string"} | pattern
        case "texts":
            # An empty list would read as "no rule at all".
            return dict(_TEXTS) | ({"minItems": 1} if key.field == "select" else {})
        case "texts by pattern":
            return {"type": "object", "additionalProperties": dict(_TEXTS)}


def _example(key: Key) -> Json:
    if key.shape == "texts by pattern":
        example: Json = tomllib.loads(key.example)
    else:
        example = tomllib.loads(f"value = {key.example}")["value"]
    return example
