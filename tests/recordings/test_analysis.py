"""AllenSDK's analysis classes on the practice recordings, and what they find."""

import numpy as np
import pandas as pd
import pytest
from allensdk.brain_observatory.dff import calculate_dff
from allensdk.brain_observatory.drifting_gratings import DriftingGratings
from allensdk.brain_observatory.natural_movie import NaturalMovie
from allensdk.brain_observatory.natural_scenes import NaturalScenes
from allensdk.brain_observatory.receptive_field_analysis import utilities
from allensdk.brain_observatory.static_gratings import StaticGratings

from visual_coding_course.recordings import facts, measure, receptive_fields

pytestmark = [
    # AllenSDK assigns to chains of indices and divides responses near zero.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def cells(boc):
    table = pd.DataFrame(boc.get_cell_specimens(experiment_container_ids=[511510736]))
    return table.set_index("cell_specimen_id")


def few(sessions, letter, cell_specimen_ids):
    """A recording cut down to some cells: AllenSDK's analyses take minutes for all of them."""
    return measure.SomeCells(sessions.data_sets[letter].nwb_file, list(cell_specimen_ids))


def assert_listed(cells, peak, columns):
    """Compare AllenSDK's results with the cell table's columns.

    `columns` has, by AllenSDK's name, ours and what turns AllenSDK's value into ours.
    """
    listed = cells.loc[peak.cell_specimen_id]
    for theirs, (ours, convert) in columns.items():
        found = np.array([convert(value) for value in peak[theirs]], dtype=float)
        np.testing.assert_allclose(
            listed[ours].values.astype(float), found, rtol=2e-3, atol=1e-4, err_msg=ours
        )


def same(value):
    return value


def test_natural_movies(sessions, cells):
    columns = {
        ("A", "natural_movie_one"): ("nm1", "reliability_nm1_a"),
        ("A", "natural_movie_three"): ("nm3", "reliability_nm3"),
        ("B", "natural_movie_one"): ("nm1", "reliability_nm1_b"),
        ("C", "natural_movie_one"): ("nm1", "reliability_nm1_c"),
        ("C", "natural_movie_two"): ("nm2", "reliability_nm2"),
    }
    for (letter, movie), (short, column) in columns.items():
        ids = sessions.data_sets[letter].get_cell_specimen_ids()
        # Each cell is analysed by itself; of session B there are some of all kinds.
        chosen = sorted({517472450, *ids[::4]}) if letter == "B" else ids[:9]
        analysis = NaturalMovie(few(sessions, letter, chosen), movie)
        assert_listed(cells, analysis.peak, {f"response_reliability_{short}": (column, same)})
        if letter == "B":
            assert analysis.sweeplength == 903
            peak = analysis.peak.set_index("cell_specimen_id").peak_nm1
            assert abs(peak[517472450] - 884) <= 5


def test_natural_scenes(sessions, cells):
    quiet = cells.index[cells.p_ns > 0.2][:1]
    analysis = NaturalScenes(few(sessions, "B", {517474020, *quiet}))
    assert analysis.number_scenes == 119 and analysis.sweeplength == 7
    columns = {
        "scene_ns": ("pref_image_ns", same),
        "ptest_ns": ("p_ns", same),
        "image_selectivity_ns": ("image_sel_ns", same),
        "reliability_ns": ("reliability_ns", same),
        "run_modulation_ns": ("run_mod_ns", same),
        "p_run_ns": ("p_run_mod_ns", same),
        "peak_dff_ns": ("peak_dff_ns", same),
        "time_to_peak_ns": ("time_to_peak_ns", same),
    }
    assert_listed(cells, analysis.peak, columns)
    published = facts.published()["preferred_natural_scene_of_517474020"]
    peak = analysis.peak.set_index("cell_specimen_id")
    assert peak.scene_ns[517474020] == published["image"]


def test_static_gratings(sessions, cells):
    tuned = cells.sort_values("p_sg").index[:1]
    quiet = cells.index[cells.p_sg > 0.2][:1]
    analysis = StaticGratings(few(sessions, "B", [*tuned, *quiet]))
    columns = {
        "osi_sg": ("osi_sg", same),
        "ori_sg": ("pref_ori_sg", lambda index: analysis.orivals[index]),
        "sf_sg": ("pref_sf_sg", lambda index: analysis.sfvals[index]),
        "phase_sg": ("pref_phase_sg", lambda index: analysis.phasevals[index]),
        "ptest_sg": ("p_sg", same),
        "cv_os_sg": ("g_osi_sg", same),
        "reliability_sg": ("reliability_sg", same),
        "sf_index_sg": ("sfdi_sg", same),
        "run_modulation_sg": ("run_mod_sg", same),
        "p_run_sg": ("p_run_mod_sg", same),
        "peak_dff_sg": ("peak_dff_sg", same),
        "time_to_peak_sg": ("time_to_peak_sg", same),
    }
    assert_listed(cells, analysis.peak, columns)


def test_drifting_gratings(sessions, cells):
    tuned = cells.index[cells.p_dg < 0.01][:3]
    quiet = cells.index[cells.p_dg > 0.2][:2]
    analysis = DriftingGratings(few(sessions, "A", [*tuned, *quiet]))
    assert analysis.number_ori == 8 and analysis.number_tf == 6  # AllenSDK counts blanks as 0 Hz
    columns = {
        "osi_dg": ("osi_dg", same),
        "tf_dg": ("pref_tf_dg", lambda index: analysis.tfvals[index]),
        "ptest_dg": ("p_dg", same),
        "cv_os_dg": ("g_osi_dg", same),
        "cv_ds_dg": ("g_dsi_dg", same),
        "reliability_dg": ("reliability_dg", same),
        "tf_index_dg": ("tfdi_dg", same),
        "run_modulation_dg": ("run_mod_dg", same),
        "p_run_dg": ("p_run_mod_dg", same),
        "peak_dff_dg": ("peak_dff_dg", same),
    }
    assert_listed(cells, analysis.peak, columns)
    significant = analysis.peak[analysis.peak.ptest_dg < 0.05]
    columns = {
        "dsi_dg": ("dsi_dg", same),
        "ori_dg": ("pref_dir_dg", lambda index: analysis.orivals[index]),
    }
    assert_listed(cells, significant, columns)
    others = cells.loc[analysis.peak.cell_specimen_id.drop(significant.index)]
    assert others[["dsi_dg", "pref_dir_dg"]].isna().all(axis=None)


def test_receptive_fields(sessions, cells):
    """Those that the package brings along are what AllenSDK finds in these recordings."""
    found = cells[cells.rf_area_on_lsn.notna() | cells.rf_area_off_lsn.notna()]
    chosen = [found.index[0], 587377366]
    measured = measure.measure(sessions.data_sets["C"].nwb_file, chosen)
    for cell in chosen:
        listed = cells.loc[cell, list(receptive_fields.COLUMNS)].dropna().to_dict()
        assert listed == pytest.approx(measured[cell], rel=0.02, abs=1e-6), measure.__doc__
    in_c = sessions.data_sets["C"].get_cell_specimen_ids()
    assert set(cells.index[cells.rf_chi2_lsn.notna()]) == set(in_c)


def test_what_speeds_allensdk_up_gives_the_same_numbers(sessions):
    data_set = few(sessions, "C", [587377366])
    stimulus = "locally_sparse_noise"
    squares = utilities.get_A(data_set, stimulus)
    blurred = measure.blurred(data_set, stimulus)
    for trial in (0, 777, 8879):
        for half in (np.s_[:448], np.s_[448:]):
            one = utilities.convolve(squares[half, trial].reshape(16, 28))
            np.testing.assert_allclose(blurred[half, trial], one.ravel(), atol=1e-12)
    events = np.zeros(8880, dtype=bool)
    events[::97] = True
    averages = []
    for shuffle in (utilities.get_shuffle_matrix, measure.shuffled):
        np.random.seed(1)
        averages.append(shuffle(data_set, events, blurred, number_of_shuffles=40))
    np.testing.assert_allclose(*averages, rtol=1e-9, atol=1e-12)


def test_receptive_fields_of_another_seed_are_not_known():
    fields = receptive_fields.metrics_of([517472450, 587377366], seed=1)
    assert set(fields) == set(receptive_fields.COLUMNS)
    assert all(np.isnan(values).all() for values in fields.values())


def test_the_tables_of_responses_are_those_of_a_cortex(cells):
    """Some cells answer to each stimulus, many do not, and most prefer one side of things."""
    for column in ("p_dg", "p_sg", "p_ns"):
        assert 0.25 < (cells[column].dropna() < 0.001).mean() < 0.75
    for column in ("reliability_nm1_a", "reliability_nm1_b", "reliability_nm1_c"):
        assert cells[column].quantile(0.25) < 0.1 and 0.15 < cells[column].quantile(0.9) < 0.5
    responsive = cells[cells.p_dg < 0.001]
    assert responsive.pref_dir_dg.nunique() == 8 and responsive.pref_tf_dg.nunique() >= 4


def test_allensdks_own_dff_of_the_corrected_traces_agrees(sessions):
    data_set = sessions.data_sets["C"]
    chosen = [517472450, *data_set.get_cell_specimen_ids()[[20, 90]]]
    chosen.sort(key=list(data_set.get_cell_specimen_ids()).index)
    _, corrected = data_set.get_corrected_fluorescence_traces(chosen)
    _, stored = data_set.get_dff_traces(chosen)
    computed = calculate_dff(corrected[:, :30000].astype(float), save_plot_dir=None)
    for ours, theirs in zip(stored[:, :30000], computed, strict=True):
        assert np.corrcoef(ours, theirs)[0, 1] > 0.95
        assert np.abs(np.median(ours - theirs)) < 0.03
