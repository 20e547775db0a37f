"""What is shown in a notebook, in a real browser."""

import pytest

from visual_coding_course.checking.display import CheckDisplay
from visual_coding_course.checking.results import CaseResult, QuestionResult
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


#: What a check says in a column as narrow as beside JupyterLab's file list in a window of 500 px.
NARROW = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><body style="width:130px">{}</body>'


def test_long_code_in_a_hint_is_broken_where_there_is_no_room(tmp_path):
    wrong = CaseResult("x is three", 1.0, False, "failed", "`x` is `experiments.loc[0]['id']`.")
    hints = ('To see how it can be solved, run `grader.solution("q1_the_first_question")`.',)
    shown = CheckDisplay(QuestionResult("q1", (wrong,)), further=hints)
    page = tmp_path / "shown.html"
    page.write_text(NARROW.format(shown._repr_html_()))
    with chromium() as browser, visits(browser) as visit:
        box = visit(page).locator('[role="status"]')
        assert box.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
