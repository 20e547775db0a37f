"""Which neurons there are, in which sessions each was found, and in what order they are listed."""

import functools
from dataclasses import dataclass

import numpy as np

from . import facts
from .seeds import generator

# How many neurons are found in which sessions. The whole, session B's cells and that about a third
# is found in three, two and one sessions are published; that session A has more than 171 is, too,
# as the page that the exercise comes from takes row 171 of A's masks. That makes the days of A and
# B alike, and fewer cells found in C.
COUNTS = {"ABC": 84, "AB": 49, "AC": 14, "BC": 11, "A": 26, "B": 30, "C": 11}
SCENE_CELL = 517474020  # the neuron of which published.json gives the preferred scene
CELL_WITH_FIELD = 587377366  # the neuron of which it gives the receptive field
RUN = 4.0  # mean number of cells that follow each other in several sessions
CELL_IN_C = 517472416  # a neuron of session B of which it says that C has it, too


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


def named_cells():
    """Cells of which something is published in more than one session, or for the whole container.

    Returns
    -------
    list of int
        Cell specimen ids, all of them in session B.
    """
    container = facts.published()["container_511510736"]
    preferring = container["p_ns_below_0.05_and_pref_image_ns_22"]
    return [facts.published()["cell_specimen_id"], SCENE_CELL, CELL_WITH_FIELD, CELL_IN_C] + [
        cell for cell in preferring if cell != CELL_WITH_FIELD
    ]


def match(cells_of_b, rng):
    """Assign each cell of session B to sessions; those that are named in publications to all.

    Returns
    -------
    dict
        Cell specimen id to pattern.
    """
    named = named_cells()
    others = rng.permutation([cell for cell in cells_of_b if cell not in named])
    labels = [label for label in COUNTS if "B" in label for _ in range(COUNTS[label])]
    labels = labels[len(named) :]  # the first ones are those found in all sessions
    return {**dict.fromkeys(named, "ABC"), **dict(zip(others.tolist(), labels, strict=True))}


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


def in_runs(members, ids, rng):
    """Order cells so that some follow each other as in session B, where such cells lie near."""
    order = np.searchsorted(ids, facts.session("B")["cell_specimen_ids"])
    order = order[np.isin(order, members)]
    breaks = 1 + np.flatnonzero(rng.random(len(order) - 1) < 1 / RUN)
    runs = np.split(order, breaks)
    listed = np.concatenate([runs[number] for number in rng.permutation(len(runs))])
    others = np.setdiff1d(members, order)
    return np.insert(listed, rng.integers(0, len(listed) + 1, len(others)), others)


def list_order(members, ids, letter, rng):
    """The cells' order in a session's file, with those at their index of which it is published."""
    known = facts.session(letter)
    if "cell_specimen_ids" in known:
        return np.searchsorted(ids, known["cell_specimen_ids"])
    fixed = {
        known[f"cell_index_of_{cell}"]: np.searchsorted(ids, cell)
        for cell in named_cells()
        if f"cell_index_of_{cell}" in known
    }
    listed = in_runs(np.setdiff1d(members, list(fixed.values())), ids, rng)
    for index in sorted(fixed):
        listed = np.insert(listed, index, fixed[index])
    return listed


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
    labels = [label for label in COUNTS if "B" not in label for _ in range(COUNTS[label])]
    pattern.update(zip(novel_ids(len(labels), cells_of_b, rng).tolist(), labels, strict=True))
    ids = np.array(sorted(pattern))
    found_in = np.array([pattern[cell] for cell in ids.tolist()])
    order = {}
    for letter in facts.SESSIONS:
        members = np.flatnonzero([letter in label for label in found_in])
        order[letter] = list_order(members, ids, letter, rng)
    return Population(ids, found_in, order)
