"""The report on what serves small firms: service points, platforms, financing events."""
