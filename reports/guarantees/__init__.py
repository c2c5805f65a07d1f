"""The report on guarantee agencies."""
