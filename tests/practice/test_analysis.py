"""AllenSDK's analysis classes on the practice recordings, and what they find."""

import numpy as np
import pandas as pd
import pytest
from allensdk.brain_observatory.dff import calculate_dff
from allensdk.brain_observatory.drifting_gratings import DriftingGratings
from allensdk.brain_observatory.natural_movie import NaturalMovie
from allensdk.brain_observatory.natural_scenes import NaturalScenes
from allensdk.brain_observatory.static_gratings import StaticGratings
from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet

from visual_coding_course.practice import facts

pytestmark = [
    # AllenSDK assigns to chains of indices and divides responses near zero.
    pytest.mark.filterwarnings("ignore"),
]


class FewCells(BrainObservatoryNwbDataSet):
    """A recording cut down to some cells: AllenSDK's analyses take minutes for all of them."""

    def __init__(self, nwb_file, cell_specimen_ids):
        super().__init__(nwb_file)
        self.chosen = sorted(cell_specimen_ids, key=list(super().get_cell_specimen_ids()).index)

    def get_cell_specimen_ids(self):
        return np.array(getattr(self, "chosen", super().get_cell_specimen_ids()))

    def get_cell_specimen_indices(self, cell_specimen_ids):
        everyone = list(super().get_cell_specimen_ids())
        return [everyone.index(cell) for cell in cell_specimen_ids]

    def get_corrected_fluorescence_traces(self, cell_specimen_ids=None):
        return super().get_corrected_fluorescence_traces(self.chosen)

    def get_dff_traces(self, cell_specimen_ids=None):
        return super().get_dff_traces(self.chosen)


@pytest.fixture(scope="module")
def cells(boc):
    table = pd.DataFrame(boc.get_cell_specimens(experiment_container_ids=[511510736]))
    return table.set_index("cell_specimen_id")


def few(sessions, letter, cell_specimen_ids):
    return FewCells(sessions.data_sets[letter].nwb_file, cell_specimen_ids)


def test_natural_movie_on_all_cells(sessions, cells):
    data_set = sessions.data_sets["B"]
    analysis = NaturalMovie(data_set, "natural_movie_one")
    assert analysis.sweeplength == 903
    peak = analysis.peak
    assert len(peak) == data_set.number_of_cells
    listed = cells.loc[peak.cell_specimen_id].reliability_nm1_b
    found = peak.response_reliability_nm1.astype(float)
    assert np.abs(found.values - listed.values).max() < 0.05
    assert found.max() > 0.6 and np.median(found) < 0.4  # some reliable, most not
    neuron = peak[peak.cell_specimen_id == 517472450].iloc[0]
    assert abs(neuron.peak_nm1 - 884) <= 5


def test_natural_scenes(sessions, cells):
    selective = cells[cells.p_ns < 1e-12].sort_values("image_sel_ns").index[-2:]
    analysis = NaturalScenes(few(sessions, "B", {517474020, *selective}))
    assert analysis.number_scenes == 119 and analysis.sweeplength == 7
    peak = analysis.peak.set_index("cell_specimen_id")
    published = facts.published()["preferred_natural_scene_of_517474020"]
    assert peak.scene_ns[517474020] == published["image"]
    for cell in peak.index:
        assert peak.scene_ns[cell] == cells.pref_image_ns[cell]
        assert peak.ptest_ns[cell] < 0.01
    assert peak.run_modulation_ns[517474020] > 0.3


def test_static_gratings(sessions, cells):
    tuned = cells[(cells.p_sg < 1e-10) & (cells.g_osi_sg > 0.4)].index[:3]
    assert len(tuned) == 3
    analysis = StaticGratings(few(sessions, "B", tuned))
    peak = analysis.peak.set_index("cell_specimen_id")
    for cell in tuned:
        turn = abs(analysis.orivals[peak.ori_sg[cell]] - cells.pref_ori_sg[cell])
        assert min(turn, 180 - turn) <= 30
        assert peak.osi_sg[cell] > 0.4
        assert peak.ptest_sg[cell] < 0.01


def test_drifting_gratings(sessions, cells):
    tuned = cells[(cells.p_dg < 1e-10) & (cells.g_dsi_dg > 0.4)].index[:3]
    flat = cells[cells.p_dg > 0.5].index[:2]
    assert len(tuned) == 3 and len(flat) == 2
    analysis = DriftingGratings(few(sessions, "A", [*tuned, *flat]))
    assert analysis.number_ori == 8 and analysis.number_tf == 6  # AllenSDK counts blanks as 0 Hz
    peak = analysis.peak.set_index("cell_specimen_id")
    for cell in tuned:
        turn = abs(analysis.orivals[peak.ori_dg[cell]] - cells.pref_dir_dg[cell])
        assert min(turn, 360 - turn) <= 45
        assert peak.dsi_dg[cell] > 0.3
        assert peak.ptest_dg[cell] < 0.001
    assert all(peak.ptest_dg[cell] > 0.001 for cell in flat)


def test_the_tables_of_responses_are_those_of_a_cortex(cells):
    """Some cells answer to each stimulus, many do not, and most prefer one side of things."""
    for column in ("p_dg", "p_sg", "p_ns"):
        assert 0.25 < (cells[column].dropna() < 0.001).mean() < 0.75
    for column in ("reliability_nm1_a", "reliability_nm1_b", "reliability_nm1_c"):
        assert cells[column].quantile(0.9) > 0.5 and cells[column].quantile(0.25) < 0.1
    responsive = cells[cells.p_dg < 0.001]
    assert responsive.pref_dir_dg.nunique() == 8 and responsive.pref_tf_dg.nunique() >= 4


def test_locally_sparse_noise_finds_a_receptive_field(sessions, cells):
    data_set = sessions.data_sets["C"]
    template = data_set.get_stimulus_template("locally_sparse_noise").astype(int)
    starts = sessions.table("C", "locally_sparse_noise").start.values
    seen = cells[cells.rf_area_on_lsn.notna() & cells.rf_area_off_lsn.isna()]
    near = []
    for cell in seen.index[:12]:
        response = sessions.neuron_dff("C", cell)[starts[:, None] + np.arange(4, 14)].mean(axis=1)
        white = (template == 255).astype(float)
        average = np.tensordot(response - response.mean(), white, 1) / white.sum(axis=0)
        row, column = np.unravel_index(average.argmax(), average.shape)
        listed = cells.rf_center_on_y_lsn[cell], cells.rf_center_on_x_lsn[cell]
        near.append(np.hypot(row - listed[0], column - listed[1]) < 2.5)
    assert len(near) >= 6 and np.mean(near) >= 0.7


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
