"""Write grades for an LMS, and say what is in them and what is not."""

from __future__ import annotations

from pathlib import Path

from ..pages.report.collect import CannotReport
from ..records.class_list import read_class_list
from ..records.export import CannotExport, Export, export_grades, feedback_zip
from ..records.roster import NoClassList
from ..shared.files import write_whole
from .students import named

__all__ = ["CannotExport", "CannotReport", "NoClassList", "export"]


def export(
    folder: Path,
    name: str,
    system: str,
    out: Path,
    title: str,
    by_question: bool = False,
    everything: bool = False,
    listed: Path | None = None,
    feedback: bool = False,
) -> str:
    """Write grades for a system, and feedback pages beside them.

    Parameters
    ----------
    folder, name, system, title, by_question, everything
        As in `export_grades`.
    out : Path
        The CSV file; pages go into ``-feedback.zip`` beside it.
    listed : Path, optional
        The system's own list or worksheet.
    feedback : bool
        Write the pages, too.

    Returns
    -------
    str
        What was written, and what was left out.

    Raises
    ------
    CannotExport, CannotReport, NoClassList
        If there is nothing to write, or not so that the right students would get it.
    OSError
        If it cannot be written.
    """
    people = read_class_list(listed).people if listed else ()
    made = export_grades(folder, name, system, title, by_question, everything, people)
    write_whole(out, made.table)
    graded = sum(one.total is not None for one in made.given)
    lines = [
        f"{out}: grades of {graded} students, out of {made.max_score:g}",
        *_left_out(made, name),
    ]
    lines += _hints(made, system)
    if feedback:
        pages = out.with_name(f"{out.stem}-feedback.zip")
        left = feedback_zip(pages, folder, name, made.given)
        lines.append(f"{pages}: {len(made.given) - len(left)} feedback pages")
        if left:
            lines.append(f"  without a page there, or without Moodle's number: {named(left)}")
    return "\n".join(lines)


def _left_out(made: Export, name: str) -> list[str]:
    kinds = (
        (made.waiting, "something waits to be graded by hand (--all takes them, with the points "
                       "so far)"),
        (made.not_graded, "the grader could not grade everything; `course grade "
                          f"{name}` does"),
        (made.absent, "nothing was handed in"),
    )  # fmt: skip
    return [f"  without a grade, {why}: {named(who)}" for who, why in kinds if who]


def _hints(made: Export, system: str) -> list[str]:
    who = named(made.unknown)
    if system == "canvas" and who:
        return [
            f"  without a Canvas ID, so that Canvas goes by login and name: {who}. Its own export "
            "has the IDs: `course students FILE`, or --list FILE."
        ]
    if system == "moodle":
        hints = [f"  The assignment's maximum grade in Moodle has to be {made.max_score:g}."]
        if who:
            hints.append(
                f"  without Moodle's participant number, so that its worksheet passes them over: "
                f"{who}. --list WORKSHEET gives the numbers; or import the file in Moodle's "
                "gradebook, by email address."
            )
        return hints
    return []
