"""Every page that links lead to, in English: no Chinese but what is stored as data."""

import datetime
import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client, override_settings

from core.models import Prefecture, RuleParameter, User
from core.operations.reference import load_calendar, load_rules, load_territory
from core.registers import catalogue
from finance.operations.reference import load_goals
from guarantees.models import RatingGrade
from guarantees.operations.reference import load_rating_scale
from plan.operations.reference import load_plan
from reports.demo.seed import seed
from reports.registry import REPORTS
from tests.languages.reading import Page, walk

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2014, 3, 20, 2, tzinfo=datetime.UTC)
CHINESE = re.compile(r"[\u3400-\u9fff]")
# An official number, perhaps with the numbered paragraph that is cited.
OFFICIAL_NUMBER = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号( [一二三四五六七八九十]+)?")
# Chinese that English pages rightly show: an authority's name, the ending of a legal name, and
# the product's mark.
RIGHTLY = ("广东省金融办", "村镇银行", "融")
# Stored beside its English, so it may not show.
HAS_ENGLISH = {(RuleParameter, "title"), (Prefecture, "name"), (RatingGrade, "meaning")}
STARTS = ("/", "/account/2fa/", "/account/password/", "/tokens/")
OFFICE = ("province", "shaoguan", "department", "leader", "auditor", "administrator")
FILERS = ("village-preparer", "village-signatory", "microloan-preparer", "guarantee-preparer")
# Pages of registers: test_registers_in_english.py reads every one of them.
READ_ELSEWHERE = {
    each.url_name(what)
    for each in (*catalogue.DETAILS.values(), *catalogue.REGISTERS.values())
    for what in ("new", "import", "edit", "void", "record")
}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """Make the demonstration once for all tests here; yield where its files are."""
    folder = tmp_path_factory.mktemp("demo")
    quick = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    own = override_settings(MEDIA_ROOT=folder, **quick)
    with django_db_blocker.unblock(), transaction.atomic(), own:
        load_territory()
        load_rules()
        load_goals()
        load_rating_scale()
        load_plan()
        load_calendar(last_year=2014)
        seed(seed=7, banks=4, months=2, now=NOW, progress=lambda done, total: None)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def house(made, db, settings) -> None:
    """A small demonstration: institutions, returns in every state, published reports."""
    settings.MEDIA_ROOT = made


def browser(username: str, language: str) -> Client:
    client = Client()
    client.cookies["django_language"] = language
    client.force_login(
        User.objects.get(username=username),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def stored_texts() -> set[str]:
    """Every Chinese text in the database, and what a field is filled with unless told."""
    found: set[str] = set()
    for model in apps.get_models():
        found.update(each.default for each in model._meta.fields if type(each.default) is str)
        left_out = {field for owner, field in HAS_ENGLISH if owner is model}
        for row in model._default_manager.values():
            for name, value in row.items():
                if name not in left_out:
                    found.update(" ".join(each.split()) for each in _texts(value))
    return {each for each in found if CHINESE.search(each)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        if "\n" in value:  # histories tell the lines of a long text that changed
            yield from value.splitlines()
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def stored_pattern() -> tuple[set[str], re.Pattern[str]]:
    """The stored texts, and what finds them within longer ones."""
    stored = stored_texts()
    # A single character would hide too much; longest first, so that names go whole.
    names = sorted((each for each in stored if len(each) > 1), key=len, reverse=True)
    return stored, re.compile("|".join(map(re.escape, names)))


def leftovers_of(words: set[str], stored: tuple[set[str], re.Pattern[str]]) -> list[str]:
    """Return the words whose Chinese is no data."""
    texts, pattern = stored
    found = []
    for word in words:
        if word not in texts and CHINESE.search(word):
            rest = pattern.sub("", OFFICIAL_NUMBER.sub("", word))
            for each in RIGHTLY:
                rest = rest.replace(each, "")
            if CHINESE.search(rest):
                found.append(word)
    return found


def test_english_pages_show_no_chinese_but_data(house) -> None:
    stored = stored_pattern()
    found: dict[str, str] = {}
    known: set[str] = set()
    read = 0
    for audience in (OFFICE, FILERS):
        kinds: dict[Any, int] = {}  # what one of them has read, the next need not read again
        for username in audience:
            client = browser(username, "en")
            for address, page in walk(client, *STARTS, kinds=kinds, once=READ_ELSEWHERE):
                read += 1
                new = set(page.words) - known
                known |= new
                found |= dict.fromkeys(leftovers_of(new, stored), f"{username} {address}")
    assert found == {}
    assert read > 200  # the walk went through the house


@pytest.mark.parametrize("code", sorted(REPORTS))
def test_english_workbooks_of_reports_show_no_chinese_but_data(house, code: str) -> None:
    content = browser("province", "en").get(f"/reports/{code}/?format=xlsx").getvalue()
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    words = {" ".join(value.split()) for value in cells if isinstance(value, str)}
    assert leftovers_of(words | set(book.sheetnames), stored_pattern()) == []


def test_chinese_pages_are_named_in_chinese(house) -> None:
    titles = {
        address: next(iter(page.words), "")
        for username in ("province", "village-preparer")
        for address, page in walk(browser(username, "zh-hans"), *STARTS, once=READ_ELSEWHERE)
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
