"""The report in a real browser: axe's rules, sorting, keyboard, phone, paper."""

import pytest

from visual_coding_course.pages.report import tables

from ..browser import LOOKS, OPEN_ALL, chromium, violations, visits
from .conftest import Student, record_class, run_report, wrong

FOCUSABLE = "a[href], summary, button, [tabindex='0']"
HOSTILE = "<script>window.ran = 1</script>"
PAGES = ["tiny", "overview"]


def a_class():
    """Twelve students, so that 10 sorts after 9, with something in every table."""
    late = {"q1": [wrong(2, "starts_a", ("one late",), message=f"`starts_a` {HOSTILE}")]}
    odd = {"q2": [wrong(6, "mean", value=0.123, message="`mean` is another value.")]}
    students = {f"s{i}": Student(2 * (i % 2), i % 7, late if i < 10 else odd) for i in range(11)}
    students["odd"] = Student(3, 0, odd)
    students[HOSTILE.replace("/", "")] = Student(status="unreadable", message=HOSTILE, seconds=2)
    return students


@pytest.fixture(scope="module")
def pages(tmp_path_factory, empty_gradebook):
    """Folder of a page on one assignment, and of one on two."""
    results, out = tmp_path_factory.mktemp("results"), tmp_path_factory.mktemp("report")
    record_class(results, empty_gradebook, a_class(), "tiny")
    record_class(results, empty_gradebook, {"ada": Student()}, "other")
    for names in (["tiny"], ["tiny", "other"]):
        assert run_report(names, results, out).exit_code == 0
    return out


@pytest.fixture(scope="module")
def browser(pages):
    with chromium() as running:
        yield running


@pytest.fixture
def visit(browser):
    """Open a file; afterwards, see that its page asked for nothing and did not complain."""
    with visits(browser) as visit:
        yield visit


@pytest.fixture
def open_page(visit, pages):
    """Open a page of the report."""
    return lambda name="tiny", look="light", **more: visit(pages / f"{name}.html", look, **more)


def column(page, table, name):
    """Heads of a table's column, and the cells under it."""
    heads = page.locator(f"#{table} thead th").all_inner_texts()
    place = [head.split("\xa0")[0].split(" of ")[0] for head in heads].index(name)
    return page.locator(f"#{table} thead th").nth(place), page.locator(
        f"#{table} tbody tr > :nth-child({place + 1})"
    )


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page, name, look):
    page = open_page(name, look)
    assert violations(page, look) == {}
    page.evaluate(OPEN_ALL)
    page.locator("th button").first.click()
    assert violations(page, look) == {}


@pytest.fixture(scope="module")
def long_pages(tmp_path_factory, empty_gradebook):
    """Folder of a page whose tables are longer than what is shown at once, of two classes."""
    results, out = tmp_path_factory.mktemp("results"), tmp_path_factory.mktemp("report")
    students = {f"s{number}": Student(q2=number % 7) for number in range(23)}
    students["Ünal"] = Student(status="crashed", message=f"`x` {HOSTILE}")
    record_class(results, empty_gradebook, students, "tiny")
    record_class(results, empty_gradebook, {"ada": Student()}, "other")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tables, "LONG", 20)
        patched.setattr(tables, "PAGE", 10)
        assert run_report(["tiny"], results, out).exit_code == 0
    return out


@pytest.fixture
def long_page(visit, long_pages):
    """Open the page with long tables, and all that is folded in it."""

    def open_it(look="light", **more):
        page = visit(long_pages / "tiny.html", look, **more)
        page.evaluate(OPEN_ALL)
        return page

    return open_it


def shown(page):
    """Students in the rows that the long table shows, and what it says of them."""
    names = page.locator("#submissions tbody th").all_inner_texts()
    return names, page.locator("#submissions [role=status]").inner_text()


def test_a_long_table_is_searched_and_turned_by_keyboard(long_page):
    page = long_page()
    names, said = shown(page)
    assert len(names) == 10 and said == "1 to 10 of 25"
    page.locator("#submissions input").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert shown(page)[1] == "11 to 20 of 25"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    names, said = shown(page)
    assert len(names) == 5 and said == "21 to 25 of 25"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("unal CRASHED")
    assert shown(page) == (["Ünal"], "1 to 1 of 1")
    assert HOSTILE in page.locator("#submissions tbody tr").inner_text().replace("`", "")
    assert page.evaluate("window.ran") is None
    page.keyboard.press("Control+A")
    page.keyboard.type("nobody")
    assert shown(page) == ([], "0 to 0 of 0")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    assert shown(page) == (names_at_first(), "1 to 10 of 25")


def names_at_first():
    return sorted(["ada", *(f"s{number}" for number in range(23))])[:10]


