"""The forms that institutions file: a plain dictionary, code → declaration."""

from returns.forms import guarantee, microloan, sme_loans
from returns.forms.declaration import Form

FORMS: dict[str, Form] = {
    form.code: form
    for form in (
        sme_loans.FORM,
        microloan.FORM,
        guarantee.MONTHLY_FORM,
        guarantee.HALF_YEAR_FORM,
    )
}


def form(code: str) -> Form:
    """Return the form called ``code``; KeyError if there is none."""
    return FORMS[code]
