"""What a class did: one page for the instructor, and the same figures as CSV files."""
