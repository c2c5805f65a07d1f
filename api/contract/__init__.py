"""What the interface promises: taken from its schema, kept, compared, examples, deprecations."""
