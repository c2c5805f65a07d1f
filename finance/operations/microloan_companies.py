"""What is done with a microloan company beyond saving it: its turn into a village bank."""

import datetime

from django.db import transaction

from core.errors import DomainError, StateConflict
from core.models import Fact, Institution, User
from core.models.facts import ExitReason, FactKind
from core.models.institutions import InstitutionKind
from core.operations import journal
from core.operations.facts import record_fact
from core.operations.records import save_record
from core.permissions import require
from core.text import Text
from finance.models import MicroloanCompany

STANDING = (FactKind.OPENED, FactKind.RESUMED, FactKind.SUSPENDED, FactKind.EXITED)


def convert_into_village_bank(
    company: MicroloanCompany,
    *,
    village_bank: Institution,
    on: datetime.date,
    actor: User,
    now: datetime.datetime,
    expected_version: int | None,
    document_number: str = "",
    decided_by: str = "",
    note: str = "",
    confirmed: bool = False,
) -> MicroloanCompany:
    """Record that a microloan company became a village bank (银监发〔2009〕48号).

    In one act: its exit on the day, the link to the bank, the journal. Raises
    PermissionRefused, EditConflict, "invalid-record" where the bank is none or lies in
    another prefecture, StateConflict where the company was not in business on the day, and
    what ``record_fact`` raises.
    """
    with transaction.atomic():
        institution = Institution.objects.select_for_update().get(pk=company.pk)
        require(actor, "institution.edit", institution)
        _check_bank(village_bank, institution)
        _check_in_business(institution, on)
        exit_ = Fact(
            institution=institution,
            kind=FactKind.EXITED,
            happened_on=on,
            reason=ExitReason.CONVERTED,
            counterparty=village_bank.name,
            document_number=document_number,
            decided_by=decided_by,
            note=note,
        )
        record_fact(exit_, actor=actor, now=now, confirmed=confirmed)
        company.converted_into = village_bank
        save_record(
            company,
            actor=actor,
            reason=f"改制为村镇银行 Turned into a village bank {document_number}".strip(),
            expected_version=expected_version,
        )
        journal.record(
            actor=actor,
            action="microloan.convert",
            target=institution,
            now=now,
            detail={
                "institution": institution.code,
                "village_bank": village_bank.code,
                "happened_on": on,
                "document_number": exit_.document_number,
            },
        )
    return company


def _check_bank(village_bank: Institution, institution: Institution) -> None:
    problem = None
    if village_bank.kind != InstitutionKind.VILLAGE_BANK:
        problem = Text(
            f"{village_bank.name}不是村镇银行；请选择已登记的村镇银行。",
            f"{village_bank.name} is no village bank; choose a registered one.",
        )
    elif village_bank.prefecture_id != institution.prefecture_id:
        problem = Text(
            f"{village_bank.name}在{village_bank.prefecture.name}，"
            f"公司在{institution.prefecture.name}；"
            "请核对所选村镇银行。",
            f"{village_bank.name} is in {village_bank.prefecture.name_en}, the company in "
            f"{institution.prefecture.name_en}; check the bank chosen.",
        )
    if problem:
        raise DomainError(
            "invalid-record",
            Text("有字段填写不正确，请按提示修改。", "Some fields are not right; mend them."),
            fields={"village_bank": problem},
        )


def _check_in_business(institution: Institution, on: datetime.date) -> None:
    """It was open or suspended on the day, and nothing of its life came later."""
    life = Fact.objects.filter(institution=institution, kind__in=STANDING, voided_at=None)
    last = life.order_by("-happened_on", "-pk").first()
    if last is None or last.kind == FactKind.EXITED or last.happened_on > on:
        raise StateConflict(
            "not-in-business",
            Text(
                f"{institution.name}在 {on} 未登记为营业或停业，不能改制；请核对日期和已登记事项。",
                f"{institution.name} was not in business on {on}, so it cannot be converted; "
                "check the day and the facts recorded.",
            ),
        )
