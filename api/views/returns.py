"""Returns: what machines file, and the acts of the workflow."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from api import acts
from api.base import ApiView, only_parameters
from api.bodies import body_of, checked, invalid_body, read_body
from api.declaration import said
from api.describe import controls, filters, key_parameter, page_responses, record_schema
from api.etags import etag, stated_version
from api.findings import FINDING, finding_json
from api.idempotency import idempotent
from api.parsers import JSONParser
from api.problems import TooLarge, problem
from api.resources import found, is_number, listed
from api.resources_returns import RETURNS
from api.responses import answer
from core.errors import NotFound
from core.models import Institution, JournalEntry, Period
from core.queries.periods import period_called
from core.spreadsheets.guard import ZIP
from core.text import Text
from returns import operations as act
from returns.forms import FORMS
from returns.forms import form as form_of
from returns.forms.schema import payload_schema
from returns.models import Return
from returns.operations.reviewing import Remark

PAYLOAD = ("form", "version", "institution", "period", "tables")
RECORD = record_schema(RETURNS)
KEY = key_parameter(RETURNS)
FILE = acts.fields_schema(
    ("institution", "form", "period", "file"),
    institution="string", form="string", period="string",
    file={"type": "string", "format": "binary"},
)  # fmt: skip


class Returns(ApiView):
    """List returns, and file one."""

    permissions: ClassVar = {"GET": "return.view", "POST": "return.prepare"}
    parser_classes = [JSONParser, MultiPartParser]

    @extend_schema(
        operation_id="returns_list", tags=["returns"], summary="Returns 报表",
        parameters=[*controls(RETURNS), *filters(RETURNS)],
        responses=page_responses(RETURNS),
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        return listed(RETURNS, request)

    @acts.written(
        name="returns_create", tag="returns", summary="File a return 报送报表",
        request={
            "application/json": {"oneOf": [payload_schema(form) for form in FORMS.values()]},
            "multipart/form-data": FILE,
        },
        parameters=(acts.KEY, acts.IF_MATCH),
        responses={201: RECORD},
    )  # fmt: skip
    @idempotent
    def post(self, request: Request) -> HttpResponse:
        only_parameters(request)
        institution, period, data, filename, channel = _sent(request)
        record, examination = act.receive(
            actor=request.user,
            institution=institution,
            period=period,
            data=data,
            filename=filename,
            channel=channel,
            now=timezone.now(),
            expected_version=stated_version(request),
        )
        if examination.storable:
            return _record(request, record, status=201)
        return _with_findings(request, record)


def _sent(request: Request) -> tuple[Institution, Period, bytes, str, str]:
    """What was sent: whose, for when, the bytes, their name and channel."""
    body = body_of(request)
    if request.content_type.startswith("multipart/"):
        file = request.FILES.get("file")
        missing = {"file": Text("请附上文件", "attach the file")} if file is None else {}
        if missing:
            raise invalid_body(missing)
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise TooLarge()
        body.pop("file", None)
        words = {name: str(value) for name, value in body.items()}
        place = _addressed(request, words, ("institution", "form", "period"))
        data = file.read()
        channel = "workbook" if data.startswith(ZIP) else "csv"
        return *place, data, file.name, channel
    place = _addressed(request, body, PAYLOAD)
    return *place, request.raw_body, f"api-{place[1].code}.json", "api"


def _addressed(
    request: Request, body: dict[str, Any], names: tuple[str, ...]
) -> tuple[Institution, Period]:
    """The institution and period that a sending names, as far as the caller sees them."""
    kinds: dict[str, type] = dict.fromkeys(names, str)
    if "tables" in kinds:
        kinds["tables"] = dict
        checked(body | {"tables": {}}, kinds=kinds, required=("institution", "form", "period"))
    else:
        checked(body, kinds=kinds, required=names)
    fields = {}
    visible = Institution.objects.visible_to(request.user)
    institution = visible.filter(code=body["institution"]).first()
    if institution is None:
        fields["institution"] = Text(
            f"找不到编码为“{body['institution']}”的机构，或您不能代其报送。",
            f"No institution “{body['institution']}” for which you may file.",
        )
    if body["form"] not in FORMS:
        known = ", ".join(FORMS)
        fields["form"] = Text(f"没有这种报表；可用：{known}", f"no such form; known: {known}")
    period = period_called(form=body["form"], code=body["period"])
    if period is None and "form" not in fields:
        fields["period"] = Text(
            f"没有报告期“{body['period']}”，写法如 2012-06",
            f"no period “{body['period']}”; write 2012-06",
        )
    if fields or institution is None or period is None:
        raise invalid_body(fields)
    return institution, period


def _with_findings(request: Request, record: Return) -> HttpResponse:
    """422: the draft is kept, and these findings stand in the way of signing it."""
    form = form_of(record.period.form)
    text = Text(
        f"已存为草稿，但有 {record.error_count} 处错误；请更正后重新报送。",
        f"Kept as a draft, with {record.error_count} errors; mend them and send it again.",
    )
    row = found(RETURNS, request, str(record.pk))
    return problem(
        422,
        "return-has-errors",
        said(text),
        request=request,
        errors=[finding_json(each, form) for each in record.findings.all()],
        extra={"return": row},
        headers={"Location": row["links"]["self"], "ETag": etag(row["version"])},
    )


def _record(request: Request, record: Any, *, status: int = 200) -> HttpResponse:
    row = found(RETURNS, request, str(getattr(record, "pk", record)))
    headers = {"ETag": etag(row["version"])}
    if status == 201:
        headers["Location"] = row["links"]["self"]
    return answer(row, status=status, headers=headers)


def return_called(request: Request, key: str) -> Return:
    """The return, if the caller may see it. Raises NotFound."""
    record = None
    if is_number(key):
        rows = Return.objects.visible_to(request.user)
        record = rows.select_related("institution", "period", "document").filter(pk=key).first()
    if record is None:
        raise NotFound(RETURNS.title)
    return record


class ReturnRecord(ApiView):
    """One return and where it stands."""

    permissions: ClassVar = {"GET": "return.view"}

    @extend_schema(
        operation_id="returns_retrieve", tags=["returns"], summary="Return 报表",
        parameters=[KEY], responses={200: RECORD},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        return _record(request, key)


class Findings(ApiView):
    """What the checks found in a return."""

    permissions: ClassVar = {"GET": "return.view"}

    @extend_schema(
        operation_id="returns_findings", tags=["returns"], summary="Findings 审核意见",
        parameters=[KEY],
        responses={200: acts.fields_schema(
            ("results",), results={"type": "array", "items": FINDING})},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        record = return_called(request, key)
        form = form_of(record.period.form)
        return answer({"results": [finding_json(f, form) for f in record.findings.all()]})


EVENT = acts.fields_schema(
    ("sequence", "at", "by", "action", "detail"),
    sequence="integer", at={"type": "string", "format": "date-time"}, by="string",
    action="string", detail={"type": "object"}, hash="string",
)  # fmt: skip


class Events(ApiView):
    """What happened to a return, from the journal."""

    permissions: ClassVar = {"GET": "return.view"}

    @extend_schema(
        operation_id="returns_events", tags=["returns"], summary="Events 办理过程",
        parameters=[KEY],
        responses={200: acts.fields_schema(
            ("results",), results={"type": "array", "items": EVENT})},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        record = return_called(request, key)
        entries = JournalEntry.objects.filter(
            object_type="returns.return", object_id=str(record.pk)
        ).order_by("sequence")
        return answer(
            {
                "results": [
                    {
                        "sequence": each.sequence,
                        "at": each.at,
                        "by": each.actor_name,
                        "action": each.action,
                        "detail": each.detail,
                        "hash": each.hash,
                    }
                    for each in entries
                ]
            }
        )


def act_view(
    name: str,
    *,
    permission: str,
    summary: str,
    body: dict[str, Any],
    do: Callable[..., Return],
    status: int = 200,
) -> Any:
    """The view of ``POST /returns/{id}/<name>/``: one operation, then the record."""

    @acts.written(
        name=f"returns_{name}", tag="returns", summary=summary, request=body,
        parameters=(KEY, acts.KEY, acts.IF_MATCH), responses={status: RECORD},
    )  # fmt: skip
    @idempotent
    def post(self: ApiView, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        common = {
            "actor": request.user,
            "record": return_called(request, key),
            "now": timezone.now(),
        }
        return _record(request, do(request, common), status=status)

    members = {"permissions": {"POST": permission}, "post": post}
    return type(f"Return{name.title()}", (ApiView,), members).as_view()


def _explain(request: Request, common: dict[str, Any]) -> Return:
    body = read_body(request, required=("explanations",), explanations=list)
    texts: dict[int, str] = {}
    for place, each in enumerate(body["explanations"]):
        try:
            kinds: dict[str, type] = {"finding": int, "text": str}
            row = checked(dict(each), kinds=kinds, required=("finding", "text"))
        except (TypeError, ValueError) as error:
            wanted = Text("应为 {finding, text}", "must be {finding, text}")
            raise invalid_body({f"explanations.{place}": wanted}) from error
        texts[row["finding"]] = row["text"]
    version = stated_version(request)
    return act.explain_findings(explanations=texts, expected_version=version, **common)


def _sign(request: Request, common: dict[str, Any]) -> Return:
    read_body(request)
    return act.sign_return(expected_version=stated_version(request), **common)


def _accept(request: Request, common: dict[str, Any]) -> Return:
    note = read_body(request, note=str)["note"] or ""
    return act.accept_return(note=note, expected_version=stated_version(request), **common)


def _send_back(request: Request, common: dict[str, Any]) -> Return:
    body = read_body(request, reason=str, remarks=list)
    form = form_of(common["record"].period.form)
    remarks = [_remark(each, place, form) for place, each in enumerate(body["remarks"] or [])]
    return act.send_back(
        reason=body["reason"] or "",
        remarks=remarks,
        expected_version=stated_version(request),
        **common,
    )


def _remark(each: Any, place: int, form: Any) -> Remark:
    """A comment on a cell that the form has. Raises DomainError "invalid-body"."""
    kinds: dict[str, type] = dict.fromkeys(("table", "key", "column", "text"), str)
    wanted = Text("应为 {table, key, column, text}", "must be {table, key, column, text}")
    if not isinstance(each, dict):
        raise invalid_body({f"remarks.{place}": wanted})
    row = checked(each, kinds=kinds, required=tuple(kinds))
    table = next((t for t in form.tables if t.name == row["table"]), None)
    if table is None or row["column"] not in table.columns or len(row["key"]) > 60:
        unknown = Text("报表没有这个单元格", "the form has no such cell")
        raise invalid_body({f"remarks.{place}": unknown})
    return Remark(**row)


def _withdraw(request: Request, common: dict[str, Any]) -> Return:
    reason = read_body(request, reason=str)["reason"] or ""
    return act.withdraw_return(reason=reason, expected_version=stated_version(request), **common)


def _revise(request: Request, common: dict[str, Any]) -> Return:
    reason = read_body(request, reason=str)["reason"] or ""
    return act.start_revision(reason=reason, **common)


REASON = acts.fields_schema(("reason",), reason="string")
PAIRS = acts.fields_schema(("finding", "text"), finding="integer", text="string")
REMARK = acts.fields_schema(
    ("table", "key", "column", "text"),
    table="string", key="string", column="string", text="string",
)  # fmt: skip
ACTS = {
    "explanations": act_view(
        "explanations", permission="return.prepare", summary="Explain warnings 说明预警",
        body=acts.fields_schema(
            ("explanations",), explanations={"type": "array", "items": PAIRS}), do=_explain,
    ),
    "sign": act_view(
        "sign", permission="return.sign", summary="Sign; the receipt follows 签发",
        body=acts.fields_schema(), do=_sign,
    ),
    "accept": act_view(
        "accept", permission="return.review", summary="Accept 接受",
        body=acts.fields_schema(note="string"), do=_accept,
    ),
    "return": act_view(
        "return", permission="return.review", summary="Send back with reasons 退回",
        body=acts.fields_schema(
            ("reason",), reason="string", remarks={"type": "array", "items": REMARK}),
        do=_send_back,
    ),
    "withdraw": act_view(
        "withdraw", permission="return.sign", summary="Take a signature back 撤回",
        body=acts.fields_schema(reason="string"), do=_withdraw,
    ),
    "revisions": act_view(
        "revisions", permission="return.prepare", summary="Start a revision 修订",
        body=REASON, do=_revise, status=201,
    ),
}  # fmt: skip
