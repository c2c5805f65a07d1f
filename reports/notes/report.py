"""The report on collective notes, declared."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from core.tabular import formats
from core.text import Text
from listings.queries.note_dues import Payable
from listings.queries.note_on import NoteOn
from listings.rules.note_life import STATE_TONES, STATE_WORDS
from listings.rules.notes import PROGRESS_TONES, PROGRESS_WORDS
from reports.content import Bar, BarChart, Content, KeyFigure, KeyFigures, Paragraph
from reports.declaration import Report
from reports.items.words import YI
from reports.notes import tables
from reports.notes.compute import NoteForm, NoteReport, compute
from reports.notes.definitions import DEFINITIONS
from reports.notes.lineage import learnt_since, lineage
from reports.plain import plain

TITLE = Text("广东省中小企业集合票据情况", "SME collective notes in Guangdong")
WAN = Decimal(10000)
TRANCHES = Text("期", "")


def content(report: NoteReport) -> Content:
    """Return the whole report: every rendering shows these parts."""
    asked = report.parameters
    return Content(
        title=TITLE,
        as_of=asked.as_of,
        asked=[
            (Text("目标年度", "Year"), Text(str(asked.year), str(asked.year))),
            (
                Text("偿付日历", "Payment calendar"),
                Text(f"{asked.within} 天", f"{asked.within} days"),
            ),
        ],
        sections=[
            KeyFigures(key_figures(report)),
            Paragraph(headline(report)),
            tables.years(report),
            _states(report),
            tables.notes(report),
            tables.roles(report),
            tables.issuers(report),
            tables.payments(report),
            tables.parts(report),
            tables.findings(report),
            tables.others(report),
        ],
        notes=[
            Text(
                "按发行（起息）计数；已注册未发行和筹备中的另列。集合债券、集合信托等不是集合票据。",
                "Counted when issued; what is registered or in preparation stands beside it. "
                "Bonds, trusts and the like are no collective notes.",
            ),
            Text(
                "规则核对只作提示；限额按注册日有效的规则，占比以金额相除，不平均。",
                "Findings point out and stop nothing; limits are those in force on the day of "
                "registration, shares divide amounts and are never averaged.",
            ),
        ],
    )


def key_figures(report: NoteReport) -> list[KeyFigure]:
    """The big figures of page and PDF."""
    year, target, standing = report.year, report.year.target, report.year.standing
    note = Text("", "")
    if target is not None:
        words = PROGRESS_WORDS[standing]
        note = Text(
            f"方案 {target.low}—{target.high} 期，{words.zh}",
            f"the plan asks for {target.low}-{target.high}: {words.en.lower()}",
        )
    overdue, coming = report.due("overdue"), report.due("coming")
    return [
        KeyFigure(
            Text(f"{year.year} 年已发行", f"Issued in {year.year}"),
            len(year.issued),
            unit=TRANCHES,
            note=note,
            figure=f"year:{year.year}",
            tone=PROGRESS_TONES.get(standing, ""), key="issued",
        ),
        KeyFigure(
            Text("已注册未发行", "Registered, not issued"),
            len(report.registered),
            unit=TRANCHES,
            note=Text("不计入进度", "beside the progress"),
            figure="registered",
            tone="info",
        ),
        KeyFigure(
            Text("筹备中", "In preparation"),
            len(report.preparing),
            unit=TRANCHES,
            note=Text("不计入进度", "beside the progress"),
            figure="preparing",
            tone="pipeline",
        ),
        KeyFigure(Text("本年发行金额", "Issued this year"), year.amount / WAN, "money", YI,
                  figure=f"year:{year.year}"),
        KeyFigure(Text("未还本金", "Outstanding"), report.outstanding / WAN, "money", YI,
                  figure="outstanding"),
        KeyFigure(
            Text("待付", "To come"),
            _open(coming),
            "money",
            unit=Text("万元", "10,000 yuan"),
            note=Text(f"{report.parameters.within} 天内 {len(coming)} 笔",
                      f"{len(coming)} within {report.parameters.within} days"),
            figure="coming",
            tone="info",
        ),
        KeyFigure(
            Text("逾期未付", "Overdue"),
            _open(overdue),
            "money",
            unit=Text("万元", "10,000 yuan"),
            note=Text(f"{len(overdue)} 笔", f"{len(overdue)} payments"),
            figure="overdue",
            tone="bad" if overdue else "good",
        ),
        KeyFigure(
            Text("规则核对意见", "Findings"),
            len(report.findings),
            unit=Text("条", ""),
            figure="findings",
            tone="warn" if report.findings else "good",
        ),
    ]  # fmt: skip


def _open(payments: Iterable[Payable]) -> Decimal:
    return sum((each.due.open for each in payments), Decimal(0))


def headline(report: NoteReport) -> Text:
    """The progress in a sentence, with what stands beside it."""
    year, target = report.year, report.year.target
    issued, amount = len(year.issued), formats.yi(year.amount)
    aside = (len(report.registered), len(report.preparing))
    beside = Text(
        f"另有已注册未发行 {aside[0]} 期、筹备中 {aside[1]} 期。",
        f"{aside[0]} more are registered and {aside[1]} in preparation.",
    )
    told = Text(
        f"{year.year} 年截至当日已发行集合票据 {issued} 期，计 {amount} 亿元",
        f"By this day {issued} tranches were issued in {year.year}, of {amount} (100 million yuan)",
    )
    if target is None:
        return Text(f"{told.zh}；该年度没有登记目标。{beside.zh}",
                    f"{told.en}; no target is kept for the year. {beside.en}")  # fmt: skip
    words = PROGRESS_WORDS[year.standing]
    return Text(
        f"{told.zh}；{target.source}提出发行 {target.low}—{target.high} 期，"
        f"{words.zh}。{beside.zh}",
        f"{told.en}; {target.source} asks for {target.low} to {target.high}: {words.en.lower()}. "
        f"{beside.en}",
    )


def _states(report: NoteReport) -> BarChart:
    return BarChart(
        key="states",
        title=Text("各期所处阶段", "Tranches by state"),
        bars=[
            Bar(
                STATE_WORDS[state],
                number,
                str(number),
                figure=f"state:{state}",
                tone="" if STATE_TONES[state] == "plain" else STATE_TONES[state],
            )
            for state, number in report.states
        ],
        unit=Text("期", "tranches"),
    )


def figures(report: NoteReport) -> dict[str, Any]:
    """The figures as plain data."""
    year, target = report.year, report.year.target
    return {
        "progress": {
            "year": year.year,
            "issued": len(year.issued),
            "amount": plain(year.amount),
            "target": plain(target) if target else None,
            "standing": year.standing or None,
            "registered": len(report.registered),
            "preparing": len(report.preparing),
        },
        "years": [
            {"code": str(each.year), "issued": len(each.issued), "amount": plain(each.amount)}
            for each in report.years
        ],
        "states": [{"code": state, "notes": number} for state, number in report.states],
        "outstanding": plain(report.outstanding),
        "notes": [_note(each) for each in report.notes],
        "others": [_note(each) for each in report.others],
        "payments": [_payment(each, report.parameters.as_of) for each in report.payments],
        "findings": [
            {
                "code": f"{row.note.code}/{each.code}/{each.issuer}",
                "note": row.note.code,
                "issuer": each.issuer or None,
                "rule": each.code,
                "message": plain(each.message),
                "value": plain(each.value),
                "limit": plain(each.limit),
                "source": plain(each.source),
                "standing": each.standing.value,
            }
            for row, each in report.findings
        ],
    }


def _note(row: NoteOn) -> dict[str, Any]:
    return {
        "code": row.note.code,
        "name": str(row.note),
        "kind": row.note.kind,
        "prefecture": row.prefecture.code if row.prefecture else None,
        "state": row.state,
        "amount": plain(row.note.amount),
        "registered_on": plain(row.registered_on),
        "issued_on": plain(row.issued_on),
        "matures_on": plain(row.matures_on),
        "outstanding": plain(row.outstanding),
        "issuers": [
            {
                "code": each.key,
                "name": each.name,
                "amount": plain(each.amount),
                "existing": plain(each.existing),
                "net_assets": plain(each.net_assets),
                "share": plain(each.share),
                "owed": plain(row.owed[each.key]),
            }
            for each in row.issuers
        ],
    }


def _payment(each: Payable, day: datetime.date) -> dict[str, Any]:
    return {
        "code": f"{each.note.code}/{each.due.instalment.number}",
        "note": each.note.code,
        "on": each.due.pay_on.isoformat(),
        "state": each.due.state(day),
        "interest": plain(each.due.open_interest),
        "principal": plain(each.due.open_principal),
        "open": plain(each.due.open),
        "parts": [
            {
                "code": part.issuer,
                "interest": plain(part.interest),
                "principal": plain(part.principal),
            }
            for part in each.due.parts
        ],
    }  # fmt: skip


COLLECTIVE_NOTES = Report(
    code="collective-notes",
    title=TITLE,
    form=NoteForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=lambda result: DEFINITIONS,
    lineage=lineage,
    learnt_since=learnt_since,
)
