"""Chinese that a reader of the English pages would meet: texts that nobody wrapped."""

import ast
import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.template.base import Lexer, TokenType

CHINESE = re.compile(r"[\u3400-\u9fff]")
OFFICIAL_NUMBER = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕[A-Z]*\d+号")  # the same in both languages
FULL_WIDTH = re.compile(r"[\u3400-\u9fff（）：，；。]")  # templates: brackets and colons too
ENGLISH = re.compile(r"[A-Za-z{]")
# Declared in both languages; parsing.
QUIET_CALLS = {"Text", "removesuffix", "replace", "split", "compile", "fullmatch"}
# Named arguments whose Chinese is data, and why.
DATA_ARGUMENTS = {
    "zh": "stands beside its English",
    "example": "what a file may hold; the words of choices have their English",
    "examples": "the same, by field: imports say the words of choices in the reader's language",
    "sheet": "a sheet's name, by which the workbook is read back",
}
UNIT_NAMES = re.compile(r"(^|_)units?$", re.IGNORECASE)  # unit=, ROOM_UNITS: see core.naming
NAMING = Path(__file__).resolve().parent.parent / "core" / "naming.py"
# Files and folders whose Chinese is no text of the interface, and why.
NO_INTERFACE = {
    "api/contract/examples.py": "invented data of examples",
    "api/describe.py": "units in the OpenAPI description are those of the data",
    "api/views/": "summaries in the OpenAPI description are in both languages at once",
    "core/tasks.py": "a job's message is kept, in both languages at once",
    "core/tabular/formats.py": "takes the language as an argument",
    "config/": "formats and names of the languages themselves",
    "core/models/calendar.py": "a period prints Chinese; core.naming gives its English",
    "core/naming.py": "the table from Chinese units to English ones",
    "core/operations/reference.py": "reads the Chinese of the reference data",
    "finance/rules/goals.py": "units of goals; core.naming gives their English",
    "plan/queries/first_draft.py": "an official text is Chinese in either language",
    "reports/demo/": "invented names and remarks of the demonstration",
    "reports/letter.py": "an official text is Chinese in either language",
    "reports/numerals.py": "Chinese numerals stand in Chinese headings only",
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
    ("plan/registers/consolidated_reports.py", "正文第"): "the Chinese half of a sentence",
    ("plan/registers/consolidated_reports.py", "行的"): "the Chinese half of a sentence",
    ("finance/rules/holders.py", "万元"): "UNITS gives its English",
    ("finance/rules/holders.py", "主发起人"): "the Chinese half of a sentence",
    ("finance/rules/holders.py", "人"): "UNITS gives its English",
    ("finance/rules/microloan_companies.py", "小额贷款有限公司"): "how a legal name ends",
    ("finance/rules/microloan_companies.py", "小额贷款有限责任公司"): "how a legal name ends",
    ("finance/rules/microloan_companies.py", "小额贷款股份有限公司"): "how a legal name ends",
    ("finance/rules/microloan_companies.py", "或"): "the Chinese half of a sentence",
    ("reports/microloan/lineage.py", "，优质企业"): "the Chinese half of a sentence",
    ("core/models/delegations.py", "广东省金融办"): "an authority's name, kept as data",
    ("finance/operations/microloan_companies.py", "改制为村镇银行"): "stands beside its English",
    ("guarantees/operations/cases.py", "分担条款冻结"): "stands beside its English",
    ("listings/operations/enterprises.py", "企业变更"): "stands beside its English",
    ("listings/operations/notes.py", "广东省"): "part of a note's official name, kept as data",
    ("listings/operations/notes.py", "集合票据"): "part of a note's official name",
    ("listings/operations/notes.py", "集合债券"): "part of a note's official name",
    ("listings/operations/notes.py", "集合信托"): "part of a note's official name",
    ("listings/operations/reference.py", "默认设置（以本省文件为准）"): "stands beside its English",
    ("listings/operations/stages.py", "批次对应关系"): "stands beside its English",
    ("listings/operations/stages.py", "批次名称"): "stands beside its English",
    ("listings/rules/notes.py", "〇一二三四五六七八九"): "numerals of a note's official name",
    ("listings/rules/notes.py", "十"): "a numeral of a note's official name",
    ("listings/rules/notes.py", "区域集优"): "part of a note's official name",
    ("listings/rules/notes.py", "中小企业"): "part of a note's official name",
    ("listings/rules/notes.py", "年度第"): "part of a note's official name",
    ("listings/rules/notes.py", "期"): "part of a note's official name",
    ("listings/rules/notes.py", "次"): "UNITS gives its English",
    ("returns/workbook/guide.py", "说明"): "the sheet's name, by which the reader finds it",
    ("reports/operations/publishing.py", "（截至"): "titles of publications stay as published",
    ("returns/forms/schema.py", "机构编码"): "the API's schema carries the Chinese label",
    ("templates/base.html", "融"): "the product's mark",
    ("templates/base.html", "中文"): "the language's own name",
}


