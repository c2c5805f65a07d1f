"""A page offers a role no link that would refuse it."""

import re

import pytest
from django.urls import reverse

from core.operations.reference import load_territory
from returns.models import Return


def links(client, path: str) -> set[str]:
    """The addresses that a page's own content links to, without its query links."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    found = re.findall(r'href="(/[^"#]*)"', answer.content.decode())
    return {each.replace("&amp;", "&") for each in found if not each.startswith("/static/")}


@pytest.mark.parametrize(
    "who", ["province_clerk", "shaoguan_clerk", "department_clerk", "preparer", "signatory",
            "leader", "auditor", "administrator"],
)  # fmt: skip
def test_a_start_page_and_what_it_links_to_open(who, request, client_of, june, bank, accepted):
    load_territory()
    user = request.getfixturevalue(who)
    client = client_of(user)
    refused = {
        path
        for path in links(client, "/")
        | links(client, reverse("core:institution", args=[bank.code]))
        if client.get(path).status_code in (403, 404) and not path.startswith("/account/logout")
    }
    assert not refused


def test_a_signatory_waits_for_the_preparer_without_a_link(client_of, signatory, june):
    assert not Return.objects.exists()
    client = client_of(signatory)
    period = reverse("returns:period", args=[june.pk])
    assert period not in links(client, "/")
    assert period not in links(client, reverse("returns:desk"))
