"""PostgreSQL, settling changes before it commits."""
