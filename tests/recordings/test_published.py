"""Every fact of published.json, one by one, through AllenSDK's own calls.

A check is registered for a place in the JSON. Each leaf of the JSON becomes a test, which runs the
check of the nearest place above it and fails if there is none. What is published about the
responses of many neurons, about running and about pictures is tested in test_published_activity.py.
"""

import datetime
import fnmatch
import re

import h5py
import numpy as np
import pandas as pd
import pytest

from visual_coding_course.recordings import facts

PUBLISHED = facts.published()
NEURON = PUBLISHED["cell_specimen_id"]
READING_ERROR_S = (
    20  # of times read off a figure that spans an hour; a movie lasts 300 s on it, 310
)
CHECKS = {}
ELSEWHERE = (
    "container_511510736/mean_g_osi_dg",
    "container_511510736/p_ns_below_0.05_and_pref_image_ns_22",
    "literature",
    "responses_of_cells_figure",
    "sessions/B/cell_517474020_image_17",
    "sessions/B/max_projection_figure",
    "sessions/B/natural_scenes_mean_sweep_response_column_0_row_0",
    "sessions/B/neuropil_r_of_all_cells_in_order_of_index",
    "sessions/B/running_speed_figure",
    "sessions/B/scene_signal_correlations_figure",
    "sessions/C/cell_587377366",
    "whole_data_set/VISp_cells_with_p_dg_below_0.05",
    "whole_data_set/of_these_g_dsi_dg_above_0.9",
    "whole_data_set/share_of_VISp_rows_with_p_dg_below_0.05",
)


def check(*places):
    """Register a check; `*` in a place stands for any key or part of one, which it is given."""

    def register(function):
        for place in places:
            assert place not in CHECKS, place
            CHECKS[place] = function
        return function

    return register


def leaves(node, place=()):
    """Places of all values that are not dictionaries."""
    if not isinstance(node, dict):
        return [place]
    return [leaf for key in node for leaf in leaves(node[key], (*place, key))]


def lies_in(leaf, place):
    return f"{'/'.join(leaf)}/".startswith(f"{place}/")


def source_of(leaf):
    """The source that a fact comes from: the one that names the longest place it lies in."""
    found = [
        (len(place), kind)
        for kind, source in PUBLISHED["sources"].items()
        for place in source["facts"]
        if lies_in(leaf, place)
    ]
    return max(found)[1] if found else None


def find(leaf):
    """The check for a leaf, the place it is registered for, and the keys its stars stand for."""
    for depth in range(len(leaf), 0, -1):
        for pattern, function in CHECKS.items():
            keys = pattern.split("/")
            if len(keys) != depth:
                continue
            pairs = list(zip(keys, leaf[:depth], strict=True))
            if all(fnmatch.fnmatchcase(part, key) for key, part in pairs):
                return function, leaf[:depth], [part for key, part in pairs if "*" in key]
    return None


def value_at(place):
    node = PUBLISHED
    for key in place:
        node = node[key]
    return node


def leaves_checked_here():
    return [
        leaf for leaf in leaves(PUBLISHED) if not any(lies_in(leaf, place) for place in ELSEWHERE)
    ]


@pytest.mark.parametrize("leaf", leaves_checked_here(), ids="/".join)
def test_fact_holds(leaf, sessions):
    found = find(leaf)
    assert found is not None, f"nothing checks {'/'.join(leaf)}"
    function, place, stars = found
    if place != leaf:  # a check of several leaves at once must know them all
        assert leaf[len(place) :] in [(key,) for key in ("columns", "rows", "unique", "dtype")]
    function(sessions, value_at(place), *stars)


def test_every_fact_has_its_source():
    facts_here = [leaf for leaf in leaves(PUBLISHED) if leaf[0] not in ("about", "sources")]
    assert [leaf for leaf in facts_here if source_of(leaf) is None] == []


def test_no_check_is_for_a_place_that_does_not_exist():
    used = {find(leaf)[0] for leaf in leaves(PUBLISHED) if find(leaf)}
    assert set(CHECKS.values()) == used
    for place in ELSEWHERE:
        value_at(place.split("/"))


