"""The cell table's metrics of receptive fields, as they were measured once.

A receptive field takes AllenSDK seconds for each cell, so they are measured for the recordings of
the default seed (see `measure`), and are NaN in those of other seeds.
"""

import functools
import json
from importlib import resources

import numpy as np

from .seeds import DEFAULT_SEED

FILE = "receptive_fields.json"
COLUMNS = (
    "rf_area_off_lsn",
    "rf_area_on_lsn",
    "rf_center_off_x_lsn",
    "rf_center_off_y_lsn",
    "rf_center_on_x_lsn",
    "rf_center_on_y_lsn",
    "rf_chi2_lsn",
    "rf_distance_lsn",
    "rf_overlap_index_lsn",
)


@functools.lru_cache(maxsize=1)
def measured():
    """Receptive fields of session C's cells, in the recordings of the default seed.

    Returns
    -------
    dict
        Cell specimen id to dict of column of the cell table to value, None for none.
    """
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return {int(cell): fields for cell, fields in json.loads(text)["cells"].items()}


def metrics_of(cell_specimen_ids, seed):
    """Metrics of the receptive fields, by column of the cell table.

    Parameters
    ----------
    cell_specimen_ids : sequence of int
    seed : int

    Returns
    -------
    dict
        Column to array of shape (n_cells,): NaN for none, and wherever they were not measured.
        Centres and distance are in degrees from the monitor's upper left corner, areas in square
        degrees, as AllenSDK fits them.
    """
    known = measured() if seed == DEFAULT_SEED else {}
    return {
        column: np.array(
            [known.get(int(cell), {}).get(column) for cell in cell_specimen_ids], dtype=float
        )
        for column in COLUMNS
    }
