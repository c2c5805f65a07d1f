"""Pages of finance."""

from django.urls import path

from core.registers.urls import register_urls
from finance.registers import REGISTERS
from finance.views import village_banks
from finance.views.conversion import convert

app_name = "finance"
urlpatterns = [
    path("village-banks/", village_banks.index, name="village-banks"),
    path("village-banks/new/", village_banks.create, name="village-bank-new"),
    path("village-banks/import/", village_banks.upload, name="village-bank-import"),
    path(
        "village-banks/import/template/",
        village_banks.template,
        name="village-bank-import-template",
    ),
    path("village-banks/import/<int:pk>/", village_banks.dry_run, name="village-bank-import-check"),
    path("village-banks/<str:code>/", village_banks.record, name="village-bank"),
    path("village-banks/<str:code>/edit/", village_banks.edit, name="village-bank-edit"),
    path("microloan-companies/<str:code>/convert/", convert, name="microloan-company-convert"),
    *register_urls(*REGISTERS),
]
