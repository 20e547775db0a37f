"""A progress bar that says how long something still takes where that can be told."""

from __future__ import annotations

import sys
from typing import Any, TextIO

from tqdm import tqdm

#: Of work whose steps say nothing to who waits.
STEPS = "{desc}: {percentage:3.0f}%|{bar:40}| {elapsed}{left}"


class Bar(tqdm):
    """A ``tqdm`` whose ``bar_format`` may hold ``{left}``: ``", 00:12 left"``, or nothing.

    Where nothing is done yet, tqdm's own ``{remaining}`` is a question mark.
    """

    @property
    def format_dict(self) -> dict[str, Any]:
        """What ``bar_format`` may hold."""
        told = super().format_dict
        done, elapsed = told["n"] - told["initial"], told["elapsed"]
        rate = told["rate"] or (done / elapsed if done and elapsed else 0)
        to_do = (told["total"] or 0) - told["n"]
        known = rate and to_do > 0
        told["left"] = f", {self.format_interval(to_do / rate)} left" if known else ""
        return told


def where_bars_go() -> TextIO:
    """Standard error; in a notebook standard output, for there the other looks like an error."""
    ipython = sys.modules.get("IPython")
    kernel = getattr(ipython and ipython.get_ipython(), "kernel", None)
    return sys.stderr if kernel is None else sys.stdout
