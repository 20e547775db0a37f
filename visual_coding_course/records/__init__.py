"""What is kept of grades: results, the gradebook, tables for other systems."""
