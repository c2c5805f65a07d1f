"""What an enterprise's page tells beside its fields: batches, size, readiness, milestones."""

import datetime
from typing import Any

from core.registers import Panel, Shown
from core.registers.judged import HEADINGS, judgement_row
from core.rules.remarks import Remark
from core.tabular import formats
from core.text import Text
from listings.models import Enterprise, SpanState
from listings.queries.enterprises import Assessment, assessment_of
from listings.registers.stage_events import evidence_remarks
from listings.rules.milestones import board_remarks, milestone_remarks, order_remarks
from listings.rules.readiness import VERDICT_TONES, VERDICTS
from listings.rules.sizes import INDICATORS, SIZE_WORDS

STATE_TONES = {
    "active": "good",
    "suspended": "warn",
    "review_suspended": "warn",
    "review_terminated": "bad",
    "withdrawn": "warn",
    "rejected": "bad",
    "deferred": "warn",
}
NO_BOARD = Text("未填写拟上市板块。", "No board is intended.")
NO_THRESHOLDS = Text(
    "规则参数中没有该板块当日的财务条件。", "No thresholds of this board are on record for the day."
)
FOR_DISPLAY = Text(
    "仅供对照，不作审批依据；净利润以扣除非经常性损益前后较低者计。",
    "For orientation only; profit is the lower of with and without non-recurring items.",
)


def _assessed(enterprise: Enterprise, day: datetime.date) -> Assessment:
    """The assessment that panels and remarks of one page share."""
    kept = getattr(enterprise, "assessed", None)
    if kept is None or kept.as_of != day:
        kept = enterprise.assessed = assessment_of(enterprise, as_of=day)
    return kept


def enterprise_remarks(enterprise: Enterprise, day: datetime.date) -> list[Remark]:
    """What is odd about an enterprise on a day; nothing of it stops anything."""
    found = _assessed(enterprise, day)
    remarks = evidence_remarks(found.entries, found.missing)
    if enterprise.intended_board:
        remarks += board_remarks(found.calendar, enterprise.intended_board, day)
    remarks += [each for one in found.reached for each in milestone_remarks(found.calendar, one)]
    remarks += order_remarks(found.calendar, found.reached)
    remarks += _not_listed(found)
    return remarks


def _not_listed(found: Assessment) -> list[Remark]:
    """Counted as listed although its board only quotes, or without its listing on record."""
    if found.standing is None or not found.standing.stage.listing:
        return []
    listed = [each for each in found.reached if each.milestone == "listed"]
    quoted = [each for each in found.reached if each.milestone == "quoted"]
    if any(found.calendar.boards[each.board].listing for each in listed):
        return []
    if quoted or listed:
        return [
            Remark(
                "enterprise.quoted-not-listed",
                Text(
                    "挂牌不是上市：登记为上市批次，但只有挂牌记录，请核对。",
                    "Quoted is not listed: it stands among the listed with a quotation only.",
                ),
            )
        ]
    return [
        Remark(
            "enterprise.listing-not-recorded",
            Text(
                "已进入上市批次，但没有“上市”里程碑，请补登。",
                "It stands among the listed, but the listing is not among its milestones.",
            ),
        )
    ]


