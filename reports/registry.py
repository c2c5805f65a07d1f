"""The reports: one computation each, from which page, PDF, workbook and JSON are made.

A report plugs in by declaring a ``Report`` and adding it to ``REPORTS``; everything else
(page, renderings, command, API, publishing, recomputation) follows from the declaration.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import NotFound
from core.permissions import Scope, require, scope_of
from core.text import Text
from reports.consolidated_report.report import CONSOLIDATED_REPORT
from reports.content import Content
from reports.coverage.report import COVERAGE
from reports.declaration import Lineage, Report
from reports.expiries.report import EXPIRIES
from reports.forms import ParametersForm, read
from reports.green_channel.report import GREEN_CHANNEL
from reports.guarantees.report import GUARANTEES
from reports.incentives.report import INCENTIVES
from reports.loans.report import LOANS
from reports.microloan.report import MICROLOAN
from reports.notes.report import COLLECTIVE_NOTES
from reports.observations import Observations, observations
from reports.other_finance.report import OTHER_FINANCE
from reports.pipeline.report import PIPELINE
from reports.plan_board.report import PLAN_BOARD
from reports.services.report import SERVICES
from reports.watch.report import WATCH_LIST

REPORTS: dict[str, Report] = {
    report.code: report
    for report in (
        PLAN_BOARD,
        CONSOLIDATED_REPORT,
        COVERAGE,
        LOANS,
        MICROLOAN,
        GUARANTEES,
        SERVICES,
        WATCH_LIST,
        EXPIRIES,
        PIPELINE,
        GREEN_CHANNEL,
        INCENTIVES,
        COLLECTIVE_NOTES,
        OTHER_FINANCE,
    )
}


@dataclass(frozen=True, slots=True)
class Computed:
    """A report that was asked for: its one computation and what it answers."""

    report: Report
    form: ParametersForm
    asked: Mapping[str, str]
    as_of: datetime.date
    known_at: datetime.datetime | None
    parameters: Any  # of the report, narrowed to what its reader may see
    result: Any

    @property
    def content(self) -> Content:
        """The parts that page, PDF and workbook show."""
        return self.report.content(self.result)

    @property
    def figures(self) -> dict[str, Any]:
        """The figures as plain data."""
        return self.report.figures(self.result)

    @property
    def observations(self) -> Observations:
        """The numbers one by one, with their indicators."""
        return observations(self.content, self.report.definitions(self.result))


def get(code: str) -> Report:
    """Return a report. Raises NotFound for an unknown code."""
    try:
        return REPORTS[code]
    except KeyError:
        raise NotFound(Text(f"报告“{code}”", f"report “{code}”")) from None


def compute(
    code: str,
    asked: Mapping[str, Any],
    *,
    user: Any,
    today: datetime.date,
    known_at: datetime.datetime | None = None,
) -> Computed:
    """Compute a report for ``user``: the one door for page, API, command and publishing.

    ``user`` None is the house itself (command line, recomputation). Raises NotFound,
    PermissionRefused, or DomainError "invalid-parameters".
    """
    report = get(code)
    if user is not None:
        require(user, report.permission)
    form = read(report.form, asked, today=today)
    parameters = _narrowed(report, form.parameters(), user)
    return Computed(
        report=report,
        form=form,
        asked=form.canonical(),
        as_of=report.as_of(parameters),
        known_at=known_at,
        parameters=parameters,
        result=report.compute(parameters, known_at),
    )


def _narrowed(report: Report, parameters: Any, user: Any) -> Any:
    """The parameters, as far as ``user`` may see what they ask for."""
    if report.narrowed is None or sees_whole(report, user):
        return parameters
    require(user, scoping(report))
    return report.narrowed(parameters, user)


def sees_whole(report: Report, user: Any) -> bool:
    """Whether nothing of a report is hidden from ``user``; None is the house itself."""
    return user is None or scope_of(user, scoping(report)) == Scope.ALL


def scoping(report: Report) -> str:
    """The action whose scope says how much of a report somebody sees."""
    return report.scoped_by or report.permission


def lineage(computed: Computed, figure: str, *, user: Any) -> Lineage:
    """Return what stands behind ``figure``. Raises NotFound where there is no such figure."""
    source = computed.report.lineage
    try:
        if source is None:
            raise KeyError(figure)
        return source(computed.parameters, figure, computed.known_at, user)
    except KeyError:
        raise NotFound(Text(f"数字“{figure}”", f"figure “{figure}”")) from None
