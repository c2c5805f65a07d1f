"""Importing institutions from a workbook: what would change, then all of it or nothing.

The dry run and the write are one function: the dry run rolls its transaction back.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Q

from core.errors import DomainError, StateConflict
from core.models import County, Institution, Prefecture, SourceDocument, User
from core.models.institutions import InstitutionKind
from core.naming import both
from core.operations import journal
from core.operations.institutions import IDENTIFIERS, save_institution
from core.permissions import require
from core.queries.history import shown
from core.rules import identifiers
from core.spreadsheets import Limits, read_file
from core.spreadsheets.address import address
from core.text import Text

LIMITS = Limits(max_bytes=10 * 2**20, max_unpacked=200 * 2**20, max_rows=5001, max_columns=60)


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """A column of an import workbook: its heading, and how its cell is read.

    ``read(cell)`` returns the value or raises ValueError with a Text (what is wrong, the cure).
    ``example`` is a Text where ``read`` knows the word in both languages.
    """

    key: str
    label: Text
    read: Callable[[str], Any]
    required: bool = False
    example: str | Text = ""


@dataclass(slots=True)
class RowOutcome:
    """What a row of the file would do: "new", "changed", "unchanged" or "error"."""

    number: int
    code: str
    name: str = ""
    outcome: str = "unchanged"
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[tuple[str, Text]] = field(default_factory=list)
    doubts: list[tuple[str, Text]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """All rows, and ``fingerprint``: a digest of what they would change, for the confirmation."""

    rows: tuple[RowOutcome, ...]
    fingerprint: str

    def number(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def clean(self) -> bool:
        return not self.number("error")


CLEARED = "-"  # in a cell: what stood there is to go
Save = Callable[[Mapping[str, Any], RowOutcome], None]


@dataclass(frozen=True, slots=True)
class ImportKind:
    """What is imported: its columns, and how a row is saved by ``writer(actor, now)``."""

    key: str
    title: Text
    columns: tuple[ImportColumn, ...]
    writer: Callable[[User, datetime.datetime, str], Save]
    permission: str = "institution.import"


class _DryRun(Exception):
    """Ends the transaction of a dry run."""


def run_import(
    kind: ImportKind,
    *,
    document: SourceDocument,
    actor: User,
    now: datetime.datetime,
    expected: str | None = None,
) -> ImportOutcome:
    """Apply a file's rows, or without ``expected`` only say what they would do.

    ``expected`` is the fingerprint of the dry run that was confirmed. Raises FileProblem for
    an unreadable file, DomainError "import-heading" for wrong headings, StateConflict
    "import-changed" if the registry changed since, "import-has-errors" if a row is wrong:
    in each case nothing is saved.
    """
    require(actor, kind.permission)
    outcome: ImportOutcome | None = None
    try:
        with transaction.atomic():
            outcome = _apply(kind, document, actor, now)
            if expected is None:
                raise _DryRun
            _confirm(outcome, expected)
            journal.record(
                actor=actor,
                action="institution.import",
                target=document,
                now=now,
                detail={
                    "kind": kind.key,
                    "sha256": document.sha256,
                    "new": outcome.number("new"),
                    "changed": outcome.number("changed"),
                },
            )
    except _DryRun:
        pass
    assert outcome is not None
    return outcome


def _confirm(outcome: ImportOutcome, expected: str) -> None:
    if not outcome.clean:
        raise DomainError(
            "import-has-errors",
            Text("文件中有错误行，未导入任何数据。", "Some rows are wrong; nothing was imported."),
        )
    if outcome.fingerprint != expected:
        raise StateConflict(
            "import-changed",
            Text(
                "试导入之后登记数据已有变化，未导入任何数据；请重新核对下面的结果再确认。",
                "The registry changed after the dry run; nothing was imported. Look at the new "
                "result and confirm again.",
            ),
        )


def _apply(
    kind: ImportKind, document: SourceDocument, actor: User, now: datetime.datetime
) -> ImportOutcome:
    book = read_file(document.read(), filename=document.filename, limits=LIMITS)
    sheet = next(iter(book.sheets.values()))
    places, start = _heading(kind, sheet.rows)
    save = kind.writer(actor, now, document.filename)
    rows, seen = [], {}
    for number, cells in enumerate(sheet.rows[start:], start=start + 1):
        if not any(str(cell).strip() for cell in cells):
            continue
        row, values = _read(kind, places, number, cells)
        if row.code and row.code in seen:
            row.problems.append((address(number, places["code"] + 1), _twice(row, seen)))
        if row.code:
            seen.setdefault(row.code, number)
        if not row.problems:
            _save_row(save, values, row, places)
        if row.problems:
            row.outcome = "error"
        rows.append(row)
    body = [[r.number, r.code, r.outcome, r.changes] for r in rows]
    digest = hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()
    return ImportOutcome(tuple(rows), digest)


def _save_row(
    save: Save, values: dict[str, Any], row: RowOutcome, places: Mapping[str, int]
) -> None:
    """Save one row in its own savepoint, so that the next rows are judged too."""
    try:
        with transaction.atomic():
            save(values, row)
    except DomainError as error:
        for name, text in error.fields.items() or [("code", error.message)]:
            place = places.get(name, places["code"])
            row.problems.append((address(row.number, place + 1), text))


def _twice(row: RowOutcome, seen: Mapping[str, int]) -> Text:
    return Text(
        f"编码 {row.code} 与第 {seen[row.code]} 行重复，请删去一行。",
        f"Code {row.code} stands in row {seen[row.code]} already; delete one of the two.",
    )


def _heading(kind: ImportKind, rows: list[list[object]]) -> tuple[dict[str, int], int]:
    """Find each column by its heading; the order is free, notes above it are allowed."""
    code = next(column.label for column in kind.columns if column.key == "code")
    by_label = {label: c.key for c in kind.columns for label in (c.label.zh, c.label.en, c.key)}
    for start, cells in enumerate(rows[:10], start=1):
        labels = [str(cell).strip().rstrip("*") for cell in cells]
        if not {by_label.get(label) for label in labels} >= {"code"}:
            continue
        places: dict[str, int] = {}
        for place, label in enumerate(labels):
            key = by_label.get(label)
            if label and (key is None or key in places):
                raise _bad_heading(
                    Text(
                        f"{address(start, place + 1)} 的列名“{label}”不认识或重复。",
                        f"Heading “{label}” in {address(start, place + 1)} is unknown or twice.",
                    )
                )
            if key:
                places[key] = place
        missing = [c.label for c in kind.columns if c.required and c.key not in places]
        if missing:
            raise _bad_heading(
                Text(
                    f"缺少必填列：{'、'.join(label.zh for label in missing)}。",
                    f"Columns are missing: {', '.join(label.en for label in missing)}.",
                )
            )
        return places, start
    raise _bad_heading(
        Text(
            f"前 10 行中没有找到列名“{code.zh}”。",
            f"No heading “{code.en}” in the first 10 rows.",
        )
    )


def _bad_heading(found: Text) -> DomainError:
    return DomainError(
        "import-heading",
        Text(
            f"{found.zh}请下载模板，按模板的列名填写。", f"{found.en} Use the template's headings."
        ),
    )


def _read(
    kind: ImportKind, places: Mapping[str, int], number: int, cells: list[object]
) -> tuple[RowOutcome, dict[str, Any]]:
    """Read a row's cells.

    What the file has not, a column or a cell, is left as it is in the registry; a dash in a
    cell empties it.
    """
    row, values = RowOutcome(number, ""), {}
    for column in kind.columns:
        if column.key not in places:
            continue
        place = places[column.key]
        text = cell_text(cells[place] if place < len(cells) else "")
        if column.required and not text:
            problem = Text("此列必填。", "This column must be filled in.")
            row.problems.append((address(number, place + 1), problem))
            continue
        if not text:
            continue
        try:
            values[column.key] = column.read("" if text == CLEARED else text)
        except ValueError as error:
            row.problems.append((address(number, place + 1), error.args[0]))
    row.code, row.name = str(values.get("code", "")), str(values.get("name", ""))
    given = {key: values.get(key, "") for key in IDENTIFIERS}
    for doubt in identifiers.doubts(**given):
        row.doubts.append((address(number, places.get(doubt.field, 0) + 1), doubt.message))
    return row, values


def cell_text(cell: object) -> str:
    """A cell as a clerk sees it: whole numbers without ``.0``, dates as ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell).strip()


