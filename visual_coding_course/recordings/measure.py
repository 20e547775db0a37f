"""Measure the receptive fields of session C's cells with AllenSDK, once for all users.

AllenSDK takes seconds for each cell, too long for a build on every machine. So this program
measures them in the recordings of the default seed and writes ``receptive_fields.json`` beside
itself, which the package brings along::

    python -m visual_coding_course.recordings.measure

It has to be run again when session C's activity, or the sparse noise, changes; a test compares
some cells. It takes some minutes.
"""

import argparse
import contextlib
import json
import os
import warnings
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from unittest import mock

import numpy as np

from . import first_import  # noqa: F401 - imports pynwb, before AllenSDK does

# isort: split
from allensdk.brain_observatory.locally_sparse_noise import LocallySparseNoise
from allensdk.brain_observatory.receptive_field_analysis import receptive_field, utilities
from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet

from . import facts, layout, receptive_fields, recordings_folder

DIGITS = 6  # significant ones that are kept
CELLS_AT_ONCE = 4


class SomeCells(BrainObservatoryNwbDataSet):
    """A recording that has some of its cells only, and remembers what AllenSDK asks it again.

    Parameters
    ----------
    nwb_file : path-like
    cell_specimen_ids : sequence of int
        In any order; they keep the file's.
    """

    def __init__(self, nwb_file, cell_specimen_ids):
        super().__init__(str(nwb_file))
        everyone = super().get_cell_specimen_ids()
        self._ids = everyone[np.isin(everyone, cell_specimen_ids)]
        self._indices = np.flatnonzero(np.isin(everyone, cell_specimen_ids)).tolist()
        self._remembered = {}

    def get_cell_specimen_ids(self):
        """Ids of the chosen cells."""
        return self._ids

    def get_cell_specimen_indices(self, cell_specimen_ids):
        """Where cells are in the file."""
        listed = self._ids.tolist()
        return [self._indices[listed.index(cell)] for cell in cell_specimen_ids]

    def get_dff_traces(self, cell_specimen_ids=None):
        """dF/F of the chosen cells."""
        return self._once("dff", lambda: self._chosen(super(SomeCells, self).get_dff_traces))

    def get_corrected_fluorescence_traces(self, cell_specimen_ids=None):
        """Corrected fluorescence of the chosen cells."""
        read = super().get_corrected_fluorescence_traces
        return self._once("corrected", lambda: self._chosen(read))

    def get_stimulus_table(self, stimulus_name):
        """A stimulus table."""
        read = super().get_stimulus_table
        return self._once(stimulus_name, lambda: read(stimulus_name))

    def _chosen(self, read):
        return read(self._ids.tolist())

    def _once(self, what, read):
        if what not in self._remembered:
            self._remembered[what] = read()
        return self._remembered[what]


def blurred(data_set, stimulus):
    """White and black squares of each trial, blurred: what AllenSDK's `get_A_blur` gives.

    It blurs one trial after the other for a minute; as blurring is linear, it is enough to blur
    each square of the grid once.

    Returns
    -------
    numpy.ndarray, shape (2 * n_squares, n_trials)
    """
    squares = utilities.get_A(data_set, stimulus)
    shape = data_set.get_stimulus_template(stimulus).shape[1:]
    count = len(squares) // 2
    blur = np.array([utilities.convolve(one.reshape(shape)).ravel() for one in np.eye(count)]).T
    return np.vstack([blur @ squares[:count], blur @ squares[count:]])


def shuffled(
    data_set, event_vector, A, number_of_shuffles=5000, response_detection_error_std_dev=0.1
):
    """Stimulus averages of events at random trials: what AllenSDK's `get_shuffle_matrix` gives.

    It draws the same numbers from numpy's global generator, but does not make an array of all
    trials before each draw, and adds up whole rows.

    Returns
    -------
    numpy.ndarray, shape (2 * n_squares, number_of_shuffles)
    """
    count = event_vector.sum()
    trials = np.ascontiguousarray(A.T)
    averages = np.empty((number_of_shuffles, len(A)))
    for row in range(number_of_shuffles):
        error = response_detection_error_std_dev * count * np.random.randn()
        size = count + int(np.round(error))
        drawn = np.random.choice(len(event_vector), size=size, replace=False)
        averages[row] = trials[np.sort(drawn)].sum(axis=0) / float(size)
    return averages.T


@contextlib.contextmanager
def hurried(data_set, stimulus):
    """Let AllenSDK use `blurred` and `shuffled`."""
    known = blurred(data_set, stimulus)
    with mock.patch.multiple(
        receptive_field, get_A_blur=lambda *_: known, get_shuffle_matrix=shuffled
    ):
        yield


def measure(nwb_file, cell_specimen_ids):
    """Measure receptive fields with AllenSDK's `LocallySparseNoise`.

    Parameters
    ----------
    nwb_file : path-like
    cell_specimen_ids : sequence of int

    Returns
    -------
    dict
        Cell specimen id to dict of column of the cell table to value, without those that are NaN.
    """
    data_set = SomeCells(nwb_file, cell_specimen_ids)
    with warnings.catch_warnings(), hurried(data_set, "locally_sparse_noise"):
        warnings.simplefilter("ignore")  # AllenSDK assigns to chains of indices
        peak = LocallySparseNoise(data_set).peak
    fields = {}
    for row in peak.to_dict("records"):
        values = {name: row[name] for name in receptive_fields.COLUMNS}
        fields[int(row["cell_specimen_id"])] = {
            name: float(f"{value:.{DIGITS}g}")
            for name, value in values.items()
            if value is not None and np.isfinite(float(value))
        }
    return fields


def measure_all(nwb_file, workers):
    """As `measure`, for all cells of a recording, on several processes."""
    cells = BrainObservatoryNwbDataSet(str(nwb_file)).get_cell_specimen_ids()
    parts = [cells[first :: max(1, len(cells) // CELLS_AT_ONCE)] for first in
             range(max(1, len(cells) // CELLS_AT_ONCE))]  # fmt: skip
    fields = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for part in pool.map(measure, [nwb_file] * len(parts), parts):
            fields.update(part)
            print(f"{len(fields)} of {len(cells)} cells", flush=True)
    return fields


def main():
    """Measure, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes")
    workers = parser.parse_args().workers
    number = facts.session("C")["ophys_experiment_id"]
    nwb_file = recordings_folder() / layout.DATA_FILE.format(number)
    fields = measure_all(nwb_file, workers)
    rows = [f'  "{cell}": {json.dumps(fields[cell])}' for cell in sorted(fields)]
    about = "Measured by visual_coding_course.recordings.measure on the simulated session C."
    text = f'{{"about": "{about}", "cells": {{\n' + ",\n".join(rows) + "\n}}\n"
    Path(__file__).with_name(receptive_fields.FILE).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
