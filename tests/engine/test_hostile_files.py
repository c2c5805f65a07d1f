"""Whatever a file holds, the answer is a finding: never an exception, never a dead process."""

import io
import random
import zipfile
from typing import Any

import openpyxl
import pytest

from returns.checking.words import describe
from returns.intake.examine import Examination, examine_in
from returns.workbook.marked import mark_workbook
from tests.engine.around import FORM, context
from tests.engine.figures import line, total
from tests.engine.filling import saved


def small_workbook() -> Any:
    """A plain workbook with the form's two sheets and one line each."""
    book = openpyxl.Workbook()
    for sheet, row in ((book.active, line()), (book.create_sheet(), total())):
        sheet.append(list(row))
        sheet.append(list(row.values()))
    book.worksheets[0].title, book.worksheets[1].title = "贷款明细", "各项贷款"
    return book


def read(data: bytes) -> Examination:
    return examine_in(
        form=FORM, data=data, filename="a.xlsx", channel="workbook", context=context()
    )


def test_a_plain_workbook_of_ones_own_is_read() -> None:
    assert [each.check_code for each in read(saved(small_workbook())).findings] == ["ST-124"]


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "XFD1", "IV65536"])
def test_a_stray_cell_far_away_is_refused_before_it_costs_memory(address: str) -> None:
    book = small_workbook()
    book.worksheets[0][address] = 1
    [finding] = read(saved(book)).findings
    assert finding.check_code == "ST-101"
    assert "贷款明细" in describe(finding, FORM).message.zh


def test_far_cells_with_a_format_alone_do_no_harm() -> None:
    book = small_workbook()
    book.worksheets[0]["XFD1048576"].number_format = "0.00"
    found = read(saved(book))
    assert [each.check_code for each in found.findings] == ["ST-124"]
    assert found.line_count == 1


TOKENS = [b"99999999999", b"-1", b"ZZZZZZ1", b"", b'"', b"<", b"1e999", b"&#0;", b"\xff", b"A0"]


@pytest.mark.parametrize("seed", range(8))
def test_a_file_mutilated_inside_never_raises(seed: int) -> None:
    chance = random.Random(seed)
    archive = zipfile.ZipFile(io.BytesIO(saved(small_workbook())))
    parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(15):
        spoiled, name = dict(parts), chance.choice(sorted(parts))
        text = bytearray(spoiled[name])
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(text))
            text[place : place + chance.choice([0, 1, 3, 10])] = chance.choice(TOKENS)
        spoiled[name] = bytes(text)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as out:
            for each, content in spoiled.items():
                out.writestr(each, content)
        found = read(buffer.getvalue())
        assert isinstance(found.error_count, int)
        assert all(describe(each, FORM).message.en for each in found.findings)
        assert mark_workbook(
            form=FORM, data=buffer.getvalue(), filename="a", findings=found.findings
        )
