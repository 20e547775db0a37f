"""What an assignment is, and how its source becomes release, solutions and autograder."""

from .assignment import Assignment, load_assignment, needs_of, outdated

__all__ = ["Assignment", "load_assignment", "needs_of", "outdated"]
