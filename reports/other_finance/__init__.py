"""The report on other equity and debt finance."""
