"""The real territory with a few companies and agencies, and the way of a return in one call."""

import datetime
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from core.models import County, Institution, Period, Prefecture
from core.models.users import Role
from core.operations.reference import load_rules, load_territory
from guarantees.models import CreditRating, RatingGrade
from guarantees.operations.reference import load_rating_scale
from reports.demo.guarantee_figures import GuaranteeBook
from reports.demo.microloan_figures import MicroloanBook
from reports.registry import Computed, compute
from returns.models import Return
from returns.operations import (
    accept_return,
    explain_findings,
    open_period,
    receive,
    sign_return,
    start_revision,
)
from tests.factories import InstitutionFactory, UserFactory, fact
from tests.filing import NOW

TODAY = datetime.date(2012, 7, 31)
SHAOGUAN, GUANGZHOU, SHENZHEN = "440200", "440100", "440300"
Tables = dict[str, list[dict[str, Any]]]
KINDS = {"microloan": "microloan_company", "guarantee": "guarantee_agency"}


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def guangdong(db) -> None:
    """All prefectures and counties, the dated rules, the rating scale."""
    load_territory()
    load_rules()
    load_rating_scale()


@pytest.fixture
def institution(guangdong) -> Callable[..., Institution]:
    """``institution("microloan", "ML01", SHAOGUAN)`` has been open since 2010."""

    def make(form: str, code: str, prefecture: str, county: str = "") -> Institution:
        found = InstitutionFactory(
            code=code,
            kind=KINDS[form],
            name=f"演示{code}有限公司",
            prefecture=Prefecture.objects.get(code=prefecture),
            county=County.objects.filter(code=county).first(),
        )
        fact(found, "opened", "2010-06-01", prefecture=found.prefecture, county=found.county)
        return found

    return make


@pytest.fixture
def opened(province_clerk) -> Callable[..., Period]:
    """``opened("guarantee", 6)`` opens June 2012 for everybody there is."""

    def open_month(form: str, number: int) -> Period:
        return open_period(actor=province_clerk, form=form, year=2012, number=number, now=NOW)

    return open_month


@pytest.fixture
def accept(province_clerk) -> Callable[..., Return]:
    """``accept(agency, period, tables)`` takes a return, or a correction, the whole way."""
    cast: dict[int, Any] = {}

    def whole_way(
        who: Institution, period: Period, tables: Tables, *, now: datetime.datetime = NOW
    ) -> Return:
        if who.pk not in cast:
            cast[who.pk] = (
                UserFactory(role=Role.PREPARER, institution=who),
                UserFactory(role=Role.SIGNATORY, institution=who),
            )
        preparer, signatory = cast[who.pk]
        before = Return.objects.filter(institution=who, period=period, state="accepted").first()
        if before is not None:
            start_revision(actor=preparer, record=before, reason="更正", now=now)
        body = {
            "form": period.form, "version": "2012.1", "institution": who.code,
            "period": period.code, "tables": tables,
        }  # fmt: skip
        record, found = receive(
            actor=preparer, institution=who, period=period, data=json.dumps(body).encode(),
            filename="x.json", channel="api", now=now,
        )  # fmt: skip
        assert not record.error_count, [(each.check_code, each.key) for each in found.findings]
        texts = {each.pk: "情况属实" for each in record.findings.all()}
        record = explain_findings(
            actor=preparer, record=record, explanations=texts, expected_version=None, now=now
        )
        record = sign_return(actor=signatory, record=record, expected_version=None, now=now)
        return accept_return(actor=province_clerk, record=record, expected_version=None, now=now)

    return whole_way


@pytest.fixture
def three_companies(institution, opened, accept) -> dict[str, Institution]:
    """Of 始兴县 in Shaoguan, of Guangzhou and of Shenzhen; very different; all filed June."""
    found = {
        "small": institution("microloan", "ML01", SHAOGUAN, "440222"),
        "large": institution("microloan", "ML02", GUANGZHOU),
        "shenzhen": institution("microloan", "ML03", SHENZHEN),
    }
    june = opened("microloan", 6)
    for seed, (name, capital, more) in enumerate(
        (("small", 2000, {"borrowing": 0.48, "bad": 0.05}), ("large", 30000, {"borrowing": 0.1}),
         ("shenzhen", 10000, {"single": 0.03})),
        start=1,
    ):  # fmt: skip
        accept(found[name], june, MicroloanBook(seed=seed, capital=capital, **more).month(6))
    return found


