"""Demo data: invented institutions and figures, plainly labelled, from a seeded generator."""
