"""The default batches, an enterprise of Shaoguan, and what happened to it."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from core.models import Prefecture, User
from core.registers.saving import save_entry, void_entry
from listings.models import Enterprise, EnterpriseChange, Stage, StageEvent, StageTerm
from listings.operations.reference import load_stages
from listings.registers.enterprises import ENTERPRISES
from listings.registers.stage_events import ENTERPRISE_CHANGES, STAGE_EVENTS
from listings.registers.stages import STAGE_TERMS
from tests.factories import PrefectureFactory


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def moment(text: str) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.fromisoformat(text))


def stages_by_code() -> dict[str, Stage]:
    load_stages()
    return {each.code: each for each in Stage.objects.all()}


def founding(clerk: User, place: Prefecture) -> Any:
    def create(
        name: str = "演示精密股份有限公司", *, now: str = "2010-01-01", **values: Any
    ) -> Enterprise:
        fields = {"prefecture": place, "industry": "3911", "intended_board": "chinext"} | values
        entry = Enterprise(name=name, **fields)
        return save_entry(ENTERPRISES, entry, actor=clerk, now=moment(now))

    return create


def recording(clerk: User, stages: dict[str, Stage]) -> Any:
    def happened(
        enterprise: Enterprise, kind: str, on: str, stage: str = "", *, reason: str = "",
        now: str = "", actor: User | None = None,
    ) -> StageEvent:  # fmt: skip
        event = StageEvent(
            enterprise=enterprise,
            kind=kind,
            stage=stages[stage] if stage else None,
            happened_on=day(on),
            reason=reason,
        )
        at = moment(now or on)
        return save_entry(STAGE_EVENTS, event, actor=actor or clerk, now=at)

    return happened


def voiding(clerk: User) -> Any:
    def voided(event: StageEvent, now: str, reason: str = "登记有误") -> None:
        void_entry(STAGE_EVENTS, code=event.code, actor=clerk, reason=reason, now=moment(now))

    return voided


def changing(clerk: User) -> Any:
    def changed(enterprise: Enterprise, on: str, *, now: str = "", **values: Any):
        entry = EnterpriseChange(enterprise=enterprise, happened_on=day(on), **values)
        return save_entry(ENTERPRISE_CHANGES, entry, actor=clerk, now=moment(now or on))

    return changed


@pytest.fixture
def stages(db) -> dict[str, Stage]:
    return stages_by_code()


@pytest.fixture
def new_enterprise(province_clerk, shaoguan) -> Any:
    """``new_enterprise("演示精密股份有限公司", prefecture=…)``, as the province's clerk would."""
    return founding(province_clerk, shaoguan)


@pytest.fixture
def enterprise(new_enterprise) -> Enterprise:
    return new_enterprise()


@pytest.fixture
def record(stages, province_clerk) -> Any:
    """``record(enterprise, "enter", "2012-03-01", "TUTOR", reason="…", now="2012-03-05")``."""
    return recording(province_clerk, stages)


@pytest.fixture
def void(province_clerk) -> Any:
    """``void(event, now="2012-04-01")``."""
    return voiding(province_clerk)


@pytest.fixture
def change(province_clerk) -> Any:
    """``change(enterprise, "2012-07-01", new_board="sme")``."""
    return changing(province_clerk)


@pytest.fixture
def term(stages, province_clerk) -> Any:
    """``term("RESTRUCTURE", "2013-01-01", "股改一批", order=20)``: a batch's new name or order."""

    def told(stage: str, since: str, name: str, order: int, *, now: str = "", **values: Any):
        entry = StageTerm(stage=Stage.objects.get(code=stage), valid_from=day(since), name=name,
                          order=order, **values)  # fmt: skip
        return save_entry(STAGE_TERMS, entry, actor=province_clerk, now=moment(now or since))

    return told


@pytest.fixture
def dongguan(db) -> Any:
    return PrefectureFactory(code="441900", name="东莞市", name_en="Dongguan", region="delta",
                             display_order=11)  # fmt: skip
