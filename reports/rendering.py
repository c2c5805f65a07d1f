"""One computed report, and every file it can be."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from core.errors import DomainError
from core.tabular import Column, stream_csv
from core.text import Text
from reports.links import address
from reports.observations import Observation
from reports.pdf import pdf
from reports.plain import fingerprint, plain
from reports.registry import Computed
from reports.sdmx import sdmx_csv, structure
from reports.workbooks import workbook

FORMATS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "sdmx-csv": "application/vnd.sdmx.data+csv; version=2.0.0",
    "sdmx-structure": "application/vnd.sdmx.structure+json; version=2.0.0",
}
ENDINGS = {"sdmx-csv": "sdmx.csv", "sdmx-structure": "structure.json"}
OBSERVED = [
    Column("indicator", Text("指标代码", "Indicator")),
    Column("name", Text("指标", "Name")),
    Column("item", Text("对象代码", "Item")),
    Column("item_name", Text("对象", "Item name")),
    Column("value", Text("数值", "Value"), "rate"),
    Column("unit", Text("单位", "Unit")),
    Column("numerator", Text("分子", "Numerator"), "rate"),
    Column("denominator", Text("分母", "Denominator"), "rate"),
    Column("definition", Text("口径", "Definition")),
    Column("source", Text("依据地址", "Address of the source")),
]


@dataclass(frozen=True, slots=True)
class File:
    """A rendering as a file."""

    name: str
    content_type: str
    data: bytes


def render(computed: Computed, kind: str, language: str, *, now: datetime.datetime) -> File:
    """Return the report as one of ``FORMATS``. Raises DomainError for another."""
    if kind not in FORMATS:
        known = "、".join(FORMATS), ", ".join(FORMATS)
        raise DomainError(
            "unknown-format",
            Text(f"没有“{kind}”格式；可用{known[0]}。", f"No format “{kind}”; use {known[1]}."),
        )
    name = f"{computed.report.code}-{computed.as_of.isoformat()}.{ENDINGS.get(kind, kind)}"
    return File(name, FORMATS[kind], _data(computed, kind, language, now))


def _data(computed: Computed, kind: str, language: str, now: datetime.datetime) -> bytes:
    if kind == "json":
        return json.dumps(document(computed), ensure_ascii=False, indent=1).encode()
    if kind == "xlsx":
        return workbook(computed.content, language)
    if kind == "csv":
        return b"".join(stream_csv(OBSERVED, _observed(computed, language), language))
    if kind == "sdmx-csv":
        return sdmx_csv(
            computed.report.code,
            computed.observations,
            as_of=computed.as_of,
            known_at=computed.known_at,
            source=_source(computed),
        )
    if kind == "sdmx-structure":
        indicators = computed.observations.indicators
        message = structure(computed.report.code, computed.report.title, indicators, now=now)
        return json.dumps(message, ensure_ascii=False, indent=1).encode()
    mark = fingerprint(computed.figures)[:16]
    return pdf(computed.content, language, now=now, fingerprint=mark)


def document(computed: Computed) -> dict[str, object]:
    """The JSON rendering: what was asked and known, the figures, and each number on its own."""
    found = computed.observations
    source = _source(computed)
    return {
        "report": computed.report.code,
        "title": computed.report.title.zh,
        "title_en": computed.report.title.en,
        "as_of": computed.as_of.isoformat(),
        "known_at": computed.known_at.isoformat() if computed.known_at else None,
        "parameters": dict(computed.asked),
        "figures": computed.figures,
        "indicators": plain(found.indicators),
        "observations": [plain(each) | {"source": source(each)} for each in found.rows],
    }


def _observed(computed: Computed, language: str) -> list[list[object]]:
    found = computed.observations
    indicators = {each.id: each for each in found.indicators}
    source = _source(computed)
    return [
        [
            each.indicator,
            indicators[each.indicator].name.in_language(language),
            each.item,
            each.item_name.in_language(language),
            each.value,
            each.unit.in_language(language),
            each.numerator,
            each.denominator,
            indicators[each.indicator].definition.in_language(language),
            source(each),
        ]
        for each in found.rows
    ]


def _source(computed: Computed) -> Callable[[Observation], str]:
    """Where a machine reads what stands behind an observation; "" where nothing does."""
    path = address("api:reports-lineage", computed.report.code)
    if not path or computed.report.lineage is None:
        return lambda each: ""
    asked = dict(computed.asked)
    if computed.known_at:
        asked["known_at"] = computed.known_at.isoformat()
    return lambda each: (
        f"{path}?{urlencode({**asked, 'figure': each.figure})}" if each.figure else ""
    )
