"""Where each problem may come: by what an operation is, or by its address.

A place is ``METHODS pattern`` of the address below /api/v1 (``*`` stands for anything), or a
kind of operation: ``@any``; ``@key``, an address with a key; ``@list``; ``@bulk``, a list in bulk
formats; ``@write``; ``@if-match``; ``@idempotent``; ``@report``; ``@register``, entries that are
kept; ``@ending``, something of it is deprecated. A kind may be narrowed: ``@register POST``. The
tests' callers hold every answer against it (``tests/calling.py``).
"""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from api.contract.promises import PREFIX
from api.problem_list import PROBLEMS
from core.registers.catalogue import DETAILS, REGISTERS

CASES = "POST /green-channel-cases/*"
AWARDS = "POST,PATCH /incentive-awards/*"
PAYMENTS = "POST,PATCH /*-payments/*"
PROGRAMMES = "POST,PATCH /support-*"
NOTES = "POST,PATCH /collective-notes/*"
PLACES: Mapping[str, tuple[str, ...]] = {
    "not-authenticated": ("@any",),
    "invalid-token": ("@any",),
    "read-only-token": ("@write",),
    "scope-missing": ("@any",),
    "permission-refused": ("@any",),
    "throttled": ("@any",),
    "internal-error": ("@any",),
    "retired": ("@ending",),
    "unknown-parameter": ("@any",),
    "not-found": ("@key", "@write", "@report"),
    "bad-filter": ("@list", "@key GET", "GET /changes/", "GET /dictionary/"),
    "bad-cursor": ("@list", "GET /changes/"),
    "bad-page-size": ("@list", "GET /changes/", "GET /webhooks/*/deliveries/"),
    "unknown-format": ("@list", "@report", "GET /changes/", "GET /dictionary/"),
    "bulk-quota-spent": ("@bulk", "GET /changes/"),
    "cursor-gone": ("GET /changes/",),
    "range-beyond-end": ("GET /snapshots/*/files/*",),
    "invalid-parameters": ("@report", "POST /published-reports/"),
    "malformed-json": ("@write",),
    "parse-error": ("@write",),
    "too-large": ("@write",),
    "unsupported-media-type": ("@write",),
    "invalid-body": ("@write",),
    "edit-conflict": ("@if-match",),
    "if-match-required": ("@if-match",),
    "bad-if-match": ("@if-match",),
    "bad-idempotency-key": ("@idempotent",),
    "idempotency-key-reused": ("@idempotent",),
    "idempotency-in-progress": ("@idempotent",),
    # what the house's own rules refuse
    "invalid-record": ("@register POST,PATCH", "POST,PATCH /institutions/*", "POST */convert/",
                       CASES),
    "doubtful-identifier": ("@register POST,PATCH", "POST,PATCH /institutions/*"),
    "doubtful-document-number": ("@register POST,PATCH", "POST /approvals/", CASES),
    "entry-void": ("@register POST,PATCH", CASES),
    "entry-fixed": ("@register PATCH",),
    "reason-needed": ("POST */void/", "POST /returns/*/return/"),
    "invalid-fact": ("POST /approvals/*", "POST */convert/"),
    "fact-already-void": ("POST /approvals/*",),
    "fact-already-filed": ("POST /approvals/*",),
    "fact-not-filed": ("POST /approvals/*",),
    "not-in-business": ("POST */convert/",),
    "green-channel-state": ("POST /green-channel-*",),
    "not-eligible": (AWARDS,),
    "base-needed": (AWARDS,),
    "more-than-entitled": (AWARDS,),
    "budget-overrun": (AWARDS, PAYMENTS, PROGRAMMES),
    "overpaid": (AWARDS, PAYMENTS),
    "paid-before-decision": (AWARDS, PAYMENTS),
    "policy-has-awards": ("POST /incentive-policies/*/void/",),
    "note-sums-unequal": (NOTES,),
    "note-issuer-twice": (NOTES,),
    "note-life-contradicts": (NOTES, "POST,PATCH /note-events/*"),
    "contributions-contradict": ("POST,PATCH /contributions/*",),
    "fund-overdrawn": ("POST,PATCH /fund-entries/*", "POST,PATCH /guarantee-funds/*"),
    "recovered-too-much": ("POST,PATCH /case-movements/*", "POST,PATCH /compensation-cases/*",
                           "POST,PATCH /pilot-figures/*"),
    "report-exists": ("POST /progress-reports/", "POST /consolidated-reports/"),
    "report-not-open": ("POST,PATCH /progress-reports/*",),
    "report-empty": ("POST /progress-reports/*/submit/",),
    "reason-required": ("POST /progress-reports/*/return/",),
    "already-approved": ("POST,PATCH /consolidated-reports/*",),
    "own-text": ("POST /consolidated-reports/*/approve/",),
    "not-approved": ("POST /published-reports/",),
    "figures-moved": ("POST /published-reports/",),
    "published-at-once": ("POST /published-reports/",),
    "bad-bulk-file": ("POST /bulk-submissions/",),
    "no-form": ("POST /bulk-submissions/", "POST /returns/"),
    "no-period": ("POST /bulk-submissions/", "POST /returns/"),
    "bulk-at-work": ("POST /bulk-submissions/*",),
    "bulk-complete": ("POST /bulk-submissions/*",),
    "return-has-errors": ("POST /returns/",),
    "no-obligation": ("POST /returns/",),
    "period-closed": ("POST /returns/*",),
    "period-not-open": ("POST /returns/*",),
    "no-open-draft": ("POST /returns/*",),
    "wrong-state": ("POST /returns/*",),
    "bad-explanation": ("POST /returns/*/explanations/",),
    "nothing-to-sign": ("POST /returns/*/sign/",),
    "errors-left": ("POST /returns/*/sign/",),
    "warnings-unexplained": ("POST /returns/*/sign/",),
    "revision-open": ("POST /returns/*/revisions/",),
    "not-the-latest": ("POST /returns/*/revisions/",),
    "simultaneous-submission": ("POST /returns/*",),
    "bad-webhook": ("POST,PATCH /webhooks/*",),
    "webhook-ended": ("POST,PATCH,DELETE /webhooks/*",),
    "delivery-waiting": ("POST /webhooks/*/redeliver/",),
}  # fmt: skip
ELSEWHERE = ("method-not-allowed",)  # of what is no operation
BESIDE = {"edit-conflict": 409}  # where the version was named in the body, not by If-Match


