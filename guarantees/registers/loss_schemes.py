"""The registers of loss sharing: schemes with their participants, and agreements under them."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from core.registers import Expiry, Panel, Part, Register, Shown
from core.text import Text
from guarantees import filters
from guarantees.models import (
    CooperationAgreement,
    LossShareScheme,
    SchemeParticipant,
)
from guarantees.rules.loss_schemes import (
    PARTY_WORDS,
    Order,
    Participant,
    Scheme,
    scheme_problems,
)


def participants_check(
    scheme: LossShareScheme, rows: Sequence[SchemeParticipant]
) -> dict[str, Text]:
    """Shares that add up, one row a party at least, someone to bear what exceeds."""
    bearers = [place for place, row in enumerate(rows) if row.party == scheme.excess_party]
    found = Scheme(
        tuple(Participant(row.party, row.share, row.cap) for row in rows),
        Order(scheme.order),
        excess=bearers[0] if bearers else -1,
        case_cap=scheme.case_cap,
        fuse=scheme.fuse_rate,
    )
    problems = scheme_problems(found)
    if rows and not bearers:
        words = PARTY_WORDS[scheme.excess_party]
        problems["excess_party"] = Text(
            f"“{words.zh}”不在分担方中，无法承担超出部分。",
            f"{words.en} is no participant and cannot bear what exceeds.",
        )
    return problems


def scheme_panels(scheme: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """The way to the simulation."""
    return [
        Panel(
            key="simulate",
            title=Text("测算", "Simulation"),
            headings=[Text("按过往案件测算各方承担额", "Who would have borne what")],
            rows=[
                [
                    Shown(
                        Text("打开测算", "Open the simulation"),
                        url=reverse("guarantees:simulate", args=[scheme.code]),
                    )
                ]
            ],
        )
    ]


SCHEMES = Register(
    key="loss-sharing-schemes",
    app="guarantees",
    title=Text("损失分担方案", "Loss-sharing schemes"),
    one=Text("损失分担方案", "loss-sharing scheme"),
    model=LossShareScheme,
    fields=(
        "name",
        "prefecture",
        "document_number",
        "valid_from",
        "valid_to",
        "base",
        "order",
        "case_cap",
        "fuse_rate",
        "excess_party",
    ),
    columns=("code", "name", "prefecture", "order", "base", "valid_from", "valid_to", "?case_cap"),
    filterset=filters.SchemeFilter,
    parts=(
        Part(
            "participants",
            Text("分担方", "Participants"),
            SchemeParticipant,
            ("party", "institution", "name", "share", "cap"),
            check=participants_check,
            minimum=1,
        ),
    ),
    panels=scheme_panels,
    intro=Text(
        "比例合计须为 100.00%。修改方案不影响已代偿的案件：案件在首次代偿时冻结条款。",
        "Shares add up to 100.00%. Changing a scheme touches no case already compensated: a case "
        "freezes its terms at the first payment.",
    ),
    icon="diagram-3",
    examples={"name": "演示市代偿损失分担办法", "order": "按比例", "valid_from": "2012-07-01"},
)


def agreement_check(agreement: CooperationAgreement) -> dict[str, Text]:
    if agreement.bank_id == agreement.institution_id:
        return {"bank": Text("合作双方不能是同一机构。", "The two must be different.")}
    return {}


AGREEMENTS = Register(
    key="cooperation-agreements",
    app="guarantees",
    title=Text("银担合作协议", "Cooperation agreements"),
    one=Text("银担合作协议", "cooperation agreement"),
    model=CooperationAgreement,
    fields=(
        "institution",
        "bank",
        "scheme",
        "signed_on",
        "valid_until",
        "credit_line",
        "multiple",
        "deposit_ratio",
        "ended_on",
    ),
    columns=(
        "code",
        "institution",
        "bank",
        "scheme",
        "signed_on",
        "valid_until",
        "credit_line",
        "?multiple",
        "?deposit_ratio",
    ),
    default_sort="-signed_on",
    filterset=filters.AgreementFilter,
    parents=("institution", "bank", "scheme"),
    check=agreement_check,
    expiry=Expiry(
        "valid_until",
        Text("银担合作协议到期", "Cooperation agreement ends"),
        "signed_on",
        ("institution", "bank"),
    ),
    icon="link-45deg",
    examples={"signed_on": "2012-03-01", "valid_until": "2013-02-28", "credit_line": "20000"},
)
