"""What is typed to grade as things are handed in."""

from __future__ import annotations

import signal
import sys
import threading
from functools import partial
from typing import Any

import click

from ..inside import light
from ..recordings.interrupts import pass_over_interrupts
from ..shared.files import short
from ..shared.folder import assignments, course_folder
from .common import COURSE, NO_ISOLATION, built, fail, known, warn
from .grade import OPEN_SCHEDULER


@click.command()
@click.argument("name")
@click.option("--folder", "folders", multiple=True, type=COURSE, metavar="DIR",
              help="Look here, too: a folder that an LMS or rsync fills. May be given several "
                   "times.")  # fmt: skip
@click.option("--once", is_flag=True, help="Grade what is there now, and end.")
@click.option("--out", type=COURSE, help="Where results go (default: the course folder).")
@click.option("--workers", type=click.IntRange(1), help="Parallel workers (default: the cores).")
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler, tls://host:8786.")
@NO_ISOLATION
def watch(name, folders, once, out, workers, scheduler, no_isolation) -> None:
    """Grade what is handed in as it comes, and give the pages back.

    Collects from nbgrader's exchange, if this course has one, and looks into
    submitted/ and each --folder; grades what is new or has changed, as `course
    grade` does and into the same files; and gives each page back through the
    exchange. What is still being written is left until it is whole. Runs until
    Ctrl-C; what is graded then is recorded, and the same command goes on.

    \b
    course watch NAME
    course watch NAME --folder /srv/handed_in
    course watch NAME --once

    \b
    Exit status: 0  ended by Ctrl-C or SIGTERM; with --once, all is graded
                 1  with --once: something could not be graded, by no fault of
                    the students'
                 2  it could not begin; what to do stands in the message
    """
    from ..assignment import needs_of, outdated, read_settings
    from ..isolation.ahead import prepare
    from ..isolation.sandbox import NoIsolation

    course = course_folder()
    known(course, name, assignments(course))
    warn(no_isolation)
    if scheduler and not scheduler.startswith("tls://"):
        click.echo(OPEN_SCHEDULER, err=True)
    try:
        if not scheduler and not outdated(course, name):
            prepare(not no_isolation, needs_of(course, name))  # and meanwhile
        with light.importing():
            from ..commands.exchange import Exchange
            from ..commands.status import Status
            from ..commands.watch import AlreadyWatching, CodeChanged, Watching, Workers, alone
            from ..commands.watch import watch as run
            from ..grading.run import AlreadyGrading
            from ..grading.submissions import SUBMITTED
    except (OSError, NoIsolation) as error:
        fail(error)
    for folder in folders:
        if not folder.is_dir():
            fail(f"There is no folder {folder}.")
    ended = threading.Event()
    signal.signal(signal.SIGTERM, partial(_interrupt, ended))
    interrupted = click.get_current_context().obj.heed

    def heed() -> None:
        interrupted()
        if ended.is_set():
            raise KeyboardInterrupt

    built(course, name)
    isolated, where = not no_isolation, (out or course).absolute()
    places = [SUBMITTED, *map(short, folders)]
    title = read_settings(course / "source" / name).title
    status = Status(where, name, title, places, _show)
    try:
        exchange = Exchange(course, name, where, status.tell)
        if exchange.is_there:
            places.insert(0, f"the exchange ({exchange.inbound})")
        watching = Watching(course, name, list(folders), where, exchange, status)
        options = {"scheduler": scheduler, "isolated": isolated}
        with (
            alone(where, name),
            Workers(course, name, not once, workers=workers, tell=status.tell, **options) as kept,
        ):
            if not once:
                status.say(f"Watching {', '.join(places)}. How it is doing: {short(status.page)}")
            try:
                run(watching, kept, once=once, heed=heed, **options)
            finally:
                status.look(ended=True)
    except (OSError, AlreadyGrading, AlreadyWatching, NoIsolation) as error:
        fail(error)
    except CodeChanged as error:
        click.echo(error)
        sys.exit(0)
    except KeyboardInterrupt:
        status.say("Ended. What is graded is recorded; the same command goes on from here.")
        sys.exit(0)
    sys.exit(1 if watching.failed else 0)


def _show(line: str, matter: bool) -> None:
    click.echo(line, err=matter)
    sys.stdout.flush()


def _interrupt(ended: threading.Event, *_: Any) -> None:
    """Do as Ctrl-C does, also where a shell that began this in the background has that ignored.

    It is noted, too: an interrupt that comes in a finalizer is forgotten.
    """
    ended.set()
    sys.unraisablehook = pass_over_interrupts
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.raise_signal(signal.SIGINT)
