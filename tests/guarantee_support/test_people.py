"""Training and credit information of a day, now and as it was known."""

from decimal import Decimal

import pytest
from django.utils import timezone

from core.errors import DomainError
from core.registers import catalogue
from core.registers.saving import void_entry
from guarantees.queries.credit_information import (
    coverage_rows,
    credit_coverage_on,
    platform_participants_on,
    together,
)
from guarantees.queries.training import course_rows, training_totals
from tests.guarantee_support.conftest import day


@pytest.fixture
def course(record):
    return record("training-courses", name="担保机构高管班", topic="risk",
                  started_on="2012-09-10", places=2)  # fmt: skip


@pytest.fixture
def came(record, course):
    def attend(institution, person: str, completed: bool = True):
        return record("attendances", course=course, institution=institution, person=person,
                      post="risk", completed=completed)  # fmt: skip

    return attend


def test_training_is_counted_from_its_day_by_prefecture(
    came, course, agency, other_agency, company, province_clerk
) -> None:
    came(agency, "甲")
    came(company, "乙", completed=False)
    came(other_agency, "丙")
    assert training_totals(as_of=day("2012-09-09")).whole.attended == 0
    found = training_totals(as_of=day("2012-09-10"))
    assert (len(found.whole.courses), found.whole.attended, found.whole.completed) == (1, 3, 2)
    assert found.whole.completion.percent == Decimal("66.67")
    by_place = {place.code: sums for place, sums in found.by_prefecture}
    assert by_place["440200"].attended == 2
    assert len(by_place["440200"].institutions) == 2
    assert training_totals(as_of=day("2013-01-01"), since=day("2012-09-11")).whole.attended == 0
    row = course_rows(user=province_clerk).get()
    assert (row.attended, row.completed) == (3, 2)


def test_a_person_is_on_a_course_once_and_a_mistake_is_undone(came, agency, province_clerk) -> None:
    entry = came(agency, "甲")
    with pytest.raises(DomainError) as twice:
        came(agency, "甲")
    assert "已在这个培训班名单中" in str(twice.value.fields)
    before = timezone.now()
    register = catalogue.REGISTERS["attendances"]
    void_entry(register, code=entry.code, actor=province_clerk, reason="错", now=timezone.now())
    assert training_totals(as_of=day("2012-12-31")).whole.attended == 0
    assert training_totals(as_of=day("2012-12-31"), known_at=before).whole.attended == 1
    came(agency, "甲")


def test_too_many_people_for_the_places_are_remarked(
    came, agency, company, other_agency, client_of, province_clerk, course
) -> None:
    for institution in (agency, company, other_agency):
        came(institution, "某人")
    page = client_of(province_clerk).get(f"/training-courses/{course.code}/").content.decode()
    assert "登记 3 人，多于名额 2 人" in page


@pytest.fixture
def counted(record, shaoguan):
    def count(on: str, enterprises: int, filed: int, evaluated: int, financed: int, **more):
        return record("credit-coverage", counted_on=on, enterprises=enterprises,
                      filed=filed, evaluated=evaluated, financed=financed,
                      **{"prefecture": shaoguan, **more})  # fmt: skip

    return count


def test_coverage_is_the_last_count_of_every_prefecture(
    counted, guangzhou, shaoguan, province_clerk
) -> None:
    counted("2012-03-31", 1000, 300, 100, 10)
    counted("2012-06-30", 1200, 500, 301, 33)
    counted("2012-06-30", 8000, 4000, 1000, 0, prefecture=guangzhou)
    early = {row.prefecture.code: row for row in credit_coverage_on(as_of=day("2012-06-29"))}
    assert early["440200"].counted_on == day("2012-03-31")
    assert early["440100"].coverage is None
    rows = credit_coverage_on(as_of=day("2012-06-30"))
    assert [row.prefecture.code for row in rows] == ["440100", "440200"]
    mine = rows[1].coverage
    assert (mine.evaluation.numerator, mine.evaluation.denominator) == (301, 1200)
    assert mine.evaluation.percent == Decimal("25.08")
    assert mine.financing.percent == Decimal("10.96")
    whole = together(rows)
    assert (whole.filing.numerator, whole.filing.denominator) == (4500, 9200)
    assert together([]).filing.percent is None
    listed = coverage_rows(user=province_clerk).get(code="CV00002")
    assert (listed.filing, listed.evaluation, listed.financing) == (
        mine.filing.percent, mine.evaluation.percent, mine.financing.percent,
    )  # fmt: skip


def test_nothing_evaluated_has_no_share_financed(counted, province_clerk) -> None:
    counted("2012-06-30", 0, 0, 0, 0)
    row = coverage_rows(user=province_clerk).get()
    assert (row.filing, row.evaluation, row.financing) == (None, None, None)


def test_who_takes_part_is_counted_by_kind_from_day_to_day(record, bank, shaoguan) -> None:
    record("platform-participants", institution=bank, kind="bank", joined_on="2012-04-01",
           left_on="2012-06-30")  # fmt: skip
    record("platform-participants", name="市工商局", kind="department", prefecture=shaoguan,
           joined_on="2012-05-01")  # fmt: skip
    assert platform_participants_on(as_of=day("2012-04-30")) == {"bank": 1}
    assert platform_participants_on(as_of=day("2012-06-29")) == {"bank": 1, "department": 1}
    assert platform_participants_on(as_of=day("2012-06-30")) == {"department": 1}


def test_a_registered_institution_is_of_its_kind_and_where_it_is(record, bank, shaoguan) -> None:
    with pytest.raises(DomainError) as refused:
        record("platform-participants", institution=bank, kind="utility", joined_on="2012-04-01")
    assert "银行" in refused.value.fields["kind"].zh
    entry = record("platform-participants", institution=bank, kind="bank",
                   joined_on="2012-04-01")  # fmt: skip
    assert entry.prefecture_id == shaoguan.pk


def test_a_banks_page_shows_that_it_takes_part_and_others_do_not(
    record, bank, other_bank, client_of, province_clerk
) -> None:
    record("platform-participants", institution=bank, kind="bank", joined_on="2012-04-01")
    client = client_of(province_clerk)
    assert "征信平台接入单位" in client.get(f"/institutions/{bank.code}/").content.decode()
    other = client.get(f"/institutions/{other_bank.code}/").content.decode()
    assert 'id="platform-participants"' not in other
