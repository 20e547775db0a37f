"""What this assignment needs besides numbers."""

from visual_coding_course.recordings.needs import NEEDS

__all__ = ["NEEDS"]
