"""A progress bar tells a time only when there is one."""

import io
import sys
import time
from types import SimpleNamespace

from visual_coding_course.shared.bar import Bar, where_bars_go


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


def test_in_a_notebook_a_bar_is_no_error(monkeypatch):
    assert where_bars_go() is sys.stderr
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(kernel=object()))
    assert where_bars_go() is sys.stdout
