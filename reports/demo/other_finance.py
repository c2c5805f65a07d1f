"""Invented deals of other equity and debt finance, some of each kind over two years."""

import datetime
from decimal import Decimal
from typing import Any

from core.models import Prefecture, User
from core.registers.catalogue import REGISTERS
from core.registers.saving import save_entry
from listings.models import Enterprise

# register, day, amount in 万元, prefecture, enterprise, more
DEALS: tuple[tuple[str, str, str, str, str, dict[str, Any]], ...] = (
    ("equity-investments", "2011-11-18", "4200", "440300", "远芯微电",
     {"partner_name": "演示创业投资基金", "purpose": "strategic", "investor_kind": "venture",
      "stake": Decimal("9.8")}),
    ("equity-investments", "2012-03-22", "3000", "440100", "云图软件",
     {"partner_name": "演示股权投资基金", "purpose": "innovation",
      "investor_kind": "private_equity", "stake": Decimal("12.5")}),
    ("project-finances", "2012-05-15", "10000", "441300", "华晟能源",
     {"partner_name": "演示商业银行", "purpose": "strategic", "project": "演示光伏组件扩产项目"}),
    ("property-pledges", "2012-06-05", "800", "440600", "智控阀门",
     {"partner_name": "演示商业银行", "purpose": "innovation", "items": 3,
      "appraised": Decimal(2100), "ended_on": datetime.date(2013, 6, 4)}),
    ("exchange-deals", "2012-07-02", "560", "440100", "云图软件",
     {"partner_name": "演示受让方", "exchange": "演示产权交易所", "deal_kind": "technology"}),
)  # fmt: skip
SERVICES = (
    ("演示证券公司", "securities", "advisory", "2012-04-20", 24, None),
    ("演示证券公司", "securities", "bond", "2012-06-28", 3, "12000"),
    ("演示期货公司", "futures", "hedging", "2012-08-10", 9, None),
)


def make_other_finance(*, actor: User, now: datetime.datetime) -> int:
    """Register the deals and services as the province's clerk would; return how many."""
    enterprises: dict[str, Enterprise] = {}

    def save(key: str, **values: Any) -> Any:
        register = REGISTERS[key]
        return save_entry(register, register.model(**values), actor=actor, now=now)

    for key, on, amount, place, name, more in DEALS:
        if name not in enterprises:
            home = Prefecture.objects.get(code=place)
            enterprises[name] = save("enterprises", name=f"演示{name}股份有限公司", prefecture=home)
        save(key, happened_on=datetime.date.fromisoformat(on), amount=Decimal(amount),
             enterprise=enterprises[name], **more)  # fmt: skip
    for firm, kind, service, on, served, financed in SERVICES:
        save(
            "securities-services", firm=firm, firm_kind=kind, service=service, served=served,
            happened_on=datetime.date.fromisoformat(on), amount=financed and Decimal(financed),
        )  # fmt: skip
    return len(DEALS) + len(SERVICES)
