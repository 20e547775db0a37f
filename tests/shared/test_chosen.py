"""Which value of a pool is whose."""

import json

from visual_coding_course.shared.chosen import POOLS, choose, chosen, read_pools

STUDENTS = [f"student-{number}" for number in range(200)]
POOL = [517472450, 517472563, 587377366, 517473110]


def test_it_is_the_same_wherever_it_is_asked():
    assert [choose(one, "neuron", POOL) for one in STUDENTS[:8]] == [
        choose(f" {one.upper()} ", "neuron", POOL[::-1]) for one in STUDENTS[:8]
    ]


def test_all_of_a_pool_are_used():
    got = [choose(one, "neuron", POOL) for one in STUDENTS]
    assert min(map(got.count, POOL)) > len(STUDENTS) / len(POOL) / 2


def test_two_parameters_do_not_go_together():
    got = {tuple(chosen(one, {"a": [1, 2], "b": [1, 2]}).values()) for one in STUDENTS}
    assert got == {(1, 1), (1, 2), (2, 1), (2, 2)}


def test_another_pool_moves_only_whose_value_is_gone():
    for student in STUDENTS:
        before = choose(student, "neuron", POOL)
        assert choose(student, "neuron", POOL[1:]) == before or before == POOL[0]


def test_pools_are_read_from_beside_a_notebook(tmp_path):
    assert read_pools(tmp_path) == {}
    (tmp_path / POOLS).write_text(json.dumps({"neuron": POOL}))
    assert read_pools(tmp_path) == {"neuron": POOL}
