"""Decisions that a prefecture takes in the province's place: what is refused, and filing them.

A delegation that is not in force, does not cover the matter, or a late filing is a finding
(``core.rules.delegations``) and stops nothing; here stands only what cannot be meant.
"""

import datetime

from django.db import transaction

from core.errors import DomainError, NotFound, StateConflict
from core.fact_kinds import delegable
from core.models import Fact, Institution, User
from core.models.facts import Authority, DecidingLevel
from core.operations import journal
from core.permissions import require
from core.text import Text


def rest_on_delegation(fact: Fact) -> None:
    """Fill in what a delegation says by itself: the prefecture decided, by delegated power."""
    if fact.delegation_id:
        fact.level = fact.level or DecidingLevel.PREFECTURE
        fact.authority = fact.authority or Authority.DELEGATED


def refused_delegation(
    fact: Fact, institution: Institution, *, today: datetime.date
) -> dict[str, Text]:
    """What contradicts itself about the authority of ``fact``: field → what is wrong."""
    fields: dict[str, Text] = {}
    delegation = fact.delegation
    if delegation is not None:
        if delegation.prefecture_id != institution.prefecture_id:
            fields["delegation"] = Text(
                f"该下放权限属于{delegation.prefecture.name}，"
                f"机构在{institution.prefecture.name}；"
                "请选择机构所在市的下放权限。",
                f"This delegation is of {delegation.prefecture.name_en}, the institution is in "
                f"{institution.prefecture.name_en}; choose one of its own prefecture.",
            )
        elif delegation.voided_at:
            fields["delegation"] = Text(
                "该下放权限已作废，请另选。", "This delegation is void; choose another."
            )
        if fact.level != DecidingLevel.PREFECTURE:
            fields["level"] = Text(
                "依下放权限作出的决定，决定层级应为“市”。",
                "What rests on a delegation was decided by the prefecture.",
            )
        if fact.authority != Authority.DELEGATED:
            fields["authority"] = Text(
                "已选下放权限，权限依据应为“下放权限”。",
                "With a delegation chosen the authority is “delegated”.",
            )
    if fact.filed_on and fact.happened_on:
        problem = _filing_problem(fact, fact.filed_on, today=today)
        if problem:
            fields["filed_on"] = problem
    return fields


def file_with_province(
    *, fact_id: int, on: datetime.date, actor: User, now: datetime.datetime
) -> Fact:
    """Record that a prefecture's decision was filed with the province on a day.

    The only thing about a fact that may become known later; nothing else of it changes.
    Raises NotFound, PermissionRefused, StateConflict if it is void, filed already or never
    to be filed, and "invalid-fact" for a day before the decision or after today.
    """
    with transaction.atomic():
        facts = Fact.objects.select_for_update(of=("self",)).select_related("institution")
        fact = facts.filter(pk=fact_id).first()
        if fact is None:
            raise NotFound(Text("这一事项", "fact"))
        require(actor, "institution.edit", fact.institution)
        _check_state(fact)
        problem = _filing_problem(fact, on, today=now.date())
        if problem:
            raise DomainError(
                "invalid-fact",
                Text("备案日期有误，请按提示修改。", "The day of filing is not right; mend it."),
                fields={"filed_on": problem},
            )
        fact.filed_on = on
        fact.save(update_fields=["filed_on"])
        journal.record(
            actor=actor,
            action="fact.file",
            target=fact,
            now=now,
            detail={
                "institution": fact.institution.code,
                "kind": fact.kind,
                "happened_on": fact.happened_on,
                "document_number": fact.document_number,
                "filed_on": on,
            },
        )
    return fact


def may_be_filed(fact: Fact) -> bool:
    """Whether the filing of ``fact``, its institution at hand, may still be recorded."""
    return bool(
        fact.voided_at is None
        and fact.filed_on is None
        and fact.level == DecidingLevel.PREFECTURE
        and delegable(fact.kind, fact.institution.kind)
    )


def _check_state(fact: Fact) -> None:
    if fact.voided_at:
        raise StateConflict(
            "fact-already-void",
            Text("该事项已作废，无需备案。", "The fact is void; there is nothing to file."),
        )
    if fact.filed_on:
        raise StateConflict(
            "fact-already-filed",
            Text(
                f"该事项已于 {fact.filed_on} 报省备案；如日期有误，请作废后重新登记。",
                f"Filed on {fact.filed_on} already; if that is wrong, void the fact and record "
                "it again.",
            ),
        )
    if not may_be_filed(fact):
        raise StateConflict(
            "fact-not-filed",
            Text(
                "只有由市决定的下放事项须报省备案。",
                "Only what a prefecture decided in the province's place is filed.",
            ),
        )


def _filing_problem(fact: Fact, on: datetime.date, *, today: datetime.date) -> Text | None:
    if on < fact.happened_on:
        return Text(
            f"备案日期 {on} 早于决定日期 {fact.happened_on}，请核对。",
            f"Filed on {on}, before the decision of {fact.happened_on}; check the dates.",
        )
    if on > today:
        return Text(
            f"{on} 在今天（{today}）之后：只登记已完成的备案。",
            f"{on} is after today ({today}): record what has been filed.",
        )
    return None
