"""What a leader sees first: coverage, loans, and what changed since the last publication."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.models import Period
from finance.queries.coverage import coverage, goal_of
from finance.queries.loans import LoanFilter
from finance.rules.coverage import Coverage, Question
from finance.rules.loans import LoanFigures
from finance.rules.pace import Reading
from reports.loans.comparable import comparable
from reports.loans.compute import LoanParameters, compute_loans
from reports.loans.periods import history, whole
from reports.models import PublishedReport
from reports.queries.publications import visible_publications

TREND_MONTHS = 13


@dataclass(frozen=True, slots=True)
class LoanHeadline:
    """Loans of the latest period with accepted figures; the trend in 亿元, oldest first."""

    period: Period
    figures: LoanFigures
    trend: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """Coverage today, compared with the last published one; loans; latest publications."""

    coverage: Coverage
    loans: LoanHeadline | None
    publications: tuple[PublishedReport, ...]
    last: PublishedReport | None


def headline(*, user: Any, today: datetime.date) -> Headline:
    """Return the leader's figures in a constant number of queries.

    A leader of one prefecture sees its loans; coverage is of the whole province.
    """
    publications = tuple(
        visible_publications(user=user)
        .defer("figures")
        .select_related("published_by")
        .order_by("-published_at", "-pk")[:4]
    )
    last = next((each for each in publications if each.report == "coverage"), None)
    goal = goal_of(reading=Reading.ANNIVERSARY, as_of=today)
    since = last.as_of if last and last.as_of < today else None
    question = Question(as_of=today, divisions_on=goal.start if goal else today, since=since)
    prefecture = user.prefecture.code if user.prefecture_id else ""
    return Headline(
        coverage=coverage(question=question, goal=goal),
        loans=loan_headline(prefecture=prefecture, today=today),
        publications=publications,
        last=last,
    )


def loan_headline(*, prefecture: str, today: datetime.date) -> LoanHeadline | None:
    """Return SME loans of the latest whole month; None where there is none."""
    months = history(today)[::-1]
    period = whole(months[::-1])
    if period is None:
        return None
    found = compute_loans(
        parameters=LoanParameters(
            period=period,
            where=LoanFilter(prefecture=prefecture),
            months=tuple(each for each in months if each.ends_on <= period.ends_on),
        )
    )
    trend = tuple((each.period, each.balance / 10000) for each in found.trend[-TREND_MONTHS:])
    return LoanHeadline(period, comparable(found).total, trend)
