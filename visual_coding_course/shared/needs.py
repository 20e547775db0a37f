"""What an assignment needs besides plain data: files to read, and the objects that read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Needs:
    """What is needed; an assignment that is about plain data needs nothing.

    Attributes
    ----------
    version : str
        Of the files: with others, grades may be others.
    folder : callable, optional
        Returns the folder of the files, which it makes if they are missing. Kernels see it.
    beside : callable, optional
        Returns another folder that kernels see, with what is made of the files.
    variable : str
        Environment variable that tells a kernel where that is.
    alone : str
        Environment variable that tells a kernel, by being set, that it is to open nothing else.
    settings : tuple of str
        Environment variables that whoever grades together must have the same.
    shown : tuple of str
        Files of this package, by their path in it, that kernels see: what opens the files.
    preload : tuple of str
        Modules that kernels have imported before a notebook begins, in this order.
    imported : tuple of str
        Modules that those who check answers import.
    packages : tuple of str
        Installed packages whose versions a grade may depend on.
    extra : str, optional
        Extra of this package, in ``pyproject.toml``, that installs what students need for it.
    kinds : str, optional
        Module that says how such objects are described; see `inside.kinds`.
    becomes : callable
        ``(kind, data) -> object``: what stands for a described object where answers are checked.
    left_out : frozenset of str
        Tags of cells, and names of parts of the README, that are not for these files.
    note : str
        What feedback pages say of the files.
    damaged : callable, optional
        Says in sentences which of the files are not as they were made; takes a while.
    at : callable, optional
        ``(folder) -> Needs``: the same for the files of a folder that an assignment names, or
        that a file called `named` in it names. Raises OSError with a sentence if it holds none.
    named : str
        File beside a notebook that names the folder; whoever opens the files looks there.
    """

    version: str = ""
    folder: Callable[[], Path] | None = None
    beside: Callable[[], Path] | None = None
    variable: str = ""
    alone: str = ""
    settings: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    imported: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    extra: str | None = None
    kinds: str | None = None
    becomes: Callable[[str, Mapping[str, Any]], Any] | None = None
    left_out: frozenset[str] = frozenset()
    note: str = ""
    damaged: Callable[[], list[str]] | None = None
    at: Callable[[Path], Needs] | None = None
    named: str = ""

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders, if there are any; made now if they are missing."""
        return tuple(make() for make in (self.folder, self.beside) if make is not None)

    @property
    def environment(self) -> dict[str, str]:
        """What tells a kernel that grades where the folder is, and that there is no other."""
        if not (self.folder and self.variable):
            return {}
        return {self.variable: str(self.folder())} | ({self.alone: "1"} if self.alone else {})

    @property
    def foreign(self) -> dict[str, Callable]:
        """What `inside.rebuild.Foreign` takes of it."""
        return {} if self.becomes is None else {"object": self.becomes}


NOTHING = Needs()
