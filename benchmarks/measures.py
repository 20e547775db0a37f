"""Recordings as AllenSDK's getters give them, and what is measured on them.

For `realism.py` and its sheet of pictures.
"""

from functools import cache
from itertools import combinations

import numpy as np
from scipy import signal, stats

CONTAINER = 511510736
DAYS = "CBA"  # the sessions in the order of their dates
MICRONS = 400 / 512  # a pixel
SCENE_FRAMES = 14  # imaging frames that count as the response to a scene
NEAR, FAR = 100, 200  # um: pairs are near below the first distance, far above the second


class Session:
    """One session's recording, and what several rows or pictures need of it."""

    def __init__(self, boc, letter):
        (row,) = boc.get_ophys_experiments(
            experiment_container_ids=[CONTAINER], session_types=[f"three_session_{letter}"]
        )
        self.letter, self.age = letter, row["acquisition_age_days"]
        self.data = boc.get_ophys_experiment_data(row["id"])
        self.ids = self.data.get_cell_specimen_ids()
        self.dff = self.data.get_dff_traces()[1]
        self.speed = self.data.get_running_speed()[0]
        self.masks = self.data.get_roi_mask_array().astype(bool)
        self.epochs = self.data.get_stimulus_epoch_table()

    @property
    def distances(self):
        """numpy.ndarray, shape (n_pairs,): Between the masks of each two neurons, um."""
        centres = np.array([np.argwhere(mask).mean(axis=0) for mask in self.masks]) * MICRONS
        return pairs(np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1)))

    def spontaneous(self, epoch=0):
        """First and last imaging frame of an epoch of spontaneous activity."""
        rows = self.epochs[self.epochs.stimulus == "spontaneous"]
        return int(rows.start.iloc[epoch]), int(rows.end.iloc[epoch])

    @cache  # noqa: B019 - three sessions, for as long as the program runs
    def repeats(self):
        """dF/F of natural movie one, shape (n_cells, 10, 900)."""
        table = self.data.get_stimulus_table("natural_movie_one")
        starts = table[table.frame == 0].start.values
        return np.stack([self.dff[:, start : start + 900] for start in starts], axis=1)

    def reliability(self):
        """Mean correlation of the pairs of repeats, as AllenSDK's `NaturalMovie` measures it."""
        return np.array([pairs(np.corrcoef(own)).mean() for own in self.repeats()])

    @cache  # noqa: B019
    def scenes(self):
        """Each trial's image, mean dF/F of each neuron, and mean running speed, by image."""
        table = self.data.get_stimulus_table("natural_scenes").sort_values("frame")
        frames = table.start.values[:, None] + np.arange(SCENE_FRAMES)
        responses = np.array([trace[frames].mean(axis=1) for trace in self.dff])
        return table.frame.values, responses, np.nanmean(self.speed[frames], axis=1)

    def scene_means(self):
        """Mean response to each scene, shape (n_cells, 118), and what of each trial it leaves."""
        images, responses, _ = self.scenes()
        own = images[:, None] == np.arange(images.max() + 1)
        means = responses @ own / own.sum(axis=0)
        seen = images >= 0
        return means, responses[:, seen] - means[:, images[seen]]


def pairs(matrix):
    """The upper half of a square matrix."""
    return matrix[np.triu_indices(len(matrix), k=1)]


def binned(traces, frames=15):
    """Means over bins of imaging frames along the last axis, half a second by default."""
    count = traces.shape[-1] // frames
    return traces[..., : count * frames].reshape(*traces.shape[:-1], count, frames).mean(axis=-1)


def without(traces, regressors):
    """What a linear regression on some signals and a constant leaves of each trace."""
    design = np.column_stack([np.ones(traces.shape[1]), *regressors])
    return traces - (design @ np.linalg.lstsq(design, traces.T, rcond=None)[0]).T


def humps(values):
    """Number of peaks of a smoothed histogram that reach a tenth of the highest one's height."""
    values = values[np.isfinite(values)]
    at = np.linspace(values.min() - 0.2, values.max() + 0.2, 400)
    density = stats.gaussian_kde(values)(at)
    return len(signal.find_peaks(density, prominence=0.1 * density.max())[0])


def noise(traces):
    """Standard deviation of the noise, from the differences of neighbouring samples."""
    return np.median(np.abs(np.diff(traces, axis=-1)), axis=-1) / (0.6745 * np.sqrt(2))


def likeness(vectors, others):
    """Correlation of population vectors frame by frame, averaged over frames.

    Parameters
    ----------
    vectors, others : numpy.ndarray, shape (n_cells, n_frames)
    """
    one, two = (stats.zscore(each, axis=0) for each in (vectors, others))
    return np.nanmean((one * two).mean(axis=0))


@cache
def movie_likeness(sessions):
    """Likeness of all pairs of repeats of natural movie one, in the order of dates.

    Returns
    -------
    numpy.ndarray, shape (30, 30)
        Of the neurons found in all three sessions, in bins of half a second.
    """
    shared = set.intersection(*(set(each.ids) for each in sessions))
    vectors = []
    for each in sorted(sessions, key=lambda session: DAYS.index(session.letter)):
        own = each.repeats()[[number in shared for number in each.ids]]
        own = own[np.argsort(each.ids[[number in shared for number in each.ids]])]
        vectors += list(binned(own).transpose(1, 0, 2))
    return np.array([[likeness(one, two) for two in vectors] for one in vectors])


@cache
def stability(sessions):
    """Mean of the correlations between sessions of each shared neuron's mean movie response."""
    shared = set.intersection(*(set(each.ids) for each in sessions))
    means = []
    for each in sessions:
        index = each.data.get_cell_specimen_indices(sorted(shared))
        means.append(each.repeats()[index].mean(axis=1))
    return np.mean([
        [np.corrcoef(one, two)[0, 1] for one, two in zip(first, second)]
        for first, second in combinations(means, 2)
    ], axis=0)  # fmt: skip


def by_distance(correlations, distances):
    """Mean correlation of near, middling and far pairs."""
    bins = np.digitize(distances, [NEAR, FAR])
    return [correlations[bins == which].mean() for which in range(3)]


def run_lengths(flags):
    """Lengths of the runs of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.view(np.int8), [0]))))
    return edges[1::2] - edges[::2]


def rises(trace, high=1.0, low=0.5):
    """How often a trace goes above `high`, having been below `low` since the last time."""
    sides = np.sign((trace > high).astype(int) - (trace < low))
    sides = sides[sides != 0]
    return np.count_nonzero((sides[1:] > 0) & (sides[:-1] < 0))
