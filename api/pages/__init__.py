"""The few pages that belong to the interface itself."""
