"""Enterprises: identifiers in their shape, names found by pinyin, and what changes by the day."""

import datetime
from typing import Any

from django.utils import timezone

from core import pinyin
from core.models import User
from core.operations import journal
from core.operations.records import save_record
from core.rules import identifiers
from core.text import Text
from listings.models import Enterprise, EnterpriseChange
from listings.operations.spans import new_values, rebuild_spans
from listings.rules.industries import canonical, parts_of

IDENTIFIERS = ("credit_code", "organisation_code", "registration_number")
NO_INDUSTRY = Text(
    "“{code}”不是 GB/T 4754 的代码：应为门类字母、大类两位、中类三位或小类四位数字，如 C39、3911。",
    "“{code}” is no code of GB/T 4754: give a section's letter or two to four digits, such as "
    "C39 or 3911.",
)
FORMER = "；"


def prepared(enterprise: Enterprise) -> dict[str, Text]:
    """Bring an enterprise into shape before it is saved; say what does not fit, by field.

    A sound credit code tells the organisation code that it embeds, so that records of 2012 and
    of today meet.
    """
    for field in IDENTIFIERS:
        setattr(enterprise, field, identifiers.normalised(getattr(enterprise, field)))
    if not enterprise.organisation_code and identifiers.credit_code_holds(enterprise.credit_code):
        enterprise.organisation_code = identifiers.organisation_code_within(enterprise.credit_code)
    given = enterprise.organisation_code
    if len(given) == 9 and "-" not in given:
        enterprise.organisation_code = f"{given[:8]}-{given[8]}"
    enterprise.industry = canonical(enterprise.industry)
    _name(enterprise, enterprise.name)
    problems = _first_values(enterprise)
    if enterprise.industry and parts_of(enterprise.industry) is None:
        problems["industry"] = NO_INDUSTRY.format(code=enterprise.industry)
    return problems


def _name(enterprise: Enterprise, name: str) -> None:
    enterprise.name = name.strip()
    enterprise.pinyin = pinyin.full(enterprise.name)
    enterprise.pinyin_initials = pinyin.initials(enterprise.name)


def _first_values(enterprise: Enterprise) -> dict[str, Text]:
    """What was filled in holds from the beginning, unless a dated change follows it."""
    before = Enterprise.objects.get(pk=enterprise.pk) if enterprise.pk else None
    problems: dict[str, Text] = {}
    for name in Enterprise.DATED:
        key = Enterprise._meta.get_field(name).attname
        value = getattr(enterprise, key)
        if before is not None and getattr(before, key) == value:
            continue
        if before is not None and _changes_of(before, name):
            problems[name] = Text(
                "该项已有企业变更记录：请登记新的变更，或作废填错的变更。",
                "Dated changes of it are on record: record another, or void the wrong one.",
            )
            continue
        setattr(enterprise, f"first_{key}", value)
    return problems


def _changes_of(enterprise: Enterprise, name: str) -> bool:
    field = EnterpriseChange.FIELDS["prefecture" if name == "county" else name]
    empty: dict[str, Any] = {field: None} if field == "new_prefecture" else {field: ""}
    return enterprise.changes.known().exclude(**empty).exists()


def identifier_doubts(enterprise: Enterprise) -> dict[str, Text]:
    """What is doubtful about an enterprise's identifiers, by field."""
    found = identifiers.doubts(**{name: getattr(enterprise, name) for name in IDENTIFIERS})
    return {each.field: each.message for each in found}


def follow_enterprise(enterprise: Enterprise, *, actor: User, now: datetime.datetime) -> None:
    """A corrected place or board is corrected in its stretches too; a void one has none."""
    rebuild_spans([enterprise.pk], now=now)


def change_problems(change: EnterpriseChange) -> dict[str, Text]:
    """What of a dated change does not fit, by field."""
    problems: dict[str, Text] = {}
    if change.happened_on > timezone.localdate():
        problems["happened_on"] = Text("在今天之后：只登记已发生的变更。", "After today.")
    change.new_industry = canonical(change.new_industry)
    change.new_name = change.new_name.strip()
    change.old_name = change.enterprise.name if change.new_name else ""
    county = change.new_county
    if county is not None and change.new_prefecture_id is None:
        change.new_prefecture_id = county.prefecture_id
    if county is not None and county.prefecture_id != change.new_prefecture_id:
        problems["new_county"] = Text(
            f"{county.name}不属于所选地市。", f"{county.name} is not in the prefecture chosen."
        )
    if change.new_industry and parts_of(change.new_industry) is None:
        problems["new_industry"] = NO_INDUSTRY.format(code=change.new_industry)
    if not new_values(change) and not change.new_name:
        problems["happened_on"] = Text("请至少填写一项变更。", "Say what changed.")
    return problems


def follow_change(change: EnterpriseChange, *, actor: User, now: datetime.datetime) -> None:
    """Let the enterprise and its stretches follow its dated changes."""
    enterprise = Enterprise.objects.get(pk=change.enterprise_id)
    values = {
        "prefecture": enterprise.first_prefecture_id or enterprise.prefecture_id,
        "county": enterprise.first_county_id,
        "industry": enterprise.first_industry,
        "intended_board": enterprise.first_intended_board,
    }
    standing = list(enterprise.changes.known().order_by("happened_on", "recorded_at", "pk"))
    for each in standing:
        values |= new_values(each)
    for name, value in values.items():
        setattr(enterprise, Enterprise._meta.get_field(name).attname, value)
    if change.new_name:
        _rename(enterprise, change, standing)
    save_record(
        enterprise,
        actor=actor,
        reason="企业变更 Change of an enterprise",
        expected_version=enterprise.version,
    )
    rebuild_spans([enterprise.pk], now=now)
    if change.voided_at is None:
        journal.record(
            actor=actor,
            action="enterprise-change.record",
            target=change,
            now=now,
            detail={"enterprise": enterprise.code, "happened_on": change.happened_on},
        )


def _rename(
    enterprise: Enterprise, change: EnterpriseChange, standing: list[EnterpriseChange]
) -> None:
    """The name is that of the last renaming; what it was called before stays findable."""
    renamings = [each for each in standing if each.new_name]
    before = enterprise.name
    _name(enterprise, renamings[-1].new_name if renamings else change.old_name)
    former = [each for each in enterprise.former_names.split(FORMER) if each]
    if change.voided_at is not None:
        former = [each for each in former if each != enterprise.name]
    elif before != enterprise.name and before not in former:
        former.append(before)
    enterprise.former_names = FORMER.join(former)[:300]
