"""Make a class report: read the gradebook, work it out, write page and CSV files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from ...shared.files import write_whole
from .code import read_code
from .collect import GRADEBOOK, collect
from .graded import Graded
from .likeness import alike
from .page import report_page, section
from .tables import overview_table

#: Name of the page on several assignments.
SEVERAL = "overview"
#: Where `grading.record` puts the students' pages, beside the gradebook.
FEEDBACK = "feedback"
NO_TITLES: Mapping[str, str] = MappingProxyType({})


def write_report(
    results: Path, names: list[str], out: Path, titles: Mapping[str, str] = NO_TITLES
) -> Path:
    """Write the report on some assignments.

    Parameters
    ----------
    results : Path
        Folder with the gradebook.
    names : list of str
        Assignments; all that were graded if there are none.
    out : Path
        Folder for ``NAME.html`` (``overview.html`` if there are several) and for the CSV files
        beside it, ``NAME-mistakes.csv`` and so on.
    titles : mapping of str to str
        Of assignments, by name; of others, the title is made of the name.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    CannotReport
        If there is nothing to report on.
    OSError
        If the files cannot be written.
    """
    sections = [
        section(
            _with_pages(graded, results / FEEDBACK, out),
            titles.get(graded.name),
            alike(*read_code(results / GRADEBOOK, graded.name)),
        )
        for graded in collect(results, list(dict.fromkeys(names)))
    ]
    several = len(sections) > 1
    overview = overview_table([one.graded for one in sections]) if several else None
    for one in sections:
        for table in one.tables.values():
            write_whole(out / f"{one.graded.name}-{table.key}.csv", table.as_csv())
    if overview:
        write_whole(out / f"{SEVERAL}.csv", overview.as_csv())
    page = out / f"{SEVERAL if several else sections[0].graded.name}.html"
    write_whole(page, report_page(sections, overview, datetime.now()))
    return page


def _with_pages(graded: Graded, folder: Path, out: Path) -> Graded:
    """Note which students have a page, and where that is."""
    names = (one.student for one in graded.submissions)
    there = {
        name for name in names if (folder / name / graded.name / f"{graded.name}.html").is_file()
    }
    return replace(graded, feedback=_link(folder, out), with_page=frozenset(there))


def _link(folder: Path, out: Path) -> str:
    """Where a folder is, as seen from a page in another."""
    return quote(Path(os.path.relpath(folder.resolve(), out.resolve())).as_posix())
