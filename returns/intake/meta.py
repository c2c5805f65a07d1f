"""The workbook's hidden mark: which form, version, institution and period it was made for."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac

from core.spreadsheets.reader import Sheet
from returns.checking.context import Context
from returns.forms import structure_checks as checks
from returns.forms.declaration import Form
from returns.intake.finder import Finder

META_SHEET = "_meta"
FIELDS = ("form", "version", "institution", "period", "issued_at")


def marks(*, form: Form, institution: str, period: str, issued_at: datetime) -> dict[str, str]:
    """Return what the hidden sheet holds, with a keyed digest over it."""
    found = {
        "form": form.code,
        "version": form.version,
        "institution": institution,
        "period": period,
        "issued_at": issued_at.isoformat(timespec="seconds"),
    }
    return found | {"digest": digest(found)}


def digest(found: Mapping[str, str]) -> str:
    """Return the keyed digest that shows whether the mark was altered."""
    text = "\n".join(found.get(name, "") for name in FIELDS)
    return salted_hmac("returns.workbook", text, algorithm="sha256").hexdigest()


def read_marks(sheet: Sheet | None) -> dict[str, str]:
    """Return the mark of an uploaded workbook; empty if it has none."""
    if sheet is None:
        return {}
    pairs = (row for row in sheet.rows if len(row) >= 2)
    return {str(row[0]).strip(): str(row[1]).strip() for row in pairs}


def check_marks(found: Mapping[str, str], context: Context, form: Form, finder: Finder) -> bool:
    """Compare a mark with what was expected; say whether this is the right form at all."""
    if found.get("form", form.code) != form.code:
        finder.add(checks.WRONG_FORM, value=found["form"], expected=form.code)
        return False
    for name, check, expected in (
        ("version", checks.WRONG_VERSION, form.version),
        ("institution", checks.WRONG_INSTITUTION, context.institution),
        ("period", checks.WRONG_PERIOD, context.period),
    ):
        value = str(found.get(name, expected))
        if value != expected:
            finder.add(check, value=value, expected=expected)
    return True


def check_digest(found: Mapping[str, str], finder: Finder) -> None:
    """Warn where a workbook has no mark, or one that was altered."""
    if not constant_time_compare(digest(found), found.get("digest", "")):
        finder.add(checks.EDITED_META)
