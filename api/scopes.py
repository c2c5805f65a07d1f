"""Which scope of a token opens which address: the one table, read by the door and the tests."""

from functools import cache

from core.registers.catalogue import DETAILS, REGISTERS
from core.scopes import CHANGES, all_scopes, read_scope

SAFE = ("GET", "HEAD", "OPTIONS")
ANY_TOKEN = ""  # what every token may ask: about itself

# Resources that no register declares, by the app whose scope reads them.
_READ = {
    "core": """prefectures counties institutions banks approvals rules delegation-findings
        dictionary""",
    "finance": "village-banks",
    "returns": "forms periods obligations returns bulk-submissions",
    "reports": "loan-figures reports published-reports",
}
_CHANGES = ("changes", "snapshots", "exports")
_SUBMIT = (
    "returns",
    *(f"returns-{act}" for act in ("explanations", "sign", "withdraw", "revisions")),
)


@cache
def _readers() -> dict[str, str]:
    found = {name: read_scope(app) for app, names in _READ.items() for name in names.split()}
    for key, register in {**REGISTERS, **DETAILS}.items():
        found[key] = read_scope(register.model._meta.app_label)
    return found | dict.fromkeys(_CHANGES, CHANGES)


def scopes_needed(resource: str, route: str, method: str) -> tuple[str, ...]:
    """The scopes that a token needs for a method of a route; none for what any token may.

    ``resource`` is the first part of the address, ``route`` its name. A route that nobody
    thought of needs every scope there is.
    """
    if resource == "token":
        return ()
    if resource == "webhooks":
        return ("webhook",)
    if method in SAFE or resource in _CHANGES:
        found = _readers().get(resource)
        return tuple(all_scopes()) if found is None else (found,)
    if resource == "bulk-submissions":
        return ("submit:many",)
    return ("submit",) if route in _SUBMIT else ("write",)


def is_declared(resource: str) -> bool:
    """Whether somebody thought of this resource."""
    return resource in ("token", "webhooks") or resource in _readers()
