"""Registry entries: what the office keeps beside institutions and their dated facts.

An entry is versioned, keeps its history, and is voided if it was a mistake; it is never
deleted. Whose it is, and so who may see and change it, is said by the paths of its class.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.base import Record, RecordQuerySet
from core.permissions import scope_filter


class EntryQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> "EntryQuerySet":
        """Entries that ``user`` may see; none for nobody."""
        model = self.model
        condition = scope_filter(
            user,
            model.VIEW,
            institution=model.INSTITUTION_PATH or "pk",
            prefecture=model.PREFECTURE_PATH or "pk",
            department=model.DEPARTMENT_PATH,
        )
        own = getattr(user, "institution_id", None)
        if condition and not model.INSTITUTION_PATH and own:
            return self.none()  # people of an institution see what is of their own only
        return self.filter(condition)

    def standing(self) -> "EntryQuerySet":
        """Entries that were not voided."""
        return self.filter(voided_at=None)


class Entry(Record):
    """A registry entry with a code that people, workbooks and machines know it by."""

    CODE_PREFIX: ClassVar[str] = ""
    VIEW: ClassVar[str] = "register.view"
    EDIT: ClassVar[str] = "register.edit"
    VOID: ClassVar[str] = ""  # who may void, where it is not whoever may edit
    IMPORT: ClassVar[str] = "register.import"
    PREFECTURE_PATH: ClassVar[str] = "prefecture_id"
    INSTITUTION_PATH: ClassVar[str] = ""
    DEPARTMENT_PATH: ClassVar[str] = ""  # to the name of the department whose entry it is

    code = models.CharField(
        _("编号"), max_length=30, unique=True, blank=True, help_text=_("不填则自动编号")
    )
    note = models.TextField(_("备注"), blank=True)
    file = models.ForeignKey(
        "core.SourceDocument",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("附件"),
    )
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True, editable=False)
    void_reason = models.CharField(_("作废原因"), max_length=300, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def void_action(cls) -> str:
        """The action by which an entry is voided."""
        return cls.VOID or cls.EDIT

    def facts_shown(self) -> list[tuple[str, Any]]:
        """What the record's page tells beside its fields: label and value; none by default."""
        return []


class PlacedEntry(Entry):
    """An entry that belongs to a place; without a prefecture it is the province's own."""

    prefecture = models.ForeignKey(
        "core.Prefecture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("地市"),
        help_text=_("全省性的不填"),
    )
    county = models.ForeignKey(
        "core.County",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("县（市、区）"),
    )

    class Meta:
        abstract = True
        ordering = ["code"]


class InstitutionEntry(Entry):
    """An entry about one institution; it is where, and whose, its institution is."""

    PREFECTURE_PATH = "institution__prefecture_id"
    INSTITUTION_PATH = "institution_id"
    INSTITUTION_KINDS: ClassVar[tuple[str, ...]] = ()  # which kinds may have it; empty: all
    EXPECTED_KINDS: ClassVar[tuple[str, ...]] = ()  # if all may: on whose page one looks for it

    institution = models.ForeignKey(
        "core.Institution", models.PROTECT, related_name="%(class)ss", verbose_name=_("机构")
    )

    class Meta:
        abstract = True
        ordering = ["code"]

    @property
    def prefecture_id(self) -> int:
        """Where the institution is, for permissions."""
        return self.institution.prefecture_id


def runs_forward(name: str, first: str, last: str) -> models.CheckConstraint:
    """A constraint that the second date, if any, is not before the first."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{first: None}) | Q(**{last: None}) | Q(**{f"{last}__gte": models.F(first)}),
        violation_error_message=_("结束日期不能早于起始日期。"),
    )


def is_share(name: str, *fields: str) -> models.CheckConstraint:
    """A constraint that percentages lie between 0 and 100."""
    condition = Q()
    for field in fields:
        condition &= Q(**{field: None}) | Q(**{f"{field}__gte": 0, f"{field}__lte": 100})
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_message=_("百分比应在 0 至 100 之间。"),
    )