# Chinese that an English half may hold: names of documents and of what is looked for.
NAMES_IN_ENGLISH = re.compile("证监会令第63号|七部委令2010年第3号|银监统临|“村镇银行”")


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


def english_halves(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of what is declared as English and has Chinese in it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
            for half in node.args[1:2]:
                words = "".join(
                    each.value
                    for each in ast.walk(half)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                )
                if CHINESE.search(NAMES_IN_ENGLISH.sub("", OFFICIAL_NUMBER.sub("", words))):
                    yield node.lineno, words


def _quiet_parts(node: ast.AST, known: set[str]) -> Iterator[ast.AST]:
    """Parts that are wrapped, parsed, compared, data, docstrings, or beside their English."""
    yield from _units_of(node)
    if isinstance(node, ast.Call):
        if getattr(node.func, "id", getattr(node.func, "attr", "")) in known:
            yield node
        yield from _beside_english(node.args)
        yield from (each.value for each in node.keywords if each.arg in DATA_ARGUMENTS)
    elif isinstance(node, ast.Tuple | ast.List):
        yield from _beside_english(node.elts)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            yield from _beside_english([key, value] if key is not None else [])
    elif isinstance(node, ast.Compare) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ):
        yield node
    elif isinstance(node, ast.Assign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [getattr(each, "id", "") for each in targets]
        if names == ["zh"] or all("DEFAULT" in name or "PATTERN" in name for name in names):
            yield node.value


@cache
def units() -> frozenset[str]:
    """The units that ``core.naming`` spells in English, read without importing it."""
    for node in ast.walk(ast.parse(NAMING.read_text(encoding="utf-8"))):
        names = [getattr(each, "id", "") for each in getattr(node, "targets", ())]
        if names == ["UNITS_IN_ENGLISH"]:
            return frozenset(ast.literal_eval(node.value))
    raise LookupError(f"no units in {NAMING}")


def _units_of(node: ast.AST) -> Iterator[ast.AST]:
    """Units where a name says that units stand: their English is in ``core.naming``."""
    places: list[tuple[str, ast.AST | None]] = []
    if isinstance(node, ast.Call):
        places = [(each.arg or "", each.value) for each in node.keywords]
    elif isinstance(node, ast.arguments):
        places = [
            (each.arg, default)
            for each, default in zip(node.kwonlyargs, node.kw_defaults, strict=True)
        ]
    elif isinstance(node, ast.Assign):
        places = [(getattr(each, "id", ""), node.value) for each in node.targets]
    elif isinstance(node, ast.AnnAssign):
        places = [(getattr(node.target, "id", ""), node.value)]
    for name, value in places:
        if value is not None and UNIT_NAMES.search(name):
            yield from (each for each in ast.walk(value) if getattr(each, "value", "") in units())


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
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            lines += [
                f"Chinese in the English: {name}:{number}: {text[:80]!r}"
                for number, text in english_halves(source)
            ]
        for number, text in read(source):
            left = OFFICIAL_NUMBER.sub("", text)
            for place, same in SAME_IN_BOTH:
                left = left.replace(same, "") if place == name else left
            if (FULL_WIDTH if path.suffix == ".html" else CHINESE).search(left):
                lines.append(f"not wrapped: {name}:{number}: {text[:80]!r}")
    return lines
