"""Excerpts of recordings, to be given to a class: planned, written, and looked at again."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filelock
import numpy as np

from ..shared.bar import STEPS, Bar
from ..shared.files import replacing, write_whole
from . import chunks, kept, layout, nwb, reading, sources, tables
from .allen import AllenCache
from .content import Content
from .errors import PracticeError
from .kept import digest

#: How an excerpt is laid out; raised when an older one cannot be read any more.
FORMAT = 1
README, PLAN, DONE = "README.md", "plan.json", "done.json"
BEGUN = ".part"
#: Traces that are packed to estimate how much space all will take.
SAMPLE = 3


class ExcerptError(PracticeError):
    """An excerpt cannot be made, or is not one; says why, and what to do."""


@dataclass(frozen=True)
class Plan:
    """What an excerpt will hold.

    Attributes
    ----------
    container : int
        Experiment container id.
    sessions : dict of str to int
        Session type to ophys experiment id.
    neurons : dict of int to list of int
        By session, the cell specimen ids, in the order of its file.
    content : Content
    simulated : bool
        Whether the sources say that they are.
    files : dict of int to str
        The sources' NWB files, by session.
    """

    container: int
    sessions: dict[str, int]
    neurons: dict[int, list[int]]
    content: Content
    simulated: bool
    files: dict[int, str]

    @property
    def ids(self) -> list[int]:
        """All its neurons."""
        return sorted(set().union(*self.neurons.values()))

    def as_words(self) -> dict[str, Any]:
        """Return what ``excerpt.json`` says."""
        return {
            "about": f"{'Simulated recordings' if self.simulated else 'Recordings'} of experiment "
            f"container {self.container}, an excerpt. Written by visual_coding_course.",
            "format": FORMAT,
            "simulated": self.simulated,
            "container": self.container,
            "sessions": self.sessions,
            "neurons": {str(session): ids for session, ids in self.neurons.items()},
            "content": self.content.as_words(),
        }

    def names(self, session: int) -> Iterator[str]:
        """Files of a session: those of the practice recordings, events if they are kept."""
        recording, events, mean = layout.session_files(session)
        yield recording
        if self.content.events:
            yield events
        if "dff" in self.content.traces:
            yield mean


def plan(
    boc: Any,
    container: int,
    neurons: int | None = None,
    content: Content | None = None,
    always: Collection[int] = (),
) -> Plan:
    """Choose what an excerpt will hold; opens, and so downloads, the container's recordings.

    Parameters
    ----------
    boc : BrainObservatoryCache
    container : int
        Experiment container id.
    neurons : int, optional
        How many, all sessions together: those that were found in most sessions first, then by
        their ids. Otherwise all.
    content : Content, optional
        Otherwise all.
    always : collection of int
        Cell specimen ids that come before the others.

    Raises
    ------
    ExcerptError
        If there is no such container, or it has not such neurons.
    PracticeError
        If a recording cannot be had, or read.
    """
    found = boc.get_ophys_experiments(experiment_container_ids=[container], include_failed=True)
    if not found:
        known = boc.get_experiment_containers(include_failed=True)
        listed = ", ".join(str(one["id"]) for one in known[:20])
        raise ExcerptError(
            f"There is no experiment container {container} among these recordings. There are "
            f"{listed}{', …' if len(known) > 20 else ''}."
        )
    sessions = dict(sorted((one["session_type"], one["id"]) for one in found))
    data_sets = {number: boc.get_ophys_experiment_data(number) for number in sessions.values()}
    held = {number: reading.cell_specimen_ids(one).tolist() for number, one in data_sets.items()}
    chosen = {*_chosen(held, neurons, always)}
    files = {number: os.path.realpath(one.nwb_file) for number, one in data_sets.items()}
    return Plan(
        container=int(container),
        sessions=sessions,
        neurons={number: [one for one in ids if one in chosen] for number, ids in held.items()},
        content=content or Content(),
        simulated=any(map(reading.is_simulated, files.values())),
        files=files,
    )


def _chosen(
    held: dict[int, list[int]], neurons: int | None, always: Collection[int]
) -> Iterable[int]:
    count = Counter(number for ids in held.values() for number in ids)
    if unknown := sorted({*always} - count.keys()):
        raise ExcerptError(
            f"No session of this container has a neuron {', '.join(map(str, unknown))}."
        )
    order = sorted(count, key=lambda number: (number not in always, -count[number], number))
    return order[:neurons]


def to_download(boc: Any, container: int) -> list[int]:
    """Sessions whose recordings have to be downloaded before they can be read."""
    if not isinstance(boc, AllenCache):
        return []
    found = boc.get_ophys_experiments(experiment_container_ids=[container], include_failed=True)
    return [one["id"] for one in found if boc.get_nwb_filepath(one["id"]) is None]


def megabytes(boc: Any, plan: Plan) -> float:
    """Estimate how much an excerpt will take, from a few of its traces, packed."""
    total = 0
    for session, ids in plan.neurons.items():
        data_set = boc.get_ophys_experiment_data(session)
        raw = np.asarray(data_set.get_cell_specimen_ids())
        some = raw[np.isin(reading.cell_specimen_ids(data_set), ids[:SAMPLE])]
        for kind in plan.content.traces:
            if len(some):
                traces = getattr(data_set, f"get_{kind}_traces")(some)[1].astype(np.float32)
                packed = [len(chunks.deflated(one, kind == "dff")) for one in traces]
                total += sum(packed) / len(packed) * len(ids)
        frames = len(data_set.get_fluorescence_timestamps())
        # Clock, mean dF/F, running speed and motion are as many numbers again.
        total += frames * 8 * 3
        stimuli = reading.tables_of(data_set, plan.content)
        if plan.content.templates is None or plan.content.templates:
            for template in reading.templates_of(data_set, stimuli, plan.content).values():
                first = template[: nwb.TEMPLATE_ROWS[template[0].size > nwb.LARGE_IMAGE]]
                total += len(chunks.deflated(first)) * len(template) / len(first)
        total += 512 * 512 if plan.content.max_projection else 0
    total += sum(len(text) for text in catalogue(boc, plan).values())
    return total / 1e6


def write(boc: Any, plan: Plan, folder: Path, heed: Callable[[], None] = lambda: None) -> bool:
    """Write an excerpt, or go on with one that was begun; what is there is whole.

    Until all is written, it stands in a folder beside, whose name ends in ``.part``.

    Parameters
    ----------
    boc : BrainObservatoryCache
    plan : Plan
    folder : Path
    heed : callable
        Called now and then; may raise, to end what is done.

    Returns
    -------
    bool
        Whether anything had to be written.

    Raises
    ------
    ExcerptError
        If there is something else at `folder`, or another process writes there.
    OSError
        If the disk is full, or the folder cannot be written.
    """
    folder = Path(folder)
    if folder.exists():
        if kept.is_excerpt(folder) and kept.about(folder) == plan.as_words():
            if not (bad := kept.damaged(folder)):
                return False
            raise ExcerptError(f"{bad[0]} Delete {folder}, and call this again.")
        if not folder.is_dir() or any(folder.iterdir()):
            raise ExcerptError(f"There is something else at {folder}: name another folder.")
    begun = folder.with_name(folder.name + BEGUN)
    begun.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(begun.with_suffix(f"{BEGUN}.lock"))
    try:
        with lock.acquire(timeout=0):
            _Writing(boc, plan, begun, heed).run()
            if folder.is_dir():
                folder.rmdir()
            os.replace(begun, folder)
            Path(lock.lock_file).unlink(missing_ok=True)
    except filelock.Timeout:
        raise ExcerptError(f"Another process is writing {folder}.") from None
    return True


class _Writing:
    """Writes what is missing of an excerpt."""

    def __init__(self, boc: Any, plan: Plan, folder: Path, heed: Callable[[], None]):
        self.boc, self.plan, self.folder, self.heed = boc, plan, folder, heed
        self.done: dict[str, str] = {}

    def run(self) -> None:
        self._take_up()
        waiting = {
            session: [name for name in self.plan.names(session) if name not in self.done]
            for session in self.plan.sessions.values()
        }
        # Of demixed traces, few are written where the raw ones are kept, too.
        kinds = [one for one in self.plan.content.traces if one != "demixed"]
        steps = {
            session: len(self.plan.content.traces) + len(kinds) * len(self.plan.neurons[session])
            for session in waiting
        }
        total = sum(steps.values())
        there = sum(steps[session] for session, names in waiting.items() if not names)
        with Bar(total=total, initial=there, desc="Writing the excerpt", bar_format=STEPS) as bar:

            def tick() -> None:
                self.heed()
                bar.update()

            for session, names in waiting.items():
                if names:
                    self._session(session, names, tick)
        for name, text in catalogue(self.boc, self.plan).items():
            write_whole(self.folder / name, text)
        self._close()

    def _take_up(self) -> None:
        """Keep what is there of the same excerpt, from the same files; all else goes."""
        sources_now = {
            file: [os.stat(file).st_size, os.stat(file).st_mtime_ns]
            for file in self.plan.files.values()
        }
        wanted = json.dumps([self.plan.as_words(), sources_now], sort_keys=True)
        try:
            same = (self.folder / PLAN).read_text(encoding="utf-8") == wanted
            done = json.loads((self.folder / DONE).read_text(encoding="utf-8")) if same else {}
        except (OSError, ValueError):
            done = {}
        self.done = {
            name: known for name, known in done.items() if digest(self.folder / name) == known
        }
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path.relative_to(self.folder).as_posix() not in self.done:
                path.unlink()
        write_whole(self.folder / DONE, json.dumps(self.done))
        write_whole(self.folder / PLAN, wanted)

    def _session(self, session: int, names: list[str], tick: Callable[[], None]) -> None:
        source = reading.provenance_of(self.plan.files[session])
        provenance = source or sources.provenance(session, self.plan.container)
        ids = self.plan.neurons[session]
        recording = reading.read(self.boc, session, ids, self.plan.content, provenance, tick)
        writers = {
            ".nwb": lambda path: nwb.write(path, recording, tick),
            ".npz": lambda path: nwb.write_events(path, recording),
            ".npy": lambda path: nwb.write_mean(path, recording),
        }
        for name in names:
            if name.endswith(".npz") and recording.events is None:
                continue
            with replacing(self.folder / name) as path:
                writers[Path(name).suffix](path)
            self.done[name] = digest(self.folder / name)
            write_whole(self.folder / DONE, json.dumps(self.done))

    def _close(self) -> None:
        """Write what says what it is, and the checksums of all."""
        plan = self.plan
        about = json.dumps(plan.as_words(), indent=1)
        write_whole(self.folder / layout.EXCERPT, about)
        text = sources.readme(
            plan.container, len(plan.sessions), len(plan.ids), plan.simulated, layout.CHECKSUMS
        )
        write_whole(self.folder / README, text)
        for name in (PLAN, DONE):
            (self.folder / name).unlink()
        lines = [
            f"{digest(path)}  {path.relative_to(self.folder).as_posix()}\n"
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        ]
        write_whole(self.folder / layout.CHECKSUMS, "".join(lines))


def catalogue(boc: Any, plan: Plan) -> dict[str, str]:
    """Make the manifest and the tables: all containers and sessions, and the excerpt's neurons.

    Returns
    -------
    dict of str to str
        Text, by name of the file.
    """
    cells = boc.get_cell_specimens(ids=plan.ids, include_failed=True)
    made = {
        layout.MANIFEST: tables.manifest(),
        layout.CONTAINERS: boc.get_experiment_containers(include_failed=True, simple=False),
        layout.EXPERIMENTS: boc.get_ophys_experiments(include_failed=True, simple=False),
        layout.CELLS: cells,
        layout.MAPPINGS: tables.stimulus_mappings(cells[0] if cells else ()),
    }
    return {name: json.dumps(table, indent=1) for name, table in made.items()}
