"""A province with four village banks at four stages of their life."""

from types import SimpleNamespace

import pytest

from core.models import County, Prefecture
from core.operations.reference import load_rules, load_territory
from tests.factories import InstitutionFactory, fact


@pytest.fixture
def province(db) -> SimpleNamespace:
    """The real territory and rules; banks in Zhongshan, Shaoguan, Yangjiang and Chaozhou."""
    load_territory()
    load_rules()

    def village_bank(code: str, name: str, prefecture: str, county: str = ""):
        return InstitutionFactory(
            code=code,
            kind="village_bank",
            name=name,
            prefecture=Prefecture.objects.get(code=prefecture),
            county=County.objects.filter(code=county).first(),
        )

    xiaolan = village_bank("VB001", "演示中山小榄村镇银行", "442000")
    fact(xiaolan, "preparation_approved", "2008-06-01", document_number="粤银监复〔2008〕10号")
    fact(xiaolan, "opened", "2008-12-29", document_number="中银监复〔2008〕8号")
    lechang = village_bank("VB002", "演示乐昌村镇银行", "440200", "440281")
    fact(lechang, "opened", "2012-09-01", document_number="韶银监复〔2012〕3号")
    fact(lechang, "exited", "2014-05-01", reason="merged")
    yangxi = village_bank("VB003", "演示阳西村镇银行", "441700", "441721")
    fact(yangxi, "preparation_approved", "2012-05-01")
    raoping = village_bank("VB004", "演示饶平村镇银行", "445100", "445122")
    fact(raoping, "plan_approved", "2012-03-01")
    fact(raoping, "blocked", "2012-04-01", reason="linkage")
    return SimpleNamespace(xiaolan=xiaolan, lechang=lechang, yangxi=yangxi, raoping=raoping)
