"""The excerpt that a notebook is about: a file beside the notebook says where it is."""

import json
import shutil
import zipfile
from pathlib import Path
from urllib.parse import urlparse

from requests.exceptions import RequestException

from . import kept, layout
from .download import download
from .errors import DamagedError, NoNetworkError

ASK = "Ask whoever gave you the notebook."
OFFLINE = (RequestException, ConnectionError)


def folder_of(beside):
    """The folder of the excerpt that is named beside a notebook; downloaded now if need be.

    Parameters
    ----------
    beside : path-like
        The notebook's folder.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    DamagedError
        If it is not there, or another one; says where it was looked for.
    NoNetworkError
        If it is to be downloaded, and cannot be.
    """
    at, version = _told(beside)
    if _is_address(at):
        return _downloaded(at, version)
    folder = _folder(beside, at, version)
    if not kept.is_excerpt(folder):
        raise DamagedError(
            f"The recordings of this notebook are not at {folder}, where {layout.NAMED} beside it "
            f"says that they are. Leave the notebook in the folder that you were given. {ASK}"
        )
    if kept.version(folder) != version:
        raise DamagedError(
            f"The recordings at {folder} are others than this notebook's: version "
            f"{kept.version(folder)}, not {version}. {ASK}"
        )
    return folder


def expected_at(beside):
    """Where the excerpt that is named beside a notebook is, or will be once it is downloaded.

    Parameters
    ----------
    beside : path-like
        The notebook's folder.

    Returns
    -------
    (pathlib.Path, str or None)
        The folder, and from which address it is downloaded.

    Raises
    ------
    DamagedError
        If the file that names it cannot be read.
    """
    at, version = _told(beside)
    return _folder(beside, at, version), at if _is_address(at) else None


def _told(beside):
    """What the file beside a notebook says: where its excerpt is, and which version."""
    file = Path(beside) / layout.NAMED
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        at, version = str(told["at"]), str(told["version"]).removeprefix("excerpt ")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedError(
            f"{file.absolute()} does not say where the recordings are ({type(error).__name__}). "
            "Copy it again from what you were given."
        ) from None
    return at, version


def _is_address(at):
    return urlparse(at).scheme in ("http", "https")


def _folder(beside, at, version):
    if _is_address(at):
        return layout.cache_folder() / f"excerpt-{version}"
    return (Path(beside) / Path(at).expanduser()).absolute()


def _downloaded(address, version):
    """Download a zip of an excerpt into the cache folder, once; it is there whole or not at all."""
    target = _folder("", address, version)
    if kept.is_excerpt(target):
        return target
    archive, unpacked = (target.with_name(f"{target.name}{end}") for end in (".zip", ".unpacked"))
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        download(address, archive, "Downloading the recordings (once)")
    except OFFLINE as error:
        raise NoNetworkError(
            f"The recordings of this notebook cannot be downloaded from {address} ({error}). Try "
            "again with a network: what came of them is kept."
        ) from None
    try:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(unpacked)
        found = next(unpacked.rglob(layout.CHECKSUMS), None)
        folder = found and found.parent
        if not (folder and kept.is_excerpt(folder) and kept.version(folder) == version):
            raise DamagedError(
                f"What is at {address} is not the recordings of this notebook, version {version}. "
                f"{ASK}"
            )
        if bad := kept.damaged(folder):
            raise DamagedError(f"The download of {address} is damaged. {bad[0]} Try again.")
        folder.rename(target)
    except zipfile.BadZipFile:
        raise DamagedError(f"What is at {address} is not a zip of recordings. {ASK}") from None
    finally:
        archive.unlink()
        shutil.rmtree(unpacked, ignore_errors=True)
    return target
