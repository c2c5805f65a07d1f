"""The first sheet of a workbook: how to fill it in, by when, and what will be checked."""

from collections.abc import Mapping
from typing import Any

import xlsxwriter

from core.models import Institution, Period
from core.naming import named
from core.text import Text
from returns.checking.check import SEVERITY_LABELS
from returns.forms.declaration import Form

NAME = "说明"
FACTS = (
    (Text("填报机构", "Institution"), lambda i, p, f: f"{i.name} {i.code}"),
    (Text("报告期", "Period"), lambda i, p, f: p),
    (Text("报送截止", "Due on"), lambda i, p, f: f"{p.due_on:%Y-%m-%d}"),
    (Text("报表版本", "Version of the form"), lambda i, p, f: f"{f.code} {f.version}"),
)


def write_guide(
    book: xlsxwriter.Workbook,
    look: Mapping[str, Any],
    form: Form,
    institution: Institution,
    period: Period,
    language: str,
) -> None:
    """Add the sheet 说明 to a workbook."""
    sheet = book.add_worksheet(NAME)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 10)
    sheet.set_column(3, 3, 78)
    sheet.set_row(0, 30)
    sheet.write(0, 0, form.title.in_language(language), look["title"])
    row = 2
    for label, tell in FACTS:
        sheet.write(row, 0, label.in_language(language), look["subtitle"])
        sheet.write(row, 1, str(named(tell(institution, period, form), language)), look["plain"])
        row += 1
    row = _instructions(sheet, look, form, language, row + 1)
    _checks(sheet, look, form, language, row + 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect()


def _instructions(sheet: Any, look: Mapping[str, Any], form: Form, language: str, row: int) -> int:
    _section(sheet, look, row, Text("填报说明", "How to fill it in").in_language(language))
    for number, text in enumerate((*form.instructions, form.note), start=1):
        sheet.write(row + number, 0, f"{number}.", look["plain"])
        sheet.write(row + number, 1, text.in_language(language), look["plain"])
    return row + len(form.instructions) + 2


def _checks(sheet: Any, look: Mapping[str, Any], form: Form, language: str, row: int) -> None:
    _section(sheet, look, row, Text("审核规则摘要", "The checks in brief").in_language(language))
    heads = (
        Text("规则", "Check"),
        Text("内容", "What"),
        Text("级别", "Level"),
        Text("办法", "Cure"),
    )
    for column, head in enumerate(heads):
        sheet.write(row + 1, column, head.in_language(language), look["label"])
    for number, check in enumerate(form.checks, start=row + 2):
        words = (
            check.code,
            check.title.in_language(language),
            SEVERITY_LABELS[check.severity].in_language(language),
            check.cure.in_language(language),
        )
        for column, word in enumerate(words):
            sheet.write(number, column, word, look["cell"])


def _section(sheet: Any, look: Mapping[str, Any], row: int, title: str) -> None:
    for column in range(4):
        sheet.write(row, column, title if column == 0 else "", look["section"])
