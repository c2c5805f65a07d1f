"""Examples of requests and answers, made from their schemas."""

import re
from collections.abc import Mapping
from typing import Any

from api.contract.promises import resolved

FORMATS = {
    "date": "2012-06-30",
    "date-time": "2012-07-20T09:00:00+08:00",
    "decimal": "1234.50",
    "uri": "https://tracker.example/api/v1/institutions/?cursor=bz0xMDA",
    "uri-reference": "/api/v1/institutions/DEMO-B001/",
}
NAMES = {
    "code": "DEMO-B001",
    "key": "DEMO-B001",
    "name": "演示东方银行",
    "institution": "DEMO-B001",
    "institution_name": "演示东方银行",
    "enterprise": "DEMO-EN-000001",
    "prefecture": "440100",
    "prefecture_name": "广州市",
    "county": "440183",
    "region": "delta",
    "region_label": "珠三角",
    "period": "2012-06",
    "note": "",
    "void_reason": "",
    "change_reason": "更正登记错误",
    "reason": "材料不齐",
    "document_number": "粤金〔2012〕38号",
    "report": "coverage",
    "item": "440100",
    "value": "61.90",
    "resource": "institutions",
    "next": "eyJwIjogMTIwfQ",
    "url": "/api/v1/institutions/DEMO-B001/",
}
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CHINESE = re.compile(r"[\u4e00-\u9fff][^.;]*$")


def example(schema: Mapping[str, Any], whole: Mapping[str, Any], name: str = "") -> Any:
    """A value that the schema allows, and that somebody could have sent."""
    if "$ref" in schema:
        return example(resolved(schema["$ref"], whole), whole, name)
    for joint in ("oneOf", "anyOf"):
        if joint in schema:
            return example(schema[joint][0], whole, name)
    if "enum" in schema:
        return next((each for each in schema["enum"] if each), schema["enum"][0])
    if "const" in schema:
        return schema["const"]
    given = schema.get("type", "object")
    kind = given if isinstance(given, str) else next(each for each in given if each != "null")
    if kind == "object":
        found = schema.get("properties", {}).items()
        return {key: example(each, whole, key) for key, each in found}
    if kind == "array":
        items = schema.get("items")
        return [example(items, whole, name)] if items else []
    return _plain(schema, kind, name)


def _plain(schema: Mapping[str, Any], kind: str, name: str) -> Any:
    if kind == "integer":
        return max(1 if name in ("id", "version") else 12, schema.get("minimum", 0))
    if kind == "number":
        return 12.5
    if kind == "boolean":
        return False
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    if "sha256" in name:
        return SHA256
    if name in NAMES:
        return NAMES[name]
    if name.endswith(("_at", "_on", "_from", "_to")):
        return FORMATS["date-time" if name.endswith("_at") else "date"]
    said = CHINESE.search(schema.get("description", ""))
    return said.group() if said else name.replace("_", " ")
