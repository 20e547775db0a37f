"""AllenSDK's own example notebooks, as far as they can be about these recordings.

Each test makes the calls of one notebook, in its order: brain_observatory, receptive_fields (the
second half is about another container), brain_observatory_stimuli, brain_observatory_monitor and
brain_observatory_analysis. Recordings of other containers are replaced by these three, and
analyses of all neurons, which take minutes, by those of a few; those of session B, which take long
even so, are in test_analysis.py.
"""

import allensdk.brain_observatory.receptive_field_analysis.receptive_field as rf
import allensdk.brain_observatory.receptive_field_analysis.visualization as rfvis
import allensdk.brain_observatory.stimulus_info as stim_info
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from allensdk.brain_observatory.brain_observatory_exceptions import NoEyeTrackingException
from allensdk.brain_observatory.dff import compute_dff_windowed_mode
from allensdk.brain_observatory.drifting_gratings import DriftingGratings
from allensdk.brain_observatory.locally_sparse_noise import LocallySparseNoise
from allensdk.brain_observatory.r_neuropil import estimate_contamination_ratios

from visual_coding_course.recordings import measure

pytestmark = [
    pytest.mark.filterwarnings("ignore")  # AllenSDK's, about chained assignments and divisions
]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_brain_observatory_tables(boc):
    assert boc.get_all_targeted_structures() == ["VISp"]
    visp_ecs = boc.get_experiment_containers(targeted_structures=["VISp"])
    assert "drifting_gratings" in boc.get_all_stimuli()
    cux2_ecs = boc.get_experiment_containers(cre_lines=["Cux2-CreERT2"])
    assert cux2_ecs[0] == {
        "cre_line": "Cux2-CreERT2",
        "donor_name": "222426",
        "failed": False,
        "id": 511510736,
        "imaging_depth": 175,
        "reporter_line": "Ai93(TITL-GCaMP6f)",
        "specimen_name": "Cux2-CreERT2;Camk2a-tTA;Ai93-222426",
        "tags": [],
        "targeted_structure": "VISp",
    }
    exps = boc.get_ophys_experiments(experiment_container_ids=[cux2_ecs[0]["id"]])
    assert [exp["id"] for exp in exps] == [501559087, 501704220, 501474098]
    exp = boc.get_ophys_experiments(
        experiment_container_ids=[cux2_ecs[-1]["id"]], stimuli=[stim_info.STATIC_GRATINGS]
    )[0]
    assert exp["session_type"] == "three_session_B"

    cells = pd.DataFrame.from_records(boc.get_cell_specimens())
    visp_ec_ids = [ec["id"] for ec in visp_ecs]
    visp_cells = cells[cells["experiment_container_id"].isin(visp_ec_ids)]
    sig_cells = visp_cells[visp_cells["p_dg"] < 0.05]
    dsi_cells = sig_cells[(sig_cells["g_dsi_dg"] > 0.5)]
    dsi_ec_ids = dsi_cells["experiment_container_id"].unique()
    dsi_exps = boc.get_ophys_experiments(
        experiment_container_ids=dsi_ec_ids, stimuli=[stim_info.DRIFTING_GRATINGS]
    )
    assert len(dsi_exps) == len(dsi_ec_ids) > 0
    dsi_cell = dsi_cells.iloc[0]
    cell_exp = boc.get_ophys_experiments(
        cell_specimen_ids=[dsi_cell["cell_specimen_id"]], stimuli=[stim_info.DRIFTING_GRATINGS]
    )[0]
    assert cell_exp["session_type"] == "three_session_A"


def test_brain_observatory_traces(boc):
    data_set = boc.get_ophys_experiment_data(501704220)
    cell = [data_set.get_cell_specimen_ids()[0]]
    time, raw_traces = data_set.get_fluorescence_traces(cell_specimen_ids=cell)
    _, demixed_traces = data_set.get_demixed_traces(cell_specimen_ids=cell)
    _, neuropil_traces = data_set.get_neuropil_traces(cell_specimen_ids=cell)
    _, corrected_traces = data_set.get_corrected_fluorescence_traces(cell_specimen_ids=cell)
    _, dff_traces = data_set.get_dff_traces(cell_specimen_ids=cell)
    for traces in (raw_traces, demixed_traces, neuropil_traces, corrected_traces, dff_traces):
        plt.plot(time[: len(traces[0])], traces[0])

    cids = data_set.get_cell_specimen_ids()[:15:5]
    masks = data_set.get_roi_mask(cell_specimen_ids=cids)
    assert [mask.get_mask_plane().sum() > 0 for mask in masks] == [True] * 3
    plt.imshow(data_set.get_roi_mask_array().max(axis=0), cmap="gray")
    plt.imshow(data_set.get_max_projection(), cmap="gray")

    results = estimate_contamination_ratios(demixed_traces[0], neuropil_traces[0])
    assert 0 <= results["r"] <= 1
    dff = compute_dff_windowed_mode(np.array(corrected_traces[:, :12000], dtype=float))
    assert np.corrcoef(dff[0], dff_traces[0][:12000])[0, 1] > 0.9

    dxcm, dxtime = data_set.get_running_speed()
    plt.plot(dxtime, dxcm)
    motion = data_set.get_motion_correction()
    plt.plot(motion.timestamp, motion.x_motion)
    plt.plot(motion.timestamp, motion.y_motion)
    for getter in (data_set.get_pupil_location, data_set.get_pupil_size):
        with pytest.raises(NoEyeTrackingException):
            getter()


