"""From the bytes of a return to typed tables and findings: one way for every channel.

The bytes alone decide what is read, so a draft can be shown again from its document; what
is known around it (earlier periods, registries, rules) comes with the context.
"""

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings

from core.models import Institution, Period
from core.spreadsheets import FileProblem, Limits, Sheet, read_file
from returns.checking.check import FoundFinding, Severity
from returns.checking.columns import TableData
from returns.checking.context import Context
from returns.checking.load import load_context
from returns.checking.run import plain, run_checks
from returns.forms import structure_checks as checks
from returns.forms.declaration import Form
from returns.intake.cells import RawTable, empty_table, typed
from returns.intake.finder import Finder
from returns.intake.meta import META_SHEET, check_digest, check_marks, read_marks
from returns.intake.payload import marks_of, raw_from_payload, read_payload
from returns.intake.sheets import raw_from_sheet
from returns.intake.tagged import split_by_table

PAYLOADS = ("grid", "api")


@dataclass
class Examination:
    """What a file holds and what is wrong with it.

    ``tables`` has every table of the form (empty where it was not sent); ``findings`` are in
    order of tier; counts include findings that are not kept.
    """

    form: Form
    sha256: str
    tables: dict[str, TableData] = field(default_factory=dict)
    findings: list[FoundFinding] = field(default_factory=list)
    error_count: int = 0
    warning_count: int = 0

    @property
    def storable(self) -> bool:
        """Whether lines may be stored: no error anywhere."""
        return self.error_count == 0

    @property
    def line_count(self) -> int:
        return len(self.tables[self.form.lines.name])

    @cached_property
    def key_figures(self) -> dict[str, str]:
        """The form's key figures as plain decimals, by name."""
        return {name: plain(value, scale) for name, value, scale in _sums(self)}


def _sums(examination: Examination) -> Iterator[tuple[str, int, int]]:
    for figure in examination.form.key_figures:
        data = examination.tables[figure.table]
        values = data[figure.measure]
        for name, wanted in figure.where.items():
            places = [place for place, code in enumerate(data.codes[name]) if code in wanted]
            values = values[[*map(set(places).__contains__, data[name].tolist())]]
        yield figure.name, int(values.sum()), data.table.columns[figure.measure].scale


def examine(
    *,
    form: Form,
    data: bytes,
    filename: str,
    channel: str,
    institution: Institution,
    period: Period,
    now: datetime.datetime,
    document_sha: str | None = None,
) -> Examination:
    """Read and check a return. Never raises for what a user may send.

    ``channel`` is ``workbook``, ``csv``, ``grid`` or ``api``; ``now`` decides which registry
    facts are known.
    """
    sha256 = document_sha or hashlib.sha256(data).hexdigest()
    context = load_context(
        form=form, institution=institution, period=period, sha256=sha256, now=now
    )
    return examine_in(form=form, data=data, filename=filename, channel=channel, context=context)


def examine_in(
    *, form: Form, data: bytes, filename: str, channel: str, context: Context
) -> Examination:
    """Read and check a return against a context that was loaded before."""
    finder = Finder()
    raw = _read(data, filename, channel, form, context, finder)
    tables = {}
    for table in form.tables:
        found = raw.get(table.name)
        tables[table.name] = (
            typed(found, context.codes, finder)
            if found
            else empty_table(table, context.codes, present=False)
        )
    if raw and not any(map(len, tables.values())) and not finder.findings:
        finder.add(checks.NO_LINES, table=form.lines.name)
    answer = Examination(form, hashlib.sha256(data).hexdigest(), tables)
    found, errors, warnings = run_checks(form.checks, tables, context) if raw else ([], 0, 0)
    answer.findings = finder.findings + found
    answer.error_count = errors + finder.count(Severity.ERROR)
    answer.warning_count = warnings + finder.count(Severity.WARNING)
    return answer


def _read(
    data: bytes, filename: str, channel: str, form: Form, context: Context, finder: Finder
) -> dict[str, RawTable]:
    """Return the raw tables, by name; none where the file cannot be read at all."""
    if channel in PAYLOADS and data[:4] != b"PK\x03\x04":
        payload = read_payload(data, finder)
        if payload is None or not check_marks(marks_of(payload), context, form, finder):
            return {}
        _tell_missing(form, set(payload["tables"]), finder, found=", ".join(payload["tables"]))
        return raw_from_payload(payload, form, finder)
    try:
        limits = Limits(max_bytes=settings.UPLOAD_MAX_BYTES)
        workbook = read_file(data, filename=filename, limits=limits)
    except FileProblem as problem:
        finder.add(
            checks.FILE,
            value=filename,
            problem=_words(problem.message),
            problem_cure=_words(problem.cure),
            problem_code=problem.code,
        )
        return {}
    if workbook.kind == "csv":
        parts = split_by_table(workbook.sheets["csv"], form)
        _tell_missing(form, set(parts), finder, found="CSV")
        return _tables(parts, form, finder)
    marks = read_marks(workbook.sheets.get(META_SHEET))
    if not check_marks(marks, context, form, finder):
        return {}
    check_digest(marks, finder)
    return _tables(_sheets(workbook.sheets, form, finder), form, finder)


def _tell_missing(form: Form, sent: set[str], finder: Finder, *, found: str) -> None:
    """Tell which tables of the form were not sent at all."""
    for table in form.tables:
        if table.name not in sent:
            finder.add(checks.SHEET, table=table.name, sheet=table.name, found=found[:150])


def _sheets(sheets: dict[str, Sheet], form: Form, finder: Finder) -> dict[str, Sheet]:
    found = {}
    visible = [name for name in sheets if name != META_SHEET]
    for table in form.tables:
        for name in (table.sheet, table.name):
            if name in sheets:
                found[table.name] = sheets[name]
                break
        else:
            finder.add(checks.SHEET, table=table.name, sheet=table.sheet,
                       found="、".join(visible)[:150])  # fmt: skip
    return found


def _tables(sheets: dict[str, Sheet], form: Form, finder: Finder) -> dict[str, RawTable]:
    found = {}
    for name, sheet in sheets.items():
        raw = raw_from_sheet(sheet, form.table(name), finder)
        if raw is not None:
            found[name] = raw
    return found


def _words(text: Any) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
