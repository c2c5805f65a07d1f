"""Rows of every register, as a clerk types them: ``Rows(clerk).keep("licences", 1)``.

Row ``n`` hangs on institutions, places and entries of its own, so that a list that asks for
them row by row is found out.
"""

from collections.abc import Callable, Mapping
from typing import Any

from core.models import Institution, Prefecture, User
from core.registers.catalogue import DETAILS, REGISTERS
from core.registers.forms import default_values, form_class, part_formset
from core.registers.saving import save_entry, save_with_detail
from guarantees.operations.reference import load_rating_scale
from listings.operations.reference import load_stages
from tests.factories import PrefectureFactory, fact
from tests.filing import NOW
from tests.registers import listings_rows

PLACES = ("440200", "440100", "440300", "440400")
NAMES = ("韶关市", "广州市", "深圳市", "珠海市")
# prefix of the code → kind, and what its name ends in
KINDS = {
    "BK": ("city_bank", "银行"),
    "ML": ("microloan_company", "小额贷款有限责任公司"),
    "GA": ("guarantee_agency", "融资担保有限公司"),
    "RG": ("reguarantee_company", "再担保有限公司"),
}
Values = Mapping[str, Any]

ROWS: dict[str, Callable[[int], Values]] = {
    "plans": lambda n: {"year": f"{2020 + n}", "title": f"{2020 + n}年行动计划"},
    "measures": lambda n: {
        "plan": f"PL{n}", "number": "7", "title": "融资服务", "words": "（七）完善融资服务。",
        "departments": [{"department": f"DP{n}", "answering": "lead"}],
    },
    "measure-items": lambda n: {
        "measure": f"PM{n}", "key": "F02", "title": "村镇银行", "words": "加快村镇银行组建",
    },
    "plan-units": lambda n: {"plan": f"PL{n}", "prefecture": PLACES[n - 1]},
    "targets": lambda n: {
        "measure": f"PM{n}", "item": f"PI{n}", "key": "T12", "title": "示范平台",
        "words": "约20家", "comparator": "about", "lower": "20", "unit": "家",
        "starts_on": f"{2020 + n}-01-01", "due_on": f"{2020 + n}-12-31",
    },
    "plan-milestones": lambda n: {
        "plan": f"PL{n}", "measure": f"PM{n}", "key": "S04", "title": "报送联系人",
        "due_on": f"{2020 + n}-04-30", "owner": f"DP{n}",
    },
    "progress-entries": lambda n: {
        "target": f"PT{n}", "unit": f"PU{n}", "happened_on": f"{2020 + n}-06-20", "value": "3",
    },
    "plan-events": lambda n: {
        "unit": f"PU{n}", "kind": "joint", "name": f"服务日{n}", "held_on": f"{2020 + n}-06-15",
        "place": PLACES[n - 1],
    },
    "contact-replies": lambda n: {
        "unit": f"PU{n}", "replied_on": "2012-04-29",
        "contacts": [{"office": "某科", "person": "某人", "telephone": "020-1"}],
    },
    "progress-reports": lambda n: {
        "unit": f"PU{n}", "period": "H1", "summary": "总体平稳",
        "sections": [{"measure": f"PM{n}", "text": "进展顺利"}],
    },
    "consolidated-reports": lambda n: {
        "plan": f"PL{n}", "period": "H1", "title": f"上半年报告{n}",
        "text": "# 总体情况\n已完成{state:done}。",
    },
    "delegations": lambda n: {
        "prefecture": PLACES[n - 1], "matters": ["establishment"], "valid_from": "2012-05-01",
        "document_number": f"粤金〔2012〕{n}号", "needs_filing": "on", "filing_days": "10",
    },
    "licences": lambda n: {
        "institution": f"BK{n}", "kind": "operating", "number": f"粤000{n}",
        "issued_on": "2011-03-01", "valid_until": "2016-02-29",
    },
    "officers": lambda n: {
        "institution": f"GA{n}", "name": f"某经理{n}", "post": "general_manager",
        "appointed_on": "2011-03-01",
    },
    "penalties": lambda n: {
        "institution": f"ML{n}", "decided_on": "2012-05-10", "decided_by": "广东省金融办",
        "measure": "order", "ground": "未按期报送月报",
    },
    "microloan-companies": lambda n: {
        "legal_form": "llc", "capital": "10000", "in_pilot": "on", "business_scope": "小额贷款",
    },
    "shareholders": lambda n: {
        "institution": f"ML{n}", "name": f"演示发起人{n}", "kind": "enterprise",
        "role": "main_sponsor", "home_prefecture": PLACES[-n], "stake": "30",
        "held_from": "2011-03-01", "profit_year": "2010", "profit_last": "800",
    },
    "service-points": lambda n: {
        "institution": f"BK{n}", "kind": "sme_centre", "name": f"演示服务中心{n}",
        "prefecture": PLACES[-n], "opened_on": "2012-06-01", "staff": "12",
    },
    "cooperation-platforms": lambda n: {
        "name": f"演示园区平台{n}", "kind": "park", "prefecture": PLACES[n - 1],
        "established_on": "2012-01-05", "banks": "6",
    },
    "platform-results": lambda n: {
        "platform": f"CP{n}", "year": "2012", "span": "H1", "served": "60", "financed": "25",
        "amount": "5200",
    },
    "financing-events": lambda n: {
        "name": f"演示对接会{n}", "kind": "matchmaking", "held_on": "2012-06-15",
        "prefecture": PLACES[n - 1], "enterprises": "120", "enterprises_signed": "35",
        "amount_signed": "42000",
    },
    "event-drawings": lambda n: {
        "event": f"FE{n}", "as_of": "2012-09-30", "enterprises": "20", "amount": "18000",
    },
    "guarantee-agencies": lambda n: {
        "legal_form": "limited", "agency_type": "policy", "capital": "10000",
        "business": ["loans"],
    },
    "credit-ratings": lambda n: {
        "institution": f"GA{n}", "rating_agency_name": "演示评级", "subject": "issuer",
        "grade": "AA-", "outlook": "stable", "rated_on": "2012-05-01",
        "valid_until": "2013-04-30",
    },
    "supervisory-grades": lambda n: {
        "institution": f"GA{n}", "year": "2011", "grade": "A", "decided_on": "2012-03-01",
    },
    "loss-sharing-schemes": lambda n: {
        "name": f"方案{n}", "prefecture": PLACES[n - 1], "valid_from": "2012-01-01",
        "base": "principal", "order": "pro_rata",
        "participants": [{"party": "guarantor", "share": "80", "institution": f"GA{n}"},
                         {"party": "bank", "share": "20", "institution": f"BK{n}"}],
    },
    "cooperation-agreements": lambda n: {
        "institution": f"GA{n}", "bank": f"BK{n}", "scheme": f"LS{n}", "signed_on": "2012-02-01",
    },
    "compensation-cases": lambda n: {
        "institution": f"GA{n}", "bank": f"BK{n}", "scheme": f"LS{n}", "borrower": "演示食品厂",
        "loan_amount": "2000", "guaranteed_amount": "1500", "defaulted_on": "2012-03-01",
    },
    "case-movements": lambda n: {
        "case": f"CC{n}", "kind": "compensation", "happened_on": "2012-04-01",
        "principal": "1234.56", "interest": "0", "penalty_interest": "0", "other": "0",
    },
    "insurance-pilots": lambda n: {
        "name": f"试点{n}", "prefecture": PLACES[n - 1], "started_on": "2012-01-01",
        "participants": [{"role": "bank", "institution": f"BK{n}"}],
    },
    "pilot-figures": lambda n: {
        "pilot": f"IP{n}", "period_end": "2012-06-30", "policies": "10", "premium": "20",
        "insured_loans": "900", "borrowers": "10", "balance": "900", "overdue": "9",
        "claims": "0", "paid": "0", "recovered": "0", "fiscal_compensation": "0",
    },
    "re-guarantee-companies": lambda n: {
        "promoter": f"政府{n}", "legal_form": "limited", "modes": ["joint"], "capital": "30000",
    },
    "contributions": lambda n: {
        "institution": f"RG{n}", "contributor": f"财政局{n}", "kind": "prefecture",
        "happened_on": "2012-03-01", "subscribed": "20000", "paid_in": "12000",
    },
    "guarantee-funds": lambda n: {
        "name": f"基金{n}", "prefecture": PLACES[n - 1], "founded": "on",
        "founded_on": "2012-02-01",
    },
    "fund-entries": lambda n: {
        "fund": f"GF{n}", "happened_on": "2012-03-01", "direction": "source",
        "kind": "province", "committed": "5000", "paid": "3000",
    },
    "support-programmes": lambda n: {
        "name": f"政策{n}", "level": "prefecture", "prefecture": PLACES[n - 1],
        "kind": "subsidy", "valid_from": "2012-01-01", "budget": "1000", "test": "none",
    },
    "support-applications": lambda n: {
        "institution": f"GA{n}", "programme": f"PG{n}", "year": "2011",
        "applied_on": "2012-06-10", "decision": "approved", "decided_on": "2012-08-01",
        "granted": "60",
    },
    "support-payments": lambda n: {
        "application": f"SA{n}", "paid_on": "2012-09-01", "amount": "50",
    },
    "training-courses": lambda n: {
        "name": f"培训班{n}", "topic": "risk", "prefecture": PLACES[n - 1],
        "started_on": "2012-09-01",
    },
    "attendances": lambda n: {
        "course": f"TC{n}", "institution": f"GA{n}", "person": f"某学员{n}",
        "post": "general_manager", "completed": "on",
    },
    "evaluation-schemes": lambda n: {
        "name": f"办法{n}", "prefecture": PLACES[n - 1], "started_on": "2012-01-01",
    },
    "platform-participants": lambda n: {
        "institution": f"BK{n}", "kind": "bank", "access": "both", "prefecture": PLACES[n - 1],
        "joined_on": "2012-04-01",
    },
    "credit-coverage": lambda n: {
        "prefecture": PLACES[n - 1], "counted_on": "2012-06-30", "enterprises": "10000",
        "filed": "6000", "evaluated": "2000", "financed": "500",
    },
}  # fmt: skip


