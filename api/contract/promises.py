"""Promises of the interface: the schema without words, and what of an older one was broken.

A promise is nested plain data. An object is a dict (a trailing ``!`` marks a name that is
required), an array a list of one, anything else a text of its types: ``null|string:date``, with the
values allowed where they are listed: ``string{asc,desc}``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

PREFIX = "/api/v1"
METHODS = ("get", "post", "put", "patch", "delete")
Promise = Any  # dict, list or str
DEEPEST = 12  # of nested objects; ours go five deep


def promises(schema: Mapping[str, Any]) -> dict[str, dict[str, Promise]]:
    """What an OpenAPI schema promises, by ``METHOD /path/``."""
    return {
        f"{method.upper()} {path.removeprefix(PREFIX)}": _operation(operation, schema)
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def _operation(operation: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Promise]:
    found: dict[str, Promise] = {
        "asks": {
            f"{each['in']} {each['name']}{'!' if each.get('required') else ''}": _shape(
                each["schema"], schema
            )
            for each in operation.get("parameters", ())
        }
    }
    body = operation.get("requestBody")
    if body:
        found["body"] = {kind: _shape(c["schema"], schema) for kind, c in body["content"].items()}
    found["answers"] = {
        f"{status} {kind}": _shape(content.get("schema", {}), schema)
        for status, answer in operation["responses"].items()
        if status.startswith(("2", "3"))
        for kind, content in (answer.get("content") or {"": {}}).items()
    }
    return found


def _shape(found: Mapping[str, Any], schema: Mapping[str, Any], depth: int = 0) -> Promise:
    if depth > DEEPEST:
        return "any"
    if "$ref" in found:
        return _shape(resolved(found["$ref"], schema), schema, depth)
    for joint in ("oneOf", "anyOf"):
        if joint in found:
            shapes = [_shape(each, schema, depth + 1) for each in found[joint]]
            return "|".join(sorted(each if isinstance(each, str) else "object" for each in shapes))
    if found.get("properties"):
        required = found.get("required", ())
        return {
            f"{name}{'!' if name in required else ''}": _shape(each, schema, depth + 1)
            for name, each in found["properties"].items()
        }
    if found.get("type") == "array":
        return [_shape(found.get("items", {}), schema, depth + 1)]
    return _plain(found)


def _plain(found: Mapping[str, Any]) -> str:
    given = found.get("type", "any")
    form = f":{found['format']}" if "format" in found else ""
    kinds = [given] if isinstance(given, str) else given
    text = "|".join(sorted(f"{each}{form if each == 'string' else ''}" for each in kinds))
    values = found.get("enum") or ([found["const"]] if "const" in found else None)
    return f"{text}{{{','.join(sorted(map(str, values)))}}}" if values else text


def resolved(reference: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What ``#/components/…`` stands for."""
    found: Any = schema
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


def breaks(
    old: Mapping[str, dict[str, Promise]], new: Mapping[str, dict[str, Promise]]
) -> Iterator[str]:
    """What callers of ``old`` would miss in ``new``, a line each. What is added breaks nothing."""
    for operation, before in old.items():
        after = new.get(operation)
        if after is None:
            yield f"{operation}: gone"
            continue
        yield from _asked(f"{operation} asks", before["asks"], after["asks"])
        for kind, body in before.get("body", {}).items():
            now = after.get("body", {})
            if kind not in now:
                yield f"{operation} body {kind}: no longer read"
            else:
                yield from _asked(f"{operation} body", body, now[kind])
        for answer, shape in before["answers"].items():
            if answer not in after["answers"]:
                yield f"{operation} answers {answer}: gone"
            else:
                yield from _told(f"{operation} answers", shape, after["answers"][answer])


def _asked(place: str, old: Promise, new: Promise) -> Iterator[str]:
    """What may be sent: nothing may be refused or demanded that was not before."""
    if isinstance(old, dict) and isinstance(new, dict):
        before, after = _bare(old), _bare(new)
        for name, (shape, _) in before.items():
            if name not in after:
                yield f"{place} {name}: no longer known"
            else:
                yield from _asked(f"{place} {name}", shape, after[name][0])
        for name, (_, required) in after.items():
            if required and not before.get(name, ("", False))[1]:
                yield f"{place} {name}: now required"
    elif isinstance(old, list) and isinstance(new, list):
        yield from _asked(f"{place}[]", old[0], new[0])
    elif isinstance(old, str) and isinstance(new, str):
        yield from _narrower(place, old, new, "no longer taken")
    elif new != "any":
        yield f"{place}: another kind of value"


def _told(place: str, old: Promise, new: Promise) -> Iterator[str]:
    """What is answered: nothing may be missing or of a kind that was not told before."""
    if isinstance(old, dict) and isinstance(new, dict):
        before, after = _bare(old), _bare(new)
        for name, (shape, required) in before.items():
            if name not in after:
                yield f"{place} {name}: gone"
                continue
            if required and not after[name][1]:
                yield f"{place} {name}: no longer always there"
            yield from _told(f"{place} {name}", shape, after[name][0])
    elif isinstance(old, list) and isinstance(new, list):
        yield from _told(f"{place}[]", old[0], new[0])
    elif isinstance(old, str) and isinstance(new, str):
        kinds = _kinds(new) - _kinds(old)
        if kinds and "any" not in _kinds(old):
            yield f"{place}: may now be {', '.join(sorted(kinds))}"
    elif old != "any" and not (old == "object" and isinstance(new, dict)):
        yield f"{place}: another kind of value"


def _narrower(place: str, old: str, new: str, said: str) -> Iterator[str]:
    lost = _kinds(old) - _kinds(new)
    if lost and "any" not in _kinds(new):
        yield f"{place}: {', '.join(sorted(lost))} {said}"
    before, after = _values(old), _values(new)
    if after is not None and before is None:
        yield f"{place}: now only {', '.join(sorted(after))}"
    elif after is not None and before is not None and before - after:
        yield f"{place}: {', '.join(sorted(before - after))} {said}"


def _bare(found: Mapping[str, Promise]) -> dict[str, tuple[Promise, bool]]:
    return {name.removesuffix("!"): (shape, name.endswith("!")) for name, shape in found.items()}


def _kinds(text: str) -> set[str]:
    return set(text.partition("{")[0].split("|"))


def _values(text: str) -> set[str] | None:
    _, brace, rest = text.partition("{")
    return set(rest.removesuffix("}").split(",")) if brace else None
