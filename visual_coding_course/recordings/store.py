"""The folder of practice recordings: built once per machine, checked whenever it is opened.

Each file is written under another name, flushed to the disk, renamed, and only then entered with
its size, time and checksum in ``contents.json``. A file counts only if it is entered there and
still looks as entered. So a build that was interrupted is taken up where it stopped, and a file
that was damaged is built again, alone.

Opening compares size and modification time of each file, which takes a millisecond. Only where
the time differs is the checksum computed: a copied folder passes, a changed byte does not. Bits
that rot without a trace in the file system are left to HDF5, which checks each chunk it reads.
"""

import contextlib
import errno
import gc
import json
import zlib
from pathlib import Path

import filelock

from ..shared.bar import STEPS, Bar
from ..shared.files import PARTIAL, replacing, short
from . import facts, interrupts, layout
from .errors import FULL, READ_ONLY, build_error, is_about_files
from .seeds import DEFAULT_SEED

#: Errors of a file system that cannot lock; where the call itself is missing, filelock knows.
NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
STEPS_PER_CELL = 4  # one when simulated, one for each of three traces written


def folder_for(seed=DEFAULT_SEED):
    """Where the recordings of this version and seed are or will be.

    Returns
    -------
    pathlib.Path
    """
    return layout.cache_folder() / f"practice-{layout.VERSION}-{seed}"


def checksum(path):
    """CRC-32 of a file; enough to notice damage, which is not made on purpose."""
    value = 0
    with open(path, "rb") as file:
        while block := file.read(1 << 22):
            value = zlib.crc32(block, value)
    return value


class Store:
    """One folder of practice recordings.

    Parameters
    ----------
    folder : path-like
    seed : int
    """

    megabytes = 300  # that a build takes
    doing = "Building the practice recordings (once)"

    def __init__(self, folder, seed=DEFAULT_SEED):
        self.folder, self.seed = Path(folder), seed

    def damaged(self):
        """Files that are missing, or not as they were built.

        Returns
        -------
        list of str
            Relative to the folder, in the order in which they are built; empty if all is well.
        """
        entered = self._contents()
        touched, bad = False, []
        for name in layout.all_files():
            entry, path = entered.get(name), self.folder / name
            try:
                state = path.stat()
                if entry is None or state.st_size != entry["size"]:
                    bad.append(name)
                elif state.st_mtime_ns != entry["time"]:
                    if checksum(path) != entry["crc32"]:
                        bad.append(name)
                    else:
                        entry["time"], touched = state.st_mtime_ns, True
            except (OSError, KeyError, TypeError):
                bad.append(name)
        if touched:
            with contextlib.suppress(OSError):  # a read-only copy stays slow to open, no more
                self._enter(entered)
        return bad

    def ensure(self):
        """Build what is missing or damaged; wait if another process is building.

        Returns
        -------
        pathlib.Path
            The folder, whole.

        Raises
        ------
        BuildError
            If the folder cannot be written or the disk is full.
        """
        if not self.damaged():
            return self.folder
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._locked():
                # Another process may have built them while this one waited for the lock.
                bad = self.damaged()
                if bad:
                    self._build(bad)
        except Exception as error:
            if not is_about_files(error):
                raise
            explained = build_error(error, short(self.folder), layout.VARIABLE, self.megabytes)
            # A page of HDF5 internals helps nobody whose disk is full.
            raise explained from (None if explained.errno in (*FULL, *READ_ONLY) else error)
        return self.folder

    def _locked(self):
        """Lock the folder; where the file system cannot, as some NFS, by a file that is there."""
        path = f"{self.folder}.lock"
        try:
            return filelock.FileLock(path).acquire()
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
            return filelock.SoftFileLock(f"{path}.held").acquire()

    def _contents(self):
        """What is entered in contents.json; nothing if that cannot be read."""
        try:
            text = (self.folder / layout.CONTENTS).read_text(encoding="utf-8")
            return dict(json.loads(text)["files"])
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _enter(self, entered):
        """Replace contents.json."""
        about = "Simulated recordings. Written by visual_coding_course; safe to delete."
        text = json.dumps({"about": about, "seed": self.seed, "files": entered}, indent=1)
        with replacing(self.folder / layout.CONTENTS) as path:
            path.write_text(text, encoding="utf-8")

    def _build(self, names):
        """Build some of the files, with a progress bar. The lock is held."""
        for path in self.folder.rglob(f"*{PARTIAL}"):  # an interrupted build's
            path.unlink()
        entered = {name: entry for name, entry in self._contents().items() if name not in names}
        sessions = {
            letter: [name for name in layout.session_files(number) if name in names]
            for letter, number in facts.session_ids().items()
        }
        with interrupts.heeded() as self._check, self._progress(names) as bar:

            def tick(steps=1):
                self._check()
                bar.update(steps)

            for letter, files in sessions.items():
                if files:
                    self._build_session(letter, files, entered, tick)
            for name in layout.TABLES:
                if name in names:
                    self._build_table(name, entered, tick)

    def _progress(self, names):
        """A progress bar; none where there is next to nothing to do."""
        steps = self._steps(names)
        return Bar(
            total=steps,
            desc=self.doing,
            bar_format=STEPS,
            disable=not steps,
        )

    def _steps(self, names):
        """How many steps the progress bar goes for these files: it counts cells."""
        from .population import population

        count = {letter: len(order) for letter, order in population(self.seed).order.items()}
        steps = sum(
            STEPS_PER_CELL * count[letter]
            for letter, number in facts.session_ids().items()
            if not set(names).isdisjoint(layout.session_files(number))
        )
        return steps + (sum(count.values()) if layout.CELLS in names else 0)

    def _build_session(self, letter, names, entered, tick):
        """Simulate one session and write its files, or some of them."""
        from . import nwb, simulate

        recording = simulate.recording(letter, self.seed, tick=tick)
        writers = {".nwb": lambda path: nwb.write(path, recording, tick)}
        writers[".npz"] = lambda path: nwb.write_events(path, recording)
        writers[".npy"] = lambda path: nwb.write_mean(path, recording)
        for name in names:
            with replacing(self.folder / name) as path:
                writers[Path(name).suffix](path)
            self._record(name, entered)
        gc.collect()  # a session holds half a gigabyte

    def _build_table(self, name, entered, tick):
        """Write one of the JSON tables, the cells' from the sessions that are there already."""
        from . import metrics, nwb, tables

        def load(letter):
            number = facts.session(letter)["ophys_experiment_id"]
            traces = nwb.read_traces(self.folder / layout.DATA_FILE.format(number))
            tick(len(traces[0]))
            return metrics.Traces(*traces)

        with replacing(self.folder / name) as path:
            path.write_text(tables.table(name, self.seed, load), encoding="utf-8")
        self._record(name, entered)

    def _record(self, name, entered):
        """Enter a finished file in contents.json."""
        self._check()
        path = self.folder / name
        state = path.stat()
        size, time = state.st_size, state.st_mtime_ns
        entered[name] = {"size": size, "time": time, "crc32": checksum(path)}
        self._enter(entered)
