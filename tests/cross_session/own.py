"""The assignment's own modules, as its test files import them."""

from pathlib import Path

from visual_coding_course.checking.modules import import_from

SOURCE = Path(__file__).resolve().parents[2] / "source" / "cross_session"
names, outlines, trace_plots, truth = (
    import_from(SOURCE, f"checks.{name}") for name in ("names", "outlines", "trace_plots", "truth")
)
recorded, right, steps = (import_from(SOURCE, name) for name in ("recorded", "right", "steps"))
ABOUT = import_from(SOURCE, "about").ABOUT
FIGURES = import_from(SOURCE, "drawn").FIGURES
spreads = import_from(SOURCE, "checks.spreads")
