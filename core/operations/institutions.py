"""Saving institutions: permission, identifiers, place, history."""

import datetime
from typing import Any

from django.db import transaction

from core import pinyin
from core.errors import DomainError
from core.models import Institution, User
from core.operations.records import save_record
from core.permissions import require
from core.rules import identifiers
from core.text import Text

IDENTIFIERS = ("credit_code", "organisation_code", "registration_number")


def doubtful(code: str, fields: dict[str, Text]) -> DomainError:
    """The question whether to save what looks wrong; asked again with ``confirmed``."""
    return DomainError(
        code,
        Text(
            "有字段看上去不对。核对后如确认无误，请勾选“已核对”再保存。",
            "Some fields look wrong. If they are right after all, tick “checked” and save again.",
        ),
        fields=fields,
    )


def save_institution(
    institution: Institution,
    *,
    actor: User,
    now: datetime.datetime,
    expected_version: int | None = None,
    reason: str = "",
    confirmed: bool = False,
) -> Institution:
    """Create or change an institution.

    Raises PermissionRefused outside the actor's scope, before or after the change;
    DomainError "doubtful-identifier" with fields unless ``confirmed``; "invalid-record";
    EditConflict.
    """
    with transaction.atomic():
        if institution.pk:
            require(actor, "institution.edit", Institution.objects.get(pk=institution.pk))
        for field in IDENTIFIERS:
            value = identifiers.normalised(getattr(institution, field))
            if field == "organisation_code" and len(value) == 9 and "-" not in value:
                value = f"{value[:8]}-{value[8]}"
            setattr(institution, field, value)
        _check_place(institution)
        found = identifiers.doubts(**{field: getattr(institution, field) for field in IDENTIFIERS})
        if found and not confirmed:
            raise doubtful("doubtful-identifier", {each.field: each.message for each in found})
        institution.name = institution.name.strip()
        institution.pinyin = pinyin.full(institution.name)
        institution.pinyin_initials = pinyin.initials(institution.name)
        save_record(institution, actor=actor, reason=reason, expected_version=expected_version)
        require(actor, "institution.edit", institution)
    return institution


def _check_place(institution: Institution) -> None:
    """A county lies in its prefecture, and nothing is its own parent, near or far."""
    fields: dict[str, Text] = {}
    county = institution.county
    if county is not None and county.prefecture_id != institution.prefecture_id:
        fields["county"] = Text(
            f"{county.name}不属于所选地市，请选择该市的县（市、区）。",
            f"{county.name} is not in the prefecture chosen; choose one of its counties.",
        )
    above: Any = institution.parent
    while above is not None and institution.pk:
        if above.pk == institution.pk:
            fields["parent"] = Text(
                "上级机构不能是自己或自己的下级。", "The parent cannot be itself or its child."
            )
            break
        above = above.parent
    if fields:
        raise DomainError(
            "invalid-record",
            Text("有字段填写不正确，请按提示修改。", "Some fields are not right; mend them."),
            fields=fields,
        )