def test_a_long_table_sorts_over_all_its_pages(long_page):
    page = long_page()
    head, cells = column(page, "submissions", "q2")
    head.locator("button").click()
    assert cells.all_inner_texts()[:4] == ["6", "6", "6", "5"]
    head.locator("button").click()
    assert cells.all_inner_texts()[:6] == ["0"] * 5 + ["1"]
    student, _ = column(page, "submissions", "student")
    student.locator("button").click()
    assert shown(page)[0][:4] == ["ada", "s0", "s1", "s2"]
    link = page.locator("#submissions tbody a").first
    assert link.get_attribute("href").endswith("/feedback/s0/tiny/tiny.html")
    status, cells = column(page, "submissions", "status")
    status.locator("button").click()
    status.locator("button").click()
    assert cells.all_inner_texts()[0] == "missing"


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_long_tables(long_page, look):
    page = long_page(look)
    page.locator("#submissions input").fill("s1")
    assert violations(page, look) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_long_table_can_be_read_without_script(long_page):
    page = long_page(java_script_enabled=False)
    assert page.locator("#submissions tbody tr").count() == 10
    assert "Without scripts, the first 10 of 25" in page.locator("#submissions").inner_text()


def test_numbers_sort_by_click_and_missing_ones_stay_last(open_page):
    page = open_page()
    head, cells = column(page, "questions", "pass rate")
    assert head.get_attribute("aria-sort") is None
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert cells.all_inner_texts() == ["8%", "0%", "n/a"]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert cells.all_inner_texts() == ["0%", "8%", "n/a"]


def test_names_sort_by_keyboard_and_with_their_numbers(open_page):
    page = open_page()
    page.evaluate(OPEN_ALL)
    head, cells = column(page, "submissions", "student")
    points, _ = column(page, "submissions", "q2")
    points.locator("button").click()
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert points.get_attribute("aria-sort") is None
    names = [name for name in cells.all_inner_texts() if name[1:].isdigit()]
    assert names == [f"s{i}" for i in range(11)]
    page.keyboard.press("Space")
    assert cells.all_inner_texts()[0] == "s10"


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_everything_in_order(open_page, name):
    page = open_page(name)
    page.evaluate(OPEN_ALL)
    count = page.locator(FOCUSABLE).count()
    reached = []
    for _ in range(count):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(all) => [...document.querySelectorAll(all)].indexOf(document.activeElement)",
                FOCUSABLE,
            )
        )
    assert reached == list(range(count))


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_shows_it_without_scrolling_sideways(open_page, name):
    page = open_page(name, "phone")
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_phone_shows_what_was_told_and_to_whom_below_the_mistake(open_page):
    page = open_page(look="phone")
    row = page.locator("#mistakes tbody tr").first
    name = row.locator("th").bounding_box()
    for below in (".of-hint", ".of-students"):
        box = row.locator(below).bounding_box()
        assert box["y"] >= name["y"] + name["height"]
        assert box["x"] >= 0 and box["x"] + box["width"] <= 320


def test_no_other_script_runs(open_page, visit):
    page = open_page()
    assert page.evaluate("window.ran") is None
    page.evaluate("document.body.innerHTML += '<img src=data:, onerror=\"window.ran = 1\">'")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        "{textContent: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    assert len(visit.complaints) == 2
    assert all("Content Security Policy" in said for said in visit.complaints)
    visit.complaints.clear()


def test_it_can_be_read_without_script(open_page):
    page = open_page(java_script_enabled=False)
    assert page.locator("#mistakes tbody th").inner_text() == "one late"
    assert page.locator("th button").count() == 0


def test_plots_are_drawn_in_the_page_s_colours(open_page):
    for look in ("light", "dark"):
        page = open_page(look=look)
        assert page.locator("img.plot").count() == 4
        for plot in page.locator("img.plot").all():
            assert plot.evaluate("one => one.complete && one.naturalWidth") > 300
            assert len(plot.get_attribute("alt")) > 40


def test_on_paper_it_is_light_and_all_of_it(open_page):
    page = open_page(look="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("#submissions tbody tr").first.bounding_box()["height"] > 10
    table, plot = (
        page.locator(f"#mistakes > {one}").bounding_box() for one in (".scroll", ".plot")
    )
    assert plot["y"] > table["y"], "only a table can go on over the end of a page"
    # Chromium repeats a table's head on each page, but nothing of a button in it.
    head = page.locator("#submissions thead th").nth(2)
    assert not head.locator("button").is_visible()
    assert head.evaluate("one => getComputedStyle(one, '::before').content") == '"score of 20"'
    assert page.pdf(format="A4").startswith(b"%PDF")
