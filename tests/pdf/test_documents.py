"""PDFs: real Chinese text, equal bytes for equal input, maps and charts as paths."""

import csv
import datetime
import shutil
import subprocess
from pathlib import Path

import pytest

from core.operations.reference import FOLDER
from core.pdf import (
    Bars,
    Chart,
    Figures,
    Heading,
    LetterLine,
    Line,
    MapFigure,
    MapShade,
    Prose,
    TablePart,
    build_pdf,
)
from core.pdf.charts import ticks
from core.pdf.fonts import (
    BODY,
    NOT_AT_LINE_START,
    PLAIN,
    balanced,
    escaped,
    register,
    width,
    wrapped,
)
from core.pdf.outlines import centre, islands, outlines, room, scaled
from core.pdf.tables import fitted, size_for, wants
from core.tabular import Column

NOW = datetime.datetime(2012, 7, 1, tzinfo=datetime.UTC)
needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="poppler-utils not installed"
)


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
            Bars("条形", [("广州", 3.5, "3.50"), ("汕头", -1, "-1.00")], 2.0, "全省 2.00"),
            Chart("趋势", ["2012-01", "2012-02"], [Line("余额", [1, 2]), Line("参考", [None, 3])]),
            TablePart("宽表", wide, [["1,234,567.00"] * 14]),
        ],
    )


