"""Write a recording as an NWB file in the Allen Institute's layout for Visual Coding 2P.

The layout is NWB 1.0 as pipeline version 3.0 of the Allen Brain Observatory wrote it, and is
documented by what `allensdk.core.brain_observatory_nwb_data_set` reads.
"""

import datetime

import h5py
import numpy as np

from . import chunks

PIPELINE = "processing/brain_observatory_pipeline"
PLANE = "imaging_plane_1"
GENERATED_BY = "general/generated_by"
CREATED = datetime.datetime(2016, 1, 1).isoformat()  # fixed: equal recordings, equal files
TEMPLATE_ROWS = {True: 30, False: 300}  # images in a chunk: fewer of the large ones
LARGE_IMAGE = 100_000  # pixels


def text(group, place, value):
    """Write text as fixed-length bytes, the only kind of which AllenSDK reads metadata."""
    if isinstance(value, (list, tuple)):
        group[place] = np.array([item.encode() for item in value])
    else:
        group[place] = np.bytes_(value.encode())


def write(path, recording, tick=lambda: None):
    """Write an NWB file.

    Parameters
    ----------
    path : path-like
        Overwritten if it exists.
    recording : recording.Recording
    tick : callable
        Called without arguments after each cell's row of the three large tables of traces.

    Raises
    ------
    OSError
        If the disk is full or the folder cannot be written.
    """
    with h5py.File(path, "w", libver=("earliest", "v110")) as file:
        write_metadata(file, recording)
        pipeline = file.create_group(PIPELINE)
        write_traces(pipeline, recording, tick)
        write_segmentation(pipeline.create_group("ImageSegmentation"), recording)
        write_behavior(pipeline, recording)
        write_stimuli(file.create_group("stimulus"), recording)


def write_metadata(file, recording):
    """Write what describes the recording as a whole."""
    metadata = dict(recording.metadata)
    version = metadata.pop("general/pipeline_version")
    for place, value in metadata.items():
        text(file, place, value)
    # AllenSDK takes the last item for the pipeline's version.
    text(file, GENERATED_BY, ["provenance", recording.provenance, "pipeline_version", version])
    text(file, "nwb_version", "NWB-1.0.5")
    text(file, "identifier", f"{metadata['general/session_id']} {recording.provenance}")
    text(file, "session_description", recording.provenance)
    text(file, "general/experiment_description", recording.provenance)
    text(file, "file_create_date", [CREATED])
    for group in ("acquisition/images", "acquisition/timeseries", "analysis", "epochs"):
        file.create_group(group)


def write_traces(pipeline, recording, tick):
    """Write dF/F and the fluorescence traces, which all share one clock."""
    # Read with every trace, so it had better not take longer than the trace of a cell.
    clock = pipeline.create_dataset(f"DfOverF/{PLANE}/timestamps", data=recording.timestamps)
    dff = pipeline[f"DfOverF/{PLANE}"]
    if recording.dff is not None:
        # What everybody reads, often all of it; the other traces keep to the space that there is.
        chunks.write(dff, "data", recording.dff, tick=tick, quick=True)
    fluorescence = pipeline.create_group("Fluorescence")
    raw = fluorescence.create_group(PLANE)
    groups = [dff, raw]
    if recording.fluorescence is not None:
        chunks.write(raw, "data", recording.fluorescence, tick=tick)
    if recording.neuropil is not None:
        neuropil = fluorescence.create_group(f"{PLANE}_neuropil_response")
        chunks.write(neuropil, "data", recording.neuropil, tick=tick)
        neuropil["r"] = np.asarray(recording.neuropil_r, dtype=np.float32)
        groups.append(neuropil)
    if recording.demixed is not None:
        demixed = fluorescence.create_group(f"{PLANE}_demixed_signal")
        write_demixed(demixed, raw.get("data"), recording)
        groups.append(demixed)
    names = np.array([name.encode() for name in names_of_rois(recording)])
    for group in groups:
        group["roi_names"] = names
        if "timestamps" not in group:
            group["timestamps"] = clock


def names_of_rois(recording):
    """Names of a session's ROIs in the file: its own, or roi_0000 and so on."""
    if recording.roi_names is not None:
        return list(recording.roi_names)
    return [f"roi_{index:04d}" for index in range(len(recording.cell_specimen_ids))]


def write_demixed(group, raw, recording):
    """Write the demixed traces; those that demixing left alone point to the raw ones.

    Demixing changes only the traces of cells that overlap others, so most rows would be stored
    twice. An HDF5 virtual dataset, which any reader sees as an ordinary one, avoids that.
    """
    if raw is None:
        chunks.write(group, "data", recording.demixed)
        return
    changed = np.flatnonzero((recording.demixed != recording.fluorescence).any(axis=1))
    if len(changed) == 0:
        group["data"] = raw
        return
    own = chunks.write(group, "overlapping_rois", recording.demixed[changed])
    layout = h5py.VirtualLayout(shape=raw.shape, dtype=raw.dtype)
    first = 0
    for row, index in enumerate(changed):
        if index > first:
            layout[first:index] = h5py.VirtualSource(".", raw.name, raw.shape)[first:index]
        layout[index] = h5py.VirtualSource(".", own.name, own.shape)[row]
        first = index + 1
    if first < len(recording.demixed):
        layout[first:] = h5py.VirtualSource(".", raw.name, raw.shape)[first:]
    group.create_virtual_dataset("data", layout)


