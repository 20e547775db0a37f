"""What is typed of recordings."""

from __future__ import annotations

import click

from ..shared.folder import assignments, course_folder
from .common import COURSE, fail, known


@click.group(invoke_without_command=True)
@click.pass_context
def recordings(context: click.Context) -> None:
    """See which recordings there are; make an excerpt for a class.

    Without a command: the practice recordings, the excerpts that assignments
    name in their assignment.toml, and what else lies in the folder recordings/.
    """
    if context.invoked_subcommand is None:
        from ..commands.recordings import sets
        from ..commands.sets import sets_text

        click.echo(sets_text(sets(course_folder())))


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
    from .. import open_cache
    from ..commands.recordings import content_for, make_excerpt
    from ..recordings import PracticeError

    if (manifest is None) == (source is None):
        fail("name where the recordings come from: --manifest PATH, or --source allen.")
    course = course_folder()
    every = assignments(course)
    for name in names:
        known(course, name, every)
    root = context.find_root()
    root.obj.stopped = "What is done stays; the same command goes on from here."
    try:
        boc = open_cache(source or "practice", manifest)
        make_excerpt(
            boc, container, out, neurons, always, content_for(course, names or every),
            lambda text: click.echo(text), root.obj.heed,
        )  # fmt: skip
    except (PracticeError, OSError) as error:
        fail(error)
