"""One submission, then many: run, check, record."""
