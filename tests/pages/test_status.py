"""The page that says how a watch is doing, in a real browser."""

import pytest

from visual_coding_course.pages.status import status_page

from .browser import LOOKS, chromium, violations, visits

ABOUT = {
    "name": "cross_session", "title": "Neurons & days", "places": ["submitted"],
    "since": "2026-11-27 14:02", "graded": 41,
    "looked": "15:31:18", "waiting": 2, "trouble": "", "ended": False,
    "lines": [("15:31:04", f"<script>alert(1)</script> {'x' * 300}")],
}  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.mark.parametrize("look", LOOKS)
def test_it_can_be_read(browser, tmp_path, look):
    page = tmp_path / "status.html"
    page.write_text(status_page(**ABOUT | {"trouble": "The disk is full."}))
    with visits(browser) as visit:
        seen = visit(page, look)
        assert violations(seen) == {}
        assert seen.evaluate("document.documentElement.scrollWidth") <= seen.viewport_size["width"]
        assert seen.title() == "Neurons & days: in trouble"
        assert seen.inner_text("h1") == "Neurons & days"
        text = seen.inner_text("body")
        assert "<script>alert(1)</script>" in text and "The disk is full." in text
