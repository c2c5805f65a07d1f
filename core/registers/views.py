"""Pages of a register: list, record, form, voiding, file, import."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound, StateConflict
from core.filters import as_of_day
from core.forms.institutions import VoidForm
from core.lists import list_page
from core.lists.page import XLSX_TYPE
from core.models.documents import Channel
from core.operations.attachments import PLAIN_TYPE
from core.operations.documents import keep_document
from core.permissions import may, require, requires
from core.queries.history import history_of
from core.registers.declaration import Register
from core.registers.forms import form_class, part_formset
from core.registers.imports import import_kind, rows_to_edit
from core.registers.panels import fields_shown, panels_of, part_panel
from core.registers.saving import FIXED, save_entry, void_entry
from core.registers.tables import list_definition
from core.registers.uploads import UploadForm
from core.tabular import Column, Sheet, write_xlsx
from core.views.imports import check_page, template_file, upload_page
from core.views.shared import saved

View = Callable[..., HttpResponse]


def visible_entry(register: Register, request: HttpRequest, code: str) -> Any:
    """The entry, if this visitor may see it; otherwise as if it were not there."""
    day = as_of_day(request.GET, timezone.localdate())
    found = register.visible(user=request.user, as_of=day).filter(code=code).first()
    if found is None:
        raise NotFound(register.one)
    return found


def list_view(register: Register) -> View:
    @requires(get=register.model.VIEW)
    def index(request: HttpRequest) -> HttpResponse:
        return list_page(request, list_definition(register), template="registers/list.html",
                         extra={"data_url": _data_url(register, request)})  # fmt: skip

    return index


def _data_url(register: Any, request: HttpRequest) -> str:
    return reverse(register.url_name("data")) if may(request.user, register.import_action) else ""


def record_view(register: Register) -> View:
    @requires(get=register.model.VIEW)
    def record(request: HttpRequest, code: str) -> HttpResponse:
        entry = visible_entry(register, request, code)
        day = as_of_day(request.GET, timezone.localdate())
        panels = [part_panel(part, entry) for part in register.parts]
        if register.panels is not None:
            panels += register.panels(entry, user=request.user, as_of=day)
        panels += panels_of(entry, user=request.user, as_of=day)
        own = [{"label": label, "text": text} for label, text in entry.facts_shown()]
        context = {
            "title": str(entry),
            "register": register,
            "entry": entry,
            "as_of": day,
            "facts": [
                {"label": _("编号"), "text": entry.code},
                *fields_shown(register, entry),
                *own,
            ],
            "panels": panels,
            "remarks": register.remarks(entry, day) if register.remarks else (),
            "history": history_of(entry),
            "actions": register.actions(entry, user=request.user) if register.actions else (),
            "editable": entry.voided_at is None and may(request.user, register.model.EDIT, entry),
            "voidable": entry.voided_at is None
            and may(request.user, register.model.void_action(), entry),
            "fixed": register.fixed,
            "list_url": reverse(register.url_name()),
            "edit_url": reverse(register.url_name("edit"), args=[code]),
            "void_url": reverse(register.url_name("void"), args=[code]),
            "file_url": reverse(register.url_name("file"), args=[code]),
        }
        return render(request, "registers/record.html", context)

    return record


def create_view(register: Register) -> View:
    @requires(get=register.model.EDIT, post=register.model.EDIT)
    def create(request: HttpRequest) -> HttpResponse:
        title = _("新增：%s") % register.one.in_language(get_language() or "")
        given = {name: request.GET[name] for name in register.filled if name in request.GET}
        back = reverse(register.url_name())
        return _edit(register, request, register.model(), title, back, initial=given)

    return create


def edit_view(register: Register) -> View:
    @requires(get=register.model.EDIT, post=register.model.EDIT)
    def edit(request: HttpRequest, code: str) -> HttpResponse:
        entry = visible_entry(register, request, code)
        require(request.user, register.model.EDIT, entry)
        if register.fixed:
            raise StateConflict("entry-fixed", FIXED)
        back = reverse(register.url_name("record"), args=[code])
        return _edit(register, request, entry, _("修改：%s") % entry, back)

    return edit


def _edit(
    register: Register,
    request: HttpRequest,
    entry: Any,
    title: str,
    back: str,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    posted = request.POST or None
    form = form_class(register)(
        posted, instance=entry, actor=request.user, register=register, initial=initial
    )
    upload = UploadForm(posted, request.FILES or None)
    formsets = [
        part_formset(part, actor=request.user, record=entry, data=posted) for part in register.parts
    ]
    sound = [each.is_valid() for each in (form, upload, *formsets)] if posted else [False]
    if request.method == "POST" and all(sound):
        entry = form.instance
        try:
            attach(entry, upload, request)
            save_entry(
                register,
                entry,
                actor=request.user,
                now=timezone.now(),
                parts=list(zip(register.parts, formsets, strict=True)),
                confirmed=form.cleaned_data.get("confirmed", False),
                **form.act(),
            )
            return saved(request, reverse(register.url_name("record"), args=[entry.code]))
        except DomainError as error:
            form.refused(error)
    context = {
        "title": title,
        "form": form,
        "upload": upload,
        "parts": [
            {"title": part.title, "formset": formset}
            for part, formset in zip(register.parts, formsets, strict=True)
        ],
        "aids": register.aids(entry) if register.aids and entry.pk else (),
        "cancel_url": back,
    }
    status = 422 if posted else 200
    return render(request, "registers/form.html", context, status=status)


def attach(entry: Any, upload: UploadForm, request: HttpRequest) -> None:
    """Keep the file that came with the form; the old one stays in the history."""
    file = upload.cleaned_data.get("upload")
    if not file:
        return
    entry.file = keep_document(
        file.read(),
        filename=file.name,
        content_type=PLAIN_TYPE,
        channel=Channel.REGISTRY,
        institution=getattr(entry, "institution", None),
        actor=request.user,
        now=timezone.now(),
    )


def void_view(register: Register) -> View:
    @requires(get=register.model.void_action(), post=register.model.void_action())
    def void(request: HttpRequest, code: str) -> HttpResponse:
        entry = visible_entry(register, request, code)
        require(request.user, register.model.void_action(), entry)
        back = reverse(register.url_name("record"), args=[code])
        form = VoidForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                void_entry(
                    register, code=code, actor=request.user, reason=reason, now=timezone.now()
                )
                return saved(request, back, _("记录已作废。"))
            except DomainError as error:
                form.add_error(None, str(error))
        context = {
            "title": _("作废记录"),
            "question": str(entry),
            "consequences": [_("记录不会删除，仍可查看；以后的清单、统计和报告不再计入。")],
            "form": form,
            "cancel_url": back,
            "submit": _("作废"),
            "danger": True,
        }
        status = 422 if form.errors else 200
        return render(request, "components/confirm.html", context, status=status)

    return void


def file_view(register: Register) -> View:
    @requires(get=register.model.VIEW)
    def file(request: HttpRequest, code: str) -> FileResponse:
        entry = visible_entry(register, request, code)
        if entry.file is None:
            raise NotFound(register.one)
        return FileResponse(
            BytesIO(entry.file.read()),
            as_attachment=True,
            filename=entry.file.filename,
            content_type=PLAIN_TYPE,
        )

    return file


def import_views(register: Any) -> dict[str, View]:
    """Upload, dry run, template, and the register as a workbook that the import takes back."""
    kind = import_kind(register)
    action = register.import_action

    @requires(get=action, post=action)
    def upload(request: HttpRequest) -> HttpResponse:
        return upload_page(
            request,
            kind,
            check=register.url_name("import-check"),
            template=register.url_name("import-template"),
            back=register.url_name(),
        )

    @requires(get=action, post=action)
    def dry_run(request: HttpRequest, pk: int) -> HttpResponse:
        upload_name = register.url_name("import")
        return check_page(request, kind, pk, upload=upload_name, back=register.url_name())

    @requires(get=action)
    def template(request: HttpRequest) -> FileResponse:
        return template_file(kind)

    @requires(get=action)
    def data(request: HttpRequest) -> FileResponse:
        language = get_language() or "zh-hans"
        columns = [Column(each.key, each.label, "text", width=20) for each in kind.columns]
        file = BytesIO()
        rows = rows_to_edit(register, actor=request.user)
        write_xlsx(file, [Sheet(kind.title.in_language(language), columns, rows)], language)
        file.seek(0)
        name = f"{kind.key}-{timezone.localdate():%Y%m%d}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)

    return {"upload": upload, "dry_run": dry_run, "template": template, "data": data}
