"""Files kept with institutions: adding and handing back."""

from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.forms.base import show_refusal
from core.forms.institutions import FileForm
from core.models import Attachment, Institution, SourceDocument
from core.operations.attachments import PLAIN_TYPE, attach_file
from core.permissions import requires, scope_filter
from core.text import Text
from core.views.shared import editable_institution, form_page, saved


@requires(get="institution.view")
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was sent, to those who see its institution; never shown in place."""
    seen = Institution.objects.visible_to(request.user).values("pk")
    found = Attachment.objects.select_related("document").filter(pk=pk, institution__in=seen)
    attachment = found.first()
    if attachment is None:
        raise NotFound(Text("这个文件", "file"))
    return _handed_back(attachment.document)


@requires(get="institution.edit", post="institution.edit")
def add(request: HttpRequest, code: str) -> HttpResponse:
    institution = editable_institution(request, code)
    back = reverse("core:institution", args=[code])
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            attach_file(
                institution=institution,
                data=file.read(),
                filename=file.name,
                title=form.cleaned_data["title"],
                actor=request.user,
                now=timezone.now(),
            )
            return saved(request, f"{back}#files", _("文件已保存。"))
        except DomainError as error:
            show_refusal(form, error)
    return form_page(request, _("添加文件：%s") % institution.name, form, back, multipart=True)


@requires(get="figure.view")
def document(request: HttpRequest, pk: int) -> FileResponse:
    """A source document as received: the file behind a figure, to those who see the figure."""
    scope = scope_filter(request.user, "figure.view", prefecture="institution__prefecture_id")
    found = SourceDocument.objects.filter(scope, pk=pk).first()
    if found is None:
        raise NotFound(Text("这个文件", "file"))
    return _handed_back(found)


def _handed_back(document: SourceDocument) -> FileResponse:
    """Always a download of no particular type: nothing that was sent runs in a browser."""
    return FileResponse(
        BytesIO(document.read()),
        as_attachment=True,
        filename=document.filename,
        content_type=PLAIN_TYPE,
    )
