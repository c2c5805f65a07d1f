"""Collect the texts of the interface, compile their English, and find texts that escaped.

    python scripts/messages.py           write locale/en/LC_MESSAGES/django.po and .mo
    python scripts/messages.py --check   write nothing; exit 1 and say what is wrong

Message ids are Chinese. GNU gettext is not needed: Python is read by its syntax tree,
templates by Django's own reader, and the catalogue is written and compiled with polib.
"""

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.escaped_texts import OFFICIAL_NUMBER, escaped, wrappers  # noqa: E402

APPS = ("core", "finance", "guarantees", "listings", "returns", "plan", "reports", "api", "config")
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
CORRECTIONS = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"  # written by hand
# argument positions of (context, singular, plural) in each function
FUNCTIONS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%%|%[sdf]|\{\w*(?::[^}]*)?\}")
CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")

Key = tuple[str | None, str, str | None]  # context, msgid, plural


def sources() -> Iterator[Path]:
    """Yield every Python file of the apps and every template, in a fixed order."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
    for folder in (ROOT / "templates", *(ROOT / app / "templates" for app in APPS)):
        for pattern in ("*.html", "*.txt"):
            yield from sorted(folder.rglob(pattern))


def python_messages(text: str) -> Iterator[Key]:
    """Yield the literal messages that a Python module hands to gettext."""
    tree = ast.parse(text)
    local = wrappers(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        name = local.get(name, name)
        if name in FUNCTIONS:
            words = [
                arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None
                for arg in node.args
            ]
            yield from _key(name, words)


def template_messages(text: str) -> Iterator[Key]:
    """Yield the messages of a template, with ``{{ name }}`` as ``%(name)s``."""
    from django.utils.translation.template import templatize

    for call in TEMPLATE_CALL.finditer(templatize(text)):
        words = [ast.literal_eval(each) for each in re.findall(STRING, call[2])]
        yield from _key("gettext" if call[1] == "_" else call[1], words)


def _key(name: str, words: list[str | None]) -> Iterator[Key]:
    context, singular, plural = (
        words[place] if place is not None and place < len(words) else None
        for place in FUNCTIONS[name]
    )
    if singular:
        yield context, singular, plural


def collect() -> dict[Key, set[str]]:
    """Return every message of the interface with the files that show it."""
    found: dict[Key, set[str]] = defaultdict(set)
    for path in sources():
        text = path.read_text(encoding="utf-8")
        read = python_messages if path.suffix == ".py" else template_messages
        for key in read(text):
            found[key].add(path.relative_to(ROOT).as_posix())
    return found


def build(found: dict[Key, set[str]], known: polib.POFile) -> polib.POFile:
    """Return the catalogue of ``found``, keeping known translations and dropping the rest."""
    earlier = {(entry.msgctxt, entry.msgid): entry for entry in known}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "sme-financing-tracker",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for context, singular, plural in sorted(found, key=lambda key: (key[1], key[0] or "")):
        before = earlier.get((context, singular))
        entry = polib.POEntry(msgid=singular, msgctxt=context, msgid_plural=plural or "")
        entry.occurrences = [(path, "") for path in sorted(found[context, singular, plural])]
        if plural:
            entry.msgstr_plural = dict(before.msgstr_plural) if before else {0: "", 1: ""}
        elif before:
            entry.msgstr = before.msgstr
        if PLACEHOLDER.search(singular):
            entry.flags = [
                "python-brace-format" if re.search(r"\{\w*", singular) else "python-format"
            ]
        catalogue.append(entry)
    return catalogue


def faults(catalogue: polib.POFile) -> Iterator[str]:
    """Yield what is wrong with the English of each message."""
    for entry in catalogue:
        english = list(entry.msgstr_plural.values()) or [entry.msgstr]
        if not all(english):
            yield f"no English: {entry.msgid!r} ({entry.occurrences[0][0]})"
            continue
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        if any(sorted(PLACEHOLDER.findall(each)) != wanted for each in english):
            yield f"placeholders differ: {entry.msgid!r} -> {english[0]!r}"
        if any(CHINESE.search(OFFICIAL_NUMBER.sub("", each)) for each in english):
            yield f"Chinese in the English: {entry.msgid!r} -> {english[0]!r}"


def problems(found: dict[Key, set[str]]) -> list[str]:
    """Return everything that ``--check`` holds against the catalogue in the repository."""
    known = polib.pofile(str(CATALOGUE), wrapwidth=0)
    wanted = build(found, known)
    listed = {(entry.msgctxt, entry.msgid) for entry in known}
    lines = [
        f"not in the catalogue (run `make messages`): {singular!r} ({min(found[key])})"
        for key in sorted(found, key=str)
        for context, singular, _plural in [key]
        if (context, singular) not in listed
    ]
    lines += faults(
        polib.POFile(entry for entry in wanted if (entry.msgctxt, entry.msgid) in listed)
    )
    lines += [
        f"no longer used (run `make messages`): {msgid!r}"
        for context, msgid in sorted(listed - {key[:2] for key in found}, key=str)
    ]
    for source in (CATALOGUE, CORRECTIONS):
        target = source.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != compiled(source):
            lines.append(f"{target.relative_to(ROOT)} is stale (run `make messages`)")
    return lines


def compiled(source: Path) -> bytes:
    """Return the binary catalogue of a ``.po`` file: the same file gives the same bytes."""
    return polib.pofile(str(source), wrapwidth=0).to_binary()


def write(found: dict[Key, set[str]]) -> polib.POFile:
    """Write and compile the catalogue, and return it."""
    known = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    catalogue = build(found, known)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    for source in (CATALOGUE, CORRECTIONS):
        source.with_suffix(".mo").write_bytes(compiled(source))
    return catalogue


def main() -> int:
    """Write the catalogue or check it; the exit status says whether something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say what is wrong")
    only_check = parser.parse_args().check
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True, SECRET_KEY="-", TEMPLATES=[])
        django.setup()
    found = collect()
    lines = problems(found) if only_check else list(faults(write(found)))
    lines += escaped(sources(), ROOT)
    report = sys.stderr if lines else sys.stdout
    report.write("".join(f"{line}\n" for line in lines))
    report.write(f"{len(found)} texts of the interface, {len(lines)} problems\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
