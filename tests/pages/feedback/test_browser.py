"""The pages of real submissions in a real browser: axe's rules, keyboard, phone, paper."""

import re
from pathlib import Path

import nbformat
import pytest

from visual_coding_course.pages import feedback

from ..browser import LOOKS, OPEN_ALL, chromium, violations, visits

PAGES = ["perfect", "wrong", "half_finished", "crashed", "not_run", "commented", "not_graded"]
#: These have all kinds of elements that there are: what hangs on the kind is seen on them alone.
FEW = ["wrong", "crashed", "commented", "not_graded"]
#: What can be reached with the Tab key.
FOCUSABLE = "a[href], summary, [tabindex='0']"
#: Where on the page the focus is, and whether it can be seen there.
FOCUSED = """([focusable]) => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const seen = getComputedStyle(one).outlineStyle != 'none' && box.width > 0 && box.right > 0;
    return [[...document.querySelectorAll(focusable)].indexOf(one), seen];
}"""


@pytest.fixture(scope="module")
def browser(graded):
    """Chromium; after `graded`, since playwright's loop runs in this thread until the end."""
    with chromium() as running:
        yield running


@pytest.fixture
def open_page(browser, graded):
    """Open a page in a look; afterwards, see that it asked for nothing and did not complain."""
    with visits(browser) as visit:
        yield lambda story, look: visit(graded.pages[story], look)


@pytest.mark.parametrize(
    ("story", "look"),
    [(story, look) for look in LOOKS for story in (FEW if look == "dark" else PAGES)],
)
def test_axe_finds_nothing(open_page, story, look):
    page = open_page(story, look)
    page.evaluate(OPEN_ALL)
    assert violations(page, look) == {}


def test_few_pages_have_all_kinds_of_elements(graded):
    """A page that has another kind in it belongs among the few."""
    kinds = {story: kinds_of_elements(graded.pages[story].read_text()) for story in PAGES}
    assert set().union(*kinds.values()) == set().union(*(kinds[story] for story in FEW))


def kinds_of_elements(page):
    """Elements by tag and classes; also of code, by what colours it."""
    return {
        (tag, *sorted(re.findall(r'class="([^"]*)"', attributes)))
        for tag, attributes in re.findall(r"<([a-z]\w*)([^<>]*)>", page)
    }


def test_in_the_dark_nothing_but_colours_differs():
    """So that axe is asked about contrast alone there."""
    style = Path(feedback.__file__).with_name("templates") / "style.css"
    dark = re.search(
        r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}\s*\}", style.read_text(), re.S
    )
    assert re.fullmatch(r"(\s*--[a-z]+: #\w+;)+\s*", dark[1])
    assert style.read_text().count("prefers-color-scheme") == 1


@pytest.mark.parametrize("story", ["wrong", "commented"])
def test_axe_finds_nothing_with_details_folded(open_page, story):
    assert violations(open_page(story, "light")) == {}


def test_axe_would_find_it(open_page):
    """That it finds nothing above says something."""
    page = open_page("wrong", "light")
    page.evaluate("document.querySelector('main').style.color = '#bbb'")
    page.evaluate("document.querySelector('img').removeAttribute('alt')")
    page.evaluate("document.querySelector('.code').removeAttribute('tabindex')")
    page.evaluate("document.querySelector('.code').style.width = '5em'")
    assert {"color-contrast", "image-alt", "scrollable-region-focusable"} <= set(violations(page))


@pytest.mark.parametrize(
    ("story", "look"), [(s, "light") for s in PAGES] + [(s, "phone") for s in FEW]
)
def test_tab_reaches_everything_in_order(open_page, story, look):
    page = open_page(story, look)
    count = page.locator(FOCUSABLE).count()
    reached = []
    for _ in range(count):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED, [FOCUSABLE]))
    assert reached == [[place, True] for place in range(count)]


