"""A progress bar that says how long something still takes where that can be told."""

from __future__ import annotations

from typing import Any

from tqdm import tqdm


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
