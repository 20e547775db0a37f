"""The same seed gives the same recordings, in any order and on any number of threads.

Run as a program, it notes what the recordings of this version look like, in `recordings.json`.
"""

import json
import re
import tempfile
import zlib
from collections import defaultdict
from pathlib import Path

import h5py
import numpy as np
import pytest

from visual_coding_course.recordings import (
    activity,
    facts,
    layout,
    metrics,
    movie,
    nwb,
    seeds,
    simulate,
    stimuli,
    tables,
    templates,
)
from visual_coding_course.recordings.population import population


def test_a_stream_depends_on_its_purpose_alone():
    one = seeds.generator(1, "noise", "A", 7).random(5)
    assert np.array_equal(one, seeds.generator(1, "noise", "A", 7).random(5))
    for other in [(2, "noise", "A", 7), (1, "noise", "B", 7), (1, "noise", "A", 8)]:
        assert not np.array_equal(one, seeds.generator(*other).random(5))


def test_streams_are_the_same_on_every_machine():
    """Pinned numbers: they change if numpy's generators, or the way to a stream, change."""
    drawn = seeds.generator(seeds.DEFAULT_SEED, "noise", "A", 517472450).integers(0, 1000, 4)
    assert drawn.tolist() == [366, 854, 693, 115]


@pytest.mark.parametrize("letter", ["A"])
def test_cells_do_not_depend_on_each_others_order(letter):
    screen = {"natural_movie_one": None, "natural_movie_three": None}
    seed = seeds.DEFAULT_SEED
    cells = population(seed).order[letter][:6]
    first = activity.SessionActivity(letter, seed, screen)
    second = activity.SessionActivity(letter, seed, screen)
    forward = {cell: first.simulate(cell)[0] for cell in cells}
    backward = {cell: second.simulate(cell)[0] for cell in cells[::-1]}
    for cell in cells:
        assert np.array_equal(forward[cell], backward[cell])


def test_a_session_simulated_on_one_thread_is_the_recorded_one(sessions, monkeypatch):
    monkeypatch.setattr(simulate, "THREADS", 1)
    again = simulate.recording("B", seeds.DEFAULT_SEED)
    data_set = sessions.data_sets["B"]
    assert np.allclose(again.dff, sessions.dff("B"), atol=1e-6)
    assert np.allclose(again.demixed, data_set.get_demixed_traces()[1], atol=1e-3)
    assert np.array_equal(again.roi_masks, data_set.get_roi_mask_array())
    assert np.array_equal(again.cell_specimen_ids, data_set.get_cell_specimen_ids())


def test_another_seed_gives_other_recordings_with_the_same_facts():
    other = 12345
    assert not np.array_equal(population(other).ids, population(seeds.DEFAULT_SEED).ids)
    published = facts.session("B")["cell_specimen_ids"]
    assert population(other).session_ids("B").tolist() == published
    means = {}
    for letter, trace in movie.responses(other).items():
        windows = movie.repeat_starts(letter)[:, None] + np.arange(900)
        means[letter] = trace[windows].mean(axis=0)
    for pair, wanted in facts.published()["movie_response_of_517472450"]["pearson_r"].items():
        assert np.corrcoef(means[pair[0]], means[pair[1]])[0, 1] == pytest.approx(wanted, abs=0.02)
    rows = facts.session("B")["static_gratings_first_rows"]["rows"]
    table = stimuli.tables("B", other)["static_gratings"]
    assert table.frame_duration[: len(rows)].tolist() == [row[3:] for row in rows]


def test_templates_are_the_same_in_all_sessions():
    seed = seeds.DEFAULT_SEED
    movies = [templates.templates(letter, seed)["natural_movie_one"] for letter in ("A", "C")]
    assert np.array_equal(*movies)


NOTED = Path(__file__).with_name("recordings.json")


def looks(values):
    """An array in a few numbers: for counts and text the bytes tell, the rest may be rounded."""
    values = np.asarray(values)
    about = [str(values.dtype), list(values.shape)]
    if values.dtype.kind != "f":
        return [*about, zlib.crc32(np.ascontiguousarray(values).tobytes())]
    values = values.astype(float).ravel()
    values = values[np.isfinite(values)]
    ramp = np.linspace(0, 1, len(values))
    return [*about, len(values), *(float(one) for one in (values.mean(), values.std(),
                                                          (values * ramp).mean()))]  # fmt: skip


def alike(one, other):
    """Whether two looks are the same within floating-point accuracy."""
    if not isinstance(one, list) or "float" not in one[0]:
        return one == other
    return one[:3] == other[:3] and np.allclose(one[3:], other[3:], rtol=1e-5, atol=1e-8)


def of_this_version():
    """Look at one session as it is simulated, written and measured, and at the tables."""
    seed = seeds.DEFAULT_SEED
    recording = simulate.recording("C", seed)
    arrays = defaultdict(list)

    def take(name, one):
        if isinstance(one, h5py.Dataset):
            # What all neurons have, together: there are many of them.
            arrays[re.sub(r"roi_\d+", "roi", name)].append(np.asarray(one[()]))

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.nwb"
        nwb.write(path, recording)
        with h5py.File(path) as file:
            file.visititems(take)
        found = {
            name: looks(
                some[0] if len(some) == 1 else np.concatenate([one.ravel() for one in some])
            )
            for name, some in arrays.items()
        }
        nwb.write_events(path.with_suffix(".npz"), recording)
        with np.load(path.with_suffix(".npz")) as events:
            found |= {f"events/{name}": looks(events[name]) for name in events}
        nwb.write_mean(path.with_suffix(".npy"), recording)
        found["mean"] = looks(np.load(path.with_suffix(".npy")))
    traces = metrics.Traces(None, recording.dff, recording.running_speed)
    measured = metrics.session_metrics("C", seed, traces)
    found |= {f"metrics/{name}": looks(np.asarray(values)) for name, values in measured.items()}
    for name in set(layout.TABLES) - {layout.CELLS}:
        found[name] = zlib.crc32(tables.table(name, seed, None).encode())
    return {"version": layout.VERSION, "looks": found}


def test_recordings_that_change_get_another_version():
    noted, now = json.loads(NOTED.read_text()), of_this_version()
    assert now["version"] == noted["version"], f"Run {Path(__file__).name} to note the new one."
    assert now["looks"].keys() == noted["looks"].keys()
    differing = [
        name for name, look in now["looks"].items() if not alike(look, noted["looks"][name])
    ]
    assert not differing, "Other recordings: raise layout.VERSION, and run this file to note them."


if __name__ == "__main__":
    now = of_this_version()
    lines = [f"  {json.dumps(name)}: {json.dumps(now['looks'][name])}" for name in now["looks"]]
    text = ",\n".join(sorted(lines))
    NOTED.write_text(f'{{"version": {now["version"]}, "looks": {{\n{text}\n}}}}\n')