def test_receptive_fields(boc):
    cell_specimen_id = 587377366
    exps = boc.get_ophys_experiments(
        cell_specimen_ids=[cell_specimen_id], stimuli=["locally_sparse_noise"]
    )
    data_set = boc.get_ophys_experiment_data(exps[0]["id"])
    assert data_set.get_cell_specimen_indices([cell_specimen_id]) == [5]
    one = measure.SomeCells(data_set.nwb_file, [cell_specimen_id])
    with measure.hurried(one, "locally_sparse_noise"):
        rf_data = rf.compute_receptive_field_with_postprocessing(
            one, 0, "locally_sparse_noise", alpha=0.5, number_of_shuffles=10000
        )
    rfvis.plot_chi_square_summary(rf_data)
    for plot in (
        rfvis.plot_rts_summary,
        rfvis.plot_rts_blur_summary,
        rfvis.plot_p_values,
        rfvis.plot_mask,
        rfvis.plot_gaussian_fit,
    ):
        _, axes = plt.subplots(1, 2)
        plot(rf_data, *axes)
    later = boc.get_experiment_containers(ids=[645413757])[0]["id"]
    shown = [
        boc.get_ophys_experiment_stimuli(exp["id"])
        for exp in boc.get_ophys_experiments(experiment_container_ids=[later])
    ]
    assert ["locally_sparse_noise_4deg" in stimuli for stimuli in shown].count(True) == 1


def test_brain_observatory_stimuli(boc):
    table = boc.get_ophys_experiment_data(501704220).get_stimulus_table("drifting_gratings")
    assert len(table[(table.temporal_frequency == 4) & (table.orientation == 225)]) == 15
    data_set = boc.get_ophys_experiment_data(501559087)
    table = data_set.get_stimulus_table("static_gratings")
    chosen = (table.spatial_frequency == 0.02) & (table.orientation == 30) & (table.phase == 0.0)
    assert 40 < chosen.sum() < 60
    scenes = data_set.get_stimulus_template("natural_scenes")
    table = data_set.get_stimulus_table("natural_scenes")
    for scene in (4, 83):
        plt.imshow(scenes[scene, :, :], cmap="gray")
        assert (table.frame == scene).sum() == 50
    plt.imshow(data_set.get_stimulus_template("natural_movie_one")[200, :, :], cmap="gray")
    table = data_set.get_stimulus_table("natural_movie_one")
    assert len(table[(table.frame >= 100) & (table.frame <= 120)]) == 210

    data_set = boc.get_ophys_experiment_data(501474098)
    lsn_movie, _ = data_set.get_locally_sparse_noise_stimulus_template(
        "locally_sparse_noise", mask_off_screen=True
    )
    assert set(np.unique(lsn_movie)) == {0, 64, 127, 255}
    table = data_set.get_stimulus_table("locally_sparse_noise")
    on_frames = np.where(lsn_movie[:, 10, 15] == LocallySparseNoise.LSN_ON)[0]
    on_frames = on_frames[on_frames < table.index.max()]
    assert len(table.loc[on_frames]) == len(on_frames) > 50


def test_brain_observatory_monitor(boc):
    data_set = boc.get_ophys_experiment_data(501474098)
    assert len(data_set.get_stimulus_epoch_table()) == 7
    params, template = data_set.get_stimulus(1010)
    assert params[2]["stimulus"] == "locally_sparse_noise"
    monitor = stim_info.BrainObservatoryMonitor()
    screen = monitor.lsn_image_to_screen(template)
    assert screen.shape == (1200, 1920)
    monitor.show_image(screen, warp=True, show=False)
    monitor.show_image(screen, warp=False, mask=True, show=False)
    place = monitor.map_stimulus(
        (5, 12), stim_info.LOCALLY_SPARSE_NOISE, stim_info.NATURAL_MOVIE_ONE
    )
    assert len(place) == 2
    movie = data_set.get_stimulus_template(stim_info.NATURAL_MOVIE_ONE)[0]
    image = monitor.natural_movie_image_to_screen(movie, origin="upper", translation=(100, -300))
    assert image.shape == (1200, 1920)
    assert monitor.grating_to_screen(0.5, 0.02, 0).shape == (1200, 1920)


def test_brain_observatory_analysis(boc):
    cells = pd.DataFrame(boc.get_cell_specimens(experiment_container_ids=[511510736]))
    chosen = cells[cells.p_dg < 0.01].cell_specimen_id[:3]
    data_set = measure.SomeCells(boc.get_nwb_filepath(501704220), chosen)
    dg = DriftingGratings(data_set)
    peak = dg.peak.loc[1]
    pref_ori, pref_tf = dg.orivals[peak.ori_dg], dg.tfvals[peak.tf_dg]
    plt.imshow(dg.response[:, 1:, 1, 0], cmap="hot", interpolation="none")
    preferred = (dg.stim_table.orientation == pref_ori) & (
        dg.stim_table.temporal_frequency == pref_tf
    )
    assert 14 <= preferred.sum() <= 15
    trial_timestamps = (
        np.arange(-1 * dg.interlength, dg.interlength + dg.sweeplength, 1.0) / dg.acquisition_rate
    )
    assert len(trial_timestamps) == len(dg.sweep_response[preferred]["1"].iloc[0])
    assert dg.mean_sweep_response[preferred]["dx"].notna().all()

    exp = boc.get_ophys_experiments(
        experiment_container_ids=[511510736], stimuli=[stim_info.LOCALLY_SPARSE_NOISE]
    )[0]
    data_set = measure.SomeCells(boc.get_nwb_filepath(exp["id"]), [587377366])
    with measure.hurried(data_set, "locally_sparse_noise"):
        field = LocallySparseNoise(data_set).receptive_field
    assert field.shape == (16, 28, 1, 2)
