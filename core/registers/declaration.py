"""A register, declared once as data.

From a ``Register`` come its list, record page, form, workbook import, API resource and the
panels on the pages of what it belongs to. What is peculiar to it stands in the declaration.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from core.filters import StrictFilterSet
from core.lists import ListColumn
from core.models.entries import Entry
from core.registers.values import relations
from core.tabular.columns import Kind
from core.text import Text

NO_TEXT = Text("", "")
NONE = Text("无。", "None.")
Problems = Mapping[str, Text]  # field → what is wrong and the cure


@dataclass(frozen=True, slots=True)
class Expiry:
    """How an entry runs out: the day stands in ``field``.

    An entry that a later one of the same ``same`` fields follows (by ``starts``) has been
    renewed and is no longer watched; nor is one that ``unless`` holds for. What does not
    ``lapse`` simply ends: it is watched up to its day and not after.
    """

    field: str
    what: Text
    starts: str
    same: tuple[str, ...] = ("institution",)
    unless: Q | None = None
    lapses: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong to an entry and are edited with it, such as a scheme's participants.

    ``model`` has a foreign key called ``parent`` to the entry and keeps its history.
    ``check`` judges all rows together: problems by field of the entry, "" for the whole.
    ``spare`` empty rows are offered on the page.
    """

    key: str
    title: Text
    model: type[Model]
    fields: tuple[str, ...]
    parent: str = "parent"
    check: Callable[[Entry, Sequence[Any]], Problems] | None = None
    minimum: int = 0
    spare: int = 3


@dataclass(frozen=True, slots=True)
class Extra:
    """A column that ``rows`` annotates: shown in the list and given by the API.

    ``labels`` puts codes into words; ``badge`` says which tone a value has.
    """

    name: str
    label: Text
    kind: Kind = "text"
    labels: Mapping[str, Any] | None = None
    badge: Callable[[Any], str] | None = None
    source: str = ""  # the annotation or path, if it is called otherwise
    in_list: bool = True


@dataclass(frozen=True, slots=True)
class Panel:
    """A table on a record's page: computed figures, history of a case, what belongs to it."""

    title: Text
    headings: Sequence[Text]
    rows: Sequence[Sequence[Any]]  # values; a cell may be Shown
    note: Text = NO_TEXT
    add_url: str = ""
    more_url: str = ""
    empty: Text = NONE
    key: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of a panel with an address or a tone."""

    text: Any
    url: str = ""
    tone: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class RecordAction:
    """A button on a record's page: an act of its own beside changing and voiding."""

    label: Text
    url: str
    icon: str = "arrow-right"
    primary: bool = False


