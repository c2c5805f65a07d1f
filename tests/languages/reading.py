"""Reading the pages as a person does: by their links, and only what they say."""

import re
from collections.abc import Iterator, Set
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import resolve

SILENT = {"script", "style", "template"}
SPOKEN = {"title", "alt", "placeholder", "aria-label", "value"}
PAGES_OF_A_KIND = 2  # the second institution says nothing that the first does not


class Page(HTMLParser):
    """The words and links of a page; what is marked with another ``lang`` is left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._quiet: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        foreign = "lang" in found and tag not in ("html", "body")
        if tag in SILENT or foreign or (self._quiet and tag == self._quiet[0]):
            self._quiet.insert(0, tag)
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if not self._quiet:
            self.words += [
                value
                for name, value in found.items()
                if (name in SPOKEN and not (name == "value" and tag == "option"))
                or name.startswith("data-")
            ]

    def handle_endtag(self, tag: str) -> None:
        if self._quiet and tag == self._quiet[0]:
            self._quiet.pop(0)

    def handle_data(self, data: str) -> None:
        if not self._quiet and data.strip():
            self.words.append(" ".join(data.split()))


def walk(
    client: Client, *starts: str, kinds: dict[Any, int] | None = None, once: Set[str] = frozenset()
) -> Iterator[tuple[str, Page]]:
    """Yield address and page of everything that the links of ``starts`` lead to.

    ``kinds`` counts the pages of a kind; given again, the next walk goes on where it ended.
    Of the pages called ``once`` one is enough.
    """
    waiting, seen = list(starts), set(starts)
    kinds = {} if kinds is None else kinds
    while waiting:
        address = waiting.pop(0)
        response = client.get(address)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if not is_page or 300 <= response.status_code < 400:
            continue
        page = Page(response.content.decode())
        yield address, page
        for link in page.links:
            target = urljoin(address, link)
            parts = urlsplit(target)
            if parts.netloc or parts.scheme or parts.path.startswith(("/api/", "/static/")):
                continue
            target = re.sub(r"#.*", "", target)
            if target in seen or "export=" in target:
                continue
            seen.add(target)
            name = resolve(parts.path).view_name
            kind = (name, bool(parts.query))
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] <= (1 if name in once else PAGES_OF_A_KIND):
                waiting.append(target)
