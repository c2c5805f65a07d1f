"""Pages of reports. Every report of the registry gets its page and its lineage."""

from django.urls import URLPattern, path

from reports.registry import REPORTS
from reports.views.report import lineage_page, report_page

app_name = "reports"
urlpatterns: list[URLPattern] = []
for code in REPORTS:
    urlpatterns += [
        path(f"{code}/", report_page, {"code": code}, name=code),
        path(f"{code}/lineage/", lineage_page, {"code": code}, name=f"{code}-lineage"),
    ]
