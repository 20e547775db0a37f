"""What is published about running, pictures and the responses of many neurons.

The places in published.json are those that test_published.py leaves to this file.
"""

import numpy as np
import pandas as pd
import pytest
from scipy import ndimage

from visual_coding_course.recordings import facts, measure

PUBLISHED = facts.published()
CONTAINER = PUBLISHED["container_511510736"]
DEGREES_PER_SQUARE = 74.4 / 16  # of the locally sparse noise, as AllenSDK has it
NEAR, FAR = 80, 250  # pixels between neurons


@pytest.fixture(scope="module")
def cells(boc):
    number = PUBLISHED["experiment_container_id"]
    rows = boc.get_cell_specimens(experiment_container_ids=[number])
    return pd.DataFrame(rows).set_index("cell_specimen_id")


@pytest.fixture(scope="module")
def distance(sessions):
    """Distance of session B's neurons from each other, pixels."""
    centres = sessions.centres("B")
    return np.hypot(*(centres[:, None] - centres).T)


def pairs(matrix):
    return matrix[np.triu_indices(len(matrix), 1)]


# the cell table


def test_four_neurons_prefer_image_22(cells):
    chosen = cells[(cells.p_ns < 0.05) & (cells.pref_image_ns == 22)]
    assert sorted(chosen.index) == CONTAINER["p_ns_below_0.05_and_pref_image_ns_22"]


def test_mean_orientation_selectivity(cells):
    assert cells.g_osi_dg.mean() == pytest.approx(CONTAINER["mean_g_osi_dg"], abs=0.001)


def test_neurons_respond_to_drifting_gratings_in_their_published_share(cells):
    known = PUBLISHED["whole_data_set"]
    share = known["share_of_VISp_rows_with_p_dg_below_0.05"]
    # Published of all rows of VISp; kept to in those of the neurons that session A has, as the
    # others have no p_dg. Of all rows here it is less, and the README says so.
    assert (cells.p_dg.dropna() < 0.05).mean() == pytest.approx(share, abs=0.06)


def test_direction_selective_neurons_have_their_published_share(cells):
    known = PUBLISHED["whole_data_set"]
    share = known["of_these_g_dsi_dg_above_0.9"] / known["VISp_cells_with_p_dg_below_0.05"]
    responsive = cells[cells.p_dg < 0.05]
    assert (responsive.g_dsi_dg > 0.9).mean() == pytest.approx(share, abs=0.04)


def test_receptive_field_of_587377366(sessions):
    known = facts.session("C")["cell_587377366"]
    assert known["receptive_field"] == "OFF"
    number = 587377366
    found = measure.measure(sessions.data_sets["C"].nwb_file, [number])[number]
    centre = np.array([found["rf_center_off_x_lsn"], found["rf_center_off_y_lsn"]])
    wanted = np.array([known["column_figure"], known["row_figure"]])
    assert np.abs(centre / DEGREES_PER_SQUARE - wanted).max() < 1.0
    assert found.get("rf_area_on_lsn", 0) < found["rf_area_off_lsn"]
    assert abs(np.log10(found["rf_chi2_lsn"] / known["smallest_p_about"])) < 2


# natural scenes in session B


def scene_responses(sessions, length=14):
    """Mean dF/F of each neuron in each trial, and the image of each trial."""
    table = sessions.table("B", "natural_scenes")
    total = np.cumsum(sessions.dff("B"), axis=1, dtype=float)
    starts = table.start.values
    return (total[:, starts + length - 1] - total[:, starts - 1]) / length, table.frame.values


def test_responses_of_517474020_to_its_preferred_image(sessions):
    known = facts.session("B")["cell_517474020_image_17"]
    index = facts.session("B")["cell_index_of_517474020"]
    responses, images = scene_responses(sessions)
    own = responses[index]
    chosen = own[images == 17]
    assert len(chosen) == known["trials"]
    assert chosen.mean() == pytest.approx(known["mean_dff"], abs=0.002)
    assert chosen.std() / np.sqrt(len(chosen)) == pytest.approx(known["sem"], abs=0.006)
    means = np.array([own[images == image].mean() for image in range(118)])
    assert (means > 0.1).sum() == known["images_with_mean_above_0.1"]
    starts = sessions.table("B", "natural_scenes").start.values[images == 17]
    speed = sessions.data_sets["B"].get_running_speed()[0]
    running = speed[starts[:, None] + np.arange(14)].mean(axis=1) > 2
    assert running.sum() == known["trials_with_running"]


