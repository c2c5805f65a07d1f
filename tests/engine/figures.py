"""Sound figures for tests: every identity of the form holds."""

from typing import Any

LINE = {
    "balance": "100.00", "year_start": "90.00",
    "unsecured": "40.00", "guaranteed": "30.00", "mortgaged": "20.00", "pledged": "10.00",
    "short_term": "60.00", "long_term": "40.00",
    "normal": "95.00", "special_mention": "2.00", "substandard": "1.50", "doubtful": "1.00",
    "loss": "0.50", "npl": "3.00",
    "granted_period": "20.00", "granted_year": "80.00", "interest": "1.4000",
    "borrowers": 12, "applicants": 9, "approved": 7,
}  # fmt: skip


def line(prefecture: str = "440100", size: str = "S", industry: str = "C", **changes: Any) -> Any:
    return {"prefecture": prefecture, "size": size, "industry": industry} | LINE | changes


def total(prefecture: str = "440100", enterprise: str = "100.00", **changes: Any) -> Any:
    return {
        "prefecture": prefecture, "all_loans": "5000.00", "all_year_start": "4500.00",
        "all_npl": "60.00", "enterprise_loans": enterprise,
    } | changes  # fmt: skip


def payload(lines: list[Any], totals: list[Any], **changes: Any) -> dict[str, Any]:
    return {
        "form": "sme-loans", "version": "2012.1", "institution": "B001", "period": "2012-06",
        "tables": {"lines": lines, "totals": totals},
    } | changes  # fmt: skip
