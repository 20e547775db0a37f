"""The `course` command: parses, calls, prints."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click

from .inside import light  # before all else
from .recordings.interrupts import heeded
from .shared.files import short
from .shared.folder import assignments, assignments_like, course_folder, put_tools_on_path

COURSE = click.Path(path_type=Path)
NO_ISOLATION = click.option(
    "--no-isolation", is_flag=True,
    help="Run student code as yourself, able to read and write what you can (and slower).",
)  # fmt: skip
UNSAFE = (
    "course: WARNING: no isolation. Student code runs as you: it can read the answers, other "
    "submissions and your files, and change them."
)
OPEN_SCHEDULER = (
    "course: WARNING: this scheduler asks nobody who they are. Whoever can reach it can run code "
    "as its workers' user, and change grades. README says how to start one with tls://."
)
STOPPED = {
    False: "What is graded is recorded; the same command goes on from here.",
    True: "What was graded again is recorded, the rest keeps its earlier grade. "
    "The same command starts over.",
}


class Teaching(click.Group):
    """A group that lists its commands in the order of a course's life, and stops in a sentence."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Keep the order in which the commands stand below."""
        return list(self.commands)

    def invoke(self, context: click.Context) -> Any:
        """Run a command; Ctrl-C ends it as programs are ended by it, whatever it is at."""
        context.obj = SimpleNamespace(stopped="", heed=lambda: None)
        try:
            with heeded() as context.obj.heed:
                return super().invoke(context)
        except KeyboardInterrupt:
            click.echo(f"Stopped. {context.obj.stopped}".rstrip(), err=True)
            sys.exit(130)
        except ValueError as error:
            # Here and not above: `course --help` needs nothing that takes long to import.
            from .assignment import SettingsError

            if not isinstance(error, SettingsError):
                raise
            _fail(error)


@click.group(cls=Teaching, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="visual-coding-course", prog_name="course")
def main() -> None:
    """An autograded course on the Allen Brain Observatory (Visual Coding 2P).

    \b
    New here?       course demo
    A student?      open release/cross_session/ in JupyterLab
    On your own?    course learn cross_session
    An instructor?  course build, then course grade cross_session
                    and course report cross_session
    """
    put_tools_on_path()
    if find_spec("nbgrader") is None:
        _fail(
            "the `course` command is for instructors; it needs the packages of the extra "
            "`instructor`, which a student's installation does not have."
        )


def _course() -> Path:
    return course_folder()


def _known(course: Path, name: str | None, known: list[str]) -> list[str]:
    """The assignment that was named, or all there are."""
    if not known or (name and name not in known):
        listed = ", ".join(known) or "no assignment"
        _fail(f"There is no assignment {name or ''!r} in {course / 'source'}; it holds {listed}.")
    return [name] if name else known


def _built(course: Path, *names: str) -> None:
    """Build what is missing or stale of these assignments, and say so."""
    from .assignment import outdated

    for name in set(names).intersection(assignments(course)):
        if outdated(course, name):
            from .assignment.build import BuildError, bring_up_to_date
            from .grading.submission import grade_submission

            try:
                bring_up_to_date(
                    course, name, grade_submission, lambda text: click.echo(text, err=True)
                )
            except (BuildError, OSError) as error:
                _fail(error)


def _warn(no_isolation: bool) -> None:
    if no_isolation:
        click.echo(UNSAFE, err=True)


def _fail(error: Exception, status: int = 2) -> None:
    click.echo(f"course: {error}", err=True)
    sys.exit(status)


@main.command()
@click.option("--out", type=COURSE, default=None, help="Where to put it (default: demo/).")
def demo(out: Path | None) -> None:
    """See the whole course at work on a small class (about 3 minutes).

    Makes the practice recordings, builds the student's notebook, grades the
    example class, and leaves a gradebook and feedback pages in demo/.
    """
    from .commands.demo import NAME, run_demo

    _built(_course(), NAME)
    sys.exit(run_demo(_course(), out or _course() / "demo", click.echo))


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def test(pytest_arguments: tuple[str, ...]) -> None:
    """Run the project's own checks: lint, stale builds, test suite.

    \b
    course test                  everything
    course test --quick          what takes under two minutes
    course test -k masks -x      other arguments go to pytest
    """
    from .commands.selftest import run_checks

    sys.exit(run_checks(_course(), list(pytest_arguments), click.echo))


