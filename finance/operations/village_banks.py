"""Saving village banks: the institution and its detail in one act."""

import datetime
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.models import Fact, Institution, User
from core.models.institutions import InstitutionKind
from core.operations.facts import record_fact
from core.operations.imports import (
    COLUMNS,
    ImportColumn,
    ImportKind,
    RowOutcome,
    Save,
    choice_cell,
    differences,
    save_row,
    text_cell,
)
from core.operations.institutions import save_institution
from core.operations.records import invalid_record, save_record
from core.text import Text
from finance.models import VillageBank
from finance.models.village_banks import CapitalLevel


def save_village_bank(
    institution: Institution,
    detail: VillageBank,
    *,
    actor: User,
    now: datetime.datetime,
    expected_version: int | None = None,
    expected_detail_version: int | None = None,
    reason: str = "",
    confirmed: bool = False,
    intended_on: datetime.date | None = None,
) -> VillageBank:
    """Create or change a village bank; ``intended_on`` also records its intention.

    Refuses as ``save_institution`` and ``save_record`` do; nothing is half saved.
    """
    with transaction.atomic():
        institution.kind = InstitutionKind.VILLAGE_BANK
        save_institution(
            institution,
            actor=actor,
            now=now,
            expected_version=expected_version,
            reason=reason,
            confirmed=confirmed,
        )
        detail.institution = institution
        _save_detail(detail, actor=actor, reason=reason, expected=expected_detail_version)
        if intended_on is not None:
            intention = Fact(
                institution=institution,
                kind="intention",
                happened_on=intended_on,
                prefecture_id=institution.prefecture_id,
                county_id=institution.county_id,
                counterparty=detail.main_sponsor_name,
            )
            record_fact(intention, actor=actor, now=now)
    return detail


def _save_detail(detail: VillageBank, *, actor: User, reason: str, expected: int | None) -> None:
    """A detail shares its institution's key, so only the database knows whether it is new."""
    if VillageBank.objects.filter(pk=detail.institution_id).exists():
        save_record(detail, actor=actor, reason=reason, expected_version=expected)
        return
    try:
        detail.full_clean()
    except ValidationError as error:
        raise invalid_record(error) from error
    detail._history_user, detail._change_reason = actor, reason[:100] or None
    detail.save(force_insert=True)


def number_cell(text: str) -> Decimal | None:
    """Reads a plain number with at most two decimals; empty is nothing."""
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", "").rstrip("%"))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value < Decimal("1e12"):
        raise ValueError(
            Text(f"“{text}”不是可用的数字。", f"“{text}” is no usable number; give plain digits.")
        )
    return value


DETAILS = (
    ImportColumn(
        "main_sponsor_name", Text("主发起行", "Main sponsor"), text_cell, False, "示例银行"
    ),
    ImportColumn(
        "sponsor_stake", Text("主发起行持股比例（%）", "Stake (%)"), number_cell, False, "51"
    ),
    ImportColumn("private_share", Text("民营资本占比（%）", "Private share (%)"), number_cell),
    ImportColumn("capital", Text("注册资本（万元）", "Capital"), number_cell, False, "5000"),
    ImportColumn(
        "capital_level",
        Text("设立层级", "Level"),
        choice_cell(CapitalLevel.choices),
        False,
        Text("县（市）", "County or county-level city"),
    ),
    ImportColumn("linked_west_project", Text("挂钩西部项目", "Linked western project"), text_cell),
    ImportColumn("quota_batch", Text("规划批次", "Quota batch"), text_cell),
)


def writer(actor: User, now: datetime.datetime, reason: str) -> Save:
    """Save a row as a village bank: its institution, then its detail."""

    def save(values: Mapping[str, Any], row: RowOutcome) -> None:
        values = {**values, "kind": InstitutionKind.VILLAGE_BANK}
        institution = save_row(values, row, actor=actor, now=now, reason=reason)
        found = VillageBank.objects.filter(pk=institution.pk).first()
        detail = found or VillageBank(institution=institution)
        keys = [column.key for column in DETAILS if column.key in values]
        before = {key: getattr(detail, key) for key in keys}
        for key in keys:
            if key != "capital_level" or values[key]:
                setattr(detail, key, values[key])
        changed = differences(before, detail)
        row.changes += changed
        if found is None or changed:
            row.outcome = row.outcome if row.outcome != "unchanged" else "changed"
            expected = found.version if found else None
            _save_detail(detail, actor=actor, reason=reason, expected=expected)

    return save


IMPORT = ImportKind(
    "village-banks",
    Text("村镇银行导入", "Import of village banks"),
    (*(column for column in COLUMNS if column.key != "kind"), *DETAILS),
    writer,
)
