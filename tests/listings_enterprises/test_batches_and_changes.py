"""Batches are data: renaming, inserting and mapping them; what is dated about an enterprise."""

import pytest

from core.errors import DomainError
from core.models.rules import RuleParameter
from core.operations.reference import load_rules
from core.registers.saving import save_entry, void_entry
from listings.models import Enterprise, Stage, StageSpan, StageTerm
from listings.operations.spans import differing
from listings.queries.stages import province_scheme
from listings.registers.enterprises import ENTERPRISES
from listings.registers.stage_events import ENTERPRISE_CHANGES
from listings.registers.stages import STAGE_TERMS, STAGES, stage_remarks
from tests.listings_enterprises.conftest import day, moment


def names(on: str, known: str = "") -> list[str]:
    scheme = province_scheme(day=day(on), known_at=moment(known) if known else None)
    return [each.name.zh for each in scheme.terms]


FIVE = ["培育（储备）一批", "改制一批", "辅导一批", "申报一批", "上市一批"]


def test_a_renamed_batch_keeps_its_old_name_on_old_days(term) -> None:
    term("RESTRUCTURE", "2013-01-01", "股改一批", 20)
    assert names("2012-12-31") == FIVE
    assert names("2013-01-01")[1] == "股改一批"


def test_an_inserted_batch_stands_in_order_from_its_day(term, record, enterprise, stages) -> None:
    record(enterprise, "enter", "2012-02-01", "TUTOR")
    Stage(code="PREPARE").save()
    term("PREPARE", "2013-01-01", "拟申报一批", 35)
    assert names("2012-12-31") == FIVE
    assert names("2013-01-01") == [*FIVE[:3], "拟申报一批", *FIVE[3:]]
    stands = StageSpan.objects.on(day("2013-06-01")).get(enterprise=enterprise)
    assert stands.stage.code == "TUTOR"
    with pytest.raises(DomainError) as skipped:  # the new batch now lies between the two
        record(enterprise, "enter", "2013-06-01", "FILE")
    assert "reason" in skipped.value.fields


def test_a_term_recorded_late_was_not_known_before(term) -> None:
    term("RESTRUCTURE", "2013-01-01", "股改一批", 20, now="2013-03-01")
    assert names("2013-02-01")[1] == "股改一批"
    assert names("2013-02-01", known="2013-02-15")[1] == "改制一批"


def test_a_void_term_gives_the_batch_its_name_back(term, province_clerk) -> None:
    wrong = term("RESTRUCTURE", "2013-01-01", "股改一批", 20)
    assert Stage.objects.get(code="RESTRUCTURE").name == "股改一批"
    void_entry(STAGE_TERMS, code=wrong.code, actor=province_clerk, reason="误登",
               now=moment("2013-02-01"))  # fmt: skip
    assert Stage.objects.get(code="RESTRUCTURE").name == "改制一批"
    assert names("2013-03-01") == FIVE


def test_a_retired_batch_takes_nobody_in_and_keeps_who_is_there(
    term, record, enterprise, new_enterprise
) -> None:
    record(enterprise, "enter", "2012-02-01", "RESTRUCTURE")
    term("RESTRUCTURE", "2013-01-01", "改制一批", 20, in_use=False)
    assert StageSpan.objects.on(day("2013-06-01")).get().stage.code == "RESTRUCTURE"
    with pytest.raises(DomainError):
        record(new_enterprise("演示食品股份有限公司"), "enter", "2013-02-01", "RESTRUCTURE")
    record(enterprise, "enter", "2013-06-01", "TUTOR")  # leaving a retired batch skips nothing


def test_two_batches_do_not_take_one_place_and_seven_are_the_most(term, stages) -> None:
    load_rules()
    with pytest.raises(DomainError) as refused:
        term("RESTRUCTURE", "2013-01-01", "改制一批", 30)
    assert "辅导一批" in refused.value.fields["order"].zh
    for place, code in enumerate(("SIX", "SEVEN", "EIGHT")):
        Stage(code=code).save()
        if code != "EIGHT":
            term(code, "2013-01-01", f"新增{code}", 60 + place)
    with pytest.raises(DomainError) as refused:
        term("EIGHT", "2013-01-01", "新增EIGHT", 99)
    assert "至多 7 个" in refused.value.fields["in_use"].zh
    rule = RuleParameter.objects.get(code="listings.stages-max")
    assert rule.certainty == "L"


def test_too_few_batches_are_a_finding(term, stages) -> None:
    load_rules()
    term("CULTIVATE", "2013-01-01", FIVE[0], 10, in_use=False)
    term("TUTOR", "2013-01-01", FIVE[2], 30, in_use=False)
    assert stage_remarks(stages["FILE"], day("2012-12-31")) == []
    found = stage_remarks(stages["FILE"], day("2013-01-01"))
    assert [each.code for each in found] == ["stages.number"]


@pytest.fixture
def own_scheme(stages, dongguan, province_clerk) -> dict[str, Stage]:
    """Dongguan's “686” has two steps within the province's cultivation."""
    found = {}
    for place, (code, name, onto) in enumerate(
        [("DG1", "上市后备资源库", "CULTIVATE"), ("DG2", "上市后备企业", "CULTIVATE"),
         ("DG3", "改制企业", "RESTRUCTURE")], start=1,
    ):  # fmt: skip
        stage = save_entry(STAGES, Stage(code=code, prefecture=dongguan), actor=province_clerk,
                           now=moment("2011-01-01"))  # fmt: skip
        entry = StageTerm(stage=stage, valid_from=day("2011-01-01"), name=name, order=place * 10,
                          maps_to=stages[onto])  # fmt: skip
        save_entry(STAGE_TERMS, entry, actor=province_clerk, now=moment("2011-01-01"))
        found[code] = stage
    stages |= found
    return found


