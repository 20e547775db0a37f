"""A progress bar tells a time only when there is one."""

import io
import time
from types import SimpleNamespace

from visual_coding_course.shared.bar import STEPS, Bar


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


def test_too_little_is_done_to_tell_a_time():
    shown = io.StringIO()
    with Bar(total=100, bar_format="{n_fmt}{left}", file=shown, mininterval=0, miniters=1) as bar:
        for _ in range(6):
            time.sleep(0.01)
            bar.update()
    told = [line.strip() for line in shown.getvalue().split("\r") if "left" in line]
    assert told and not [line for line in told if line.startswith(("1,", "4,"))]


def test_in_a_notebook_a_bar_is_no_error_and_as_wide_as_that(monkeypatch, capsys):
    shown = []

    def display(data, **named):
        shown.append(data)
        return SimpleNamespace(update=lambda data, raw: shown.append(data))

    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setattr("IPython.display.display", display)
    with Bar(total=4, desc="Making <it>", bar_format=STEPS, mininterval=0, miniters=1) as bar:
        for _ in range(2):
            time.sleep(0.01)
            bar.update()
    assert shown[0]["text/plain"] == "Making <it>:   0%, 00:00"
    assert shown[-1]["text/plain"] == "Making <it>:  50%, 00:00, 00:00 left"
    assert 'aria-label="Making &lt;it&gt;"' in shown[-1]["text/html"]
    assert 'max="4" value="2"' in shown[-1]["text/html"]
    assert capsys.readouterr() == ("", "")
    with Bar(desc="Unknown", bar_format=STEPS):
        assert "value=" not in shown[-1]["text/html"]
