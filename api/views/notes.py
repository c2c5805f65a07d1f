"""A note's coupons and principal, issuer by issuer."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from api.acts import fields_schema
from api.base import ApiView, only_parameters
from api.describe import AS_OF, TYPES
from api.responses import answer
from core.filters import day_asked
from listings.queries.note_on import NoteOn
from listings.queries.notes import visible_note
from listings.rules.note_schedule import Due

MONEY, DATE, TEXT = TYPES["money"], TYPES["date"], TYPES["text"]
PART = fields_schema(
    ("issuer", "name", "interest", "principal"),
    issuer=TEXT, name=TEXT, interest=MONEY, principal=MONEY,
)  # fmt: skip
INSTALMENT = fields_schema(
    ("number", "due_on", "pay_on", "interest", "principal", "open", "state", "parts"),
    number="integer", due_on=DATE, pay_on=DATE, interest=MONEY, principal=MONEY, open=MONEY,
    state={"type": "string", "enum": ["paid", "overdue", "coming"]},
    parts={"type": "array", "items": PART},
)  # fmt: skip
SCHEDULE = fields_schema(
    ("note", "as_of", "outstanding", "instalments"),
    note=TEXT, as_of=DATE, outstanding=MONEY,
    instalments={"type": "array", "items": INSTALMENT},
)  # fmt: skip
KEY = OpenApiParameter("key", str, OpenApiParameter.PATH, description="The note's `code`.")


class NoteSchedule(ApiView):
    """Instalments with what is open of them; parts by issuer sum to them to the cent."""

    permissions: ClassVar = {"GET": "register.view"}

    @extend_schema(
        operation_id="collective-notes_schedule", tags=["collective-notes"],
        summary="Schedule by issuer 付息兑付安排", parameters=[KEY, AS_OF],
        responses={200: SCHEDULE},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request, "as_of")
        day = day_asked(request.query_params, timezone.localdate())
        row = visible_note(user=request.user, code=key, as_of=day)
        names = {each.key: str(each) for each in row.issuer_rows}
        return answer(
            {
                "note": row.note.code,
                "as_of": day.isoformat(),
                "outstanding": _money(row.outstanding),
                "instalments": [_instalment(row, due, names, day) for due in row.dues],
            }
        )


def _instalment(row: NoteOn, due: Due, names: dict[str, str], day: Any) -> dict[str, Any]:
    whole = due.instalment
    return {
        "number": whole.number,
        "due_on": whole.due_on.isoformat(),
        "pay_on": due.pay_on.isoformat(),
        "interest": _money(whole.interest),
        "principal": _money(whole.principal),
        "open": _money(due.open),
        "state": due.state(day),
        "parts": [
            {
                "issuer": each.issuer,
                "name": names[each.issuer],
                "interest": _money(each.interest),
                "principal": _money(each.principal),
            }
            for each in due.parts
        ],
    }


def _money(value: Any) -> str:
    return f"{value:.2f}"
