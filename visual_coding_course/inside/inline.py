"""Draw figures into the notebook in less time than a kernel usually takes, and the same.

Imports nothing before a kernel is there, so that the warm process can import it at any time.
"""

from __future__ import annotations

import threading
from functools import wraps
from typing import Any

#: Half the time of the usual level, and for figures the files are as small.
PNG = {"compress_level": 3}
#: Whose drawing does not move them. Those of three dimensions have no size before they are drawn.
STILL = ("rectilinear", "polar")


def draw_inline(shell: Any) -> None:
    """Show figures in the notebook, and draw each of them once.

    The inline backend was imported before there was a shell that it could tell to show them. And
    matplotlib draws what has changed after every cell; the backend then draws it again, to show
    it. The first drawing is seen by nobody, and takes a third of the time.

    Parameters
    ----------
    shell : InteractiveShell
        Of the kernel.
    """
    from matplotlib import pyplot
    from matplotlib_inline.config import InlineBackend

    shell.enable_matplotlib("inline")
    settings = InlineBackend.instance()
    settings.print_figure_kwargs = {**settings.print_figure_kwargs, "pil_kwargs": PNG}
    shell.events.unregister("post_execute", pyplot._draw_all_if_interactive)
    skip_unseen_drawing()
    count_ticks_once()


def skip_unseen_drawing() -> None:
    """Have matplotlib not go through a figure's drawing only to see where things are.

    It does so before it saves one with ``bbox_inches="tight"``, as the inline backend has it, and
    then asks every part of it for its place, which works that out again. Layout engines need it.
    """
    from matplotlib.figure import Figure

    draw = Figure.draw
    if hasattr(draw, "unseen_skipped"):
        return

    def seen(self, renderer):
        if not _only_places(self, renderer):
            draw(self, renderer)

    seen.unseen_skipped = True
    Figure.draw = seen


def _only_places(figure: Any, renderer: Any) -> bool:
    """Whether a figure that is being saved is drawn to nowhere, and no need of it."""
    saving = getattr(figure.canvas, "_is_saving", False)
    # matplotlib's `_draw_disabled` puts functions that do nothing in the place of its methods.
    nowhere = "draw_path" in vars(renderer)
    still = all(axes.name in STILL for axes in figure.axes)
    return saving and nowhere and still and figure.get_layout_engine() is None


def count_ticks_once() -> None:
    """Have an axis work out its ticks once while a figure is saved, as long as nothing moves them.

    It does so for its own place, for its label's, for its title's, for each of its neighbours'
    labels, and to be drawn: ten times and more, in a third of the time that a small figure takes.
    """
    from matplotlib.axis import Axis
    from matplotlib.backend_bases import FigureCanvasBase

    save, update = FigureCanvasBase.print_figure, Axis._update_ticks
    if hasattr(update, "ticks_counted_once"):
        return
    saving = threading.local()

    @wraps(save)
    def print_figure(self, *arguments, **named):
        before, saving.known = getattr(saving, "known", None), {}
        try:
            return save(self, *arguments, **named)
        finally:
            saving.known = before

    @wraps(update)
    def update_ticks(self):
        known = getattr(saving, "known", None)
        if known is None or self.axes.name not in STILL:
            return update(self)
        place = (*self.get_view_interval(), *self.axes.bbox.bounds, self.get_figure(root=True).dpi)
        # Of a formatter that serves several axes, the state is that of the last one.
        formatter = self.major.formatter
        if known.get(self, (None,))[0] != place or known.get(formatter) is not self.major:
            known[self], known[formatter] = (place, update(self)), self.major
        return known[self][1]

    update_ticks.ticks_counted_once = True
    FigureCanvasBase.print_figure, Axis._update_ticks = print_figure, update_ticks
