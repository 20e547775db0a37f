"""An excerpt equals what it is made of, getter by getter, for what is in it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
from allensdk.brain_observatory.brain_observatory_exceptions import (
    MissingStimulusException,
    NoEyeTrackingException,
)

from visual_coding_course import open_cache
from visual_coding_course.recordings import DamagedError, NotInPracticeError, excerpt, kept, layout
from visual_coding_course.recordings.content import Content

CONTAINER, NEURON = 511510736, 517472450
KINDS = ("dff", "fluorescence", "demixed", "neuropil", "corrected_fluorescence")
NOTHING = Content((), False, False, False, False, False, (), ())
SMALL = Content(("dff",), stimuli=("natural_movie_one", "spontaneous"), templates=(), events=False)


def made(boc, folder, neurons=3, content=SMALL, always=(NEURON,)):
    planned = excerpt.plan(boc, CONTAINER, neurons, content, always)
    excerpt.write(boc, planned, folder)
    return planned


@pytest.fixture(scope="module")
def whole(boc, tmp_path_factory):
    """Some neurons, with all that there is of them but the two largest templates."""
    folder = tmp_path_factory.mktemp("excerpt") / "whole"
    shown = ("locally_sparse_noise", "natural_movie_two", "natural_movie_three")
    return made(boc, folder, 100, Content(templates=shown)), open_cache(manifest=folder)


@pytest.fixture(scope="module")
def small(boc, tmp_path_factory):
    folder = tmp_path_factory.mktemp("excerpt") / "small"
    made(boc, folder)
    return folder


def sessions_of(boc, planned):
    return [
        (boc.get_ophys_experiment_data(number), planned.neurons[number])
        for number in planned.sessions.values()
    ]


def test_its_recordings_equal_their_sources(boc, whole):
    planned, again = whole
    for (source, ids), (copy, _) in zip(
        sessions_of(boc, planned), sessions_of(again, planned), strict=True
    ):
        rows = source.get_cell_specimen_indices(ids)
        assert 40 < len(ids) < len(source.get_cell_specimen_ids())  # not all, and not a few
        assert copy.get_cell_specimen_ids().tolist() == ids
        np.testing.assert_array_equal(copy.get_roi_ids(), source.get_roi_ids()[rows])
        for kind in KINDS:
            mine, theirs = (
                getattr(one, f"get_{kind}_traces")(ids if one is source else None)
                for one in (copy, source)
            )
            np.testing.assert_array_equal(mine[0], theirs[0], err_msg=kind)
            np.testing.assert_array_equal(mine[1], theirs[1], err_msg=kind)
        np.testing.assert_array_equal(copy.get_neuropil_r(), source.get_neuropil_r(ids))
        np.testing.assert_array_equal(copy.get_roi_mask_array(), source.get_roi_mask_array(ids))
        assert [m.label for m in copy.get_roi_mask()] == [m.label for m in source.get_roi_mask(ids)]
        np.testing.assert_array_equal(copy.get_max_projection(), source.get_max_projection())
        for mine, theirs in zip(copy.get_running_speed(), source.get_running_speed(), strict=True):
            np.testing.assert_array_equal(mine, theirs)
        motion = source.get_motion_correction()
        pd.testing.assert_frame_equal(copy.get_motion_correction(), motion)
        assert copy.get_metadata() == source.get_metadata()
        assert copy.get_session_type() == source.get_session_type()
        assert copy.list_stimuli() == source.list_stimuli()
        for stimulus in copy.list_stimuli():
            pd.testing.assert_frame_equal(
                copy.get_stimulus_table(stimulus), source.get_stimulus_table(stimulus)
            )
        pd.testing.assert_frame_equal(
            copy.get_stimulus_epoch_table(), source.get_stimulus_epoch_table()
        )
        for stimulus in {*copy.list_stimuli()} & {*planned.content.templates}:
            np.testing.assert_array_equal(
                copy.get_stimulus_template(stimulus), source.get_stimulus_template(stimulus)
            )


def test_its_tables_and_events_equal_their_sources(boc, whole):
    planned, again = whole
    for name in ("get_experiment_containers", "get_ophys_experiments"):
        for simple in (True, False):
            mine, theirs = (
                getattr(one, name)(include_failed=True, simple=simple) for one in (again, boc)
            )
            assert mine == theirs
    assert again.get_cell_specimens() == boc.get_cell_specimens(ids=planned.ids)
    mine, theirs = (one.get_ophys_experiments(cell_specimen_ids=[NEURON]) for one in (again, boc))
    assert mine == theirs and len(mine) == 3
    for number, ids in planned.neurons.items():
        rows = boc.get_ophys_experiment_data(number).get_cell_specimen_indices(ids)
        np.testing.assert_array_equal(
            again.get_ophys_experiment_events(number), boc.get_ophys_experiment_events(number)[rows]
        )


def test_neurons_of_most_sessions_come_first(boc):
    held = {
        number: {*boc.get_ophys_experiment_data(number).get_cell_specimen_ids().tolist()}
        for number in (501704220, 501559087, 501474098)
    }
    in_all = sorted(set.intersection(*held.values()))
    planned = excerpt.plan(boc, CONTAINER, 10, SMALL)
    assert planned.ids == in_all[:10]
    last = in_all[-1]
    assert excerpt.plan(boc, CONTAINER, 2, SMALL, [last]).ids == [in_all[0], last]
    assert excerpt.plan(boc, CONTAINER, None, SMALL).ids == sorted(set.union(*held.values()))


@pytest.fixture(scope="module")
def nothing(boc, tmp_path_factory):
    """Two neurons, and nothing of what can be left out."""
    folder = tmp_path_factory.mktemp("excerpt") / "nothing"
    made(boc, folder, 2, NOTHING)
    return open_cache(manifest=folder)


@pytest.mark.parametrize(
    "ask, error",
    [
        (lambda boc, one: one.get_dff_traces(), KeyError),
        (lambda boc, one: one.get_fluorescence_traces(), KeyError),
        (lambda boc, one: one.get_corrected_fluorescence_traces(), KeyError),
        (lambda boc, one: one.get_neuropil_r(), KeyError),
        (lambda boc, one: one.get_roi_mask_array(), KeyError),
        (lambda boc, one: one.get_max_projection(), KeyError),
        (lambda boc, one: one.get_running_speed(), KeyError),
        (lambda boc, one: one.get_motion_correction(), KeyError),
        (lambda boc, one: one.get_stimulus_table("natural_scenes"), MissingStimulusException),
        (lambda boc, one: one.get_stimulus_template("natural_scenes"), KeyError),
        (lambda boc, one: one.get_pupil_size(), NoEyeTrackingException),
        (lambda boc, one: boc.get_ophys_experiment_events(501559087), NotInPracticeError),
        (lambda boc, one: boc.get_ophys_experiment_data(510514474), NotInPracticeError),
        (lambda boc, one: boc.get_eye_tracking(501559087), NoEyeTrackingException),
    ],
)
def test_what_is_left_out_answers_with_allensdks_own_errors(nothing, ask, error):
    one = nothing.get_ophys_experiment_data(501559087)
    assert len(one.get_fluorescence_timestamps()) == 113888  # the clock is there all the same
    with pytest.raises(error) as raised:
        ask(nothing, one)
    if error is NotInPracticeError:
        assert "an excerpt" in str(raised.value)


def test_sixty_neurons_with_what_the_exercise_needs_take_less_than_200_mb(boc):
    """Even traces that do not pack at all, as those of a real microscope may."""
    from visual_coding_course.commands.recordings import content_for

    course = Path(__file__).parents[2]
    content = content_for(course, ["cross_session"])
    planned = excerpt.plan(boc, CONTAINER, 60, content)
    longest, mask, projection = 120_000, 20_000, 512 * 512
    most = 3 * (60 * (len(content.traces) * 4 * longest + mask) + projection + 8 * 4 * longest)
    tables = sum(map(len, excerpt.catalogue(boc, planned).values()))
    assert content.templates == () and not content.events
    assert (most + tables * 30) / 1e6 < 200  # there are 30 times as many containers in all
    assert excerpt.megabytes(boc, planned) < 200


def test_it_says_beforehand_how_much_it_will_be(boc, whole):
    planned, again = whole
    size = kept.size(Path(again.manifest_path).parent)
    assert excerpt.megabytes(boc, planned) == pytest.approx(size, rel=0.25)


def test_an_excerpt_of_simulated_recordings_says_that_they_are(small):
    assert "**These recordings are simulated.**" in (small / "README.md").read_text()
    assert kept.about(small)["simulated"] is True
    with h5py.File(small / layout.DATA_FILE.format(501559087)) as file:
        assert file["session_description"][()].startswith(b"SIMULATED")


def test_checksums_are_such_as_sha256sum_reads(small):
    check = ["sha256sum", "--check", "--strict", layout.CHECKSUMS]
    told = subprocess.run(check, cwd=small, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    files = {path.relative_to(small).as_posix() for path in small.rglob("*") if path.is_file()}
    assert {line.partition(":")[0] for line in told.stdout.splitlines()} == files - {
        layout.CHECKSUMS
    }


def test_damage_is_seen(small, tmp_path):
    folder = shutil.copytree(small, tmp_path / "copy")
    assert kept.damaged(folder) == []
    assert kept.version(folder) == kept.version(small)
    recording = folder / layout.DATA_FILE.format(501559087)
    with open(recording, "r+b") as file:
        file.seek(recording.stat().st_size // 2)
        file.write(b"changed")
    (folder / layout.CELLS).unlink()
    said = kept.damaged(folder)
    assert any(str(recording) in one for one in said) and any(layout.CELLS in one for one in said)
    os.truncate(recording, 1000)
    with pytest.raises(DamagedError, match="Copy it again"):
        open_cache(manifest=folder).get_ophys_experiment_data(501559087)


def test_the_same_again_is_the_same(boc, small, tmp_path):
    made(boc, tmp_path / "again")
    assert kept.version(tmp_path / "again") == kept.version(small)


class Stopped(Exception):
    pass


def test_what_is_done_stays_when_it_is_stopped(boc, small, tmp_path, monkeypatch):
    planned = excerpt.plan(boc, CONTAINER, 3, SMALL, [NEURON])
    count = iter(range(6))

    def heed():
        if next(count, None) is None:
            raise Stopped

    with pytest.raises(Stopped):
        excerpt.write(boc, planned, tmp_path / "again", heed)
    assert not (tmp_path / "again").exists()
    begun = tmp_path / "again.part"
    [first] = begun.rglob("*.nwb")
    written = first.stat().st_mtime_ns
    read = []
    monkeypatch.setattr(
        excerpt.reading, "read", lambda *a, real=excerpt.reading.read: read.append(a[1]) or real(*a)
    )
    bars = []
    monkeypatch.setattr(
        excerpt, "Bar", lambda real=excerpt.Bar, **told: bars.append(real(**told)) or bars[-1]
    )
    assert excerpt.write(boc, planned, tmp_path / "again")
    [bar] = bars
    assert 0 < bar.initial < bar.total == bar.n
    assert len(read) == 2 and int(first.stem) not in read
    assert (tmp_path / "again" / first.relative_to(begun)).stat().st_mtime_ns == written
    assert not begun.exists() and kept.version(tmp_path / "again") == kept.version(small)
    assert not excerpt.write(boc, planned, tmp_path / "again")


def test_what_was_begun_with_other_neurons_is_not_kept(boc, small, tmp_path):
    other = excerpt.plan(boc, CONTAINER, 2, SMALL)

    count = iter(range(4))

    def heed():
        if next(count, None) is None:
            raise Stopped

    with pytest.raises(Stopped):
        excerpt.write(boc, other, tmp_path / "again", heed)
    made(boc, tmp_path / "again")
    assert kept.version(tmp_path / "again") == kept.version(small)


def test_what_is_there_is_not_written_over(boc, small, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(excerpt.ExcerptError, match="something else"):
        made(boc, tmp_path)
    copy = shutil.copytree(small, tmp_path / "copy")
    with pytest.raises(excerpt.ExcerptError, match="something else"):
        made(boc, copy, neurons=2)
    (copy / layout.CELLS).write_text("[]")
    with pytest.raises(excerpt.ExcerptError, match=f"{layout.CELLS} is not as it was made"):
        made(boc, copy)


def test_a_container_or_a_neuron_that_is_not_there_is_said(boc):
    with pytest.raises(excerpt.ExcerptError, match="container 1 .* 511510736"):
        excerpt.plan(boc, 1)
    with pytest.raises(excerpt.ExcerptError, match="has a neuron 5"):
        excerpt.plan(boc, CONTAINER, always=[5])
    with pytest.raises(NotInPracticeError):
        excerpt.plan(boc, 511510650)


def test_contents_are_joined():
    both = SMALL | Content(("neuropil",), masks=False, templates=("natural_scenes",))
    assert both.traces == ("dff", "neuropil") and both.masks and both.events
    assert both.stimuli is None and both.templates == ("natural_scenes",)
    assert json.loads(json.dumps(both.as_words()))["traces"] == ["dff", "neuropil"]
    with pytest.raises(ValueError, match="no traces called df, but dff"):
        Content(("df",))