@dataclass(frozen=True)
class Register:
    """A register of entries.

    key        address, API resource and import: ``credit-ratings``
    app        the namespace of its pages' addresses: ``guarantees``
    fields     what people fill in, in order: in the form, the workbook and the API
    columns    of the list: names of fields (``institution.prefecture`` follows keys), or
               whole ``ListColumn``s
    parents    keys of fields on whose pages the entries are listed: ``("institution",)``;
               a field of a part is named with it: ``("issuers.enterprise",)``
    rows       entries with what the list needs; starts at ``visible_to``. ``as_of`` is the
               day of ``?as_of=``; None takes the visible entries as they are
    check      what several fields together get wrong; stops the save
    doubts     what looks wrong, by field; saved only when the clerk says that it was checked
    fixed      what was recorded is voided, never edited; entries have ``recorded_at``
    remarks    what is odd on a day, with its rule; stops nothing
    saved      what follows from a save, in its transaction: ``saved(entry, actor, now)``
    panels     more tables on the record's page: ``panels(entry, user, as_of)``
    aids       tables under the form that help to fill it in: ``aids(entry)``
    long       fields with a text of pages: wide in the form, and not repeated among the facts
    actions    buttons on the record's page: ``actions(entry, user)``
    falls_due  what falls due in it, such as payments: ``falls_due(as_of, within, known_at)``
               gives what ``core.queries.expiries.running_out`` lists
    """

    key: str
    app: str
    title: Text
    one: Text
    model: type[Entry]
    fields: tuple[str, ...]
    columns: tuple["str | ListColumn", ...]
    filterset: type[StrictFilterSet]
    default_sort: str = "code"
    parents: tuple[str, ...] = ()
    intro: Text = NO_TEXT
    icon: str = "file-earmark-text"
    rows: Callable[..., QuerySet] | None = None
    extras: tuple[Extra, ...] = ()
    parts: tuple[Part, ...] = ()
    expiry: Expiry | None = None
    check: Callable[[Any], Problems] | None = None
    doubts: Callable[[Any], Problems] | None = None
    fixed: bool = False
    remarks: Callable[[Any, datetime.date], Sequence[Any]] | None = None
    saved: Callable[..., None] | None = None
    panels: Callable[..., Sequence[Panel]] | None = None
    aids: Callable[..., Sequence[Panel]] | None = None
    long: tuple[str, ...] = ()
    actions: Callable[..., Sequence[RecordAction]] | None = None
    falls_due: Callable[..., Sequence[Any]] | None = None
    limit_choices: Mapping[str, Callable[[Any], QuerySet]] = field(default_factory=dict)
    examples: Mapping[str, str | Text] = field(default_factory=dict)

    @property
    def filled(self) -> tuple[str, ...]:
        """What people fill in, the note at the end."""
        return self.fields if "note" in self.fields else (*self.fields, "note")

    @property
    def import_action(self) -> str:
        """The action by which the register is filled from a workbook."""
        return self.model.IMPORT

    def visible(self, *, user: Any, as_of: datetime.date | None = None) -> QuerySet:
        """The entries that ``user`` may see, with what list and API read. One query."""
        if self.rows is not None:
            return self.rows(user=user, as_of=as_of)
        paths = [each.lstrip("?") for each in self.columns if isinstance(each, str)]
        wanted = relations(self.model, [*paths, *self.fields, "file"])
        return self.model.objects.visible_to(user).select_related(*wanted)

    def url_name(self, what: str = "") -> str:
        """``guarantees:credit-ratings`` or, say, ``guarantees:credit-ratings-new``."""
        return f"{self.app}:{self.key}{'-' + what if what else ''}"


@dataclass(frozen=True)
class Detail:
    """A register of one kind of institution: an ``Institution`` and its detail beside it.

    ``model`` has a one-to-one ``institution`` as its key. ``rows(user=, as_of=)`` gives the
    details with ``institution`` selected and what list and API need. The other names are
    as in ``Register``; ``facts(detail)`` gives the record page's own facts, and
    ``acts(detail, user=)`` what can be done with it beyond editing: words and address.
    """

    key: str
    app: str
    kind: str
    title: Text
    one: Text
    model: type[Model]
    fields: tuple[str, ...]
    rows: Callable[..., QuerySet]
    columns: tuple["str | ListColumn", ...]
    filterset: type[StrictFilterSet]
    detail_title: Text
    default_sort: str = "institution__code"
    extras: tuple[Extra, ...] = ()
    facts: Callable[[Any], list[dict[str, Any]]] | None = None
    check: Callable[[Any], Problems] | None = None
    remarks: Callable[[QuerySet, datetime.date], Mapping[int, Sequence[Any]]] | None = None
    panels: Callable[..., Sequence[Panel]] | None = None
    acts: Callable[..., Sequence[Shown]] | None = None
    icon: str = "building"
    intro: Text = NO_TEXT
    limit_choices: Mapping[str, Callable[[Any], QuerySet]] = field(default_factory=dict)
    examples: Mapping[str, str | Text] = field(default_factory=dict)

    @property
    def filled(self) -> tuple[str, ...]:
        """What people fill in beside the institution's own fields."""
        return self.fields

    @property
    def import_action(self) -> str:
        """The action by which the register is filled from a workbook."""
        return "register.import"

    def url_name(self, what: str = "") -> str:
        return f"{self.app}:{self.key}{'-' + what if what else ''}"
