"""Say whose each file was taken for, and what is no submission."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..grading.students import made_id
from ..shared.markup import plain
from .progress import table

#: Of what is told without having been asked for.
MOST_LINES = 30


def whose_text(handed: Any, name: str, everything: bool = False) -> str:
    """Say what was found, and whose it was taken for.

    Parameters
    ----------
    handed : Handed
        What `grade_class` found.
    name : str
        Of the assignment.
    everything : bool
        Also what lies as nbgrader has it, or is named as its student.

    Returns
    -------
    str
        Empty if there is nothing to say.
    """
    taken = [one for one in handed.submissions if everything or not _is_plain(one, name)]
    lines = [
        [plain(one.student), _shown(one.path), _how(one), one.refusal or one.note or ""]
        for one in taken
    ]
    left = len(lines)
    if not everything:
        lines = lines[:MOST_LINES]
    parts = []
    if lines:
        cells = [[plain(cell) for cell in line] for line in lines]
        parts.append(table(["student", "file", "by", "note"], cells))
    if left > len(lines):
        parts.append(f"and {left - len(lines)} more; --dry-run lists all")
    passed = handed.passed if everything else handed.passed[:MOST_LINES]
    if passed:
        parts.append("\n".join(["Not graded:", *(
            f"  {plain(_shown(one.path))}: {plain(one.reason)}" for one in passed)]))  # fmt: skip
    if len(handed.passed) > len(passed):
        parts.append(f"and {len(handed.passed) - len(passed)} more; --dry-run lists all")
    return "\n".join(parts)


def _is_plain(one: Any, name: str) -> bool:
    named = made_id(one.path.stem) == one.student or one.path.stem == name
    expected = named and one.path.suffix == ".ipynb"
    return one.told.by is None and one.refusal is None and one.node is None and expected


def _how(one: Any) -> str:
    told = one.told
    words = [told.by or ("its name" if made_id(one.path.stem) == one.student else "its folder")]
    words += [f"attempt {told.attempt} of {told.attempts}"] if told.attempts > 1 else []
    words += ["LATE"] if told.late else []
    words += [f"handed in {one.timestamp}"] if one.timestamp else []
    return ", ".join(words)


def _shown(path: Path) -> str:
    """The end of a path: more than that is the same for all."""
    return "/".join(path.parts[-3:])
