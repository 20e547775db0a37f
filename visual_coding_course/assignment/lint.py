"""Look an assignment's source over, and say what its author has to repair."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat

from .settings import SettingsError, left_in_metadata, read_settings


def lint(course: Path, name: str) -> list[str]:
    """Look for what is wrong in the source of an assignment.

    Parameters
    ----------
    course : Path
        Course folder.
    name : str
        Assignment name.

    Returns
    -------
    list of str
        A sentence for each thing, that says where, and what to do; empty if all is well.
    """
    folder = course / "source" / name
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    return [*_of_settings(folder, notebook)]


def _of_settings(folder: Path, notebook: nbformat.NotebookNode) -> Iterator[str]:
    if left := left_in_metadata(notebook, folder.name):
        yield left
    try:
        read_settings(folder)
    except SettingsError as error:
        yield from error.args
