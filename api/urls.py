"""The REST interface under /api/v1/."""

from django.urls import URLPattern, path

from api import resources_core as core
from api import resources_finance as finance
from api import resources_returns as filed
from api.declaration import Resource
from api.register_details import register_resources
from api.resources import list_view, record_view
from api.resources_core import APPROVALS
from api.resources_supervision import DELEGATION_FINDINGS
from api.views import (
    bulk,
    changes,
    dictionary,
    documents,
    enterprises,
    forms,
    green_channel,
    institutions,
    microloan,
    notes,
    plan_reports,
    published_reports,
    reports,
    returns,
    snapshots,
    token,
    webhooks,
)

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
    path("institutions/", institutions.Institutions.as_view(), name="institutions"),
    path(
        "institutions/<str:key>/",
        institutions.InstitutionRecord.as_view(),
        name="institutions-record",
    ),
    *_resource(finance.VILLAGE_BANKS),
    path("approvals/", institutions.Approvals.as_view(), name="approvals"),
    path("approvals/<str:key>/", record_view(APPROVALS), name="approvals-record"),
    path("approvals/<str:key>/void/", institutions.VoidApproval.as_view(), name="approvals-void"),
    path("dictionary/", dictionary.Dictionary.as_view(), name="dictionary"),
    path("forms/", forms.Forms.as_view(), name="forms"),
    path("forms/<str:key>/", forms.FormRecord.as_view(), name="forms-record"),
    *_resource(filed.PERIODS),
    *_resource(filed.OBLIGATIONS),
    path("returns/", returns.Returns.as_view(), name="returns"),
    path("returns/<str:key>/", returns.ReturnRecord.as_view(), name="returns-record"),
    path("returns/<str:key>/findings/", returns.Findings.as_view(), name="returns-findings"),
    path("returns/<str:key>/events/", returns.Events.as_view(), name="returns-events"),
    *(
        path(f"returns/<str:key>/{name}/", view, name=f"returns-{name}")
        for name, view in returns.ACTS.items()
    ),
    path("bulk-submissions/", bulk.BulkSubmissions.as_view(), name="bulk-submissions"),
    path(
        "bulk-submissions/<str:key>/",
        bulk.BulkSubmissionRecord.as_view(),
        name="bulk-submissions-record",
    ),
    path(
        "bulk-submissions/<str:key>/result/",
        bulk.BulkSubmissionResult.as_view(),
        name="bulk-submissions-result",
    ),
    path(
        "bulk-submissions/<str:key>/retry/",
        bulk.BulkSubmissionRetry.as_view(),
        name="bulk-submissions-retry",
    ),
    *_resource(finance.LOAN_FIGURES),
    path("reports/", reports.Reports.as_view(), name="reports"),
    path("reports/<str:key>/", reports.ReportDocument.as_view(), name="reports-record"),
    path("reports/<str:key>/lineage/", reports.ReportLineage.as_view(), name="reports-lineage"),
    path("published-reports/", published_reports.Publish.as_view(), name="published-reports"),
    path(
        "published-reports/<str:key>/",
        published_reports.Publication.as_view(),
        name="published-reports-record",
    ),
    path(
        "published-reports/<str:key>/comparison/",
        published_reports.PublicationComparison.as_view(),
        name="published-reports-comparison",
    ),
    path(
        "enterprises/<str:key>/assessment/",
        enterprises.AssessmentView.as_view(),
        name="enterprises-assessment",
    ),
    *register_resources(),
    *_resource(DELEGATION_FINDINGS),
    path(
        "microloan-companies/<str:key>/convert/",
        microloan.Conversion.as_view(),
        name="microloan-companies-convert",
    ),
    path(
        "collective-notes/<str:key>/schedule/",
        notes.NoteSchedule.as_view(),
        name="collective-notes-schedule",
    ),
    *(
        path(f"green-channel-cases/<str:key>/{name}/", view, name=f"green-channel-cases-{name}")
        for name, view in green_channel.ACTS.items()
    ),
    *(
        path(f"{register}/<str:key>/{name}/", view, name=f"{register}-{name}")
        for (register, name), view in plan_reports.ACTS.items()
    ),
    path("changes/", changes.Changes.as_view(), name="changes"),
    path("snapshots/", snapshots.Snapshots.as_view(), name="snapshots"),
    path("snapshots/<str:key>/", snapshots.SnapshotRecord.as_view(), name="snapshots-record"),
    path(
        "snapshots/<str:key>/files/<str:name>",
        snapshots.SnapshotFile.as_view(),
        name="snapshots-file",
    ),
    path("webhooks/", webhooks.Webhooks.as_view(), name="webhooks"),
    path("webhooks/<str:key>/", webhooks.WebhookRecord.as_view(), name="webhooks-record"),
    path("webhooks/<str:key>/rotate/", webhooks.WebhookRotate.as_view(), name="webhooks-rotate"),
    path("webhooks/<str:key>/suspend/", webhooks.WebhookSuspend.as_view(), name="webhooks-suspend"),
    path("webhooks/<str:key>/resume/", webhooks.WebhookResume.as_view(), name="webhooks-resume"),
    path(
        "webhooks/<str:key>/deliveries/",
        webhooks.Deliveries.as_view(),
        name="webhooks-deliveries",
    ),
    path(
        "webhooks/<str:key>/deliveries/<str:number>/redeliver/",
        webhooks.Redeliver.as_view(),
        name="webhooks-redeliver",
    ),
    path("token/", token.Token.as_view(), name="token"),
    path("schema/", documents.Schema.as_view(), name="schema"),
    path("docs/", documents.Docs.as_view(), name="docs"),
    path("problems/", documents.problems, name="problems"),
]
