"""A progress bar that says how long something still takes where that can be told."""

from __future__ import annotations

import io
import re
import sys
from html import escape
from typing import Any

from tqdm import tqdm

#: Of work whose steps say nothing to who waits.
STEPS = "{desc}: {percentage:3.0f}%|{bar:40}| {elapsed}{left}"
#: How much is to be done before it tells how long the rest takes.
ENOUGH = 0.05
HTML = (
    '<div style="max-width:36em;font-family:system-ui,sans-serif;line-height:1.45">{text}<br>'
    '<progress aria-label="{what}" style="width:100%" max="{total}"{value}></progress></div>'
)


class Bar(tqdm):
    """A ``tqdm`` whose ``bar_format`` may hold ``{left}``: ``", 00:12 left"``, or nothing.

    Where little is done yet, tqdm's own ``{remaining}`` is a question mark, or hours. In a notebook
    it is shown as wide as the notebook is, and not on stderr, which looks like an error there.
    """

    def __init__(self, *arguments: Any, **options: Any):
        self._notebook, self._shown = in_notebook(), None
        if self._notebook:
            options["file"] = io.StringIO()  # what else tqdm would print
        super().__init__(*arguments, **options)

    @property
    def format_dict(self) -> dict[str, Any]:
        """What ``bar_format`` may hold."""
        told = super().format_dict
        done, elapsed = told["n"] - told["initial"], told["elapsed"]
        rate = told["rate"] or (done / elapsed if done and elapsed else 0)
        total = told["total"] or 0
        to_do = total - told["n"]
        known = rate and to_do > 0 and done >= ENOUGH * total
        told["left"] = f", {self.format_interval(to_do / rate)} left" if known else ""
        return told

    def display(self, msg: str | None = None, pos: int | None = None) -> Any:
        """Show it: where tqdm does, or as an output of the cell that runs."""
        if not self._notebook:
            return super().display(msg, pos)
        told = self.format_dict
        words = self.bar_format.replace("{l_bar}", "{desc}: {percentage:3.0f}%|")
        words = re.sub(r"\|\{bar[^}]*\}\|", ",", words)
        text = self.format_meter(**{**told, "bar_format": words})
        value = f' value="{told["n"]}"' if told["total"] else ""
        html = HTML.format(
            text=escape(text), what=escape(self.desc), total=told["total"] or 1, value=value
        )
        data = {"text/plain": text, "text/html": html}
        if self._shown is None:
            from IPython.display import display

            self._shown = display(data, raw=True, display_id=True)
        else:
            self._shown.update(data, raw=True)
        return True


def in_notebook() -> bool:
    """Whether a notebook's kernel runs this."""
    ipython = sys.modules.get("IPython")
    return getattr(ipython and ipython.get_ipython(), "kernel", None) is not None