def test_the_keyboard_does_what_the_mouse_does(open_page):
    page = open_page("wrong", "light")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id == 'main'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#q1")
    page.locator("summary").first.focus()
    page.keyboard.press("Space")
    assert page.locator(".cases li").first.is_visible()
    code = page.locator(".code").first
    code.evaluate("one => one.style.width = '5em'")
    code.focus()
    page.keyboard.press("ArrowRight")
    for _ in range(50):
        page.wait_for_timeout(100)
        if code.evaluate("one => one.scrollLeft") > 0:
            return
    raise AssertionError("the code did not scroll")


@pytest.mark.parametrize("story", PAGES)
def test_a_phone_shows_it_without_scrolling_sideways(open_page, story):
    page = open_page(story, "phone")
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("document.body.scrollWidth") <= 320


@pytest.mark.parametrize("story", FEW)
def test_on_paper_it_is_light_and_all_of_it(open_page, story):
    page = open_page(story, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    # Where nothing is painted, paper is seen.
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    for case in page.locator(".cases li").all():
        assert case.bounding_box()["height"] > 10
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_links_of_the_table_lead_to_the_questions(open_page):
    page = open_page("wrong", "light")
    links = page.locator(".scores a")
    assert links.count() == 10
    for link in links.all():
        target = page.locator(link.get_attribute("href"))
        assert target.locator("h2").inner_text() == link.inner_text()


def test_wrong_answers_stand_beside_their_plots(open_page, graded):
    page = open_page("wrong", "light")
    assert graded.rows["wrong"]["status"] == "graded"
    for question, answer in (("q3", "roi_mask_b"), ("q4", "dff_a"), ("q5", "movie_starts_b")):
        hint = page.locator(f"#{question} .hints li", has_text=answer).first
        plot = hint.locator("img")
        assert f"Your {answer}: " in plot.get_attribute("alt")
        assert plot.evaluate("one => one.complete && one.naturalWidth") > 300
        assert "right one" not in plot.get_attribute("alt")
    assert page.locator(".hints img").count() >= 6
    # The others take all that there may be; yet it has one.
    assert page.locator("#q9 .hints img").count() == 1


def test_a_page_is_small_beside_the_students_own_plots(graded):
    for story in ("perfect", "wrong", "crashed"):
        notebook = nbformat.read(next((graded.out / "autograded" / story).rglob("*.ipynb")), 4)
        outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
        own = sum(len(one.get("data", {}).get("image/png", "")) for one in outputs)
        assert graded.pages[story].stat().st_size - own < 400_000


def test_comments_and_points_by_hand(open_page):
    page = open_page("commented", "light")
    assert "Say <b>what</b> the shade is." in page.locator("#q4 .comment").inner_text()
    assert "7 of 10 points" in page.locator("#q10").inner_text()
    assert "Nice plots." in page.locator("#q10 .comment").inner_text()
    assert "3 of 12 points, given by hand" in page.locator("#q5 .result").inner_text()


def test_a_pasted_picture_is_seen(open_page):
    page = open_page("not_graded", "light")
    picture = page.locator("#q10 .written img")
    assert picture.count() == 1 and picture.get_attribute("alt") == "my figure"
    assert picture.evaluate("one => one.complete && one.naturalWidth") > 100


def test_what_could_not_be_graded_says_so(open_page):
    page = open_page("not_graded", "phone")
    assert "not your doing" in page.locator("#q2 .notice").inner_text()
    assert "not graded yet" in page.locator(".scores").inner_text()


def test_what_could_not_be_run_says_what_to_do(open_page, graded):
    page = open_page("not_run", "light")
    assert graded.rows["not_run"]["message"] in page.locator("main").inner_text()


def test_a_crash_is_told_first(open_page, graded):
    page = open_page("crashed", "light")
    assert graded.rows["crashed"]["status"] == "crashed"
    assert "The kernel died." in page.locator(".notice").inner_text()
