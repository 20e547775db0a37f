"""Which sets of recordings a course has, and excerpts of them for a class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from pathlib import Path

from ..assignment import needs_of
from ..assignment.assignment import NEEDED
from ..assignment.load import recordings_of
from ..checking.about import declared
from ..checking.modules import read_modules
from ..recordings import excerpt, kept
from ..recordings.content import Content
from ..shared.folder import assignments
from .sets import RecordingSet, excerpt_set, practice_set

#: What an assignment's module ``needs`` declares of an excerpt.
DECLARED = "EXCERPT"
#: In the course folder: where the README has excerpts go.
EXCERPTS = "recordings"
UNNAMED = "an excerpt that no assignment.toml names"


def sets(course: Path) -> list[RecordingSet]:
    """Tell which sets there are: the practice recordings, and excerpts.

    Those that assignments name, wherever they are, and what else lies in `EXCERPTS`.
    """
    named: dict[Path, list[str]] = {}
    for name in assignments(course):
        if chosen := recordings_of(course, name):
            named.setdefault(Path(chosen), []).append(name)
    known = {folder.resolve() for folder in named}
    lying = (one for one in sorted((course / EXCERPTS).glob("*")) if kept.is_excerpt(one))
    return [
        practice_set(),
        *(excerpt_set(folder, ", ".join(names)) for folder, names in named.items()),
        *(excerpt_set(folder, UNNAMED) for folder in lying if folder.resolve() not in known),
    ]


def content_for(course: Path, names: Iterable[str]) -> Content:
    """What assignments declare that they need: ``EXCERPT`` of their module ``needs``.

    Parameters
    ----------
    course : Path
    names : iterable of str
        Assignments; of those that need no recordings, nothing is asked.

    Returns
    -------
    Content
        What any of them needs; all, where one declares nothing, or there is none.
    """
    wanted = []
    for name in names:
        modules = read_modules(course / "source" / name)
        if needs_of(course, name).at is not None:
            wanted.append(getattr(declared(modules, NEEDED), DECLARED, Content()))
    return reduce(or_, wanted) if wanted else Content()


def make_excerpt(
    boc, container: int, folder: Path, neurons: int | None, always: Sequence[int],
    content: Content, say: Callable[[str], None], heed: Callable[[], None],
) -> None:  # fmt: skip
    """Say how much an excerpt will be, and write it.

    Parameters
    ----------
    boc : BrainObservatoryCache
        What it is made of.
    container, neurons, always, content
        As in `excerpt.plan`.
    folder : Path
        Where it goes.
    say : callable
        Called with a line before each step.
    heed : callable
        As in `excerpt.write`.

    Raises
    ------
    PracticeError
        If it cannot be made; says why.
    OSError
        If it cannot be written.
    """
    if waiting := excerpt.to_download(boc, container):
        say(
            f"{len(waiting)} recordings of some hundred megabytes each are downloaded first, to "
            f"{Path(boc.manifest_path).parent}."
        )
    planned = excerpt.plan(boc, container, neurons, content, always)
    size, room = excerpt.megabytes(boc, planned), kept.room(folder)
    kind = "simulated recordings" if planned.simulated else "recordings"
    say(
        f"An excerpt of {kind}: container {container}, {len(planned.sessions)} sessions, "
        f"{len(planned.ids)} neurons, about {size:.0f} MB."
    )
    if size > room:
        raise excerpt.ExcerptError(
            f"There is too little space for it at {folder}: {room:.0f} MB. Free some, or name "
            "another folder."
        )
    if excerpt.write(boc, planned, folder, heed):
        say(f"{folder}: {kept.size(folder):.0f} MB, version {kept.version(folder)}.")
    else:
        say(f"{folder} is that excerpt already, and whole.")
    if not planned.simulated:
        say(f"Terms of use and citation: {folder / excerpt.README}. Read them before you share it.")
