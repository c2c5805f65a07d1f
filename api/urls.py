"""The REST interface under /api/v1/."""

from django.urls import URLPattern, path

from api import resources_core as core
from api.resources import Resource, list_view, record_view

app_name = "api"


def _resource(resource: Resource) -> list[URLPattern]:
    """List and record of a resource that is only read here."""
    name = resource.name
    return [
        path(f"{name}/", list_view(resource), name=name),
        path(f"{name}/<str:key>/", record_view(resource), name=f"{name}-record"),
    ]


urlpatterns: list[URLPattern] = [
    *_resource(core.PREFECTURES),
    *_resource(core.COUNTIES),
    *_resource(core.BANKS),
    *_resource(core.RULES),
    *_resource(core.INSTITUTIONS),
    *_resource(core.APPROVALS),
]
