"""The report on collective notes."""
