"""Every page that links lead to, in English: no Chinese but what is stored as data."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from core.models import RuleParameter, User
from core.operations.reference import load_calendar, load_rules, load_territory
from finance.operations.reference import load_goals
from reports.demo.seed import seed
from tests.languages.reading import Page, walk

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2012, 9, 20, 2, tzinfo=datetime.UTC)
CHINESE = re.compile(r"[\u3400-\u9fff]")
OFFICIAL_NUMBER = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号")
# Chinese that English pages rightly show: the product's mark, and a name's legal ending.
RIGHTLY = ("融", "村镇银行")
HAS_ENGLISH = {(RuleParameter, "title")}  # stored beside its English, so it may not show
STARTS = ("/", "/account/2fa/", "/account/password/", "/tokens/")
PEOPLE = (
    "province", "shaoguan", "department", "leader", "auditor", "administrator",
    "village-preparer", "village-signatory",
)  # fmt: skip


@pytest.fixture
def house(db) -> None:
    """A small demonstration: institutions, returns in every state, published reports."""
    load_territory()
    load_rules()
    load_goals()
    load_calendar(last_year=2013)
    seed(seed=7, banks=4, months=2, now=NOW, progress=lambda done, total: None)


def browser(username: str, language: str) -> Client:
    client = Client()
    client.cookies["django_language"] = language
    client.force_login(
        User.objects.get(username=username),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def stored_texts() -> set[str]:
    """Every Chinese text in the database: names, document numbers, remarks, sources."""
    found: set[str] = set()
    for model in apps.get_models():
        left_out = {field for owner, field in HAS_ENGLISH if owner is model}
        for row in model._default_manager.values():
            for name, value in row.items():
                if name not in left_out:
                    found.update(" ".join(each.split()) for each in _texts(value))
    return {each for each in found if CHINESE.search(each)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def leftovers(words: set[str], stored: set[str], pattern: re.Pattern[str]) -> list[str]:
    """Return the words whose Chinese is no data."""
    found = []
    for word in words:
        if word not in stored and CHINESE.search(word):
            rest = OFFICIAL_NUMBER.sub("", pattern.sub("", word))
            for each in RIGHTLY:
                rest = rest.replace(each, "")
            if CHINESE.search(rest):
                found.append(word)
    return found


def test_english_pages_show_no_chinese_but_data(house) -> None:
    stored = stored_texts()
    # A single character would hide too much; longest first, so that names go whole.
    names = sorted((each for each in stored if len(each) > 1), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, names)))
    found: dict[str, str] = {}
    known: set[str] = set()
    read = 0
    for username in PEOPLE:
        for address, page in walk(browser(username, "en"), *STARTS):
            read += 1
            new = set(page.words) - known
            known |= new
            found |= dict.fromkeys(leftovers(new, stored, pattern), f"{username} {address}")
    assert found == {}
    assert read > 200  # the walk went through the house


def test_chinese_pages_are_named_in_chinese(house) -> None:
    titles = {
        address: next(iter(page.words), "")
        for username in ("province", "village-preparer")
        for address, page in walk(browser(username, "zh-hans"), *STARTS)
    }
    assert [address for address, title in titles.items() if not CHINESE.search(title)] == []


@pytest.mark.parametrize(
    ("who", "address", "data", "chinese", "english"),
    [
        ("", "/account/login/", {"login": "province", "password": "x"}, "密码", "password"),
        ("province", "/village-banks/new/", {"capital": "abc"}, "输入一个数字", "Enter a number"),
        ("province", "/account/password/", {"password1": "1"}, "密码太短", "too short"),
        (
            "administrator",
            "/users/new/",
            {"username": ""},
            "该字段是必填项",
            "This field is required",
        ),
    ],
)
def test_refusals_speak_the_language_of_the_page(
    house, who: str, address: str, data: dict[str, str], chinese: str, english: str
) -> None:
    for language, wanted in (("zh-hans", chinese), ("en", english)):
        client = browser(who, language) if who else Client()
        client.cookies["django_language"] = language
        page = Page(client.post(address, data).content.decode())
        assert any(wanted in word for word in page.words), (language, page.words)


def test_every_answer_of_a_refusal_has_both_languages(house) -> None:
    """Unknown parameters, unknown records, pages not allowed."""
    for who, address in (
        ("province", "/institutions/?bogus=1"),
        ("province", "/reports/loans/?period=x"),
        ("province", "/institutions/none/"),
        ("province", "/nowhere/"),
        ("leader", "/users/"),
    ):
        headings = []
        for language in ("zh-hans", "en"):
            response = browser(who, language).get(address)
            assert response.status_code in (403, 404, 422)
            headings.append(Page(response.content.decode()).words[0])
        assert CHINESE.search(headings[0])
        assert not CHINESE.search(headings[1])
