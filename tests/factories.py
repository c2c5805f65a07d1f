"""Builders of test records, in the words of the field."""

import datetime
from typing import Any

import factory
from django.utils import timezone

from core import pinyin
from core.models import County, Fact, Institution, Period, Prefecture, User
from core.models.calendar import PeriodKind
from core.models.users import Role

PASSWORD = "correct horse 馬"


class PrefectureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Prefecture
        django_get_or_create = ("code",)

    code = "440200"
    name = "韶关市"
    name_en = "Shaoguan"
    pinyin_initials = factory.LazyAttribute(lambda o: pinyin.initials(o.name))
    region = "north"
    display_order = factory.Sequence(lambda n: n + 100)


class CountyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = County
        django_get_or_create = ("code",)

    code = "440222"
    name = "始兴县"
    kind = "county"
    prefecture = factory.SubFactory(PrefectureFactory)


class InstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution

    code = factory.Sequence(lambda n: f"B{n:04d}")
    kind = "city_bank"
    name = factory.Sequence(lambda n: f"演示第{n}银行")
    pinyin = factory.LazyAttribute(lambda o: pinyin.full(o.name))
    pinyin_initials = factory.LazyAttribute(lambda o: pinyin.initials(o.name))
    prefecture = factory.SubFactory(PrefectureFactory)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    display_name = factory.LazyAttribute(lambda o: f"某{o.username}")
    role = Role.PROVINCE_STAFF
    password = factory.django.Password(PASSWORD)


class PeriodFactory(factory.django.DjangoModelFactory):
    """A month of ``sme-loans``: ``PeriodFactory(year=2012, number=6)``."""

    class Meta:
        model = Period
        django_get_or_create = ("form", "kind", "year", "number")

    form = "sme-loans"
    kind = PeriodKind.MONTH
    year = 2012
    number = 6
    starts_on = factory.LazyAttribute(lambda o: datetime.date(o.year, o.number, 1))
    ends_on = factory.LazyAttribute(
        lambda o: (
            datetime.date(o.year + o.number // 12, o.number % 12 + 1, 1)
            - datetime.timedelta(days=1)
        )
    )
    opens_on = factory.LazyAttribute(lambda o: o.ends_on)
    due_on = factory.LazyAttribute(lambda o: o.ends_on + datetime.timedelta(days=9))


def fact(institution: Institution, kind: str, on: str, **values: Any) -> Fact:
    """Record ``fact(bank, "opened", "2011-05-01")`` as the province's clerk would."""
    clerk = User.objects.filter(role=Role.PROVINCE_STAFF).first() or UserFactory()
    return Fact.objects.create(
        institution=institution,
        kind=kind,
        happened_on=datetime.date.fromisoformat(on),
        recorded_at=values.pop("recorded_at", timezone.now()),
        recorded_by=clerk,
        **values,
    )
