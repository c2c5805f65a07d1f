"""All addresses of the tracker."""

from allauth.account import views as account
from django.urls import include, path
from django.views.i18n import set_language

from reports.views.cockpit import cockpit

urlpatterns = [
    path("", cockpit, name="cockpit"),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("language/", set_language, name="set_language"),
    path("", include("core.urls")),
    path("", include("finance.urls")),
    path("", include("guarantees.urls")),
    path("", include("plan.urls")),
    path("", include("listings.urls")),
    path("returns/", include("returns.urls")),
    path("reports/", include("reports.urls")),
    path("webhooks/", include("api.pages.urls")),
    path("api/v1/", include("api.urls")),
]

handler404 = "api.views.documents.not_found"
handler500 = "api.views.documents.failed"