def experiment(sessions, letter):
    """A session's row in the table of sessions."""
    number = facts.session_ids()[letter]
    (row,) = sessions.boc.get_ophys_experiments(ids=[number])
    return row


def seconds(sessions, letter, frame):
    return sessions.data_sets[letter].get_fluorescence_timestamps()[frame]


def assert_table(table, published):
    """Compare a published table with the first rows of a data frame, null being NaN."""
    assert list(table.columns) == published["columns"]
    rows = np.array(published["rows"], dtype=float)
    assert np.array_equal(table.head(len(rows)).values.astype(float), rows, equal_nan=True)


# the neuron, the container and the sessions


@check("about")
def every_file_says_that_it_is_simulated(sessions, value):
    assert "simulated recordings must reproduce every one" in value
    for data_set in sessions.data_sets.values():
        with h5py.File(data_set.nwb_file) as file:
            for place in ("session_description", "identifier", "general/experiment_description"):
                assert b"SIMULATED" in file[place][()]


@check("sources/*/what")
def the_source_is_named(sessions, value, kind):
    assert len(value.split()) > 5


@check("sources/*/facts")
def the_source_gave_facts(sessions, value, kind):
    for place in value:
        value_at(place.split("/"))
    given = [leaf for leaf in leaves(PUBLISHED) if source_of(leaf) == kind]
    assert {place for leaf in given for place in value if lies_in(leaf, place)} == set(value)


@check("cell_specimen_id")
def the_neuron_is_in_all_sessions(sessions, value):
    found = sessions.boc.get_ophys_experiments(cell_specimen_ids=[value])
    assert sorted(row["session_type"][-1] for row in found) == ["A", "B", "C"]
    for data_set in sessions.data_sets.values():
        assert value in data_set.get_cell_specimen_ids()


@check("experiment_container_id")
def the_container_is_the_neurons(sessions, value):
    (cell,) = sessions.boc.get_cell_specimens(ids=[NEURON])
    assert cell["experiment_container_id"] == value
    for data_set in sessions.data_sets.values():
        assert data_set.get_metadata()["experiment_container_id"] == value


@check("sessions/*/ophys_experiment_id")
def the_session_has_that_id(sessions, value, letter):
    (row,) = sessions.boc.get_ophys_experiments(
        cell_specimen_ids=[NEURON], session_types=[f"three_session_{letter}"]
    )
    assert row["id"] == value
    assert sessions.data_sets[letter].get_metadata()["ophys_experiment_id"] == value


@check("sessions/*/session_type")
def the_session_is_of_that_type(sessions, value, letter):
    assert experiment(sessions, letter)["session_type"] == value
    assert sessions.data_sets[letter].get_session_type() == value


@check("sessions/*/acquisition_age_days")
def the_mouse_was_that_old(sessions, value, letter):
    assert experiment(sessions, letter)["acquisition_age_days"] == value


@check("sessions/*/fail_eye_tracking")
def the_eye_was_not_tracked(sessions, value, letter):
    assert experiment(sessions, letter)["fail_eye_tracking"] is value


@check("sessions/*/cell_index_of_517472450")
def the_neuron_has_that_index(sessions, value, letter):
    assert sessions.data_sets[letter].get_cell_specimen_indices([NEURON]) == [value]


@check("sessions/B/cell_index_of_517473110")
def neuron_517473110_has_that_index(sessions, value):
    assert sessions.data_sets["B"].get_cell_specimen_indices([517473110]) == [value]


@check("sessions/B/cell_index_of_517474020")
def neuron_517474020_has_that_index(sessions, value):
    assert sessions.data_sets["B"].get_cell_specimen_indices([517474020]) == [value]


@check("sessions/C/cell_index_of_587377366")
def neuron_587377366_has_that_index(sessions, value):
    assert sessions.data_sets["C"].get_cell_specimen_indices([587377366]) == [value]


@check("sessions/C/contains_517472416")
def neuron_517472416_is_in_c(sessions, value):
    assert (517472416 in sessions.data_sets["C"].get_cell_specimen_ids()) is value


