"""What is shown in a notebook, in a real browser."""

import pytest

from visual_coding_course.notebook.ready import Ready, not_saved
from visual_coding_course.notebook.saved import find_saved

from ..pages.browser import LOOKS, chromium, violations, visits

#: Text and background of JupyterLab's two themes.
THEMES = {"light": ("#212121", "#fff"), "dark": ("#e0e0e0", "#111")}


@pytest.mark.parametrize("look", LOOKS)
def test_it_can_be_read_in_both_themes_and_on_a_phone(grader, folder, look):
    grader.check("q1", {"x": 3})
    shown = [grader.check("q2", {"x": 3, "y": 7}), grader.progress()]
    shown += [not_saved(find_saved(folder, ["q1"])), Ready("Run.", notes=("`q1`",), end="`a`")]
    text, behind = THEMES["dark" if look == "dark" else "light"]
    page = folder / "shown.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Shown</title></head>'
        f'<body style="color:{text};background:{behind}"><main><h1>Shown</h1>'
        f"{''.join(one._repr_html_() for one in shown)}</main></body></html>"
    )
    with chromium() as browser, visits(browser) as visit:
        opened = visit(page, look)
        assert violations(opened, look) == {}
        wide = opened.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