def text_of(data: bytes, folder: Path) -> list[str]:
    """The text of each page, without spaces."""
    path = folder / "a.pdf"
    path.write_bytes(data)
    command = ["pdftotext", "-layout", str(path), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [page.replace(" ", "") for page in text.split("\f")]


def made(*sections, language: str = "zh-hans", now: datetime.datetime = NOW, **more) -> bytes:
    return build_pdf(title="报告", language=language, now=now, sections=sections, **more)


@needs_poppler
def test_text_can_be_read_back_from_the_pdf(tmp_path) -> None:
    text = "".join(text_of(document(), tmp_path))
    for expected in (
        "覆盖情况",
        "13/21",
        "演示数据",
        "不作为划界依据",
        "东沙群岛",
        "云浮",
        "— 1 —",
    ):
        assert expected.replace(" ", "") in text


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


@needs_poppler
def test_a_heading_turns_the_paper_with_its_table(tmp_path) -> None:
    wide = TablePart(
        "", [Column(f"c{n}", "列", "money") for n in range(14)], [["1,234,567.00"] * 14]
    )
    pages = text_of(made(Prose("正文"), Heading("一、宽表"), wide, Heading("二、后文")), tmp_path)
    assert "一、宽表" not in pages[0]
    assert "一、宽表" in pages[1]
    assert "1,234,567.00" in pages[1]


@needs_poppler
def test_a_heading_never_stays_behind_when_its_map_moves_on(tmp_path) -> None:
    above = TablePart("", [Column("a", "项目")], [["甲"]] * 22)
    figure = MapFigure({}, [("#1d5fa8", "开", "已开业")], note="示意图")
    pages = text_of(made(above, Heading("一、地图"), figure), tmp_path)
    assert "一、地图" not in pages[0]
    assert "一、地图" in pages[1]
    assert "示意图" in pages[1]


@needs_poppler
@pytest.mark.parametrize("above", range(36, 44))
def test_a_signature_never_stands_alone_on_a_page(above, tmp_path) -> None:
    """However many lines stand above, the annexes, the signature and the date stay together."""
    end = [
        LetterLine("附件：1.第一张表", "annexes"), LetterLine("2.第二张表", "more"),
        LetterLine("广东省人民政府金融工作办公室", "signature"),
        LetterLine("2012年7月20日", "date"),
    ]  # fmt: skip
    pages = text_of(made(*[LetterLine("正文一行。")] * above, *end), tmp_path)
    signed = next(page for page in pages if "金融工作办公室" in page)
    for words in ("附件：1", "2.第二张表", "2012年7月20日"):
        assert words in signed


@needs_poppler
def test_further_pages_of_a_table_say_so_and_repeat_unit_and_heading(tmp_path) -> None:
    part = TablePart("", [Column("a", "县名"), Column("b", "余额", "money")], [["甲", "1.00"]] * 80)
    pages = text_of(
        made(
            Heading("一、各县"), part, TablePart("表2", part.columns, part.rows, unit="单位：万元")
        ),
        tmp_path,
    )
    assert "一、各县（续表）" in pages[1]
    assert "续表" not in pages[0]
    assert "县名" in pages[1]
    later = next(page for page in pages if "表2（续表）" in page)
    assert "单位：万元" in later


@needs_poppler
def test_every_page_tells_its_sources_and_its_day(tmp_path) -> None:
    late = datetime.datetime(2012, 6, 30, 16, 30, tzinfo=datetime.UTC)  # past midnight in China
    data = made(Prose("文"), footer="截至2012年6月30日", label="演示数据", now=late)
    page = text_of(data, tmp_path)[0]
    assert "截至2012年6月30日·生成于2012年7月1日" in page.replace("\n", "")
    assert "演示数据" in page


def test_figures_keep_whole_and_columns_fill_the_page() -> None:
    register()
    columns = [Column("a", "说明"), Column("b", "余额", "money"), Column("c", "日期", "date")]
    row = ["很长的说明文字" * 12, "43,345,978.16", "2012年12月31日"]
    part = TablePart("", columns, [row, row], strong=frozenset({1}))
    widths = fitted(wants(part, "zh"), 8, 240)
    assert sum(widths) == pytest.approx(240)
    assert widths[1] >= width("43,345,978.16", "tracker-heading", 8) + 8
    assert widths[2] >= width("2012年12月31日", "tracker-heading", 8) + 8


def test_a_table_shrinks_before_it_breaks_and_turns_only_when_it_must() -> None:
    register()
    columns = [Column(f"c{n}", "列", "money") for n in range(7)]
    part = TablePart("", columns, [["1,234,567.00"] * 7] * 9)
    need = width("1,234,567.00", PLAIN, 1)
    assert size_for(part, need * 8.5 * 7 + 7 * 8 + 1, "zh") == 8.5
    assert size_for(part, need * 7.6 * 7 + 7 * 8, "zh") == 7.5
    assert size_for(part, need * 7 * 7 + 7 * 8, "zh") is None
    few = TablePart("", columns, part.rows[:8])
    assert size_for(few, need * 7.1 * 7 + 7 * 8, "zh") == 7.0
    assert size_for(few, need * 6 * 7 + 7 * 8, "zh") is None


@needs_poppler
def test_little_above_a_wide_table_lies_with_it_and_so_does_a_small_one_after(tmp_path) -> None:
    wide = TablePart(
        "", [Column(f"c{n}", "列", "money") for n in range(14)], [["1,234,567.00"] * 14] * 9
    )
    small = TablePart("", [Column("a", "项目")], [["甲"]] * 3)
    long = TablePart("", [Column("a", "项目")], [["乙"]] * 9)
    data = made(Figures([("已覆盖", "13/21", "市", "")]), wide, small, Heading("二、后文"), long)
    pages = text_of(data, tmp_path)
    assert "13/21" in pages[0]
    assert "1,234,567.00" in pages[0]
    assert "甲" in pages[0]
    assert "乙" in pages[1]
    assert data.count(b"/MediaBox [ 0 0 841.8898 595.2756 ]") == 1


@needs_poppler
def test_a_row_taller_than_a_page_is_printed_to_its_end(tmp_path) -> None:
    columns = [Column("a", "说明"), Column("b", "数", "integer")]
    pages = text_of(made(TablePart("", columns, [["长" * 6000 + "尾", "1"]])), tmp_path)
    assert sum(page.count("长") for page in pages) == 6000
    assert "尾" in "".join(pages)


@pytest.mark.parametrize("text", ["加权平均利率", "Prefectures covered", "占各项贷款的比例（%）"])
def test_headings_break_evenly_into_no_more_lines_than_needed(text: str) -> None:
    register()
    limit = width(text, PLAIN, 8) * 0.7
    lines = balanced(text, PLAIN, 8, limit).split("\n")
    assert len(lines) == len(wrapped(text, PLAIN, 8, limit).split("\n")) == 2
    assert all(width(line, PLAIN, 8) <= limit for line in lines)


def test_a_word_longer_than_the_line_is_broken() -> None:
    register()
    lines = wrapped("a3f9" * 16, PLAIN, 8, 100).split("\n")
    assert "".join(lines) == "a3f9" * 16
    assert all(width(line, PLAIN, 8) <= 100 for line in lines)


@pytest.mark.parametrize("breadth", [440.0, 320.0])
def test_labels_have_room_inside_their_own_prefecture(breadth: float) -> None:
    inside = {code: room(code, breadth, (19.0, 15.0)) for code in outlines()[0]}
    assert sum(place is not None for place in inside.values()) >= 12
    assert inside["440100"] is not None
    assert room("442000", breadth, (200.0, 15.0)) is None


def test_no_island_goes_missing_at_any_size() -> None:
    shapes, _ = outlines()
    for breadth in (440.0, 120.0):
        for code, rings in scaled(breadth).items():
            for drawn, source in zip(rings, shapes[code], strict=True):
                assert len(set(drawn)) >= min(3, len(set(source)))
    assert len(islands()[0]) == 4


def test_bars_and_charts_without_values_are_drawn_empty() -> None:
    assert made(Bars("无", []), Chart("无", [], []), Bars("缺", [("甲", None, "—")])).startswith(
        b"%PDF"
    )


def test_headings_stand_in_the_outline_even_when_levels_start_low() -> None:
    data = made(
        Heading("（一）小节", 2), Prose("文"), Heading("一、大节"), Heading("（一）小节", 2)
    )
    assert data.count(b"/Title") >= 4
