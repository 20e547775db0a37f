"""What is published about the recorded experiment container, read from published.json.

The numbers stand once, in the JSON file; the simulation and its tests both read them here.
"""

import functools
import json
import re
from importlib import resources

SESSIONS = ("A", "B", "C")


@functools.lru_cache(maxsize=1)
def published():
    """Read published.json.

    Returns
    -------
    dict
        The file's content. Shared between callers: do not change it.
    """
    text = resources.files(__package__).joinpath("published.json").read_text(encoding="utf-8")
    return json.loads(text)


def session(letter):
    """Published facts about one session.

    Parameters
    ----------
    letter : {"A", "B", "C"}

    Returns
    -------
    dict
    """
    return published()["sessions"][letter]


def session_ids():
    """Ophys experiment ids of the three sessions.

    Returns
    -------
    dict
        Session letter to id, in the order A, B, C.
    """
    return {letter: session(letter)["ophys_experiment_id"] for letter in SESSIONS}


def letter_of(ophys_experiment_id):
    """Session letter of an ophys experiment id.

    Raises
    ------
    KeyError
        If the id is not one of the three sessions'.
    """
    return {number: letter for letter, number in session_ids().items()}[int(ophys_experiment_id)]


def container_rows():
    """All rows of the published table of containers, in its order.

    Returns
    -------
    list of dict
        Column name to value.
    """
    table = published()["containers_Cux2_VISp"]
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def container_row():
    """The recorded container's row of that table.

    Returns
    -------
    dict
    """
    recorded = published()["experiment_container_id"]
    return next(row for row in container_rows() if row["id"] == recorded)


def largest_peaks():
    """Largest dF/F of the published neuron in each session, which the JSON says in words.

    Returns
    -------
    dict
        Session letter to dF/F.
    """
    words = published()["dff_of_517472450"]
    return {letter: float(height) for height, letter in re.findall(r"([\d.]+) \(([ABC])\)", words)}


def neuron_location():
    """Where the published neuron's ROI sits, which the JSON says in words.

    Returns
    -------
    tuple of int
        Row and column of its centre.
    """
    words = published()["dff_of_517472450"]
    return tuple(int(number) for number in re.search(r"row (\d+), column (\d+)", words).groups())
