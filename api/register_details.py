"""Registers of institutions as resources: an institution and its detail in one record."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api import acts
from api.base import ApiView, only_parameters
from api.bodies import body_of, checked
from api.declaration import Resource
from api.describe import AS_OF, key_parameter, record_schema
from api.etags import etag, expected_version
from api.idempotency import idempotent
from api.registers import (
    EXTRAS,
    OWN_FIELDS,
    body_schema,
    data_of,
    entry_urls,
    kinds_of,
    resource_of,
)
from api.remarks import REMARKS, remark_json
from api.resources import found, list_view
from api.responses import answer
from core.errors import NotFound
from core.filters import as_of_day
from core.forms.institutions import InstitutionForm
from core.models import Institution
from core.permissions import require
from core.registers.catalogue import DETAILS, REGISTERS
from core.registers.declaration import Detail
from core.registers.forms import default_values, form_class, form_values, refuse
from core.registers.saving import save_with_detail

KEYS = ("prefecture", "county", "parent")  # of an institution's own form


def register_resources() -> list[URLPattern]:
    """The addresses of every register that the apps declared."""
    patterns = []
    for register in REGISTERS.values():
        patterns += entry_urls(register)
    for detail in DETAILS.values():
        patterns += detail_urls(detail)
    return patterns


def detail_urls(register: Detail) -> list[URLPattern]:
    resource = resource_of(register)
    key, word = register.key, register.one
    summary = f"{word.en[:1].upper()}{word.en[1:]} {word.zh}"
    schema = detail_schema(register, resource)

    class Details(ApiView):
        permissions: ClassVar = {"GET": "institution.view", "POST": "institution.edit"}
        get = list_view(resource).cls.get

        @acts.written(
            name=f"{key}_create", tag=key, summary=f"Add: {summary}",
            request=body_schema(register), parameters=(acts.KEY,), responses={201: schema},
        )  # fmt: skip
        @idempotent
        def post(self, request: Request) -> HttpResponse:
            only_parameters(request)
            fresh = Institution(kind=register.kind)
            saved = _save_detail(register, request, fresh, register.model(), None)
            return detail_record(register, resource, request, saved.code, status=201)

    class DetailRecord(ApiView):
        permissions: ClassVar = {"GET": "institution.view", "PATCH": "institution.edit"}

        @extend_schema(
            operation_id=f"{key}_retrieve", tags=[key], summary=summary,
            parameters=[key_parameter(resource), AS_OF], responses={200: schema},
        )  # fmt: skip
        def get(self, request: Request, key: str) -> HttpResponse:
            only_parameters(request, "as_of")
            return detail_record(register, resource, request, key)

        @acts.written(
            name=f"{key}_change", tag=key, summary=f"Change: {summary}",
            request=body_schema(register), responses={200: schema},
            parameters=(key_parameter(resource), acts.IF_MATCH),
        )  # fmt: skip
        def patch(self, request: Request, key: str) -> HttpResponse:
            only_parameters(request)
            detail = visible_detail(register, request, key)
            require(request.user, "institution.edit", detail.institution)
            version = expected_version(request)
            saved = _save_detail(register, request, detail.institution, detail, version)
            return detail_record(register, resource, request, saved.code)

    return [
        path(f"{key}/", Details.as_view(), name=key),
        path(f"{key}/<str:key>/", DetailRecord.as_view(), name=f"{key}-record"),
    ]


def detail_record(
    register: Detail, resource: Resource, request: Request, key: str, *, status: int = 200
) -> HttpResponse:
    """One detail with what is odd about it on the day, each with its rule."""
    row = found(resource, request, key)
    if register.remarks is not None:
        day = as_of_day(request.query_params, timezone.localdate())
        rows = register.rows(user=request.user, as_of=day).filter(pk=row["id"])
        row["remarks"] = [remark_json(each) for each in register.remarks(rows, day)[row["id"]]]
    headers = {"ETag": etag(row["version"])}
    if status == 201:
        headers["Location"] = f"/api/v1/{resource.name}/{key}/"
    return answer(row, status=status, headers=headers)


def detail_schema(register: Detail, resource: Resource) -> dict[str, Any]:
    """The JSON schema of ``detail_record``."""
    schema = record_schema(resource)
    if register.remarks is None:
        return schema
    return schema | {"properties": {**schema["properties"], "remarks": REMARKS}}


def visible_detail(register: Detail, request: Request, key: str) -> Any:
    detail = None
    if "\0" not in key:
        rows = register.model.objects.visible_to(request.user).select_related("institution")
        detail = rows.filter(institution__code=key).first()
    if detail is None:
        raise NotFound(register.one)
    return detail


def _save_detail(
    register: Detail, request: Request, institution: Institution, detail: Any, version: int | None
) -> Institution:
    """Institution and detail by their page's forms; If-Match names the detail's version."""
    body = body_of(request)
    kinds: dict[str, type] = {**dict.fromkeys(OWN_FIELDS, str), **kinds_of(register), **EXTRAS}
    checked(body, kinds=kinds)
    new = institution.pk is None
    confirmed = "on" if body.get("confirmed") else ""
    own = {} if new else form_values(institution, OWN_FIELDS)
    form = InstitutionForm(
        data_of(own, body, OWN_FIELDS) | {"confirmed": confirmed},
        instance=institution,
        actor=request.user,
    )
    del form.fields["kind"]
    for name in KEYS:
        form.fields[name].to_field_name = "code"
    before = default_values(register) if new else form_values(detail, register.filled)
    more = form_class(register)(
        data_of(before, body, register.filled),
        instance=detail,
        actor=request.user,
        register=register,
    )
    refuse(form)
    refuse(more)
    save_with_detail(
        register,
        form.instance,
        more.instance,
        actor=request.user,
        now=timezone.now(),
        expected_version=None if new else institution.version,
        expected_detail_version=version,
        reason=body.get("change_reason") or "",
        confirmed=bool(body.get("confirmed")),
    )
    return form.instance
