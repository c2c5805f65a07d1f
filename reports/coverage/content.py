"""The coverage report as sections: figures, map, tables, pace."""

import datetime
from typing import Any

from core.tabular import formats
from core.text import Text
from finance.rules.coverage import Coverage, PlaceCoverage, PrefecturePlace
from finance.rules.pace import Pace
from finance.rules.pipeline import RANK
from reports.content import (
    Content,
    KeyFigure,
    KeyFigures,
    LineChart,
    MapPlace,
    MapView,
    Paragraph,
    Section,
    Series,
    Tone,
)
from reports.coverage.tables import (
    bank_names,
    change_table,
    county_table,
    prefecture_table,
    region_table,
    uncovered_table,
)
from reports.coverage.words import BASES, TONES, UNITS

TITLE = Text("广东省村镇银行覆盖情况", "Village-bank coverage of Guangdong")


def content(answer: Coverage) -> Content:
    """Return the whole report: every rendering shows these parts."""
    question = answer.question
    sections: list[Section] = [
        KeyFigures(key_figures(answer)),
        Paragraph(headline(answer)),
        map_view(answer),
    ]
    if answer.pace:
        sections.append(pace_chart(answer.pace))
    sections += [region_table(answer), prefecture_table(answer), uncovered_table(answer)]
    if question.since:
        sections.append(change_table(answer))
    sections.append(county_table(answer))
    return Content(
        title=TITLE,
        as_of=question.as_of,
        asked=_asked(answer),
        sections=sections,
        notes=_notes(answer),
    )


def key_figures(answer: Coverage) -> list[KeyFigure]:
    """The big figures of page, PDF and cockpit."""
    banks = len({each.bank for place in answer.prefectures for each in place.presences})
    found = [
        KeyFigure(
            Text("地级以上市覆盖", "Prefectures covered"),
            answer.covered,
            unit=Text("市", ""),
            note=_share(answer.covered.percent),
            figure="total",
            tone="good" if answer.covered.numerator == answer.covered.denominator else "info",
        ),
        KeyFigure(
            Text("县域覆盖", "Counties covered"),
            answer.county_covered,
            unit=Text("县（市）", ""),
            note=_share(answer.county_covered.percent),
            figure="counties",
        ),
        KeyFigure(
            Text("村镇银行", "Village banks"),
            banks,
            unit=Text("家", ""),
            note=BASES[answer.question.basis],
            figure="total",
        ),
    ]
    if answer.pace:
        found.append(_pace_figure(answer.pace))
    return found


def _pace_figure(pace: Pace) -> KeyFigure:
    ahead = pace.ahead >= 0
    gap = _cities(abs(pace.ahead))
    left = Text(f"距期限 {pace.days_left} 天", f"{pace.days_left} days left")
    if not pace.days_left:
        left = Text("期限已到", "the deadline has passed")
    return KeyFigure(
        Text("参考进度", "Reference pace"),
        pace.expected,
        unit=Text("市", ""),
        note=Text(
            f"{'超前' if ahead else '落后'} {gap} 市，{left.zh}",
            f"{gap} {'ahead' if ahead else 'behind'}; {left.en}",
        ),
        tone="good" if ahead else "warn",
    )


def _cities(number: Any) -> str:
    """Cities ahead or behind: whole where they are whole, else with two decimals."""
    return f"{number:.0f}" if number == int(number) else f"{number:.2f}"


def _share(percent: object) -> Text:
    shown = formats.percent_value(percent)
    return Text(f"覆盖率 {shown}", f"{shown} covered")


def headline(answer: Coverage) -> Text:
    """One sentence a leader can read out."""
    covered, question = answer.covered, answer.question
    zh = (
        f"截至{formats.day(question.as_of)}，按{BASES[question.basis].zh}口径、"
        f"以{UNITS[question.unit].zh}计，全省{covered.denominator}个地级以上市中"
        f"有{covered.numerator}个设有村镇银行，覆盖率{formats.percent_value(covered.percent)}；"
        f"{answer.county_covered.denominator}个县（市）中有{answer.county_covered.numerator}个设有村镇银行。"
    )
    en = (
        f"As of {formats.day(question.as_of, 'en')}, {covered.numerator} of {covered.denominator} "
        f"prefectures ({formats.percent_value(covered.percent)}) and "
        f"{answer.county_covered.numerator} of {answer.county_covered.denominator} counties have a "
        f"village bank ({BASES[question.basis].en.lower()}; {UNITS[question.unit].en.lower()})."
    )
    missing = [_name(answer, each.code) for each in answer.uncovered]
    if missing and len(missing) <= 12:
        zh += f"尚未覆盖：{'、'.join(name.zh for name in missing)}。"
        en += f" Not covered: {', '.join(name.en for name in missing)}."
    return Text(zh, en)


