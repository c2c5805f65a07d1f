"""What stands behind a figure of the loan report: institutions, returns, lines, rows."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.http import urlencode

from core.models import Period
from core.permissions import scope_filter
from core.tabular import formats
from core.text import Text
from finance.models import LoanLine
from finance.queries.loans import DIMENSIONS as COLUMNS
from finance.queries.loans import FORM
from reports.declaration import Evidence, Lineage
from reports.loans.completeness import accepted_then
from reports.loans.compute import LoanParameters, dimension_labels
from returns.models import Return

# The measure that stands behind each figure, and how the figure comes from measures.
MEASURES = {
    "balance": ("balance", Text("期末余额", "balance")),
    "increase": ("balance", Text("期末余额 − 年初余额", "balance − balance at year start")),
    "growth": ("balance", Text("（本期 − 上年同期）/ 上年同期", "(now − a year ago) / a year ago")),
    "borrowers": ("borrowers", Text("有余额户数", "borrowers with a balance")),
    "npl": ("npl", Text("不良余额；不良率 = 不良 / 余额", "NPL; ratio = NPL / balance")),
    "granted_period": ("granted_period", Text("本期发放", "granted this period")),
    "rate": ("granted_period", Text("Σ 年利息额 / Σ 本期发放", "Σ interest / Σ granted")),
    "share": ("balance", Text("余额 / 各项贷款余额", "balance / all loans")),
}


def lineage(
    parameters: LoanParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """Return the institutions behind a figure, each leading to its lines and their rows.

    ``figure`` is ``measure`` or ``measure:group``. KeyError for anything else.
    """
    name, _colon, group = figure.partition(":")
    measure, formula = MEASURES[name]
    if parameters.dimension == "period" and group:
        parameters, group = replace(parameters, period=_month(group)), ""
    place = Text("合计", "Total")
    if group:
        place = dimension_labels(parameters.dimension)[group]
    returns = {
        each.document_id: each
        for each in Return.objects.filter(accepted_then(known_at), period=parameters.period)
    }
    rows = (
        lines_behind(parameters, group, list(returns), user)
        .values("document_id", institution_name=F("institution__name"))
        .annotate(
            total=Sum(measure),
            prefecture_name=F("institution__prefecture__name"),
            prefecture_name_en=F("institution__prefecture__name_en"),
        )
        .order_by("-total")
    )
    evidence = [
        _evidence(row, returns[row["document_id"]], parameters, group, measure) for row in rows
    ]
    return Lineage(
        title=Text(f"{place.zh}：{formula.zh}", f"{place.en}: {formula.en}"),
        evidence=evidence,
        note=Text(
            "按机构列出，点开可见该机构报表中的各行，再点开到所报文件的单元格。",
            "By institution; each opens to the lines of its return, and each line to the cell of "
            "the file that was filed.",
        ),
    )


def _month(code: str) -> Period:
    """The month that ``2012-06`` names; KeyError if there is none."""
    year, _dash, number = code.partition("-")
    found = None
    if year.isdigit() and number.isdigit():
        found = Period.objects.filter(form=FORM, year=int(year), number=int(number)).first()
    if found is None:
        raise KeyError(code)
    return found


def lines_behind(
    parameters: LoanParameters, group: str, documents: list[int], user: Any
) -> QuerySet:
    """The accepted lines of one group that ``user`` may see (None: the house itself)."""
    where = parameters.where.conditions()
    kind = where.pop("kind", None)
    lines = LoanLine.objects.filter(period=parameters.period, document_id__in=documents, **where)
    if kind:
        lines = lines.filter(institution__kind=kind)
    if not parameters.where.include_shenzhen:
        lines = lines.exclude(prefecture__code="440300")
    if group:
        column = COLUMNS[parameters.dimension]
        column = "institution__kind" if parameters.dimension == "kind" else column
        lines = lines.filter(**{column: group})
    scope = scope_filter(user, "figure.view") if user is not None else Q()
    return lines.filter(scope)


def _evidence(
    row: dict[str, Any], record: Return, parameters: LoanParameters, group: str, measure: str
) -> Evidence:
    amount = row["total"]
    shown = formats.money(amount) if isinstance(amount, Decimal) else formats.count(amount)
    unit = Text("万元", "× 10,000 yuan") if isinstance(amount, Decimal) else Text("户", "borrowers")
    asked = {"return": record.pk, "measure": measure, **_asked(parameters, group)}
    return Evidence(
        on=record.accepted_at.date() if record.accepted_at else None,
        what=Text(
            f"{row['institution_name']}　{shown} {unit.zh}",
            f"{row['institution_name']}: {shown} {unit.en}",
        ),
        where=Text(row["prefecture_name"], row["prefecture_name_en"]),
        document=record.receipt_number,
        url=f"{reverse('reports:loan-lines')}?{urlencode(asked)}",
        keys=(group,) if group else (),
    )


def _asked(parameters: LoanParameters, group: str) -> dict[str, str]:
    where = parameters.where
    asked = {
        "sizes": where.sizes,
        "prefecture": where.prefecture,
        "region": where.region,
        "industry": where.industry,
    }
    if group and parameters.dimension in ("prefecture", "region", "industry"):
        asked[parameters.dimension] = group
    if group and parameters.dimension == "size":
        asked["sizes"] = group
    return {name: value for name, value in asked.items() if value}


def learnt_since(parameters: LoanParameters, moment: datetime.datetime) -> list[Evidence]:
    """Return the returns of the period that were accepted after ``moment``."""
    found = (
        Return.objects.filter(period=parameters.period, accepted_at__gt=moment)
        .select_related("institution__prefecture", "period")
        .order_by("accepted_at")
    )
    return [
        Evidence(
            on=each.accepted_at.date(),
            what=Text(
                f"接受 {each.institution} {each.period} 第 {each.revision} 版",
                f"Accepted {each.institution} {each.period.code} revision {each.revision}",
            ),
            where=Text(each.institution.prefecture.name, each.institution.prefecture.name_en),
            document=each.receipt_number,
            url=reverse("returns:return", args=[each.pk]),
            keys=(each.institution.prefecture.code,),
        )
        for each in found
    ]
