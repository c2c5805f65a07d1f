"""Invented credit information: evaluation schemes, who takes part in the platform, coverage."""

import datetime

from core.models import Institution
from core.models.territory import Region
from guarantees.models import CreditCoverage, EvaluationScheme, PlatformParticipant
from reports.demo.keeping import Desk, Firm

SCHEMES = (
    ("演示广东省小微企业信用评价办法", None, "AAA、AA、A、B、C", -900),
    ("演示佛山市小微企业信用评价办法", "440600", "A、B、C、D", -30),
    ("演示云浮市农村小微企业信用评价办法", "445300", "一星、二星、三星", -500),
)
DEPARTMENTS = (
    ("演示省工商行政管理局", "department", "provides"), ("演示省国家税务局", "department",
    "provides"), ("演示省人力资源和社会保障厅", "department", "provides"),
    ("演示电网公司", "utility", "provides"), ("演示水务公司", "utility", "provides"),
)  # fmt: skip


def keep_credit_information(
    desk: Desk, banks: list[Institution], companies: list[Firm], agencies: list[Firm]
) -> None:
    """Keep schemes, participants and two counts of every prefecture."""
    schemes = [
        EvaluationScheme(
            name=name,
            prefecture=desk.prefectures.get(place),
            document_number=desk.document("粤信用", desk.ago(420)),
            evaluator="演示征信服务有限公司",
            grades=grades,
            started_on=desk.ago(420),
            ended_on=desk.ago(ended),
        )
        for name, place, grades, ended in SCHEMES
    ]
    desk.keep(schemes)
    desk.keep(_participants(desk, banks, companies, agencies))
    desk.keep(_coverage(desk, schemes[0]))


def _participants(
    desk: Desk, banks: list[Institution], companies: list[Firm], agencies: list[Firm]
) -> list[PlatformParticipant]:
    found = [
        PlatformParticipant(name=name, kind=kind, access=access, joined_on=desk.ago(800 - place))
        for place, (name, kind, access) in enumerate(DEPARTMENTS)
    ]
    registered = (
        *((each, "bank", "both") for each in banks[:8]),
        *((each.institution, "microloan", "queries") for each in companies[:6]),
        *((each.institution, "guarantee", "both") for each in agencies[:5]),
    )
    for place, (institution, kind, access) in enumerate(registered):
        found.append(
            PlatformParticipant(
                institution=institution,
                kind=kind,
                access=access,
                joined_on=desk.ago(600 - 21 * place),
                left_on=desk.ago(33) if place == 9 else None,
            )
        )
    return found


def _coverage(desk: Desk, scheme: EvaluationScheme) -> list[CreditCoverage]:
    """Counts of the last two year ends, more of everything at the second."""
    found = []
    for place, prefecture in enumerate(desk.prefectures.values()):
        firms = (
            desk.rng.randint(8000, 60000)
            if prefecture.region == Region.PEARL_DELTA
            else 4000 + 700 * place
        )
        for back, filed, evaluated in ((2, 31, 12), (1, 43, 22)):
            more = desk.rng.randint(0, 9)
            counted = int(firms * (1 - 0.04 * back))
            found.append(
                CreditCoverage(
                    prefecture=prefecture,
                    counted_on=datetime.date(desk.today.year - back, 12, 31),
                    scheme=scheme,
                    enterprises=counted,
                    filed=counted * (filed + more) // 100,
                    evaluated=counted * (evaluated + more) // 100,
                    financed=counted * (evaluated + more) // 400,
                )
            )
    return found
