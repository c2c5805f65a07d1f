"""The report on the five batches: stock and flow between two days."""
