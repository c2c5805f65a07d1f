"""The contract as it is kept: ``docs/api-contract.json``, and the breaks that were declared.

In the file a shape that stands in several places is written once, under ``shapes``, and called
by ``@name``; names mean nothing and may change.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator

from api.contract.promises import Promise, breaks, promises

CONTRACT = settings.BASE_DIR / "docs" / "api-contract.json"
DECLARED = settings.BASE_DIR / "docs" / "api-breaks.toml"
SMALL = 4  # names of an object that is not worth a shape of its own


def promised_now() -> dict[str, dict[str, Promise]]:
    """What the code promises."""
    return promises(SchemaGenerator().get_schema(request=None, public=True))


def promised() -> dict[str, dict[str, Promise]]:
    """What the kept contract promises."""
    kept = json.loads(CONTRACT.read_text(encoding="utf-8"))
    return {name: _expanded(each, kept["shapes"]) for name, each in kept["operations"].items()}


def undeclared() -> list[str]:
    """The breaks between contract and code that nobody declared."""
    declared = {each["what"] for each in declared_breaks()}
    return [each for each in breaks(promised(), promised_now()) if each not in declared]


def declared_breaks() -> list[dict[str, Any]]:
    """What was broken on purpose: ``what``, ``since``, ``why``, ``instead``."""
    return tomllib.loads(DECLARED.read_text(encoding="utf-8")).get("break", [])


def written(now: Mapping[str, dict[str, Promise]]) -> str:
    """The text of the contract file."""
    shapes = _shared(now)
    named = {text: name for name, text in shapes.items()}
    kept = {
        "shapes": {
            name: {key: _called(each, named) for key, each in json.loads(text).items()}
            for name, text in sorted(shapes.items())
        },
        "operations": {name: _called(each, named) for name, each in sorted(now.items())},
    }
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def _shared(now: Mapping[str, dict[str, Promise]]) -> dict[str, str]:
    """Objects that stand in more than one place, by a name after the first."""
    seen: Counter[str] = Counter()
    first: dict[str, str] = {}

    def walk(found: Promise, place: str) -> None:
        if isinstance(found, list):
            walk(found[0], place)
        elif isinstance(found, dict):
            if len(found) >= SMALL:
                text = json.dumps(found, ensure_ascii=False)
                seen[text] += 1
                first.setdefault(text, place)
            for each in found.values():
                walk(each, place)

    for operation, each in sorted(now.items()):
        walk([each["answers"]], operation.split("/")[1])
        walk([each.get("body", {})], operation.split("/")[1])
    names: dict[str, str] = {}
    for text, number in seen.items():
        if number > 1:
            base = name = first[text]
            while name in names:
                name = f"{base}.{sum(each.split('.')[0] == base for each in names) + 1}"
            names[name] = text
    return names


def _called(found: Promise, named: Mapping[str, str]) -> Promise:
    if isinstance(found, list):
        return [_called(found[0], named)]
    if isinstance(found, dict):
        name = named.get(json.dumps(found, ensure_ascii=False))
        return f"@{name}" if name else {key: _called(each, named) for key, each in found.items()}
    return found


def _expanded(found: Promise, shapes: Mapping[str, Promise]) -> Promise:
    if isinstance(found, str):
        return _expanded(shapes[found[1:]], shapes) if found.startswith("@") else found
    if isinstance(found, list):
        return [_expanded(found[0], shapes)]
    return {key: _expanded(each, shapes) for key, each in found.items()}
