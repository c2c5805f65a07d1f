"""Institutions and their dated facts, written as the pages write them."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api import acts
from api.base import ApiView, only_parameters
from api.bodies import body_of, checked, invalid_body, read_body
from api.describe import (
    AS_OF,
    controls,
    filters,
    key_parameter,
    page_responses,
    record_schema,
)  # fmt: skip
from api.etags import etag, expected_version
from api.idempotency import idempotent
from api.resources import found, is_number, listed
from api.resources_core import APPROVALS, INSTITUTIONS
from api.responses import answer
from core.errors import DomainError, NotFound
from core.fact_kinds import FACT_FORMS, kinds_for
from core.forms.institutions import FactForm, InstitutionForm
from core.models import Fact, Institution
from core.operations.facts import record_fact, void_fact
from core.operations.institutions import save_institution
from core.permissions import require
from core.text import Text

BY_CODE = ("prefecture", "county", "parent")
WRITABLE = tuple(InstitutionForm.Meta.fields)
FACT_COLUMNS = tuple(FactForm.Meta.fields)
EXTRAS = {"confirmed": bool, "change_reason": str}

INSTITUTION_BODY = acts.fields_schema(
    **{name: {"type": ["string", "null"]} for name in WRITABLE},
    confirmed={"type": "boolean", "description": "Save what looks wrong but was checked."},
    change_reason="string",
)
FACT_BODY = acts.fields_schema(
    ("institution", "kind", "happened_on"),
    institution="string",
    kind={"type": "string", "enum": [str(kind) for kind in FACT_FORMS]},
    **{name: {"type": ["string", "null"]} for name in FACT_COLUMNS},
    confirmed="boolean",
)


class Institutions(ApiView):
    """List and create institutions."""

    permissions: ClassVar = {"GET": "institution.view", "POST": "institution.edit"}

    @extend_schema(
        operation_id="institutions_list", tags=["institutions"], summary="Institutions 机构",
        parameters=[*controls(INSTITUTIONS), *filters(INSTITUTIONS)],
        responses=page_responses(INSTITUTIONS),
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        return listed(INSTITUTIONS, request)

    @acts.written(
        name="institutions_create", tag="institutions", summary="Register an institution 新增机构",
        request=INSTITUTION_BODY, parameters=(acts.KEY,),
        responses={201: record_schema(INSTITUTIONS)},
    )  # fmt: skip
    @idempotent
    def post(self, request: Request) -> HttpResponse:
        only_parameters(request)
        saved = _saved(request, Institution(), {}, None)
        return _record(request, saved.code, status=201)


class InstitutionRecord(ApiView):
    """One institution: read, and changed with If-Match."""

    permissions: ClassVar = {"GET": "institution.view", "PATCH": "institution.edit"}

    @extend_schema(
        operation_id="institutions_retrieve", tags=["institutions"], summary="Institution 机构",
        parameters=[key_parameter(INSTITUTIONS), AS_OF],
        responses={200: record_schema(INSTITUTIONS)},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request, "as_of")
        return _record(request, key)

    @acts.written(
        name="institutions_change", tag="institutions", summary="Change an institution 修改机构",
        request=INSTITUTION_BODY, parameters=(key_parameter(INSTITUTIONS), acts.IF_MATCH),
        responses={200: record_schema(INSTITUTIONS)},
    )  # fmt: skip
    def patch(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        row = found(INSTITUTIONS, request, key)
        institution = Institution.objects.visible_to(request.user).get(code=row["code"])
        require(request.user, "institution.edit", institution)
        version = expected_version(request)
        before = {name: row[name] for name in WRITABLE}
        saved = _saved(request, institution, before, version)
        return _record(request, saved.code)


def _record(request: Request, key: str, *, status: int = 200) -> HttpResponse:
    row = found(INSTITUTIONS, request, key)
    headers = {"ETag": etag(row["version"])}
    if status == 201:
        headers["Location"] = f"/api/v1/institutions/{key}/"
    return answer(row, status=status, headers=headers)


def _saved(
    request: Request, institution: Institution, before: dict[str, Any], version: int | None
) -> Institution:
    """The page's own form over what the caller sent and what stood before."""
    kinds: dict[str, type] = dict.fromkeys(WRITABLE, str)
    body = body_of(request)
    checked(body, kinds=kinds | EXTRAS)
    extras = {name: body.get(name) for name in EXTRAS}
    data = before | {name: value for name, value in body.items() if name in WRITABLE}
    form = InstitutionForm(
        {**data, "confirmed": extras["confirmed"] or ""},
        instance=institution,
        actor=request.user,
    )
    for name in BY_CODE:
        form.fields[name].to_field_name = "code"
    refuse(form, "invalid-record")
    return save_institution(
        form.instance,
        actor=request.user,
        now=timezone.now(),
        expected_version=version,
        reason=extras["change_reason"] or "",
        confirmed=bool(extras["confirmed"]),
    )


