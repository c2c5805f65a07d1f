"""What the pipeline report says."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.ratio import Ratio
from core.tabular import Column, formats
from core.text import Text
from listings.rules.pipeline import Flow, Group, Line
from listings.rules.stages import Move
from reports.content import (
    Cell,
    Content,
    FlowDiagram,
    FlowLink,
    FlowNode,
    Funnel,
    FunnelStep,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
)
from reports.pipeline.compute import PipelineReport

TITLE = Text("“五个一批”上市梯度培育情况", "The five batches: enterprises on the way to a listing")
HOMES = Text("家", "")
UNIT = Text("单位：家", "enterprises")
OUTSIDE = Text("库外（新入库）", "New to the library")
LEFT_AS = {
    "dropped": Text("退库", "Dropped"),
    "acquired": Text("被并购（借壳）", "Acquired"),
}
WAYS = {
    Move.NEW: Text("新入库", "New"),
    Move.FORWARD: Text("前进", "Forward"),
    Move.SKIP: Text("跳级前进", "Skipped ahead"),
    Move.BACK: Text("退回", "Fell back"),
    Move.AGAIN: Text("再次进入", "Entered again"),
    **LEFT_AS,
}
WAY_TONES = {Move.NEW: "pipeline", Move.BACK: "bad", Move.AGAIN: "warn", Move.SKIP: "info",
             "dropped": "none", "acquired": "none"}  # fmt: skip
BY_WORDS = {
    "prefecture": (Text("按地市", "By prefecture"), Text("地市", "Prefecture")),
    "region": (Text("按区域", "By region"), Text("区域", "Region")),
    "industry": (Text("按行业", "By industry"), Text("行业", "Industry")),
    "board": (Text("按拟上市板块", "By intended board"), Text("板块", "Board")),
}
NOTES = [
    Text(
        "在库数为截至日日终所处批次的企业数；期间为起算日之后至截至日（含）。",
        "Stock is who stood in a batch at the end of the day; the window is after the first day up "
        "to and including the last.",
    ),
    Text(
        "期初＋进入−转出＋组间调整＝期末；组间调整为迁址、改变拟上市板块或行业等在批次不变时的转入转出。",
        "Opening + entered − left + moved = closing; moved is who changed place, board or industry "
        "without changing the batch.",
    ),
    Text(
        "批次的名称和顺序为截至日所用；地市自设的批次按登记的对应关系归入全省批次。",
        "Batches are called and ordered as on the last day; cities' own batches count as mapped.",
    ),
    Text(
        "转化率：期间内进入该批次的企业中，截至日已进入其后任一批次的比例；用时中位数只计期间内转入下一批次的企业。",
        "Converted: of those who entered in the window, those who had moved on to a later batch by "
        "its end. The median is of moves to the very next batch in the window.",
    ),
    Text(
        "上市一批只计上市；新三板、区域股权市场挂牌不是上市。",
        "Only listings count as listed; quotations (NEEQ, regional exchanges) do not.",
    ),
]


def content(report: PipelineReport) -> Content:
    """Return the whole report: every rendering shows these parts."""
    asked = report.parameters
    sections: list[Section] = [
        KeyFigures(key_figures(report)),
        Paragraph(_headline(report)),
        _stock(report),
        _funnel(report),
        _diagram(report),
        _moves(report),
        _passages(report),
        _by_group(report),
        _flow_by_group(report),
    ]
    return Content(
        title=TITLE,
        as_of=asked.as_of,
        asked=_asked(report),
        sections=sections,
        notes=NOTES,
    )


def _asked(report: PipelineReport) -> list[tuple[Text, Text]]:
    asked, where = report.parameters, report.parameters.where
    last, first = asked.as_of, asked.since
    found = [
        (Text("截至", "As of"), _day(last)),
        (Text("起算", "Since"), _day(first)),
        (Text("口径", "Scope"), Text("含深圳", "with Shenzhen") if where.include_shenzhen
         else Text("不含深圳", "without Shenzhen")),
    ]  # fmt: skip
    for name, value in (
        (Text("地市", "Prefecture"), where.prefecture),
        (Text("区域", "Region"), where.region),
        (Text("行业", "Industry"), where.industry),
        (Text("板块", "Board"), where.board),
    ):
        if value:
            found.append((name, report.groups.get(value, Text(value, value))))
    return found


def _day(day: Any) -> Text:
    return Text(formats.day(day, "zh-hans"), formats.day(day, "en"))


def key_figures(report: PipelineReport) -> list[KeyFigure]:
    """Who stands in the library, who came, who went on, fell back and left; who is listed."""
    lines = report.figures.total.lines
    listing = report.scheme.listing
    listed = report.figures.total.line(listing.stage) if listing else None
    in_library = sum(each.closing for each in lines if listed is None or each is not listed)
    found = [
        KeyFigure(Text("在库企业", "In the library"), in_library, unit=HOMES, figure="library",
                  note=Text("不含已上市", "without the listed"), tone="info"),
        KeyFigure(Text("新入库", "New"), sum(each.new for each in lines), unit=HOMES,
                  figure="new"),
        KeyFigure(Text("退回", "Fell back"), sum(each.fell_back for each in lines), unit=HOMES,
                  figure="fell-back"),
        KeyFigure(Text("退库、被并购", "Left the library"), sum(each.gone for each in lines),
                  unit=HOMES, figure="gone"),
    ]  # fmt: skip
    if listed is not None:
        found += [
            KeyFigure(Text("期间上市", "Listed in the window"), listed.entered, unit=HOMES,
                      figure=f"entered:{report.code(listed.stage)}", tone="good"),
            KeyFigure(Text("累计上市", "Listed in all"), listed.closing, unit=HOMES,
                      figure=f"stock:{report.code(listed.stage)}"),
        ]  # fmt: skip
    return found


def _headline(report: PipelineReport) -> Text:
    parts = [
        Text(
            f"{report.name(each.stage).zh} {each.closing} 家",
            f"{report.name(each.stage).en}: {each.closing}",
        )
        for each in report.figures.total.lines
    ]
    chinese = "、".join(part.zh for part in parts)
    english = "; ".join(part.en for part in parts)
    day = _day(report.parameters.as_of)
    return Text(f"截至{day.zh}，{chinese}。", f"On {day.en} — {english}.")


def _cells(report: PipelineReport, line: Line, group: str, names: Sequence[str]) -> list[Cell]:
    suffix = f":{group}" if group else ""
    code = report.code(line.stage)
    return [Cell(getattr(line, name), f"{FIGURES[name]}:{code}{suffix}") for name in names]


FIGURES = {
    "opening": "opening",
    "entered": "entered",
    "new": "new",
    "left": "left",
    "forward": "forward",
    "fell_back": "fell-back",
    "gone": "gone",
    "closing": "stock",
    "active": "active",
}
STOCK = ("opening", "entered", "new", "left", "forward", "fell_back", "gone", "closing", "active")
STOCK_COLUMNS = [
    Column("opening", Text("期初", "Opening"), "integer"),
    Column("entered", Text("进入", "Entered"), "integer"),
    Column("new", Text("其中新入库", "of which new"), "integer"),
    Column("left", Text("转出", "Left"), "integer"),
    Column("forward", Text("其中前进", "of which forward"), "integer"),
    Column("fell_back", Text("其中退回", "of which back"), "integer"),
    Column("gone", Text("其中退库、并购", "of which gone"), "integer"),
    Column("closing", Text("期末在库", "Closing"), "integer"),
    Column("active", Text("其中正常推进", "of which active"), "integer"),
]


def _stock(report: PipelineReport) -> Table:
    lines = report.figures.total.lines
    rows: list[list[Any]] = [
        [report.name(each.stage), *_cells(report, each, "", STOCK)] for each in lines
    ]
    rows.append([TOTAL, *(sum(getattr(each, name) for each in lines) for name in STOCK)])
    return Table(
        key="stock",
        title=Text("各批次存量与流量", "Stock and flow of each batch"),
        columns=[Column("stage", Text("批次", "Batch"), width=18), *STOCK_COLUMNS],
        rows=rows,
        totals=1,
        unit=UNIT,
    )


TOTAL = Text("合计", "Total")


def _funnel(report: PipelineReport) -> Funnel:
    passages = {each.stage: each.converted for each in report.figures.passages}
    return Funnel(
        key="funnel",
        title=Text("期末各批次在库", "Stock of each batch"),
        unit=HOMES,
        steps=[
            FunnelStep(
                report.name(each.stage),
                each.closing,
                _between(passages.get(each.stage)),
                f"stock:{report.code(each.stage)}",
                "opened" if report.scheme.listing and each.stage == report.scheme.listing.stage
                else "good",
            )
            for each in report.figures.total.lines
        ],
        note=Text(
            "箭头处为期间内进入者到截至日的转化率。", "Between the bands: who entered and moved on."
        ),
    )  # fmt: skip


def _between(converted: Ratio | None) -> Text:
    if converted is None or not converted.denominator:
        return Text("", "")
    share = formats.percent_value(converted.percent)
    return Text(
        f"▼ 转化 {converted.numerator}/{converted.denominator}（{share}）",
        f"▼ {converted.numerator} of {converted.denominator} moved on ({share})",
    )


def _diagram(report: PipelineReport) -> FlowDiagram:
    stages = report.figures.stages
    nodes = [FlowNode(report.code(stage), report.name(stage), "good") for stage in stages]
    ends = [FlowNode(key, words, "none") for key, words in LEFT_AS.items()]
    return FlowDiagram(
        key="flow",
        title=Text("期间批次流向", "Where they went"),
        left=[FlowNode("outside", OUTSIDE, "pipeline"), *nodes],
        right=[*nodes, *ends],
        links=[
            FlowLink(
                report.code(each.came_from),
                each.way if each.went_to is None else report.code(each.went_to),
                each.number,
                WAY_TONES.get(each.way, "good"),
                flow_figure(report, each),
            )
            for each in report.figures.flows
        ],
        heads=(Text("从", "From"), Text("到", "To")),
        unit=HOMES,
        note=Text(
            "按次数计：一家企业在期间内转入两个批次计两次。红色为退回。",
            "Counted by moves: who entered two batches counts twice. Red is falling back.",
        ),
        empty=Text("期间没有企业转入或转出。", "Nobody moved in the window."),
    )


def flow_figure(report: PipelineReport, flow: Flow) -> str:
    """The figure of a flow: ``flow:TUTOR:FILE``, ``flow:outside:TUTOR``, ``flow:FILE:dropped``."""
    target = flow.way if flow.went_to is None else report.code(flow.went_to)
    return f"flow:{report.code(flow.came_from)}:{target}"


def _moves(report: PipelineReport) -> Table:
    return Table(
        key="moves",
        title=Text("流向明细", "Moves"),
        columns=[
            Column("from", Text("从", "From"), width=18),
            Column("to", Text("到", "To"), width=18),
            Column("way", Text("方向", "Way")),
            Column("number", Text("家次", "Number"), "integer"),
        ],
        rows=[
            [
                OUTSIDE if each.came_from is None else report.name(each.came_from),
                LEFT_AS[each.way] if each.went_to is None else report.name(each.went_to),
                Cell(WAYS[each.way], tone="bad" if each.way == Move.BACK else ""),
                Cell(each.number, flow_figure(report, each)),
            ]
            for each in report.figures.flows
        ],
    )


def _passages(report: PipelineReport) -> Table:
    return Table(
        key="passages",
        title=Text("批次之间的转化与用时", "From batch to batch: conversion and time"),
        columns=[
            Column("from", Text("从", "From"), width=18),
            Column("to", Text("到", "To"), width=18),
            Column("entered", Text("期间进入", "Entered"), "integer"),
            Column("through", Text("截至日已转入后续批次", "Moved on"), "integer"),
            Column("converted", Text("转化率", "Converted"), "percent"),
            Column("moves", Text("期间转入下一批次", "Moves to the next"), "integer"),
            Column("median", Text("中位数（天）", "Median days"), "rate"),
            Column("shortest", Text("最短（天）", "Shortest"), "integer"),
            Column("longest", Text("最长（天）", "Longest"), "integer"),
        ],
        rows=[
            [
                report.name(each.stage),
                report.name(each.following),
                each.converted.denominator,
                each.converted.numerator,
                each.converted,
                Cell(each.moves,
                     f"flow:{report.code(each.stage)}:{report.code(each.following)}"),
                each.median,
                each.shortest,
                each.longest,
            ]
            for each in report.figures.passages
        ],
        empty=Text("没有启用的批次。", "No batch is in use."),
    )  # fmt: skip


def _by_group(report: PipelineReport) -> Table:
    title, word = BY_WORDS[report.parameters.by]
    stages, total = report.figures.stages, report.figures.total
    rows: list[list[Any]] = []
    for group in report.figures.groups:
        cells = [
            Cell(each.closing, f"stock:{report.code(each.stage)}:{group.code}")
            for each in group.lines
        ]
        rows.append([report.groups.get(group.code, Text(group.code, group.code)), *cells,
                     group.stock])  # fmt: skip
    cells = [Cell(each.closing, f"stock:{report.code(each.stage)}") for each in total.lines]
    rows.append([TOTAL, *cells, total.stock])
    return Table(
        key="breakdown",
        title=Text(f"期末在库：{title.zh}", f"Stock: {title.en}"),
        columns=[
            Column("group", word, width=18),
            *(Column(f"stage{n}", report.name(s), "integer") for n, s in enumerate(stages)),
            TOTAL_COLUMN,
        ],
        rows=rows,
        totals=1,
        unit=UNIT,
    )


TOTAL_COLUMN = Column("total", TOTAL, "integer")


def _flow_by_group(report: PipelineReport) -> Table:
    title, word = BY_WORDS[report.parameters.by]
    rows = [
        [report.groups.get(group.code, Text(group.code, group.code)), *_flow(group)]
        for group in report.figures.groups
    ]
    rows.append([TOTAL, *_flow(report.figures.total)])
    return Table(
        key="flow-breakdown",
        title=Text(f"期间变动：{title.zh}", f"Changes: {title.en}"),
        columns=[
            Column("group", word, width=18),
            Column("opening", Text("期初", "Opening"), "integer"),
            Column("new", Text("新入库", "New"), "integer"),
            Column("forward", Text("前进（家次）", "Forward"), "integer"),
            Column("fell_back", Text("退回（家次）", "Fell back"), "integer"),
            Column("gone", Text("退库、被并购", "Gone"), "integer"),
            Column("moved", Text("组间调整", "Moved"), "integer"),
            Column("closing", Text("期末", "Closing"), "integer"),
        ],
        rows=rows,
        totals=1,
        unit=UNIT,
    )


def _flow(group: Group) -> list[int | Decimal]:
    names = ("opening", "new", "forward", "fell_back", "gone", "moved", "closing")
    return [sum(getattr(each, name) for each in group.lines) for name in names]
