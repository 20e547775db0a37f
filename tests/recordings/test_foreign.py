"""Recordings by another writer make an excerpt that is the same to whoever reads it."""

import numpy as np
import pandas as pd
import pytest

from visual_coding_course import open_cache
from visual_coding_course.recordings import excerpt, kept, reading
from visual_coding_course.recordings.content import Content

from .. import foreign

CONTENT = Content(events=False)


@pytest.fixture(scope="module")
def source(boc, tmp_path_factory):
    return open_cache(manifest=foreign.write(boc, tmp_path_factory.mktemp("foreign") / "set"))


@pytest.fixture(scope="module")
def copied(source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("foreign") / "excerpt"
    planned = excerpt.plan(source, foreign.CONTAINER, 15, CONTENT, [foreign.NEURON])
    excerpt.write(source, planned, folder)
    return planned, open_cache(manifest=folder), folder


def test_it_is_read_as_the_practice_recordings_are(source, copied):
    planned, again, _ = copied
    assert foreign.NEURON in planned.ids and len(planned.ids) == 15
    for number, ids in planned.neurons.items():
        theirs, mine = (one.get_ophys_experiment_data(number) for one in (source, again))
        rows = theirs.get_cell_specimen_indices(ids)
        assert mine.get_cell_specimen_ids().tolist() == ids
        assert rows == sorted(rows) and len(rows) < len(theirs.get_cell_specimen_ids())
        np.testing.assert_array_equal(mine.get_roi_ids(), theirs.get_roi_ids()[rows])
        for kind in ("dff", "fluorescence", "demixed", "neuropil", "corrected_fluorescence"):
            (times, read), (right_times, right) = (
                getattr(one, f"get_{kind}_traces")(ids) for one in (mine, theirs)
            )
            assert right.dtype == np.float64 and times.tolist() == right_times.tolist()
            # Of 32-bit floats there are seven digits; the corrected ones are a difference.
            np.testing.assert_allclose(read, right, rtol=1e-6, atol=1e-3)
        np.testing.assert_array_equal(mine.get_roi_mask_array(), theirs.get_roi_mask_array(ids))
        labels = [one.label.decode() for one in theirs.get_roi_mask(ids)]
        assert [one.label.decode() for one in mine.get_roi_mask()] == labels
        np.testing.assert_array_equal(mine.get_max_projection(), theirs.get_max_projection())
        for one, right in zip(mine.get_running_speed(), theirs.get_running_speed(), strict=True):
            np.testing.assert_array_equal(one, right)
        assert np.isnan(mine.get_running_speed()[0]).sum() == foreign.LATE + foreign.EARLY
        pd.testing.assert_frame_equal(mine.get_motion_correction(), theirs.get_motion_correction())
        assert mine.get_metadata() == theirs.get_metadata()
        assert sorted(mine.list_stimuli()) == sorted(theirs.list_stimuli())
        for stimulus in mine.list_stimuli():
            pd.testing.assert_frame_equal(
                mine.get_stimulus_table(stimulus), theirs.get_stimulus_table(stimulus)
            )
        template = "natural_movie_one"
        np.testing.assert_array_equal(
            mine.get_stimulus_template(template), theirs.get_stimulus_template(template)
        )


def test_its_tables_name_its_container_and_neurons(source, copied):
    planned, again, _ = copied
    assert planned.container == foreign.CONTAINER
    for name in ("get_experiment_containers", "get_ophys_experiments"):
        mine, theirs = (getattr(one, name)(include_failed=True) for one in (again, source))
        assert mine == theirs
    assert again.get_cell_specimens() == source.get_cell_specimens(ids=planned.ids)
    found = again.get_ophys_experiments(cell_specimen_ids=[foreign.NEURON])
    assert {one["id"] for one in found} == {number for number, _ in foreign.SESSIONS.values()}


def test_what_does_not_say_that_it_is_simulated_is_not_called_so(copied):
    _, again, folder = copied
    texts = [path.read_text() for path in folder.glob("*.md")]
    texts.append(kept.about(folder)["about"])
    for number, _ in foreign.SESSIONS.values():
        texts.append(reading.provenance_of(again.get_ophys_experiment_data(number).nwb_file))
    assert all(text and "simulated" not in text.lower() for text in texts)
    assert kept.about(folder)["simulated"] is False
    readme = texts[0]
    assert "## Terms of use" in readme and "doi.org/10.1038/s41593-019-0550-9" in readme
    assert str(foreign.CONTAINER) in readme


def test_an_older_pipelines_layout_is_refused(source, tmp_path, monkeypatch):
    real = type(source.get_ophys_experiment_data(900_000_007)).get_metadata
    old = lambda self: {**real(self), "pipeline_version": "1.0"}  # noqa: E731
    planned = excerpt.plan(source, foreign.CONTAINER, 2, Content((), events=False))
    monkeypatch.setattr(
        "allensdk.core.brain_observatory_nwb_data_set.BrainObservatoryNwbDataSet.get_metadata", old
    )
    with pytest.raises(reading.DamagedError, match="version 1.0.*Download it again"):
        excerpt.write(source, planned, tmp_path / "excerpt")
    assert not (tmp_path / "excerpt").exists()
