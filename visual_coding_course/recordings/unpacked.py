"""A copy of the practice recordings that is read several times faster, and takes more space.

For machines that open the recordings again and again, such as those that grade. Traces lie in the
files as they will in memory, so that reading them is copying them out of the operating system's
cache. Everything else is as it was; AllenSDK reads both alike.
"""

import shutil

import h5py

from ..shared.files import replacing
from .seeds import DEFAULT_SEED
from .store import Store, folder_for

PACKED = "stimulus"  # its templates are large, and seldom read
LARGE = 1 << 19  # bytes; opening smaller datasets, such as masks, takes longer than unpacking them
SUFFIX = "-unpacked"


class UnpackedStore(Store):
    """The folder of the copy, made and checked like that of the practice recordings.

    Parameters
    ----------
    folder : path-like
    source : store.Store
        What is copied; built, too, where it is missing.
    """

    megabytes = 800
    doing = "Unpacking the practice recordings (once)"

    def __init__(self, folder, source):
        super().__init__(folder, source.seed)
        self.source = source

    def _build(self, names):
        self.source.ensure()
        super()._build(names)

    def _steps(self, names):
        return sum((self.source.folder / name).stat().st_size for name in names)

    def _build_session(self, letter, names, entered, tick):
        for name in names:
            self._build_table(name, entered, tick)

    def _build_table(self, name, entered, tick):
        original = self.source.folder / name
        with replacing(self.folder / name) as path:
            if original.suffix == ".nwb":
                unpack(original, path, tick)
            else:
                shutil.copyfile(original, path)
        self._record(name, entered)
        tick(original.stat().st_size)


def unpacked_store(seed=DEFAULT_SEED):
    """Where the copy is or will be."""
    folder = folder_for(seed)
    return UnpackedStore(folder.with_name(folder.name + SUFFIX), Store(folder, seed))


def unpack(original, path, tick=lambda steps: None):
    """Copy an NWB file, with its traces neither compressed nor in chunks.

    Parameters
    ----------
    original : path-like
    path : path-like
        Overwritten if it exists.
    tick : callable
        Called with 0 after each dataset and group, so that a user can break off there.
    """
    with h5py.File(original) as source, h5py.File(path, "w", libver=("earliest", "v110")) as target:
        _copy_group(source, target, {}, tick)


def _copy_group(source, target, copied, tick):
    """Copy what a group holds. `copied` has what is written, by its address in the original file.

    One clock stands in several places of the file as one object, and should again.
    """
    for name, item in source.items():
        address = h5py.h5o.get_info(item.id).addr
        if address in copied:
            target[name] = copied[address]
        elif isinstance(item, h5py.Group) and item.name.strip("/") != PACKED:
            copied[address] = target.create_group(name)
            _copy_group(item, copied[address], copied, tick)
        elif isinstance(item, h5py.Dataset) and item.chunks and item.nbytes >= LARGE:
            copied[address] = target.create_dataset(name, data=item[()])
        else:
            source.copy(item, target, name)
            copied[address] = target[name]
        tick(0)