def test_the_first_trials_response_of_the_first_neuron(sessions):
    known = facts.session("B")["natural_scenes_mean_sweep_response_column_0_row_0"]
    first = sessions.data_sets["B"].get_cell_specimen_ids()[:1]
    (trace,) = sessions.data_sets["B"].get_corrected_fluorescence_traces(first)[1]
    start = sessions.table("B", "natural_scenes").start.iloc[0]
    found = 100 * (trace[start : start + 14].mean() / trace[start - 28 : start].mean() - 1)
    assert found == pytest.approx(known, abs=0.005)  # traces are kept to one in 4000


def test_signal_correlations_to_scenes(sessions, distance):
    known = facts.session("B")["scene_signal_correlations_figure"]
    responses, images = scene_responses(sessions)
    tuning = np.array([responses[:, images == image].mean(axis=1) for image in range(118)])
    found, apart = pairs(np.corrcoef(tuning.T)), pairs(distance)
    assert np.median(found) == pytest.approx(known["centre"], abs=0.04)
    assert found.max() == pytest.approx(known["largest"], abs=0.12)
    assert found[apart < NEAR].mean() > found[apart > FAR].mean() + 0.01


# traces, running and pictures


def test_neuropil_r_is_as_published(sessions):
    known = facts.session("B")["neuropil_r_of_all_cells_in_order_of_index"]
    assert sessions.data_sets["B"].get_neuropil_r() == pytest.approx(known, abs=5e-4)


def test_running_of_session_b(sessions):
    known = facts.session("B")["running_speed_figure"]
    speed = sessions.data_sets["B"].get_running_speed()[0]
    assert speed.min() == pytest.approx(known["minimum_cm_s"], abs=3)
    assert speed.max() == pytest.approx(known["maximum_cm_s"], abs=5)
    early = speed[: known["at_rest_until_frame"]]
    assert (early > 10).mean() < 0.05
    low, high = known["at_rest_noise_band_cm_s"]
    at_rest = early[np.abs(ndimage.gaussian_filter1d(early, 15)) < 2]
    assert low < np.percentile(at_rest, 0.5) and np.percentile(at_rest, 99.5) < high
    assert 1.5 < at_rest.std() < 2.6
    first, last = known["never_at_10_cm_s_frames"]
    assert speed[first:last].max() < 10
    first, last = known["mostly_running_frames"]
    assert (speed[first:last] > 5).mean() > 0.5
    starts = sessions.movie_starts("B")
    assert (speed[starts[0] : starts[-1] + 900] > 5).mean() > 0.5  # the movie included


def test_look_of_the_maximum_projection(sessions):
    known = facts.session("B")["max_projection_figure"]
    image = sessions.data_sets["B"].get_max_projection().astype(float)
    assert np.median(image) == pytest.approx(known["median_grey_level"], abs=5)
    assert np.percentile(image, 99.5) > 120
    corners = {name: np.median(part) for name, part in zip(
        ("upper left", "upper right", "lower left", "lower right"),
        (image[:256, :256], image[:256, 256:], image[256:, :256], image[256:, 256:]), strict=True
    )}  # fmt: skip
    assert min(corners, key=corners.get) == "lower right"


def test_bursts_of_single_neurons(sessions):
    low, high = PUBLISHED["responses_of_cells_figure"]["largest_dff"]
    dff = sessions.dff("B")
    highest = dff.max(axis=1)
    assert np.percentile(highest, 90) > low - 0.5 and np.median(highest) < high
    lasting = []
    for trace in dff[highest > 2]:
        peak = trace.argmax()
        above = trace > 0.25 * trace[peak]
        start = peak - np.argmin(above[peak::-1])
        lasting.append((np.argmin(above[peak:]) + peak - start) / 30)
    shortest, longest = PUBLISHED["responses_of_cells_figure"]["burst_s"]
    assert shortest - 0.5 < np.median(lasting) < longest + 0.5


