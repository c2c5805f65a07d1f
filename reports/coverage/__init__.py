"""The coverage report: where village banks stand, on any date."""
