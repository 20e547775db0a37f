"""What all tests need."""

import os
import signal

import matplotlib
import pytest

from visual_coding_course.isolation.sandbox import NoIsolation, find_bubblewrap
from visual_coding_course.shared.folder import put_tools_on_path

matplotlib.use("Agg")
put_tools_on_path()
# Where the shell that began this has Ctrl-C ignored, whatever is begun by a test would ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)

RUN_STUDENT_CODE = (
    "tests/grading/", "tests/isolation/", "tests/pages/feedback/test_browser.py"
)  # fmt: skip


#: What `course test --quick` leaves out: what starts processes, browsers or builds, and what runs
#: long calculations.
SLOW = (
    "tests/assignment/test_authors_errors.py", "tests/assignment/test_build.py",
    "tests/assignments/", "tests/commands/", "tests/cross_session/test_calls.py",
    "tests/cross_session/test_carried_forward.py", "tests/cross_session/test_copied_answers.py",
    "tests/cross_session/test_diagnoses.py", "tests/cross_session/test_odd_input.py",
    "tests/grading/", "tests/isolation/",
    "tests/notebook/test_browser.py", "tests/notebook/test_ready.py",
    "tests/pages/feedback/test_browser.py", "tests/pages/feedback/test_by_hand.py",
    "tests/pages/feedback/test_formgrader.py", "tests/pages/report/", "tests/recordings/",
)  # fmt: skip
#: What is asked about each answer of the bank, or each slip: of these, it takes every so many.
ABOUT_EACH = {"answer", "mistake", "known"}
ONE_IN = 20

ANSWERS = "answers"
OF_ANSWERS = {
    f"tests/cross_session/test_{name}.py" for name in ("answers", "copied_answers", "diagnoses")
}
#: What is begun first: what hears thousands of messages in this process, which one that has much
#: to collect is too slow for, as no grader's is, and beside it what waits most of the time; then
#: what takes minutes, longest first, so that nobody waits for it in the end.
FIRST = (
    "tests/isolation/test_heard.py", "tests/grading/test_attacks.py",
    "tests/isolation/test_watch.py", ANSWERS, "tests/grading/test_graders.py",
    "tests/cross_session/test_slips.py", "tests/grading/test_faults.py", "tests/pages/feedback/",
    "tests/grading/test_excerpt.py", "tests/grading/test_deaths.py",
    "tests/cross_session/test_carried_forward.py", "tests/grading/test_scheduler.py",
    "tests/recordings/", "tests/cross_session/",
)  # fmt: skip


def pytest_addoption(parser):
    parser.addoption("--quick", action="store_true", help="the quickest tests alone")
    parser.addoption("--neuron", type=int, help="have the bank of answers be about another one")


def pytest_collection_modifyitems(config, items):
    if config.getoption("quick"):
        leave_out_what_is_slow(config, items)
    items.sort(key=begun)
    skip_what_cannot_be_isolated(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share out groups, which xdist's own marks no longer tell it with pytest 9.2."""
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group_of(nodeid)

    return ByGroup(config, log)


def group_of(nodeid):
    """Tests of a file share what they prepare, and those of the bank the answers that are run."""
    file = nodeid.split("::")[0]
    return ANSWERS if file in OF_ANSWERS else file


def begun(item):
    """Place of a test's group among those that are begun first; the others come after these."""
    group = group_of(item.nodeid)
    return next((n for n, name in enumerate(FIRST) if group.startswith(name)), len(FIRST))


def leave_out_what_is_slow(config, items):
    kept, left_out, of_the_bank = [], [], 0
    for item in items:
        slow = item.nodeid.startswith(SLOW)
        if ABOUT_EACH & {*getattr(item, "fixturenames", ())}:
            of_the_bank += 1
            slow |= of_the_bank % ONE_IN > 0
        (left_out if slow else kept).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def skip_what_cannot_be_isolated(items):
    """Where student code cannot be isolated, skip what would run it; in CI, let it fail."""
    try:
        find_bubblewrap()
    except NoIsolation as reason:
        if os.environ.get("CI"):
            return
        for item in items:
            if item.nodeid.startswith(RUN_STUDENT_CODE):
                item.add_marker(pytest.mark.skip(reason=str(reason)))
