"""Every public method of BrainObservatoryNwbDataSet, and every call of the cache."""

import inspect
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
from allensdk.brain_observatory.brain_observatory_exceptions import NoEyeTrackingException
from allensdk.brain_observatory.natural_movie import NaturalMovie
from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet
from allensdk.core.ophys_experiment_session_id_mapping import ophys_experiment_session_id_map
from scipy import ndimage, signal

from visual_coding_course.recordings import NotInPracticeError, facts

from ..cross_session.own import truth

NEURON = 517472450
CONTAINER = 511510736
CHECKS = {}


def check(*names):
    def register(function):
        CHECKS.update({name: function for name in names})
        return function

    return register


PUBLIC = [
    name
    for name, member in inspect.getmembers(BrainObservatoryNwbDataSet)
    if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property))
]


def test_all_public_methods_are_accounted_for():
    assert set(PUBLIC) == set(CHECKS)


@pytest.mark.parametrize("letter", facts.SESSIONS)
@pytest.mark.parametrize("name", PUBLIC)
def test_getter(name, letter, sessions, tmp_path):
    CHECKS[name](sessions.data_sets[letter], name, tmp_path)


def shape(data_set):
    return data_set.number_of_cells, len(data_set.get_fluorescence_timestamps())


@check(
    "get_fluorescence_traces",
    "get_demixed_traces",
    "get_neuropil_traces",
    "get_corrected_fluorescence_traces",
    "get_dff_traces",
)
def traces_are_complete(data_set, name, _):
    get = getattr(data_set, name)
    times, traces = get()
    assert traces.shape == shape(data_set)
    assert traces.dtype == np.float32
    assert np.isfinite(traces).all()
    assert np.array_equal(times, data_set.get_fluorescence_timestamps())
    if name != "get_dff_traces":
        assert traces.min() > 0
    some = sorted([data_set.get_cell_specimen_indices([NEURON])[0], 40])
    ids = data_set.get_cell_specimen_ids()[some]
    assert np.array_equal(get(ids)[1], traces[some])


@check("get_fluorescence_timestamps")
def times_rise(data_set, *_):
    assert (np.diff(data_set.get_fluorescence_timestamps()) > 0).all()


@check("get_neuropil_r")
def neuropil_contamination_is_a_share(data_set, *_):
    r = data_set.get_neuropil_r()
    assert r.shape == (data_set.number_of_cells,)
    assert (r >= 0).all() and (r < 1).all() and r.std() > 0.05
    assert data_set.get_neuropil_r([NEURON]) == r[data_set.get_cell_specimen_indices([NEURON])]


@check("get_cell_specimen_ids", "get_cell_specimen_indices", "number_of_cells", "get_roi_ids")
def cells_are_numbered(data_set, *_):
    ids = data_set.get_cell_specimen_ids()
    assert len(set(ids)) == len(ids) == data_set.number_of_cells
    assert data_set.get_cell_specimen_indices(ids[::-1]) == list(range(len(ids)))[::-1]
    assert len(set(data_set.get_roi_ids())) == len(ids)
    assert ids.dtype == np.int64 and data_set.get_roi_ids().dtype.kind == "S"
    with pytest.raises(ValueError, match="not found"):
        data_set.get_cell_specimen_indices([1])


@check("get_roi_mask", "get_roi_mask_array")
def masks_lie_on_bright_somata(data_set, *_):
    masks = data_set.get_roi_mask_array()
    image = data_set.get_max_projection().astype(float)
    assert masks.shape == (data_set.number_of_cells, 512, 512)
    assert set(np.unique(masks)) == {0, 1}
    areas = masks.sum(axis=(1, 2))
    assert areas.min() > 80 and areas.max() < 400  # 15 um somata at 0.78 um a pixel
    overlapping = (masks.sum(axis=0)[None] * masks > 1).any(axis=(1, 2))
    assert 4 <= overlapping.sum() <= 0.3 * len(masks)
    inside = np.array([image[mask > 0].mean() for mask in masks])
    assert inside.mean() > 1.5 * image[~masks.any(axis=0)].mean()
    (alone,) = data_set.get_roi_mask([NEURON])
    index = data_set.get_cell_specimen_indices([NEURON])[0]
    assert np.array_equal(alone.get_mask_plane(), masks[index])


@check("get_max_projection")
def the_projection_is_an_image(data_set, *_):
    image = data_set.get_max_projection()
    assert image.shape == (512, 512)
    assert image.std() > 15  # most of it is nearly black


