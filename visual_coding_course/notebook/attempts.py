"""Count a student's failed checks, on the student's own machine, so that hints grow more direct.

The counts stand in a hidden file beside the notebook. They are the student's own: nothing reads
them but the notebook's checks, and nothing is handed in with them.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..checking.results import QuestionResult
from ..shared.files import write_whole

FILE = ".attempts.json"


def count(
    folder: Path, result: QuestionResult, stopped: bool = False
) -> tuple[int, dict[str, int]]:
    """Count a check, and say what came before.

    Parameters
    ----------
    folder : Path
        The notebook's folder.
    result : QuestionResult
        What the check found. A question that passed starts from the beginning; one in which
        nothing was tried (a blank, a typo that stopped its cell), or nothing wrong was found, is
        not counted.
    stopped : bool
        Whether the cell that was run last stopped with an error: its values are those from before,
        and it is not counted, either.

    Returns
    -------
    (int, dict of str to int)
        How often the question has failed in a row, this time included; and how often each
        kind of mistake that it shows was told before.
    """
    path = Path(folder) / FILE
    before = _read(path)
    after, failed, told = counted(before, result, stopped)
    _write(path, after, changed=after != before)
    return failed, told


def counted(
    counts: Mapping[str, dict], result: QuestionResult, stopped: bool = False
) -> tuple[dict[str, dict], int, dict[str, int]]:
    """Count a check in counts that are kept elsewhere.

    Parameters
    ----------
    counts : mapping of str to dict
        By question, how often it has ``failed`` in a row, and how often each kind of mistake was
        ``told``.
    result, stopped
        As in `count`.

    Returns
    -------
    (dict, int, dict of str to int)
        The counts, this check included, and what `count` returns.
    """
    before = counts.get(result.name, {})
    if result.status == "correct":
        return {name: one for name, one in counts.items() if name != result.name}, 0, {}
    if stopped or not result.tried:
        return dict(counts), before.get("failed", 0), before.get("told", {})
    told = dict(before.get("told", {}))
    failed = before.get("failed", 0) + 1
    after = {kind: told.get(kind, 0) + 1 for kind in result.kinds}
    return {**counts, result.name: {"failed": failed, "told": {**told, **after}}}, failed, told


def readable_counts(counts: Any) -> dict[str, dict]:
    """Take counts from where others could write; none if they are not such as `counted` makes."""
    try:
        for count in counts.values():
            int(count["failed"]), {kind: int(times) for kind, times in count["told"].items()}
        return dict(counts)
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def _read(path: Path) -> dict:
    """Read the counts; none if the file is missing or is not one of ours."""
    try:
        return readable_counts(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _write(path: Path, counts: dict, changed: bool) -> None:
    if changed:
        # A folder that cannot be written to only costs the second hints.
        with contextlib.suppress(OSError):
            write_whole(path, json.dumps(counts))
