"""An excerpt as it lies in its folder: what it says of itself, and whether it is whole."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from . import layout
from .errors import DamagedError


def is_excerpt(folder: Path) -> bool:
    """Whether a folder holds an excerpt."""
    return (folder / layout.EXCERPT).is_file() and (folder / layout.CHECKSUMS).is_file()


def about(folder: Path) -> dict[str, Any]:
    """Return what an excerpt says of itself: `Plan.as_words`.

    Raises
    ------
    DamagedError
        If that cannot be read.
    """
    try:
        return dict(json.loads((folder / layout.EXCERPT).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise DamagedError(
            f"{folder / layout.EXCERPT} cannot be read ({error}). Copy the excerpt again."
        ) from None


def version(folder: Path) -> str:
    """Return what tells an excerpt from all others, by its checksums."""
    return hashlib.sha256((folder / layout.CHECKSUMS).read_bytes()).hexdigest()[:12]


def damaged(folder: Path) -> list[str]:
    """Say which files are missing, or not as they were made; a sentence for each."""
    sentences = []
    for line in (folder / layout.CHECKSUMS).read_text(encoding="utf-8").splitlines():
        known, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file():
            sentences.append(f"{path} is missing.")
        elif digest(path) != known:
            sentences.append(f"{path} is not as it was made: its checksum differs.")
    return sentences


def size(folder: Path) -> float:
    """How much a folder takes, MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def room(folder: Path) -> float:
    """How much space there is where a folder will be, MB."""
    above = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
    return shutil.disk_usage(above).free / 1e6


def digest(path: Path) -> str | None:
    """Return a file's SHA-256; None if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
