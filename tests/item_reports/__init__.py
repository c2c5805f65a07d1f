"""Reports on forms of items, services, limits and expiries."""
