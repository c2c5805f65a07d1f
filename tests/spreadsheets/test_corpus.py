"""Every kind of broken file is refused with its own code; odd ones are read."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.spreadsheets import FileProblem, Limits, Workbook, read_file
from core.spreadsheets.problems import PROBLEMS
from tests.workbooks import make

BROKEN, ODD = make.broken(), make.odd()
# Problems that depend on limits, tried in test_reader.py.
BY_LIMITS = {"file.too-large"}


def read(data: bytes) -> Workbook:
    return read_file(data, filename="a.xlsx", limits=Limits())


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_file_is_refused_with_its_own_code(name: str) -> None:
    made, code = BROKEN[name]
    data = made()
    started = time.perf_counter()
    with pytest.raises(FileProblem) as caught:
        read(data)
    assert caught.value.code == code
    assert time.perf_counter() - started < 5
    for text in (caught.value.message, caught.value.cure):
        assert text.zh
        assert text.en
        assert "{" not in text.zh + text.en


def test_every_problem_of_the_catalogue_has_a_file_that_causes_it() -> None:
    assert {code for _, code in BROKEN.values()} | BY_LIMITS == PROBLEMS.keys()


@pytest.mark.parametrize("name", ["strict.xlsx", "stored.xlsx"])
def test_workbooks_of_other_programs_read_as_excels_own(name: str) -> None:
    assert read(ODD[name]()).sheets["数据"].rows == read(make.workbook()).sheets["数据"].rows


@pytest.mark.parametrize(
    ("name", "sheet", "rows"),
    [
        ("far-format.xlsx", "数据", []),
        ("million-empty-rows.xlsx", "数据", [[1.0]]),
        ("commas.csv", "csv", []),
        (
            "unplaced-cells.xlsx",
            "数据",
            [[""] * 4, [""] * 4, [1.0, "", "", 4.0], [5.0, "", "", ""]],
        ),
        ("million-empty-rows.csv", "csv", [["1", "2"]]),
    ],
)
def test_emptiness_costs_nothing_and_shifts_nothing(name: str, sheet: str, rows: list) -> None:
    assert read(ODD[name]()).sheets[sheet].rows == rows


IN_LITTLE_MEMORY = """
import resource
from core.spreadsheets import FileProblem, Limits, read_file
from tests.workbooks import make

files = [made() for made, _ in make.broken().values()] + [made() for made in make.odd().values()]
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
bound = used + 700 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
for data in files:
    try:
        read_file(data, filename="a.xlsx", limits=Limits())
    except FileProblem:
        pass
print("all", len(files))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the bound on memory is Linux's")
def test_no_file_of_the_corpus_asks_for_much_memory() -> None:
    """A reader in native code does not raise when memory ends: it takes the process with it."""
    run = subprocess.run(
        [sys.executable, "-c", IN_LITTLE_MEMORY],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stdout == f"all {len(BROKEN) + len(ODD)}\n"


@pytest.mark.parametrize("name", ["title-line.csv", "old-mac.csv"])
def test_csv_with_a_title_or_old_line_ends_falls_into_columns(name: str) -> None:
    rows = read(ODD[name]()).sheets["csv"].rows
    assert rows[-1] == ["440300 深圳市", "M 中型企业", "8"]


def test_text_results_and_errors_of_formulas_are_told_from_missing_ones() -> None:
    sheet = read(
        make.sheet(
            b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c>'
            b'<c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
            b"<c r='E1' t='e'><v>#N/A</v></c><c r=\"F1\"><v>6</v></c></row>"
        )
    ).sheets["数据"]
    assert sheet.formulas == {"A1", "B1", "C1", "D1"}
    assert sheet.uncalculated == {"B1"}
    assert sheet.rows == [[2.0, "", "", "#DIV/0!", "#N/A", 6.0]]
