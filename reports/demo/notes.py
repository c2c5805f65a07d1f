"""Invented collective notes: two of the plan's year, one in the making, one over a limit."""

import datetime
from decimal import Decimal
from typing import Any

from core.models import Prefecture, User
from core.registers.catalogue import REGISTERS
from core.registers.forms import part_formset
from core.registers.saving import save_entry
from listings.models import CollectiveNote, Enterprise, NoteEvent
from listings.rules.note_schedule import month_after

NAMES = ("精工机械", "华瓷卫浴", "绿源食品", "南海铝材", "康信医药", "恒光照明", "顺风纺织",
         "鼎新电子", "宏达模具", "天合家具", "兴业塑胶", "瑞丰陶瓷", "联科软件", "众诚物流",
         "海晟水产", "启明光电", "永固建材", "金穗粮油")  # fmt: skip
ROLES = (
    {"role": "lead_underwriter", "name": "演示商业银行"},
    {"role": "enhancer", "name": "演示信用增进公司", "counter_guarantee": "厂房及土地使用权抵押"},
    {"role": "rater", "name": "演示资信评估公司"},
    {"role": "lawyer", "name": "演示律师事务所"},
    {"role": "custodian", "name": "上海清算所"},
    {"role": "organiser", "name": "演示市金融办"},
)
STAGES = (("selected", -200), ("engaged", -160), ("rated", -110), ("filed", -90),
          ("registered", -40), ("issued", 0))  # fmt: skip


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def make_notes(*, actor: User, now: datetime.datetime) -> int:
    """Register the notes with their lives up to ``now``; return how many."""
    maker = NoteMaker(actor, now)
    foshan, dongguan = (Prefecture.objects.get(code=code) for code in ("440600", "441900"))
    maker.repaid(foshan, 1, "2012-03-20", ("5000", "4000", "3000", "3000"))
    maker.repaid(dongguan, 2, "2012-09-18", ("6000", "5000", "4000.01", "2999.99", "2000"))
    made = maker.note(
        foshan, 2012, 3, ("5000", "4000", "3000"),
        net_assets=("30000", "20000", "10000"), existing=("0", "0", "1200"),
    )  # fmt: skip
    maker.stages(made, day("2013-01-31"), until="filed")
    bond = maker.note(None, 2012, 1, ("60000", "40000"), kind="collective_bond")
    maker.event(bond, "selected", day("2012-05-08"))
    start = now.date() - datetime.timedelta(days=350)
    running = maker.note(foshan, start.year, 1, ("4000", "3000", "3000.01"))
    maker.stages(running, start)
    return CollectiveNote.objects.count()


class NoteMaker:
    """Registers notes through the registers' own door."""

    def __init__(self, actor: User, now: datetime.datetime) -> None:
        self.actor, self.now, self.names = actor, now, NAMES

    def enterprise(self, name: str, place: Prefecture) -> Enterprise:
        entry = Enterprise(name=f"演示{name}股份有限公司", prefecture=place)
        return save_entry(REGISTERS["enterprises"], entry, actor=self.actor, now=self.now)

    def note(
        self, place: Prefecture | None, year: int, number: int, amounts: tuple[str, ...],
        *, net_assets: tuple[str, ...] = (), existing: tuple[str, ...] = (), **values: Any,
    ) -> CollectiveNote:  # fmt: skip
        """A note with issuers of these amounts, 万元."""
        home = place or Prefecture.objects.get(code="440100")
        issuers = [
            {
                "enterprise": self.enterprise(name, home).code,
                "amount": amount,
                "net_assets": net_assets[at] if net_assets else str(Decimal(amount) * 4),
                "existing_debt": existing[at] if existing else "0",
            }
            for at, (name, amount) in enumerate(zip(self.names, amounts, strict=False))
        ]
        self.names = self.names[len(amounts) :]
        entry = CollectiveNote(
            prefecture=place, year=year, number=number, amount=sum(map(Decimal, amounts)),
            months=36, rate=Decimal("6.1"), **values,
        )  # fmt: skip
        parts = {"issuers": issuers, "role_holders": [dict(each) for each in ROLES]}
        return self.save("collective-notes", entry, parts)

    def save(self, key: str, entry: Any, parts: dict[str, list[dict[str, str]]]) -> Any:
        register = REGISTERS[key]
        formsets = [
            (part, part_formset(part, actor=self.actor, record=entry, rows=parts.get(part.key, [])))
            for part in register.parts
        ]
        for _part, formset in formsets:
            if not formset.is_valid():
                raise ValueError(formset.errors)
        return save_entry(register, entry, actor=self.actor, now=self.now, parts=formsets)

    def event(self, note: CollectiveNote, kind: str, on: datetime.date, **values: Any) -> None:
        self.save("note-events", NoteEvent(tranche=note, kind=kind, happened_on=on, **values), {})

    def stages(self, note: CollectiveNote, issued: datetime.date, until: str = "issued") -> None:
        """The stages up to ``until``, on their days before the issue."""
        for kind, days in STAGES:
            number = f"中市协注〔{issued.year}〕SMECN{note.pk}号" if kind == "registered" else ""
            on = issued + datetime.timedelta(days=days)
            self.event(note, kind, on, registration_number=number)
            if kind == until:
                return

    def repaid(self, place: Prefecture, number: int, on: str, amounts: tuple[str, ...]) -> None:
        """A note that was issued, paid its coupons and was repaid."""
        note, issued = self.note(place, day(on).year, number, amounts), day(on)
        self.stages(note, issued)
        coupon = (note.amount * note.rate / 100).quantize(Decimal("0.01"))
        for months, kind in ((12, "coupon"), (24, "coupon"), (36, "repaid")):
            principal = note.amount if kind == "repaid" else Decimal(0)
            self.event(note, kind, month_after(issued, months), interest=coupon,
                       principal=principal)  # fmt: skip
