"""Acts on microloan companies, as their page offers them."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from api import acts
from api.base import ApiView, only_parameters
from api.bodies import body_of, checked
from api.describe import key_parameter
from api.etags import expected_version
from api.idempotency import idempotent
from api.register_details import detail_record, detail_schema, visible_detail
from api.registers import resource_of
from core.permissions import require
from core.registers.forms import refuse
from finance.forms import ConversionForm
from finance.operations.microloan_companies import convert_into_village_bank
from finance.registers.microloan_companies import MICROLOAN_COMPANIES

COMPANIES = resource_of(MICROLOAN_COMPANIES)
TEXTS = ("village_bank", "on", "document_number", "decided_by", "note")
KINDS: dict[str, type] = {**dict.fromkeys(TEXTS, str), "confirmed": bool}
BODY: dict[str, Any] = acts.fields_schema(
    ("village_bank", "on"),
    village_bank={"type": "string", "description": "The code of a registered village bank."},
    on={"type": "string", "format": "date"},
    **{name: {"type": ["string", "null"]} for name in TEXTS[2:]},
    confirmed={"type": "boolean", "description": "Record what looks wrong but was checked."},
)


class Conversion(ApiView):
    """A microloan company becomes a village bank."""

    permissions: ClassVar = {"POST": "institution.edit"}

    @acts.written(
        name="microloan-companies_convert",
        tag="microloan-companies",
        summary="Convert into a village bank 改制为村镇银行",
        request=BODY,
        parameters=(key_parameter(COMPANIES), acts.IF_MATCH, acts.KEY),
        responses={200: detail_schema(MICROLOAN_COMPANIES, COMPANIES)},
    )
    @idempotent
    def post(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        company = visible_detail(MICROLOAN_COMPANIES, request, key)
        require(request.user, "institution.edit", company)
        version = expected_version(request)
        body = checked(body_of(request), kinds=KINDS, required=("village_bank", "on"))
        data = {name: body[name] or "" for name in TEXTS} | {"expected_version": version}
        form = ConversionForm(
            data | {"confirmed": "on" if body["confirmed"] else ""},
            company=company,
            actor=request.user,
        )
        refuse(form)
        convert_into_village_bank(company, actor=request.user, now=timezone.now(), **form.act())
        return detail_record(MICROLOAN_COMPANIES, COMPANIES, request, key)
