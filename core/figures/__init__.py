"""Figures that returns bring: stored by document, summed, read back. Shared by the registries."""