def refuse(form: Any, code: str) -> None:
    """Raise what a form found, field by field."""
    if form.is_valid():
        return
    fields = {
        name if name != "__all__" else "": Text(" ".join(texts), " ".join(texts))
        for name, texts in form.errors.items()
    }
    raise DomainError(
        code,
        Text("有字段填写不正确，请按提示修改。", "Some fields are not right; mend them as told."),
        fields=fields,
    )


class Approvals(ApiView):
    """List and record dated facts."""

    permissions: ClassVar = {"GET": "institution.view", "POST": "institution.edit"}

    @extend_schema(
        operation_id="approvals_list", tags=["approvals"], summary="Approvals 批复与事项",
        parameters=[*controls(APPROVALS), *filters(APPROVALS)],
        responses=page_responses(APPROVALS),
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        return listed(APPROVALS, request)

    @acts.written(
        name="approvals_create", tag="approvals", summary="Record what happened 登记事项",
        request=FACT_BODY, parameters=(acts.KEY,), responses={201: record_schema(APPROVALS)},
    )  # fmt: skip
    @idempotent
    def post(self, request: Request) -> HttpResponse:
        only_parameters(request)
        kinds: dict[str, type] = dict.fromkeys((*FACT_COLUMNS, "institution", "kind"), str)
        body = read_body(request, required=("institution", "kind"), **kinds, confirmed=bool)
        form = _fact_form(request, body)
        refuse(form, "invalid-fact")
        fact = record_fact(
            form.instance,
            actor=request.user,
            now=timezone.now(),
            confirmed=bool(body["confirmed"]),
        )
        return answer(
            found(APPROVALS, request, str(fact.pk)),
            status=201,
            headers={"Location": f"/api/v1/approvals/{fact.pk}/"},
        )


def _fact_form(request: Request, body: dict[str, Any]) -> FactForm:
    """The page's form for this kind of fact. Raises for what it would never be asked."""
    visible = Institution.objects.visible_to(request.user)
    institution = visible.filter(code=body["institution"]).first()
    if institution is None:
        raise invalid_body({"institution": Text("没有这家机构", "no such institution")})
    require(request.user, "institution.edit", institution)
    kind = body["kind"]
    if kind not in dict(kinds_for(institution.kind)) or kind not in FACT_FORMS:
        raise DomainError(
            "invalid-fact",
            Text("事项填写有误，请按提示修改。", "The fact is not right; mend it as told."),
            fields={"kind": Text("此类机构没有这种事项。", "Not for this kind of institution.")},
        )
    form = FactForm(
        {**body, "confirmed": body["confirmed"] or ""}, kind=kind, institution=institution
    )
    for name in ("prefecture", "county", "delegation"):
        if name in form.fields:
            form.fields[name].to_field_name = "code"
    unused = [n for n in FACT_COLUMNS if body[n] not in (None, "") and n not in form.fields]
    if unused:
        text = Text("该事项不填此项，请清空。", "Leave it empty for this kind.")
        raise DomainError(
            "invalid-fact",
            Text("事项填写有误，请按提示修改。", "The fact is not right; mend it as told."),
            fields=dict.fromkeys(unused, text),
        )
    return form


class VoidApproval(ApiView):
    """Void a fact that was recorded by mistake."""

    permissions: ClassVar = {"POST": "institution.edit"}

    @acts.written(
        name="approvals_void", tag="approvals", summary="Void a fact 作废事项",
        request=acts.fields_schema(("reason",), reason="string"),
        parameters=(key_parameter(APPROVALS), acts.KEY),
        responses={200: record_schema(APPROVALS)},
    )  # fmt: skip
    @idempotent
    def post(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        body = read_body(request, reason=str)
        if (
            not is_number(key)
            or not Fact.objects.filter(
                pk=key, institution__in=Institution.objects.visible_to(request.user)
            ).exists()
        ):
            raise NotFound(APPROVALS.title)
        void_fact(
            fact_id=int(key),
            actor=request.user,
            reason=body["reason"] or "",
            now=timezone.now(),
        )
        return answer(found(APPROVALS, request, key))
