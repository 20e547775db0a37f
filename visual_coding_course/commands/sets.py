"""What is known of a set of recordings, in a student's environment as in an instructor's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..recordings import PracticeError, kept, layout, recordings_folder
from ..recordings.seeds import DEFAULT_SEED
from ..recordings.store import Store, folder_for
from ..shared.files import short


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


def practice_set() -> RecordingSet:
    """Tell of the practice recordings, made or not."""
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


def opened() -> Iterator[str]:
    """Open the practice recordings with AllenSDK, and tell of each."""
    from .. import open_cache

    cache = open_cache()
    held = [path.stem for path in recordings_folder().rglob("*.nwb")]
    sessions = cache.get_ophys_experiments(ids=[int(session) for session in held])
    for session in sorted(sessions, key=lambda session: session["session_type"]):
        data_set = cache.get_ophys_experiment_data(session["id"])
        cells = len(data_set.get_cell_specimen_ids())
        stimuli = ", ".join(data_set.list_stimuli())
        yield f"{session['session_type']}: {cells} neurons; {stimuli}"


def excerpt_set(folder: Path, name: str) -> RecordingSet:
    """Tell of an excerpt, whole or not.

    Parameters
    ----------
    folder : Path
    name : str
        What it is called.
    """
    if not kept.is_excerpt(folder):
        return RecordingSet(name, ("no excerpt is there",), folder)
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
    return RecordingSet(name, said, folder)


def _about(container: int, sessions: dict[str, int], neurons: int) -> Iterable[str]:
    yield f"container {container}"
    yield "sessions " + ", ".join(f"{number} ({kind})" for kind, number in sessions.items())
    yield f"{neurons} neurons"


def sets_text(found: Iterable[RecordingSet]) -> str:
    """Return a paragraph for each set."""
    blocks = []
    for one in found:
        facts = "\n".join(f"    {fact}" for fact in one.facts)
        blocks.append(f"{one.name}\n{facts}\n    {short(one.folder)}")
    return "\n\n".join(blocks)
