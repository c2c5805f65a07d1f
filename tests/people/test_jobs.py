"""Long work runs in the background and says how far it is."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from core.models import Job, JournalEntry

pytestmark = pytest.mark.django_db(transaction=True)


def verified(client) -> Job:
    client.post(reverse("core:journal"))
    job = Job.objects.latest("pk")
    waiting = client.get(reverse("core:job", args=[job.pk]))
    assert waiting["Refresh"] == "2"
    call_command("db_worker", batch=True, verbosity=0)
    job.refresh_from_db()
    return job


def test_the_worker_verifies_the_journal(bank, june, accepted, client_of, auditor) -> None:
    accepted(bank, june)
    client = client_of(auditor)
    job = verified(client)
    assert (job.state, job.total) == ("done", 3)
    page = client.get(reverse("core:job", args=[job.pk]))
    assert "完整" in page.content.decode()
    assert "Refresh" not in page


def test_a_changed_entry_fails_the_job(bank, june, accepted, client_of, auditor) -> None:
    accepted(bank, june)
    JournalEntry.objects.filter(sequence=2).update(action="x")
    job = verified(client_of(auditor))
    assert (job.state, "2" in job.message) == ("failed", True)


def test_nobody_watches_anothers_job(client_of, auditor, leader) -> None:
    job = verified(client_of(auditor))
    assert client_of(leader).get(reverse("core:job", args=[job.pk])).status_code == 404
