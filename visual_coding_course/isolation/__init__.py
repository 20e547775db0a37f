"""Warm kernels for code that is not trusted: imported once, forked for each notebook, isolated."""
