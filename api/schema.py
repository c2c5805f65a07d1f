"""What is the same for every operation of the schema: problems, examples, what ends."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import get_resolver

from api.contract.deprecations import mark
from api.contract.examples import example
from api.contract.places import below, problems_of
from api.contract.promises import METHODS, PREFIX
from api.problem_list import PROBLEMS
from api.problems import MEDIA_TYPE

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; see /api/v1/problems/."},
        "detail": {"type": "string", "description": "In the language of Accept-Language."},
        "instance": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
SMALL = 4  # properties of an object that is not worth a name
JSON = "application/json"
KEY = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")


def complete(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """Name what is said often, mark what ends, and tell each operation's problems and examples."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    mark(result, _route_names())
    components["responses"] = _with_problems(result)
    components["schemas"] |= _named(result)
    _with_examples(result)
    return result


def _route_names() -> dict[str, str]:
    """The names of our routes by their address in the schema."""
    patterns = get_resolver("api.urls").url_patterns
    return {f"{PREFIX}/{_braced(each)}": each.name for each in patterns}


def _braced(pattern: Any) -> str:
    """``returns/<str:key>/`` as ``returns/{key}/``."""
    return KEY.sub(r"{\g<1>}", str(pattern.pattern))


def _operations(result: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in result["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield method.upper(), path, operation


def _with_problems(result: Mapping[str, Any]) -> dict[str, Any]:
    """Give every operation its problems; return the answers they share, by name."""
    meanings = {code: meaning for code, _status, meaning in PROBLEMS}
    shared: dict[tuple[int, tuple[str, ...]], str] = {}
    count: Counter[int] = Counter()
    for method, path, operation in _operations(result):
        by_status: dict[int, list[str]] = {}
        for status, code in problems_of(method, below(path), operation):
            by_status.setdefault(status, []).append(code)
        for status, codes in sorted(by_status.items()):
            key = status, tuple(codes)
            if key not in shared:
                count[status] += 1
                shared[key] = f"Problem{status}{'' if count[status] == 1 else f'_{count[status]}'}"
            reference = {"$ref": f"#/components/responses/{shared[key]}"}
            operation["responses"].setdefault(str(status), reference)
    return {
        name: _answer(status, {code: meanings[code] for code in codes})
        for (status, codes), name in shared.items()
    }


def _answer(status: int, codes: Mapping[str, Any]) -> dict[str, Any]:
    """A problem (RFC 9457) with one of these codes; each code has its example."""
    schema = {
        "allOf": [
            {"$ref": "#/components/schemas/Problem"},
            {"type": "object", "properties": {"code": {"enum": list(codes)}}},
        ]
    }
    examples = {
        code: {
            "summary": f"{text.en} {text.zh}",
            "value": {
                "type": f"/api/v1/problems/#{code}",
                "title": code.replace("-", " "),
                "status": status,
                "code": code,
                "detail": f"{text.zh}。",
            },
        }
        for code, text in codes.items()
    }
    words = "; ".join(f"`{code}` {text.en}" for code, text in codes.items())
    return {"description": words, "content": {MEDIA_TYPE: {"schema": schema, "examples": examples}}}


def _contents(operation: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], bool]]:
    """The JSON contents of an operation, and whether each is an answer."""
    body = operation.get("requestBody", {}).get("content", {}).get(JSON)
    if body:
        yield body, False
    for status, answer in operation["responses"].items():
        content = answer.get("content", {}).get(JSON)
        if content and status.startswith("2"):
            yield content, True


def _named(result: Mapping[str, Any]) -> dict[str, Any]:
    """Turn objects that stand in several places into references; return them by name."""
    seen: Counter[str] = Counter()
    base: dict[str, str] = {}
    for _method, _path, operation in _operations(result):
        for content, answered in _contents(operation):
            title = "".join(part.capitalize() for part in operation["tags"][0].split("-"))
            for each in _objects(content["schema"]):
                text = json.dumps(each, ensure_ascii=False, sort_keys=True)
                seen[text] += 1
                base.setdefault(text, title if answered else f"{title}Body")
    names: dict[str, str] = {}
    for text, number in seen.items():
        if number > 1:
            same = sum(base[text] == base[other] for other in names)
            names[text] = f"{base[text]}{same + 1 if same else ''}"
    for _method, _path, operation in _operations(result):
        for content, _answered in _contents(operation):
            content["schema"] = _referring(content["schema"], names)
    return {
        name: {
            key: _referring(value, names) if isinstance(value, dict | list) else value
            for key, value in json.loads(text).items()
        }
        for text, name in names.items()
    }


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if len(schema.get("properties") or ()) >= SMALL and "type" in schema:
            yield schema
        for each in schema.values():
            yield from _objects(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _objects(each)


def _referring(schema: Any, names: Mapping[str, str]) -> Any:
    if isinstance(schema, list):
        return [_referring(each, names) for each in schema]
    if not isinstance(schema, dict):
        return schema
    name = names.get(json.dumps(schema, ensure_ascii=False, sort_keys=True))
    if name:
        return {"$ref": f"#/components/schemas/{name}"}
    return {key: _referring(each, names) for key, each in schema.items()}


def _with_examples(result: Mapping[str, Any]) -> None:
    for _method, _path, operation in _operations(result):
        for content, _answered in _contents(operation):
            content.setdefault("example", example(content["schema"], result))
