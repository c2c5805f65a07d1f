"""The receipt 回执 as PDF."""

import datetime

from django.conf import settings
from django.utils import timezone

from core.naming import named
from core.pdf import Prose, TablePart, build_pdf
from core.tabular import Column, formats
from core.text import Text
from returns.forms import form as form_of
from returns.models import Return

DEMO = Text("演示数据：机构与数字均为虚构", "Demo data: institutions and figures are invented")


def receipt_pdf(record: Return, *, language: str, now: datetime.datetime) -> bytes:
    """Return the receipt of a signed return."""
    form = form_of(record.period.form)

    def said(zh: str, en: str) -> str:
        return Text(zh, en).in_language(language)

    def moment(value: datetime.datetime | None) -> str:
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S") if value else "—"

    rows = [
        (said("回执编号", "Receipt number"), record.receipt_number),
        (said("报表", "Form"), f"{form.title.in_language(language)} {record.form_version}"),
        (said("机构", "Institution"), f"{record.institution.name} {record.institution.code}"),
        (said("报告期", "Period"), record.period.code),
        (said("版次", "Revision"), str(record.revision)),
        (said("来源文件", "Source document"), record.document.filename),
        (said("文件指纹（SHA-256）", "SHA-256"), record.document.sha256),
        (said("行数", "Lines"), formats.count(record.line_count)),
        *_figures(record, language),
        (said("填报人", "Prepared by"), f"{record.prepared_by}　{moment(record.prepared_at)}"),
        (said("签发人", "Signed by"), f"{record.signed_by}　{moment(record.signed_at)}"),
    ]
    columns = [Column("what", said("项目", "Item")), Column("value", said("内容", "Content"))]
    return build_pdf(
        title=said("报 送 回 执", "Receipt"),
        subtitle=record.receipt_number,
        language=language,
        now=now,
        sections=[
            TablePart("", columns, rows),
            Prose(
                said(
                    "本回执证明系统已收到上列报表。文件指纹可用于核对所报文件是否与本回执一致。",
                    "This receipt certifies that the return above was received. The fingerprint "
                    "shows whether a file is the one that was filed.",
                )
            ),
        ],
        footer=f"{record.receipt_number} · {record.document.sha256[:16]}",
        label=DEMO.in_language(language) if settings.DEMO_DATA else "",
    )


def _figures(record: Return, language: str) -> list[tuple[str, str]]:
    form = form_of(record.period.form)
    found = []
    for each in form.key_figures:
        value = record.key_figures.get(each.name)
        if value is not None:
            unit = str(form.column(each.table, each.measure).unit)
            shown = formats.figure(value, unit)
            found.append((each.label.in_language(language), f"{shown} {named(unit, language)}"))
    return found
