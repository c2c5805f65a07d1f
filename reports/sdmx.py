"""A report for statistical offices: SDMX-CSV 2.0, and the structure that explains it.

All reports share one data structure: indicator, item and time, with the number, its parts,
unit and address. A report is a dataflow of it; its codelist names the report's own indicators.
Written after SDMX 3.0 (sdmx.org): SDMX-CSV 2.0.0 and SDMX-JSON structure message 2.0.0.
"""

import csv
import datetime
import io
from collections.abc import Callable, Sequence
from typing import Any

from core.text import Text
from reports.observations import Indicator, Observation, Observations

AGENCY, VERSION = "GDFO", "1.0"
SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/v2.0.0/"
    "structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json"
)
DIMENSIONS = {
    "INDICATOR": Text("指标", "Indicator"),
    "ITEM": Text("对象", "Item"),
    "TIME_PERIOD": Text("截至日期", "As-of date"),
}
ATTRIBUTES = {
    "UNIT_MEASURE": Text("单位", "Unit of measure"),
    "NUMERATOR": Text("分子", "Numerator"),
    "DENOMINATOR": Text("分母", "Denominator"),
    "ITEM_NAME": Text("对象名称", "Name of the item"),
    "ITEM_NAME_EN": Text("对象英文名称", "Name of the item in English"),
    "KNOWN_AT": Text("数据时点", "Known at"),
    "SOURCE": Text("依据地址", "Address of the source"),
}
MEASURE = {"OBS_VALUE": Text("数值", "Observed value")}
NUMBERS = ("OBS_VALUE", "NUMERATOR", "DENOMINATOR")
HEAD = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, *MEASURE, *ATTRIBUTES)


def dataflow(code: str) -> str:
    """The dataflow of a report: ``plan-board`` → ``PLAN_BOARD``."""
    return code.upper().replace("-", "_")


def sdmx_csv(
    code: str,
    found: Observations,
    *,
    as_of: datetime.date,
    known_at: datetime.datetime | None,
    source: Callable[[Observation], str],
) -> bytes:
    """The observations as SDMX-CSV 2.0; a number that there is not stays empty."""
    identity = f"{AGENCY}:{dataflow(code)}({VERSION})"
    known = known_at.isoformat() if known_at else ""
    rows = [
        [
            "dataflow", identity, "I", each.indicator, each.item or "_T", as_of.isoformat(),
            number(each.value), each.unit.en, number(each.numerator), number(each.denominator),
            each.item_name.zh, each.item_name.en, known, source(each),
        ]
        for each in found.rows
    ]  # fmt: skip
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEAD, *rows])
    return out.getvalue().encode()


def number(value: Any) -> str:
    """A number in full, without exponent; nothing for none."""
    return "" if value is None else f"{value:f}"


def structure(
    code: str, title: Text, indicators: Sequence[Indicator], *, now: datetime.datetime
) -> dict[str, Any]:
    """The structure message (SDMX-JSON 2.0.0) of one report."""
    flow = dataflow(code)
    return {
        "meta": {
            "schema": SCHEMA,
            "id": f"{flow}_STRUCTURE",
            "test": False,
            "prepared": now.isoformat(timespec="seconds"),
            "contentLanguages": ["zh", "en"],
            "sender": {"id": AGENCY},
        },
        "data": {
            "dataflows": [
                _artefact(flow, title) | {"structure": _urn("datastructure", "DataStructure", flow)}
            ],
            "dataStructures": [
                _artefact(flow, title) | {"dataStructureComponents": _components(flow)}
            ],
            "conceptSchemes": [_artefact("CONCEPTS", Text("概念", "Concepts")) | _concepts()],
            "codelists": [
                _artefact(f"CL_{flow}", Text(f"指标：{title.zh}", f"Indicators: {title.en}"))
                | {"codes": [_code(each) for each in indicators]}
            ],
        },
    }


def _artefact(name: str, title: Text) -> dict[str, Any]:
    return {"id": name, "agencyID": AGENCY, "version": VERSION, **_named(title)}


def _named(title: Text) -> dict[str, Any]:
    return {"name": title.en, "names": {"en": title.en, "zh": title.zh}}


def _code(each: Indicator) -> dict[str, Any]:
    said = Text(f"{each.definition.zh}（{each.unit.zh}）", f"{each.definition.en} ({each.unit.en})")
    return {
        "id": each.id,
        **_named(each.name),
        "description": said.en,
        "descriptions": {"en": said.en, "zh": said.zh},
    }


def _concepts() -> dict[str, Any]:
    named = DIMENSIONS | MEASURE | ATTRIBUTES
    return {"concepts": [{"id": name, **_named(title)} for name, title in named.items()]}


def _components(flow: str) -> dict[str, Any]:
    indicator = {"enumeration": _urn("codelist", "Codelist", f"CL_{flow}")}
    dimensions = [
        {"id": "INDICATOR", **_concept("INDICATOR"), "localRepresentation": indicator},
        {"id": "ITEM", **_concept("ITEM"), "localRepresentation": _format("String")},
    ]
    time = {"id": "TIME_PERIOD", **_concept("TIME_PERIOD")}
    return {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": dimensions,
            "timeDimension": time | {"localRepresentation": _format("ObservationalTimePeriod")},
        },
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [
                {
                    "id": name,
                    **_concept(name),
                    "usage": "optional",
                    "localRepresentation": _format("Decimal"),
                }
                for name in MEASURE
            ],
        },
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [
                {
                    "id": name,
                    **_concept(name),
                    "usage": "optional",
                    "attributeRelationship": {"observation": {}},
                    "localRepresentation": _format("Decimal" if name in NUMBERS else "String"),
                }
                for name in ATTRIBUTES
            ],
        },
    }


def _concept(name: str) -> dict[str, str]:
    scheme = _urn("conceptscheme", "Concept", "CONCEPTS")
    return {"conceptIdentity": f"{scheme}.{name}"}


def _format(kind: str) -> dict[str, Any]:
    return {"format": {"dataType": kind}}


def _urn(package: str, kind: str, name: str) -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{package}.{kind}={AGENCY}:{name}({VERSION})"