def test_a_citys_own_batches_count_as_the_provinces(
    own_scheme, record, new_enterprise, dongguan
) -> None:
    enterprise = new_enterprise("演示东莞电子股份有限公司", prefecture=dongguan)
    record(enterprise, "enter", "2011-03-01", "DG1")
    record(enterprise, "enter", "2012-03-01", "DG2")
    record(enterprise, "enter", "2013-03-01", "DG3")
    spans = StageSpan.objects.known().order_by("starts_on")
    assert [(s.stage.code, s.own_stage.code, s.first) for s in spans] == [
        ("CULTIVATE", "DG1", True),
        ("CULTIVATE", "DG2", False),  # one stay in the province's batch, two in the city's
        ("RESTRUCTURE", "DG3", True),
    ]
    assert names("2012-01-01") == FIVE


def test_a_citys_batches_are_for_its_own_enterprises_and_clerks(
    own_scheme, record, enterprise, shaoguan_clerk, term
) -> None:
    with pytest.raises(DomainError) as refused:
        record(enterprise, "enter", "2011-03-01", "DG1")
    assert "其他地市" in refused.value.fields["stage"].zh


def test_mapping_anew_moves_what_entered_since(own_scheme, record, new_enterprise, dongguan, term,
                                               stages):  # fmt: skip
    enterprise = new_enterprise("演示东莞电子股份有限公司", prefecture=dongguan)
    record(enterprise, "enter", "2012-03-01", "DG2")
    term("DG2", "2012-01-01", "拟改制企业", 20, now="2013-01-01", maps_to=stages["RESTRUCTURE"])
    assert StageSpan.objects.on(day("2012-06-01")).get().stage.code == "RESTRUCTURE"
    before = StageSpan.objects.on(day("2012-06-01"), moment("2012-12-31")).get()
    assert before.stage.code == "CULTIVATE"
    assert list(differing()) == []


def test_a_move_counts_from_its_day(record, enterprise, change, guangzhou, shaoguan) -> None:
    record(enterprise, "enter", "2010-03-01", "CULTIVATE")
    change(enterprise, "2012-07-01", new_prefecture=guangzhou, new_board="sme")
    enterprise.refresh_from_db()
    assert (enterprise.prefecture, enterprise.intended_board) == (guangzhou, "sme")
    before, after = (StageSpan.objects.on(day(on)).get() for on in ("2012-06-30", "2012-07-01"))
    assert (before.prefecture, before.board) == (shaoguan, "chinext")
    assert (after.prefecture, after.board) == (guangzhou, "sme")
    assert (before.first, after.first, after.entered_on) == (True, False, day("2010-03-01"))


def test_a_void_move_puts_the_enterprise_back(
    record, enterprise, change, guangzhou, shaoguan, province_clerk
) -> None:
    record(enterprise, "enter", "2010-03-01", "CULTIVATE")
    wrong = change(
        enterprise, "2012-07-01", new_prefecture=guangzhou, new_name="演示精工股份有限公司"
    )
    enterprise.refresh_from_db()
    assert (enterprise.name, enterprise.former_names) == (
        "演示精工股份有限公司", "演示精密股份有限公司")  # fmt: skip
    void_entry(ENTERPRISE_CHANGES, code=wrong.code, actor=province_clerk, reason="误登",
               now=moment("2012-08-01"))  # fmt: skip
    enterprise.refresh_from_db()
    assert (enterprise.prefecture, enterprise.name) == (shaoguan, "演示精密股份有限公司")
    assert enterprise.former_names == ""
    assert StageSpan.objects.on(day("2012-12-31")).get().prefecture == shaoguan


def test_a_wrong_place_is_corrected_on_the_record_and_a_moved_one_by_a_change(
    record, enterprise, change, guangzhou, province_clerk
) -> None:
    record(enterprise, "enter", "2010-03-01", "CULTIVATE")
    enterprise.prefecture = guangzhou  # it was mistyped: it was there from the beginning
    save_entry(ENTERPRISES, enterprise, actor=province_clerk, now=moment("2011-01-01"),
               expected_version=1)  # fmt: skip
    assert StageSpan.objects.on(day("2010-06-01")).get().prefecture == guangzhou
    change(enterprise, "2012-07-01", new_board="sme")
    enterprise = Enterprise.objects.get()
    enterprise.intended_board = "hk"
    with pytest.raises(DomainError) as refused:
        save_entry(ENTERPRISES, enterprise, actor=province_clerk, now=moment("2012-08-01"),
                   expected_version=enterprise.version)  # fmt: skip
    assert list(refused.value.fields) == ["intended_board"]


def test_a_void_enterprise_stands_nowhere(record, enterprise, province_clerk) -> None:
    record(enterprise, "enter", "2010-03-01", "CULTIVATE")
    void_entry(ENTERPRISES, code=enterprise.code, actor=province_clerk, reason="重复",
               now=moment("2011-01-01"))  # fmt: skip
    assert not StageSpan.objects.on(day("2010-06-01")).exists()
    assert StageSpan.objects.on(day("2010-06-01"), moment("2010-07-01")).exists()
