"""Fetching what is known around a return: a few queries, whatever the return's size."""

import datetime
from decimal import Decimal

from django.db.models import Q

from core.models import Institution, Period, Prefecture
from core.models.facts import Fact, FactKind
from core.models.rules import RuleParameter, RuleScope
from core.queries.institutions import PREPARING
from core.text import Text
from returns.checking.context import Context, Sending
from returns.checking.prior import load_prior
from returns.forms.declaration import Form
from returns.models import Return, ReturnState

OPENS = {FactKind.OPENED, FactKind.LICENCE_GRANTED, FactKind.RESUMED}
CLOSES = {FactKind.EXITED, FactKind.SUSPENDED}
BEGINS = {*PREPARING, *OPENS}
# Whose beginning the registry follows: they are not open before it says so.
FOLLOWED = frozenset({"village_bank", "microloan_company", "guarantee_agency"})


def load_context(
    *,
    form: Form,
    institution: Institution,
    period: Period,
    now: datetime.datetime,
    sha256: str = "",
) -> Context:
    """Return everything the checks of ``form`` may ask, as known at ``now``."""
    names = code_names(form)
    codes = {name: tuple(words) for name, words in names.items()}
    licensed, active = standing(institution, period.ends_on, now)
    home = institution.prefecture.code
    return Context(
        form=form.code,
        institution=institution.code,
        institution_name=institution.name,
        institution_kind=institution.kind,
        period=period.code,
        month=period.ends_on.month,
        ends_on=period.ends_on,
        codes=codes,
        names=names,
        rules=rules_in_force(period.ends_on, shenzhen=home == Prefecture.SHENZHEN),
        prior=load_prior(form=form, institution=institution, period=period, codes=codes),
        licensed=licensed,
        home_prefecture=home,
        active_prefectures=active | {home},
        sendings=_sendings(institution, period, sha256) if sha256 else (),
    )


def code_names(form: Form) -> dict[str, dict[str, Text]]:
    """Return each dimension's codes and names, in order; prefectures come from the registry."""
    found: dict[str, dict[str, Text]] = {}
    for table in form.tables:
        for dimension in table.dimensions:
            if dimension.name not in found:
                found[dimension.name] = (
                    prefecture_names()
                    if dimension.source == "prefectures"
                    else dict(dimension.codes)
                )
    return found


def prefecture_names() -> dict[str, Text]:
    rows = Prefecture.objects.order_by("display_order").values_list("code", "name", "name_en")
    return {code: Text(name, name_en) for code, name, name_en in rows}


def rules_in_force(day: datetime.date, *, shenzhen: bool = False) -> dict[str, Decimal]:
    """Return the value of every rule in force on ``day``; Shenzhen's own value goes first."""
    scopes = [RuleScope.NATION, RuleScope.PROVINCE, *([RuleScope.SHENZHEN] if shenzhen else [])]
    found: dict[str, Decimal] = {}
    rows = RuleParameter.objects.in_force(day).values_list("scope", "code", "value", "valid_from")
    for _, code, value, _ in sorted(
        (row for row in rows if row[0] in scopes), key=lambda row: (scopes.index(row[0]), row[3])
    ):
        found[code] = value
    return found


def standing(
    institution: Institution, day: datetime.date, now: datetime.datetime
) -> tuple[bool, frozenset[str]]:
    """Return whether the institution was open on ``day``, and where its branches were.

    An institution of which the registry knows neither opening nor exit counts as open: most
    banks were there before the registry.
    """
    facts = (
        Fact.objects.in_force(as_of=day, known_at=now)
        .filter(institution=institution)
        .order_by("happened_on", "pk")
        .values_list("kind", "subject", "prefecture__code", "county__prefecture__code")
    )
    is_open: bool | None = None
    branches: dict[str, str] = {}
    for kind, subject, prefecture, county_prefecture in facts:
        if kind in OPENS:
            is_open = True
        elif kind in CLOSES:
            is_open = False
        elif kind == FactKind.BRANCH_OPENED:
            branches[subject] = prefecture or county_prefecture or ""
        elif kind == FactKind.BRANCH_CLOSED:
            branches.pop(subject, None)
    if is_open is None:
        is_open = institution.kind not in FOLLOWED or not _known_to_start(institution, now)
    return is_open, frozenset(branches.values()) - {""}


def _known_to_start(institution: Institution, now: datetime.datetime) -> bool:
    """Whether the registry knows anything of this institution's beginning."""
    ever = Fact.objects.in_force(as_of=datetime.date.max, known_at=now)
    return ever.filter(institution=institution, kind__in=BEGINS).exists()


def _sendings(institution: Institution, period: Period, sha256: str) -> tuple[Sending, ...]:
    """Return the other returns that carry the same bytes."""
    same = Q(institution=institution, period=period)
    rows = (
        Return.objects.filter(document__sha256=sha256)
        .exclude(same & Q(state=ReturnState.DRAFT))
        .select_related("institution", "period")
        .order_by("pk")[:5]
    )
    return tuple(
        Sending(
            institution=row.institution.name,
            period=str(row.period),
            same_return=row.institution_id == institution.pk and row.period_id == period.pk,
            revision=row.revision,
        )
        for row in rows
    )