@check("get_session_type", "get_metadata")
def the_session_knows_itself(data_set, *_):
    metadata = data_set.get_metadata()
    letter = facts.letter_of(metadata["ophys_experiment_id"])
    assert metadata["session_type"] == data_set.get_session_type() == f"three_session_{letter}"
    assert metadata["experiment_container_id"] == CONTAINER
    assert metadata["age_days"] == facts.session(letter)["acquisition_age_days"] + 1


@check("list_stimuli", "get_stimulus_table", "get_stimulus_epoch_table")
def stimulus_tables_fill_their_epochs(data_set, *_):
    epochs = data_set.get_stimulus_epoch_table()
    assert (epochs.start.values[1:] > epochs.end.values[:-1]).all()
    columns = {
        "drifting_gratings": ["temporal_frequency", "orientation", "blank_sweep", "start", "end"],
        "static_gratings": ["orientation", "spatial_frequency", "phase", "start", "end"],
        "natural_scenes": ["frame", "start", "end"],
        "locally_sparse_noise": ["frame", "start", "end"],
        "spontaneous": ["start", "end"],
    }
    total = 0
    for stimulus in data_set.list_stimuli():
        table = data_set.get_stimulus_table(stimulus)
        movie = ["frame", "start", "end", "repeat"]
        assert list(table.columns) == columns.get(stimulus, movie)
        assert table.start.dtype == table.end.dtype == np.int64
        own = epochs[epochs.stimulus == stimulus]
        covered = [
            ((table.start >= row.start) & (table.end <= row.end)).sum() for row in own.itertuples()
        ]
        assert sum(covered) == len(table) and min(covered) > 0
        total += len(table)
    assert len(data_set.get_stimulus_table("master")) == total


@check("get_stimulus_template")
def templates_have_a_picture_for_each_frame(data_set, *_):
    for stimulus in set(data_set.list_stimuli()) - {"spontaneous"}:
        if "gratings" in stimulus:
            with pytest.raises(KeyError):
                data_set.get_stimulus_template(stimulus)
            continue
        template = data_set.get_stimulus_template(stimulus)
        assert template.dtype == np.uint8
        left_over = 120 if stimulus == "locally_sparse_noise" else 0
        assert len(template) == data_set.get_stimulus_table(stimulus).frame.max() + 1 + left_over
        assert template[::50].reshape(len(template[::50]), -1).std(axis=1).min() > 3


@check("get_locally_sparse_noise_stimulus_template")
def noise_template_has_an_off_screen_mask(data_set, *_):
    if "locally_sparse_noise" not in data_set.list_stimuli():
        with pytest.raises(KeyError):
            data_set.get_locally_sparse_noise_stimulus_template("locally_sparse_noise")
        return
    template, mask = data_set.get_locally_sparse_noise_stimulus_template(
        "locally_sparse_noise", mask_off_screen=False
    )
    assert template.shape == (9000, 16, 28)
    assert mask.shape == (16, 28) and 0 < mask.sum() < mask.size


