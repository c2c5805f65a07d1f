"""One return: its findings, its acts, its receipt, and the row behind a figure."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.models import JournalEntry
from core.naming import here
from core.permissions import may, requires
from core.spreadsheets.address import address
from core.text import Text
from returns import operations as act
from returns.forms import form as form_of
from returns.models import Return
from returns.queries.comparison import examined, line_changes, stored
from returns.receipt import receipt_pdf
from returns.views.common import (
    acts_of,
    described,
    figures_of,
    language,
    number,
    state_words,
    tell,
    visible_return,
)
from returns.views.desk import XLSX_TYPE, attachment
from returns.web_forms import explanations_of
from returns.workbook.marked import mark_workbook


@requires(get="return.view")
def record_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one return on one page."""
    record = visible_return(request, pk)
    form = form_of(record.period.form)
    findings = list(record.findings.select_related("explained_by"))
    revisions = list(
        Return.objects.filter(institution=record.institution, period=record.period)
        .select_related("prepared_by", "signed_by")
        .order_by("-revision")
    )
    earlier = next((each for each in revisions if each.revision < record.revision), None)
    context = {
        "title": f"{here(form.title)}　{here(record.period)}",
        "record": record,
        "form": form,
        "state": state_words(record.state),
        "errors": described([f for f in findings if f.severity == "error"], form),
        "warnings": described([f for f in findings if f.severity == "warning"], form),
        "figures": figures_of(record),
        "acts": acts_of(record),
        "is_preparer": may(request.user, "return.prepare", record),
        "is_signatory": may(request.user, "return.sign", record),
        "is_reviewer": may(request.user, "return.review", record),
        "own_draft": record.prepared_by_id == request.user.pk,
        "open": record.period.is_open(timezone.localdate()),
        "comments": comments_of(record),
        "revisions": revisions,
        "differences": differences(record, earlier),
        "earlier": earlier,
        "events": events_of(record),
    }
    return render(request, "returns/return.html", context)


def comments_of(record: Return) -> list[dict[str, Any]]:
    """The reviewer's comments of this revision, or of the one it answers."""
    form = form_of(record.period.form)
    answered = Return.objects.filter(
        institution=record.institution, period=record.period, revision__lte=record.revision
    ).order_by("-revision")[:2]
    found = []
    for each in answered:
        for comment in each.comments.select_related("author"):
            label = form.column(comment.table, comment.column).label
            found.append({"comment": comment, "label": label, "revision": each.revision})
    return found


def differences(record: Return, earlier: Return | None) -> list[Any]:
    """What this revision changes against the one before, if both have sound figures."""
    if earlier is None or record.error_count or not record.document or not earlier.document:
        return []
    return line_changes(record, against=stored(earlier))


def events_of(record: Return) -> list[JournalEntry]:
    return list(
        JournalEntry.objects.filter(
            object_type="returns.return", object_id=str(record.pk)
        ).order_by("-sequence")[:50]
    )


def _acted(request: HttpRequest, record: Return, done: Any, said: str) -> HttpResponse:
    """Run one act, tell how it went, and show the return."""
    try:
        record = done()
    except DomainError as error:
        tell(request, error)
    else:
        messages.success(request, said)
    return redirect("returns:return", record.pk)


@requires(post="return.prepare")
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the explanations of warnings."""
    record = visible_return(request, pk)

    def done() -> Return:
        return act.explain_findings(
            actor=request.user,
            record=record,
            explanations=explanations_of(request.POST),
            expected_version=number(request, "version"),
            now=timezone.now(),
        )

    return _acted(request, record, done, _("说明已保存。"))


@requires(post="return.sign")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign, and show the receipt."""
    record = visible_return(request, pk)
    try:
        act.sign_return(
            actor=request.user,
            record=record,
            expected_version=number(request, "version"),
            now=timezone.now(),
        )
    except DomainError as error:
        tell(request, error)
        return redirect("returns:return", pk)
    messages.success(request, _("已签发报送，回执如下。"))
    return redirect("returns:receipt", pk)