ROWS |= listings_rows.ROWS


class Rows:
    """Keeps rows as the office does, with what they hang on; each once."""

    def __init__(self, clerk: User) -> None:
        self.clerk = clerk
        for order, (code, name) in enumerate(zip(PLACES, NAMES, strict=True)):
            PrefectureFactory(code=code, name=name, display_order=order)
        load_rating_scale()
        load_stages()

    def keep(self, key: str, number: int) -> str:
        """Keep row ``number`` of a register, unless it is there; return its code."""
        for other in listings_rows.BEFORE.get(key, ()):
            self.keep(other, number)
        values = dict(ROWS[key](number))
        self._ground(key, values)
        if key in DETAILS:
            return self._detail(key, number, values)
        register = REGISTERS[key]
        code = f"{register.model.CODE_PREFIX}{number}"
        if register.model.objects.filter(code=code).exists():
            return code
        parts = {part: values.pop(part.key, []) for part in register.parts}
        entry = register.model()
        form = form_class(register)(
            {**default_values(register), **values, "code": code},
            instance=entry,
            actor=self.clerk,
            register=register,
        )
        formsets = [
            (part, part_formset(part, actor=self.clerk, record=entry, rows=rows))
            for part, rows in parts.items()
        ]
        assert form.is_valid(), dict(form.errors)
        assert all(each.is_valid() for _part, each in formsets), [e.errors for _p, e in formsets]
        save_entry(register, form.instance, actor=self.clerk, now=NOW, parts=formsets)
        return code

    def _ground(self, key: str, values: Values) -> None:
        """What a row names by its code: institutions, and entries of other registers."""
        named = [*values.values()]
        named += [cell for rows in named if isinstance(rows, list) for row in rows
                  if isinstance(row, dict) for cell in row.values()]  # fmt: skip
        owners = {each.model.CODE_PREFIX: other for other, each in REGISTERS.items()}
        for text in {each for each in named if isinstance(each, str)}:
            prefix, number = text[:2], text[2:]
            if not number.isdigit() or len(number) > 1:
                continue
            if prefix in KINDS:
                self._institution(prefix, int(number))
            elif prefix in owners:
                self.keep(owners[prefix], int(number))

    def _institution(self, prefix: str, number: int) -> Institution:
        code, place = f"{prefix}{number}", Prefecture.objects.get(code=PLACES[number - 1])
        found = Institution.objects.filter(code=code).first()
        if found is None:
            kind, ending = KINDS[prefix]
            found = Institution(code=code, kind=kind, prefecture=place,
                                name=f"演示{NAMES[number - 1]}{ending}")  # fmt: skip
            found.save()
            fact(found, "opened", "2010-01-01")
        return found

    def _detail(self, key: str, number: int, values: Values) -> str:
        register = DETAILS[key]
        (prefix,) = (each for each, (kind, _) in KINDS.items() if kind == register.kind)
        institution = self._institution(prefix, number)
        form = form_class(register)(
            {**default_values(register), **values},
            instance=register.model(),
            actor=self.clerk,
            register=register,
        )
        assert form.is_valid(), dict(form.errors)
        save_with_detail(
            register, institution, form.instance, actor=self.clerk, now=NOW,
            expected_version=institution.version,
        )  # fmt: skip
        return institution.code
