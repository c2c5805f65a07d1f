"""What a report declares, so that everything else follows."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.text import Text
from reports.content import NO_TEXT, Content
from reports.definitions import Defining
from reports.forms import ParametersForm


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing behind a figure: when, what, its document, and where to open it."""

    on: datetime.date | None
    what: Text
    where: Text
    document: str = ""
    files: Sequence[tuple[str, str]] = ()  # (file name, address)
    url: str = ""
    keys: Sequence[str] = ()  # codes of the places and groups it touches


@dataclass(frozen=True, slots=True)
class Lineage:
    """What stands behind one figure of a report."""

    title: Text
    evidence: Sequence[Evidence]
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Report:
    """A report, declared once.

    compute(parameters, known_at) -> the figures as a dataclass; known_at None means now
    content(result) -> Content, the parts that page, PDF and workbook show
    figures(result) -> plain dict for JSON and publishing, decimals as strings
    as_of(parameters) -> the date the figures stand for
    lineage(parameters, figure, known_at, user) -> Lineage; KeyError for an unknown figure
    learnt_since(parameters, moment) -> what was recorded or voided since, for comparisons
    scoped_by: an action, ``permission`` if empty; who does not hold it everywhere gets
    ``narrowed(parameters, user)``, which raises PermissionRefused for what is not theirs, and
    sees no publication of it
    ready(result) raises DomainError where the result is not fit to be published yet
    definitions(result) -> what every number of the content means: unit and definition
    """

    code: str
    title: Text
    form: type[ParametersForm]
    compute: Callable[[Any, datetime.datetime | None], Any]
    content: Callable[[Any], Content]
    figures: Callable[[Any], dict[str, Any]]
    as_of: Callable[[Any], datetime.date]
    definitions: Defining
    lineage: Callable[[Any, str, datetime.datetime | None, Any], Lineage] | None = None
    learnt_since: Callable[[Any, datetime.datetime], Sequence[Evidence]] | None = None
    permission: str = "report.view"
    ready: Callable[[Any], None] | None = None
    scoped_by: str = ""
    narrowed: Callable[[Any, Any], Any] | None = None
