"""The floors of the house hold in the database too, and no page reaches for a foreign host."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

FLOORS = {"core": 0, "finance": 1, "guarantees": 1, "listings": 1, "returns": 2, "plan": 3,
          "reports": 4, "api": 5}  # fmt: skip
OURS = [model for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in FLOORS]  # fmt: skip


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_points_only_at_its_own_floor_or_below(model) -> None:
    own = model._meta.app_label
    for field in model._meta.get_fields():
        if not field.is_relation or field.auto_created or field.related_model is None:
            continue
        theirs = field.related_model._meta.app_label
        if theirs in FLOORS:
            lower = FLOORS[theirs] < FLOORS[own]
            assert lower or theirs == own, f"{field} points from {own} up or across to {theirs}"


def test_every_app_of_ours_has_a_floor() -> None:
    ours = {each for each in settings.INSTALLED_APPS if (settings.BASE_DIR / each).is_dir()}
    assert ours == FLOORS.keys()


def test_templates_and_static_code_name_no_foreign_host() -> None:
    own = [*Path(settings.BASE_DIR, "templates").rglob("*.html"),
           *Path(settings.BASE_DIR, "static", "js").rglob("*.js"),
           *Path(settings.BASE_DIR, "static", "css").rglob("*.css")]  # fmt: skip
    assert len(own) > 30
    names = r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//"""
    foreign = [path.name for path in own if re.search(names, path.read_text())]
    assert not foreign