@check("sessions/B/cell_specimen_ids")
def the_cells_are_listed_in_that_order(sessions, value):
    assert sessions.data_sets["B"].get_cell_specimen_ids().tolist() == value


@check("sessions/B/n_cells")
def there_are_that_many_cells(sessions, value):
    assert sessions.data_sets["B"].number_of_cells == value
    assert len(sessions.dff("B")) == value


@check("sessions/B/n_frames")
def there_are_that_many_frames(sessions, value):
    assert sessions.dff("B").shape[1] == value
    assert len(sessions.data_sets["B"].get_fluorescence_timestamps()) == value


@check("sessions/B/neuropil_r_of_all_cells_in_order_of_index")
def the_neuropil_contamination_is_that(sessions, value):
    assert np.allclose(sessions.data_sets["B"].get_neuropil_r(), value, atol=5e-4)


@check("sessions/B/roi_mask_array_shape")
def the_masks_have_that_shape(sessions, value):
    assert list(sessions.data_sets["B"].get_roi_mask_array().shape) == value


@check("sessions/B/roi_mask_array_sum_over_cells")
def at_most_two_masks_overlap(sessions, value):
    total = sessions.data_sets["B"].get_roi_mask_array().sum(axis=0)
    assert np.unique(total).tolist() == value["unique"]
    assert total.dtype == value["dtype"]


@check("sessions/B/events_shape")
def the_events_have_that_shape(sessions, value):
    number = facts.session_ids()["B"]
    assert list(sessions.boc.get_ophys_experiment_events(number).shape) == value


@check("sessions/B/metadata/session_start_time")
def the_session_started_then(sessions, value):
    started = sessions.data_sets["B"].get_metadata()["session_start_time"]
    assert started == datetime.datetime.fromisoformat(value)


@check("sessions/B/metadata/*")  # registered after session_start_time, which goes first
def the_metadata_hold_that_value(sessions, value, key):
    metadata = sessions.data_sets["B"].get_metadata()
    assert metadata[key] == value
    assert set(metadata) == set(PUBLISHED["sessions"]["B"]["metadata"])


# stimuli


@check("sessions/*/trace_ends_at_s_about")
def the_trace_ends_about_then(sessions, value, letter):
    assert seconds(sessions, letter, -1) == pytest.approx(value, abs=READING_ERROR_S)


@check("sessions/*/movie_one_epoch_s_about")
def the_movie_is_shown_about_then(sessions, value, letter):
    epochs = sessions.data_sets[letter].get_stimulus_epoch_table()
    (epoch,) = epochs[epochs.stimulus == "natural_movie_one"].itertuples()
    shown = seconds(sessions, letter, epoch.start), seconds(sessions, letter, epoch.end)
    assert shown == pytest.approx(value, abs=READING_ERROR_S)


@check("sessions/*/stimuli")
def those_stimuli_are_shown(sessions, value, letter):
    assert sorted(sessions.data_sets[letter].list_stimuli()) == value


@check("sessions/*/stimulus_epochs")
def there_are_that_many_epochs(sessions, value, letter):
    assert len(sessions.data_sets[letter].get_stimulus_epoch_table()) == value


@check("sessions/B/stimulus_epoch_table")
def the_epoch_table_is_that(sessions, value):
    table = sessions.data_sets["B"].get_stimulus_epoch_table()
    assert list(table.columns) == value["columns"]
    assert table.values.tolist() == value["rows"]


@check("sessions/*/master_stimulus_table_rows")
def the_master_table_has_that_many_rows(sessions, value, letter):
    assert len(sessions.table(letter, "master")) == value


@check("sessions/A/drifting_gratings_first_rows")
def drifting_gratings_start_so(sessions, value):
    assert_table(sessions.table("A", "drifting_gratings"), value)


@check("sessions/B/static_gratings_first_rows")
def static_gratings_start_so(sessions, value):
    assert_table(sessions.table("B", "static_gratings"), value)


@check("sessions/B/natural_scenes_first_rows")
def natural_scenes_start_so(sessions, value):
    assert_table(sessions.table("B", "natural_scenes"), value)


