"""What the command line does besides grading: demo, self-study, watching, the test suite."""
