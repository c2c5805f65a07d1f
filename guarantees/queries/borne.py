"""Who bore the losses of compensation cases: by case and by party, now or as known then."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from core.models import Institution
from core.queries.expiries import standing
from guarantees.models import CaseLine, CaseMovement, CompensationCase
from guarantees.rules.loss_sharing import Account, Movement, lines_of
from guarantees.rules.scheme_terms import thawed

NOTHING = Decimal(0)
COLUMNS = {"compensation": "borne", "recovery": "returned", "write_off": "lost"}
Row = tuple[int, str, str, Decimal]  # case, party, movement's kind, amount


@dataclass(frozen=True, slots=True)
class PartyShare:
    """What one kind of participant bore, got back and lost for good: 万元."""

    party: str
    borne: Decimal = NOTHING
    returned: Decimal = NOTHING
    lost: Decimal = NOTHING

    @property
    def net(self) -> Decimal:
        return self.borne - self.returned

    def __add__(self, other: "PartyShare") -> "PartyShare":
        return PartyShare(
            self.party,
            self.borne + other.borne,
            self.returned + other.returned,
            self.lost + other.lost,
        )


@dataclass(frozen=True, slots=True)
class CaseShares:
    """A case, where its agency sits, and what each party bore of it."""

    code: str
    borrower: str
    agency: str
    prefecture: str  # code
    defaulted_on: datetime.date
    shares: Mapping[str, PartyShare] = field(default_factory=dict)


def added(shares: Iterable[PartyShare]) -> dict[str, PartyShare]:
    """Shares of several cases or places, by party."""
    found: dict[str, PartyShare] = {}
    for each in shares:
        found[each.party] = found.get(each.party, PartyShare(each.party)) + each
    return found


def borne_by_party(
    *, as_of: datetime.date, known_at: datetime.datetime | None = None, **where: Any
) -> dict[tuple[str, str], PartyShare]:
    """Who bore what up to ``as_of``, by (prefecture code, party). One query; then three.

    ``where`` narrows the movements (``case__bank=…``). With ``known_at`` it is split anew from
    the movements that stood then: lines are written again whenever one of them changes.
    """
    if known_at is not None:
        cases = borne_by_case(as_of=as_of, known_at=known_at, **where)
        pairs = [(each.prefecture, share) for each in cases for share in each.shares.values()]
    else:
        place = "movement__institution__prefecture__code"
        rows = _lines(_moves(as_of, None, where), place)
        pairs = [(code, _share(*row)) for code, *row in rows]
    found: dict[tuple[str, str], PartyShare] = {}
    for code, share in pairs:
        key = code, share.party
        found[key] = found.get(key, PartyShare(share.party)) + share
    return found


def borne_by_case(
    *,
    as_of: datetime.date,
    known_at: datetime.datetime | None = None,
    prefectures: Collection[str] = (),
    **where: Any,
) -> list[CaseShares]:
    """Who bore what of each case up to ``as_of``, the largest first. Three queries at most."""
    if known_at is None:
        rows: Iterable[Row] = _lines(_moves(as_of, None, where), "movement__case_id")
    else:
        rows = _replayed(_moves(as_of, known_at, where), known_at)
    shares: dict[int, list[PartyShare]] = {}
    for case, *row in rows:
        shares.setdefault(case, []).append(_share(*row))
    cases = CompensationCase.objects.filter(pk__in=shares).select_related("institution__prefecture")
    found = [
        CaseShares(
            code=each.code,
            borrower=each.borrower,
            agency=each.institution.name,
            prefecture=_seat(each.institution),
            defaulted_on=each.defaulted_on,
            shares=added(shares[each.pk]),
        )
        for each in cases
        if not prefectures or _seat(each.institution) in prefectures
    ]
    return sorted(found, key=lambda each: (-_net(each), each.code))


def _seat(agency: Institution) -> str:
    return agency.prefecture.code


def _net(case: CaseShares) -> Decimal:
    return sum((each.net for each in case.shares.values()), NOTHING)


def _share(party: str, kind: str, amount: Any) -> PartyShare:
    """Sums of money come back as money on every database."""
    money = amount if isinstance(amount, Decimal) else Decimal(int(amount or 0)).scaleb(-2)
    return PartyShare(party, **{COLUMNS[kind]: money})


def _moves(
    as_of: datetime.date, known_at: datetime.datetime | None, where: Mapping[str, Any]
) -> QuerySet:
    return standing(CaseMovement, known_at).filter(happened_on__lte=as_of, **where)


def _lines(moves: QuerySet, group: str) -> Iterable[Any]:
    rows = CaseLine.objects.filter(movement__in=moves).order_by()
    return rows.values_list(group, "party", "movement__kind").annotate(total=Sum("amount"))


def _replayed(moves: QuerySet, known_at: datetime.datetime) -> Iterator[Row]:
    """The lines that the movements of a moment had, told to their cases again."""
    told: dict[int, list[Any]] = {}
    for each in moves.order_by("happened_on", "id"):
        told.setdefault(each.case_id, []).append(each)
    for case in CompensationCase.history.as_of(known_at).filter(id__in=told):
        if not case.terms:  # nothing was paid yet
            continue
        scheme = thawed(case.terms)
        account = Account(scheme, fused=case.fused)
        for each in told[case.pk]:
            parts = account.tell(Movement(each.kind, each.amount, each.principal))
            for party, _name, amount in lines_of(scheme, parts, amount=each.amount):
                yield case.pk, party, each.kind, amount