@check("sessions/B/natural_movie_one_first_rows")
def natural_movie_one_starts_so(sessions, value):
    assert_table(sessions.table("B", "natural_movie_one"), value)


@check("sessions/C/locally_sparse_noise_first_rows")
def locally_sparse_noise_starts_so(sessions, value):
    assert_table(sessions.table("C", "locally_sparse_noise"), value)


@check("sessions/C/spontaneous_table")
def spontaneous_activity_is_recorded_then(sessions, value):
    table = sessions.table("C", "spontaneous")
    assert_table(table, value)
    assert len(table) == len(value["rows"])


@check("sessions/B/natural_movie_one_repeat_starts")
def the_repeats_start_there(sessions, value):
    assert sessions.movie_starts("B").tolist() == value


@check("sessions/B/natural_movie_one_repeat_ends_of_frame_0")
def the_repeats_first_frames_end_there(sessions, value):
    table = sessions.table("B", "natural_movie_one")
    assert table[table.frame == 0].end.tolist() == value


@check("sessions/A/drifting_gratings/rows")
def drifting_gratings_have_that_many_rows(sessions, value):
    assert len(sessions.table("A", "drifting_gratings")) == value


@check("sessions/A/drifting_gratings/orientations_deg")
def drifting_gratings_have_those_orientations(sessions, value):
    assert (
        np.unique(sessions.table("A", "drifting_gratings").orientation.dropna()).tolist() == value
    )


@check("sessions/A/drifting_gratings/temporal_frequencies_hz")
def drifting_gratings_have_those_frequencies(sessions, value):
    shown = sessions.table("A", "drifting_gratings").temporal_frequency.dropna()
    assert np.unique(shown).tolist() == value


@check("sessions/A/drifting_gratings/blank_sweeps")
def drifting_gratings_have_that_many_blanks(sessions, value):
    table = sessions.table("A", "drifting_gratings")
    assert table.blank_sweep.sum() == table.orientation.isna().sum() == value


@check("sessions/A/drifting_gratings/trials_per_condition")
def drifting_gratings_are_repeated_that_often(sessions, value):
    table = sessions.table("A", "drifting_gratings")
    trials = table.groupby(["temporal_frequency", "orientation"]).size()
    # 40 x 15 trials and 30 blanks are two more than the 628 published rows.
    assert sorted(trials) == [value - 1] * 2 + [value] * 38


@check("sessions/B/static_gratings/rows")
def static_gratings_have_that_many_rows(sessions, value):
    assert len(sessions.table("B", "static_gratings")) == value


@check("sessions/B/natural_scenes/rows")
def natural_scenes_have_that_many_rows(sessions, value):
    assert len(sessions.table("B", "natural_scenes")) == value


@check("sessions/B/static_gratings/orientations_deg")
def static_gratings_have_those_orientations(sessions, value):
    assert np.unique(sessions.table("B", "static_gratings").orientation.dropna()).tolist() == value


@check("sessions/B/static_gratings/spatial_frequencies_cpd")
def static_gratings_have_those_frequencies(sessions, value):
    shown = sessions.table("B", "static_gratings").spatial_frequency.dropna()
    assert np.unique(shown).tolist() == value


@check("sessions/B/static_gratings/phases")
def static_gratings_have_those_phases(sessions, value):
    assert np.unique(sessions.table("B", "static_gratings").phase.dropna()).tolist() == value


@check("sessions/B/static_gratings/blank_sweeps")
def static_gratings_have_that_many_blanks(sessions, value):
    assert sessions.table("B", "static_gratings").orientation.isna().sum() == value


@check("sessions/B/static_gratings/trials_at_ori30_sf0.04_phase0")
def that_static_grating_is_shown_that_often(sessions, value):
    table = sessions.table("B", "static_gratings")
    shown = (table.orientation == 30) & (table.spatial_frequency == 0.04) & (table.phase == 0)
    assert shown.sum() == value


