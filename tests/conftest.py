"""What all tests need."""

import matplotlib

from visual_coding_course.folder import prepare_process

matplotlib.use("Agg")
prepare_process()
