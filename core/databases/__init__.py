"""Django's databases, with one thing more: the feed of changes is written before each commit."""