@check("sessions/B/natural_scenes/images")
def there_are_that_many_scenes(sessions, value):
    frames = sessions.table("B", "natural_scenes").frame
    assert sorted(set(frames) - {-1}) == list(range(value))
    assert len(sessions.data_sets["B"].get_stimulus_template("natural_scenes")) == value


@check("sessions/B/natural_scenes/trials_per_image")
def each_scene_is_shown_that_often(sessions, value):
    frames = sessions.table("B", "natural_scenes").frame
    assert set(frames[frames >= 0].value_counts()) == {value}


@check("sessions/B/natural_scenes/blank_sweeps")
def scenes_have_that_many_blanks(sessions, value):
    assert (sessions.table("B", "natural_scenes").frame == -1).sum() == value


@check("sessions/C/locally_sparse_noise/rows")
def the_noise_has_that_many_rows(sessions, value):
    assert sessions.table("C", "locally_sparse_noise").frame.tolist() == list(range(value))


@check("sessions/C/locally_sparse_noise/grid")
def the_noise_has_that_grid(sessions, value):
    template = sessions.data_sets["C"].get_stimulus_template("locally_sparse_noise")
    assert list(template.shape[1:]) == value
    assert set(np.unique(template)) == {0, 127, 255}


@check("master_stimulus_table_rows_explained")
def the_master_tables_add_up_so(sessions, value):
    sums = re.findall(r"([ABC]) = (.+?)[;.]", value)
    assert len(sums) == 3
    for letter, terms in sums:
        counts = sessions.table(letter, "master").stimulus.value_counts()
        for number, words in (term.split(" ", 1) for term in terms.split(" + ")):
            words = words.replace("movie", "natural movie") if "movie" in words else words
            assert counts[words.replace(" ", "_")] == int(number)


@check("sessions/B/frame_rate_hz")
def that_is_the_frame_rate(sessions, value):
    for data_set in sessions.data_sets.values():
        times = data_set.get_fluorescence_timestamps()
        assert round((len(times) - 1) / (times[-1] - times[0]), 4) == value
        assert np.diff(times) == pytest.approx(1 / value, abs=2e-5)


@check("sessions/B/fluorescence_timestamps_first_10_s")
def the_recording_starts_at_those_times(sessions, value):
    times = sessions.data_sets["B"].get_fluorescence_timestamps()
    assert times[: len(value)].tolist() == value


@check("sessions/*/*_longest_presentation_frames_figure")
def the_longest_presentation_lasts_so_many_frames(sessions, value, letter, key):
    table = sessions.table(letter, key.removesuffix("_longest_presentation_frames_figure"))
    lasting = table.end - table.start
    assert lasting.max() == value
    assert (lasting == value).sum() <= 3  # the usual ones are shorter


@check("sessions/C/locally_sparse_noise_template_frames")
def the_noise_has_a_template_of_that_many_frames(sessions, value):
    assert len(sessions.data_sets["C"].get_stimulus_template("locally_sparse_noise")) == value


@check("sessions/C/locally_sparse_noise_table_goes_to_frame")
def the_noise_is_shown_to_that_frame(sessions, value):
    assert sessions.table("C", "locally_sparse_noise").frame.max() == value


@check("templates_pixels/*")
def templates_have_that_many_pictures_of_that_form(sessions, value, stimulus):
    letter = next(x for x in facts.SESSIONS if stimulus in facts.session(x)["stimuli"])
    frames, height, width = sessions.data_sets[letter].get_stimulus_template(stimulus).shape
    assert frames == value[0]
    assert height <= value[1] and width <= value[2]  # smaller, and the README says so
    assert height / width == pytest.approx(value[1] / value[2], rel=0.01)


@check("natural_movie_one/movie_frames")
def movie_one_has_that_many_frames(sessions, value):
    for letter in facts.SESSIONS:
        assert sorted(sessions.table(letter, "natural_movie_one").frame.unique()) == list(
            range(value)
        )


@check("natural_movie_one/repeats")
def movie_one_is_repeated_that_often(sessions, value):
    for letter in facts.SESSIONS:
        assert len(sessions.movie_starts(letter)) == value
        assert sessions.table(letter, "natural_movie_one").repeat.nunique() == value


