"""What no page may contain: foreign addresses, and code or style written into the page."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OURS = [
    path
    for path in sorted((ROOT / "static").rglob("*"))
    if path.suffix in (".js", ".css", ".svg", ".html") and "vendor" not in path.parts
]
FOREIGN = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
FORBIDDEN = {
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES + OURS, ids=shown)
def test_no_file_of_ours_names_a_foreign_host(path: Path) -> None:
    assert FOREIGN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_no_template_breaks_the_content_security_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_the_patterns_catch_what_they_are_for() -> None:
    bad = [
        '<a onclick="x()">',
        '<p style="color:red">',
        "<style>",
        "<script>x()</script>",
        '<a href="javascript:x">',
    ]
    for pattern, text in zip(FORBIDDEN.values(), bad, strict=True):
        assert pattern.search(text)
    assert FOREIGN.search('<script src="https://cdn.example.com/x.js">')
    assert FOREIGN.search('<link href="//cdn.example.com/x.css">')


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'id="([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    used = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert used
    assert used - sprite == set()


def test_every_icon_of_the_menu_is_in_the_sprite() -> None:
    from core.navigation import MENU

    sprite = set(re.findall(r'id="([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    assert {item[2] for _, items in MENU for item in items} - sprite == set()


def test_every_vendored_library_carries_its_licence() -> None:
    folders = [path for path in (ROOT / "static/vendor").iterdir() if path.is_dir()]
    assert folders
    assert [path.name for path in folders if not (path / "LICENSE").is_file()] == []
