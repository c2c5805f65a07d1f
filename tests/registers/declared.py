"""A register declared for the tests: licences, with a rule and a remark of its own."""

import django_filters

from core.filters import StrictFilterSet, search_lookups
from core.models import Licence
from core.registers import Expiry, Register
from core.text import Text


class LicenceFilter(StrictFilterSet):
    search_fields = ("number__icontains", *search_lookups(prefix="institution__"))
    institution = django_filters.CharFilter(field_name="institution__code")

    class Meta:
        model = Licence
        fields: list[str] = []


def check(licence):
    if licence.valid_until and licence.valid_until.year - licence.issued_on.year > 10:
        return {"valid_until": Text("有效期不超过十年。", "At most ten years.")}
    return {}


LICENCES = Register(
    key="try-licences",
    app="tried",
    title=Text("试用证照", "Tried licences"),
    one=Text("试用证照", "tried licence"),
    model=Licence,
    fields=("institution", "kind", "number", "scope", "issued_by", "issued_on", "valid_until"),
    columns=("code", "institution", "institution.prefecture", "kind", "number", "issued_on",
             "valid_until", "?scope"),
    default_sort="-issued_on",
    filterset=LicenceFilter,
    check=check,
    parents=("institution",),
    expiry=Expiry("valid_until", Text("证照到期", "Licence expires"), "issued_on",
                  ("institution", "kind")),
)  # fmt: skip