@check("natural_movie_one/imaging_frames_per_repeat_about")
def a_repeat_takes_about_that_many_frames(sessions, value):
    for letter in facts.SESSIONS:
        assert np.abs(np.diff(sessions.movie_starts(letter)) - value).max() <= 1


@check("natural_movie_one/template_shape")
def movie_one_has_that_shape(sessions, value):
    for data_set in sessions.data_sets.values():
        assert list(data_set.get_stimulus_template("natural_movie_one").shape) == value


@check("natural_movie_three/movie_frames")
def movie_three_has_that_many_frames(sessions, value):
    assert sessions.table("A", "natural_movie_three").frame.nunique() == value
    assert len(sessions.data_sets["A"].get_stimulus_template("natural_movie_three")) == value


@check("natural_movie_three/repeats")
def movie_three_is_repeated_that_often(sessions, value):
    table = sessions.table("A", "natural_movie_three")
    assert table.repeat.nunique() == value
    assert set(table.frame.value_counts()) == {value}


@check("natural_movie_three/epochs")
def movie_three_is_shown_in_that_many_epochs(sessions, value):
    epochs = sessions.data_sets["A"].get_stimulus_epoch_table()
    assert (epochs.stimulus == "natural_movie_three").sum() == value


# responses


def mean_response(sessions, letter):
    return np.mean(sessions.movie_response(letter, NEURON), axis=0)


@check("movie_response_of_517472450/what")
def the_responses_are_of_that_shape(sessions, value):
    repeats, frames = re.search(r"over the (\d+) repeats .* in the (\d+) imaging", value).groups()
    for letter in facts.SESSIONS:
        response = np.array(sessions.movie_response(letter, NEURON))
        assert response.shape == (int(repeats), int(frames))
        # A mean of repeats that differ: no two alike, and the median is another curve.
        assert np.corrcoef(response)[np.triu_indices(len(response), 1)].max() < 0.99
        assert np.abs(np.median(response, axis=0) - response.mean(axis=0)).max() > 0.1


@check("movie_response_of_517472450/pearson_r/*")
def the_sessions_correlate_so(sessions, value, pair):
    first, second = (mean_response(sessions, letter) for letter in pair)
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(value, abs=0.005)


@check("movie_response_of_517472450/peaks_read_off_the_published_figure/*")
def the_mean_response_peaks_there(sessions, value, letter):
    mean = mean_response(sessions, letter)
    for frame, height in value:
        near = mean[frame - 12 : frame + 13]
        assert abs(near.argmax() - 12) <= 5, frame
        assert near.max() == pytest.approx(height, abs=0.05), frame


@check("movie_response_of_517472450/peaks_are")
def elsewhere_the_mean_response_is_near_zero(sessions, value):
    assert value.endswith("elsewhere the mean stays within about 0.05 of 0")
    peaks = PUBLISHED["movie_response_of_517472450"]["peaks_read_off_the_published_figure"]
    for letter in facts.SESSIONS:
        elsewhere = np.ones(900, dtype=bool)
        for frame, _ in peaks[letter]:
            elsewhere[frame - 16 : frame + 30] = False
        assert np.abs(mean_response(sessions, letter)[elsewhere]).max() < 0.07


@check("dff_of_517472450")
def the_neurons_trace_and_mask_are_so(sessions, value):
    assert "baseline noise about +-0.1" in value
    sizes = [int(size) for size in re.search(r"about (\d+)-(\d+) pixels", value).groups()]
    masks = []
    for letter, data_set in sessions.data_sets.items():
        trace = sessions.neuron_dff(letter, NEURON)
        assert 0.02 < np.median(np.abs(trace)) / 0.6745 < 0.06
        assert trace.max() == pytest.approx(facts.largest_peaks()[letter], abs=0.15)
        starts = sessions.movie_starts(letter)
        movie = np.zeros(len(trace), dtype=bool)
        movie[starts[0] : starts[-1] + 950] = True
        assert trace[~movie].max() < 0.5 * trace[movie].max()
        (mask,) = data_set.get_roi_mask_array([NEURON])
        rows, columns = np.nonzero(mask)
        assert (rows.mean(), columns.mean()) == pytest.approx(facts.neuron_location(), abs=8)
        for extent in (np.ptp(rows) + 1, np.ptp(columns) + 1):
            assert sizes[0] - 1 <= extent <= sizes[1] + 1
        masks.append(mask)
    assert not any(np.array_equal(masks[i], masks[j]) for i, j in ((0, 1), (0, 2), (1, 2)))


