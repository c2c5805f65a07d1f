"""One computation, four renderings: page, PDF, workbook and JSON say the same figures."""

import io
import json
import shutil
import subprocess

import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

ADDRESS = "/reports/coverage/?as_of=2012-12-31&since=2012-06-30"


@pytest.fixture
def client(province, client_of, leader):
    return client_of(leader)


def pdf_text(data: bytes, tmp_path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler-utils is not installed, so the PDF's text cannot be read")
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_four_renderings_hold_the_same_figures(client, tmp_path) -> None:
    page = client.get(ADDRESS).content.decode()
    figures = json.loads(client.get(f"{ADDRESS}&format=json").content)["figures"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{ADDRESS}&format=xlsx").content))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    paper = pdf_text(client.get(f"{ADDRESS}&format=pdf").content, tmp_path).replace("\n", "")
    covered = figures["prefectures"]
    said = f"{covered['numerator']}/{covered['denominator']}"
    assert said == "2/21"
    assert covered["percent"] == "9.52"
    assert said in page
    assert said in paper
    assert sheets["主要数字"][4][1] == said
    regions = sheets["分区域覆盖情况"]
    north = next(row for row in regions if row[0] == "粤北")
    plain = next(each for each in figures["regions"] if each["code"] == "north")
    assert north[1:4] == [1, 5, 20.0]
    assert (plain["prefectures"]["numerator"], plain["prefectures"]["percent"]) == (1, "20.00")
    assert "20.00%" in page
    assert "20.00%" in paper
    for name in ("演示中山小榄村镇银行", "演示乐昌村镇银行", "挂钩未落实"):
        assert name in page
        assert name in paper.replace(" ", "")
        assert any(name in map(str, row) for rows in sheets.values() for row in rows)
    counties = [each for each in figures["by_county"] if each["covered"]]
    assert [each["name"] for each in counties] == ["乐昌市"]
    assert figures["counties"]["numerator"] == 1


def test_equal_questions_give_equal_pdfs(client) -> None:
    one, two = (client.get(f"{ADDRESS}&format=pdf").content for _ in range(2))
    assert one.startswith(b"%PDF")
    assert one == two


def test_the_pdf_speaks_english_too(client, tmp_path) -> None:
    client.cookies["django_language"] = "en"
    text = pdf_text(client.get(f"{ADDRESS}&format=pdf").content, tmp_path)
    assert "Village-bank coverage of Guangdong" in text
    assert "Pearl River Delta" in text


def test_the_command_writes_the_same_figures(province, tmp_path, capsys) -> None:
    call_command("report", "coverage", "--as-of", "2012-12-31")
    document = json.loads(capsys.readouterr().out)
    assert document["figures"]["prefectures"]["numerator"] == 2
    out = tmp_path / "coverage.xlsx"
    call_command("report", "coverage", "--as-of", "2012-12-31", "--format", "xlsx", "--out", out)
    assert out.read_bytes().startswith(b"PK")
    wide = ["report", "coverage", "--as-of", "2012-12-31", "--set", "basis=established"]
    call_command(*wide)
    assert '"established"' in capsys.readouterr().out
    for wrong in (["--as-of", "2012-13-01"], ["--as-of", "2012-12-31", "--set", "basiss=x"]):
        with pytest.raises(CommandError):
            call_command("report", "coverage", *wrong)
