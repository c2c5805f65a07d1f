"""Pages of reports. Every report of the registry gets its page and its lineage."""

from django.urls import URLPattern, path

from reports.registry import REPORTS
from reports.views.loan_lines import loan_lines
from reports.views.published import (
    publication,
    publication_figures,
    publication_pdf,
    publish_page,
    published_list,
)
from reports.views.report import lineage_page, report_page

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("loans/lines/", loan_lines, name="loan-lines"),
    path("published/", published_list, name="published"),
    path("published/<str:number>/", publication, name="publication"),
    path("published/<str:number>/pdf/", publication_pdf, name="publication-pdf"),
    path("published/<str:number>/figures/", publication_figures, name="publication-figures"),
    path("<str:code>/publish/", publish_page, name="publish"),
]
for code in REPORTS:
    urlpatterns += [
        path(f"{code}/", report_page, {"code": code}, name=code),
        path(f"{code}/lineage/", lineage_page, {"code": code}, name=f"{code}-lineage"),
    ]
