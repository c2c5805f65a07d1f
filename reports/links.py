"""Addresses of what reports point at."""

from django.urls import NoReverseMatch, reverse

from core.models import Institution
from core.models.institutions import InstitutionKind
from core.registers.catalogue import detail_of


def address(name: str, *args: object) -> str:
    """Return the address of a page, or "" where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def institution_url(institution: Institution) -> str:
    """The record page of an institution."""
    if institution.kind == InstitutionKind.VILLAGE_BANK:
        return address("finance:village-bank", institution.code)
    detail = detail_of(institution.kind)
    if detail is not None:
        return address(detail.url_name("record"), institution.code)
    return address("core:institution", institution.code)


def attachment_url(attachment_id: int) -> str:
    """Where a file of an institution's record is downloaded."""
    return address("core:attachment", attachment_id)
