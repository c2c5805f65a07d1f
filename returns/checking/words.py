"""Putting findings into words, in both languages, for page, workbook, API and command line."""

from dataclasses import dataclass
from typing import Any, Protocol

from core.text import Text
from returns.checking.check import Check
from returns.forms import FORMS, structure_checks
from returns.forms.declaration import Form, Measure


class FindingLike(Protocol):
    """What ``returns.models.Finding`` and ``FoundFinding`` have in common."""

    check_code: str
    table: str
    row: int | None
    column: str
    cell: str
    key: str
    value: str
    expected: str
    parameters: dict[str, Any]
    more: int


@dataclass(frozen=True, slots=True)
class Words:
    """A finding in words. ``place`` names sheet and cell; ``source`` the rule."""

    title: Text
    message: Text
    cure: Text
    source: Text
    place: Text


def all_checks(form: Form) -> tuple[Check, ...]:
    """Return the checks that run on a form: structure first, then its own."""
    return (*structure_checks.CHECKS, *form.checks)


def check_called(code: str) -> Check:
    """Return the check with a stable code; KeyError if there is none."""
    if not _BY_CODE:
        for form in FORMS.values():
            _BY_CODE.update({check.code: check for check in all_checks(form)})
    return _BY_CODE[code]


_BY_CODE: dict[str, Check] = {}


def describe(finding: FindingLike, form: Form) -> Words:
    """Return title, message, cure, source and place of a finding of ``form``."""
    check = check_called(finding.check_code)
    return Words(
        check.title,
        _filled(check.message, finding, form),
        _filled(check.cure, finding, form),
        check.source,
        _place(finding, form),
    )


def _filled(text: Text, finding: FindingLike, form: Form) -> Text:
    return Text(
        _safe(text.zh, _values(finding, form, "zh")), _safe(text.en, _values(finding, form, "en"))
    )


class _Gaps(dict[str, Any]):
    """Placeholders without a value print as a dash, so that no message can fail."""

    def __missing__(self, key: str) -> str:
        return "—"


def _safe(pattern: str, values: dict[str, Any]) -> str:
    return pattern.format_map(_Gaps(values))


def _values(finding: FindingLike, form: Form, language: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "value": finding.value,
        "expected": finding.expected,
        "key": finding.key,
        "row": finding.row,
    }
    table = next((each for each in form.tables if each.name == finding.table), None)
    if table:
        values["table"] = table.title.in_language(language)
        if table.fixed and finding.key in table.item.codes:
            values["key"] = table.item.codes[finding.key].in_language(language)
        declared = table.columns.get(finding.column)
        if declared:
            values["column"] = declared.label.in_language(language)
        if isinstance(declared, Measure):
            values |= {"unit": str(declared.unit), "scale": declared.scale}
    for name, value in finding.parameters.items():
        values[name] = value.get(language, "") if isinstance(value, dict) else value
    return values


def _place(finding: FindingLike, form: Form) -> Text:
    table = next((each for each in form.tables if each.name == finding.table), None)
    if not table:
        return Text("文件", "file")
    where = finding.cell or (str(finding.row) if finding.row else finding.key)
    return Text(f"{table.title.zh} {where}".strip(), f"{table.title.en} {where}".strip())
