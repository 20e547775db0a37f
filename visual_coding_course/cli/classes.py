"""What is typed of a class: students, report, export."""

from __future__ import annotations

from pathlib import Path

import click

from ..shared.folder import assignments, course_folder
from .common import COURSE, fail


@click.command()
@click.argument("file", type=COURSE, required=False)
@click.option("--results", type=COURSE, metavar="DIR",
              help="Where `course grade` puts its results (default: the course folder)."
)  # fmt: skip
def students(file: Path | None, results: Path | None) -> None:
    """Enter a class list into the gradebook, or show who is in it.

    FILE is a class list as nbgrader, Canvas, Moodle or a spreadsheet writes it,
    as CSV. Names and LMS ids then stand in the report, the formgrader and, with
    the next `course grade`, in grades.csv; files that an LMS names are found to
    be the student's; and who has handed in nothing has a row that says so.
    Nobody is removed.

    \b
    course students canvas_gradebook.csv
    course students
    """
    from ..commands.students import CannotEnrol, class_text, enrol_class

    try:
        if file is None:
            click.echo(class_text(results or course_folder()))
        else:
            click.echo(enrol_class(file, results or course_folder()))
    except (CannotEnrol, OSError) as error:
        fail(error)


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--out", type=COURSE, help="Where the report goes (default: report/).")
@click.option("--results", type=COURSE, metavar="DIR",
              help="Where `course grade` has put its results (default: the course folder)."
)  # fmt: skip
def report(names: tuple[str, ...], out: Path | None, results: Path | None) -> None:
    """See what a class got wrong, and why.

    Reads the gradebook, manual grades included, and writes one page,
    report/NAME.html, and CSV files beside it: scores, mistakes by how many
    made them, how each question did, what could not be graded, or waits for a
    person, who may need help and why, the same unusual answers and code,
    every student of the class. Names lead to the students' pages. Several
    NAMEs, or none for all that were graded, make one page with an overview.
    Changes nothing; call it again after grading by hand.

    \b
    course report NAME
    course report NAME --results results/ --out report/
    """
    from ..assignment import read_settings
    from ..pages.report.collect import CannotReport
    from ..pages.report.write import write_report

    course = course_folder()
    titles = {
        name: read_settings(course / "source" / name).title
        for name in assignments(course)
        if name in names or not names
    }
    try:
        page = write_report(results or course, list(names), out or course / "report", titles)
    except (CannotReport, OSError) as error:
        fail(error)
    click.echo(f"{page}\nThe same figures as CSV: {page.parent}")


@click.command()
@click.argument("name")
@click.option("--to", "system", type=click.Choice(["canvas", "moodle", "csv"]), required=True,
              help="Who is to take it.")  # fmt: skip
@click.option("--out", type=COURSE, metavar="FILE",
              help="The file (default: export/NAME-SYSTEM.csv).")  # fmt: skip
@click.option("--points", type=click.Choice(["total", "question"]), default="total",
              help="The total alone (default), or a column for each question.")  # fmt: skip
@click.option("--all", "everything", is_flag=True,
              help="Also where something waits to be graded by hand, with the points so far."
)  # fmt: skip
@click.option("--feedback", is_flag=True, help="Also the pages, as Moodle's feedback zip.")
@click.option("--title", help='What the LMS calls it: "Cross session", or "Cross session (4711)".')
@click.option("--list", "listed", type=COURSE, metavar="FILE",
              help="The LMS's own list or worksheet, for ids that the gradebook has not."
)  # fmt: skip
@click.option("--results", type=COURSE, metavar="DIR",
              help="Where `course grade` has put its results (default: the course folder)."
)  # fmt: skip
def export(name, system, out, points, everything, feedback, title, listed, results) -> None:
    """Write grades as Canvas or Moodle takes them, or as a table.

    Manual grades are in, late penalties are off. What still waits to be graded
    by hand, or could not be graded, is left out, and said.

    \b
    course export NAME --to canvas
        In Canvas: Grades > Import.
    course export NAME --to moodle --feedback --list WORKSHEET
        In Moodle: the assignment's "Upload grading worksheet" and "Upload
        multiple feedback files in a zip"; or the gradebook's Import > CSV.
    """
    from ..assignment import read_settings
    from ..commands.export import CannotExport, CannotReport, NoClassList
    from ..commands.export import export as write

    course = course_folder()
    if feedback and system != "moodle":
        fail("--feedback makes Moodle's zip: call it with --to moodle.")
    try:
        title = title or read_settings(course / "source" / name).title
        out = out or course / "export" / f"{name}-{system}.csv"
        by_question = points == "question"
        click.echo(write(results or course, name, system, out, title, by_question, everything,
                         listed, feedback))  # fmt: skip
    except (CannotExport, CannotReport, NoClassList, OSError) as error:
        fail(error)
