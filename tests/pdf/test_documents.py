"""PDFs: real Chinese text, equal bytes for equal input, maps and charts as paths."""

import csv
import datetime
import subprocess
from pathlib import Path

import pytest

from core.operations.reference import FOLDER
from core.pdf import Chart, Figures, Heading, Line, MapFigure, MapShade, Prose, TablePart, build_pdf
from core.pdf.charts import ticks
from core.pdf.fonts import BODY, NOT_AT_LINE_START, PLAIN, escaped, register, width, wrapped
from core.pdf.maps import centre, outlines
from core.tabular import Column

NOW = datetime.datetime(2012, 7, 1, tzinfo=datetime.UTC)


def prefectures() -> list[dict[str, str]]:
    with (FOLDER / "territory" / "prefectures.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def document() -> bytes:
    shades = {row["code"]: MapShade(row["name"], "#1d5fa8", "开") for row in prefectures()}
    rows = [[row["name"], "1,234.00"] for row in prefectures()]
    wide = [Column(f"c{place}", f"第{place}列很长的标题", "money") for place in range(14)]
    return build_pdf(
        title="覆盖情况",
        language="zh-hans",
        now=NOW,
        footer="指纹 0123",
        label="演示数据",
        sections=[
            Figures([("已覆盖", "13/21", "市", "61.90%")]),
            Heading("一、地图"),
            MapFigure(shades, [("#1d5fa8", "开", "已开业")], note="示意图，不作为划界依据"),
            Prose("正文里的罕用字也能印出：𠮷、①、囍。"),
            TablePart(
                "表1", [Column("a", "地市"), Column("b", "资本", "money")], rows, unit="万元"
            ),
            Chart("趋势", ["2012-01", "2012-02"], [Line("余额", [1, 2]), Line("参考", [None, 3])]),
            TablePart("宽表", wide, [["1,234,567.00"] * 14]),
        ],
    )


@pytest.mark.skipif(not Path("/usr/bin/pdftotext").exists(), reason="poppler-utils not installed")
def test_text_can_be_read_back_from_the_pdf(tmp_path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(document())
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    for expected in (
        "覆盖情况",
        "13/21",
        "演示数据",
        "不作为划界依据",
        "东沙群岛",
        "云浮",
        "— 1 —",
    ):
        assert expected.replace(" ", "") in text.replace(" ", "")


def test_equal_input_gives_equal_bytes() -> None:
    assert document() == document()


def test_a_wide_table_lies_on_a_landscape_page() -> None:
    data = document()
    assert data.count(b"/MediaBox [ 0 0 841.8898 595.2756 ]") == 1


def test_every_prefecture_has_an_outline_with_its_label_inside_the_map() -> None:
    shapes, (breadth, height) = outlines()
    assert set(shapes) == {row["code"] for row in prefectures()}
    for rings in shapes.values():
        x, y = centre(rings)
        assert 0 < x < breadth
        assert 0 < y < height


def test_lines_never_begin_with_closing_marks() -> None:
    register()
    text = "中小企业融资支持，跟踪系统。" * 6
    lines = wrapped(text, PLAIN, 9, 100).split("\n")
    assert len(lines) > 1
    assert all(line[0] not in NOT_AT_LINE_START for line in lines)
    assert all(width(line, PLAIN, 9) <= 110 for line in lines)
    assert "".join(lines) == text


def test_markup_in_data_is_text() -> None:
    register()
    assert escaped("<b>&", BODY) == "&lt;b&gt;&amp;"


@pytest.mark.parametrize(("low", "high"), [(0, 21), (0, 1), (95, 105), (0, 123456), (5, 5)])
def test_ticks_are_few_and_span_the_values(low: float, high: float) -> None:
    found = ticks(low, high)
    assert found[0] <= low
    assert found[-1] >= high
    assert 2 <= len(found) <= 7
