"""Tokens for machines: issued once, kept as a digest, bounded in time, place and scope."""

import datetime
import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core.errors import DomainError, StateConflict
from core.models import ApiToken
from core.operations.journal import record as journal
from core.operations.token_use import LEDGER
from core.permissions import may, require
from core.queries.token_use import what_it_read
from core.scopes import all_scopes
from core.text import Text

PREFIX_LENGTH, MAX_DAYS = 8, 366
MAX_OVERLAP = datetime.timedelta(days=14)
LIMITS = ("rate_per_minute", "bulk_per_day", "bulk_rows_per_day")
ANSWERED = 500  # lines of what a token read that one journal entry holds


@transaction.atomic
def issue_token(
    *,
    actor: Any,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime.datetime,
    networks: str = "",
    user: Any = None,
    limits: dict[str, int | None] | None = None,
    now: datetime.datetime,
) -> tuple[ApiToken, str]:
    """Make a token for ``user``, the actor if unset; return it with the raw text.

    The text is shown this once. For somebody else, and with ``limits`` (by the names in
    ``LIMITS``) that differ from the settings', only an administrator issues. Raises
    PermissionRefused, and DomainError "bad-token" for an expiry beyond a year, a network that
    is none, no scope or an unknown one.
    """
    owner = user or actor
    require(actor, "token.manage")
    if owner != actor or limits:
        require(actor, "token.administer")
    chosen = [each for each in all_scopes() if each in set(scopes)]
    _ask_sound(expires_at, networks, set(scopes), now)
    prefix = secrets.token_hex(PREFIX_LENGTH // 2)
    raw = _raw(prefix)
    token = ApiToken.objects.create(
        user=owner,
        name=name.strip()[:60] or "API",
        prefix=prefix,
        digest=digest(raw),
        scopes=chosen,
        networks=networks.replace(" ", ""),
        created_at=now,
        issued_by=actor,
        expires_at=expires_at,
        **(limits or {}),
    )
    detail = {
        "name": token.name,
        "user": owner.username,
        "scopes": chosen,
        "networks": token.networks,
        "expires_at": expires_at,
    }
    journal(actor=actor, action="token.issued", target=token, now=now, detail=detail)
    return token, raw


def _raw(prefix: str) -> str:
    return f"{prefix}.{secrets.token_urlsafe(32)}"


def _ask_sound(
    expires_at: datetime.datetime, networks: str, scopes: set[str], now: datetime.datetime
) -> None:
    fields = {}
    if not now < expires_at <= now + datetime.timedelta(days=MAX_DAYS):
        fields["expires_at"] = Text("到期日须在一年之内", "must expire within a year")
    for network in filter(None, networks.replace(" ", "").split(",")):
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            fields["networks"] = Text(f"“{network}”不是网段", f"“{network}” is no network")
    unknown = sorted(scopes - set(all_scopes()))
    if unknown:
        names = ", ".join(unknown)
        fields["scopes"] = Text(f"没有这些权限范围：{names}", f"no such scopes: {names}")
    elif not scopes:
        fields["scopes"] = Text("请至少选一项权限范围", "choose at least one scope")
    if fields:
        raise DomainError(
            "bad-token",
            Text("令牌未签发，请改正。", "The token was not issued; mend the fields."),
            fields=fields,
        )


def may_handle(actor: Any, token: ApiToken) -> bool:
    """Whether ``actor`` may see, rotate and revoke this token: its person, or who administers."""
    return may(actor, "token.manage", token) or may(actor, "token.administer")


def _require_handling(actor: Any, token: ApiToken) -> None:
    if not may_handle(actor, token):
        require(actor, "token.administer")


@transaction.atomic
def rotate_token(
    *, actor: Any, token: ApiToken, overlap: datetime.timedelta, now: datetime.datetime
) -> tuple[ApiToken, str]:
    """Give a token another text; the one before is taken for the ``overlap``.

    Raises PermissionRefused, StateConflict "token-ended", DomainError "bad-overlap".
    """
    _require_handling(actor, token)
    token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if not token.is_live(now):
        raise StateConflict(
            "token-ended",
            Text("令牌已吊销或到期，请签发新的。", "The token has ended; issue another one."),
        )
    if not datetime.timedelta(0) <= overlap <= MAX_OVERLAP:
        days = MAX_OVERLAP.days
        raise DomainError(
            "bad-overlap",
            Text(f"新旧令牌并用期为 0 至 {days} 天。", f"The overlap is 0 to {days} days."),
            fields={"overlap": Text(f"0 至 {days} 天", f"0 to {days} days")},
        )
    raw = _raw(token.prefix)
    token.previous_digest, token.previous_until = token.digest, now + overlap
    token.digest = digest(raw)
    token.save()
    detail = {"name": token.name, "previous_until": token.previous_until}
    journal(actor=actor, action="token.rotated", target=token, now=now, detail=detail)
    return token, raw


def revoke_token(
    *, actor: Any, token: ApiToken, leaked: bool = False, now: datetime.datetime
) -> ApiToken:
    """End a token at once, with the text before it; the journal says what it read.

    Uses that other processes have counted but not written yet follow as ``token.counted``.
    """
    _require_handling(actor, token)
    LEDGER.flush()
    with transaction.atomic():
        token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
        if token.revoked_at is None:
            token.revoked_at = now
            token.save()
            detail = _what_it_did(token) | {"leaked": leaked}
            journal(actor=actor, action="token.revoked", target=token, now=now, detail=detail)
    return token


def _what_it_did(token: ApiToken) -> dict[str, Any]:
    read = what_it_read(token)
    return {
        "name": token.name,
        "prefix": token.prefix,
        "requests": sum(each["requests"] for each in read),
        "rows": sum(each["rows"] for each in read),
        "read": read[:ANSWERED],
    }


def authenticate_token(raw: str, *, address: str, now: datetime.datetime) -> ApiToken | None:
    """Return the live token that ``raw`` is, used from where it may be; None otherwise."""
    prefix = raw.partition(".")[0]
    token = ApiToken.objects.select_related("user").filter(prefix=prefix[:12]).first()
    if token is None or not _is_text_of(token, raw, now):
        return None
    if token.is_live(now) and token.user.is_active and _inside(token, address):
        return token
    LEDGER.note(token=token.pk, address=address, method="", resource="", now=now, refused=1)
    return None


def _is_text_of(token: ApiToken, raw: str, now: datetime.datetime) -> bool:
    found = digest(raw)
    if hmac.compare_digest(token.digest, found):
        return True
    before = token.previous_until is not None and now < token.previous_until
    return before and hmac.compare_digest(token.previous_digest, found)


def digest(raw: str) -> str:
    """The SHA-256 of a token. Its 256 random bits need no slow hash."""
    return hashlib.sha256(raw.encode()).hexdigest()


def _inside(token: ApiToken, address: str) -> bool:
    if not token.networks:
        return True
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return False
    networks = (ipaddress.ip_network(n, strict=False) for n in token.networks.split(","))
    return any(place in network for network in networks)
