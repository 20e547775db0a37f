"""Which neurons there are, in which sessions each was found, and in what order they are listed."""

import functools
from dataclasses import dataclass

import numpy as np

from . import facts
from .seeds import generator

PATTERNS = ("ABC", "AB", "AC", "BC", "A", "B", "C")
# Unpublished: how many cells are new in sessions A and C, relative to a ninth of all neurons. More
# in A: the page that the exercise comes from takes row 171 of A's masks, so A has that many.
NOVEL_SHARE = {"AC": 1.0, "A": 1.17, "C": 0.83}
SCENE_CELL = 517474020  # the neuron of which published.json gives the preferred scene
OFF_CELL = 587377366  # the one of which it gives the receptive field


@dataclass(frozen=True)
class Population:
    """All neurons found in at least one session.

    Attributes
    ----------
    ids : numpy.ndarray of int, shape (n_cells,)
        Cell specimen ids, ascending.
    found_in : numpy.ndarray of str, shape (n_cells,)
        The sessions in which each was found, such as "ABC" or "C".
    order : dict
        Session letter to the positions in `ids` of its cells, in the order of their cell index.
    """

    ids: np.ndarray
    found_in: np.ndarray
    order: dict

    def position(self, cell_specimen_id):
        """Position of a neuron in `ids`."""
        return int(np.searchsorted(self.ids, cell_specimen_id))

    def session_ids(self, letter):
        """Cell specimen ids of a session by cell index.

        Returns
        -------
        numpy.ndarray of int, shape (n_cells_in_session,)
        """
        return self.ids[self.order[letter]]


def match(cells_of_b, rng):
    """Assign each cell of session B to sessions, so that the thirds are as published.

    Of all neurons, a third is found in three sessions, a third in two and a third in one. With
    the counts of sessions A and C near B's, that makes half of B's cells matched three times, a
    third twice and a sixth once.

    Returns
    -------
    dict
        Cell specimen id to pattern.
    """
    known = [facts.published()["cell_specimen_id"], SCENE_CELL]
    others = rng.permutation([cell for cell in cells_of_b if cell not in known])
    three, pair = len(cells_of_b) // 2, len(cells_of_b) // 6
    labels = ["ABC"] * (three - len(known)) + ["AB"] * (pair + 1) + ["BC"] * (pair - 1)
    labels += ["B"] * (len(others) - len(labels))
    return {**{cell: "ABC" for cell in known}, **dict(zip(others.tolist(), labels, strict=True))}


def novel_ids(count, taken, rng):
    """Ids for cells that were not found in session B, from the same two ranges as B's."""
    taken = np.sort(np.asarray(taken))
    split = int(np.argmax(np.diff(taken))) + 1
    ranges = taken[:split], taken[split:]
    share = [int(round(count * len(part) / len(taken))) for part in ranges]
    share[0] = count - share[1]
    drawn = []
    for part, size in zip(ranges, share, strict=True):
        free = np.setdiff1d(np.arange(part[0], part[-1]), taken)
        drawn.append(rng.choice(free, size, replace=False))
    return np.concatenate(drawn)


def list_order(members, ids, letter, rng):
    """The cells' order in a session's file, with the known neuron at its published index."""
    if letter == "B":
        return np.searchsorted(ids, facts.session("B")["cell_specimen_ids"])
    neuron = facts.published()["cell_specimen_id"]
    shuffled = rng.permutation(members)
    others = shuffled[ids[shuffled] != neuron]
    index = facts.session(letter)["cell_index_of_517472450"]
    return np.insert(others, index, np.searchsorted(ids, neuron))


@functools.lru_cache(maxsize=4)
def population(seed):
    """The recorded neurons.

    Parameters
    ----------
    seed : int

    Returns
    -------
    Population
    """
    rng = generator(seed, "population")
    cells_of_b = facts.session("B")["cell_specimen_ids"]
    pattern = match(cells_of_b, rng)
    ninth = len(cells_of_b) / 6
    counts = {label: int(round(share * ninth)) for label, share in NOVEL_SHARE.items()}
    labels = [label for label, count in counts.items() for _ in range(count)]
    pattern.update(zip(novel_ids(len(labels), cells_of_b, rng).tolist(), labels, strict=True))
    ids = np.array(sorted(pattern))
    found_in = np.array([pattern[cell] for cell in ids.tolist()])
    order = {}
    for letter in facts.SESSIONS:
        members = np.flatnonzero([letter in label for label in found_in])
        order[letter] = list_order(members, ids, letter, rng)
    return Population(ids, found_in, order)
