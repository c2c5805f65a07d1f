"""Chinese that a reader of the English pages would meet: texts that nobody wrapped."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.template.base import Lexer, TokenType

CHINESE = re.compile(r"[\u3400-\u9fff]")
WRAPPERS = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "pgettext_lazy",
    "ngettext", "ngettext_lazy", "Text",
}  # fmt: skip
# Files whose Chinese is data or is declared in both languages, and why.
DATA_FILES: dict[str, str] = {}
# (file, text) pairs that are the same in both languages, and why.
SAME_IN_BOTH: dict[tuple[str, str], str] = {}


def python_texts(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of Chinese literals that are neither wrapped nor docstrings."""
    tree = ast.parse(text)
    quiet: set[int] = set()
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        bare = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if name in WRAPPERS or bare:
            quiet.update(id(each) for each in ast.walk(node))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in quiet
            and CHINESE.search(node.value)
        ):
            yield node.lineno, node.value


def template_texts(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of Chinese in a template outside translate tags and comments."""
    closing = ""
    for token in Lexer(text).tokenize():
        words = token.contents.split()
        tag = words[0] if token.token_type == TokenType.BLOCK and words else ""
        if closing:
            closing = "" if tag == closing else closing
        elif tag in ("blocktranslate", "blocktrans", "comment"):
            closing = f"end{tag}"
        elif token.token_type != TokenType.COMMENT and tag not in ("translate", "trans"):
            rest = re.sub(r"""_\((["']).*?\1\)""", "", token.contents)
            if CHINESE.search(rest):
                yield token.lineno, rest.strip()


def escaped(paths: Iterable[Path], root: Path) -> list[str]:
    """Return one line for each text that shows Chinese whatever the language."""
    lines = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        if any(name.startswith(prefix) for prefix in DATA_FILES):
            continue
        read = python_texts if path.suffix == ".py" else template_texts
        for number, text in read(path.read_text(encoding="utf-8")):
            if (name, text) not in SAME_IN_BOTH:
                lines.append(f"not wrapped: {name}:{number}: {text!r}")
    return lines
