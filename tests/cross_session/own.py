"""The assignment's own modules, as its test files import them."""

from pathlib import Path

from visual_coding_course.checking.modules import import_from

SOURCE = Path(__file__).resolve().parents[2] / "source" / "cross_session"
checks = import_from(SOURCE, "checks")
earlier, exact, names, outlines, truth = (
    import_from(SOURCE, f"checks.{name}")
    for name in ("earlier", "exact", "names", "outlines", "truth")
)
ABOUT = import_from(SOURCE, "about").ABOUT
FIGURES = import_from(SOURCE, "drawn").FIGURES
