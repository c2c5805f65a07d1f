"""The workbook we hand out comes back and reads as what was typed into it."""

import io
import json
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import Institution, Period
from finance.rules.industries import INDUSTRIES, SIZES
from returns.checking.context import Prior
from returns.forms import form
from returns.intake.examine import Examination, examine, examine_in
from returns.models import CellComment
from returns.workbook.marked import mark_workbook
from returns.workbook.template import build_workbook
from tests.engine.around import context, prior
from tests.engine.conftest import NOW
from tests.engine.figures import line, payload, total
from tests.engine.filling import fill, saved

FORM = form("sme-loans")


def built(bank: Institution, june: Period, language: str = "zh-hans") -> bytes:
    return build_workbook(form=FORM, institution=bank, period=june, now=NOW, language=language)


def examined(data: bytes, bank: Institution, june: Period) -> Examination:
    return examine(
        form=FORM, data=data, filename="a.xlsx", channel="workbook", institution=bank,
        period=june, now=NOW,
    )  # fmt: skip


def test_a_filled_workbook_is_clean(bank: Institution, june: Period) -> None:
    lines = [line(), line(size="L", industry="A"), line("440300", industry="K")]
    totals = [total(enterprise="200.00"), total("440300")]
    found = examined(fill(built(bank, june), lines=lines, totals=totals), bank, june)
    assert [f.check_code for f in found.findings] == ["SY-502"]  # no outlet in Shenzhen: explain
    assert found.storable
    assert found.line_count == 3
    assert found.key_figures["balance"] == "300.00"


def test_an_english_workbook_reads_the_same(bank: Institution, june: Period) -> None:
    data = fill(built(bank, june, "en"), lines=[line()], totals=[total()])
    assert examined(data, bank, june).findings == []


def test_an_empty_workbook_says_so(bank: Institution, june: Period) -> None:
    found = examined(built(bank, june), bank, june)
    assert [f.check_code for f in found.findings] == ["ST-122"]


def test_only_cells_to_fill_are_unlocked(bank: Institution, june: Period) -> None:
    book = openpyxl.load_workbook(io.BytesIO(built(bank, june)))
    sheet = book["贷款明细"]
    assert sheet.protection.sheet
    assert sheet["A6"].protection.locked
    assert sheet["A6"].value == "440100 广州市"
    assert not sheet["D6"].protection.locked
    assert book["_meta"].sheet_state == "veryHidden"
    assert len(sheet.data_validations.dataValidation) == 23


cents = st.integers(min_value=0, max_value=10**8).map(lambda n: Decimal(n).scaleb(-2))


@st.composite
def sound_lines(draw: Any) -> list[dict[str, Any]]:
    """Lines with different keys in which every identity holds."""
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(list(SIZES)), st.sampled_from(list(INDUSTRIES))),
            min_size=1, max_size=5, unique=True,
        )
    )  # fmt: skip
    return [_sound(draw, size, industry) for size, industry in keys]


def _sound(draw: Any, size: str, industry: str) -> dict[str, Any]:
    classes = [draw(cents) for _ in range(5)]
    balance = sum(classes)
    granted = draw(cents)

    def split(count: int) -> list[Decimal]:
        parts = [(balance / count).quantize(Decimal("0.01")) for _ in range(count - 1)]
        return [*parts, balance - sum(parts)]

    guarantee, term = split(4), split(2)
    applicants = draw(st.integers(0, 10**6))
    names = ("normal", "special_mention", "substandard", "doubtful", "loss")
    figures = dict(zip(names, classes, strict=True))
    figures |= dict(
        zip(("unsecured", "guaranteed", "mortgaged", "pledged"), guarantee, strict=True)
    )
    return {
        "prefecture": "440100", "size": size, "industry": industry,
        "balance": balance, "year_start": draw(cents), **figures,
        "short_term": term[0], "long_term": term[1], "npl": sum(classes[2:]),
        "granted_period": granted, "granted_year": granted + draw(cents),
        "interest": (granted * Decimal("0.0725")).quantize(Decimal("0.0001")),
        "borrowers": draw(st.integers(1, 10**6)) if balance else 0,
        "applicants": applicants, "approved": draw(st.integers(0, applicants)),
    }  # fmt: skip


