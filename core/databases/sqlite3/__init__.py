"""SQLite, settling changes before it commits."""
