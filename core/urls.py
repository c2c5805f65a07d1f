"""Pages of the ground."""

from django.urls import path

from core.registers.departments import DEPARTMENTS
from core.registers.supervision import REGISTERS
from core.registers.urls import register_urls
from core.views import (
    attachments,
    delegations,
    health,
    imports,
    institutions,
    jobs,
    journal,
    notifications,
    rules,
    territory,
    tokens,
    users,
)

app_name = "core"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/all/", tokens.all_tokens, name="all-tokens"),
    path("tokens/issue/", tokens.issue, name="issue-token"),
    path("tokens/<int:pk>/", tokens.token_page, name="token"),
    path("tokens/<int:pk>/rotate/", tokens.rotate, name="rotate-token"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="revoke-token"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/choices/", notifications.choices, name="notification-choices"),
    path("notifications/<int:pk>/", notifications.notification, name="notification"),
    path("users/", users.users, name="users"),
    path("users/new/", users.new_user, name="new-user"),
    path("users/<int:pk>/", users.user_page, name="user"),
    path("jobs/<int:pk>/", jobs.job_page, name="job"),
    path("journal/", journal.journal, name="journal"),
    path("prefectures/", territory.prefectures, name="prefectures"),
    path("prefectures/<str:code>/", territory.prefecture, name="prefecture"),
    path("counties/", territory.counties, name="counties"),
    path("counties/<str:code>/", territory.county, name="county"),
    path("counties/<str:code>/edit/", territory.edit_county, name="county-edit"),
    path("rules/", rules.index, name="rules"),
    path("rules/new/", rules.create, name="rule-new"),
    path("rules/<int:pk>/", rules.record, name="rule"),
    path("rules/<int:pk>/edit/", rules.edit, name="rule-edit"),
    path("institutions/", institutions.index, name="institutions"),
    path("institutions/new/", institutions.create, name="institution-new"),
    path("institutions/import/", imports.upload, name="institution-import"),
    path("institutions/import/template/", imports.template, name="institution-import-template"),
    path("institutions/import/<int:pk>/", imports.dry_run, name="institution-import-check"),
    path("institutions/<str:code>/", institutions.record, name="institution"),
    path("institutions/<str:code>/edit/", institutions.edit, name="institution-edit"),
    path("institutions/<str:code>/facts/new/", institutions.add_fact, name="fact-add"),
    path("institutions/<str:code>/facts/<int:pk>/void/", institutions.void, name="fact-void"),
    path("institutions/<str:code>/facts/<int:pk>/file/", delegations.file, name="fact-file"),
    path("institutions/<str:code>/files/new/", attachments.add, name="attachment-add"),
    path("files/<int:pk>/", attachments.download, name="attachment"),
    path("documents/<int:pk>/", attachments.document, name="document"),
    path("delegation-findings/", delegations.findings, name="delegation-findings"),
    *register_urls(*REGISTERS, DEPARTMENTS),
]