def test_events_come_in_runs_with_many_small_ones(sessions):
    events = sessions.boc.get_ophys_experiment_events(facts.session_ids()["B"])
    happens = events > 0
    after_one = happens[:, 1:][happens[:, :-1]].mean()
    assert after_one > 5 * happens.mean()
    sizes = events[happens]
    assert np.median(sizes) < 0.3 * np.percentile(sizes, 98)


# what the literature says


def spontaneous(sessions, letter):
    """Spontaneous dF/F of a session's neurons in bins of 0.5 s, and the running speed."""
    rows = sessions.table(letter, "spontaneous").itertuples()
    frames = np.concatenate([np.arange(row.start, row.end) for row in rows])
    frames = frames[: len(frames) // 15 * 15]
    speed = sessions.data_sets[letter].get_running_speed()[0][frames].reshape(-1, 15).mean(axis=1)
    dff = sessions.dff(letter)[:, frames]
    return dff.reshape(len(dff), -1, 15).mean(axis=2), speed


def test_activity_is_shared(sessions, distance):
    assert "more so for neighbours" in PUBLISHED["literature"]["shared_variability"]
    dff, _ = spontaneous(sessions, "B")
    found, apart = pairs(np.corrcoef(dff)), pairs(distance)
    assert 0.01 < found.mean() < 0.15
    assert found[apart < NEAR].mean() > found[apart > FAR].mean() + 0.005
    values = np.linalg.eigvalsh(np.corrcoef(dff))[::-1]
    assert values[0] > 4


def test_activity_follows_running(sessions):
    speed = sessions.data_sets["B"].get_running_speed()[0]
    bins = len(speed) // 30
    speed = speed[: bins * 30].reshape(bins, 30).mean(axis=1)
    dff = sessions.dff("B")[:, : bins * 30].reshape(-1, bins, 30).mean(axis=2)
    found = np.array([np.corrcoef(trace, speed)[0, 1] for trace in dff])
    assert found.mean() > 0.02 and found.max() > 0.15 and found.min() < 0


def movie_maps(sessions, letter, cells):
    """dF/F of neurons in 30 s of movie, second by second: shape (repeats, cells, seconds)."""
    ids = sessions.data_sets[letter].get_cell_specimen_ids()
    dff = sessions.dff(letter)[[list(ids).index(cell) for cell in cells]]
    starts = sessions.movie_starts(letter)
    repeats = np.array([dff[:, start : start + 900] for start in starts])
    return repeats.reshape(len(starts), len(cells), 30, 30).mean(axis=3)


def likeness(one, other):
    """Mean correlation of the population's vectors, second by second."""
    return np.mean([np.corrcoef(one[:, at], other[:, at])[0, 1] for at in range(one.shape[1])])


def test_the_population_drifts_over_the_repeats(sessions):
    near, far = [], []
    for letter in facts.SESSIONS:
        maps = movie_maps(sessions, letter, sessions.data_sets[letter].get_cell_specimen_ids())
        for first in range(10):
            for second in range(first + 1, 10):
                group = near if second - first <= 2 else far if second - first >= 7 else []
                group.append(likeness(maps[first], maps[second]))
    assert np.mean(near) > np.mean(far) + 0.01


def test_the_population_drifts_over_the_days(sessions):
    ids = [data_set.get_cell_specimen_ids() for data_set in sessions.data_sets.values()]
    shared = sorted(set(ids[0]) & set(ids[1]) & set(ids[2]))
    halves = {}  # as many repeats each: the mean of more is alike to anything
    for letter in facts.SESSIONS:
        maps = movie_maps(sessions, letter, shared)
        halves[letter] = maps[:5].mean(axis=0), maps[5:].mean(axis=0)

    def alike(one, other):
        return np.mean([likeness(a, b) for a in halves[one] for b in halves[other]])

    within = np.mean([likeness(*halves[letter]) for letter in facts.SESSIONS])
    day = np.mean([alike("C", "B"), alike("B", "A")])
    assert within > day > alike("C", "A") > 0
