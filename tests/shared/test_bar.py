"""A progress bar tells a time only when there is one."""

import io
import time

from visual_coding_course.shared.bar import Bar


def test_the_time_left_is_told_when_it_is_known():
    shown = io.StringIO()
    with Bar(total=4, bar_format="{n_fmt}/{total_fmt} [{elapsed}{left}]", file=shown,
             mininterval=0, miniters=1) as bar:  # fmt: skip
        for _ in range(4):
            time.sleep(0.01)
            bar.update()
    lines = [line.strip() for line in shown.getvalue().split("\r") if line.strip()]
    assert lines[0] == "0/4 [00:00]" and lines[-1] == "4/4 [00:00]"
    assert "2/4 [00:00, 00:00 left]" in lines
    assert "?" not in shown.getvalue()


def test_without_a_total_there_is_no_time_left():
    shown = io.StringIO()
    with Bar(bar_format="{n_fmt} [{elapsed}{left}]", file=shown, mininterval=0) as bar:
        bar.update()
    assert "left" not in shown.getvalue()
