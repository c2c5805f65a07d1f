"""One file is split by institution; every finding can still be found in it."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from returns.intake.many import split

LIMIT = 10**7


def parts_of(text: str, **beside: str):
    values = {"form": "sme-loans", "period": "2012-06"} | beside
    return split(text.encode(), filename="x.csv", limit=LIMIT, **values)


def test_rows_of_one_institution_need_not_stand_together() -> None:
    text = "table,institution,balance\nlines,A,1\nlines,B,2\ntotals,A,3\n\nlines,A,4\n"
    first, second = parts_of(text)
    assert (first.institution, second.institution) == ("A", "B")
    assert first.data.decode().splitlines() == ["table,balance", "lines,1", "totals,3", "lines,4"]
    assert [first.row(n) for n in (1, 2, 3, 4)] == [1, 2, 4, 6]
    assert (second.line, second.row(2), second.row(None), second.row(9)) == (3, 3, None, None)


def test_form_and_period_come_from_the_row_or_from_beside() -> None:
    text = "institution,form,period,balance\nA,sme-loans,2012-05,1\nA,sme-loans,2012-06,2\n"
    found = parts_of(text, form="", period="")
    assert [(each.form, each.period) for each in found] == [
        ("sme-loans", "2012-05"), ("sme-loans", "2012-06"),
    ]  # fmt: skip


def test_a_line_of_ndjson_is_an_institution() -> None:
    lines = [{"institution": "A", "tables": {}}, {"institution": "A", "period": "2012-06"}]
    found = parts_of("\n".join(json.dumps(each) for each in lines))
    assert [(each.line, each.channel, each.repeated) for each in found] == [
        (1, "api", False), (2, "api", True),
    ]  # fmt: skip
    assert json.loads(found[0].data)["period"] == "2012-06"


@pytest.mark.parametrize(
    ("text", "beside", "told"),
    [
        ("", {}, ""),
        ("institution,balance\n", {}, "no rows"),
        ("balance\n1\n", {}, "institution"),
        ("institution,balance\nA,1\n", {"form": ""}, "form"),
        ('{"institution": "A"}\n{"institution": \n', {}, "Line 2"),
        ('{"institution": "A"}\n["B"]\n', {}, "Line 2 is not an object"),
    ],
)
def test_a_file_that_cannot_be_split_says_why(text, beside, told) -> None:
    with pytest.raises(DomainError) as caught:
        parts_of(text, **beside)
    assert caught.value.code == "bad-bulk-file"
    assert told in caught.value.message.en


CODES = st.sampled_from(["A", "B", "C"])
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(st.tuples(CODES, CELLS), min_size=1, max_size=30))
def test_no_row_is_lost_or_mixed_up(rows) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("institution", "key"), *rows])
    whole = out.getvalue()
    found = []
    for part in parts_of(whole):
        inner = list(csv.reader(io.StringIO(part.data.decode())))
        for number, cells in enumerate(inner[1:], start=2):
            found.append((part.row(number), part.institution, cells[0]))
    assert sorted(found) == [(n, code, cell) for n, (code, cell) in enumerate(rows, start=2)]
