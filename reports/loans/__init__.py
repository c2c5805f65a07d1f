"""The loan report: SME loans by every dimension, judged against the goals."""
