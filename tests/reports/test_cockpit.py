"""The first page of whoever signs in, by role."""

import datetime

import pytest
from django.utils import timezone

from core.models import Fact
from core.operations.reference import load_rules
from reports.operations.publishing import publish
from returns.models import Obligation
from tests.factories import PeriodFactory, fact
from tests.filing import month

TODAY = timezone.localdate()


def text_of(client, address: str = "/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_leader_sees_map_coverage_and_pace(province, client_of, leader) -> None:
    text = text_of(client_of(leader))
    assert 'data-chart="map"' in text
    assert "1/21" in text
    assert "参考进度" in text
    assert "尚未发布覆盖报告" in text


def test_the_leader_sees_what_changed_since_the_last_publication(
    province, client_of, leader, province_clerk
) -> None:
    publish(
        code="coverage",
        asked={"as_of": "2014-12-31"},
        actor=province_clerk,
        now=timezone.now(),
    )
    fact(province.yangxi, "opened", "2015-01-05")
    text = text_of(client_of(leader))
    assert "coverage-20141231-01" in text
    assert "阳江市" in text.split("自上次发布以来")[1]
    assert "新增" in text.split("自上次发布以来")[1]


def test_staff_see_the_overdue_of_their_own_scope(
    province, bank, other_bank, client_of, shaoguan_clerk, province_clerk
) -> None:
    period = PeriodFactory()
    for institution in (bank, other_bank):
        Obligation.objects.create(
            institution=institution, period=period, due_on=datetime.date(2012, 7, 9)
        )
    own = text_of(client_of(shaoguan_clerk))
    assert "演示韶关银行" in own
    assert "演示广州银行" not in own
    every = text_of(client_of(province_clerk))
    assert "演示韶关银行" in every
    assert "演示广州银行" in every
    assert "0/2" in every


def test_staff_are_reminded_of_a_preparation_about_to_lapse(
    province, client_of, province_clerk
) -> None:
    Fact.objects.filter(institution=province.yangxi).update(
        happened_on=TODAY - datetime.timedelta(days=170)
    )
    text = text_of(client_of(province_clerk))
    assert "演示阳西村镇银行" in text.split("村镇银行提醒")[1].split("</section>")[0]


def test_an_institution_sees_what_is_due(bank, client_of, preparer, signatory) -> None:
    period = PeriodFactory()
    Obligation.objects.create(institution=bank, period=period, due_on=datetime.date(2012, 7, 9))
    for person, words in ((preparer, "尚未填报"), (signatory, "待填报人填报")):
        text = text_of(client_of(person))
        assert "2012年6月" in text
        assert words in text
        assert "/21" not in text


def test_auditor_and_administrator_see_the_house(
    province, client_of, auditor, administrator, province_clerk
) -> None:
    publish(
        code="coverage", asked={"as_of": "2014-12-31"}, actor=province_clerk, now=timezone.now()
    )
    text = text_of(client_of(auditor))
    assert "发布报告" in text
    assert "coverage-20141231-01" in text
    assert "没有被锁定的账号" in text_of(client_of(administrator))


@pytest.mark.parametrize(
    ("person", "most"),
    [("leader", 26), ("province_clerk", 46), ("department_clerk", 30), ("auditor", 24)],
)
def test_the_number_of_queries_is_bounded(
    province, client_of, request, person: str, most: int, django_assert_max_num_queries
) -> None:
    client = client_of(request.getfixturevalue(person))
    with django_assert_max_num_queries(most):  # the office: one a register that something ends in
        text_of(client)


def test_nobody_signed_in_goes_to_the_door(db, client) -> None:
    load_rules()
    assert client.get("/").status_code == 302


def test_loans_stand_beside_coverage_once_a_month_is_accepted(
    province, bank, client_of, leader, rules, accepted
) -> None:
    figures = {"npl": "40.00", "substandard": "40.00", "normal": "3960.00"}
    accepted(bank, month(2012, 6, bank), balance="4000.00", **figures)
    text = text_of(client_of(leader))
    assert "0.40" in text  # 亿元
    assert "1.00%" in text
    assert "/reports/loans/?as_of=2012-06-30" in text
