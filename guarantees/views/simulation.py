"""Telling past cases to a loss-sharing scheme: who would have borne what."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.permissions import requires
from core.text import Text
from guarantees.forms import SimulationForm
from guarantees.models import LossShareScheme
from guarantees.operations.cases import scheme_of
from guarantees.queries.cases import Simulation, simulation
from guarantees.rules.loss_schemes import PARTY_WORDS


@requires(get="register.view")
def simulate(request: HttpRequest, code: str) -> HttpResponse:
    """The scheme against the cases of a time, a prefecture or a bank."""
    scheme = LossShareScheme.objects.visible_to(request.user).filter(code=code).first()
    if scheme is None:
        raise NotFound(Text("这个损失分担方案", "loss-sharing scheme"))
    form = SimulationForm(request.GET, today=timezone.localdate())
    found = None
    if form.is_valid():
        cleaned = form.cleaned_data
        where: dict[str, Any] = {}
        if cleaned["prefecture"]:
            where["institution__prefecture"] = cleaned["prefecture"]
        if cleaned["bank"]:
            where["bank__code"] = cleaned["bank"]
        found = simulation(
            scheme=scheme_of(scheme),
            user=request.user,
            since=cleaned["since"],
            until=cleaned["until"],
            **where,
        )
    context = {
        "title": _("损失分担测算：%s") % scheme.name,
        "scheme": scheme,
        "form": form,
        "found": found,
        "rows": _rows(found) if found else [],
        "back": reverse("guarantees:loss-sharing-schemes-record", args=[code]),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "guarantees/simulation.html", context, status=status)


def _rows(found: Simulation) -> list[dict[str, Any]]:
    """Each party: what it would bear net, what it really bore net, the difference."""
    would: dict[str, Decimal] = {}
    for each in found.would:
        would[each.party] = would.get(each.party, Decimal(0)) + each.net
    really = {each.party: each.net for each in found.really}
    return [
        {
            "party": PARTY_WORDS[party],
            "would": would.get(party, Decimal(0)),
            "really": really.get(party, Decimal(0)),
            "difference": would.get(party, Decimal(0)) - really.get(party, Decimal(0)),
        }
        for party in PARTY_WORDS
        if party in would or party in really
    ]
