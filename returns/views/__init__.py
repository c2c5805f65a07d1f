"""Pages of the workflow: each shapes input and output around one call into the domain."""
