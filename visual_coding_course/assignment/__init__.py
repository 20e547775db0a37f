"""What an assignment is, and how its source becomes release, solutions and autograder."""

from .assignment import Assignment
from .load import load_assignment, needs_of, outdated
from .settings import SettingsError, read_settings

__all__ = [
    "Assignment", "SettingsError", "load_assignment", "needs_of", "outdated", "read_settings"
]  # fmt: skip
