"""Microloan companies of three prefectures, and the way of a return in one call."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest

from core.models import Institution, Period, Prefecture
from core.models.users import Role
from core.operations.reference import load_rules
from reports.demo.microloan_figures import MicroloanBook
from returns.models import Return
from returns.operations import (
    accept_return,
    explain_findings,
    open_period,
    receive,
    sign_return,
    start_revision,
)
from tests.factories import InstitutionFactory, PrefectureFactory, UserFactory
from tests.filing import NOW

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture
def shenzhen(db) -> Prefecture:
    return PrefectureFactory(
        code="440300", name="深圳市", name_en="Shenzhen", region="delta", display_order=2
    )


def make_company(code: str, prefecture: Prefecture) -> Institution:
    name = f"演示{code}小额贷款有限公司"
    return InstitutionFactory(code=code, kind="microloan_company", name=name, prefecture=prefecture)


@pytest.fixture
def company(shaoguan) -> Institution:
    return make_company("ML01", shaoguan)


@pytest.fixture
def companies(company, shaoguan, guangzhou, shenzhen) -> list[Institution]:
    """Two of Shaoguan, one of Guangzhou, one of Shenzhen."""
    others = (("ML02", shaoguan), ("ML03", guangzhou), ("ML04", shenzhen))
    return [company, *(make_company(code, place) for code, place in others)]


@pytest.fixture
def opened(db, province_clerk) -> Callable[[int, int], Period]:
    """``opened(2012, 6)`` opens a month for every company there is."""
    load_rules()

    def open_month(year: int, number: int) -> Period:
        return open_period(
            actor=province_clerk, form="microloan", year=year, number=number, now=NOW
        )

    return open_month


def payload(company: Institution, period: Period, tables: Tables) -> bytes:
    body = {
        "form": "microloan", "version": "2012.1", "institution": company.code,
        "period": period.code, "tables": tables,
    }  # fmt: skip
    return json.dumps(body).encode()


def june_of(seed: int, capital: int = 8000, **shares: Any) -> Tables:
    """The June of a company that began in June."""
    return MicroloanBook(seed=seed, capital=capital, **shares).month(6)


def set_cell(tables: Tables, table: str, item: str, **values: Any) -> Tables:
    """The tables with some cells of one row changed."""
    key = f"{table.removesuffix('s')}_item"
    rows = [row | values if row[key] == item else row for row in tables[table]]
    return {**tables, table: rows}


def without(tables: Tables, table: str, item: str) -> Tables:
    """The tables with one row left out."""
    key = f"{table.removesuffix('s')}_item"
    return {**tables, table: [row for row in tables[table] if row[key] != item]}


@pytest.fixture
def accept(province_clerk) -> Callable[..., Return]:
    """``accept(company, period, tables)`` takes a return, or a revision, the whole way."""
    cast: dict[int, Any] = {}

    def whole_way(
        company: Institution,
        period: Period,
        tables: Tables,
        *,
        now: datetime.datetime = NOW,
    ) -> Return:
        if company.pk not in cast:
            cast[company.pk] = (
                UserFactory(role=Role.PREPARER, institution=company),
                UserFactory(role=Role.SIGNATORY, institution=company),
            )
        preparer, signatory = cast[company.pk]
        before = Return.objects.filter(institution=company, period=period, state="accepted").first()
        if before is not None:
            start_revision(actor=preparer, record=before, reason="更正", now=now)
        record, found = receive(
            actor=preparer, institution=company, period=period,
            data=payload(company, period, tables), filename="x.json", channel="api", now=now,
        )  # fmt: skip
        assert not record.error_count, [(each.check_code, each.key) for each in found.findings]
        texts = {each.pk: "情况属实" for each in record.findings.all()}
        record = explain_findings(
            actor=preparer, record=record, explanations=texts, expected_version=None, now=now
        )
        record = sign_return(actor=signatory, record=record, expected_version=None, now=now)
        return accept_return(actor=province_clerk, record=record, expected_version=None, now=now)

    return whole_way
