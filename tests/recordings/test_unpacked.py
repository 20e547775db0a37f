"""The copy that is read faster: the same recordings, kept as carefully."""

import h5py
import numpy as np
import pandas as pd
import pytest

from visual_coding_course import open_cache
from visual_coding_course import recordings as practice
from visual_coding_course.recordings import facts, layout, nwb, store, unpacked
from visual_coding_course.shared.files import replacing

SESSION_C = layout.DATA_FILE.format(facts.session_ids()["C"])
TRACES = ["dff", "fluorescence", "neuropil", "demixed", "corrected_fluorescence"]
GETTERS = [f"get_{kind}_traces" for kind in TRACES] + [
    "get_cell_specimen_ids",
    "get_fluorescence_timestamps",
    "get_max_projection",
    "get_metadata",
    "get_motion_correction",
    "get_neuropil_r",
    "get_roi_ids",
    "get_roi_mask_array",
    "get_running_speed",
    "get_session_type",
    "get_stimulus_epoch_table",
    "list_stimuli",
]


@pytest.fixture(scope="module")
def copied():
    return open_cache(manifest=practice.unpacked_folder())


def assert_same(ours, theirs):
    assert type(ours) is type(theirs)
    if isinstance(ours, tuple):
        for one, other in zip(ours, theirs, strict=True):
            assert_same(one, other)
    elif isinstance(ours, pd.DataFrame):
        pd.testing.assert_frame_equal(ours, theirs, check_exact=True)
    elif isinstance(ours, np.ndarray):
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(ours, theirs)
    else:
        assert ours == theirs


@pytest.mark.parametrize("letter", "ABC")
def test_allensdk_reads_the_same_from_it(boc, copied, letter):
    number = facts.session_ids()[letter]
    packed, unpacked = (cache.get_ophys_experiment_data(number) for cache in (boc, copied))
    assert packed.nwb_file != unpacked.nwb_file
    for name in GETTERS:
        assert_same(getattr(unpacked, name)(), getattr(packed, name)())
    for stimulus in packed.list_stimuli():
        assert_same(unpacked.get_stimulus_table(stimulus), packed.get_stimulus_table(stimulus))
    template = "natural_movie_one"
    assert_same(unpacked.get_stimulus_template(template), packed.get_stimulus_template(template))
    one = packed.get_cell_specimen_ids()[[3]]
    assert_same(unpacked.get_dff_traces(one), packed.get_dff_traces(one))
    assert_same(unpacked.get_roi_mask_array(one), packed.get_roi_mask_array(one))
    events = [cache.get_ophys_experiment_events(number) for cache in (boc, copied)]
    assert_same(*events)


def test_its_tables_are_the_same(boc, copied):
    for name in ("get_ophys_experiments", "get_experiment_containers", "get_cell_specimens"):
        assert getattr(copied, name)() == getattr(boc, name)()


def test_traces_lie_in_it_as_in_memory_and_the_clock_only_once(copied):
    with h5py.File(practice.unpacked_folder() / SESSION_C) as file:
        pipeline = file[nwb.PIPELINE]
        traces = pipeline[f"DfOverF/{nwb.PLANE}"]
        assert traces["data"].chunks is None and traces["data"].compression is None
        assert traces["timestamps"] == pipeline[f"Fluorescence/{nwb.PLANE}/timestamps"]


def test_it_takes_no_more_space_than_is_said(copied):
    files = [path for path in practice.unpacked_folder().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < unpacked.UnpackedStore.megabytes * 1e6


# kept like the recordings themselves


class SmallStore(store.Store):
    """A store of small files, those of sessions in HDF5, that takes no time to build."""

    def _build_session(self, letter, names, entered, tick):
        for name in names:
            with replacing(self.folder / name) as path, h5py.File(path, "w") as file:
                file.create_dataset("traces", data=np.arange(unpacked.LARGE), chunks=True)
                file["group/same_traces"] = file["traces"]
                file["group/name"] = name
            self._record(name, entered)

    def _build_table(self, name, entered, tick):
        with replacing(self.folder / name) as path:
            path.write_text(name)
        self._record(name, entered)


@pytest.fixture
def small(tmp_path):
    result = unpacked.UnpackedStore(tmp_path / "copy", SmallStore(tmp_path / "original"))
    result.ensure()
    return result


def test_what_it_is_made_from_is_made_as_well(small):
    assert small.source.damaged() == [] and small.damaged() == []
    with h5py.File(small.folder / SESSION_C) as file:
        assert file["group/name"].asstr()[()] == SESSION_C
        assert file["traces"] == file["group/same_traces"]
        np.testing.assert_array_equal(file["traces"][()], np.arange(unpacked.LARGE))


@pytest.mark.parametrize("name", [SESSION_C, layout.CELLS])
def test_only_what_is_damaged_is_copied_again(small, name):
    before = {file: (small.folder / file).stat().st_ino for file in layout.all_files()}
    path = small.folder / name
    path.write_bytes(path.read_bytes()[:-1])
    assert small.damaged() == [name]
    small.ensure()
    assert small.damaged() == []
    after = {file: (small.folder / file).stat().st_ino for file in layout.all_files()}
    assert [file for file in before if before[file] != after[file]] == [name]


def test_a_whole_copy_does_not_need_the_original(small):
    (small.source.folder / SESSION_C).unlink()
    assert small.ensure() == small.folder
    assert not (small.source.folder / SESSION_C).exists()


def test_it_stands_beside_the_recordings(monkeypatch, tmp_path):
    monkeypatch.setenv(layout.VARIABLE, str(tmp_path))
    place = unpacked.unpacked_store()
    assert place.folder.parent == place.source.folder.parent == tmp_path
    assert place.folder != place.source.folder == store.folder_for()
