"""JSON Schema of a form's payload, for the API's description and its readers."""

from collections.abc import Mapping, Sequence
from typing import Any

from returns.forms.declaration import Dimension, Form, Measure, Table


def payload_schema(form: Form, codes: Mapping[str, Sequence[str]] | None = None) -> dict[str, Any]:
    """Return the schema of ``POST`` bodies; ``codes`` fills dimensions kept in the database."""
    return {
        "type": "object",
        "title": f"{form.code} {form.version} {form.title.zh}",
        "required": ["form", "version", "institution", "period", "tables"],
        "properties": {
            "form": {"type": "string", "const": form.code},
            "version": {"type": "string", "const": form.version},
            "institution": {"type": "string", "description": "机构编码"},
            "period": {"type": "string", "example": "2012-06"},
            "tables": {
                "type": "object",
                "required": [table.name for table in form.tables],
                "additionalProperties": False,
                "properties": {table.name: _table(table, codes or {}) for table in form.tables},
            },
        },
    }


def _table(table: Table, codes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {
        "type": "array",
        "title": table.title.zh,
        "description": table.title.en,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": [dimension.name for dimension in table.dimensions],
            "properties": {
                name: _dimension(each, codes) if isinstance(each, Dimension) else _measure(each)
                for name, each in table.columns.items()
            },
        },
    }


def _dimension(dimension: Dimension, codes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    known = list(dimension.codes) or list(codes.get(dimension.name, ()))
    found: dict[str, Any] = {
        "type": "string",
        "title": dimension.label.zh,
        "description": dimension.help.en,
    }
    return found | {"enum": known} if known else found


def _measure(measure: Measure) -> dict[str, Any]:
    if measure.is_integer:
        kind: dict[str, Any] = {"type": "integer"}
    else:
        kind = {"type": ["string", "number"], "format": "decimal"}
        kind["example"] = "0." + "0" * measure.scale
    limits = f"{measure.minimum}–{measure.maximum}"
    return kind | {
        "title": f"{measure.label.zh}（{measure.unit}）",
        "description": f"{measure.help.en} ({limits}, {measure.scale} decimals)",
    }