@main.command()
@click.argument("name")
@click.option("--recordings", is_flag=True, help="On two-photon recordings, read with AllenSDK.")
def new(name: str, recordings: bool) -> None:
    """Make a new assignment in source/NAME, with one question of each kind.

    It builds, checks and grades as it is: change it into yours, a step at a
    time. docs/authoring.md goes through it.

    \b
    course new my_assignment
    course build my_assignment
    """
    from .commands.new import CannotMake, make

    course = _course()
    try:
        written = make(course, name, recordings)
    except (CannotMake, OSError) as error:
        _fail(error)
    for path in written:
        click.echo(f"  {path.relative_to(course)}")
    click.echo(f"Next: open source/{name}/{name}.ipynb, or `course build {name}`.")


@main.command()
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Change nothing; fail if something is stale.")
def build(name: str | None, check: bool) -> None:
    """Build release/, solutions/ and autograder/ from source/.

    Commands that need what is missing or stale build it by themselves. Git
    keeps of it what a person reads; --check tells whether that is what the
    source makes.

    \b
    course build            all assignments; about a minute
    course build --check    is something stale?
    """
    from .assignment.build import BuildError, differing
    from .assignment.build import build as build_assignment
    from .grading.submission import grade_submission

    course = _course()
    # One whose notebook is missing, too: what there is of it tells that it is to be one.
    begun = [path.parent.name for path in (course / "source").glob("*/tests")]
    sentences = []
    for assignment in _known(course, name, sorted({*begun, *assignments(course)})):
        try:
            if check:
                sentences += differing(course, assignment)
                continue
            click.echo(f"Building {assignment}")
            build_assignment(
                course, assignment, grade_submission, lambda text: click.echo(f"  {text}")
            )
        except (BuildError, OSError) as error:
            _fail(error, 1)
    for sentence in sentences:
        click.echo(sentence, err=True)
    if sentences:
        click.echo("Run `course build`, and commit what it makes.", err=True)
        sys.exit(1)
    if check:
        click.echo("release/ and solutions/ are what source/ makes.")


