"""The addresses of a register's pages."""

from django.urls import URLPattern, path

from core.registers import details, views
from core.registers.declaration import Detail, Register


def register_urls(*registers: Register | Detail) -> list[URLPattern]:
    """List, record, form, import and voiding of each register, under its key."""
    return [pattern for each in registers for pattern in _patterns(each)]


def _patterns(register: Register | Detail) -> list[URLPattern]:
    key = register.key
    imports = views.import_views(register)
    pages = details if isinstance(register, Detail) else views
    found = [
        path(f"{key}/", pages.list_view(register), name=key),
        path(f"{key}/new/", pages.create_view(register), name=f"{key}-new"),
        path(f"{key}/import/", imports["upload"], name=f"{key}-import"),
        path(f"{key}/import/template/", imports["template"], name=f"{key}-import-template"),
        path(f"{key}/import/<int:pk>/", imports["dry_run"], name=f"{key}-import-check"),
        path(f"{key}/data/", imports["data"], name=f"{key}-data"),
        path(f"{key}/<str:code>/", pages.record_view(register), name=f"{key}-record"),
        path(f"{key}/<str:code>/edit/", pages.edit_view(register), name=f"{key}-edit"),
    ]
    if isinstance(register, Register):
        found += [
            path(f"{key}/<str:code>/void/", views.void_view(register), name=f"{key}-void"),
            path(f"{key}/<str:code>/file/", views.file_view(register), name=f"{key}-file"),
        ]
    return found