def _name(answer: Coverage, code: str) -> Text:
    place = next(each for each in answer.territory.prefectures if each.code == code)
    return Text(place.name, place.name_en)


def map_view(answer: Coverage) -> MapView:
    """The map, with a letter for every colour."""
    underway = {each.code: each.pipeline for each in answer.uncovered}
    places = []
    named = zip(answer.territory.prefectures, answer.prefectures, strict=True)
    for place, covered in named:
        best = max((each.rank for each in underway.get(place.code, ())), default=0)
        places.append(_map_place(answer, place, covered, best))
    legend = [(tone, letter, meaning) for tone, (letter, meaning) in TONES.items()]
    return MapView(Text("覆盖地图", "Coverage map"), places, legend)


def _map_place(
    answer: Coverage, place: PrefecturePlace, covered: PlaceCoverage, best: int
) -> MapPlace:
    tone = tone_of(answer, covered, best)
    names = bank_names(answer, covered)
    said = TONES[tone][1]
    return MapPlace(
        code=place.code,
        name=Text(place.name, place.name_en),
        tone=tone,
        letter=TONES[tone][0],
        text=Text(
            f"{place.name}：{said.zh}{'（' + names.zh + '）' if names.zh else ''}",
            f"{place.name_en}: {said.en}{' (' + names.en + ')' if names.en else ''}",
        ),
        figure=f"prefecture:{place.code}" if covered.covered else f"pipeline:{place.code}",
    )


def tone_of(answer: Coverage, place: PlaceCoverage, best_rank: int = 0) -> Tone:
    """A place's state: open, approved to prepare, on its way, or nothing."""
    if place.covered:
        opened = any(
            fact.kind == "opened" and fact.happened_on <= answer.question.as_of
            for bank in place.banks
            for fact in answer.banks[bank].facts
        )
        return "opened" if opened else "established"
    if best_rank >= RANK["preparation_approved"]:
        return "established"
    return "pipeline" if best_rank else "none"


def pace_chart(pace: Pace) -> LineChart:
    """Covered prefectures month by month beside the straight line."""
    return LineChart(
        key="pace",
        title=Text("三年全覆盖进度", "Progress to full coverage in three years"),
        labels=[each.day.isoformat() for each in pace.points],
        series=[
            Series(Text("已覆盖", "Covered"), [each.actual for each in pace.points], step=True),
            Series(
                Text("参考进度", "Reference pace"),
                [each.line for each in pace.points],
                dashed=True,
            ),
        ],
        unit=Text("市", "prefectures"),
        note=Text(
            f"参考进度：自{formats.day(pace.start)}的 {pace.baseline} 市"
            f"（{'办公室填报的基线' if pace.baseline_entered else '按登记数据推算'}）"
            f"至{formats.day(pace.deadline)}的 {pace.target} 市的直线，仅供参考。"
            f"依据：{pace.source}。",
            f"Reference pace: a straight line from {pace.baseline} on "
            f"{formats.day(pace.start, 'en')} ("
            f"{'entered by the office' if pace.baseline_entered else 'from the registry'}) to "
            f"{pace.target} on {formats.day(pace.deadline, 'en')}; for orientation only.",
        ),
    )


def _asked(answer: Coverage) -> list[tuple[Text, Text]]:
    question = answer.question
    asked = [
        (Text("截至", "As of"), _day(question.as_of)),
        (Text("口径", "Basis"), BASES[question.basis]),
        (Text("单位", "Unit"), UNITS[question.unit]),
        (Text("县域区划", "Divisions of"), _day(question.divisions_on)),
    ]
    if question.since:
        asked.append((Text("对比日期", "Compared with"), _day(question.since)))
    if answer.pace:
        asked.append((Text("期限", "Deadline"), _day(answer.pace.deadline)))
    return asked


def _day(day: datetime.date) -> Text:
    return Text(formats.day(day), formats.day(day, "en"))


def _notes(answer: Coverage) -> list[Text]:
    return [
        Text(
            "覆盖：截至当日该地有符合口径、尚未退出的村镇银行至少一家；退出、合并、迁出会使覆盖减少。",
            "Covered: at least one village bank counted by this basis and not exited stands there "
            "that day; coverage can be lost by exit, merger or relocation.",
        ),
        Text(
            "组建 = 批准筹建 + 开业；筹建失效或意向终止后不再计入。"
            "县域指县、县级市、自治县，不含市辖区。",
            "Established = approved to prepare + open; lapsed preparations no longer count. "
            "Counties are counties, county-level cities and autonomous counties, not districts.",
        ),
    ]
