"""The connection that Django makes for this engine."""

from django.db.backends.sqlite3 import base

from core.databases.settling import SettlesChanges


class DatabaseWrapper(SettlesChanges, base.DatabaseWrapper):
    """SQLite, settling changes before it commits."""
