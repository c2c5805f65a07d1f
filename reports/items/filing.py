"""Who filed a period of an item form, and the documents that count."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from core.figures.reading import PlaceFilter
from core.models import Period
from core.queries.institutions import names_known
from core.tabular import Column
from core.text import Text
from reports.content import KeyFigure, Table
from reports.loans.completeness import Completeness, MissingInstitution, accepted_then
from reports.loans.periods import history, up_to
from returns.models import Obligation, Return


def documents(
    periods: Iterable[Period], *, known_at: datetime.datetime | None
) -> dict[int, Return]:
    """The returns whose figures count (or counted at ``known_at``), by document. One query."""
    rows = Return.objects.filter(
        accepted_then(known_at), period__in=[each.pk for each in periods]
    ).select_related("institution__prefecture", "period")
    return {each.document_id: each for each in rows}


def trend_months(
    period: Period | None,
    months: tuple[Period, ...],
    *,
    form: str,
    known_at: datetime.datetime | None,
) -> tuple[Period, ...]:
    """The months of a trend, oldest first: ``months``, or those that were known at ``known_at``.

    What was accepted later for an earlier month must not lengthen a trend of the past.
    """
    if period is None or known_at is None:
        return months
    found = history(period.ends_on, form, known_at=known_at)
    return up_to(period, found)


def filed(
    period: Period | None, *, where: PlaceFilter, known_at: datetime.datetime | None
) -> Completeness:
    """How many of those that must file are in the figures, and who is not.

    One query, and one for the names of a moment.
    """
    if period is None:
        return Completeness("", 0, 0, ())
    accepted = Return.objects.filter(
        accepted_then(known_at), institution=OuterRef("institution"), period=OuterRef("period")
    )
    waived = Q(waived_at__isnull=False)
    if known_at is not None:
        waived &= Q(waived_at__lte=known_at)
    duties = Obligation.objects.filter(period=period).exclude(waived)
    duties = where.of(duties, lead="institution__").annotate(filed=Exists(accepted))
    rows = list(
        duties.select_related("institution__prefecture").order_by(
            "institution__prefecture__display_order", "institution__code"
        )
    )
    names = names_known(institutions=[row.institution_id for row in rows], known_at=known_at)
    missing = tuple(
        MissingInstitution(
            id=row.institution_id,
            code=row.institution.code,
            name=names.get(row.institution_id, row.institution.name),
            kind=row.institution.kind,
            prefecture=row.institution.prefecture.name,
            prefecture_en=row.institution.prefecture.name_en,
            due_on=row.due_on,
        )
        for row in rows
        if not row.filed
    )
    done = frozenset(row.institution_id for row in rows if row.filed)
    return Completeness(period.code, len(rows), len(done), missing, done)


def missing_table(missing: Iterable[MissingInstitution]) -> list[Table]:
    """Those whose accepted figures are not in the report; no table where all of them are."""
    rows = [
        [each.code, each.name, Text(each.prefecture, each.prefecture_en), each.due_on]
        for each in missing
    ]
    if not rows:
        return []
    return [
        Table(
            key="missing",
            title=Text("未计入本期的机构", "Institutions not in these figures"),
            columns=[
                Column("code", Text("编码", "Code")),
                Column("name", Text("机构", "Institution"), width=34),
                Column("prefecture", Text("地市", "Prefecture"), width=14),
                Column("due_on", Text("截止", "Due"), "date"),
            ],
            rows=rows,
        )
    ]


def missing_note(filed: Completeness) -> Text:
    """What a trend says of its last month while somebody is not in it."""
    number = filed.due - filed.accepted
    if not number:
        return Text("", "")
    return Text(
        f"末期尚缺 {number} 家机构，与前期不完全可比。",
        f"{number} institutions are not in the last month, which cannot quite be compared.",
    )


def filed_figure(label: Text, number: int, filed: Completeness, figure: str) -> KeyFigure:
    """How many institutions there are, and how many are in the figures."""
    return KeyFigure(
        label,
        number,
        unit=Text("家", ""),
        note=Text(
            f"已接受 {filed.accepted}/{filed.due} 家报表",
            f"{filed.accepted} of {filed.due} returns accepted",
        ),
        figure=figure,
        tone="info" if filed.accepted == filed.due else "warn",
    )
