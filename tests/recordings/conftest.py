"""One set of practice recordings for all tests, from the folder that a user's would be in."""

import numpy as np
import pytest

from visual_coding_course import open_cache
from visual_coding_course.recordings import facts


class Sessions:
    """The three recordings, with the slow reads remembered."""

    def __init__(self, boc):
        self.remembered = {}
        self.boc = boc
        self.data_sets = {
            letter: boc.get_ophys_experiment_data(number)
            for letter, number in facts.session_ids().items()
        }

    def dff(self, letter):
        return self._remember(letter, "dff", lambda data_set: data_set.get_dff_traces()[1])

    def centres(self, letter):
        """Row and column of each neuron's mask, shape (n_cells, 2)."""

        def read(data_set):
            masks = data_set.get_roi_mask_array()
            return np.array([np.argwhere(mask).mean(axis=0) for mask in masks])

        return self._remember(letter, "centres", read)

    def table(self, letter, stimulus):
        return self._remember(
            letter, stimulus, lambda data_set: data_set.get_stimulus_table(stimulus)
        )

    def _remember(self, letter, what, read):
        if (letter, what) not in self.remembered:
            self.remembered[letter, what] = read(self.data_sets[letter])
        return self.remembered[letter, what]

    def movie_starts(self, letter):
        table = self.table(letter, "natural_movie_one")
        return table[table.frame == 0].start.values

    def neuron_dff(self, letter, cell_specimen_id):
        index = self.data_sets[letter].get_cell_specimen_indices([cell_specimen_id])[0]
        return self.dff(letter)[index]

    def movie_response(self, letter, cell_specimen_id):
        """dF/F of ten repeats in the 900 imaging frames from each one's start."""
        trace = self.neuron_dff(letter, cell_specimen_id)
        return [trace[start : start + 900] for start in self.movie_starts(letter)]


@pytest.fixture(scope="session")
def boc():
    return open_cache()


@pytest.fixture(scope="session")
def sessions(boc):
    return Sessions(boc)
