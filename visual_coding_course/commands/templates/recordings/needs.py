"""What this assignment needs: recordings, and AllenSDK; and what an excerpt of them keeps."""

from visual_coding_course.recordings.content import Content
from visual_coding_course.recordings.needs import NEEDS

__all__ = ["EXCERPT", "NEEDS"]

EXCERPT = Content(events=False, templates=())
