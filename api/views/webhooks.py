"""Webhooks by machine: subscribe, look into the log, have something sent once more."""

import datetime
from typing import Any, ClassVar

from django.db.models import Prefetch
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from api import acts
from api.base import ApiView, only_parameters
from api.bodies import invalid_body, read_body
from api.describe import MAX_PAGE_SIZE, PAGE_SIZE
from api.etags import etag, expected_version
from api.models import Attempt, Delivery, DeliveryState, Webhook, WebhookState
from api.resources import is_number, page_size
from api.responses import answer
from api.webhooks import subscriptions as act
from core.errors import DomainError, NotFound
from core.models import Prefecture
from core.text import Text

_MOMENT = {"type": "string", "format": "date-time"}
_MAYBE = {"type": ["string", "null"], "format": "date-time"}
_KINDS = {"type": "array", "items": {"type": "string"},
          "description": "Resources of the feed of changes; empty for all."}  # fmt: skip
_PLACE = {"type": ["string", "null"], "description": "Code of a prefecture; null for all."}
_SECRET = {"type": "string", "description": "Only in the answer to POST; shown this once."}
WEBHOOK = acts.fields_schema(
    ("id", "name", "url", "kinds", "prefecture", "state", "state_reason", "dead_in_a_row",
     "created_at", "previous_until", "version"),
    id="integer", name="string", url="string", kinds=_KINDS, prefecture=_PLACE,
    state={"type": "string", "enum": list(WebhookState)},
    state_reason={"type": "string", "description": "Why it was suspended by the system."},
    dead_in_a_row="integer", created_at=_MOMENT, previous_until=_MAYBE, version="integer",
    secret=_SECRET,
)  # fmt: skip
BODY = {"name": "string", "url": "string", "kinds": _KINDS, "prefecture": _PLACE}
ATTEMPT = acts.fields_schema(
    ("at", "outcome", "status", "address", "milliseconds", "by_hand"),
    at=_MOMENT,
    outcome={"type": "string", "enum": [
        "ok", "status", "redirect", "gone", "timeout", "tls", "connection", "unknown-host",
        "address-refused"]},
    status={"type": ["integer", "null"]}, address="string", milliseconds="integer",
    by_hand="boolean",
)  # fmt: skip
DELIVERY = acts.fields_schema(
    ("id", "event", "kind", "state", "attempts", "next_at", "created_at", "delivered_at", "log"),
    id="integer", event="string", kind="string",
    state={"type": "string", "enum": list(DeliveryState)},
    attempts="integer", next_at=_MAYBE, created_at=_MOMENT, delivered_at=_MAYBE,
    log={"type": "array", "items": ATTEMPT},
)  # fmt: skip
KEY = OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, description="The `id`.")
NUMBER = OpenApiParameter(
    "number", OpenApiTypes.STR, OpenApiParameter.PATH, description="The delivery's `id`."
)


