"""Reference data: real, with its source; loaded by ``seed_reference``."""
