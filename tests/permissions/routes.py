"""Every address of the product, found by walking the URL configuration."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
FILLINGS = {"pk": "999999", "int": "999999", "code": "none", "number": "none"}


@dataclass(frozen=True)
class Route:
    """An address: its name with its namespaces, and a path on which nothing is to be found."""

    name: str
    path: str
    view: Any

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def methods(self) -> dict[str, str]:
        """What the view declares itself, by method; empty for the views of libraries."""
        holder = getattr(self.view, "cls", self.view)
        declared = getattr(holder, "permissions", None) or {}
        return {method: declared[method] for method in METHODS if method in declared}


def routes() -> list[Route]:
    """Return every route, in the order of the configuration."""
    return list(_walk(get_resolver(), "/", ()))


def _walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = prefix + _filled(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            name = ":".join((*spaces, pattern.name or pattern.lookup_str))
            yield Route(name, path, pattern.callback)
        else:
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern, path, inner)


def _filled(pattern: str) -> str:
    """Put something that does not exist in the place of each parameter."""
    found = re.sub(
        r"<(?:(\w+):)?(\w+)>",
        lambda match: FILLINGS.get(match[2]) or FILLINGS.get(match[1] or "") or "none",
        pattern,
    )
    return found.removeprefix("^").removesuffix("$").replace("\\Z", "")