@requires(post="return.sign")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a signed return back before review."""
    record = visible_return(request, pk)

    def done() -> Return:
        return act.withdraw_return(
            actor=request.user,
            record=record,
            reason=request.POST.get("reason", ""),
            expected_version=number(request, "version"),
            now=timezone.now(),
        )

    return _acted(request, record, done, _("已撤回为草稿。"))


@requires(post="return.prepare")
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a revision."""
    record = visible_return(request, pk)

    def done() -> Return:
        return act.start_revision(
            actor=request.user,
            record=record,
            reason=request.POST.get("reason", ""),
            now=timezone.now(),
        )

    return _acted(request, record, done, _("已开始新的一版，可在原有数字上更正。"))


@requires(get="return.view")
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The sender's own workbook with its cells marked and commented."""
    record = with_document(visible_return(request, pk))
    data = mark_workbook(
        form=form_of(record.period.form),
        data=record.document.read(),
        filename=record.document.filename,
        findings=list(record.findings.all()),
        comments=list(record.comments.all()),
        language=language(),
    )
    stem = record.document.filename.rsplit(".", 1)[0]
    return attachment(data, f"{stem}-{_('审核标注')}.xlsx", XLSX_TYPE)


@requires(get="return.view")
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent, byte for byte."""
    found = with_document(visible_return(request, pk)).document
    return attachment(found.read(), found.filename, found.content_type)


def with_document(record: Return) -> Return:
    if record.document is None:
        raise NotFound(Text("来源文件", "source document"))
    return record


@requires(get="return.view")
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt 回执 of a signed return."""
    record = signed(visible_return(request, pk))
    context = {
        "title": _("报送回执"),
        "record": record,
        "form": form_of(record.period.form),
        "figures": figures_of(record),
    }
    return render(request, "returns/receipt.html", context)


@requires(get="return.view")
def receipt_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt as PDF."""
    record = signed(visible_return(request, pk))
    data = receipt_pdf(record, language=language(), now=timezone.now())
    return attachment(data, f"{record.receipt_number}.pdf", "application/pdf")


def signed(record: Return) -> Return:
    if not record.receipt_number:
        raise NotFound(Text("回执（报表尚未签发）", "receipt: the return is not signed yet"))
    return record


@requires(get="return.view")
def row_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The row of the sender's own file that stands behind a figure, its cell highlighted."""
    record = with_document(visible_return(request, pk))
    form = form_of(record.period.form)
    name = request.GET.get("table", form.lines.name)
    wanted = request.GET.get("row", "")
    found = examined(record, now=timezone.now()).tables.get(name)
    if found is None or not wanted.isdigit():
        raise NotFound(Text("这一行", "row"))
    rows = found.rows.tolist()
    if int(wanted) not in rows:
        raise NotFound(Text(f"第 {wanted} 行", f"row {wanted}"))
    place = rows.index(int(wanted))
    near = range(max(0, place - 2), min(len(rows), place + 3))
    columns = list(found.raw)
    keys = {dimension.name for dimension in form.table(name).dimensions}
    row_name = _("第 %(row)s 行") % {"row": wanted}
    context = {
        "title": f"{form.table(name).title.in_language(language())} {row_name}",
        "record": record,
        "table": form.table(name),
        "columns": [
            {
                "name": column,
                "label": form.column(name, column).label,
                "letter": _letter(found.positions.get(column)),
                "is_key": column in keys,
            }
            for column in columns
        ],
        "rows": [
            {
                "number": rows[each],
                "here": each == place,
                "cells": [
                    {"column": c, "text": found.raw[c][each], "is_key": c in keys} for c in columns
                ],
            }
            for each in near
        ],
        "highlight": request.GET.get("column", ""),
    }
    return render(request, "returns/row.html", context)


def _letter(position: int | None) -> str:
    return address(1, position)[:-1] if position else ""
