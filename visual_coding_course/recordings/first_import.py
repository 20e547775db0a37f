"""Imports pynwb, also where it may not write into its own folder.

It keeps there what it has worked out, and gives up where it cannot: in a kernel that sees the
environment read-only, or as a user whom the environment does not belong to. And what another
process has not yet written to its end, it reads.
"""

import sys
from contextlib import contextmanager
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from ..inside.changed import replaced

NAME = "pynwb"
NEEDED = "nwb-schema"


def _import():
    """Import pynwb; if that fails, once more with a folder to write to that is gone afterwards."""
    try:
        __import__(NAME)
    except ModuleNotFoundError:
        raise
    except Exception:
        for name in [*sys.modules]:
            if name.partition(".")[0] == NAME:
                del sys.modules[name]
        with _a_folder_of_its_own():
            __import__(NAME)


@contextmanager
def _a_folder_of_its_own():
    """Have pynwb take another folder for its own."""
    real, package = resources.files, Path(find_spec(NAME).origin).parent
    with TemporaryDirectory() as folder:
        Path(folder, NEEDED).symlink_to(package / NEEDED)

        def files(*asked):
            return Path(folder) if asked == (NAME,) else real(*asked)

        with replaced(resources, "files", files):
            yield


_import()
