"""Registers as resources: read, written and voided as their pages do, from one declaration."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import BooleanField, ForeignKey, IntegerField, QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api import acts
from api.base import ApiView, only_parameters
from api.bodies import body_of, checked, invalid_body
from api.declaration import Field, Resource
from api.describe import AS_OF, controls, filters, key_parameter, page_responses, record_schema
from api.etags import etag, expected_version
from api.idempotency import idempotent
from api.resources import found, listed
from api.resources_core import REGIONS
from api.responses import answer
from core.errors import NotFound
from core.fields import ChoiceListField, ScaledField
from core.filters import AsOfFilterSet
from core.forms.institutions import InstitutionForm
from core.naming import both
from core.permissions import require
from core.registers.declaration import Detail, Part, Register
from core.registers.forms import default_values, form_class, form_values, part_formset, refuse
from core.registers.saving import save_entry, void_entry
from core.registers.tables import filterset_of
from core.registers.values import field_at, kind_of
from core.text import Text

EXTRAS = {"confirmed": bool, "change_reason": str}
EXTRA_SCHEMA = {
    "confirmed": {"type": "boolean", "description": "Save what looks wrong but was checked."},
    "change_reason": {"type": "string"},
}
OWN_FIELDS = tuple(each for each in InstitutionForm.Meta.fields if each != "kind")


def resource_of(register: Register | Detail) -> Resource:
    """A register as a resource: its fields with their words, where it is, its extras."""
    model = register.model
    fields: list[Field] = []
    if isinstance(register, Register):
        fields += [Field("id", "pk", "integer"), Field("code", "code", label=CODE)]
    else:
        fields += _institution_fields()
    for name in register.filled:
        fields += _fields(model._meta.get_field(name))
    taken = {each.name for each in fields}
    if isinstance(register, Register):
        fields += [each for each in _place(model) if each.name not in taken]
    fields += [
        Field(each.name, each.source or each.name, each.kind, each.label, each.labels, True)
        for each in register.extras
    ]
    if isinstance(register, Register):
        fields += [
            Field("file_sha256", "file__sha256", nullable=True),
            Field("voided_at", "voided_at", "datetime", nullable=True),
            Field("void_reason", "void_reason"),
        ]
    fields += [
        Field("updated_at", "updated_at", "datetime"),
        Field("version", "version", "integer"),
    ]
    filterset = filterset_of(register)
    dated = isinstance(register, Detail) or issubclass(filterset, AsOfFilterSet)
    return Resource(
        name=register.key,
        title=register.one,
        action=model.VIEW if isinstance(register, Register) else "institution.view",
        rows=_rows(register, dated),
        fields=tuple(fields),
        filterset=filterset,
        ordering="code" if isinstance(register, Register) else "institution__code",
        orderings=("code", "updated_at"),
        key="code",
        dated=dated,
        attach=_attach(register) if isinstance(register, Register) and register.parts else None,
        extra_schema={part.key: _part_schema(part) for part in getattr(register, "parts", ())},
    )


CODE = Text("编号", "Code")


def _rows(register: Register | Detail, dated: bool) -> Any:
    if isinstance(register, Detail):
        return register.rows
    if dated:
        return register.visible

    def rows(*, user: Any) -> QuerySet:
        return register.visible(user=user)

    return rows


def _fields(field: Any) -> list[Field]:
    name, label = field.name, both(field.verbose_name)
    if isinstance(field, ForeignKey):
        names = {each.name for each in field.related_model._meta.get_fields()}
        found = [Field(name, f"{name}__code", label=label, nullable=field.null)]
        if "name" in names:
            found.append(Field(f"{name}_name", f"{name}__name", nullable=field.null))
        return found
    if isinstance(field, ChoiceListField):
        return [Field(name, name, "list", label)]
    labels = dict(field.flatchoices) if field.choices else None
    return [Field(name, name, kind_of(field), label, labels, field.null)]


def _place(model: Any) -> list[Field]:
    """Where an entry is; what is the province's own is nowhere."""
    way = model.PREFECTURE_PATH.removesuffix("_id")
    if not way:
        return []
    nowhere = field_at(model, way.replace("__", ".")).null
    return [
        Field("prefecture", f"{way}__code", nullable=nowhere),
        Field("prefecture_name", f"{way}__name", nullable=nowhere),
        Field("region", f"{way}__region", labels=REGIONS, nullable=nowhere),
    ]