def kinds_of(method: str, path: str, operation: Mapping[str, Any]) -> set[str]:
    """What an operation is; ``path`` stands below /api/v1."""
    names = {each["name"] for each in operation.get("parameters", ())}
    resource = path.split("/")[1]
    held = {
        "@any": True,
        "@key": "{" in path,
        "@list": "cursor" in names,
        "@bulk": {"cursor", "format"} <= names,
        "@write": method in ("POST", "PATCH", "PUT", "DELETE"),
        "@if-match": "If-Match" in names,
        "@idempotent": "Idempotency-Key" in names,
        "@report": resource == "reports",
        "@register": resource in REGISTERS or resource in DETAILS,
        "@ending": bool(operation.get("deprecated"))
        or any(each.get("deprecated") for each in operation.get("parameters", ())),
    }
    return {kind for kind, holds in held.items() if holds}


def problems_of(method: str, path: str, operation: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The problems (status, code) that an operation may answer."""
    kinds = kinds_of(method, path, operation)
    for code, status, _meaning in PROBLEMS:
        if any(_at(place, method, path, kinds) for place in PLACES.get(code, ())):
            yield status, code
            if code in BESIDE:
                yield BESIDE[code], code


def _at(place: str, method: str, path: str, kinds: set[str]) -> bool:
    if place.startswith("@"):
        kind, _, methods = place.partition(" ")
        return kind in kinds and (not methods or method in methods.split(","))
    methods, _, pattern = place.partition(" ")
    return method in methods.split(",") and fnmatchcase(path, pattern)


def below(path: str) -> str:
    """An address below /api/v1."""
    return path.removeprefix(PREFIX)