def differences(before: Mapping[str, Any], record: Any) -> list[tuple[str, str, str]]:
    """What changed of ``record`` against ``before`` (attname → value): label, before, after."""
    changes = []
    for name, old in before.items():
        column = record._meta.get_field(name)
        new = getattr(record, column.attname)
        if old == new or (old in (None, "") and new in (None, "")):
            continue
        names = None
        if column.is_relation:
            things = column.related_model._default_manager.in_bulk({old, new} - {None})
            names = {key: str(thing) for key, thing in things.items()}
        changes.append(
            (str(column.verbose_name), shown(column, old, names), shown(column, new, names))
        )
    return changes


def text_cell(text: str) -> str:
    return text


def choice_cell(choices: Any) -> Callable[[str], str]:
    """Reads a choice by its code, or by its label in whichever language."""

    @cache
    def known_words() -> dict[str, str]:
        words = [(value, both(label)) for value, label in choices]
        codes = {value: value for value, _ in words}
        return {word: value for value, text in words for word in (text.zh, text.en)} | codes

    def read(text: str) -> str:
        known = known_words()
        if text and text not in known:
            labels = [both(label) for _, label in choices]
            raise ValueError(
                Text(
                    f"“{text}”不在可选值中：{'、'.join(each.zh for each in labels)}。",
                    f"“{text}” is none of: {', '.join(each.en for each in labels)}.",
                )
            )
        return known.get(text, "")

    return read


