"""A register's form: the same for the page, the workbook's rows and the API's bodies."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import ForeignKey
from django.forms.models import inlineformset_factory, model_to_dict
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.fields import ChoiceListField
from core.forms.base import RecordForm, accept_confirmation, use_days
from core.models import County, Institution, Prefecture
from core.models.entries import Entry, InstitutionEntry
from core.models.users import Role
from core.registers.declaration import Detail, Part, Register
from core.text import Text


class KeyField(forms.ModelChoiceField):
    """Points at one of very many entries: typed as its code, an identifier or its whole name.

    The model's ``KNOWN_BY`` names the fields, in the order in which they are tried.
    """

    widget = forms.TextInput

    @classmethod
    def instead_of(cls, field: forms.ModelChoiceField, queryset: Any) -> "KeyField":
        """A key field where Django would list every entry."""
        return cls(
            queryset=queryset,
            required=field.required,
            label=field.label,
            help_text=field.help_text or _("填编号，或完整的名称、代码"),
            to_field_name="code",
        )

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, self.queryset.model):
            return super().to_python(value)
        text = str(value).strip()
        for name in self.queryset.model.KNOWN_BY:
            same = list(self.queryset.filter(**{name: text})[:2]) if "\0" not in text else []
            if len(same) == 1:
                return same[0]
        raise forms.ValidationError(
            _("找不到唯一的“%(value)s”；请填其编号。"),
            params={"value": text},
            code="invalid_choice",
        )


class RegisterForm(RecordForm):
    """A form on an entry. Keys are given by code, so that page, file and machine agree."""

    def __init__(self, *args: Any, actor: Any, register: Register | Detail, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = kwargs.get("initial") or {}
        for name, field in list(self.fields.items()):
            if isinstance(field, forms.ModelChoiceField):
                field = _known_by_key(self, name, field, actor)
                _offer(field, name, actor=actor, register=register)
                if name not in given:
                    _choose_by_code(self, name)
        _trust_defaults(self)
        if "document_number" in self.fields:
            self.fields["document_number"].help_text = _("如 银监发〔2007〕5号；括号会自动规范。")
        accept_confirmation(self)

    def _post_clean(self) -> None:
        """The operation validates the whole entry; here only the fields' own shape counts."""
        self.instance = forms.models.construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )


def _trust_defaults(form: forms.ModelForm) -> None:
    """What has a default need not be sent: file and machine may leave it out."""
    for name, field in form.fields.items():
        if name in form._meta.fields and form._meta.model._meta.get_field(name).has_default():
            field.required = False


def _known_by_key(form: Any, name: str, field: Any, actor: Any) -> Any:
    """The field, or a key field in its place where there are too many entries to list."""
    model = field.queryset.model
    if hasattr(model, "KNOWN_BY") and not isinstance(field, KeyField):
        rows = model.objects.visible_to(actor).standing()
        form.fields[name] = KeyField.instead_of(field, rows)
    return form.fields[name]


def _choose_by_code(form: forms.ModelForm, name: str) -> None:
    """Begin with what the record points at, by the code that the field is chosen by."""
    found = getattr(form.instance, name, None)
    if found is not None:
        form.initial[name] = found.code


def _offer(field: Any, name: str, *, actor: Any, register: Register | Detail) -> None:
    """What a key field offers: what the actor sees and, of places, what the actor keeps."""
    model = field.queryset.model
    field.to_field_name = "code"
    own = actor.prefecture_id if actor.role == Role.PREFECTURE_STAFF else None
    if name in register.limit_choices:
        field.queryset = register.limit_choices[name](actor)
    elif model is Institution:
        field.queryset = _institutions(name, actor, own, register)
    elif model is County:
        field.queryset = County.objects.select_related("prefecture")
        field.label_from_instance = lambda c: f"{c.prefecture} {c.name}"
        if own:
            field.queryset = field.queryset.filter(prefecture=own)
    elif model is Prefecture and own and name == "prefecture":
        field.queryset = Prefecture.objects.filter(pk=own)
        field.initial = Prefecture.objects.get(pk=own).code
    elif hasattr(model.objects, "visible_to"):
        field.queryset = model.objects.visible_to(actor).standing()


def _institutions(name: str, actor: Any, own: int | None, register: Register | Detail) -> Any:
    rows = Institution.objects.visible_to(actor).order_by("name")
    if name == "institution" and isinstance(register, Register):
        if issubclass(register.model, InstitutionEntry) and register.model.INSTITUTION_KINDS:
            rows = rows.filter(kind__in=register.model.INSTITUTION_KINDS)
        if own:
            rows = rows.filter(prefecture=own)
    if name == "bank":
        rows = rows.banks()
    return rows


