"""What runs out and what has lapsed, as a report."""