class Webhooks(ApiView):
    """One's subscriptions."""

    permissions: ClassVar = {"GET": "webhook.manage", "POST": "webhook.manage"}

    @extend_schema(
        operation_id="webhooks_list", tags=["webhooks"], summary="Webhooks 变更推送",
        responses={200: acts.fields_schema(
            ("results",), results={"type": "array", "items": WEBHOOK})},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        only_parameters(request)
        rows = Webhook.objects.visible_to(request.user).select_related("prefecture")
        return answer({"results": [_shown(each) for each in rows]})

    @acts.written(
        name="webhooks_create", tag="webhooks", summary="Subscribe 订阅",
        request=acts.fields_schema(("name", "url"), **BODY), responses={201: WEBHOOK},
    )  # fmt: skip
    def post(self, request: Request) -> HttpResponse:
        """No Idempotency-Key here: an answer that is kept would keep the secret."""
        only_parameters(request)
        values = _values(read_body(request, required=("name", "url"), **_KIND_OF))
        webhook, secret = act.subscribe(
            actor=request.user,
            now=timezone.now(),
            **({"kinds": [], "prefecture": None} | values),
        )
        headers = {"Location": f"/api/v1/webhooks/{webhook.pk}/", "ETag": etag(webhook.version)}
        return answer(_shown(webhook) | {"secret": secret}, status=201, headers=headers)


_KIND_OF: dict[str, type] = {"name": str, "url": str, "kinds": list, "prefecture": str}


def _values(body: dict[str, Any]) -> dict[str, Any]:
    """What was sent of a subscription; kinds must be texts, a prefecture one that there is."""
    values = {name: value for name, value in body.items() if value is not None}
    if not all(isinstance(each, str) for each in values.get("kinds", [])):
        raise invalid_body({"kinds": Text("应为文本的列表", "must be a list of texts")})
    code = values.pop("prefecture", None)
    if code:
        values["prefecture"] = Prefecture.objects.filter(code=code).first()
        if values["prefecture"] is None:
            raise invalid_body(
                {"prefecture": Text(f"没有地市“{code}”", f"there is no prefecture “{code}”")}
            )
    elif code == "":
        values["prefecture"] = None
    return values


class WebhookRecord(ApiView):
    """One subscription."""

    permissions: ClassVar = {
        "GET": "webhook.manage", "PATCH": "webhook.manage", "DELETE": "webhook.manage",
    }  # fmt: skip

    @extend_schema(
        operation_id="webhooks_retrieve", tags=["webhooks"], summary="Webhook 变更推送",
        parameters=[KEY], responses={200: WEBHOOK},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        return _answered(webhook_called(request, key))

    @acts.written(
        name="webhooks_update", tag="webhooks", summary="Change a subscription 修改订阅",
        request=acts.fields_schema((), **BODY), parameters=(KEY, acts.IF_MATCH),
        responses={200: WEBHOOK},
    )  # fmt: skip
    def patch(self, request: Request, key: str) -> HttpResponse:
        """An empty ``prefecture`` means all."""
        only_parameters(request)
        webhook = act.change_webhook(
            actor=request.user,
            webhook=webhook_called(request, key),
            expected_version=expected_version(request),
            values=_values(read_body(request, **_KIND_OF)),
            now=timezone.now(),
        )
        return _answered(webhook)

    @extend_schema(
        operation_id="webhooks_destroy", tags=["webhooks"], summary="End a subscription 终止订阅",
        parameters=[KEY], responses={200: WEBHOOK},
    )  # fmt: skip
    def delete(self, request: Request, key: str) -> HttpResponse:
        """The log stays."""
        return _in_state(request, key, WebhookState.ENDED)


def _in_state(request: Request, key: str, state: str) -> HttpResponse:
    webhook = webhook_called(request, key)
    changed = act.set_state(actor=request.user, webhook=webhook, state=state, now=timezone.now())
    return _answered(changed)


class WebhookRotate(ApiView):
    """Another secret."""

    permissions: ClassVar = {"POST": "webhook.manage"}

    @acts.written(
        name="webhooks_rotate", tag="webhooks", summary="Rotate the secret 更换密钥",
        request=acts.fields_schema((), overlap_days={"type": "integer", "minimum": 0,
                                                     "maximum": act.MAX_OVERLAP.days}),
        parameters=(KEY,), responses={200: WEBHOOK},
    )  # fmt: skip
    def post(self, request: Request, key: str) -> HttpResponse:
        """For the days of overlap (2 if unset) events carry a signature by each secret."""
        body = read_body(request, overlap_days=int)
        days = 2 if body["overlap_days"] is None else body["overlap_days"]
        bounded = max(-1, min(days, act.MAX_OVERLAP.days + 1))
        webhook, secret = act.rotate_secret(
            actor=request.user,
            webhook=webhook_called(request, key),
            overlap=datetime.timedelta(days=bounded),
            now=timezone.now(),
        )
        return answer(_shown(webhook) | {"secret": secret}, headers={"ETag": etag(webhook.version)})


class WebhookSuspend(ApiView):
    """Stop for a while."""

    permissions: ClassVar = {"POST": "webhook.manage"}

    @extend_schema(
        operation_id="webhooks_suspend", tags=["webhooks"], summary="Suspend 暂停",
        parameters=[KEY], request=None, responses={200: WEBHOOK},
    )  # fmt: skip
    def post(self, request: Request, key: str) -> HttpResponse:
        return _in_state(request, key, WebhookState.SUSPENDED)


class WebhookResume(ApiView):
    """Go on."""

    permissions: ClassVar = {"POST": "webhook.manage"}

    @extend_schema(
        operation_id="webhooks_resume", tags=["webhooks"], summary="Resume where it stood 恢复",
        parameters=[KEY], request=None, responses={200: WEBHOOK},
    )  # fmt: skip
    def post(self, request: Request, key: str) -> HttpResponse:
        return _in_state(request, key, WebhookState.ACTIVE)


class Deliveries(ApiView):
    """The log of a subscription."""

    permissions: ClassVar = {"GET": "webhook.manage"}

    @extend_schema(
        operation_id="webhooks_deliveries", tags=["webhooks"],
        summary="Deliveries with each attempt, the latest first 推送记录",
        parameters=[
            KEY,
            OpenApiParameter("state", str, enum=list(DeliveryState)),
            OpenApiParameter("before", int, description="`next` of the last page."),
            OpenApiParameter("page_size", int,
                             description=f"1-{MAX_PAGE_SIZE}, {PAGE_SIZE} if unset."),
        ],
        responses={200: acts.fields_schema(
            ("results", "next"), results={"type": "array", "items": DELIVERY},
            next={"type": ["integer", "null"], "description": "Ask with this as `before`."})},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request, "state", "before", "page_size")
        rows, size = webhook_called(request, key).deliveries.order_by("-pk"), page_size(request)
        state, before = (request.query_params.get(name, "") for name in ("state", "before"))
        if (state and state not in DeliveryState.values) or (before and not is_number(before)):
            known = ", ".join(DeliveryState.values)
            raise DomainError(
                "bad-filter",
                Text(f"state 可为 {known}；before 为上一页的 next。",
                     f"state is one of {known}; before is “next” of a page."),
            )  # fmt: skip
        rows = rows.filter(state=state) if state else rows
        rows = rows.filter(pk__lt=before) if before else rows
        found = list(rows.prefetch_related(Prefetch("log", Attempt.objects.order_by("pk")))[:size])
        more = found[-1].pk if len(found) == size else None
        return answer({"results": [_delivery(each) for each in found], "next": more})


class Redeliver(ApiView):
    """Once more."""

    permissions: ClassVar = {"POST": "webhook.manage"}

    @extend_schema(
        operation_id="webhooks_redeliver", tags=["webhooks"],
        summary="Send a dead letter, or what had arrived, once more now 重发",
        parameters=[KEY, NUMBER], request=None, responses={200: DELIVERY},
    )  # fmt: skip
    def post(self, request: Request, key: str, number: str) -> HttpResponse:
        delivery = delivery_called(request, key, number)
        act.redeliver(actor=request.user, delivery=delivery, now=timezone.now())
        return answer(_delivery(delivery_called(request, key, number)))


def webhook_called(request: Any, key: str) -> Webhook:
    """The subscription, if the caller may see it. Raises NotFound."""
    rows = Webhook.objects.visible_to(request.user).select_related("prefecture", "user")
    found = rows.filter(pk=key).first() if is_number(str(key)) else None
    if found is None:
        raise NotFound(Text("这个订阅", "webhook"))
    return found


def delivery_called(request: Any, key: str, number: str) -> Delivery:
    """A delivery of a subscription. Raises NotFound."""
    rows = webhook_called(request, key).deliveries.select_related("webhook__user")
    found = rows.filter(pk=number).first() if is_number(number) else None
    if found is None:
        raise NotFound(Text("这条推送", "delivery"))
    return found


def _answered(webhook: Webhook) -> HttpResponse:
    return answer(_shown(webhook), headers={"ETag": etag(webhook.version)})


def _shown(webhook: Webhook) -> dict[str, Any]:
    plain = ("name", "url", "kinds", "state", "state_reason", "dead_in_a_row", "created_at",
             "previous_until", "version")  # fmt: skip
    return {
        "id": webhook.pk,
        **{name: getattr(webhook, name) for name in plain},
        "prefecture": webhook.prefecture.code if webhook.prefecture else None,
    }


def _delivery(delivery: Delivery) -> dict[str, Any]:
    plain = ("event", "kind", "state", "attempts", "next_at", "created_at", "delivered_at")
    log = ("at", "outcome", "status", "address", "milliseconds", "by_hand")
    return {
        "id": delivery.pk,
        **{name: getattr(delivery, name) for name in plain},
        "log": [{name: getattr(each, name) for name in log} for each in delivery.log.all()],
    }
