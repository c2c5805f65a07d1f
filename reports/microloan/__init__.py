"""The report on microloan companies."""
