"""Every registry of the demonstration, in the order in which one rests on another."""

from dataclasses import dataclass

from django.db import transaction

from core.models import Institution
from reports.demo.agencies import make_agencies, make_others, make_reguarantors
from reports.demo.credit_information import keep_credit_information
from reports.demo.events import keep_events
from reports.demo.keeping import Desk, Firm
from reports.demo.loss_sharing import INSURED, keep_loss_sharing
from reports.demo.microloan_companies import make_companies
from reports.demo.pilots import keep_pilots
from reports.demo.ratings import keep_ratings
from reports.demo.supervision import keep_supervision
from reports.demo.support import keep_support


@dataclass(frozen=True, slots=True)
class Registries:
    """Who files the forms of microloan companies and of guarantee agencies."""

    companies: list[Firm]
    agencies: list[Firm]


@transaction.atomic
def make_registries(desk: Desk) -> Registries:
    """Make microloan companies, guarantee agencies and all that is registered around them.

    Banks and village banks are there before.
    """
    companies = make_companies(desk)
    agencies = make_agencies(desk)
    reguarantors = make_reguarantors(desk)
    others = make_others(desk)
    rating_agencies = [each for each in others if each.kind == "rating_agency"]
    insurers = [each for each in others if each.kind == "insurer"]
    banks = list(Institution.objects.banks().exclude(kind="village_bank").order_by("code"))
    keep_ratings(desk, agencies, reguarantors, companies, rating_agencies)
    schemes = keep_loss_sharing(desk, agencies, banks)
    keep_pilots(desk, insurers, banks, schemes[INSURED])
    keep_supervision(desk, companies, [*agencies, *reguarantors])
    keep_support(desk, agencies, companies)
    keep_credit_information(desk, banks, companies, agencies)
    keep_events(desk, banks)
    return Registries(companies, agencies)
