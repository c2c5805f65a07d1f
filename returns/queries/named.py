"""Looking things up by the names that a command line uses."""

from django.contrib.auth import get_user_model

from core.errors import NotFound
from core.models import Institution, Period, User
from core.text import Text


def actor_called(username: str) -> User:
    """Return the active account that acts. Raises NotFound."""
    found = get_user_model().objects.filter(username=username, is_active=True).first()
    if found is None:
        raise NotFound(Text(f"用户“{username}”", f"user “{username}”"))
    return found


def period_called(form: str, code: str) -> Period:
    """Return the monthly period ``YYYY-MM`` of a form. Raises NotFound."""
    year, _, month = code.partition("-")
    if year.isdigit() and month.isdigit():
        found = Period.objects.filter(
            form=form, kind="month", year=int(year), number=int(month)
        ).first()
        if found is not None:
            return found
    raise NotFound(Text(f"报告期“{code}”", f"period “{code}” (YYYY-MM)"))


def institution_coded(code: str) -> Institution:
    """Return the institution with a code. Raises NotFound."""
    found = Institution.objects.filter(code=code).first()
    if found is None:
        raise NotFound(Text(f"机构“{code}”", f"institution “{code}”"))
    return found


def preparer_of(institution: Institution) -> User:
    """Return the only active preparer of an institution. Raises NotFound if not just one."""
    found = list(
        get_user_model().objects.filter(institution=institution, role="preparer", is_active=True)
    )
    if len(found) != 1:
        raise NotFound(
            Text(
                f"{institution} 唯一的填报人", f"only preparer of {institution}: say who with --as"
            )
        )
    return found[0]
