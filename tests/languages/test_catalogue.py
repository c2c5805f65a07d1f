"""The catalogue is whole and compiled, and texts that escape it are found."""

import ast
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext

from scripts import escaped_texts, messages


def test_the_catalogue_in_the_repository_is_whole_and_compiled() -> None:
    assert messages.problems(messages.collect()) == []


def test_no_text_of_the_interface_escapes_the_catalogue() -> None:
    assert escaped_texts.escaped(messages.sources(), messages.ROOT) == []


def test_templates_are_read_as_django_reads_them() -> None:
    text = (
        '{% load i18n %}{% translate "年" %}{% translate "撤销" context "county" %}'
        "{% blocktranslate with n=total %}共 {{ n }} 家{% endblocktranslate %}"
        '{{ flag|yesno:_("是,否") }}{# 注 #}'
    )
    assert set(messages.template_messages(text)) == {
        (None, "年", None),
        ("county", "撤销", None),
        (None, "共 %(n)s 家", None),
        (None, "是,否", None),
    }


def test_python_is_read_whatever_gettext_is_called() -> None:
    text = "from django.utils.translation import gettext_lazy as later\nx = later('银行')\n"
    assert list(messages.python_messages(text)) == [(None, "银行", None)]


@pytest.mark.parametrize(
    ("msgid", "english", "fault"),
    [
        ("银行", "", "no English"),
        ("共 %(n)s 家", "in all %(m)s", "placeholders differ"),
        ("银行", "a 银行", "Chinese in the English"),
    ],
)
def test_faulty_english_is_told(msgid: str, english: str, fault: str) -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid=msgid, msgstr=english, occurrences=[("a.py", "")]))
    assert [line.split(":")[0] for line in messages.faults(catalogue)] == [fault]


def test_building_keeps_translations_and_drops_what_is_gone() -> None:
    known = polib.POFile()
    known.append(polib.POEntry(msgid="银行", msgstr="bank"))
    known.append(polib.POEntry(msgid="旧", msgstr="old"))
    built = messages.build({(None, "银行", None): {"a.py"}, (None, "新", None): {"b.py"}}, known)
    assert {entry.msgid: entry.msgstr for entry in built} == {"银行": "bank", "新": ""}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x = '机构'", ["机构"]),
        ("x = f'{n} 家'", [" 家"]),
        ("x = Text('机构', 'institution')", []),
        ("x = said('机构', 'Institution')", []),
        ('"""机构"""', []),
        ("from django.utils.translation import gettext as _\nx = _('机构')", []),
    ],
)
def test_escaped_texts_of_python_are_found(source: str, found: list[str]) -> None:
    ast.parse(source)
    assert [text for _line, text in escaped_texts.python_texts(source)] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("f(unit='万元')", []),
        ("f(unit='机构')", ["机构"]),
        ("ROOM_UNITS = {'x': '年'}", []),
        ("f(examples={'kind': '代偿'})", []),
        ("f(sheet='贷款明细')", []),
        ("x = {'万元': '10,000 yuan'}", []),
        ("x = {'万元': 1}", ["万元"]),
    ],
)
def test_what_is_data_is_no_text_of_the_interface(source: str, found: list[str]) -> None:
    assert [text for _line, text in escaped_texts.python_texts(source)] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Text('余额', 'balance')", []),
        ("Text('万元', 'in 万元')", ["in 万元"]),
        ("Text('依据', f'{x} of 银监发〔2007〕5号')", []),
    ],
)
def test_chinese_in_an_english_half_is_found(source: str, found: list[str]) -> None:
    assert [text for _line, text in escaped_texts.english_halves(source)] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>机构</p>", ["<p>机构</p>"]),
        ('{% translate "机构" %}', []),
        ("{% blocktranslate %}机构{% endblocktranslate %}", []),
        ("{# 机构 #}{% comment %}机构{% endcomment %}", []),
        ('{{ x|default:"机构" }}', ['x|default:"机构"']),
        ('{{ x|yesno:_("是,否") }}', []),
    ],
)
def test_escaped_texts_of_templates_are_found(source: str, found: list[str]) -> None:
    assert [text for _line, text in escaped_texts.template_texts(source)] == found


def test_exceptions_name_files_and_texts_that_exist() -> None:
    """An exception that nothing needs any more must go."""
    for name in escaped_texts.NO_INTERFACE:
        assert (messages.ROOT / name).exists(), name
    for name, text in escaped_texts.SAME_IN_BOTH:
        assert text in Path(messages.ROOT, name).read_text(encoding="utf-8"), (name, text)


def test_django_and_allauth_speak_chinese() -> None:
    """Sentences that a person meets when something was entered wrongly."""
    met = (
        "This field is required.",
        "Enter a whole number.",
        "Enter a valid date.",
        "Select a valid choice. That choice is not one of the available choices.",
        "The username and/or password you specified are not correct.",
        "This password is too common.",
        "Incorrect code.",
    )
    with translation.override("zh-hans"):
        said = [gettext(sentence) for sentence in met]
        short = ngettext(
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
            10,
        )
    assert all(escaped_texts.CHINESE.search(each) for each in said), said
    assert short % 10 == "密码太短，至少需要 10 个字符。"
