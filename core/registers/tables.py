"""A register's list, from its declaration."""

from collections.abc import Callable
from typing import Any

from django.db.models import ForeignKey
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.filters import StrictFilterSet, as_of_day
from core.lists import ListAction, ListColumn, ListDefinition
from core.models import Institution
from core.naming import here, label
from core.registers.declaration import Detail, Extra, Register
from core.registers.filtering import with_voided
from core.registers.values import field_at, is_year, kind_of, plain, sort_of, value_at


def list_definition(register: Register | Detail) -> ListDefinition:
    """The list of a register, for page and export."""

    def rows(request: Any) -> Any:
        day = as_of_day(request.GET, timezone.localdate())
        if isinstance(register, Detail):
            return register.rows(user=request.user, as_of=day)
        return register.visible(user=request.user, as_of=day)

    def url(row: Any) -> str:
        return reverse(register.url_name("record"), args=[code_of(row)])

    columns = [column(register.model, each) for each in register.columns]
    columns[0] = _linked(columns[0], url)
    columns += [_extra(each) for each in register.extras if each.in_list]
    edit = register.model.EDIT if isinstance(register, Register) else "institution.edit"
    return ListDefinition(
        key=register.key,
        title=register.title,
        rows=rows,
        filterset=filterset_of(register),
        default_sort=register.default_sort,
        record_url=url,
        intro=label(register.intro) if register.intro.zh else "",
        columns=tuple(columns),
        actions=(
            ListAction(
                _("导入"), reverse(register.url_name("import")), "upload", register.import_action
            ),
            ListAction(_("新增"), reverse(register.url_name("new")), permission=edit, primary=True),
        ),
    )


def filterset_of(register: Register | Detail) -> type[StrictFilterSet]:
    """The filters of a register's list, on page and API alike."""
    if isinstance(register, Detail):
        return register.filterset
    return with_voided(register.filterset)


def code_of(row: Any) -> str:
    """The code in a record's address: its own, or its institution's."""
    return row.code if hasattr(row, "code") else row.institution.code


def column(model: Any, wanted: str | ListColumn) -> ListColumn:
    """A column of the list from a path of fields."""
    if isinstance(wanted, ListColumn):
        return wanted
    default = not wanted.startswith("?")  # "?name": offered, but not shown at first
    path = wanted.lstrip("?")
    field = field_at(model, path)
    kind = "text" if is_year(field) else kind_of(field)
    link = None
    if isinstance(field, ForeignKey) and field.related_model is Institution:
        link = _institution_url(path)
    return ListColumn(
        key=path.rsplit(".", 1)[-1] if path.count(".") == 0 else path.replace(".", "_"),
        label=field.verbose_name,
        value=lambda row: plain(field, value_at(row, path)),
        kind="text" if kind == "bool" else kind,
        sort=""
        if kind == "text" and field.get_internal_type() == "TextField"
        else sort_of(model, path),
        url=link,
        default=default,
    )


def _institution_url(path: str) -> Callable[[Any], str | None]:
    def url(row: Any) -> str | None:
        found = value_at(row, path)
        return reverse("core:institution", args=[found.code]) if found else None

    return url


def _linked(first: ListColumn, url: Callable[[Any], str]) -> ListColumn:
    return ListColumn(first.key, first.label, first.value, first.kind, first.sort, first.shown, url)


def _extra(extra: Extra) -> ListColumn:
    source = extra.source or extra.name

    def value(row: Any) -> Any:
        found = value_at(row, source.replace("__", "."))
        if extra.labels is None or found is None:
            return found
        words = extra.labels.get(found, found)
        return here(words) if hasattr(words, "zh") else now_(str(words)) if words else ""

    def badge(row: Any) -> str:
        return extra.badge(value_at(row, source.replace("__", "."))) or "plain"

    return ListColumn(
        extra.name,
        label(extra.label),
        value,
        "text" if extra.kind == "bool" else extra.kind,
        sort=source,
        badge=badge if extra.badge else None,
    )
