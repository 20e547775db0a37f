"""Another recording, made of one that there is: AllenSDK reads it, and nothing known fits it."""

import os

import numpy as np
import pytest
from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet

from visual_coding_course.recordings import another, facts, session_file

SESSION_C = facts.session_ids()["C"]
STIMULI = ("natural_movie_one", "spontaneous", "natural_movie_two")


@pytest.fixture(scope="module")
def both():
    known = session_file(SESSION_C)
    return [BrainObservatoryNwbDataSet(str(path)) for path in (known, another.another(known))]


def test_it_is_made_once(both):
    path = another.another(session_file(SESSION_C))
    before = path.stat().st_mtime_ns
    assert another.another(session_file(SESSION_C)) == path
    assert path.stat().st_mtime_ns == before
    assert path.stat().st_size < 20e6


def test_it_is_made_in_a_folder_of_ones_own_where_recordings_are_shared(monkeypatch, tmp_path):
    """As on a JupyterHub, where students cannot write there; this folder not even root can make."""
    known = session_file(SESSION_C)
    monkeypatch.setenv("VISUAL_CODING_COURSE_CACHE", "/proc/nothing")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = another.another(known)
    assert path.is_relative_to(tmp_path) and path.is_file()
    monkeypatch.delenv("VISUAL_CODING_COURSE_CACHE")
    assert another.another(known) == path


def test_it_has_a_session_id_of_its_own_and_is_of_the_same_kind(both):
    ids = [one.get_metadata()["ophys_experiment_id"] for one in both]
    assert ids[0] == SESSION_C != ids[1]
    assert both[0].get_session_type() == both[1].get_session_type()
    assert both[0].list_stimuli() == both[1].list_stimuli()


def test_its_neurons_are_the_same_in_another_order(both):
    known, other = (one.get_cell_specimen_ids() for one in both)
    assert sorted(known) == sorted(other)
    assert np.mean(known == other) < 0.1


def test_its_traces_lack_the_first_frames(both):
    known, other = both
    for neuron in known.get_cell_specimen_ids()[[0, 7, -1]]:
        for kind in ("dff", "corrected_fluorescence", "demixed", "neuropil", "fluorescence"):
            (times, [right]), (cut, [found]) = (
                getattr(one, f"get_{kind}_traces")([neuron]) for one in both
            )
            lacks = len(times) - len(cut)
            assert lacks > 100
            np.testing.assert_array_equal(cut, times[lacks:])
            np.testing.assert_array_equal(found, right[lacks:])
        np.testing.assert_array_equal(*(one.get_roi_mask_array([neuron]) for one in both))
    np.testing.assert_array_equal(*(one.get_max_projection() for one in both))
    assert len(other.get_running_speed()[0]) == len(other.get_dff_traces()[0])


def test_its_stimuli_lie_at_the_same_times_and_at_other_frames(both):
    (times, _), (cut, _) = (one.get_dff_traces([one.get_cell_specimen_ids()[0]]) for one in both)
    for stimulus in STIMULI:
        known, other = (one.get_stimulus_table(stimulus) for one in both)
        np.testing.assert_array_equal(times[known["start"]], cut[other["start"]])
        assert (known["start"] != other["start"]).all()


def test_its_spontaneous_epochs_are_not_equally_long(both):
    epochs = both[1].get_stimulus_table("spontaneous")
    first, last = epochs["end"] - epochs["start"]
    assert 0 < last < 0.5 * first


def test_one_that_is_half_written_is_none(tmp_path, monkeypatch):
    known = os.path.realpath(session_file(SESSION_C))  # which an empty cache would have to make
    monkeypatch.setenv("VISUAL_CODING_COURSE_CACHE", str(tmp_path))

    def full(*_):
        raise OSError("No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(another._Copy, "_shorten", full)
        with pytest.raises(OSError, match="No space"):
            another.another(known)
    assert not list(tmp_path.rglob("*.nwb"))
    assert another.another(known).is_file()
