"""Reads of the workflow."""
