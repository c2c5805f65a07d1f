"""The connection that Django makes for this engine."""

from django.db.backends.postgresql import base

from core.databases.settling import SettlesChanges


class DatabaseWrapper(SettlesChanges, base.DatabaseWrapper):
    """PostgreSQL, settling changes before it commits."""
