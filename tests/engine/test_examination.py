"""A clean return has no findings, whatever its channel."""

import json

import pytest

from core.models import Institution, Period
from returns.forms import form
from returns.intake.examine import Examination, examine
from tests.engine.conftest import NOW
from tests.engine.figures import line, payload, total


def examined(bank: Institution, june: Period, body: object, channel: str = "api") -> Examination:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return examine(
        form=form("sme-loans"), data=data, filename="return.json", channel=channel,
        institution=bank, period=june, now=NOW,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_clean_payload_has_no_findings(bank: Institution, june: Period) -> None:
    body = payload([line(), line(size="L"), line(size="I")], [total(enterprise="200.00")])
    found = examined(bank, june, body)
    assert found.findings == []
    assert found.storable
    assert found.line_count == 3
    assert found.key_figures == {
        "sme_balance": "100.00",
        "small_micro_balance": "200.00",
        "balance": "300.00",
        "npl": "9.00",
        "granted_period": "60.00",
        "borrowers": "36",
        "all_loans": "5000.00",
    }
