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
    variable : str
        Environment variable that tells a kernel where that is.
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
    """

    version: str = ""
    folder: Callable[[], Path] | None = None
    variable: str = ""
    settings: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    imported: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    extra: str | None = None
    kinds: str | None = None
    becomes: Callable[[str, Mapping[str, Any]], Any] | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folder, if there is one; made now if it is missing."""
        return () if self.folder is None else (self.folder(),)

    @property
    def environment(self) -> dict[str, str]:
        """What tells a kernel where the folder is."""
        return {self.variable: str(self.folder())} if self.folder and self.variable else {}

    @property
    def foreign(self) -> dict[str, Callable]:
        """What `inside.rebuild.Foreign` takes of it."""
        return {} if self.becomes is None else {"object": self.becomes}


NOTHING = Needs()
