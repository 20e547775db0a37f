"""A set of recordings by another writer: what AllenSDK's reading code takes, laid out otherwise.

Made of the practice recordings, so that there is something to be found in it, but as if of another
container: with ids, frames and a neuron of its own, and nothing that says where it comes from.
Whatever the practice recordings' writer chose (names, order and kinds of groups, chunks, types of
numbers) is chosen otherwise here.
"""

import json
import shutil
from pathlib import Path

import h5py
import numpy as np
from allensdk.core.brain_observatory_cache import BrainObservatoryCache

from visual_coding_course.recordings import layout

CONTAINER = 987_654_321
#: Ids of the sessions, and how many frames are cut off at the start.
SESSIONS = {"A": (900_000_007, 401), "B": (900_000_003, 523), "C": (900_000_011, 299)}
#: All ids of neurons are so much larger; which one the exercise is about, among the practice ones.
MORE, NEURON = 100_000_000, 517473191 + 100_000_000
PIPELINE = "processing/brain_observatory_pipeline"
#: Of the neurons found in all sessions, and of the others.
MATCHED, OTHERS = 14, 4
LATE, EARLY = 5, 3  # frames in which running was not recorded
PAIR = {"dff": "DfOverF/imaging_plane_1", "fluorescence": "Fluorescence/imaging_plane_1",
        "neuropil": "Fluorescence/imaging_plane_1_neuropil_response",
        "demixed": "Fluorescence/imaging_plane_1_demixed_signal"}  # fmt: skip


def write(boc, folder):
    """Write the set: three files, tables, and a manifest of AllenSDK's own making.

    Parameters
    ----------
    boc : BrainObservatoryCache
        The practice recordings.
    folder : Path
    """
    found = boc.get_ophys_experiments(experiment_container_ids=[511510736])
    data_sets = {one["session_type"][-1]: boc.get_ophys_experiment_data(one["id"]) for one in found}
    held = {letter: one.get_cell_specimen_ids().tolist() for letter, one in data_sets.items()}
    matched = sorted(set.intersection(*map(set, held.values())) - {NEURON - MORE})[:MATCHED]
    (folder / "ophys_experiment_data").mkdir(parents=True)
    for letter, (number, cut) in SESSIONS.items():
        others = [one for one in held[letter] if one not in matched][:OTHERS]
        chosen = {*matched, NEURON - MORE, *others}
        ids = [one for one in held[letter] if one in chosen]
        path = folder / "ophys_experiment_data" / f"{number}.nwb"
        with h5py.File(path, "w", track_order=True) as file:
            Writing(file, data_sets[letter], ids, number, cut).run()
    _write_tables(boc, folder, {one["id"]: one["session_type"][-1] for one in found})
    return folder