def _institution_fields() -> list[Field]:
    lead = "institution__"
    return [
        Field("id", "pk", "integer"),
        Field("code", f"{lead}code", label=Text("机构编码", "Institution code")),
        Field("name", f"{lead}name", label=Text("名称", "Name")),
        Field("short_name", f"{lead}short_name"),
        Field("prefecture", f"{lead}prefecture__code"),
        Field("prefecture_name", f"{lead}prefecture__name"),
        Field("region", f"{lead}prefecture__region", labels=REGIONS),
        Field("county", f"{lead}county__code", nullable=True),
        Field("county_name", f"{lead}county__name", nullable=True),
        *(
            Field(name, f"{lead}{name}")
            for name in (
                "address",
                "credit_code",
                "organisation_code",
                "registration_number",
                "licence_number",
            )
        ),
        Field("parent", f"{lead}parent__code", nullable=True),
        Field("note", f"{lead}note"),
        Field("institution_version", f"{lead}version", "integer"),
    ]


def _attach(register: Register) -> Any:
    """Put each entry's rows beside it: one query a part, however many entries."""

    def attach(rows: list[dict[str, Any]]) -> None:
        by_id = {row["id"]: row for row in rows}
        for part in register.parts:
            for row in rows:
                row[part.key] = []
            keys = [n for n in part.fields if part.model._meta.get_field(n).is_relation]
            owner = f"{part.parent}_id"
            found = part.model._default_manager.filter(**{f"{part.parent}__in": list(by_id)})
            for each in found.order_by("pk").select_related(*keys):
                by_id[getattr(each, owner)][part.key].append(_part_values(part, each))

    return attach


def _part_values(part: Part, row: Any) -> dict[str, Any]:
    values = {}
    for name in part.fields:
        value = getattr(row, name)
        field = part.model._meta.get_field(name)
        values[name] = value.code if value is not None and field.is_relation else value
    return values


def _part_schema(part: Part) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for name in part.fields:
        field = part.model._meta.get_field(name)
        kind = {"type": ["integer", "null"]} if kind_of(field) == "integer" else {
            "type": ["string", "null"]
        }  # fmt: skip
        properties[name] = kind
    items = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"type": "array", "items": items}


def kinds_of(register: Register | Detail) -> dict[str, type]:
    """What type each field of a body has."""
    kinds: dict[str, type] = {}
    for name in register.filled:
        field = register.model._meta.get_field(name)
        if isinstance(field, BooleanField):
            kinds[name] = bool
        elif isinstance(field, ChoiceListField):
            kinds[name] = list
        elif isinstance(field, IntegerField) and not isinstance(field, ScaledField):
            kinds[name] = int
        else:
            kinds[name] = str
    return kinds


def body_schema(register: Register | Detail) -> dict[str, Any]:
    names = {str: "string", int: "integer", bool: "boolean"}
    properties: dict[str, Any] = {}
    if isinstance(register, Detail):
        properties |= {name: {"type": ["string", "null"]} for name in OWN_FIELDS}
    else:
        properties["code"] = {"type": ["string", "null"]}
    for name, kind in kinds_of(register).items():
        if kind is list:
            properties[name] = {"type": "array", "items": {"type": "string"}}
        else:
            properties[name] = {"type": [names[kind], "null"]}
    properties |= {part.key: _part_schema(part) for part in getattr(register, "parts", ())}
    return acts.fields_schema(**properties, **EXTRA_SCHEMA)


def data_of(before: Mapping[str, Any], body: Mapping[str, Any], names: Any) -> dict[str, Any]:
    """A form's data from what stood before and what was sent."""
    data = dict(before)
    for name in names:
        if name not in body:
            continue
        value = body[name]
        data[name] = "" if value is None or value is False else value
        if value is True:
            data[name] = "true"
    return data