def enterprise_panels(enterprise: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """Where it stood, how large it is, how ready, and which milestones it reached."""
    found = _assessed(enterprise, as_of)
    return [_way(found), _size(found), _readiness(found), _milestones(found)]


def _way(found: Assessment) -> Panel:
    states = {each.value: each.label for each in SpanState}
    rows = [
        [
            Shown(found.name(span.stage_id, span.entered_on)),
            Shown(states[span.state], tone=STATE_TONES[span.state]),
            Shown(span.starts_on.isoformat()),
            Shown(span.ends_on.isoformat() if span.ends_on else "—"),
            Shown(formats.count(_days(span, found.as_of)), numeric=True),
            Shown(span.prefecture),
        ]
        for span in found.spans
    ]
    return Panel(
        key="way",
        title=Text("批次经历", "Way through the batches"),
        headings=[
            Text("批次", "Batch"),
            Text("状态", "State"),
            Text("起", "From"),
            Text("止", "Until"),
            Text("天数", "Days"),
            Text("地市", "Prefecture"),
        ],
        rows=rows,
        note=Text("批次名称为进入当日的名称。", "Batches are called as on the day of entry."),
        empty=Text("尚未进入任何批次。", "It never entered a batch."),
    )


def _days(span: Any, as_of: datetime.date) -> int:
    end = span.ends_on if span.ends_on and span.ends_on <= as_of else as_of
    return (end - span.starts_on).days


def _size(found: Assessment) -> Panel:
    sizing = found.sizing
    bounds = [
        [
            Shown(INDICATORS[each.bounds.indicator]),
            Shown(
                "—" if each.value is None else formats.count(each.value)
                if each.bounds.indicator == "headcount" else formats.money(each.value),
                numeric=True,
            ),
            *(Shown(f"≥ {formats.count(bound)}", numeric=True)
              for bound in (each.bounds.large, each.bounds.medium, each.bounds.small)),
            Shown(SIZE_WORDS[each.size] if each.size else "—"),
        ]
        for each in sizing.measured
    ]  # fmt: skip
    year = f"{found.years[-1].year}" if found.years else "—"
    size = SIZE_WORDS[sizing.size]
    industry = sizing.row.industry if sizing.row else Text("", "")
    title = Text(f"企业规模：{size.zh}", f"Size: {size.en}")
    note = Text(
        f"{year} 年数据，{industry.zh or '行业未定'}；取各指标所得类型中最低者。{sizing.source.zh} "
        f"{sizing.why.zh}",
        f"Figures of {year}, {industry.en or 'industry not settled'}; the least of what the "
        f"indicators give. {sizing.source.en} {sizing.why.en}",
    )
    return Panel(
        key="size",
        title=title,
        headings=[
            Text("指标", "Indicator"),
            Text("数值", "Value"),
            Text("大型", "Large"),
            Text("中型", "Medium"),
            Text("小型", "Small"),
            Text("所得类型", "Class"),
        ],
        rows=bounds,
        note=note,
        empty=sizing.why,
    )


def _readiness(found: Assessment) -> Panel:
    ready = found.readiness
    rows = []
    for each in ready.requirements:
        for number, way in enumerate(each.judgements):
            for judgement in way:
                rows.append([_requirement(each, number), *judgement_row(judgement)])
    board = found.readiness.board
    name = found.calendar.boards[board].name if board else None
    verdict = VERDICTS[ready.verdict]
    title = Text("上市财务条件对照", "Readiness")
    if name is not None:
        title = Text(f"{title.zh}：{name.zh}", f"{title.en}: {name.en}")
    years = "、".join(map(str, ready.years)) or "—"
    note = Text(
        f"总体：{verdict.zh}。所用年度：{years}。{FOR_DISPLAY.zh}",
        f"Overall: {verdict.en}. Years used: {years}. {FOR_DISPLAY.en}",
    )
    return Panel(
        key="readiness",
        title=title,
        headings=[Text("条件", "Requirement"), *HEADINGS],
        rows=rows,
        note=note if ready.known else Text("", ""),
        empty=NO_THRESHOLDS if name else NO_BOARD,
    )


def _requirement(met: Any, number: int) -> Shown:
    title = met.requirement.title
    if len(met.judgements) > 1:
        title = Text(f"{title.zh}（方案{number + 1}）", f"{title.en} (way {number + 1})")
    verdict = VERDICTS[met.verdict]
    return Shown(
        Text(f"{title.zh}：{verdict.zh}", f"{title.en}: {verdict.en}"),
        tone=VERDICT_TONES[met.verdict.value],
    )


def _milestones(found: Assessment) -> Panel:
    template = found.template
    dates: dict[str, list[str]] = {}
    for each in found.reached:
        if template is None or each.board in template.boards:
            dates.setdefault(each.milestone, []).append(each.on.isoformat())
    steps = template.steps if template else tuple(dates)
    rows = [
        [
            Shown(str(place), numeric=True),
            Shown(found.calendar.steps[step]),
            Shown("、".join(dates.get(step, ())) or "—", tone="good" if step in dates else ""),
        ]
        for place, step in enumerate(steps, start=1)
    ]
    title = Text("上市进程", "Steps to the listing")
    if template is not None:
        title = Text(f"{title.zh}：{template.name.zh}", f"{title.en}: {template.name.en}")
    return Panel(
        key="steps",
        title=title,
        headings=[Text("序", "No."), Text("环节", "Step"), Text("日期", "Date")],
        rows=rows,
        empty=NO_BOARD,
    )
