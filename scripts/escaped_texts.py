"""Chinese that a reader of the English pages would meet: texts that nobody wrapped."""

import ast
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.template.base import Lexer, TokenType

CHINESE = re.compile(r"[\u3400-\u9fff]")
FULL_WIDTH = re.compile(r"[\u3400-\u9fff（）：，；。]")  # templates: brackets and colons too
ENGLISH = re.compile(r"[A-Za-z{]")
QUIET_CALLS = {"Text", "removesuffix", "replace", "split", "compile"}  # declared twice; parsing
# Files and folders whose Chinese is no text of the interface, and why.
NO_INTERFACE = {
    "api/describe.py": "units in the OpenAPI description are those of the data",
    "api/views/": "summaries in the OpenAPI description are in both languages at once",
    "core/tasks.py": "a job's message is kept, in both languages at once",
    "core/tabular/formats.py": "takes the language as an argument",
    "config/": "formats and names of the languages themselves",
    "core/models/calendar.py": "a period prints Chinese; core.naming gives its English",
    "core/naming.py": "the table from Chinese units to English ones",
    "core/operations/reference.py": "reads the Chinese of the reference data",
    "finance/rules/goals.py": "units of goals; core.naming gives their English",
    "reports/demo/": "invented names and remarks of the demonstration",
    "returns/forms/declaration.py": "units of measures; core.naming gives their English",
    "returns/forms/documentation.py": "writes one document in both languages at once",
    "returns/workbook/look.py": "the name of a font",
    "templates/500.html": "cannot translate when nothing works; says it in both languages",
}
# Chinese that is the same in both languages, and why.
SAME_IN_BOTH = {
    ("core/operations/imports.py", "市"): "the end of a prefecture's name",
    ("returns/intake/payload.py", "不是 JSON（"): "stands beside its English",
    ("reports/coverage/tables.py", "网点"): "stands beside its English",
    ("reports/loans/content.py", "家"): "the Chinese half of a sentence",
    ("reports/loans/content.py", "等"): "the Chinese half of a sentence",
    ("finance/operations/village_banks.py", "示例银行"): "an example in the workbook",
    ("finance/operations/village_banks.py", "县（市）"): "an example in the workbook",
    ("returns/workbook/guide.py", "说明"): "the sheet's name, by which the reader finds it",
    ("reports/pdf.py", "一二三四五六七八九十"): "numerals of Chinese headings only",
    ("reports/operations/publishing.py", "（截至"): "titles of publications stay as published",
    ("returns/forms/sme_loans.py", "贷款明细"): "the name of a sheet",
    ("returns/forms/sme_loans.py", "各项贷款"): "the name of a sheet",
    ("returns/forms/sme_loans.py", "参照银监会 S63 表填报说明（月后7日内）"): "a source's name",
    ("returns/forms/schema.py", "机构编码"): "the API's schema carries the Chinese label",
    ("templates/base.html", "融"): "the product's mark",
    ("templates/base.html", "中文"): "the language's own name",
}


def wrappers(tree: ast.AST) -> dict[str, str]:
    """Return the names that a module gives to functions of ``django.utils.translation``."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            found |= {each.asname or each.name: each.name for each in node.names}
    return {name: meaning for name, meaning in found.items() if "gettext" in meaning}


def python_texts(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of Chinese literals that a reader might meet untranslated."""
    tree = ast.parse(text)
    quiet: set[int] = set()
    known = QUIET_CALLS | set(wrappers(tree))
    for node in ast.walk(tree):
        for each in _quiet_parts(node, known):
            quiet.update(id(inner) for inner in ast.walk(each))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in quiet
            and CHINESE.search(node.value)
        ):
            yield node.lineno, node.value


def _quiet_parts(node: ast.AST, known: set[str]) -> Iterator[ast.AST]:
    """Parts that are wrapped, parsed, compared, docstrings, or stand beside their English."""
    if isinstance(node, ast.Call):
        if getattr(node.func, "id", getattr(node.func, "attr", "")) in known:
            yield node
        yield from _beside_english(node.args)
        yield from (each.value for each in node.keywords if each.arg in ("zh", "example"))
    elif isinstance(node, ast.Tuple | ast.List):
        yield from _beside_english(node.elts)
    elif isinstance(node, ast.Compare) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ):
        yield node
    elif isinstance(node, ast.Assign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [getattr(each, "id", "") for each in targets]
        if names == ["zh"] or all("DEFAULT" in name or "PATTERN" in name for name in names):
            yield node.value


def _beside_english(parts: list[ast.expr]) -> Iterator[ast.expr]:
    """Literals followed by a literal without Chinese: (Chinese, English, …)."""
    for first, second in itertools.pairwise(parts):
        words = "".join(
            each.value
            for each in ast.walk(second)
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )
        literal = isinstance(second, ast.Constant | ast.JoinedStr)
        if literal and ENGLISH.search(words) and not CHINESE.search(words):
            yield first


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
            rest = re.sub(r"""_\((["']).*?\1\)|==\s*(["']).*?\2""", "", token.contents)
            if FULL_WIDTH.search(rest):
                yield token.lineno, " ".join(rest.split())


def escaped(paths: Iterable[Path], root: Path) -> list[str]:
    """Return one line for each text that shows Chinese whatever the language."""
    lines = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        if path.name == "apps.py" or any(name.startswith(prefix) for prefix in NO_INTERFACE):
            continue
        read = python_texts if path.suffix == ".py" else template_texts
        for number, text in read(path.read_text(encoding="utf-8")):
            left = text
            for place, same in SAME_IN_BOTH:
                left = left.replace(same, "") if place == name else left
            if (FULL_WIDTH if path.suffix == ".html" else CHINESE).search(left):
                lines.append(f"not wrapped: {name}:{number}: {text[:80]!r}")
    return lines