def entry_urls(register: Register) -> list[URLPattern]:
    resource = resource_of(register)
    key, view, edit = register.key, register.model.VIEW, register.model.EDIT
    word = register.one
    summary = f"{word.en[:1].upper()}{word.en[1:]} {word.zh}"
    schema = record_schema(resource)

    class Entries(ApiView):
        permissions: ClassVar = {"GET": view, "POST": edit}

        @extend_schema(
            operation_id=f"{key}_list", tags=[key], summary=summary,
            parameters=[*controls(resource), *filters(resource)],
            responses=page_responses(resource),
        )  # fmt: skip
        def get(self, request: Request) -> HttpResponse:
            return listed(resource, request)

        @acts.written(
            name=f"{key}_create", tag=key, summary=f"Add: {summary}",
            request=body_schema(register), parameters=(acts.KEY,), responses={201: schema},
        )  # fmt: skip
        @idempotent
        def post(self, request: Request) -> HttpResponse:
            only_parameters(request)
            fresh, given = register.model(), default_values(register)
            entry = _save_entry(register, request, fresh, given, None)
            return _record(resource, request, entry.code, status=201)

    class Entry(ApiView):
        permissions: ClassVar = {"GET": view, "PATCH": edit}

        @extend_schema(
            operation_id=f"{key}_retrieve", tags=[key], summary=summary,
            parameters=[key_parameter(resource), *([AS_OF] if resource.dated else [])],
            responses={200: schema},
        )  # fmt: skip
        def get(self, request: Request, key: str) -> HttpResponse:
            only_parameters(request, *(["as_of"] if resource.dated else []))
            return _record(resource, request, key)

        @acts.written(
            name=f"{key}_change", tag=key, summary=f"Change: {summary}",
            request=body_schema(register), responses={200: schema},
            parameters=(key_parameter(resource), acts.IF_MATCH),
        )  # fmt: skip
        def patch(self, request: Request, key: str) -> HttpResponse:
            only_parameters(request)
            entry = _entry(register, request, key)
            require(request.user, edit, entry)
            version = expected_version(request)
            before = form_values(entry, ("code", *register.filled))
            saved = _save_entry(register, request, entry, before, version)
            return _record(resource, request, saved.code)

    class VoidEntry(ApiView):
        permissions: ClassVar = {"POST": register.model.void_action()}

        @acts.written(
            name=f"{key}_void", tag=key, summary=f"Void: {summary}",
            request=acts.fields_schema(("reason",), reason="string"),
            parameters=(key_parameter(resource), acts.KEY), responses={200: schema},
        )  # fmt: skip
        @idempotent
        def post(self, request: Request, key: str) -> HttpResponse:
            only_parameters(request)
            body = checked(body_of(request), kinds={"reason": str})
            entry = _entry(register, request, key)
            void_entry(
                register, code=entry.code, actor=request.user, reason=body["reason"] or "",
                now=timezone.now(),
            )  # fmt: skip
            return _record(resource, request, key)

    return [
        path(f"{key}/", Entries.as_view(), name=key),
        path(f"{key}/<str:key>/", Entry.as_view(), name=f"{key}-record"),
        path(f"{key}/<str:key>/void/", VoidEntry.as_view(), name=f"{key}-void"),
    ]


def _entry(register: Register, request: Request, key: str) -> Any:
    entry = None
    if "\0" not in key:
        entry = register.visible(user=request.user).filter(code=key).first()
    if entry is None:
        raise NotFound(register.one)
    return entry


def _record(resource: Resource, request: Request, key: str, *, status: int = 200) -> HttpResponse:
    row = found(resource, request, key)
    headers = {"ETag": etag(row["version"])}
    if status == 201:
        headers["Location"] = f"/api/v1/{resource.name}/{key}/"
    return answer(row, status=status, headers=headers)


def _save_entry(
    register: Register, request: Request, entry: Any, before: dict[str, Any], version: int | None
) -> Any:
    """The page's own form and operation over what stood before and what was sent."""
    body = body_of(request)
    parts = {part.key: list for part in register.parts}
    kinds = {"code": str, **kinds_of(register), **parts, **EXTRAS}
    checked(body, kinds=kinds)
    names = ("code", *register.filled)
    data = data_of(before, body, names) | {"confirmed": "on" if body.get("confirmed") else ""}
    form = form_class(register)(data, instance=entry, actor=request.user, register=register)
    formsets = [
        (part, part_formset(part, actor=request.user, record=entry, rows=_part_rows(part, body)))
        for part in register.parts
        if body.get(part.key) is not None or entry.pk is None
    ]
    refuse(form, [formset for _part, formset in formsets])
    return save_entry(
        register,
        form.instance,
        actor=request.user,
        now=timezone.now(),
        parts=formsets,
        expected_version=version,
        reason=body.get("change_reason") or "",
        confirmed=bool(body.get("confirmed")),
    )


def _part_rows(part: Part, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = body.get(part.key) or []
    for row in rows:
        unknown = set(row) - set(part.fields) if isinstance(row, dict) else {"?"}
        values = row.values() if isinstance(row, dict) else ()
        if unknown or any(isinstance(each, list | dict) or "\0" in str(each) for each in values):
            names = ", ".join(part.fields)
            raise invalid_body({part.key: Text(f"每行应含：{names}", f"rows of: {names}")})
    return rows
