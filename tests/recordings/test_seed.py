"""Code like that of the page which the assignment comes from runs on the practice recordings."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_the_seed_pages_code_with_its_mistakes_mended(boc):
    cell_specimen_id = 517472450
    experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
    assert experiments.experiment_container_id.nunique() == 1

    def session(letter):
        return boc.get_ophys_experiments(
            cell_specimen_ids=[cell_specimen_id], session_types=[f"three_session_{letter}"]
        )[0]["id"]

    id_a, id_b, id_c = session("A"), session("B"), session("C")
    assert (id_a, id_b, id_c) == (501704220, 501559087, 501474098)
    data_set_a = boc.get_ophys_experiment_data(id_a)
    data_set_b = boc.get_ophys_experiment_data(id_b)
    data_set_c = boc.get_ophys_experiment_data(id_c)
    data_sets = data_set_a, data_set_b, data_set_c
    indices = [d.get_cell_specimen_indices([cell_specimen_id])[0] for d in data_sets]

    figure = plt.figure(figsize=(12, 5))
    for panel, (data_set, index) in enumerate(zip(data_sets, indices, strict=True), 1):
        axis = figure.add_subplot(1, 3, panel)
        axis.imshow(data_set.get_max_projection(), cmap="gray")
        axis.contour(data_set.get_roi_mask_array()[index, :, :], [0.5], colors="red")

    figure = plt.figure(figsize=(12, 4))
    for panel, (data_set, index) in enumerate(zip(data_sets, indices, strict=True), 1):
        times, dff = data_set.get_dff_traces()
        plt.subplot(3, 1, panel)
        plt.plot(times, dff[index])

    means = {}
    for letter, data_set, index in zip("ABC", data_sets, indices, strict=True):
        _, dff = data_set.get_dff_traces()
        table = data_set.get_stimulus_table("natural_movie_one")
        starts = table[table.frame == 0].start.values
        means[letter] = np.mean([dff[index, start : start + 900] for start in starts], axis=0)
        plt.plot(means[letter], label=letter)
    correlations = pd.DataFrame(means).corr()
    assert correlations.loc["A", "C"] == pytest.approx(0.90, abs=0.03)
    assert correlations.loc["B", "C"] == pytest.approx(0.83, abs=0.03)
    assert correlations.loc["A", "B"] == pytest.approx(0.69, abs=0.03)


def test_the_seed_pages_mistakes_give_other_answers(boc, sessions):
    """Session A has a cell at each of the other sessions' indices, as it has on that page."""
    masks = sessions.data_sets["A"].get_roi_mask_array()
    for letter in "BC":
        index = sessions.data_sets[letter].get_cell_specimen_indices([517472450])[0]
        (own,) = sessions.data_sets[letter].get_roi_mask_array([517472450])
        taken = masks[index]
        assert (own & taken).sum() == 0
    starts = [sessions.movie_starts(letter) for letter in "ABC"]
    assert len({int(start[0]) for start in starts}) == 3
    for letter, wrong in zip("ABC", (starts[1], starts[2], starts[0]), strict=True):
        right = np.mean(sessions.movie_response(letter, 517472450), axis=0)
        trace = sessions.neuron_dff(letter, 517472450)
        other = np.mean([trace[start : start + 900] for start in wrong], axis=0)
        assert np.corrcoef(right, other)[0, 1] < 0.5
