"""Reports ask the database as often for six institutions as for two."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.demo.guarantee_figures import GuaranteeBook
from reports.demo.microloan_figures import MicroloanBook
from reports.registry import lineage
from tests.item_reports.conftest import GUANGZHOU, SHAOGUAN, later, report

PLACES = (SHAOGUAN, GUANGZHOU)
COUNTS = {"microloan": 19, "guarantees": 17, "services": 7, "watch-list": 15, "expiries": 10}
KNOWN = {"microloan": 24, "guarantees": 20, "services": 7, "watch-list": 18, "expiries": 13}
BEHIND = {
    ("microloan", "npl"): 6,
    ("guarantees", "recovery-ratio"): 5,
    ("watch-list", "near"): 13,
}


@pytest.fixture
def filed(institution, opened, accept, rated) -> Callable[[int], None]:
    """``filed(2)``: so many companies and agencies filed May and June, and are rated."""

    def file(number: int) -> None:
        who: dict[str, tuple[Any, Any]] = {}
        for place in range(number):
            company = institution("microloan", f"ML0{place}", PLACES[place % 2], "440222")
            agency = institution("guarantee", f"GA0{place}", PLACES[place % 2])
            rated(agency, "A", "2011-06-01", "2012-05-31")
            who[company.code] = company, MicroloanBook(seed=place, capital=5000, borrowing=0.48)
            who[agency.code] = agency, GuaranteeBook(seed=place, capital=5000, leverage=9.5)
        for month in (5, 6):
            periods = {form: opened(form, month) for form in ("microloan", "guarantee")}
            for code, (one, book) in who.items():
                form = "microloan" if code.startswith("ML") else "guarantee"
                accept(one, periods[form], book.month(month))

    return file


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


@pytest.mark.parametrize("number", [2, 6])
def test_the_number_of_queries_does_not_grow(
    filed, client_of, leader, province_clerk, number
) -> None:
    filed(number)
    moment = later()
    for code in COUNTS:
        report(code).content  # noqa: B018 what is read once a process is read
    assert {code: queries(lambda code=code: report(code).content) for code in COUNTS} == COUNTS
    known = {code: queries(lambda c=code: report(c, known_at=moment).figures) for code in COUNTS}
    assert known == KNOWN
    computed = {code: report(code) for code in COUNTS}
    behind = {
        (code, figure): queries(lambda c=code, f=figure: lineage(computed[c], f, user=leader))
        for code, figure in BEHIND
    }
    assert behind == BEHIND
    for person, most in ((leader, 34), (province_clerk, 46)):
        client = client_of(person)
        client.get("/")
        assert queries(lambda browser=client: browser.get("/")) == most