def prefecture_cell(text: str) -> Prefecture:
    """Reads a prefecture by its code, or by its name in either language."""
    called = Q(name=text) | Q(code=text) | Q(name=f"{text}市") | Q(name_en__iexact=text)
    found = Prefecture.objects.filter(called).first()
    if found is None:
        raise ValueError(
            Text(f"没有名为“{text}”的地级以上市。", f"There is no prefecture called “{text}”.")
        )
    return found


def county_cell(text: str) -> County | None:
    found = County.objects.filter(code=text).first() if text.isdigit() else None
    if text and found is None:
        same = list(County.objects.filter(name=text)[:2])
        if len(same) != 1:
            raise ValueError(
                Text(
                    f"找不到县（市、区）“{text}”，请填六位区划代码。",
                    f"No county “{text}”; give its six-digit code.",
                )
            )
        found = same[0]
    return found


COLUMNS = (
    ImportColumn("code", Text("机构编码", "Code"), text_cell, required=True, example="VB0101"),
    ImportColumn(
        "name", Text("名称", "Name"), text_cell, required=True, example="始兴示例村镇银行"
    ),
    ImportColumn("short_name", Text("简称", "Short name"), text_cell),
    ImportColumn(
        "kind",
        Text("类别", "Kind"),
        choice_cell(InstitutionKind.choices),
        required=True,
        example=Text("村镇银行", "Village bank"),
    ),
    ImportColumn(
        "prefecture",
        Text("地市", "Prefecture"),
        prefecture_cell,
        required=True,
        example=Text("韶关市", "Shaoguan"),
    ),
    ImportColumn("county", Text("县（市、区）", "County"), county_cell, example="始兴县"),
    ImportColumn("address", Text("地址", "Address"), text_cell),
    ImportColumn("credit_code", Text("统一社会信用代码", "Credit code"), text_cell),
    ImportColumn("organisation_code", Text("组织机构代码", "Organisation code"), text_cell),
    ImportColumn("registration_number", Text("营业执照注册号", "Registration number"), text_cell),
    ImportColumn("licence_number", Text("金融许可证编码", "Licence number"), text_cell),
    ImportColumn("note", Text("备注", "Note"), text_cell),
)


def institution_writer(actor: User, now: datetime.datetime, reason: str) -> Save:
    """Save a row as an institution, new or changed."""

    def save(values: Mapping[str, Any], row: RowOutcome) -> None:
        save_row(values, row, actor=actor, now=now, reason=reason)

    return save


def save_row(
    values: Mapping[str, Any],
    row: RowOutcome,
    *,
    actor: User,
    now: datetime.datetime,
    reason: str,
) -> Institution:
    """Save the institution's columns of a row; fill in what the row does to it."""
    institution = Institution.objects.filter(code=values["code"]).first()
    new = institution is None
    institution = institution or Institution(code=values["code"])
    own = {column.key for column in COLUMNS}
    columns = {key: institution._meta.get_field(key) for key in values if key in own}
    before = {key: getattr(institution, field.attname) for key, field in columns.items()}
    for key in columns:
        setattr(institution, key, values[key])
    row.changes += differences(before, institution)
    if new or row.changes:
        row.outcome = "new" if new else "changed"
        version = None if new else institution.version
        save_institution(
            institution,
            actor=actor,
            now=now,
            expected_version=version,
            reason=reason,
            confirmed=True,  # the dry run showed the doubts, and somebody confirmed it
        )
    return institution


INSTITUTIONS = ImportKind(
    "institutions", Text("机构导入", "Import of institutions"), COLUMNS, institution_writer
)
