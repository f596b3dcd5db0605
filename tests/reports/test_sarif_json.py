import inspect
import json
from pathlib import Path
from typing import Any

import attr
import pytest
import sarif_om
from sarif_sample import SCHEMA, empty_report, rendered

from goleaklint.reports.sarif_json import RENAMED, plain_json, to_json

CLASSES: dict[str, type] = dict(inspect.getmembers(sarif_om, attr.has))


def definition(name: str) -> dict[str, Any]:
    if name == "SarifLog":
        return SCHEMA
    found: dict[str, Any] = SCHEMA["definitions"][name[0].lower() + name[1:]]
    return found


def test_every_object_of_the_standard_has_a_class() -> None:
    assert {name[0].upper() + name[1:] for name in SCHEMA["definitions"]} == CLASSES.keys() - {"SarifLog"}


@pytest.mark.parametrize("name", CLASSES)
def test_class_has_the_names_and_defaults_of_the_standard(name: str) -> None:
    properties = definition(name)["properties"]
    fields = {
        RENAMED.get((name, field.name), field.metadata["schema_property_name"]): field
        for field in attr.fields(CLASSES[name])
    }
    assert fields.keys() == properties.keys()
    for key, field in fields.items():
        default = field.default.factory() if isinstance(field.default, attr.Factory) else field.default  # type: ignore[arg-type]
        # A default that is dropped on output must be what a reader assumes.
        if default is not attr.NOTHING and default is not None and key in properties:
            assert properties[key].get("default", default) == default


def test_renames_are_still_needed() -> None:
    for (name, attribute), right in RENAMED.items():
        field = attr.fields_dict(CLASSES[name])[attribute]
        assert field.metadata["schema_property_name"] not in definition(name)["properties"]
        assert right in definition(name)["properties"]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (
            sarif_om.Result(message=sarif_om.Message(text="m")),
            {"message": {"text": "m"}, "kind": "fail", "level": "warning"},
        ),
        (sarif_om.ReportingConfiguration(), {"level": "warning"}),
        (sarif_om.Notification(message="m"), {"message": "m", "level": "warning"}),
        (sarif_om.Region(start_line=1, byte_offset=0), {"startLine": 1, "byteOffset": 0}),
        (sarif_om.Suppression(kind="inSource", state="accepted"), {"kind": "inSource", "status": "accepted"}),
        (sarif_om.Artifact(), {}),
        (sarif_om.ThreadFlowLocation(nesting_level=0, execution_order=-1), {"nestingLevel": 0}),
        ({"a": None, "b": [], "c": False, "d": (1.5, "x")}, {"b": [], "c": False, "d": [1.5, "x"]}),
    ],
)
def test_only_what_says_nothing_is_dropped(value: object, plain: object) -> None:
    assert plain_json(value) == plain


def test_text_is_json_in_utf_8_that_starts_with_the_schema(tmp_path: Path) -> None:
    text = to_json(sarif_om.SarifLog(runs=["größe 🦫"], version="2.1.0", schema_uri="https://example.org/"))
    assert list(json.loads(text)) == ["$schema", "version", "runs"]
    assert "größe 🦫" in text
    assert text.endswith("}\n")
    assert list(rendered(empty_report(tmp_path)))[:2] == ["$schema", "version"]
