"""Beside the student: `grader.check`, what it shows, attempts and solutions."""

from .grader import Notebook

__all__ = ["Notebook"]
