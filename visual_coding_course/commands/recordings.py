"""Which sets of recordings there are, and excerpts of them for a class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path

from ..assignment import needs_of
from ..assignment.assignment import NEEDED, recordings_of
from ..checking.about import declared
from ..checking.modules import read_modules
from ..recordings import PracticeError, excerpt, kept, layout
from ..recordings.content import Content
from ..recordings.seeds import DEFAULT_SEED
from ..recordings.store import Store, folder_for
from ..shared.folder import assignments

#: What an assignment's module ``needs`` declares of an excerpt.
DECLARED = "EXCERPT"


@dataclass(frozen=True)
class RecordingSet:
    """One set of recordings.

    Attributes
    ----------
    name : str
        What it is called: ``practice``, or the assignments that name it.
    facts : tuple of str
        What is said of it, in a few words each.
    folder : Path
    """

    name: str
    facts: tuple[str, ...]
    folder: Path


def sets(course: Path) -> list[RecordingSet]:
    """Tell which sets there are: the practice recordings, and those that assignments name."""
    named: dict[Path, list[str]] = {}
    for name in assignments(course):
        if chosen := recordings_of(course, name):
            named.setdefault(Path(chosen), []).append(name)
    return [_practice(), *(_excerpt(folder, names) for folder, names in named.items())]


def _practice() -> RecordingSet:
    from ..recordings import facts
    from ..recordings.population import population

    folder = folder_for()
    container = facts.published()["experiment_container_id"]
    sessions = {facts.session(x)["session_type"]: n for x, n in facts.session_ids().items()}
    whole = not Store(folder).damaged()
    said = (
        "simulated",
        f"version {layout.VERSION}",
        *_about(container, sessions, len(population(DEFAULT_SEED).ids)),
        f"{kept.size(folder):.0f} MB" if whole else "made when they are opened (15 s, 270 MB)",
    )
    return RecordingSet("practice", said, folder)


def _excerpt(folder: Path, names: Sequence[str]) -> RecordingSet:
    if not kept.is_excerpt(folder):
        return RecordingSet(", ".join(names), ("no excerpt is there",), folder)
    try:
        about = kept.about(folder)
        neurons = {number for ids in about["neurons"].values() for number in ids}
        said = (
            "simulated, an excerpt" if about["simulated"] else "an excerpt",
            f"version {kept.version(folder)}",
            *_about(about["container"], about["sessions"], len(neurons)),
            f"{kept.size(folder):.0f} MB",
            *(f"DAMAGED: {one}" for one in kept.damaged(folder)),
        )
    except PracticeError as error:
        said = (f"DAMAGED: {error}",)
    return RecordingSet(", ".join(names), said, folder)


def _about(container: int, sessions: dict[str, int], neurons: int) -> Iterable[str]:
    yield f"container {container}"
    yield "sessions " + ", ".join(f"{number} ({kind})" for kind, number in sessions.items())
    yield f"{neurons} neurons"


def sets_text(found: Iterable[RecordingSet]) -> str:
    """Return a paragraph for each set."""
    blocks = []
    for one in found:
        facts = "\n".join(f"    {fact}" for fact in one.facts)
        blocks.append(f"{one.name}\n{facts}\n    {one.folder}")
    return "\n\n".join(blocks)


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
