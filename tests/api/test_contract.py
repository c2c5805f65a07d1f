"""What the interface promised still holds, each refusal is documented, examples are true."""

import copy
import datetime
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from api.contract import deprecations, keeping
from api.contract.deprecations import Deprecation
from api.contract.keeping import promised, promised_now, undeclared, written
from api.contract.places import ELSEWHERE, PLACES
from api.contract.promises import METHODS, breaks
from api.problem_list import PROBLEMS

OLD = {
    "GET /banks/": {
        "asks": {"query kind": "string{city,rural}", "query q": "string", "path key!": "string"},
        "answers": {"200 application/json": {"results!": [{"code!": "string", "note": "string"}]}},
    },
    "POST /banks/": {
        "asks": {},
        "body": {"application/json": {"code!": "string", "size": "integer|null"}},
        "answers": {"201 application/json": {"code!": "null|string:date"}},
    },
}
ASKS, ANSWERS, BODY = ("GET /banks/", "asks"), ("GET /banks/", "answers"), ("POST /banks/", "body")


def changed(place: tuple[str, ...], name: str, value: Any = None) -> dict[str, Any]:
    """OLD with something else at a place; None takes it away."""
    new: Any = copy.deepcopy(OLD)
    found = new
    for step in place:
        found = found[step]
    found.pop(name, None)
    if value is not None:
        found[name] = value
    return new


RECORD = (*ANSWERS, "200 application/json", "results!", 0)
SENT = (*BODY, "application/json")


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (changed((), "GET /banks/"), "GET /banks/: gone"),
        (changed(ASKS, "query q"), "asks query q: no longer known"),
        (changed(ASKS, "query kind", "string{city}"), "asks query kind: rural no longer taken"),
        (changed(ASKS, "query q", "string{a}"), "asks query q: now only a"),
        (changed(ASKS, "query new!", "string"), "asks query new: now required"),
        (changed(ASKS, "query q", "integer"), "asks query q: string no longer taken"),
        (changed(ANSWERS, "200 application/json"), "answers 200 application/json: gone"),
        (changed(RECORD, "code!"), "results[] code: gone"),
        (changed(RECORD, "code!", "integer"), "results[] code: may now be integer"),
        (changed(RECORD, "code!", "null|string"), "results[] code: may now be null"),
        (changed(SENT, "size"), "body size: no longer known"),
        (changed(SENT, "size", "integer"), "body size: null no longer taken"),
        (changed(SENT, "more!", "string"), "body more: now required"),
        (changed(BODY, "application/json"), "body application/json: no longer read"),
    ],
)
def test_what_callers_would_miss_is_a_break(new, said) -> None:
    (found,) = breaks(OLD, new)
    assert found.endswith(said)


def test_a_name_that_is_no_longer_always_there_is_a_break() -> None:
    new = changed(RECORD, "code!")
    new["GET /banks/"]["answers"]["200 application/json"]["results!"][0]["code"] = "string"
    assert [each.rpartition(": ")[2] for each in breaks(OLD, new)] == ["no longer always there"]


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        changed((), "GET /more/", {"asks": {}, "answers": {}}),
        changed(ASKS, "query new", "string"),
        changed(ASKS, "query kind", "string{city,private,rural}"),
        changed(RECORD, "more!", "integer"),
        changed(SENT, "more", "string"),
        changed(SENT, "size", "integer|null|string"),
        changed(("POST /banks/", "answers", "201 application/json"), "code!", "string:date"),
    ],
)
def test_what_is_added_breaks_nothing(new) -> None:
    assert list(breaks(OLD, new)) == []


def test_nothing_is_broken_that_was_not_declared() -> None:
    found = undeclared()
    assert found == [], "declare it in docs/api-breaks.toml, as docs/api-policy.md says"
    assert keeping.CONTRACT.read_text(encoding="utf-8") == written(promised_now()), (
        "the interface grew: keep it with `python manage.py api_contract --write`"
    )


