"""An assignment's own modules: its test files, and they themselves, import them by their names.

They stand in the assignment's folder, and travel with it as text. Two assignments in one process,
or one as it was and as it is, do not meet: what one imports, no other finds.
"""

from __future__ import annotations

import os.path
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

#: Folders beside an assignment's modules that hold no modules.
NO_MODULES = {"tests", "answers", "__pycache__", ".ipynb_checkpoints"}

_lock = threading.RLock()


def read_modules(folder: Path) -> dict[str, str]:
    """Read the modules of an assignment.

    Parameters
    ----------
    folder : Path
        Of its source, or of what a student got.

    Returns
    -------
    dict of str to str
        Their text, by path in the folder.
    """
    paths = sorted([*folder.glob("*.py"), *folder.glob("*/*.py")])
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in paths
        if path.parent == folder
        or (path.parent.name not in NO_MODULES and (path.parent / "__init__.py").is_file())
    }


@contextmanager
def importable(sources: Mapping[str, str]) -> Iterator[None]:
    """Let an assignment's modules be imported in this block: at the top of files, not later.

    Parameters
    ----------
    sources : mapping of str to str
        From `read_modules`.
    """
    finder = _finder(tuple(sorted(sources.items())))
    with _lock:
        hidden = {name: sys.modules.pop(name) for name in finder.own(sys.modules)}
        sys.modules.update(finder.loaded)
        sys.meta_path.insert(0, finder)
        try:
            yield
        finally:
            sys.meta_path.remove(finder)
            finder.loaded |= {name: sys.modules.pop(name) for name in finder.own(sys.modules)}
            sys.modules.update(hidden)


def import_from(folder: Path, name: str) -> ModuleType:
    """Import one of the modules of the assignment in a folder, such as ``"checks.truth"``."""
    with importable(read_modules(folder)):
        return import_module(name)


def module_name(path: str) -> str:
    """Name of a module by its path in the assignment's folder."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def place_of(error: BaseException) -> tuple[str, int] | None:
    """Tell where in an assignment's own files an error was raised.

    Returns
    -------
    (str, int) or None
        Path in the assignment's folder, and line; None if it was not raised below one of them.
        They are the files that are compiled under a path that is relative.
    """
    places = [(one.filename, one.lineno) for one in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno or 1))
    own = [place for place in places if place[0].endswith(".py") and not os.path.isabs(place[0])]
    return own[-1] if own else None


class _Finder(MetaPathFinder, InspectLoader):
    """Finds the modules of one assignment."""

    def __init__(self, sources: Mapping[str, str]):
        self._paths = {module_name(path): path for path in sources}
        self._sources = sources
        self._top = {name.partition(".")[0] for name in self._paths}
        self.loaded: dict[str, ModuleType] = {}

    def own(self, names: Iterable[str]) -> list[str]:
        """Those of the names of modules that are this assignment's."""
        top = self._top
        return [name for name in [*names] if name.partition(".")[0] in top]

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        """Find a module by its name."""
        if fullname not in self._paths:
            return None
        return spec_from_loader(fullname, self, origin=self._paths[fullname])

    def is_package(self, fullname: str) -> bool:
        """Whether a module has others in it."""
        return self._paths[fullname].endswith("__init__.py")

    def get_source(self, fullname: str) -> str:
        """Return a module's text."""
        return self._sources[self._paths[fullname]]

    def get_code(self, fullname: str):
        """Compile a module."""
        return self.source_to_code(self.get_source(fullname), self._paths[fullname])


@lru_cache(maxsize=8)
def _finder(sources: tuple[tuple[str, str], ...]) -> _Finder:
    return _Finder(dict(sources))