@check("matching")
def about_a_third_of_the_neurons_is_matched_in_each_way(sessions, value):
    assert re.findall("one third", value) == ["one third"] * 3
    ids = [data_set.get_cell_specimen_ids() for data_set in sessions.data_sets.values()]
    times = pd.Series(np.concatenate(ids)).value_counts()
    assert times.value_counts(normalize=True).reindex([1, 2, 3]).values == pytest.approx(
        1 / 3, abs=0.05
    )


@check("preferred_natural_scene_of_517474020/image")
def that_scene_is_preferred(sessions, value):
    trials = scene_trials(sessions)
    assert trials.groupby("frame").response.mean().idxmax() == value


@check("preferred_natural_scene_of_517474020/stationary_mean")
def the_response_at_rest_is_that(sessions, value):
    trials = scene_trials(sessions)
    at_rest = trials[(trials.frame == preferred_scene()) & (trials.speed <= 2)]
    assert at_rest.response.mean() == pytest.approx(value, abs=0.001)


@check("preferred_natural_scene_of_517474020/running_mean")
def the_response_while_running_is_that(sessions, value):
    trials = scene_trials(sessions)
    running = trials[(trials.frame == preferred_scene()) & (trials.speed > 2)]
    assert running.response.mean() == pytest.approx(value, abs=0.001)


@check("preferred_natural_scene_of_517474020/window")
def the_window_may_also_be_the_trial_itself(sessions, value):
    assert "14 imaging frames" in value and "above 2 cm/s" in value
    trials = scene_trials(sessions)
    chosen = trials[trials.frame == preferred_scene()]
    assert ((chosen.speed > 2) == (chosen.trial_speed > 2)).all()


def preferred_scene():
    return PUBLISHED["preferred_natural_scene_of_517474020"]["image"]


def scene_trials(sessions):
    """Mean dF/F and speed of each natural scene trial of neuron 517474020."""
    trials = sessions.table("B", "natural_scenes").copy()
    trace = sessions.neuron_dff("B", 517474020)
    speed = sessions.data_sets["B"].get_running_speed()[0]
    windows = trials.start.values[:, None] + np.arange(14)
    trials["response"] = trace[windows].mean(axis=1)
    trials["speed"] = speed[windows].mean(axis=1)
    trials["trial_speed"] = [speed[row.start : row.end].mean() for row in trials.itertuples()]
    return trials


# tables


@check("containers_Cux2_VISp")
def the_container_table_is_that(sessions, value):
    table = pd.DataFrame(
        sessions.boc.get_experiment_containers(
            cre_lines=["Cux2-CreERT2"], targeted_structures=["VISp"]
        )
    )
    assert list(table.columns) == value["columns"]
    assert table.values.tolist() == value["rows"]


@check("session_ids_of_other_containers/*/*")
def that_container_has_that_session(sessions, value, container, letter):
    (row,) = sessions.boc.get_ophys_experiments(
        experiment_container_ids=[int(container)], session_types=[f"three_session_{letter}"]
    )
    assert row["id"] == value


@check("ophys_experiments_columns")
def the_session_table_has_those_columns(sessions, value):
    assert list(pd.DataFrame(sessions.boc.get_ophys_experiments()).columns) == value


@check("ophys_experiments_order")
def the_session_table_has_that_order(sessions, value):
    rows = sessions.boc.get_ophys_experiments(
        experiment_container_ids=[PUBLISHED["experiment_container_id"]]
    )
    assert [row["id"] for row in rows] == value