def test_the_kept_contract_is_the_whole_of_it() -> None:
    assert promised() == promised_now()


def test_a_declared_break_is_let_through(monkeypatch, tmp_path) -> None:
    now = promised_now()
    del now["GET /token/"]
    monkeypatch.setattr(keeping, "promised_now", lambda: now)
    assert undeclared() == ["GET /token/: gone"]
    declared = tmp_path / "breaks.toml"
    declared.write_text(
        '[[break]]\nwhat = "GET /token/: gone"\nsince = 2027-01-01\nwhy = "x"\ninstead = "y"\n'
    )
    monkeypatch.setattr(keeping, "DECLARED", declared)
    assert undeclared() == []


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_every_operation_tells_its_problems_and_no_others_come(schema) -> None:
    """Schemathesis then holds every answer against these: there is no catch-all."""
    told = set()
    for name, operation in operations(schema):
        assert "default" not in operation["responses"], name
        for status in ("401", "403", "422", "429", "500"):
            assert status in operation["responses"], (name, status)
    for answer in schema["components"]["responses"].values():
        (content,) = answer["content"].values()
        codes = content["schema"]["allOf"][1]["properties"]["code"]["enum"]
        assert list(content["examples"]) == codes
        told |= set(codes)
    assert {code for code, _status, _text in PROBLEMS} - told == {*ELSEWHERE, "retired"}
    assert set(PLACES) | set(ELSEWHERE) == {code for code, _status, _text in PROBLEMS}


def test_examples_are_what_the_schema_allows(schema) -> None:
    number = 0
    for name, operation in operations(schema):
        contents = [operation.get("requestBody", {}).get("content", {})]
        contents += [
            answer.get("content", {})
            for status, answer in operation["responses"].items()
            if status.startswith("2")
        ]
        for content in contents:
            if "application/json" in content:
                found = content["application/json"]
                whole = {**found["schema"], "components": schema["components"]}
                problems = list(Draft202012Validator(whole).iter_errors(found["example"]))
                assert not problems, (name, problems[0])
                number += 1
    assert number > 400


ENDING = Deprecation(
    "banks", datetime.date(2026, 1, 1), datetime.date(2099, 1, 1), "/api/v1/institutions/"
)


@pytest.fixture
def declare(monkeypatch):
    return lambda *found: monkeypatch.setattr(deprecations, "DEPRECATIONS", found)


@pytest.fixture
def reader(caller, leader):
    return caller(leader)


def test_what_ends_says_so_in_every_answer(reader, declare) -> None:
    assert "Deprecation" not in reader.get("/banks/")
    declare(ENDING)
    answer = reader.get("/banks/")
    assert answer.status_code == 200
    assert answer["Deprecation"] == "@1767225600"
    assert answer["Sunset"] == "Thu, 01 Jan 2099 00:00:00 GMT"
    assert 'rel="deprecation"' in answer["Link"]
    assert '</api/v1/institutions/>; rel="successor-version"' in answer["Link"]
    assert "Deprecation" not in reader.get("/counties/")
    found = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    assert found["/api/v1/banks/"]["get"]["deprecated"] is True
    assert "deprecated" not in found["/api/v1/counties/"]["get"]


def test_a_parameter_ends_by_itself(reader, declare) -> None:
    declare(
        Deprecation(
            "banks",
            ENDING.since,
            ENDING.sunset,
            "/api/v1/banks/?q=",
            method="GET",
            parameter="region",
        )
    )
    assert "Sunset" in reader.get("/banks/", region="delta")
    assert "Sunset" not in reader.get("/banks/")


def test_after_its_last_day_it_is_refused_with_what_follows(reader, declare) -> None:
    declare(Deprecation("banks", ENDING.since, datetime.date(2026, 2, 1), "/api/v1/institutions/"))
    answer = reader.client.get("/api/v1/banks/")
    assert answer.status_code == 410
    assert answer.json()["code"] == "retired"
    assert "/api/v1/institutions/" in answer.json()["detail"]
