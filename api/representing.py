"""Records in bulk, each as its own address answers it: for snapshots and for followers.

What of a record is its own is told apart from what stands beside it: words of the reader's
language, names of what it refers to, and what is computed for the day. Only the former makes a
change of the record; a copy is kept equal in it.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet

from api import resources_core as core
from api import resources_finance as finance
from api import resources_returns as filed
from api import streams
from api.declaration import Resource, said
from api.registers import resource_of
from api.remarks import remark_json
from api.views.published_reports import PUBLISHED
from core.change_kinds import all_kinds
from core.permissions import scope_of
from core.registers.catalogue import DETAILS, REGISTERS
from core.registers.declaration import Detail
from reports.models import PublishedReport

CHUNK = 1000
NATURAL = ("code", "sha256")  # what a record is referred to by, and never changes
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Representation:
    """A resource, the model that it is of, and what its record has beyond its list.

    ``beside(rows, user, day)`` puts ``more`` to the rows.
    """

    resource: Resource
    model: type[Model]
    more: tuple[str, ...] = ()
    beside: Callable[[Rows, Any, datetime.date], None] | None = None

    def rows(self, user: Any, day: datetime.date) -> QuerySet:
        """The rows that ``user`` may see, in the order in which they were made."""
        dated = {"as_of": day} if self.resource.dated else {}
        if scope_of(user, self.resource.action) is None:
            return self.model._base_manager.none()
        return self.resource.rows(user=user, **dated).order_by("pk")

    def shaped(self, values: Iterable[dict[str, Any]], user: Any, day: datetime.date) -> Rows:
        """Rows of values as the record's address answers them."""
        found = self.resource.shaped(values)
        if self.beside is not None and found:
            self.beside(found, user, day)
        return found

    def chunks(self, rows: QuerySet, user: Any, day: datetime.date) -> Iterator[Rows]:
        """All rows, shaped, some at a time."""
        values = iter(rows.values(*self.resource.sources()).iterator(chunk_size=CHUNK))
        while chunk := list(islice(values, CHUNK)):
            yield self.shaped(chunk, user, day)

    def lines(self, rows: QuerySet) -> Iterator[bytes] | None:
        """All rows as NDJSON written by the database; None where that cannot be.

        In no order: to sort them, a database may join a million lines one by one.
        """
        resource = self.resource
        if not resource.fast or resource.attach or resource.extra or self.beside:
            return None
        words = {
            each.name: {str(code): said(label) for code, label in each.labels.items()}
            for each in resource.fields
            if each.labels is not None
        }
        return streams.fast(resource.fields, rows.order_by(), "ndjson", words)

    def called(self, keys: Sequence[str], user: Any, day: datetime.date) -> dict[str, dict]:
        """The records with these keys that ``user`` may see. Some queries, however many."""
        source = next(f.source for f in self.resource.fields if f.name == self.resource.key)
        rows = self.rows(user, day).filter(**{f"{source}__in": list(keys)})
        found = self.shaped(rows.values(*self.resource.sources()), user, day)
        return {str(row[self.resource.key]): row for row in found}

    @property
    def names(self) -> list[str]:
        """Every name of a record, in its order."""
        found = []
        for each in self.resource.fields:
            found.append(each.name)
            if each.labels is not None:
                found.append(f"{each.name}_label")
        return [*found, *self.resource.extra_schema, *self.more]

    @property
    def own(self) -> list[str]:
        """The names of what is the record's own."""
        found = [f.name for f in self.resource.fields if self._is_own(f.source)]
        return found + self._parts()

    def _parts(self) -> list[str]:
        register = REGISTERS.get(self.resource.name)
        return [part.key for part in register.parts] if register else []

    def _is_own(self, source: str) -> bool:
        name, _, rest = source.partition("__")
        try:
            field = self.model._meta.get_field("id" if name == "pk" else name.removesuffix("_id"))
        except FieldDoesNotExist:
            return name == "pk"
        return bool(field.concrete) and (not rest or rest in NATURAL)


@cache
def representations() -> dict[str, Representation]:
    """Every resource that has changes, by name."""
    resources = (core.PREFECTURES, core.COUNTIES, core.INSTITUTIONS, core.APPROVALS, core.RULES,
                 finance.VILLAGE_BANKS, filed.PERIODS, filed.OBLIGATIONS, filed.RETURNS,
                 finance.LOAN_FIGURES)  # fmt: skip
    kinds = all_kinds()
    found = {each.name: Representation(each, kinds[each.name].model) for each in resources}
    found["published-reports"] = Representation(
        PUBLISHED, PublishedReport, ("parameters", "figures"), _with_figures
    )
    for key, register in REGISTERS.items():
        found[key] = Representation(resource_of(register), register.model)
    for key, detail in DETAILS.items():
        resource, judged = resource_of(detail), detail.remarks is not None
        more, beside = (("remarks",), _with_remarks(detail)) if judged else ((), None)
        found[key] = Representation(resource, detail.model, more, beside)
    return {name: found[name] for name in kinds}


def _with_figures(rows: Rows, _user: Any, _day: datetime.date) -> None:
    whole = PublishedReport.objects.in_bulk([row["id"] for row in rows])
    for row in rows:
        record = whole[row["id"]]
        row["parameters"], row["figures"] = record.parameters, record.figures


def _with_remarks(detail: Detail) -> Callable[[Rows, Any, datetime.date], None]:
    def beside(rows: Rows, user: Any, day: datetime.date) -> None:
        seen = detail.rows(user=user, as_of=day).filter(pk__in=[row["id"] for row in rows])
        judged = detail.remarks(seen, day) if detail.remarks else {}
        for row in rows:
            row["remarks"] = [remark_json(each) for each in judged[row["id"]]]

    return beside
