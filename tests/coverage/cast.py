"""The cast of the coverage tests: a small province and its village banks."""

import datetime

from finance.rules.coverage import CountyPlace, PrefecturePlace, Question, Territory
from finance.rules.presence import BankFact, BankLife

PLAN_DAY = datetime.date(2012, 4, 28)
TERRITORY = Territory(
    prefectures=(
        PrefecturePlace("440100", "广州市", "Guangzhou", "delta"),
        PrefecturePlace("441900", "东莞市", "Dongguan", "delta"),
        PrefecturePlace("440500", "汕头市", "Shantou", "east"),
        PrefecturePlace("441700", "阳江市", "Yangjiang", "west"),
        PrefecturePlace("440200", "韶关市", "Shaoguan", "north"),
    ),
    counties=(
        CountyPlace(
            "440183", "增城市", "440100", True, None, datetime.date(2014, 12, 31), "440118"
        ),
        CountyPlace("440118", "增城区", "440100", False, datetime.date(2015, 1, 1)),
        CountyPlace("440104", "越秀区", "440100", False),
        CountyPlace("440523", "南澳县", "440500", True),
        CountyPlace("441721", "阳西县", "441700", True),
        CountyPlace("440281", "乐昌市", "440200", True),
    ),
)


def day(text: str) -> datetime.date:
    """A date from ISO text."""
    return datetime.date.fromisoformat(text)


def bank(number: int, prefecture: str, county: str, *facts: tuple) -> BankLife:
    """A bank whose facts are ``(kind, date, {more})``; fact ids are number * 100 + place."""
    built = [
        BankFact(id=number * 100 + place, kind=fact[0], happened_on=day(fact[1]), **dict(*fact[2:]))
        for place, fact in enumerate(facts, start=1)
    ]
    built.sort(key=lambda fact: (fact.happened_on, fact.id))
    return BankLife(number, f"VB{number}", f"村镇银行{number}", prefecture, county, tuple(built))


def question(as_of: str, **more: object) -> Question:
    """A question with the divisions of the plan's day."""
    return Question(as_of=day(as_of), divisions_on=PLAN_DAY, **more)
