"""The pages that people read: feedback for a student, the report on a class."""
