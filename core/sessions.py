"""What a signed-in session must satisfy: not idle too long, a password of one's own, MFA."""

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

SEEN = "last_seen"
NOTED_EVERY = 60
Handler = Callable[[HttpRequest], HttpResponse]
# Where somebody who must still do something may go meanwhile.
DOORS = ("/account/", "/language/", "/static/", "/healthz", "/readyz")


def session_rules(get_response: Handler) -> Handler:
    """Sign out the idle; send others first to what they must do."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or request.path.startswith("/api/"):
            return get_response(request)
        now = int(time.time())
        seen = request.session.get(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS:
            logout(request)
            query = urlencode({"next": request.get_full_path(), "expired": 1})
            return redirect(f"{reverse('account_login')}?{query}")
        if SEEN not in request.session or now - seen > NOTED_EVERY:
            request.session[SEEN] = now
        if not request.path.startswith(DOORS):
            duty = _duty(request)
            if duty:
                return redirect(duty)
        return get_response(request)

    return handle


def _duty(request: HttpRequest) -> str | None:
    """The page that must come first: a new password, or a second factor."""
    user = request.user
    if user.must_change_password:
        return "account_change_password"
    if user.role in settings.MFA_REQUIRED_ROLES and not is_mfa_enabled(user):
        return "mfa_activate_totp"
    return None
