"""Checks of any form against the registries and the other returns (tier 5)."""

from collections.abc import Iterator

import numpy as np

from core.text import Text
from returns.checking.check import Hits, Severity, Tier, check
from returns.checking.columns import Tables
from returns.checking.context import Context

REGISTRY = Text("机构登记", "Registry of institutions")


@check(
    "SY-501",
    tier=Tier.SYSTEM,
    severity=Severity.ERROR,
    table="",
    columns=(),
    title=Text("机构在报告期末存续", "The institution exists at the period's end"),
    message=Text(
        "按登记，{institution} 在 {day} 未开业或已退出。",
        "By the registry, {institution} was not open, or had left, on {day}.",
    ),
    cure=Text(
        "请核对报告期；登记有误时请联系金融办更正。",
        "Check the period; if the registry is wrong, ask the finance office to correct it.",
    ),
    source=REGISTRY,
)
def institution_is_licensed(tables: Tables, context: Context) -> Iterator[Hits]:
    if not context.licensed:
        yield Hits(
            "",
            "",
            parameters={"institution": context.institution_name, "day": str(context.ends_on)},
        )


def _first_lines(tables: Tables, context: Context, allowed: frozenset[str]) -> Iterator[Hits]:
    """Object once for each prefecture that is not allowed, at its first line."""
    lines = next(iter(tables.values()))
    codes = lines.codes["prefecture"]
    counts = np.bincount(lines["prefecture"][lines["prefecture"] >= 0], minlength=len(codes))
    strange = [place for place in np.flatnonzero(counts) if codes[place] not in allowed]
    if strange:
        first = [int(np.argmax(lines["prefecture"] == place)) for place in strange]
        yield Hits(
            lines.table.name,
            "prefecture",
            np.array(first),
            parameters={"lines": counts[strange]},
            scales={"lines": 0},
        )


@check(
    "SY-502",
    tier=Tier.SYSTEM,
    severity=Severity.WARNING,
    table="lines",
    columns=("prefecture",),
    title=Text("机构在该地市有网点", "The institution is active in the prefecture"),
    message=Text(
        "按登记，本机构在 {value} 没有营业网点，却报了 {lines} 行。",
        "By the registry, the institution has no outlet in {value}, yet {lines} lines name it.",
    ),
    cure=Text(
        "请核对地市代码；异地贷款属实请说明。",
        "Check the prefecture; explain if loans are really made there.",
    ),
    source=REGISTRY,
)
def prefecture_is_active(tables: Tables, context: Context) -> Iterator[Hits]:
    if context.institution_kind != "village_bank" and context.active_prefectures:
        yield from _first_lines(tables, context, context.active_prefectures)


@check(
    "SY-503",
    tier=Tier.SYSTEM,
    severity=Severity.ERROR,
    table="lines",
    columns=("prefecture",),
    title=Text("村镇银行不得异地贷款", "A village bank lends at home only"),
    message=Text(
        "村镇银行只在所在县域放款，所在地市以外的 {value} 却报了 {lines} 行。",
        "A village bank lends in its own county only, yet {lines} lines name {value}, outside its "
        "prefecture.",
    ),
    cure=Text("请核对地市代码。", "Check the prefecture."),
    source=Text(
        "《村镇银行管理暂行规定》（银监发〔2007〕5号）：不得发放异地贷款",
        "银监发〔2007〕5号: no loans outside the area",
    ),
)
def village_bank_stays_home(tables: Tables, context: Context) -> Iterator[Hits]:
    if context.institution_kind == "village_bank":
        yield from _first_lines(tables, context, frozenset({context.home_prefecture}))


@check(
    "SY-504",
    tier=Tier.SYSTEM,
    severity=Severity.ERROR,
    table="",
    columns=(),
    title=Text("文件未用于其他报表", "The file belongs to no other return"),
    message=Text(
        "同一文件（SHA-256 相同）已用于 {institution} {period} 的报表。",
        "The very same file (SHA-256) already serves the return of {institution}, {period}.",
    ),
    cure=Text(
        "请确认没有选错文件，上传本机构本期的文件。",
        "Make sure that you chose the right file and upload the one of this period.",
    ),
    source=Text("重复文件检查", "Duplicate files"),
)
def file_sent_elsewhere(tables: Tables, context: Context) -> Iterator[Hits]:
    for sending in context.sendings:
        if not sending.same_return:
            words = {"institution": sending.institution, "period": sending.period}
            yield Hits("", "", parameters=words)


@check(
    "SY-505",
    tier=Tier.SYSTEM,
    severity=Severity.WARNING,
    table="",
    columns=(),
    title=Text("文件与上一版不同", "The file differs from the revision before"),
    message=Text(
        "同一文件（SHA-256 相同）已作为第 {revision} 版报送，本版没有任何变化。",
        "The very same file (SHA-256) was filed as revision {revision}: nothing changed.",
    ),
    cure=Text(
        "请上传改正后的文件；确需原样重报请说明。",
        "Upload the corrected file, or explain why the same one is filed again.",
    ),
    source=Text("重复文件检查", "Duplicate files"),
)
def file_sent_before(tables: Tables, context: Context) -> Iterator[Hits]:
    for sending in context.sendings:
        if sending.same_return:
            yield Hits("", "", parameters={"revision": str(sending.revision)})
