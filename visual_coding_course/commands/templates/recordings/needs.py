"""What this assignment needs besides numbers: recordings, and AllenSDK to open them."""

from visual_coding_course.recordings.needs import NEEDS

__all__ = ["NEEDS"]