@check("get_stimulus", "stimulus_search")
def each_frame_knows_its_stimulus(data_set, *_):
    assert data_set.get_stimulus(10) == (None, None)
    for stimulus in data_set.list_stimuli():
        table = data_set.get_stimulus_table(stimulus)
        row = table.iloc[len(table) // 2]
        found, image = data_set.get_stimulus(int(row.start))
        if stimulus == "spontaneous":
            assert found is None
            continue
        assert found[2]["stimulus"] == stimulus and found[2]["start"] == row.start
        if "gratings" in stimulus:
            assert image is None
        else:
            template = data_set.get_stimulus_template(stimulus)
            assert np.array_equal(image, template[int(row.frame)])


@check("get_running_speed")
def the_mouse_runs_and_rests(data_set, *_):
    speed, times = data_set.get_running_speed()
    assert np.array_equal(times, data_set.get_fluorescence_timestamps())
    assert np.isfinite(speed).all()
    slow = ndimage.gaussian_filter1d(speed, 15)
    assert 0.1 < (slow > 2).mean() < 0.6
    # Session B's are published, see test_published_activity; other days have their own.
    assert 50 < speed.max() <= 83 and -16 <= speed.min() < -7
    rest = speed[slow < 1]
    assert abs(np.median(rest)) < 0.1 and 1.6 < rest.std() < 2.4


@check("get_motion_correction")
def motion_is_a_few_pixels(data_set, *_):
    motion = data_set.get_motion_correction()
    assert list(motion.columns) == ["x_motion", "y_motion", "timestamp"]
    assert len(motion) == shape(data_set)[1]
    assert 1 <= motion.x_motion.abs().max() <= 15


@check("get_pupil_location", "get_pupil_size")
def no_eye_was_tracked(data_set, name, _):
    with pytest.raises(NoEyeTrackingException):
        getattr(data_set, name)()


@check("save_analysis_arrays", "save_analysis_dataframes")
def analyses_can_be_saved_in_a_copy(data_set, name, tmp_path):
    # A small file in the same layout: the recordings themselves are not to be written to.
    copy = tmp_path / "copy.nwb"
    with h5py.File(data_set.nwb_file) as source, h5py.File(copy, "w") as target:
        for group in ("general", "analysis"):
            source.copy(group, target)
        target["session_start_time"] = source["session_start_time"][()]
    small = BrainObservatoryNwbDataSet(str(copy))
    if name == "save_analysis_arrays":
        small.save_analysis_arrays(("numbers", np.arange(3)))
        with h5py.File(copy) as file:
            assert file["analysis/numbers"][()].tolist() == [0, 1, 2]
    else:
        pytest.importorskip("tables")
        small.save_analysis_dataframes(("frame", pd.DataFrame({"a": [1]})))
        assert pd.read_hdf(copy, "analysis/frame").a.tolist() == [1]


def test_traces_obey_the_pipelines_relations(sessions):
    for letter, data_set in sessions.data_sets.items():
        _, raw = data_set.get_fluorescence_traces()
        _, demixed = data_set.get_demixed_traces()
        masks = data_set.get_roi_mask_array()
        overlapping = (masks.sum(axis=0)[None] * masks > 1).any(axis=(1, 2))
        assert np.array_equal((raw != demixed).any(axis=1), overlapping)
        _, corrected = data_set.get_corrected_fluorescence_traces()
        dff = sessions.dff(letter)
        for cell in range(0, len(dff), 25):
            baseline = (corrected[cell] / (1 + dff[cell]))[::500]
            # F0 fades slowly, so corrected fluorescence and dF/F give one smooth curve.
            assert np.abs(np.diff(baseline)).max() < 0.02 * baseline.mean()


def test_transients_have_the_indicators_kinetics(sessions):
    """A transient that stands alone rises in some frames, and falls by half in 0.1 to 0.6 s."""
    dff, single = sessions.dff("B"), 0
    for trace in dff[np.argsort(dff.max(axis=1))[-40:]]:
        peaks, _ = signal.find_peaks(trace, height=(0.4, 1.2), prominence=0.35, distance=60)
        around = trace[
            peaks[(peaks > 60) & (peaks < len(trace) - 60)][:, None] + np.arange(-60, 60)
        ]
        quiet = np.abs(around[:, :45]).max(axis=1) < 0.35 * around[:, 60]
        if quiet.sum() < 3:
            continue
        mean = np.median(around[quiet], axis=0)
        assert np.argmax(mean > 0.5 * mean[60]) >= 53
        assert 3 <= np.argmax(mean[60:] < 0.5 * mean[60]) <= 18
        single += 1
    assert single >= 10


def test_noise_differs_between_cells(sessions):
    dff = sessions.dff("C")
    noise = np.median(np.abs(np.diff(dff, axis=1)), axis=1) / 0.6745 / np.sqrt(2)
    assert 0.02 < noise.min() < 0.04 and 0.09 < noise.max() < 0.2


def test_spontaneous_means_tell_sessions_and_epochs_apart(sessions):
    means = []
    for letter in facts.SESSIONS:
        trace = sessions.neuron_dff(letter, NEURON)
        for row in sessions.table(letter, "spontaneous").itertuples():
            means.append(trace[row.start : row.end].mean())
    assert len(means) == 4
    assert np.min(np.abs(np.subtract.outer(means, means))[np.triu_indices(4, 1)]) > 0.0015
    assert all(0.001 < abs(mean) < 0.03 for mean in means)
    assert abs(means[2] - means[3]) > 0.002


def test_stability_of_movie_responses_spreads_widely(sessions):
    shared = set.intersection(
        *[set(data_set.get_cell_specimen_ids()) for data_set in sessions.data_sets.values()]
    )
    stability = []
    for cell in shared:
        means = [
            np.mean(sessions.movie_response(letter, cell), axis=0) for letter in facts.SESSIONS
        ]
        stability.append((np.corrcoef(means).sum() - 3) / 6)
    assert min(stability) < 0.15 and max(stability) > 0.8
    assert 0.15 < np.std(stability) < 0.3
    assert 0.3 < np.mean(stability) < 0.6
    # One broad hump: most neurons are in the middle half of its range.
    low, *middle, high = np.histogram(stability, 4)[0]
    assert sum(middle) > low + high


# the cache's own calls


def ids(rows):
    return {row["id"] for row in rows}


@pytest.mark.parametrize(
    "arguments, count",
    [
        ({}, 48),
        ({"ids": [501559087, 510514474]}, 2),
        ({"experiment_container_ids": [CONTAINER]}, 3),
        ({"targeted_structures": ["VISp"]}, 48),
        ({"targeted_structures": ["VISl"]}, 0),
        ({"imaging_depths": [175]}, 24),
        ({"imaging_depths": [275]}, 24),
        ({"cre_lines": ["Cux2-CreERT2"]}, 48),
        ({"cre_lines": ["Rorb-IRES2-Cre"]}, 0),
        ({"reporter_lines": ["Ai93(TITL-GCaMP6f)"]}, 48),
        ({"transgenic_lines": ["Camk2a-tTA"]}, 48),
        ({"stimuli": ["natural_scenes"]}, 16),
        ({"stimuli": ["natural_movie_one"]}, 48),
        ({"session_types": ["three_session_C"]}, 11),
        ({"session_types": ["three_session_C2"]}, 5),
        ({"stimuli": ["locally_sparse_noise_8deg"]}, 5),
        ({"cell_specimen_ids": [NEURON]}, 3),
        ({"include_failed": True}, 48),
        ({"require_eye_tracking": True}, 0),
    ],
)
def test_filters_of_sessions(boc, arguments, count):
    rows = boc.get_ophys_experiments(**arguments)
    assert len(ids(rows)) == len(rows) == count
    nested = boc.get_ophys_experiments(simple=False, **arguments)
    assert ids(nested) == ids(rows)


def test_containers(boc):
    assert len(boc.get_experiment_containers()) == 16
    assert ids(boc.get_experiment_containers(ids=[CONTAINER])) == {CONTAINER}
    assert len(boc.get_experiment_containers(imaging_depths=[275])) == 8
    assert boc.get_all_cre_lines() == ["Cux2-CreERT2"]
    assert boc.get_all_targeted_structures() == ["VISp"]
    assert boc.get_all_imaging_depths() == [175, 275]
    types = ["three_session_A", "three_session_B", "three_session_C", "three_session_C2"]
    assert boc.get_all_session_types() == types
    assert boc.get_all_reporter_lines() == ["Ai93(TITL-GCaMP6f)"]
    assert len(boc.get_all_stimuli()) == 10
    assert "natural_scenes" in boc.get_ophys_experiment_stimuli(501559087)


def test_every_container_has_sessions_that_no_other_has(boc):
    rows = pd.DataFrame(boc.get_ophys_experiments())
    assert rows.id.is_unique
    for _, own in rows.groupby("experiment_container_id"):
        assert sorted(own.session_type.str[14]) == ["A", "B", "C"]
        assert own.acquisition_age_days.nunique() == 3
    # Sessions that are not published are made up, and are none of the Allen Institute's.
    published = [*facts.session_ids().values()]
    for sessions_of in facts.published()["session_ids_of_other_containers"].values():
        published += sessions_of.values()
    made_up = set(rows.id) - set(published)
    assert set(published) <= set(rows.id)
    assert set(published) <= set(ophys_experiment_session_id_map)
    assert made_up.isdisjoint(ophys_experiment_session_id_map)


def test_cells(boc, sessions):
    table = pd.DataFrame(boc.get_cell_specimens(experiment_container_ids=[CONTAINER]))
    found = [set(data_set.get_cell_specimen_ids()) for data_set in sessions.data_sets.values()]
    assert set(table.cell_specimen_id) == set.union(*found)
    assert set(table[table.all_stim].cell_specimen_id) == set.intersection(*found)
    everywhere = pd.DataFrame(boc.get_cell_specimens())
    assert len(everywhere) > len(table) and everywhere.cell_specimen_id.is_unique
    assert everywhere.experiment_container_id.nunique() == 16
    columns = {"A": "osi_dg", "B": "pref_image_ns", "C": "reliability_nm2"}
    for cells, (letter, column) in zip(found, columns.items(), strict=True):
        measured = table[table[column].notna()].cell_specimen_id
        assert set(measured) == cells, letter


def test_cell_filters(boc):
    filters = [
        {"field": "p_dg", "op": "<", "value": 0.001},
        {"field": "pref_dir_dg", "op": "=", "value": 90},
    ]
    chosen = boc.get_cell_specimens(filters=filters)
    assert 0 < len(chosen) < 100
    assert all(cell["p_dg"] < 0.001 and cell["pref_dir_dg"] == 90 for cell in chosen)
    between = [{"field": "osi_dg", "op": "between", "value": [0.5, 0.9]}]
    assert all(0.5 <= cell["osi_dg"] <= 0.9 for cell in boc.get_cell_specimens(filters=between))


def test_events(boc, sessions):
    for letter, number in facts.session_ids().items():
        events = boc.get_ophys_experiment_events(number)
        assert events.shape == sessions.dff(letter).shape
        assert events.min() == 0
        assert 0.0005 < (events > 0).mean() < 0.05
        index = sessions.data_sets[letter].get_cell_specimen_indices([NEURON])[0]
        start, end = sessions.movie_starts(letter)[[0, -1]] + [0, 903]
        assert events[index, start:end].sum() > 5


@pytest.mark.parametrize(
    "ask",
    [
        lambda boc: boc.get_ophys_experiment_data(510514474),
        lambda boc: boc.get_ophys_experiment_data(1),
        lambda boc: boc.get_ophys_experiment_events(510514474),
        lambda boc: boc.get_ophys_experiment_analysis(510514474, "natural_movie_one"),
    ],
)
def test_other_containers_recordings_are_refused_clearly(boc, ask):
    with pytest.raises(NotInPracticeError, match="one experiment container only") as error:
        ask(boc)
    said = str(error.value)
    assert 'open_cache(source="allen")' in said
    # Which sessions and which container they are, the course asks.
    assert not any(str(number) in said for number in (511510736, *facts.session_ids().values()))


def test_analyses_are_made_when_asked_for(boc, tmp_path):
    analysis = boc.get_ophys_experiment_analysis(501704220, "natural_movie_three")
    assert isinstance(analysis, NaturalMovie) and len(analysis.stim_table) == 10
    gratings = boc.get_ophys_experiment_analysis(501559087, "static_gratings")
    assert gratings.sfvals.tolist() == [0, 0.02, 0.04, 0.08, 0.16, 0.32]
    noise = boc.get_ophys_experiment_analysis(501474098, "locally_sparse_noise")
    assert noise.LSN.shape == (9000, 16, 28)
    for stimulus in ("drifting_gratings", "spontaneous", "no_such_stimulus"):
        with pytest.raises(NotInPracticeError, match="but of .*natural_scenes"):
            boc.get_ophys_experiment_analysis(501559087, stimulus)
    with pytest.raises(NotInPracticeError, match="come without the file"):
        boc.get_ophys_experiment_analysis(
            501559087, "natural_movie_one", str(tmp_path / "analysis.h5")
        )


def test_no_eye_was_tracked(boc):
    assert boc.get_ophys_experiments(require_eye_tracking=True) == []
    assert boc.get_ophys_experiments(require_eye_tracking=True, simple=False) == []
    with pytest.raises(NoEyeTrackingException):
        boc.get_eye_tracking(501559087)
    with pytest.raises(NoEyeTrackingException):
        boc.get_ophys_pupil_data(501559087, suppress_pupil_data=False)
    assert len(boc.get_ophys_pupil_data(501559087)) == 0


@pytest.mark.parametrize("letter", facts.SESSIONS)
def test_the_mean_of_all_cells_is_kept_for_the_checks(letter, sessions, tmp_path, monkeypatch):
    data_set = sessions.data_sets[letter]
    kept = truth.Recording(data_set).mean_dff
    alone = tmp_path / "alone" / "recording.nwb"  # with nothing beside it, as a real one
    alone.parent.mkdir()
    alone.symlink_to(data_set.nwb_file)
    read = truth.Recording(BrainObservatoryNwbDataSet(str(alone))).mean_dff
    monkeypatch.chdir(alone.parent)
    near = truth.Recording(BrainObservatoryNwbDataSet(alone.name)).mean_dff
    assert Path(data_set.nwb_file).parents[1].joinpath("mean_dff").is_dir()
    np.testing.assert_allclose([kept, kept], [read, near], atol=1e-6)
    np.testing.assert_allclose(kept, sessions.dff(letter).mean(axis=0), atol=1e-5)
