"""Numbers, dates and names as readers of each language write them."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import formats, translation

from core.models import Period
from core.models.institutions import InstitutionKind
from core.naming import named
from core.operations.imports import choice_cell
from core.text import Text
from tests.factories import PeriodFactory

DAY = datetime.date(2012, 6, 30)


def shown(template: str, **context: object) -> str:
    return Template("{% load tracker %}" + template).render(Context(context))


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("zh-hans", "2012年6月30日", "2012年6月30日 09:05"),
        ("en", "30 June 2012", "30 June 2012 09:05"),
    ],
)
def test_dates(language: str, day: str, moment: str) -> None:
    with translation.override(language):
        assert shown("{{ day|day }}", day=DAY) == day
        assert formats.date_format(DAY) == day
        at = datetime.datetime(2012, 6, 30, 9, 5)  # noqa: DTZ001
        assert formats.date_format(at, "DATETIME_FORMAT") == moment
        assert formats.date_format(DAY, "SHORT_DATE_FORMAT") == "2012-06-30"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_figures_are_the_same_in_both_languages(language: str) -> None:
    with translation.override(language):
        assert shown("{{ v|money }}", v=Decimal("1234567.5")) == "1,234,567.50"
        assert shown("{{ v|yi }}", v=Decimal(12345678)) == "1,234.57"
        assert shown("{{ v|count }}", v=2520) == "2,520"
        assert shown("{{ v|money }}", v=None) == "—"
        with_separators = formats.number_format(Decimal("1234567.5"), 2, force_grouping=True)
        assert with_separators == "1,234,567.50"


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("zh-hans", ["2012-06-30", "2012/06/30", "2012年6月30日", "20120630"]),
        ("en", ["2012-06-30", "2012/06/30", "30 June 2012", "20120630"]),
    ],
)
def test_dates_can_be_typed_as_they_are_written(language: str, typed: list[str]) -> None:
    with translation.override(language):
        assert [forms.DateField().clean(each) for each in typed] == [DAY] * len(typed)


def test_texts_units_periods_and_prefectures_are_named_in_the_reader_s_language(shaoguan) -> None:
    period: Period = PeriodFactory(year=2012, number=6)
    for value, chinese, english in (
        (Text("回执", "Receipt"), "回执", "Receipt"),
        ("万元", "万元", "10,000 yuan"),
        (period, "2012年6月", "2012-06"),
        (shaoguan, "韶关市", "Shaoguan"),
        ("unknown", "unknown", "unknown"),
    ):
        assert str(named(value, "zh-hans")) == chinese
        assert str(named(value, "en")) == str(named(value, "en-gb")) == english


@pytest.mark.parametrize("first", ["zh-hans", "en"])
def test_a_workbook_s_choices_are_read_in_either_language(first: str) -> None:
    """Whoever asks first, in whichever language, changes nothing for those who follow."""
    read = choice_cell(InstitutionKind.choices)
    with translation.override(first):
        assert read("村镇银行") == read("Village bank") == read("village_bank") == "village_bank"
    with pytest.raises(ValueError, match="village") as refused:
        read("village")
    told = refused.value.args[0]
    assert "村镇银行、" in told.zh
    assert "Village bank, " in told.en
