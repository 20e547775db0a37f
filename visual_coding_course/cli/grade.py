"""What is typed to grade a class."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..inside import light
from ..shared.folder import assignments, course_folder
from .common import COURSE, NO_ISOLATION, built, fail, known, warn

OPEN_SCHEDULER = (
    "course: WARNING: this scheduler asks nobody who they are. Whoever can reach it can run code "
    "as its workers' user, and change grades. README says how to start one with tls://."
)
STOPPED = {
    False: "What is graded is recorded; the same command goes on from here.",
    True: "What was graded again is recorded, the rest keeps its earlier grade. "
    "The same command starts over.",
}


@click.command()
@click.argument("name")
@click.argument("paths", nargs=-1, type=COURSE)
@click.option("--out", type=COURSE, help="Where results go (default: the course folder).")
@click.option("--workers", type=click.IntRange(1), help="Parallel workers (default: the cores).")
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler, tls://host:8786.")
@click.option("--timeout", type=click.FloatRange(1), metavar="SECONDS",
              help="Processor time that one submission may take (default: the assignment's, 600; "
                   "60 for a cell).")  # fmt: skip
@click.option(
    "--student",
    "students",
    multiple=True,
    metavar="ID",
    help="Grade this student's submission alone, and again; may be given several times.",
)
@click.option("--regrade", is_flag=True, help="Grade again what was graded before.")
@click.option("--dry-run", is_flag=True, help="Only say what was found, and whose it is taken for.")
@NO_ISOLATION
def grade(name, paths, out, workers, scheduler, timeout, students, regrade, dry_run,
          no_isolation) -> None:  # fmt: skip
    """Grade a class.

    Reads nbgrader's submitted/STUDENT/NAME/NAME.ipynb, or PATHS: folders of
    STUDENT.ipynb or of students' folders, downloads of Canvas, Moodle,
    Blackboard, Brightspace, Sakai or Gradescope, zip files of these, or single
    notebooks. Of several attempts the last counts. Says what it took for whose
    where the name alone does not; --dry-run says it of all, and grades nothing.
    Writes results.jsonl, grades.csv
    (results-NAME.jsonl, grades-NAME.csv where there are several assignments'),
    gradebook.db, autograded/ and feedback/; where students have parameters of
    their own, parameters.json and numbers-NAME.csv, too. What was graded before and has not
    changed is left as it is; after Ctrl-C, the same command goes on.

    \b
    course grade NAME
    course grade NAME handed_in/ --out results/ --workers 8
    course grade NAME --student ada

    \b
    Exit status: 0  every submission has its row, an unreadable one too
                 1  something could not be graded, by no fault of the students':
                    it has no score, and the next call grades it
                 2  nothing could be graded; what to do stands in the message
    """
    from ..assignment import needs_of, outdated
    from ..isolation.ahead import prepare
    from ..isolation.sandbox import NoIsolation, weaknesses

    if dry_run:
        _say_whose(name, paths, out)
        return
    context = click.get_current_context().find_root()
    context.obj.stopped = STOPPED[regrade]
    warn(no_isolation)
    if scheduler and not scheduler.startswith("tls://"):
        click.echo(OPEN_SCHEDULER, err=True)
    try:
        # What is to be built may be wrong, in what it needs, too: building it tells.
        if not scheduler and not outdated(course_folder(), name):
            prepare(not no_isolation, needs_of(course_folder(), name))  # and meanwhile
        with light.importing():
            from ..commands.progress import (
                Progress,
                missing_text,
                not_graded_text,
                results_table,
                waiting_text,
            )
            from ..commands.whose import whose_text
            from ..grading.parameters import read_written_down
            from ..grading.run import AlreadyGrading, grade_class
            from ..records.tables import NUMBERS, tables_of
            from ..shared.chosen import POOLS
    except (OSError, NoIsolation) as error:
        fail(error)
    context.obj.heed()

    course = course_folder()
    built(course, name)
    if not no_isolation:
        for sentence in weaknesses():
            click.echo(f"course: WARNING: {sentence}", err=True)
    with Progress("Grading", context.obj.heed) as progress:
        try:
            rows = grade_class(
                course, name, paths, out=out, workers=workers, scheduler=scheduler,
                timeout=timeout, regrade=regrade, students=students, isolated=not no_isolation,
                progress=progress, tell=progress.tell,
                found=lambda handed: progress.say(whose_text(handed, name)),
            )  # fmt: skip
        except (OSError, AlreadyGrading, NoIsolation) as error:
            progress.close()
            fail(error)
    if progress.before == len(rows):
        click.echo("Nothing new: all of these were graded before, and have not changed.")
    click.echo(results_table(rows))
    if unclear := waiting_text(rows):
        click.echo(f"\n{unclear}")
    where = out or course
    results, grades = tables_of(where, name)
    if absent := missing_text(results):
        click.echo(f"\n{absent}")
    own = [NUMBERS.format(name)] if any(row.get("numbers") for row in rows) else []
    own += [POOLS] if read_written_down(where).get(name) else []
    files = ", ".join([grades.name, results.name, *own, "gradebook.db", "autograded/", "feedback/"])
    click.echo(f"\nResults in {where}: {files}")
    if left := not_graded_text(rows, results.name):
        click.echo(f"\n{left}", err=True)
        sys.exit(1)


def _say_whose(name: str, paths: tuple[Path, ...], out: Path | None) -> None:
    """Say what `course grade` would take for whose."""
    from ..commands.whose import whose_text
    from ..grading.run import look_at_class

    course = course_folder()
    known(course, name, assignments(course))
    try:
        handed = look_at_class(course, name, paths, out)
    except OSError as error:
        fail(error)
    click.echo(whose_text(handed, name, everything=True))
    click.echo(f"{len(handed.submissions)} submissions. Nothing was graded.")
