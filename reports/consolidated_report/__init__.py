"""The consolidated report to the provincial committee and government."""
