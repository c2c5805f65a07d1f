"""A note's coupons and principal, issuer by issuer, as a page and as a workbook."""

from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.filters import day_asked
from core.lists.page import XLSX_TYPE
from core.permissions import requires
from core.tabular import Column, Sheet, write_xlsx
from core.text import Text
from listings.queries.note_on import NoteOn
from listings.queries.notes import visible_note
from listings.registers.note_panels import DUE_TONES, DUE_WORDS, TOTAL
from listings.rules.note_schedule import Due

COLUMNS = (
    Column("number", Text("期", "No."), "integer", 6),
    Column("due_on", Text("应付日", "Due"), "date"),
    Column("pay_on", Text("付款日（顺延）", "Payable"), "date"),
    Column("issuer", Text("发行人", "Issuer"), width=34),
    Column("interest", Text("利息（万元）", "Interest"), "money"),
    Column("principal", Text("本金（万元）", "Principal"), "money"),
    Column("amount", Text("合计（万元）", "Together"), "money"),
)


@requires(get="register.view")
def schedule(request: HttpRequest, code: str) -> HttpResponse:
    """Each instalment with its parts, which sum to it to the cent."""
    day = day_asked(request.GET, timezone.localdate())
    row = visible_note(user=request.user, code=code, as_of=day)
    if request.GET.get("format") == "xlsx":
        return _workbook(row)
    context = {
        "title": _("付息兑付安排：%s") % row.note,
        "note": row.note,
        "as_of": day,
        "columns": [each.label for each in COLUMNS[3:]],
        "instalments": [
            {
                "due": due,
                "state": DUE_WORDS[due.state(day)],
                "tone": DUE_TONES[due.state(day)],
                "parts": [(_name(row, each.issuer), each) for each in due.parts],
            }
            for due in row.dues
        ],
        "back": reverse("listings:collective-notes-record", args=[code]),
    }
    return render(request, "listings/note_schedule.html", context)


def _name(row: NoteOn, key: str) -> str:
    return next((str(each) for each in row.issuer_rows if each.key == key), key)


def _workbook(row: NoteOn) -> FileResponse:
    language = get_language() or "zh-hans"
    rows = [line for due in row.dues for line in _lines(row, due, language)]
    notes = [str(row.note), _("单位：万元；各发行人按最大余数法分到分，合计逐分相等。")]
    file = BytesIO()
    write_xlsx(file, [Sheet(_("付息兑付安排"), COLUMNS, rows, notes)], language)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{row.note.code}-schedule.xlsx",
        content_type=XLSX_TYPE,
    )


def _lines(row: NoteOn, due: Due, language: str) -> list[list[object]]:
    when = [due.instalment.number, due.instalment.due_on, due.pay_on]
    parts = [
        [*when, _name(row, each.issuer), each.interest, each.principal, each.amount]
        for each in due.parts
    ]
    whole = due.instalment
    total = [*when, TOTAL.in_language(language), whole.interest, whole.principal, whole.amount]
    return [*parts, total]
