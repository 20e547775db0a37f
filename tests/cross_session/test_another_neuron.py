"""Some answers of the bank for another neuron of the pool; `--neuron` has all be about one."""

import pytest

from visual_coding_course.checking.expecting import steps_of
from visual_coding_course.checking.modules import import_from

from ..bank import Answer, Bank
from .elsewhere import why_it_is_another
from .own import SOURCE, steps
from .reading import reading_once

ANOTHER, ONE_IN = 517473313, 70
#: Its masks are four pixels from the edge of the image in session A; nearly half of the other's is
#: as bright as the image can be.
AT_THE_EDGE, ON_WHITE = 517472582, 517474002
pool = import_from(SOURCE, "parameters")


@pytest.fixture(scope="module")
def other():
    with reading_once():
        yield Bank(SOURCE, {"cell_specimen_id": ANOTHER})


@pytest.fixture(scope="module")
def found(other):
    return other.solve()


def test_answers_are_judged_for_another_neuron_as_for_ours(other, found, usual):
    expected, judged = other.as_expected(found), 0
    for answer in other.load_answers()[::ONE_IN]:
        variables, result = other.judge(answer, found, expected)
        if not why_it_is_another(other, answer, variables, found, usual):
            assert (result.score == result.max_score) == answer.right, answer
            judged += 1
    assert judged >= 10


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("q2", "index_a, index_b, index_c = 3, 4, 5"),
        ("q8", "most_similar = 'A and C'"),
        ("q3", "fig_masks, ax = plt.subplots()\nax.set(xlim=(60, 140), ylim=(180, 100))"),
    ],
)
def test_what_is_typed_for_our_neuron_is_another_thing_there(other, found, usual, question, code):
    answer = Answer(question, "typed", code, right=True)
    assert why_it_is_another(other, answer, {}, found, usual)
    assert not why_it_is_another(other, answer, {}, usual, usual)


@pytest.mark.parametrize("neuron", [AT_THE_EDGE, ON_WHITE])
def test_a_neuron_whose_mask_is_not_well_seen_is_in_no_pool(solved, neuron):
    way = steps_of(steps).truth(solved)
    assert not pool.is_well_seen(way, neuron)
    assert pool.is_well_seen(way, ANOTHER)
