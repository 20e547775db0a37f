"""What all tests need."""

import matplotlib

from visual_coding_course.folder import put_tools_on_path

matplotlib.use("Agg")
put_tools_on_path()