@pytest.fixture
def three_agencies(institution, opened, accept) -> dict[str, Institution]:
    """Of Shaoguan, Guangzhou and Shenzhen; very different; all filed May and June."""
    found = {
        "small": institution("guarantee", "GA01", SHAOGUAN),
        "large": institution("guarantee", "GA02", GUANGZHOU),
        "shenzhen": institution("guarantee", "GA03", SHENZHEN),
    }
    books = {
        "small": GuaranteeBook(seed=1, capital=5000, leverage=9.4, compensation=0.05),
        "large": GuaranteeBook(seed=2, capital=80000, leverage=3.0, compensation=0.004),
        "shenzhen": GuaranteeBook(seed=3, capital=50000, leverage=6.0),
    }
    for number in (5, 6):
        month = opened("guarantee", number)
        for name, book in books.items():
            accept(found[name], month, book.month(number))
    return found


@pytest.fixture
def rated(guangdong) -> Callable[..., CreditRating]:
    """``rated(agency, "AA", "2011-05-01", "2012-04-30")``."""

    def rate(agency: Institution, grade: str, on: str, until: str) -> CreditRating:
        entry = CreditRating(
            code=f"CR-{CreditRating.objects.count() + 1}",
            institution=agency,
            rating_agency_name="演示评级",
            grade=RatingGrade.objects.get(code=grade),
            rated_on=day(on),
            valid_until=day(until),
        )
        entry.save()
        return entry

    return rate


def report(code: str, user: Any = None, known_at: Any = None, **asked: str) -> Computed:
    return compute(
        code, {"as_of": "2012-07-31", **asked}, user=user, today=TODAY, known_at=known_at
    )


def figures(code: str, **asked: str) -> dict[str, Any]:
    return report(code, **asked).figures


def group(found: dict[str, Any], code: str, name: str = "groups") -> dict[str, Any]:
    return next(each for each in found[name] if each["code"] == code)


def numbers(*values: Any) -> list[Decimal]:
    return [Decimal(each) for each in values]


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """A workbook's sheets as rows."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def pdf_text(data: bytes, folder: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler-utils is not installed, so the PDF's text cannot be read")
    path = folder / "report.pdf"
    path.write_bytes(data)
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def later(days: int = 1) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


@pytest.fixture
def watched(institution, opened, accept) -> dict[str, Any]:
    """May and June: one company breaks what another is near; a third draws nearer to it.

    The agency of Guangzhou is near its leverage; the agency of Shaoguan has not filed June.
    """
    who = {code: institution("microloan", code, place) for code, place in (
        ("ML01", SHAOGUAN), ("ML02", GUANGZHOU), ("ML03", SHENZHEN))}  # fmt: skip
    who |= {code: institution("guarantee", code, place) for code, place in (
        ("GA01", SHAOGUAN), ("GA02", GUANGZHOU))}  # fmt: skip
    books = {
        "ML01": MicroloanBook(seed=1, capital=5000, borrowing=0.60, single=0.03, banks=1),
        "ML02": MicroloanBook(seed=2, capital=5000, borrowing=0.40, single=0.048, banks=1),
        "ML03": MicroloanBook(seed=3, capital=5000, borrowing=0.10, single=0.03, banks=1),
        "GA01": GuaranteeBook(seed=1, capital=5000, leverage=3.0),
        "GA02": GuaranteeBook(seed=2, capital=5000, leverage=9.5),
    }
    for number in (5, 6):
        months = {form: opened(form, number) for form in ("microloan", "guarantee")}
        if number == 6:
            books["ML02"].borrowing = 0.49
        for code, book in books.items():
            tables = book.month(number)
            if (code, number) != ("GA01", 6):
                form = "microloan" if code.startswith("ML") else "guarantee"
                accept(who[code], months[form], tables)
    return who
