"""Rows of the registers of listings, and of departments, as a clerk types them (see ``rows``)."""

from collections.abc import Callable, Mapping
from typing import Any

PLACES = ("440200", "440100", "440300", "440400")
BOARDS = ("sme", "chinext", "sse_main", "hk")

# What must be on record before a row can be kept, though the row does not name it.
BEFORE = {"incentive-awards": ("event-reports",)}

ROWS: dict[str, Callable[[int], Mapping[str, Any]]] = {
    "departments": lambda n: {"name": f"某厅{n}"},
    "enterprises": lambda n: {
        "name": f"演示第{n}股份有限公司", "prefecture": PLACES[n - 1], "industry": "3911",
        "intended_board": BOARDS[n - 1],
    },
    "stages": lambda n: {"prefecture": PLACES[n - 1]},
    "stage-terms": lambda n: {
        "stage": f"ST{n}", "valid_from": "2011-01-01", "name": f"市级批次{n}", "order": "30",
        "in_use": "on", "maps_to": "TUTOR",
    },
    "evidence-requirements": lambda n: {
        "stage": "TUTOR", "name": f"辅导协议{n}", "valid_from": "2011-01-01", "certainty": "L",
    },
    "stage-events": lambda n: {
        "enterprise": f"EN{n}", "kind": "enter", "stage": "CULTIVATE",
        "happened_on": "2011-03-01",
    },
    "stage-evidence": lambda n: {
        "event": f"SE{n}", "requirement": "ER-LIBRARY", "document": f"粤金函〔2011〕{n}号",
        "dated_on": "2011-02-20",
    },
    "enterprise-changes": lambda n: {
        "enterprise": f"EN{n}", "happened_on": "2012-05-01", "new_prefecture": PLACES[-n],
    },
    "enterprise-years": lambda n: {
        "enterprise": f"EN{n}", "year": "2011", "headcount": "320", "revenue": "18500",
        "net_profit": "2100",
    },
    "listing-milestones": lambda n: {
        "enterprise": f"EN{n}", "board": BOARDS[n - 1], "milestone": "accepted",
        "happened_on": "2012-05-10",
    },
    "green-channel-cases": lambda n: {
        "enterprise": f"EN{n}", "issue": "property", "subject": f"补办{n}号厂房房产证",
        "department": f"DP{n}", "opened_on": "2012-05-07", "promised_days": "10",
    },
    "green-channel-events": lambda n: {
        "case": f"GC{n}", "act": "answer", "happened_on": "2012-05-10", "text": "已受理",
    },
    "incentive-policies": lambda n: {
        "name": f"办法{n}", "level": "prefecture", "prefecture": PLACES[n - 1],
        "valid_from": "2011-01-01",
        "tranches": [{"topic": "restructured", "basis": "fixed", "amount": "50"}],
        "budgets": [{"year": "2012", "amount": "500"}],
    },
    "event-reports": lambda n: {
        "enterprise": f"EN{n}", "topic": "restructured", "happened_on": "2012-03-01",
        "reported_on": "2012-03-05",
    },
    "incentive-awards": lambda n: {
        "enterprise": f"EN{n}", "policy": f"IY{n}", "topic": "restructured",
        "applied_on": "2012-04-10", "decision": "approved", "decided_on": "2012-05-20",
        "granted": "50",
    },
    "incentive-payments": lambda n: {
        "award": f"IA{n}", "paid_on": "2012-06-20", "amount": "50",
    },
    "collective-notes": lambda n: {
        "kind": "collective_note", "prefecture": PLACES[n - 1], "year": "2012", "number": f"{n}",
        "amount": "3000", "months": "36", "rate": "6.1", "frequency": "1",
        "issuers": [{"enterprise": f"EN{n}", "amount": "2000"},
                    {"name": f"演示未入库{n}有限公司", "amount": "1000"}],
        "role_holders": [{"role": "lead_underwriter", "institution": f"BK{n}"}],
    },
    "note-events": lambda n: {
        "tranche": f"NT{n}", "kind": "selected", "happened_on": "2012-01-05",
    },
    "equity-investments": lambda n: {
        "enterprise": f"EN{n}", "amount": "3000", "happened_on": "2012-06-20",
        "partner_name": f"演示创投{n}", "stake": "12.5",
    },
    "project-finances": lambda n: {
        "enterprise": f"EN{n}", "amount": "3000", "happened_on": "2012-06-20",
        "partner": f"BK{n}", "project": f"演示技改项目{n}",
    },
    "property-pledges": lambda n: {
        "enterprise": f"EN{n}", "amount": "300", "happened_on": "2012-06-20",
        "partner": f"BK{n}", "items": "3",
    },
    "exchange-deals": lambda n: {
        "enterprise": f"EN{n}", "amount": "900", "happened_on": "2012-06-20",
        "partner_name": f"演示受让方{n}", "exchange": "演示产权交易所",
    },
    "securities-services": lambda n: {
        "firm": f"演示证券{n}", "prefecture": PLACES[n - 1], "served": "12",
        "happened_on": "2012-06-20",
    },
}  # fmt: skip
