"""Which records' changes the feed tells, and under which name, key and place."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.db.models import Model

from core.registers.catalogue import DETAILS, REGISTERS
from core.registers.declaration import Register
from core.text import Text

API = "/api/v1/"


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """A kind of record in the feed.

    resource    its name in the interface, in the plural: ``village-banks``
    key         path to what it is known by: ``code``, ``institution__code``
    prefecture  path to the key of the prefecture that it belongs to; empty where to none
    named       its acts are entries of the journal; otherwise its savings are kept as history
    group       rows that change all at once are told as one change: the filters by which they
                are read, in the order of its key (``2012-06/B9001``)
    """

    resource: str
    model: type[Model]
    title: Text
    key: str = "code"
    prefecture: str = ""
    named: bool = False
    group: tuple[str, ...] = ()

    @property
    def one(self) -> str:
        """The name of one of them, as in ``village-bank.changed``."""
        name = self.resource
        if name.endswith("ies"):
            return f"{name[:-3]}y"
        return name[:-2] if name.endswith("sses") else name.removesuffix("s")

    def url(self, key: str) -> str:
        """Where the interface reads the record, or the rows of the group, as they are now."""
        if self.group:
            asked = urlencode(dict(zip(self.group, key.split("/"), strict=True)))
            return f"{API}{self.resource}/?{asked}"
        return f"{API}{self.resource}/{key}/"


_DECLARED: dict[str, ChangeKind] = {}


def add(*kinds: ChangeKind) -> None:
    """Make kinds known that no register declares; the apps do so when they are ready."""
    for each in kinds:
        _DECLARED[each.resource] = each
    all_kinds.cache_clear()
    kind_of.cache_clear()
    _by_model.cache_clear()


@cache
def all_kinds() -> dict[str, ChangeKind]:
    """Every kind by its resource, registers among them."""
    found = dict(_DECLARED)
    for key, register in sorted({**REGISTERS, **DETAILS}.items()):
        if isinstance(register, Register):
            where = register.model.PREFECTURE_PATH
            found[key] = ChangeKind(key, register.model, register.title, "code", where)
        else:
            found[key] = ChangeKind(
                key,
                register.model,
                register.title,
                "institution__code",
                "institution__prefecture_id",
            )
    return found


@cache
def _by_model() -> dict[type[Model], ChangeKind]:
    return {each.model: each for each in all_kinds().values()}


@cache
def kind_of(model: type[Model]) -> tuple[ChangeKind, str] | None:
    """The kind whose records a model's rows are, or belong to; None for what is not told.

    The second is the attribute that leads to the record: empty for the record itself, the
    parent's key for rows of a part, which are changed with their entry.
    """
    kind = _by_model().get(model)
    if kind is not None:
        return kind, ""
    for register in REGISTERS.values():
        for part in register.parts:
            if part.model is model:
                return _by_model()[register.model], f"{part.parent}_id"
    return None


def title_of(resource: str) -> Text:
    """The words of a kind."""
    return all_kinds()[resource].title
