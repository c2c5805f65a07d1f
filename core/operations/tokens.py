"""Tokens for machines: issued once, kept as a digest, bounded in time and place."""

import datetime
import hashlib
import hmac
import ipaddress
import secrets
from typing import Any

from django.db import transaction

from core.errors import DomainError
from core.models import ApiToken
from core.operations.journal import record as journal
from core.permissions import require
from core.text import Text

PREFIX_LENGTH, MAX_DAYS = 8, 366
USE_NOTED_EVERY = datetime.timedelta(minutes=5)


@transaction.atomic
def issue_token(
    *,
    actor: Any,
    name: str,
    can_write: bool,
    expires_at: datetime.datetime,
    networks: str = "",
    now: datetime.datetime,
) -> tuple[ApiToken, str]:
    """Make a token for ``actor``; return it with the raw text, which is shown this once.

    Raises DomainError for an expiry beyond a year or a network that is none.
    """
    require(actor, "token.manage")
    _ask_sound(expires_at, networks, now)
    prefix = secrets.token_hex(PREFIX_LENGTH // 2)
    raw = f"{prefix}.{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=actor,
        name=name.strip()[:60] or "API",
        prefix=prefix,
        digest=digest(raw),
        can_write=can_write,
        networks=networks.replace(" ", ""),
        created_at=now,
        expires_at=expires_at,
    )
    detail = {"name": token.name, "can_write": can_write, "expires_at": expires_at}
    journal(actor=actor, action="token.issued", target=token, now=now, detail=detail)
    return token, raw


def _ask_sound(expires_at: datetime.datetime, networks: str, now: datetime.datetime) -> None:
    fields = {}
    if not now < expires_at <= now + datetime.timedelta(days=MAX_DAYS):
        fields["expires_at"] = Text("到期日须在一年之内", "must expire within a year")
    for network in filter(None, networks.replace(" ", "").split(",")):
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            fields["networks"] = Text(f"“{network}”不是网段", f"“{network}” is no network")
    if fields:
        raise DomainError(
            "bad-token",
            Text("令牌未签发，请改正。", "The token was not issued; mend the fields."),
            fields=fields,
        )


@transaction.atomic
def revoke_token(*, actor: Any, token: ApiToken, now: datetime.datetime) -> ApiToken:
    """End a token at once."""
    require(actor, "token.manage", token)
    if token.revoked_at is None:
        token.revoked_at = now
        token.save()
        detail = {"name": token.name}
        journal(actor=actor, action="token.revoked", target=token, now=now, detail=detail)
    return token


def authenticate_token(raw: str, *, address: str, now: datetime.datetime) -> ApiToken | None:
    """Return the live token that ``raw`` is, used from where it may be; None otherwise."""
    prefix = raw.partition(".")[0]
    token = ApiToken.objects.select_related("user").filter(prefix=prefix[:12]).first()
    if token is None or not hmac.compare_digest(token.digest, digest(raw)):
        return None
    if not token.is_live(now) or not token.user.is_active or not _inside(token, address):
        return None
    if token.last_used_at is None or now - token.last_used_at > USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


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
