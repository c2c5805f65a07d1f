"""Who may do what, and where: the one place that decides. Denied by default.

An *action* is a dotted name. ``GRANTS`` says which roles hold it and how widely. Pages and
API routes declare the action they need (``requires`` / ``permissions``), querysets narrow
what is seen with ``scope_filter``, operations ask ``require`` with the thing they change.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.db.models import Q

from core.errors import PermissionRefused
from core.models.users import Role


class Scope(StrEnum):
    """How far a grant reaches."""

    ALL = "all"
    PREFECTURE = "prefecture"
    INSTITUTION = "institution"
    DEPARTMENT = "department"
    SELF = "self"


PROVINCE, PREFECTURE, DEPARTMENT = (
    Role.PROVINCE_STAFF,
    Role.PREFECTURE_STAFF,
    Role.DEPARTMENT_STAFF,
)
PREPARER, SIGNATORY, LEADER = Role.PREPARER, Role.SIGNATORY, Role.LEADER
AUDITOR, ADMINISTRATOR = Role.AUDITOR, Role.ADMINISTRATOR

_READERS = {PROVINCE: Scope.ALL, LEADER: Scope.ALL, AUDITOR: Scope.ALL, ADMINISTRATOR: Scope.ALL}
_OFFICE = {PROVINCE: Scope.ALL, PREFECTURE: Scope.PREFECTURE}
_EVERYBODY = dict.fromkeys(Role, Scope.SELF)

GRANTS: dict[str, dict[Role, Scope]] = {
    # Everybody who is signed in
    "account.self": _EVERYBODY,
    "cockpit.view": _EVERYBODY,
    "job.view": _EVERYBODY,
    "token.manage": _EVERYBODY,
    "token.administer": {ADMINISTRATOR: Scope.ALL},
    "reference.view": _EVERYBODY,
    # Registries
    "institution.view": {
        **_READERS,
        PREFECTURE: Scope.ALL,
        DEPARTMENT: Scope.ALL,
        PREPARER: Scope.INSTITUTION,
        SIGNATORY: Scope.INSTITUTION,
    },
    "institution.edit": _OFFICE,
    "institution.import": _OFFICE,
    "register.view": {
        **_READERS,
        PREFECTURE: Scope.ALL,
        DEPARTMENT: Scope.ALL,
        PREPARER: Scope.INSTITUTION,
        SIGNATORY: Scope.INSTITUTION,
    },
    "register.edit": _OFFICE,
    "register.import": _OFFICE,
    # The green channel: what departments owe to enterprises
    "green-channel.view": {
        **_READERS,
        PREFECTURE: Scope.PREFECTURE,
        DEPARTMENT: Scope.DEPARTMENT,
    },
    "green-channel.edit": _OFFICE,
    "green-channel.answer": {**_OFFICE, DEPARTMENT: Scope.DEPARTMENT},
    # The action plan: everybody in government reads it, units report on themselves
    "plan.view": {**_READERS, PREFECTURE: Scope.ALL, DEPARTMENT: Scope.ALL},
    "plan.edit": {PROVINCE: Scope.ALL},
    "plan.review": {PROVINCE: Scope.ALL},
    "plan.approve": {PROVINCE: Scope.ALL, LEADER: Scope.ALL},
    "plan.report": {**_OFFICE, DEPARTMENT: Scope.DEPARTMENT},
    "territory.edit": {PROVINCE: Scope.ALL, ADMINISTRATOR: Scope.ALL},
    "rule.view": {**_READERS, PREFECTURE: Scope.ALL, DEPARTMENT: Scope.ALL},
    "rule.edit": {PROVINCE: Scope.ALL, ADMINISTRATOR: Scope.ALL},
    # Returns
    "return.view": {
        PROVINCE: Scope.ALL,
        PREFECTURE: Scope.PREFECTURE,
        LEADER: Scope.ALL,
        AUDITOR: Scope.ALL,
        PREPARER: Scope.INSTITUTION,
        SIGNATORY: Scope.INSTITUTION,
    },
    "return.prepare": {PREPARER: Scope.INSTITUTION},
    "return.submit-many": _OFFICE,
    "return.sign": {SIGNATORY: Scope.INSTITUTION},
    "return.review": _OFFICE,
    "period.view": {
        **_READERS,
        PREFECTURE: Scope.ALL,
        PREPARER: Scope.ALL,
        SIGNATORY: Scope.ALL,
    },
    "period.manage": {PROVINCE: Scope.ALL},
    "board.view": {PROVINCE: Scope.ALL, PREFECTURE: Scope.PREFECTURE, **_READERS},
    # Figures and reports
    "figure.view": {
        PROVINCE: Scope.ALL,
        PREFECTURE: Scope.PREFECTURE,
        LEADER: Scope.ALL,
        AUDITOR: Scope.ALL,
        PREPARER: Scope.INSTITUTION,
        SIGNATORY: Scope.INSTITUTION,
    },
    "report.view": {**_READERS, PREFECTURE: Scope.ALL, DEPARTMENT: Scope.ALL},
    # Limits and their room are single institutions' figures.
    "watch.view": {
        PROVINCE: Scope.ALL,
        PREFECTURE: Scope.PREFECTURE,
        LEADER: Scope.ALL,
        AUDITOR: Scope.ALL,
    },
    "report.publish": {PROVINCE: Scope.ALL},
    # The house itself
    "journal.view": {AUDITOR: Scope.ALL, ADMINISTRATOR: Scope.ALL, PROVINCE: Scope.ALL},
    "user.manage": {ADMINISTRATOR: Scope.ALL},
    "changes.view": {PROVINCE: Scope.ALL, AUDITOR: Scope.ALL},
    "webhook.manage": {PROVINCE: Scope.SELF, AUDITOR: Scope.SELF, ADMINISTRATOR: Scope.ALL},
    "metrics.view": {ADMINISTRATOR: Scope.ALL},
}

# What a leader of one prefecture reads of the whole province.
OF_THE_WHOLE_PROVINCE = frozenset(
    {
        "institution.view",
        "register.view",
        "report.view",
        "period.view",
        "rule.view",
        "plan.view",
    }
)

# Routes of libraries and of the door itself, which cannot carry a declaration of their own.
PUBLIC = "public"
ROUTES: dict[str, str] = {
    "account_login": PUBLIC,
    "account_logout": "account.self",
    "account_reauthenticate": "account.self",
    "account_change_password": "account.self",
    "account_inactive": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": "account.self",
    "mfa_index": "account.self",
    "mfa_activate_totp": "account.self",
    "mfa_deactivate_totp": "account.self",
    "mfa_view_recovery_codes": "account.self",
    "mfa_download_recovery_codes": "account.self",
    "mfa_generate_recovery_codes": "account.self",
    "set_language": PUBLIC,
}


def scope_of(user: Any, action: str) -> Scope | None:
    """Return how far ``user`` holds ``action``; None if not at all (or nobody is signed in).

    A leader of one prefecture has a leader's grants there only.
    Raises KeyError for an action that is not declared: a slip of ours, never of the user.
    """
    grants = GRANTS[action]
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return None
    scope = grants.get(Role(user.role))
    if scope == Scope.ALL and user.role == Role.LEADER and user.prefecture_id:
        registry = action in OF_THE_WHOLE_PROVINCE
        return Scope.ALL if registry else Scope.PREFECTURE
    return scope


def may(user: Any, action: str, target: Any = None) -> bool:
    """Whether ``user`` may do ``action``, and if ``target`` is given, to it.

    ``target`` has ``prefecture_id`` and/or ``institution_id`` (an institution, a return …),
    ``department_name`` or ``user_id``. A scope that the target cannot answer is refused.
    """
    scope = scope_of(user, action)
    if scope is None or target is None:
        return scope is not None
    if scope == Scope.ALL:
        return True
    attribute = {
        Scope.PREFECTURE: "prefecture_id",
        Scope.INSTITUTION: "institution_id",
        Scope.DEPARTMENT: "department_name",
        Scope.SELF: "user_id",
    }[scope]
    own = _own(user, scope)
    return bool(own) and getattr(target, attribute, None) == own


def _own(user: Any, scope: Scope) -> Any:
    """What of the user is compared in a scope; nothing where the account has no such place."""
    return {
        Scope.PREFECTURE: user.prefecture_id,
        Scope.INSTITUTION: user.institution_id,
        Scope.DEPARTMENT: user.department,
        Scope.SELF: user.pk,
    }[scope]


def require(user: Any, action: str, target: Any = None) -> None:
    """Raise PermissionRefused unless ``user`` may do ``action`` (to ``target``)."""
    if not may(user, action, target):
        raise PermissionRefused()


def scope_filter(
    user: Any,
    action: str,
    *,
    institution: str = "institution_id",
    prefecture: str = "prefecture_id",
    department: str = "",
    owner: str = "user_id",
) -> Q:
    """Return the condition that narrows a queryset to what ``user`` may reach by ``action``.

    The keyword arguments name the columns by which scope is judged on that model; without
    one of ``department`` nothing is a department's own.
    """
    scope = scope_of(user, action)
    if scope == Scope.ALL:
        return Q()
    columns = {
        Scope.PREFECTURE: prefecture,
        Scope.INSTITUTION: institution,
        Scope.DEPARTMENT: department,
        Scope.SELF: owner,
    }
    if scope is None or not columns[scope] or not _own(user, scope):
        return Q(pk__in=[])
    return Q(**{columns[scope]: _own(user, scope)})


def requires(**actions: str) -> Callable[[Callable], Callable]:
    """Declare a page's action per HTTP method: ``@requires(get="…", post="…")``.

    HEAD and OPTIONS follow GET. A method without a declaration is refused by the middleware.
    """
    declared = {method.upper(): action for method, action in actions.items()}
    for action in declared.values():
        if action != PUBLIC and action not in GRANTS:
            raise KeyError(action)
    if "GET" in declared:
        declared.setdefault("HEAD", declared["GET"])
        declared.setdefault("OPTIONS", declared["GET"])

    def mark(view: Callable) -> Callable:
        view.permissions = declared
        return view

    return mark
