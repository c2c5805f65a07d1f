"""Pages of a workbook import: upload, dry run, confirmation, template."""

import io

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.forms.imports import ImportForm
from core.lists.page import XLSX_TYPE
from core.models import SourceDocument
from core.models.documents import Channel
from core.naming import named
from core.operations.documents import keep_document
from core.operations.imports import INSTITUTIONS, LIMITS, ImportKind, run_import
from core.permissions import requires
from core.spreadsheets import FileProblem
from core.tabular import Column, Sheet, write_xlsx
from core.text import Text
from core.views.shared import saved

NEEDED = {"get": "institution.import", "post": "institution.import"}


def upload_page(
    request: HttpRequest, kind: ImportKind, *, check: str, template: str, back: str
) -> HttpResponse:
    """Take the file, keep it, and show its dry run. The names are URL names."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if 0 < file.size <= LIMITS.max_bytes:
            document = keep_document(
                file.read(),
                filename=file.name,
                content_type=file.content_type or "",
                channel=Channel.REGISTRY,
                institution=None,
                actor=request.user,
                now=timezone.now(),
            )
            return redirect(check, pk=document.pk)
        limit = LIMITS.max_bytes // 2**20
        form.add_error("file", _("文件为空或超过 %(limit)s MB。") % {"limit": limit})
    context = {
        "title": kind.title,
        "form": form,
        "cancel_url": reverse(back),
        "template_url": reverse(template),
    }
    status = 422 if form.errors else 200
    return render(request, "core/import.html", context, status=status)


def check_page(
    request: HttpRequest, kind: ImportKind, pk: int, *, upload: str, back: str
) -> HttpResponse:
    """Show what the kept file would do; on POST do it, if it is still the same."""
    document = SourceDocument.objects.filter(
        pk=pk, received_from=request.user, channel=Channel.REGISTRY, institution=None
    ).first()
    if document is None:
        raise NotFound(Text("这个导入文件", "file to import"))
    context = {"title": kind.title, "document": document, "cancel_url": reverse(upload)}
    try:
        if request.method == "POST":
            try:
                done = run_import(
                    kind,
                    document=document,
                    actor=request.user,
                    now=timezone.now(),
                    expected=request.POST.get("fingerprint", ""),
                )
                counts = {"new": done.number("new"), "changed": done.number("changed")}
                message = _("已导入：新增 %(new)d，修改 %(changed)d。") % counts
                return saved(request, reverse(back), message)
            except DomainError as error:
                context["refusal"] = str(error)
        context["outcome"] = run_import(
            kind, document=document, actor=request.user, now=timezone.now()
        )
    except FileProblem as problem:
        language = get_language() or "zh-hans"
        words = (problem.message.in_language(language), problem.cure.in_language(language))
        context["refusal"] = "".join(words)
    except DomainError as error:
        context["refusal"] = str(error)
    status = 422 if "refusal" in context else 200
    return render(request, "core/import_check.html", _counted(context), status=status)


def _counted(context: dict) -> dict:
    if outcome := context.get("outcome"):
        context["counts"] = [
            (pgettext("rows of a file", "新增"), outcome.number("new"), "good"),
            (_("修改"), outcome.number("changed"), "info"),
            (_("不变"), outcome.number("unchanged"), "plain"),
            (_("错误"), outcome.number("error"), "bad"),
        ]
        words = {
            "new": pgettext("rows of a file", "新增"),
            "changed": _("修改"),
            "unchanged": _("不变"),
            "error": _("错误"),
        }
        tones = {"new": "good", "changed": "info", "unchanged": "plain", "error": "bad"}
        context["rows"] = [
            {"row": row, "word": words[row.outcome], "tone": tones[row.outcome]}
            for row in outcome.rows
        ]
        context["something"] = outcome.number("new") + outcome.number("changed")
    return context


def template_file(kind: ImportKind) -> FileResponse:
    """An empty workbook with the headings of an import and one example row."""
    language = get_language() or "zh-hans"
    columns = [Column(c.key, c.label, "text", width=20) for c in kind.columns]
    example = tuple(named(column.example, language) for column in kind.columns)
    file = io.BytesIO()
    write_xlsx(file, [Sheet(kind.title.in_language(language), columns, [example])], language)
    file.seek(0)
    name = f"{kind.key}-template.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)


@requires(**NEEDED)
def upload(request: HttpRequest) -> HttpResponse:
    return upload_page(
        request,
        INSTITUTIONS,
        check="core:institution-import-check",
        template="core:institution-import-template",
        back="core:institutions",
    )


@requires(**NEEDED)
def dry_run(request: HttpRequest, pk: int) -> HttpResponse:
    return check_page(
        request, INSTITUTIONS, pk, upload="core:institution-import", back="core:institutions"
    )


@requires(get="institution.import")
def template(request: HttpRequest) -> FileResponse:
    return template_file(INSTITUTIONS)
