"""A two-photon recording as an NWB file holds it, wherever its data come from."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Recording:
    """Everything that is written into one session's NWB file.

    Attributes
    ----------
    metadata : dict
        Text by its place in the file, such as ``"general/subject/sex"``: the places are those of
        `BrainObservatoryNwbDataSet.FILE_METADATA_MAPPING`.
    provenance : str
        Where the data come from, in words; simulated recordings say so here.
    timestamps : numpy.ndarray of float64, shape (n_frames,)
        Times of the imaging frames, seconds.
    cell_specimen_ids : numpy.ndarray of int, shape (n_cells,)
    roi_ids : numpy.ndarray of int, shape (n_cells,)
        Written as text, as AllenSDK gives them.
    roi_names : tuple of str, or None
        Of the ROIs in the file; None for roi_0000 and so on.
    roi_masks : numpy.ndarray of bool, shape (n_cells, height, width)
    max_projection : numpy.ndarray of uint8, shape (height, width)
    fluorescence, demixed, neuropil : numpy.ndarray of float32, shape (n_cells, n_frames)
        Raw, demixed and neuropil fluorescence, counts.
    neuropil_r : numpy.ndarray of float, shape (n_cells,)
        Share of the neuropil trace that contaminates the cell's.
    dff : numpy.ndarray of float32, shape (n_cells, n_frames)
    running_speed : numpy.ndarray of float, shape (n_frames,)
        cm/s.
    motion : numpy.ndarray of int, shape (n_frames, 2)
        Shift of each frame in x and y that motion correction took out, pixels.
    motion_names : tuple of str
        What its columns are called.
    stimulus_tables : dict
        Stimulus name to `stimuli.StimulusTable` or anything with its attributes `data`,
        `frame_duration` and `features`.
    templates : dict
        Stimulus name to array of uint8, shape (n_images, height, width).
    events : numpy.ndarray of float32, shape (n_cells, n_frames), or None
        Detected events; in a file of their own, as the Allen Institute has them.

    What is None is not written; AllenSDK answers as for any file without it.
    """

    metadata: dict
    provenance: str
    timestamps: np.ndarray
    cell_specimen_ids: np.ndarray
    roi_ids: np.ndarray
    roi_names: tuple | None = None
    roi_masks: np.ndarray | None = None
    max_projection: np.ndarray | None = None
    fluorescence: np.ndarray | None = None
    demixed: np.ndarray | None = None
    neuropil: np.ndarray | None = None
    neuropil_r: np.ndarray | None = None
    dff: np.ndarray | None = None
    running_speed: np.ndarray | None = None
    motion: np.ndarray | None = None
    motion_names: tuple = ("x_motion", "y_motion")
    stimulus_tables: dict = field(default_factory=dict)
    templates: dict = field(default_factory=dict)
    events: np.ndarray | None = None