def write_segmentation(group, recording):
    """Write the ROIs and the maximum projection they were found on."""
    group["cell_specimen_ids"] = np.asarray(recording.cell_specimen_ids, dtype=np.int64)
    text(group, "roi_ids", [str(number) for number in recording.roi_ids])
    plane = group.create_group(PLANE)
    names = names_of_rois(recording)
    text(plane, "roi_list", names)
    text(plane, "imaging_plane_name", PLANE)
    if recording.roi_masks is not None:
        for name, mask in zip(names, recording.roi_masks, strict=True):
            write_mask(plane.create_group(name), mask)
    if recording.max_projection is not None:
        image = plane.create_group("reference_images/maximum_intensity_projection_image")
        image["data"] = recording.max_projection
        text(image, "format", "raw")
        image["dimension"] = np.array(recording.max_projection.shape)


def write_mask(roi, mask):
    """Write the mask of one ROI: as an image, and as a list of pixels."""
    chunks.write(roi, "img_mask", mask.astype(np.uint8), rows=len(mask))
    pixels = np.argwhere(mask)[:, ::-1].astype(np.uint16)
    roi["pix_mask"] = pixels
    roi["pix_mask_weight"] = np.ones(len(pixels), np.float32)
    text(roi, "roi_description", "segmented soma")


def write_behavior(pipeline, recording):
    """Write running speed and the motion of the image."""
    clock = pipeline[f"DfOverF/{PLANE}/timestamps"]
    if recording.running_speed is not None:
        running = pipeline.create_group("BehavioralTimeSeries/running_speed")
        running["timestamps"] = clock
        speed = np.asarray(recording.running_speed, dtype=float)
        running.create_dataset("data", data=speed, compression="gzip", shuffle=True)
        text(running, "unit", "cm/s")
    if recording.motion is not None:
        motion = pipeline.create_group("MotionCorrection/2p_image_series/xy_translation")
        motion["timestamps"] = clock
        motion.create_dataset("data", data=recording.motion, compression="gzip", shuffle=True)
        text(motion, "feature_description", list(recording.motion_names))
        text(motion, "unit", "pixels")


def write_stimuli(group, recording):
    """Write stimulus tables, with the time at which each row starts, and templates."""
    presentation = group.create_group("presentation")
    for stimulus, table in recording.stimulus_tables.items():
        shown = presentation.create_group(f"{stimulus}_stimulus")
        shown.create_dataset("data", data=table.data, compression="gzip", shuffle=True)
        shown.create_dataset(
            "frame_duration", data=table.frame_duration, compression="gzip", shuffle=True
        )
        times = recording.timestamps[table.frame_duration[:, 0]]
        shown.create_dataset("timestamps", data=times, compression="gzip", shuffle=True)
        if table.features:
            text(shown, "features", table.features)
    shelf = group.create_group("templates")
    for stimulus, template in recording.templates.items():
        rows = TEMPLATE_ROWS[template[0].size > LARGE_IMAGE]
        stack = shelf.create_group(f"{stimulus}_image_stack")
        chunks.write(stack, "data", template, rows=rows)


def write_events(path, recording):
    """Write the detected events as the Allen Institute does: an array ``ev`` in an .npz file.

    Raises
    ------
    OSError
        If the disk is full or the folder cannot be written.
    """
    with open(path, "wb") as file:  # given a name, numpy would append .npz to it
        np.savez_compressed(file, ev=recording.events)


def write_mean(path, recording):
    """Write the mean dF/F of all cells, (n_frames,), which takes long to read from the others.

    Raises
    ------
    OSError
        If the disk is full or the folder cannot be written.
    """
    with open(path, "wb") as file:
        np.save(file, recording.dff.mean(axis=0, dtype=float))


def read_traces(path):
    """Read back what the cells' metrics are measured on.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    corrected, dff : numpy.ndarray of float32, shape (n_cells, n_frames)
        Demixed fluorescence without the neuropil's share (counts), and dF/F.
    running_speed : numpy.ndarray of float, shape (n_frames,)
        cm/s.
    """
    with h5py.File(path, "r") as file:
        pipeline = file[PIPELINE]
        corrected = pipeline[f"Fluorescence/{PLANE}_demixed_signal/data"][()]
        neuropil = pipeline[f"Fluorescence/{PLANE}_neuropil_response"]
        corrected -= neuropil["data"][()] * neuropil["r"][()][:, None]
        return (
            corrected,
            pipeline[f"DfOverF/{PLANE}/data"][()],
            pipeline["BehavioralTimeSeries/running_speed/data"][()],
        )
