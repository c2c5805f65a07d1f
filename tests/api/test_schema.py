"""The schema is the written one, and answers are what it says, whatever is sent."""

import itertools
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import schemathesis
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import translation
from hypothesis import HealthCheck, Phase, seed
from hypothesis import settings as examples
from schemathesis import checks

from api.problem_list import PROBLEMS
from api.problems import REFUSALS
from config.wsgi import application

WRITTEN = Path(settings.BASE_DIR) / "docs/openapi.yaml"
# What our answers must satisfy: no fault, and only what the schema says.
CHECKS = (
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)


def test_docs_openapi_is_what_the_code_declares() -> None:
    out = StringIO()
    with translation.override("zh-hans"):
        call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    assert out.getvalue() == WRITTEN.read_text(), (
        "write it again: python manage.py spectacular --file docs/openapi.yaml"
    )


def test_every_refusal_is_in_the_list_of_problems() -> None:
    known = {code for code, _status, _text in PROBLEMS}
    other = {"permission_denied", "not_acceptable"}
    assert {code.replace("_", "-") for code in set(REFUSALS) - other} <= known


@pytest.fixture
def connection_kept() -> Iterator[None]:
    """Requests past Django's test client leave the test's connection open, as its own do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


# Everybody tries every route; who may do most tries it twice.
CAST = (
    "province_clerk", "shaoguan_clerk", "department_clerk", "preparer", "signatory", "leader",
    "auditor", "administrator", "province_clerk", "preparer",
)  # fmt: skip


@pytest.fixture
def api(db, connection_kept, caller, bank, june, accepted, request):
    """The schema bound to the application itself, with the tokens of every role."""
    accepted(bank, june)
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    tokens = {name: caller(request.getfixturevalue(name)).token for name in dict.fromkeys(CAST)}
    return schema, [tokens[name] for name in CAST]


def test_no_request_breaks_it_and_answers_conform(api, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    schema, tokens = api
    for result in schema.get_all_operations():
        _try(result.ok(), tokens)


def _try(operation, tokens) -> None:
    from hypothesis import given

    turns = itertools.cycle(tokens)

    @seed(20121124)
    @examples(
        max_examples=len(CAST),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def attempt(case) -> None:
        headers = {"Authorization": f"Bearer {next(turns)}"}
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)

    attempt()