@check("cell_specimens_columns")
def the_cell_table_has_those_columns(sessions, value):
    assert list(pd.DataFrame(sessions.boc.get_cell_specimens()).columns) == value


@check("container_511510736/cells_in_cell_table")
def the_container_has_that_many_cells(sessions, value):
    rows = sessions.boc.get_cell_specimens(
        experiment_container_ids=[PUBLISHED["experiment_container_id"]]
    )
    assert len(rows) == value


@check("whole_data_set/cell_table/dtype_of_tld2_id")
def the_second_drivers_id_is_a_float(sessions, value):
    assert pd.DataFrame(sessions.boc.get_cell_specimens()).tld2_id.dtype == value


@check("whole_data_set/cell_table/columns_with_nan_without_significant_response")
def cells_that_do_not_respond_prefer_nothing(sessions, value):
    table = pd.DataFrame(sessions.boc.get_cell_specimens())
    recorded = table[table.p_dg.notna()]
    silent = recorded.p_dg >= 0.05
    assert 0 < silent.sum() < len(recorded)
    for column in value:
        assert recorded[column].isna().equals(silent)


@check("whole_data_set/session_types")
def sessions_of_those_types_are_listed(sessions, value):
    assert sessions.boc.get_all_session_types() == value


@check("whole_data_set/*")
def the_whole_data_set_is_larger_than_what_is_listed(sessions, value, what):
    boc = sessions.boc
    listed = {
        "containers": boc.get_experiment_containers(),
        "sessions": boc.get_ophys_experiments(),
        "sessions_with_eye_tracking": boc.get_ophys_experiments(require_eye_tracking=True),
        "cells": boc.get_cell_specimens(),
        "VISp_containers": boc.get_experiment_containers(targeted_structures=["VISp"]),
        "Cux2-CreERT2_containers": boc.get_experiment_containers(cre_lines=["Cux2-CreERT2"]),
        "structures": boc.get_all_targeted_structures(),
        "cre_lines": boc.get_all_cre_lines(),
        "reporter_lines": boc.get_all_reporter_lines(),
        "imaging_depths": boc.get_all_imaging_depths(),
    }[what]
    if isinstance(value, list):
        assert set(listed) < set(value)
    else:
        assert len(listed) < value


@check("file_layout/roi_ids")
def rois_have_byte_strings_for_ids(sessions, value):
    assert value == "byte strings"
    for data_set in sessions.data_sets.values():
        ids = data_set.get_roi_ids()
        assert all(isinstance(one, bytes) and one.isdigit() for one in ids)
        assert len(set(ids)) == data_set.number_of_cells


@check("file_layout/roi_names")
def rois_are_named_by_four_digits(sessions, value):
    assert value.startswith("roi_0000")
    for data_set in sessions.data_sets.values():
        names = [b"roi_%04d" % index for index in range(data_set.number_of_cells)]
        with h5py.File(data_set.nwb_file) as file:
            pipeline = file["processing/brain_observatory_pipeline"]
            plane = pipeline["ImageSegmentation/imaging_plane_1"]
            assert plane["roi_list"][()].tolist() == names
            assert pipeline["DfOverF/imaging_plane_1/roi_names"][()].tolist() == names
            assert plane["roi_0000/img_mask"].shape == (512, 512)


@check("file_layout/stimulus_presentation")
def each_presentation_has_a_timestamp(sessions, value):
    for data_set in sessions.data_sets.values():
        times = data_set.get_fluorescence_timestamps()
        with h5py.File(data_set.nwb_file) as file:
            for shown in file["stimulus/presentation"].values():
                frames = shown["frame_duration"][:, 0]
                assert np.array_equal(shown["timestamps"][()], times[frames])


@check("file_layout/general")
def the_file_says_whose_brain_it_is(sessions, value):
    for letter, data_set in sessions.data_sets.items():
        with h5py.File(data_set.nwb_file) as file:
            general = {place: file["general"][place][()].decode() for place in value}
        assert general["ophys_experiment_id"] == str(facts.session_ids()[letter])
        assert general["subject/subject_id"] == facts.container_row()["donor_name"]
        assert general["subject/species"] == "Mus musculus"
