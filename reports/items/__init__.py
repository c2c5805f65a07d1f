"""What the reports on forms of items share: parameters, who filed, lineage."""
