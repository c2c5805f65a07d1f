"""The interface asks the same table as the pages do."""

from typing import Any

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from core.permissions import PUBLIC, scope_of


class DeclaredPermission(BasePermission):
    """Each view declares ``permissions = {"GET": action, …}``; what is not there is refused."""

    def has_permission(self, request: Request, view: Any) -> bool:
        action = declared(view, request.method)
        if action is None and not hasattr(view, request.method.lower()):
            raise MethodNotAllowed(request.method)
        if action == PUBLIC:
            return True
        return action is not None and scope_of(request.user, action) is not None


def declared(view: Any, method: str) -> str | None:
    """The action that ``view`` needs for ``method``; HEAD and OPTIONS follow GET."""
    table = getattr(view, "permissions", {})
    return table.get(method) or (table.get("GET") if method in ("HEAD", "OPTIONS") else None)
