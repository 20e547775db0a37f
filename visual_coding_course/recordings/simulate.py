"""Put a simulated recording of one session together."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import ndimage

from . import facts, fluorescence, imaging, running, stimuli, templates, timeline
from .activity import SessionActivity
from .recording import Recording
from .seeds import generator

THREADS = 2
PROVENANCE = (
    # In the files, which another text would make other files.
    "SIMULATED recording: made by visual_coding_course.recordings after published facts about the "
    "Allen Brain Observatory's experiment container 511510736. It is not data of the Allen "
    "Institute; open_cache(source='allen') of visual_coding_course downloads those."
)
STARTS = {"A": "09:47:12", "C": "10:02:51"}  # clock time; session B's is published


def start_time(letter):
    """When a session started.

    Returns
    -------
    datetime.datetime
    """
    known = datetime.datetime.fromisoformat(facts.session("B")["metadata"]["session_start_time"])
    if letter == "B":
        return known
    age = {name: facts.session(name)["acquisition_age_days"] for name in facts.SESSIONS}
    day = known.date() + datetime.timedelta(days=age[letter] - age["B"])
    return datetime.datetime.combine(day, datetime.time.fromisoformat(STARTS[letter]))


def metadata(letter):
    """A session's metadata, by their place in the NWB file.

    Returns
    -------
    dict
        Place to text.
    """
    known = facts.session("B")["metadata"]
    session = facts.session(letter)
    # The published age is a day more than the age at acquisition; keep that in all sessions.
    offset = known["age_days"] - facts.session("B")["acquisition_age_days"]
    micrometres, pixels = re.search(r"x(\d+) microns \((\d+) x", known["fov"]).groups()
    return {
        "session_start_time": start_time(letter).isoformat(),
        "general/session_id": str(session["ophys_experiment_id"]),
        "general/ophys_experiment_id": str(session["ophys_experiment_id"]),
        "general/experiment_container_id": str(facts.published()["experiment_container_id"]),
        "general/session_type": session["session_type"],
        "general/institution": "none: simulated after the Allen Institute for Brain Science's",
        "general/fov": known["fov"],
        "general/pixel_size": f"{float(micrometres) / float(pixels):.5f} microns",
        "general/specimen_name": known["specimen_name"],
        "general/subject/species": "Mus musculus",
        "general/subject/subject_id": facts.container_row()["donor_name"],
        "general/subject/description": "a simulated mouse",
        "general/subject/age": f"{session['acquisition_age_days'] + offset} days",
        "general/subject/sex": known["sex"],
        "general/subject/genotype": known["genotype"],
        "general/devices/2-photon microscope": (
            f"{known['device']}. {known['device_name']} Please see the Allen Brain Observatory's "
            "white papers for details."
        ),
        "general/optophysiology/imaging_plane_1/imaging depth": (
            f"{known['imaging_depth_um']} microns"
        ),
        "general/optophysiology/imaging_plane_1/location": known["targeted_structure"],
        "general/optophysiology/imaging_plane_1/excitation_lambda": known["excitation_lambda"],
        "general/optophysiology/imaging_plane_1/indicator": known["indicator"],
        "general/pipeline_version": known["pipeline_version"],
    }


def motion(letter, seed):
    """Shifts that motion correction took out: larger while the animal runs.

    Returns
    -------
    numpy.ndarray of int, shape (n_frames, 2)
        Pixels in x and y.
    """
    arousal = running.arousal(running.speed(letter, seed))
    rng = generator(seed, "motion", letter)
    drift = np.cumsum(rng.normal(0, 0.006, (len(arousal), 2)), axis=0)
    shake = ndimage.gaussian_filter1d(rng.normal(0, 2.2, (len(arousal), 2)), 1.5, axis=0)
    shifts = drift - drift.mean(axis=0) + shake * (0.25 + 1.6 * arousal[:, None])
    return np.rint(np.clip(shifts, -14, 14)).astype(np.int16)


def recording(letter, seed, tick=lambda: None):
    """Simulate one session.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int
    tick : callable
        Called without arguments after each cell.

    Returns
    -------
    Recording
        The same for the same seed, on any machine, within floating-point accuracy.
    """
    shown = timeline.timeline(letter, seed)
    screen = templates.templates(letter, seed)
    neurons = SessionActivity(letter, seed, screen)
    cells = neurons.population.order[letter]
    traces = {
        name: np.empty((len(cells), shown.n_frames), np.float32)
        for name in ("dff", "events", "demixed", "neuropil")
    }

    def fill(index):
        traces["dff"][index], traces["events"][index] = neurons.simulate(cells[index])

    with ThreadPoolExecutor(THREADS) as pool:
        for _ in pool.map(fill, range(len(cells))):
            tick()
    arousal = running.arousal(neurons.running_speed)
    light = fluorescence.SessionFluorescence(letter, seed, traces["dff"], arousal)

    def shine(index):
        traces["demixed"][index], traces["neuropil"][index] = light.simulate(index)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(shine, range(len(cells))))
    masks = imaging.roi_masks(letter, seed)
    first_roi = facts.session(letter)["ophys_experiment_id"] + 17 * facts.SESSIONS.index(letter)
    return Recording(
        metadata=metadata(letter),
        provenance=PROVENANCE,
        timestamps=shown.timestamps,
        cell_specimen_ids=neurons.population.session_ids(letter),
        roi_ids=first_roi + 6 * np.arange(1, len(cells) + 1),
        roi_masks=masks,
        max_projection=imaging.max_projection(letter, seed),
        fluorescence=fluorescence.mix(traces["demixed"], fluorescence.crosstalk(masks)),
        neuropil_r=light.r[cells],
        running_speed=neurons.running_speed,
        motion=motion(letter, seed),
        stimulus_tables=stimuli.tables(letter, seed),
        templates=screen,
        **traces,
    )
