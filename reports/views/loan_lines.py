"""The lines of one return that stand behind a figure, each leading to its row and cell."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.naming import here
from core.permissions import requires
from core.text import Text
from finance.models import LoanLine
from finance.rules.industries import INDUSTRIES, SIZES
from returns.models import Return

SHOWN = 500
MEASURES = ("balance", "year_start", "npl", "granted_period", "granted_year", "borrowers")


@requires(get="figure.view")
def loan_lines(request: HttpRequest) -> HttpResponse:
    """Lines of an accepted return, narrowed as the figure was, the largest first."""
    number = request.GET.get("return", "")
    record = (
        Return.objects.select_related("institution", "period", "document")
        .filter(pk=int(number) if number.isdigit() else 0)
        .first()
    )
    if record is None or record.document is None or not record.accepted_at:
        raise NotFound(Text("这份已接受的报表", "accepted return"))
    measure = request.GET.get("measure", "balance")
    measure = measure if measure in MEASURES else "balance"
    found = narrowed(request, record).select_related("prefecture").order_by(f"-{measure}", "pk")
    rows = list(found[:SHOWN])
    if not rows:
        raise NotFound(Text("您可查看的数字行", "lines that you may see"))
    context = {
        "title": f"{record.institution}　{here(record.period)}",
        "record": record,
        "measure": measure,
        "total": sum(getattr(row, measure) for row in rows),
        "complete": len(rows) < SHOWN,
        "rows": [
            {
                "line": row,
                "size": SIZES[row.size],
                "industry": INDUSTRIES[row.industry],
                "value": getattr(row, measure),
            }
            for row in rows
        ],
        "label": LoanLine._meta.get_field(measure).verbose_name,
        "may_open": Return.objects.visible_to(request.user).filter(pk=record.pk).exists(),
        "subtitle": _("按所点数字的范围列出"),
    }
    return render(request, "reports/loan_lines.html", context)


def narrowed(request: HttpRequest, record: Return):
    """The return's lines within the figure's group, as far as this visitor may see them."""
    lines = LoanLine.objects.visible_to(request.user).filter(document=record.document)
    sizes = request.GET.get("sizes", "")
    names = {
        "prefecture": "prefecture__code",
        "region": "prefecture__region",
        "industry": "industry",
    }
    where = {column: request.GET[name] for name, column in names.items() if request.GET.get(name)}
    if sizes:
        where["size__in"] = list(sizes)
    return lines.filter(**where)