def form_class(register: Register | Detail) -> type[RegisterForm]:
    """The ModelForm of a register."""
    model = register.model
    long = getattr(register, "long", ())
    widgets = {
        field.name: forms.Textarea(
            attrs={"rows": 26, "class": "long"} if field.name in long else {"rows": 3}
        )
        for field in model._meta.fields
        if field.get_internal_type() == "TextField" and field.name in register.filled
    }
    extra = ("code",) if isinstance(register, Register) else ()
    return forms.modelform_factory(
        model, form=RegisterForm, fields=[*extra, *register.filled], widgets=widgets
    )


def form_values(record: Any, names: Sequence[str]) -> dict[str, Any]:
    """A record as the form's data: keys by their codes, dates as ISO."""
    found = model_to_dict(record, fields=names)
    values: dict[str, Any] = {}
    for name in names:
        field = record._meta.get_field(name)
        if isinstance(field, ForeignKey):
            related = getattr(record, name)
            values[name] = related.code if related is not None else ""
        elif isinstance(field, ChoiceListField):
            values[name] = list(found[name] or [])
        elif isinstance(found[name], bool):
            values[name] = "true" if found[name] else ""
        else:
            values[name] = "" if found[name] is None else str(found[name])
    return values


def default_values(register: Register | Detail) -> dict[str, Any]:
    """What a new record has where nothing is given, as the form's data."""
    names = [each for each in register.filled if register.model._meta.get_field(each).has_default()]
    return form_values(register.model(), names)


def part_formset(
    part: Part, *, actor: Any, record: Any, data: Any = None, rows: Sequence[Mapping] | None = None
) -> Any:
    """The formset of an entry's rows: from a page's ``data``, from ``rows``, or as stored."""
    spare = 0 if rows is not None else part.spare
    factory = inlineformset_factory(
        type(record),
        part.model,
        fields=part.fields,
        fk_name=part.parent,
        extra=spare,
        can_delete=True,
    )
    if rows is not None:
        data = _formset_data(part, record, rows)
    formset = factory(data, instance=record, prefix=part.key)
    for form in [*formset.forms, formset.empty_form]:
        use_days(form)
        for name, field in list(form.fields.items()):
            if not isinstance(field, forms.ModelChoiceField):
                continue
            field = _known_by_key(form, name, field, actor)
            model = field.queryset.model
            if model is Institution:
                field.queryset = Institution.objects.visible_to(actor).order_by("name")
            elif issubclass(model, Entry):
                field.queryset = model.objects.visible_to(actor).standing()
            else:
                continue
            field.to_field_name = "code"
            _choose_by_code(form, name)
    return formset


def _formset_data(part: Part, record: Any, rows: Sequence[Mapping]) -> dict[str, Any]:
    """Rows in place of the stored ones, position by position; what is left over goes."""
    stored = _stored(part, record)
    count = max(len(rows), len(stored))
    data: dict[str, Any] = {
        f"{part.key}-TOTAL_FORMS": count,
        f"{part.key}-INITIAL_FORMS": len(stored),
    }
    for place in range(count):
        lead = f"{part.key}-{place}-"
        if place < len(stored):
            data[f"{lead}id"] = stored[place].pk
        if place >= len(rows):
            data |= {lead + name: value for name, value in _values(part, stored[place]).items()}
            data[f"{lead}DELETE"] = "on"
            continue
        data |= {lead + name: "" if value is None else value for name, value in rows[place].items()}
    return data


def _stored(part: Part, record: Any) -> list[Any]:
    if record.pk is None:
        return []
    return list(part.model._default_manager.filter(**{part.parent: record}).order_by("pk"))


def _values(part: Part, row: Any) -> dict[str, Any]:
    return form_values(row, part.fields)


def refuse(form: Any, parts: Sequence[Any] = ()) -> None:
    """Raise DomainError "invalid-record" with what form and formsets found, field by field."""
    fields: dict[str, Text] = {}
    if not form.is_valid():
        for name, texts in form.errors.items():
            words = " ".join(texts)
            fields[name if name != "__all__" else ""] = Text(words, words)
    for formset in parts:
        if not formset.is_valid():
            words = now_("；").join(part_errors(formset))
            fields[formset.prefix] = Text(words, words)
    if fields:
        raise DomainError(
            "invalid-record",
            Text("有字段填写不正确，请按提示修改。", "Some fields are not right; mend them."),
            fields=fields,
        )


def part_errors(formset: Any) -> list[str]:
    """Each problem of a formset with its row and field."""
    found = [str(each) for each in formset.non_form_errors()]
    for number, errors in enumerate(formset.errors, start=1):
        for name, texts in errors.items():
            field = formset.forms[number - 1].fields.get(name)
            label = field.label if field else ""
            found.append(f"#{number} {label} {' '.join(texts)}")
    return found