@main.command()
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
    gradebook.db, autograded/ and feedback/. What was graded before and has not
    changed is left as it is; after Ctrl-C, the same command goes on.

    \b
    course grade cross_session
    course grade cross_session handed_in/ --out results/ --workers 8
    course grade cross_session --student ada

    \b
    Exit status: 0  every submission has its row, an unreadable one too
                 1  something could not be graded, by no fault of the students':
                    it has no score, and the next call grades it
                 2  nothing could be graded; what to do stands in the message
    """
    from .assignment import needs_of, outdated
    from .isolation.ahead import prepare
    from .isolation.sandbox import NoIsolation, weaknesses

    if dry_run:
        _say_whose(name, paths, out)
        return
    context = click.get_current_context().find_root()
    context.obj.stopped = STOPPED[regrade]
    _warn(no_isolation)
    if scheduler and not scheduler.startswith("tls://"):
        click.echo(OPEN_SCHEDULER, err=True)
    try:
        # What is to be built may be wrong, in what it needs, too: building it tells.
        if not scheduler and not outdated(_course(), name):
            prepare(not no_isolation, needs_of(_course(), name))  # and meanwhile
        with light.importing():
            from .commands.progress import (
                Progress,
                missing_text,
                not_graded_text,
                results_table,
                waiting_text,
            )
            from .commands.whose import whose_text
            from .grading.record import tables_of
            from .grading.run import AlreadyGrading, grade_class
    except (OSError, NoIsolation) as error:
        _fail(error)
    context.obj.heed()

    course = _course()
    _built(course, name)
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
            _fail(error)
    if progress.before == len(rows):
        click.echo("Nothing new: all of these were graded before, and have not changed.")
    click.echo(results_table(rows))
    if unclear := waiting_text(rows):
        click.echo(f"\n{unclear}")
    where = out or course
    results, grades = tables_of(where, name)
    if absent := missing_text(results):
        click.echo(f"\n{absent}")
    click.echo(f"\nResults in {where}: {grades.name}, {results.name}, gradebook.db, feedback/")
    if left := not_graded_text(rows, results.name):
        click.echo(f"\n{left}", err=True)
        sys.exit(1)


def _say_whose(name: str, paths: tuple[Path, ...], out: Path | None) -> None:
    """Say what `course grade` would take for whose."""
    from .commands.whose import whose_text
    from .grading.run import look_at_class

    course = _course()
    _known(course, name, assignments(course))
    try:
        handed = look_at_class(course, name, paths, out)
    except OSError as error:
        _fail(error)
    click.echo(whose_text(handed, name, everything=True))
    click.echo(f"{len(handed.submissions)} submissions. Nothing was graded.")


@main.command()
@click.argument("file", type=COURSE, required=False)
@click.option("--results", type=COURSE, metavar="DIR",
              help="Where `course grade` puts its results (default: the course folder)."
)  # fmt: skip
def students(file: Path | None, results: Path | None) -> None:
    """Enter a class list into the gradebook, or show who is in it.

    FILE is a class list as nbgrader, Canvas, Moodle or a spreadsheet writes it,
    as CSV. Names and LMS ids then stand in grades.csv, the report and the
    formgrader; files that an LMS names are found to be the student's; and who
    has handed in nothing has a row that says so. Nobody is removed.

    \b
    course students canvas_gradebook.csv
    course students
    """
    from .commands.students import CannotEnrol, class_text, enrol_class

    try:
        if file is None:
            click.echo(class_text(results or _course()))
        else:
            click.echo(enrol_class(file, results or _course()))
    except (CannotEnrol, OSError) as error:
        _fail(error)


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--out", type=COURSE, help="Where the report goes (default: report/).")
@click.option("--results", type=COURSE, metavar="DIR",
              help="Where `course grade` has put its results (default: the course folder)."
)  # fmt: skip
def report(names: tuple[str, ...], out: Path | None, results: Path | None) -> None:
    """See what a class got wrong, and why.

    Reads the gradebook, manual grades included, and writes one page,
    report/NAME.html, and CSV files beside it: scores, mistakes by how many
    made them, how each question did, what could not be graded, the same
    unusual answers. Several NAMEs, or none for all that were graded, make one
    page with an overview. Changes nothing; call it again after grading by hand.

    \b
    course report cross_session
    course report cross_session --results results/ --out report/
    """
    from .assignment import read_settings
    from .pages.report.collect import CannotReport
    from .pages.report.write import write_report

    course = _course()
    titles = {
        name: read_settings(course / "source" / name).title
        for name in assignments(course)
        if name in names or not names
    }
    try:
        page = write_report(results or course, list(names), out or course / "report", titles)
    except (CannotReport, OSError) as error:
        _fail(error)
    click.echo(f"{page}\nThe same figures as CSV: {page.parent}")


@main.command()
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
    """Write grades as Canvas or Moodle takes them, or as a plain table.

    Manual grades are in, late penalties are off. What still waits to be graded
    by hand, or could not be graded, is left out, and said.

    \b
    course export cross_session --to canvas
        In Canvas: Grades > Import.
    course export cross_session --to moodle --feedback --list WORKSHEET
        In Moodle: the assignment's "Upload grading worksheet" and "Upload
        multiple feedback files in a zip"; or the gradebook's Import > CSV.
    """
    from .assignment import read_settings
    from .commands.export import CannotExport, CannotReport, NoClassList
    from .commands.export import export as write

    course = _course()
    if feedback and system != "moodle":
        _fail("--feedback makes Moodle's zip: call it with --to moodle.")
    try:
        title = title or read_settings(course / "source" / name).title
        out = out or course / "export" / f"{name}-{system}.csv"
        by_question = points == "question"
        click.echo(write(results or course, name, system, out, title, by_question, everything,
                         listed, feedback))  # fmt: skip
    except (CannotExport, CannotReport, NoClassList, OSError) as error:
        _fail(error)


@main.command()
@click.argument("notebook", type=COURSE)
@click.option("--assignment", "name", help="Which one (default: as its name, or its cells, say).")
@NO_ISOLATION
def check(notebook: Path, name: str | None, no_isolation: bool) -> None:
    """Grade one notebook with all checks, hidden ones too, and print its feedback.

    Takes about ten seconds, most of them for imports; while `course serve`
    runs, no longer than the notebook itself.

    \b
    course check submitted/ada/cross_session/cross_session.ipynb

    Exit status: 0 when it has its feedback, whatever its score; 1 when the
    grader could not grade it; 2 when there is nothing to grade.
    """
    from .commands.service import ask

    course = _course()
    try:
        content = notebook.read_bytes()
    except OSError as error:
        _fail(f"{notebook} cannot be read: {error.strerror}.")
    name = (
        _known(course, name, assignments(course))[0]
        if name
        else _assignment_of(course, notebook, content)
    )
    _warn(no_isolation)
    handed_in = content, _files_beside(course, name, notebook)
    _built(course, name)
    answer = None if no_isolation else ask(course, name, *handed_in)
    answer = answer or _check_here(course, name, *handed_in, not no_isolation)
    _warn(not (no_isolation or answer["isolated"]))
    click.echo(answer["text"])
    sys.exit(1 if answer["status"] == "not_graded" else 0)


def _assignment_of(course: Path, notebook: Path, content: bytes) -> str:
    """Tell by its name, or by its cells, which assignment a notebook is of; fail otherwise."""
    known = _known(course, None, assignments(course))
    if notebook.stem in known:
        return notebook.stem
    found = assignments_like(course, content)
    if len(found) != 1:
        _fail(
            f"{notebook} may be of {' or '.join(found or known)}: neither its name nor its cells "
            "say. Name one with --assignment."
        )
    return found[0]


def _files_beside(course: Path, name: str, notebook: Path) -> dict[str, bytes]:
    """Read what `course grade` would have the notebook find beside it."""
    from .grading.submissions import NotAccepted, find_submissions

    found = find_submissions(course, name, [notebook])
    try:
        return found[0].files() if len(found) == 1 and found[0].path == notebook else {}
    except NotAccepted:
        return {}


def _check_here(
    course: Path, name: str, content: bytes, files: dict[str, bytes], isolated: bool
) -> dict:
    """Grade one notebook in this process; the isolated one and this import side by side."""
    from .assignment import needs_of
    from .isolation import sandbox, warm
    from .shared.chosen import CannotMake

    try:
        if isolated:
            sandbox.find_bubblewrap()
            warm.start(needs_of(course, name))
        from .assignment import load_assignment
        from .commands.progress import feedback_text
        from .grading.parameters import about_typed
        from .grading.submission import grade_submission

        assignment = about_typed(course, load_assignment(course, name), content, isolated)
        graded = grade_submission(assignment, content, files=files, isolated=isolated)
    except (FileNotFoundError, sandbox.NoIsolation, CannotMake) as error:
        _fail(error)
    return {"text": feedback_text(graded), "status": graded.status, "isolated": isolated}


@main.command()
@click.option("--workers", type=click.IntRange(1), help="Notebooks at a time (default: the cores).")
@NO_ISOLATION
def serve(workers: int | None, no_isolation: bool) -> None:
    """Keep a grader warm, so that `course check` answers at once.

    A service for this user on this machine, until Ctrl-C. It ends by itself
    when the course's code has changed.
    """
    import os

    from .commands.service import AlreadyServing
    from .commands.service import serve as answer
    from .isolation.sandbox import NoIsolation, find_bubblewrap

    _warn(no_isolation)
    _built(_course(), *assignments(_course()))
    click.echo("Starting (about 15 s) ...")
    try:
        if not no_isolation:
            find_bubblewrap()
        answer(
            _course(), workers or os.cpu_count() or 1, not no_isolation,
            lambda _: click.echo("Ready. `course check` now answers at once; Ctrl-C ends."),
        )  # fmt: skip
    except (OSError, AlreadyServing, NoIsolation) as error:
        _fail(error)
    except KeyboardInterrupt:
        click.echo("Ended.")
        sys.exit(0)
    click.echo("The course has changed since this started; start it again.")


@main.group(invoke_without_command=True)
@click.pass_context
def recordings(context: click.Context) -> None:
    """See which recordings there are; make an excerpt for a class.

    Without a command: the practice recordings, and the excerpts that
    assignments name in their assignment.toml.
    """
    if context.invoked_subcommand is None:
        from .commands.recordings import sets, sets_text

        click.echo(sets_text(sets(_course())))


@recordings.command()
@click.option("--manifest", type=COURSE, help="A cache that you have: its manifest, or its folder.")
@click.option("--source", type=click.Choice(["allen", "practice"]),
              help="Download from the Allen Institute; or the practice recordings.")  # fmt: skip
@click.option("--container", type=int, required=True, metavar="ID", help="Experiment container.")
@click.option("--neurons", type=click.IntRange(1), metavar="N",
              help="So many, those found in all sessions first (default: all).")  # fmt: skip
@click.option("--neuron", "always", type=int, multiple=True, metavar="ID",
              help="One that is to be among them; may be given several times.")  # fmt: skip
@click.option("--for", "names", multiple=True, metavar="NAME",
              help="Keep what this assignment needs (default: any of the course's).")  # fmt: skip
@click.option("--out", type=COURSE, required=True, metavar="FOLDER", help="Where it goes.")
@click.pass_context
def excerpt(context, manifest, source, container, neurons, always, names, out) -> None:
    """Make an excerpt of real recordings, small enough for a class.

    Reads the sessions of one container with AllenSDK, and writes what the
    assignments need: kinds of traces, masks, stimulus tables. After Ctrl-C,
    the same command goes on. Then: recordings = "FOLDER" in assignment.toml.

    \b
    course recordings excerpt --manifest ~/allen --container 511510736 --neurons 60 --out recordings/v1
    """  # noqa: E501
    from . import open_cache
    from .commands.recordings import content_for, make_excerpt
    from .recordings import PracticeError

    if (manifest is None) == (source is None):
        _fail("name where the recordings come from: --manifest PATH, or --source allen.")
    course = _course()
    known = assignments(course)
    for name in names:
        _known(course, name, known)
    root = context.find_root()
    root.obj.stopped = "What is done stays; the same command goes on from here."
    try:
        boc = open_cache(source or "practice", manifest)
        make_excerpt(
            boc, container, out, neurons, always, content_for(course, names or known),
            lambda text: click.echo(text), root.obj.heed,
        )  # fmt: skip
    except (PracticeError, OSError) as error:
        _fail(error)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False)
@click.argument("jupyter_arguments", nargs=-1, type=click.UNPROCESSED)
@click.option("--folder", type=COURSE, help="Where your copy stands (default: learn/NAME).")
def learn(name: str | None, jupyter_arguments: tuple[str, ...], folder: Path | None) -> None:
    """Study on your own in JupyterLab, every check and hint on.

    Your work is kept: a second call opens the same copy. Without NAME: what
    there is, how far you are, and on with what you used last. Further
    arguments go to JupyterLab: `course learn cross_session --no-browser`.
    """
    from .commands.learn import FOLDER, open_in_jupyterlab, studies, studies_text, working_copy

    course = _course()
    if name is not None and name.startswith("-"):
        name, jupyter_arguments = None, (name, *jupyter_arguments)
    if name is None:
        found = studies(course)
        click.echo(studies_text(found))
        name = next((one.name for one in found if one.progress), None)
        if name is None:
            _known(course, None, [one.name for one in found])
            click.echo(f"Begin with one of them: course learn {found[0].name}")
            return
    _known(course, name, assignments(course))
    _built(course, name)
    try:
        copy = working_copy(course, name, folder or course / FOLDER / name)
    except FileNotFoundError as error:
        _fail(error)
    click.echo(f"Your copy: {short(copy)}")
    sys.exit(open_in_jupyterlab(copy, list(jupyter_arguments)))


if __name__ == "__main__":
    main()
