"""Bring the database to today's tables: at once where it is empty, else by migrations."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Make the tables of an empty database at once; apply migrations to any other."

    def handle(self, *args: Any, **options: Any) -> None:
        empty = not connection.introspection.table_names()
        if empty:  # replaying every migration takes a minute; the models say the same
            create_tables()
        call_command("migrate", fake=empty, verbosity=0)
        self.stdout.write("made the tables" if empty else "applied the migrations")


def create_tables() -> None:
    """Make every table as its model says; all of them or none."""
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
