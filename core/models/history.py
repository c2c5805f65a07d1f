"""Every change of a record is kept, and a record can be read as it was."""

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q
from django.dispatch import Signal
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords


class PastQuerySet(HistoricalQuerySet):
    """What ``Model.history`` answers; after ``as_of(moment)`` it holds the records of then.

    Where it holds records, ``pk`` is the record's key in every clause. The library says so of
    ``filter(pk=…)`` alone: ``pk__in`` would compare with the keys of the changes, which agree
    with the records' only as long as no record was changed.
    """

    def filter(self, *args: Any, **kwargs: Any) -> Self:
        return super().filter(*args, **self._of_record(kwargs))

    def exclude(self, *args: Any, **kwargs: Any) -> Self:
        return super().exclude(*args, **self._of_record(kwargs))

    def order_by(self, *names: Any) -> Self:
        if self._as_instances:
            keys = {"pk": self._pk_attr, "-pk": f"-{self._pk_attr}"}
            names = tuple(keys.get(name, name) if isinstance(name, str) else name for name in names)
        return super().order_by(*names)

    def latest_of_each(self) -> Self:
        """The last change of each record; of two at one instant, the one written later."""
        instant = OuterRef("history_date")
        later = self.filter(
            Q(history_date__gt=instant)
            | Q(history_date=instant, history_id__gt=OuterRef("history_id")),
            **{self._pk_attr: OuterRef(self._pk_attr)},
        )
        return self.filter(~Exists(later))

    def _of_record(self, conditions: dict[str, Any]) -> dict[str, Any]:
        if not self._as_instances:
            return conditions
        return {
            self._pk_attr + name[2:] if name == "pk" or name.startswith("pk__") else name: value
            for name, value in conditions.items()
        }


bulk_kept = Signal()  # rows of history were kept in bulk: ``rows``


class TellingManager(HistoryManager):
    """Says so when history is kept in bulk, as the library says so for a single saving."""

    def bulk_history_create(self, *args: Any, **kwargs: Any) -> list[Any] | None:
        rows = super().bulk_history_create(*args, **kwargs)
        bulk_kept.send(sender=self.model, rows=rows or [])
        return rows


class History(HistoricalRecords):
    """``history = History()`` in a model: who changed what, when and why."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            historical_queryset=PastQuerySet, history_manager=TellingManager, **options
        )
