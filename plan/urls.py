"""Pages of the plan."""

from django.urls import path

from core.registers.urls import register_urls
from plan.registers import REGISTERS
from plan.views import consolidated_reports, progress_reports
from plan.views.contacts import form_file, status
from plan.views.plans import copy

app_name = "plan"
urlpatterns = [
    path("plans/<str:code>/copy/", copy, name="copy"),
    path("contact-replies/status/", status, name="contacts-status"),
    path("contact-replies/<str:code>/form/", form_file, name="contacts-form"),
    path("progress-reports/status/", progress_reports.status, name="reports-status"),
    path(
        "progress-reports/<str:code>/submit/",
        progress_reports.submit,
        name="progress-reports-submit",
    ),
    path(
        "progress-reports/<str:code>/accept/",
        progress_reports.accept,
        name="progress-reports-accept",
    ),
    path(
        "progress-reports/<str:code>/return/",
        progress_reports.send_back,
        name="progress-reports-return",
    ),
    path("consolidated-reports/draft/", consolidated_reports.draft, name="consolidated-draft"),
    path(
        "consolidated-reports/<str:code>/approve/",
        consolidated_reports.approve,
        name="consolidated-reports-approve",
    ),
    *register_urls(*REGISTERS),
]
