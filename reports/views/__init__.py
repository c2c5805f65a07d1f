"""Pages of reports: the report itself, its lineage, what was published, the cockpit."""
