"""Snapshots: everything in files as of one moment, and where to follow on from it."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from api import acts
from api.acts import fields_schema
from api.base import ApiView, only_parameters
from api.bodies import read_body
from api.idempotency import idempotent
from api.limits import ask_bulk
from api.models import Snapshot
from api.representing import representations
from api.resources import is_number
from api.responses import answer
from api.snapshots.ranges import send_file
from api.snapshots.taking import ask_snapshot, drop, folder_of
from api.snapshots.writing import FORMATS
from api.tasks import take_snapshot
from core.change_kinds import all_kinds
from core.errors import NotFound
from core.models.jobs import JobState
from core.text import Text

LATEST = 100
TITLE = Text("这份快照", "snapshot")
FILE = fields_schema(
    ("name", "resource", "format", "rows", "bytes", "sha256", "url"),
    name="string", resource="string", format={"type": "string", "enum": list(FORMATS)},
    rows="integer", bytes="integer", sha256="string", url="string",
)  # fmt: skip
_NAMES = {"type": "array", "items": {"type": "string"}}
RESOURCE = fields_schema(
    ("resource", "key", "own", "group"),
    resource="string",
    key={"type": "string", "description": "The field by which changes name a record."},
    own=_NAMES | {"description": "Fields of the record's own; the others are words, names of what "
                  "it refers to, and what is computed for the day."},
    group=_NAMES | {"description": "Fields whose values, by `/`, are the key of a change that "
                    "tells of all rows with them; empty where each record is told by itself."},
)  # fmt: skip
SNAPSHOT = fields_schema(
    ("id", "state", "done", "total", "message", "created_at", "taken_at", "as_of", "language",
     "cursor", "resources", "files", "links"),
    id="integer", state={"type": "string", "enum": list(JobState)},
    done={"type": "integer", "description": "Rows written."}, total="integer", message="string",
    created_at={"type": "string", "format": "date-time"},
    taken_at={"type": ["string", "null"], "format": "date-time"},
    as_of={"type": ["string", "null"], "format": "date"}, language="string",
    cursor={"type": "string", "description": "Ask `/changes/?since=` with it; empty until done."},
    resources={"type": "array", "items": RESOURCE},
    files={"type": "array", "items": FILE}, links={"type": "object"},
)  # fmt: skip
PAGE = fields_schema(("results",), results={"type": "array", "items": SNAPSHOT})
BODY = fields_schema(
    resources=_NAMES | {"description": "All that you may read if unset."},
    formats={"type": "array", "items": {"type": "string", "enum": list(FORMATS)},
             "description": "`ndjson` if unset."},
)  # fmt: skip
KEY = OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, description="The `id`.")


class Snapshots(ApiView):
    """Have one taken; see one's own."""

    permissions: ClassVar = {"GET": "changes.view", "POST": "changes.view"}

    @extend_schema(
        operation_id="snapshots_list", tags=["snapshots"],
        summary="One's snapshots, the latest first 快照", responses={200: PAGE},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        only_parameters(request)
        rows = Snapshot.objects.visible_to(request.user).select_related("job")[:LATEST]
        return answer({"results": [_shown(each) for each in rows]})

    @acts.written(
        name="snapshots_create", tag="snapshots", summary="Take a snapshot 取快照",
        request=BODY, parameters=(acts.KEY,), responses={202: SNAPSHOT},
    )  # fmt: skip
    @idempotent
    def post(self, request: Request) -> HttpResponse:
        """202; the same snapshot again while one that was asked for alike is being made."""
        only_parameters(request)
        body = read_body(request, resources=list, formats=list)
        ask_bulk(request)
        snapshot, _new = ask_snapshot(
            actor=request.user,
            resources=body["resources"] or [],
            formats=body["formats"] or [],
            language=get_language() or "zh-hans",
            task=take_snapshot,
            now=timezone.now(),
        )
        shown = _shown(snapshot_called(request, str(snapshot.pk)))
        return answer(shown, status=202, headers={"Location": shown["links"]["self"]})


class SnapshotRecord(ApiView):
    """How far one is, and its manifest."""

    permissions: ClassVar = {"GET": "changes.view", "DELETE": "changes.view"}

    @extend_schema(
        operation_id="snapshots_retrieve", tags=["snapshots"], summary="Snapshot 快照",
        parameters=[KEY], responses={200: SNAPSHOT},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        return answer(_shown(snapshot_called(request, key)))

    @extend_schema(
        operation_id="snapshots_delete", tags=["snapshots"],
        summary="Drop it and its files 删除快照", parameters=[KEY], responses={204: None},
    )  # fmt: skip
    def delete(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        drop(snapshot_called(request, key))
        return HttpResponse(status=204)


class SnapshotFile(ApiView):
    """A file, or a range of it."""

    permissions: ClassVar = {"GET": "changes.view"}

    @extend_schema(
        operation_id="snapshots_file", tags=["snapshots"], summary="A file of a snapshot 快照文件",
        parameters=[
            KEY, OpenApiParameter("name", OpenApiTypes.STR, OpenApiParameter.PATH),
            OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="`bytes=0-99`"),
            OpenApiParameter("If-Range", str, OpenApiParameter.HEADER, description="Its ETag."),
        ],
        responses={
            **{(200, kind.partition(";")[0]): OpenApiTypes.BINARY for kind in FORMATS.values()},
            **{(206, kind.partition(";")[0]): OpenApiTypes.BINARY for kind in FORMATS.values()},
        },
    )  # fmt: skip
    def get(self, request: Request, key: str, name: str) -> HttpResponse:
        only_parameters(request)
        snapshot = snapshot_called(request, key)
        file = next((each for each in snapshot.files if each["name"] == name), None)
        if file is None or not (folder_of(snapshot) / file["name"]).exists():
            raise NotFound(Text("快照中的这个文件", "file of the snapshot"))
        request._request.is_bulk = True  # its rows are spent of the token's quota
        return send_file(
            request,
            folder_of(snapshot) / file["name"],
            tag=file["sha256"],
            content_type=FORMATS[file["format"]],
            rows=file["rows"],
        )


def snapshot_called(request: Request, key: str) -> Snapshot:
    """The snapshot, if it is the caller's. Raises NotFound."""
    rows = Snapshot.objects.visible_to(request.user).select_related("job")
    found = rows.filter(pk=key).first() if is_number(key) else None
    if found is None:
        raise NotFound(TITLE)
    return found


def _shown(snapshot: Snapshot) -> dict[str, Any]:
    here = f"/api/v1/snapshots/{snapshot.pk}/"
    job = snapshot.job
    return {
        "id": snapshot.pk,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "message": job.message,
        "created_at": snapshot.created_at,
        "taken_at": snapshot.taken_at,
        "as_of": snapshot.as_of,
        "language": snapshot.language,
        "cursor": snapshot.cursor,
        "resources": [_resource(name) for name in snapshot.resources],
        "files": [each | {"url": f"{here}files/{each['name']}"} for each in snapshot.files],
        "links": {"self": here, "changes": f"/api/v1/changes/?since={snapshot.cursor}"},
    }


def _resource(name: str) -> dict[str, Any]:
    shape = representations()[name]
    return {
        "resource": name,
        "key": shape.resource.key,
        "own": shape.own,
        "group": list(all_kinds()[name].group),
    }
