"""What stands behind a figure of the consolidated report."""

import datetime
from typing import Any

from core.text import Text
from plan.queries.consolidated_reports import LABELS
from plan.queries.progress_reports import is_in
from reports.consolidated_report.compute import ReportParameters, compute
from reports.consolidated_report.content import REPORT_STATES
from reports.declaration import Evidence, Lineage
from reports.plan_board.compute import BoardParameters
from reports.plan_board.lineage import lineage as of_the_board


def lineage(
    parameters: ReportParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """The board's figures open as they do there; ``units:…`` to the units and their reports.

    Raises KeyError for any other figure.
    """
    if not figure.startswith("units:"):
        asked = BoardParameters(parameters.day, parameters.year)
        return of_the_board(asked, figure, known_at, user)
    figures = compute(parameters, known_at).figures
    if figures is None or figure not in LABELS:
        raise KeyError(figure)
    return Lineage(
        LABELS[figure],
        [
            Evidence(
                on=each.report.first_submitted_on if each.report else None,
                what=REPORT_STATES[each.report.state if each.report else ""],
                where=Text(str(each.unit), str(each.unit)),
                url=f"/progress-reports/{each.report.code}/" if each.report else "",
            )
            for each in figures.units
            if figure == "units:all" or not is_in(each.report)
        ],
    )
