"""One computed report, four renderings."""

import datetime
import json
from dataclasses import dataclass

from core.errors import DomainError
from core.text import Text
from reports.pdf import pdf
from reports.plain import fingerprint
from reports.registry import Computed
from reports.workbooks import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"pdf": "application/pdf", "xlsx": XLSX, "json": "application/json"}


@dataclass(frozen=True, slots=True)
class File:
    """A rendering as a file."""

    name: str
    content_type: str
    data: bytes


def render(computed: Computed, kind: str, language: str, *, now: datetime.datetime) -> File:
    """Return the report as ``pdf``, ``xlsx`` or ``json``. Raises DomainError for another."""
    if kind not in FORMATS:
        raise DomainError(
            "unknown-format",
            Text(
                f"没有“{kind}”格式；可用 pdf、xlsx、json。",
                f"There is no format “{kind}”; use pdf, xlsx or json.",
            ),
        )
    if kind == "json":
        data = json.dumps(computed.document, ensure_ascii=False, indent=1).encode()
    elif kind == "xlsx":
        data = workbook(computed.content, language)
    else:
        mark = fingerprint(computed.figures)[:16]
        data = pdf(computed.content, language, now=now, fingerprint=mark)
    name = f"{computed.report.code}-{computed.as_of.isoformat()}.{kind}"
    return File(name, FORMATS[kind], data)
