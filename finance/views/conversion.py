"""The act that turns a microloan company into a village bank."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.forms.base import show_refusal
from core.permissions import requires
from core.text import Text
from core.views.shared import editable_institution, form_page, saved
from finance.forms import ConversionForm
from finance.models import MicroloanCompany
from finance.operations.microloan_companies import convert_into_village_bank


@requires(get="institution.edit", post="institution.edit")
def convert(request: HttpRequest, code: str) -> HttpResponse:
    """Ask which bank, when and by which document; doubts are confirmed on the same form."""
    institution = editable_institution(request, code)
    company = MicroloanCompany.objects.filter(pk=institution.pk).first()
    if company is None:
        raise NotFound(Text("这家小额贷款公司", "microloan company"))
    back = reverse("finance:microloan-companies-record", args=[code])
    form = ConversionForm(request.POST or None, company=company, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            convert_into_village_bank(company, actor=request.user, now=timezone.now(), **form.act())
            return saved(request, back, _("已登记改制为村镇银行。"))
        except DomainError as error:
            show_refusal(form, error)
    return form_page(
        request,
        _("改制为村镇银行：%s") % institution.name,
        form,
        back,
        intro=_("公司自改制日起退出，并与所选村镇银行相连；此前的报表和记录不变。"),
        submit=_("登记改制"),
    )