@given(lines=sound_lines())
@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_any_sound_figures_come_back_as_typed(
    bank: Institution, june: Period, lines: list[dict[str, Any]]
) -> None:
    balance = sum(each["balance"] for each in lines)
    start = sum(each["year_start"] for each in lines)
    npl = sum(each["npl"] for each in lines)
    whole = total(
        enterprise=sum(each["balance"] for each in lines if each["size"] in "LMSX"),
        all_loans=balance, all_year_start=start, all_npl=npl,
    )  # fmt: skip
    found = examined(fill(built(bank, june), lines=lines, totals=[whole]), bank, june)
    assert found.findings == []
    data = found.tables["lines"]
    typed = {f"{r['prefecture']}/{r['size']}/{r['industry']}": r for r in lines}
    for place, key in enumerate(data.keys.tolist()):
        row = typed.pop(data.key_text(key))
        for measure in FORM.lines.measures:
            exact = Decimal(int(data[measure.name][place])).scaleb(-measure.scale)
            assert exact == Decimal(row[measure.name]), measure.name
    assert not any(
        row[name] for row in typed.values() for name in ("balance", "year_start")
    )  # only lines of nothing may be missing


def test_a_workbook_comes_back_marked(bank: Institution, june: Period) -> None:
    data = fill(
        built(bank, june), lines=[line(unsecured="41.00"), line(size="L")],
        totals=[total(enterprise="200.00")],
    )  # fmt: skip
    found = examined(data, bank, june)
    [finding] = found.findings
    back = mark_workbook(form=FORM, data=data, filename="a.xlsx", findings=found.findings)
    book = openpyxl.load_workbook(io.BytesIO(back))
    assert book.sheetnames[0] == "审核意见"
    cell = book["贷款明细"][finding.cell]
    assert cell.value == 41
    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    assert "信用 + 保证 + 抵押 + 质押 = 101.00" in cell.comment.text
    cell.value = 40
    mended = examined(saved(book), bank, june)
    assert mended.findings == []
    assert mended.line_count == 2


def test_figures_can_be_handed_back_in_a_fresh_workbook(bank: Institution, june: Period) -> None:
    data = fill(built(bank, june), lines=[line(), line(size="L")], totals=[total(enterprise=200)])
    found = examined(data, bank, june)
    again = build_workbook(form=FORM, institution=bank, period=june, now=NOW, prefill=found.tables)
    back = examined(again, bank, june)
    assert back.findings == []
    assert back.key_figures == found.key_figures
    assert pytest.approx(len(again), rel=0.5) == len(data)


def test_keys_and_year_starts_are_prefilled(bank: Institution, june: Period) -> None:
    known = Prior(
        previous=prior([line(size="X", industry="K"), line(size="L")], [total()]),
        december=prior([line(size="L", balance="88.88")], [total(all_loans="4444.44")]),
    )
    data = build_workbook(
        form=FORM, institution=bank, period=june, now=NOW, context=context(prior=known)
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet, totals = book["贷款明细"], book["各项贷款"]
    assert [sheet.cell(6, place).value for place in (1, 2, 3, 4, 5)] == [
        "440100 广州市", "L 大型企业", "C 制造业", None, 88.88,
    ]  # fmt: skip
    assert [sheet.cell(7, place).value for place in (2, 3, 5)] == ["X 微型企业", "K 房地产业", 0]
    assert sheet["A8"].value is None  # spare rows follow
    assert (totals["A6"].value, totals["C6"].value) == ("440100 广州市", 4444.44)


def test_a_commented_cell_is_marked_too(bank: Institution, june: Period) -> None:
    data = fill(built(bank, june), lines=[line(size="L", industry="A")], totals=[total()])
    remark = CellComment(table="lines", key="440100/L/A", row=6, column="npl", text="请核对不良")
    back = mark_workbook(form=FORM, data=data, filename="a.xlsx", findings=[], comments=[remark])
    cell = openpyxl.load_workbook(io.BytesIO(back))["贷款明细"]["Q6"]
    assert cell.value == 3
    assert "请核对不良" in cell.comment.text


def test_a_payload_comes_back_as_a_marked_workbook() -> None:
    body = payload([line(), line(size="L", npl="4.00")], [total(enterprise="200.00")])
    sent = json.dumps(body).encode()
    found = examine_in(form=FORM, data=sent, filename="", channel="grid", context=context())
    back = mark_workbook(form=FORM, data=sent, filename="", findings=found.findings, language="en")
    book = openpyxl.load_workbook(io.BytesIO(back))
    assert book.sheetnames == ["Findings", "贷款明细", "各项贷款"]
    assert "NPL 4.00 differs" in book["贷款明细"]["Q4"].comment.text
