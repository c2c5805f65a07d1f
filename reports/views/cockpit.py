"""The cockpit: the first page of whoever signs in."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models.users import Role
from core.permissions import requires
from core.tabular import formats
from core.text import Text
from reports.content import KeyFigure, LineChart, Series
from reports.coverage.content import key_figures, map_view, pace_chart
from reports.coverage.tables import place_name, region_table
from reports.page import chart_data, map_data, table_data, tile
from reports.queries.alerts import Alerts, Watch, alerts
from reports.queries.cases import case_work
from reports.queries.headline import Headline, LoanHeadline, headline
from reports.queries.house import audit, house
from reports.queries.work import work
from reports.watch.panel import headroom
from reports.watch.report import brief
from returns.queries.desk import duties

LEADERS = (Role.LEADER, Role.DEPARTMENT_STAFF)
OFFICE = (Role.PROVINCE_STAFF, Role.PREFECTURE_STAFF)


@requires(get="cockpit.view")
def cockpit(request: HttpRequest) -> HttpResponse:
    """What matters today, by role."""
    today, now = timezone.localdate(), timezone.now()
    role = request.user.role
    if role in LEADERS:
        context, template = leader_board(request, today), "cockpit/leader.html"
        context |= alert_lines(alerts(user=request.user, today=today))
        if role == Role.DEPARTMENT_STAFF:
            context["cases"] = case_work(user=request.user, today=today)
    elif role in OFFICE:
        context = leader_board(request, today)
        context["work"] = work(user=request.user, today=today)
        context["cases"] = case_work(user=request.user, today=today)
        context |= watch_lines(context["work"].watch)
        template = "cockpit/office.html"
    elif role == Role.AUDITOR:
        context, template = {"audit": audit(now=now)}, "cockpit/auditor.html"
    elif role == Role.ADMINISTRATOR:
        context, template = {"house": house(now=now)}, "cockpit/administrator.html"
    else:
        found = duties(institution=request.user.institution, today=today, limit=12)
        context = {
            "duties": [each for each in found if each.is_open_work],
            "done": [each for each in found if not each.is_open_work],
            "panels": list(headroom(request.user.institution, user=request.user, as_of=today)),
        }
        template = "cockpit/institution.html"
    return render(request, template, {"title": _("驾驶舱"), "today": today, **context})


def alert_lines(found: Alerts) -> dict[str, Any]:
    """What the leader's board says of supervision."""
    return {"alerts": found, **watch_lines(found.watch)}


def watch_lines(watch: Watch | None) -> dict[str, Any]:
    """The head of the watch list, line by line."""
    return {"watch": watch, "watched": [brief(each) for each in watch.first] if watch else []}


def leader_board(request: HttpRequest, today: datetime.date) -> dict[str, Any]:
    """The leader's board: map, coverage, pace, loans, trend, what changed."""
    found = headline(user=request.user, today=today)
    language = get_language() or ""
    behind = reverse("reports:coverage-lineage")

    def link(figure: str) -> str:
        return f"{behind}?{urlencode({'as_of': today.isoformat(), 'figure': figure})}"

    tiles = [tile(each, language, link) for each in key_figures(found.coverage)]
    if found.loans:
        report = f"{reverse('reports:loans')}?as_of={found.loans.period.ends_on.isoformat()}"
        loans = [tile(each, language, link) for each in loan_figures(found.loans)]
        tiles += [each | {"url": report} for each in loans]
    pace = found.coverage.pace
    return {
        "headline": found,
        "tiles": tiles,
        "map": {"key": "map", "title": _("覆盖地图")}
        | map_data(map_view(found.coverage), language, link),
        "regions": {"title": _("分区域覆盖情况")}
        | table_data(region_table(found.coverage), language, link),
        "pace": pace and {"key": "pace"} | _titled(pace_chart(pace), language),
        "trend": found.loans and {"key": "trend"} | _titled(trend_chart(found.loans), language),
        "changes": _changes(found, language),
        "prefecture": request.user.prefecture,
        "has_charts": True,
    }


def _titled(chart: LineChart, language: str) -> dict[str, Any]:
    return {"title": chart.title.in_language(language)} | chart_data(chart, language)


def loan_figures(loans: LoanHeadline) -> list[KeyFigure]:
    """Balance, growth and NPL ratio of the latest month."""
    month = Text(str(loans.period), loans.period.code)
    growth = formats.percent_value(loans.figures.growth.percent)
    increase = formats.yi(loans.figures.increase)
    return [
        KeyFigure(
            Text("中小微企业贷款余额", "SME loans"),
            formats.yi(loans.figures.now.balance),
            unit=Text("亿元", "100 million yuan"),
            note=Text(
                f"{month.zh}末，比年初 {increase} 亿元", f"{month.en}; {increase} since January"
            ),
        ),
        KeyFigure(
            Text("贷款同比增速", "Growth year on year"),
            growth,
            note=Text(f"{month.zh}末", month.en),
        ),
        KeyFigure(
            Text("不良率", "NPL ratio"),
            formats.percent_value(loans.figures.npl_ratio.percent),
            note=Text(f"{month.zh}末", month.en),
        ),
    ]


def trend_chart(loans: LoanHeadline) -> LineChart:
    """Balance of the last thirteen months."""
    return LineChart(
        key="trend",
        title=Text("中小微企业贷款余额走势", "SME loans, month by month"),
        labels=[label for label, _balance in loans.trend],
        series=[Series(Text("余额", "Balance"), [round(each, 2) for _label, each in loans.trend])],
        unit=Text("亿元", "100 million yuan"),
        from_zero=False,
    )


def _changes(found: Headline, language: str) -> list[dict[str, Any]]:
    """Places gained and lost since the last published coverage."""
    answer = found.coverage
    return [
        {
            "gained": each.gained,
            "place": place_name(answer, each.code).in_language(language),
            "bank": answer.banks[each.bank].name,
            "on": each.on,
        }
        for each in answer.changes
    ]
