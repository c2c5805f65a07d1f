"""What stands behind the figures of the report on incentives, and what was learnt since."""

import datetime
from typing import Any

from django.db.models import Q

from core.naming import both
from core.tabular import formats
from core.text import Text
from listings.models import IncentiveAward, IncentivePayment, IncentivePolicy
from listings.models.incentives import Topic
from listings.queries.incentive_totals import Award, PolicyYear
from reports.declaration import Evidence, Lineage
from reports.incentives.compute import IncentiveParameters, IncentiveReport, compute
from reports.incentives.content import place_name, policy_url
from reports.links import address


def lineage(
    parameters: IncentiveParameters,
    figure: str,
    known_at: datetime.datetime | None,
    user: Any,
) -> Lineage:
    """What stands behind ``policies``, ``without``, ``granted:IP01``, ``received:440200`` …"""
    name, _colon, code = figure.partition(":")
    report = compute(parameters, known_at)
    if name in ("policies", "without") and not code:
        return _policies(report, name)
    title = {
        "granted": Text("批准", "Decided"),
        "paid": Text("拨付", "Paid"),
        "received": Text("企业获批与实得（各级）", "Granted and paid by all"),
    }[name]
    awards = _awards(report, name, code)
    return Lineage(title=title, evidence=[_award(report, each, name) for each in awards])


def _policies(report: IncentiveReport, name: str) -> Lineage:
    if name == "policies":
        return Lineage(
            title=Text("有效政策", "Policies in force"),
            evidence=[_policy(report, each) for each in report.policies if each.in_force],
        )
    return Lineage(
        title=Text("尚无政策的地市", "Prefectures without a policy"),
        evidence=[
            Evidence(
                on=each.last.ends_on if each.last else None,
                what=Text(f"此前：{each.last.name}", f"Before: {each.last.name}")
                if each.last
                else Text("从未出台", "Never had one"),
                where=Text(each.prefecture.name, each.prefecture.name_en),
                document=each.last.document_number if each.last else "",
                url=policy_url(each.last.code) if each.last else "",
                keys=(each.prefecture.code,),
            )
            for each in report.without
        ],
    )


def _policy(report: IncentiveReport, policy: PolicyYear) -> Evidence:
    return Evidence(
        on=policy.valid_from,
        what=Text(policy.name, policy.name),
        where=place_name(report, policy.prefecture),
        document=policy.document_number,
        url=policy_url(policy.code),
        keys=(policy.code, policy.prefecture),
    )


def _awards(report: IncentiveReport, name: str, code: str) -> list[Award]:
    """The awards behind a figure; KeyError for a policy or place that is not of the report."""
    own = {
        each.code
        for each in report.policies
        if code in ("", each.code, each.prefecture or "higher")
    }
    if name == "received":
        if code not in report.names:
            raise KeyError(code)
        return [e for e in report.awards if e.prefecture == code and (e.granted or e.paid)]
    if code and not own and code not in {*report.names, "higher"}:
        raise KeyError(code)
    return [each for each in report.found.awards if each.policy in own and getattr(each, name)]


def _award(report: IncentiveReport, award: Award, name: str) -> Evidence:
    granted, paid = formats.money(award.granted), formats.money(award.paid)
    topic = both(Topic(award.topic).label)
    return Evidence(
        on=award.decided_on or award.applied_on,
        what=Text(
            f"{award.enterprise}　{topic.zh}：批准 {granted}，拨付 {paid} 万元",
            f"{award.enterprise}, {topic.en}: {granted} granted, {paid} paid (10,000 yuan)",
        ),
        where=place_name(report, award.prefecture),
        document=award.document_number,
        url=address("listings:incentive-awards-record", award.code),
        keys=(award.policy, award.prefecture, award.code),
    )


def learnt_since(parameters: IncentiveParameters, moment: datetime.datetime) -> list[Evidence]:
    """Policies, awards and payments that were recorded, changed or voided after ``moment``."""
    after = Q(updated_at__gt=moment)
    policies = IncentivePolicy.objects.filter(after).select_related("prefecture")
    awards = IncentiveAward.objects.filter(after).select_related(
        "policy", "prefecture", "enterprise"
    )
    payments = IncentivePayment.objects.filter(after).select_related(
        "award__policy", "award__prefecture", "award__enterprise"
    )
    found = [_learnt(each, each.valid_from, each.prefecture, each.code) for each in policies]
    found += [_learnt(each, each.applied_on, each.prefecture, each.policy.code) for each in awards]
    found += [
        _learnt(each, each.paid_on, each.award.prefecture, each.award.policy.code)
        for each in payments
    ]
    return sorted(found, key=lambda each: each.on)


def _learnt(entry: Any, on: datetime.date, place: Any, policy: str) -> Evidence:
    where = Text(place.name, place.name_en) if place else Text("—", "—")
    name = type(entry)._meta.verbose_name
    words = both(name)
    void = entry.voided_at is not None
    url = {
        IncentivePolicy: "listings:incentive-policies-record",
        IncentiveAward: "listings:incentive-awards-record",
        IncentivePayment: "listings:incentive-payments-record",
    }[type(entry)]
    return Evidence(
        on=on,
        what=Text(
            f"{'作废' if void else '登记或修改'}{words.zh}：{entry}",
            f"{words.en} {'voided' if void else 'recorded or changed'}: {entry}",
        ),
        where=where,
        url=address(url, entry.code),
        keys=(policy, place.code if place else "higher"),
    )