class Writing:
    """Writes one session."""

    def __init__(self, file, source, ids, number, cut):
        self.file, self.source, self.number, self.cut = file, source, number, cut
        # In an order of its own; AllenSDK reads rows of the source in the file's order only.
        self.order = np.random.default_rng(number).permutation(len(ids))
        self.read, self.ids = ids, np.array(ids)[self.order]
        self.times = source.get_fluorescence_timestamps()[cut:] + 12.25

    def run(self):
        self.stimuli()
        self.pipeline = self.file.create_group(PIPELINE, track_order=True)
        self.behavior()
        self.segmentation()
        self.traces()
        self.metadata()
        self.more()

    def metadata(self):
        known = self.source.get_metadata()
        said = {
            "general/session_id": str(self.number),
            "general/experiment_container_id": str(CONTAINER),
            "general/session_type": known["session_type"],
            "general/subject/age": "97 days",
            "general/subject/sex": "female",
            "general/subject/genotype": "Rorb-IRES2-Cre/wt;Camk2a-tTA/wt",
            "general/optophysiology/imaging_plane_1/imaging depth": "275 microns",
            "general/optophysiology/imaging_plane_1/location": "VISl",
            "general/optophysiology/imaging_plane_1/excitation_lambda": "910 nanometers",
            "general/optophysiology/imaging_plane_1/indicator": "GCaMP6f",
            "general/devices/2-photon microscope": "Nikon A1R-MP. CAM2P.3 Please see elsewhere",
            "general/fov": known["fov"],
            "general/specimen_name": "Rorb-IRES2-Cre;Camk2a-tTA-123456",
            "session_start_time": "Thu Mar 10 14:05:21 2016",
        }
        for place, text in said.items():
            self.file[place] = np.bytes_(text)
        self.file["general/generated_by"] = np.array([b"pipeline", b"x", b"version", b"2.0.1"])

    def traces(self):
        for kind, place in PAIR.items():
            group = self.pipeline.create_group(place)
            traces = getattr(self.source, f"get_{kind}_traces")(self.read)[1][
                self.order, self.cut :
            ]
            group.create_dataset(
                "data", data=traces.astype(np.float64), chunks=(len(traces), 4096),
                compression="gzip", compression_opts=1, fletcher32=True,
            )  # fmt: skip
            group["timestamps"] = self.times
        r = self.source.get_neuropil_r(self.read)[self.order]
        self.pipeline[PAIR["neuropil"]]["r"] = r.astype(np.float64)

    def segmentation(self):
        group = self.pipeline.create_group("ImageSegmentation", track_order=True)
        plane = group.create_group("imaging_plane_1", track_order=True)
        masks = self.source.get_roi_mask_array(self.read)[self.order]
        names = [b"roi_%04d" % (3 * place) for place in range(len(masks))][::-1]
        for name, mask in zip(names, masks, strict=True):
            plane.create_dataset(f"{name.decode()}/img_mask", data=mask, compression="lzf")
        plane["roi_list"] = np.array(names)
        image = self.source.get_max_projection().astype(np.uint16) * 9
        place = "reference_images/maximum_intensity_projection_image/data"
        plane.create_dataset(place, data=image, chunks=(64, 64), compression="gzip")
        group["roi_ids"] = np.array([b"%d" % (4_000_000 + place) for place in range(len(masks))])
        group["cell_specimen_ids"] = (self.ids + MORE).astype(np.int32)

    def behavior(self):
        motion = self.source.get_motion_correction()[["y_motion", "x_motion"]].to_numpy()
        group = self.pipeline.create_group("MotionCorrection/2p_image_series/xy_translations")
        group["data"], group["timestamps"] = motion[self.cut :].astype(np.float32), self.times
        group["feature_description"] = np.array([b"y_motion", b"x_motion"])
        speed, times = self.source.get_running_speed()
        group = self.pipeline.create_group("BehavioralTimeSeries/running_speed")
        group["data"] = speed[self.cut + LATE : -EARLY, np.newaxis]
        group["timestamps"] = self.times[LATE:-EARLY]

    def stimuli(self):
        shelf = self.file.create_group("stimulus/presentation", track_order=True)
        for stimulus in reversed(self.source.list_stimuli()):
            table = self.source.get_stimulus_table(stimulus)
            frames = (table[["start", "end"]] - self.cut).to_numpy(dtype=np.float64)
            shown = shelf.create_group(stimulus)
            if stimulus == "spontaneous":
                shown["data"] = np.tile([1, -1], len(frames)).astype(np.int8)
                edges = frames.ravel()
                shown["frame_duration"] = np.stack([edges, edges + 1], axis=1)
                continue
            columns = [one for one in table.columns if one not in ("start", "end", "repeat")]
            data = table[columns].to_numpy()
            shown["data"] = data[:, 0].astype(np.int32) if columns == ["frame"] else data
            shown["frame_duration"] = frames
            shown["features"] = np.array([one.encode() for one in columns])

    def more(self):
        self.file["analysis/cell_metrics/osi"] = np.arange(7.0)
        self.file["processing/another_pipeline/note"] = np.bytes_("not read by AllenSDK")
        self.file[f"{PIPELINE}/EyeTracking/note"] = np.bytes_("left out")
        self.file["epochs/whole/start"] = 0.0
        self.file["stimulus/templates/natural_movie_one_image_stack/data"] = np.arange(
            900 * 6, dtype=np.uint8
        ).reshape(900, 2, 3)


def _write_tables(boc, folder, letters):
    """Tables of the one container, as the warehouse nests them."""

    def renamed(rows):
        """Change the ids wherever they stand."""
        text = json.dumps(rows).replace("511510736", str(CONTAINER))
        for number, letter in letters.items():
            text = text.replace(str(number), str(SESSIONS[letter][0]))
        return json.loads(text)

    old = [511510736]
    cells = renamed(boc.get_cell_specimens(experiment_container_ids=old))
    for cell in cells:
        cell["cell_specimen_id"] += MORE
        cell["thumbnail"] = "an image"
    thumbnail = {"id": 1, "item": "thumbnail", "item_type": "T", "level": "R", "stimulus": "x"}
    made = {
        layout.CONTAINERS: renamed(boc.get_experiment_containers(ids=old, simple=False)),
        layout.EXPERIMENTS: renamed(
            boc.get_ophys_experiments(experiment_container_ids=old, simple=False)
        ),
        layout.CELLS: cells,
        layout.MAPPINGS: [thumbnail],
    }
    for name, rows in made.items():
        (folder / name).write_text(json.dumps(rows))
    BrainObservatoryCache(manifest_file=str(folder / "manifest.json"))


def course_on(folder, excerpt, original):
    """A course whose exercise is about an excerpt of this set, and its neuron.

    Parameters
    ----------
    folder : Path
        Where it goes.
    excerpt : Path
    original : Path
        The course that it is a copy of.
    """
    for name in ("source", "visual_coding_course"):
        ignore = shutil.ignore_patterns("__pycache__", "answers")
        shutil.copytree(original / name, folder / name, ignore=ignore)
    for name in ("nbgrader_config.py", "pyproject.toml", "requirements.lock", "LICENSE"):
        shutil.copy(original / name, folder / name)
    source = folder / "source" / "cross_session"
    settings = source / "assignment.toml"
    text = settings.read_text().replace("value = 517472450", f"value = {NEURON}")
    settings.write_text(f'recordings = "{Path(excerpt).as_posix()}"\n{text}')
    return folder
