"""Remarks as JSON: what is odd about a record, with its rule, in the caller's language."""

from typing import Any

from api.acts import fields_schema
from api.declaration import said
from core.rules.remarks import Remark
from core.text import Text

REMARKS = {
    "type": "array",
    "description": "What is odd on the day; it stops nothing. Empty: nothing is.",
    "items": fields_schema(
        ("code", "message", "rule"), code="string", message="string", rule="string"
    ),
}


def remark_json(remark: Remark) -> dict[str, Any]:
    """A remark; ``rule`` is the document or parameter by which it is judged, if any."""
    rule = said(remark.rule) if isinstance(remark.rule, Text) else remark.rule
    return {"code": remark.code, "message": said(remark.message), "rule": rule}
