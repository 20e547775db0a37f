"""`python -m visual_coding_course.cli`."""

from . import main

main()
