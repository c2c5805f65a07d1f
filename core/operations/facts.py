"""Recording dated facts, and voiding those that were wrong. Nothing is overwritten."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import DomainError, NotFound, StateConflict
from core.fact_kinds import DELEGABLE, FACT_FORMS, columns_of, kinds_for
from core.models import Fact, Institution, User
from core.models.facts import FactKind
from core.naming import both
from core.operations import journal
from core.operations.delegations import refused_delegation, rest_on_delegation
from core.operations.institutions import doubtful, save_institution
from core.operations.records import invalid_record
from core.permissions import require
from core.rules import document_numbers
from core.text import Text

OPTIONAL = frozenset(DELEGABLE).union(*(form.uses for form in FACT_FORMS.values()))


def record_fact(
    fact: Fact, *, actor: User, now: datetime.datetime, confirmed: bool = False
) -> Fact:
    """Record that something happened to ``fact.institution``.

    A renaming or relocation also changes the institution itself, if no later one is known.
    Raises PermissionRefused, "invalid-fact" with fields, or "doubtful-document-number"
    unless ``confirmed``.
    """
    with transaction.atomic():
        institution = Institution.objects.select_for_update().get(pk=fact.institution_id)
        require(actor, "institution.edit", institution)
        fact.document_number = document_numbers.normalised(fact.document_number)
        rest_on_delegation(fact)
        _check(fact, institution, today=now.date())
        doubt = document_numbers.doubt(fact.document_number)
        if doubt and not confirmed:
            raise doubtful("doubtful-document-number", {"document_number": doubt})
        if FACT_FORMS[fact.kind].seats and fact.prefecture_id is None:
            fact.prefecture_id, fact.county_id = institution.prefecture_id, institution.county_id
        if fact.kind == FactKind.RENAMED:
            fact.old_name = fact.old_name or institution.name
        fact.recorded_at, fact.recorded_by = now, actor
        try:
            fact.full_clean()
        except ValidationError as error:
            raise invalid_record(error) from error
        fact.save()
        _follow(institution, fact.kind, actor=actor, now=now)
        journal.record(
            actor=actor,
            action="fact.record",
            target=fact,
            now=now,
            detail={
                "institution": institution.code,
                "kind": fact.kind,
                "happened_on": fact.happened_on,
                "document_number": fact.document_number,
            },
        )
    return fact


def void_fact(*, fact_id: int, actor: User, reason: str, now: datetime.datetime) -> Fact:
    """Void a fact that was recorded by mistake; it stays readable, struck through.

    Raises NotFound, PermissionRefused, StateConflict if it is void already, and
    "reason-needed" without a reason.
    """
    with transaction.atomic():
        fact = (
            Fact.objects.select_for_update(of=("self",))
            .select_related("institution")
            .filter(pk=fact_id)
            .first()
        )
        if fact is None:
            raise NotFound(Text("这一事项", "fact"))
        require(actor, "institution.edit", fact.institution)
        if fact.voided_at:
            raise StateConflict(
                "fact-already-void",
                Text("该事项已作废，无需重复操作。", "The fact is void already."),
            )
        if not reason.strip():
            raise DomainError(
                "reason-needed",
                Text("请写明作废原因。", "Say why the fact is voided."),
                fields={"reason": Text("请写明作废原因。", "Say why the fact is voided.")},
            )
        fact.voided_at, fact.voided_by, fact.void_reason = now, actor, reason.strip()[:300]
        fact.save(update_fields=["voided_at", "voided_by", "void_reason"])
        _follow(fact.institution, fact.kind, actor=actor, now=now, voided=fact)
        journal.record(
            actor=actor,
            action="fact.void",
            target=fact,
            now=now,
            detail={"institution": fact.institution.code, "kind": fact.kind, "reason": reason},
        )
    return fact


def _check(fact: Fact, institution: Institution, *, today: datetime.date) -> None:
    """Dates lie in the past, and each kind has the columns it needs and no others."""
    fields: dict[str, Text] = {}
    if fact.kind not in dict(kinds_for(institution.kind)):
        fields["kind"] = Text("此类机构没有这种事项。", "Not for this kind of institution.")
    form = FACT_FORMS.get(fact.kind)
    if fact.happened_on and fact.happened_on > today:
        fields["happened_on"] = Text(
            f"{fact.happened_on} 在今天（{today}）之后：只登记已发生的事项。",
            f"{fact.happened_on} is after today ({today}): record what has happened.",
        )
    for column in form.needs if form else ():
        if getattr(fact, column) in (None, ""):
            fields[column] = Text("该事项须填此项。", "This kind of fact needs it.")
    for column in sorted(OPTIONAL - set(columns_of(fact.kind, institution.kind))):
        if getattr(fact, column) not in (None, ""):
            fields[column] = Text("该事项不填此项，请清空。", "Leave it empty for this kind.")
    if fact.county and fact.prefecture_id is None:
        fact.prefecture_id = fact.county.prefecture_id
    if fact.county and fact.county.prefecture_id != fact.prefecture_id:
        fields["county"] = Text("该县（市、区）不属于所选地市。", "Not in the prefecture chosen.")
    if form and form.reasons and fact.reason and fact.reason not in dict(form.reasons):
        fields["reason"] = Text("请从列表中选择原因。", "Choose a reason from the list.")
    for name, problem in refused_delegation(fact, institution, today=today).items():
        fields.setdefault(name, problem)
    if fields:
        raise DomainError(
            "invalid-fact",
            Text("事项填写有误，请按提示修改。", "The fact is not right; mend it as told."),
            fields=fields,
        )


def _follow(
    institution: Institution,
    kind: str,
    *,
    actor: User,
    now: datetime.datetime,
    voided: Fact | None = None,
) -> None:
    """Let the institution's own name and seat follow its last renaming or relocation."""
    if kind not in (FactKind.RENAMED, FactKind.RELOCATED):
        return
    facts = Fact.objects.filter(institution=institution, kind=kind, voided_at=None)
    last = facts.order_by("-happened_on", "-pk").first()
    if kind == FactKind.RENAMED:
        if last is not None:
            institution.name = last.new_name
        elif voided is not None:
            institution.name = voided.old_name
    elif last is not None:
        institution.prefecture_id, institution.county = last.prefecture_id, last.county
    else:
        return _return_to_seat(institution, actor=actor, now=now)
    _save_following(institution, kind, actor=actor, now=now)


def _return_to_seat(institution: Institution, *, actor: User, now: datetime.datetime) -> None:
    """After the only relocation was voided, the seat is where the last earlier fact put it."""
    seated = [kind for kind, form in FACT_FORMS.items() if form.seats]
    facts = Fact.objects.filter(institution=institution, kind__in=seated, voided_at=None)
    last = facts.exclude(prefecture=None).order_by("-happened_on", "-pk").first()
    if last is not None:
        institution.prefecture_id, institution.county = last.prefecture_id, last.county
        _save_following(institution, FactKind.RELOCATED, actor=actor, now=now)


def _save_following(
    institution: Institution, kind: str, *, actor: User, now: datetime.datetime
) -> None:
    save_institution(
        institution,
        actor=actor,
        now=now,
        expected_version=institution.version,
        reason=both(FactKind(kind).label).zh,  # kept, so in the language of the office
        confirmed=True,
    )
