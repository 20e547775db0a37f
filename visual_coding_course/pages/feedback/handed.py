"""Say on a page what was handed in, when, and which attempt it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode

UNITS = (("day", 86400), ("hour", 3600), ("minute", 60))


def tell_handed_in(
    notebook: NotebookNode, course: dict[str, Any], about: dict[str, Any] | None
) -> None:
    """Say what was handed in; leave out of a notebook what its page is not to show.

    Parameters
    ----------
    notebook : NotebookNode
        Graded; what hidden cases found is taken out of it where that is only counted.
    course : dict
        What the page tells, see `render.render`.
    about : dict or None
        As in `handed_in_text`; ``counted``, if so.
    """
    course["handed_in"] = handed_in_text(about)
    course["counted"] = bool(about and about.get("counted"))
    if not course["counted"]:
        return
    for cell in notebook.cells:
        if "cases" in cell.metadata.get("course", {}):
            cell.metadata["course"] = _without_hidden(cell.metadata["course"])


def _without_hidden(told: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out of a result (see `outcome.outcome`) what hidden cases found; not the points.

    ``counted`` is then how many hidden cases there were.
    """
    public = told.get("public", [])
    hints = {hint["text"]: hint for hint in told["hints"]}
    bare = {"answer": None, "plot": None, "right": None}
    cases = [case for case in told["cases"] if not case["hidden"]]
    return {
        **told,
        "hints": [hints.get(text) or {"text": text, **bare} for text in public],
        "cases": cases,
        "counted": len(told["cases"]) - len(cases),
    }


def handed_in_text(about: dict[str, Any] | None) -> str | None:
    """Say what was handed in, when, which attempt it was, and which counts.

    Parameters
    ----------
    about : dict or None
        From `grades.handed_in_of`.
    """
    if not about or not about.get("file"):
        return None
    words = [f"Handed in: {about['file']}"]
    if about.get("time"):
        words.append(f"on {about['time']}")
    if about.get("seconds_late"):
        words.append(f"{_duration(about['seconds_late'])} late")
    elif about.get("late"):
        words.append(f"marked as late by {about.get('by')}")
    sentence = ", ".join(words)
    if (about.get("attempts") or 1) > 1:
        number, of = about["attempt"], about["attempts"]
        return f"{sentence}. Attempt {number} of {of}: the last one counts."
    return f"{sentence}."


def _duration(seconds: float) -> str:
    """Two units at most: ``1 day 10 hours``."""
    parts, left = [], int(seconds)
    for name, size in UNITS:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {name}{'' if count == 1 else 's'}")
    return " ".join(parts[:2]) or "less than a minute"
