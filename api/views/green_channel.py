"""The acts on green-channel cases, as their pages do them."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from api import acts
from api.base import ApiView, only_parameters
from api.bodies import body_of, checked
from api.describe import key_parameter, record_schema
from api.etags import etag
from api.idempotency import idempotent
from api.registers import resource_of
from api.resources import found
from api.responses import answer
from core.errors import NotFound
from core.naming import both
from core.permissions import require
from core.registers.forms import refuse
from listings.forms_green_channel import FIELDS, act_form, record_act
from listings.models import CaseAct
from listings.registers.green_channel import CASES, REACHES
from listings.rules.clock import Act

RESOURCE = resource_of(CASES)
KINDS = {"days": int, "confirmed": bool}


def _act_view(act: Act) -> Any:
    """The view of ``POST /green-channel-cases/{code}/<act>/``: an event, then the case."""
    kinds: dict[str, type] = {name: KINDS.get(name, str) for name in (*FIELDS[act], "confirmed")}
    words = both(CaseAct(act).label)

    @acts.written(
        name=f"green-channel-cases_{act.value}",
        tag=CASES.key,
        summary=f"{words.en} {words.zh}",
        request=acts.fields_schema(
            ("happened_on",),
            **{
                name: {"type": "boolean"}
                if kind is bool
                else {"type": ["integer" if kind is int else "string", "null"]}
                for name, kind in kinds.items()
            },
        ),
        parameters=(key_parameter(RESOURCE), acts.KEY),
        responses={201: record_schema(RESOURCE)},
    )
    @idempotent
    def post(self: ApiView, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        case = None
        if "\0" not in key:
            case = CASES.visible(user=request.user).filter(code=key).first()
        if case is None:
            raise NotFound(CASES.one)
        require(request.user, REACHES[act], case)
        body = checked(body_of(request), kinds=kinds)
        data = {name: "" if value in (None, False) else value for name, value in body.items()}
        form = act_form(act, data, case=case, actor=request.user, today=timezone.localdate())
        refuse(form)
        record_act(form, actor=request.user, now=timezone.now())
        row = found(RESOURCE, request, key)
        return answer(row, status=201, headers={"ETag": etag(row["version"])})

    members = {"permissions": {"POST": REACHES[act]}, "post": post}
    return type(f"GreenChannel{act.value.title()}", (ApiView,), members).as_view()


ACTS = {act.value: _act_view(act) for act in Act}
