"""Download a large file: with the time left, from where an earlier download broke off."""

import os
from pathlib import Path

import requests

from ..shared.bar import Bar
from ..shared.files import PARTIAL

BYTES = "{l_bar}{bar}| {n_fmt}/{total_fmt} [{elapsed}{left}, {rate_fmt}]"
BLOCK = 1 << 16  # what breaks off within one is lost
SECONDS = 60  # without a byte, until a connection is given up
WHOLE, PART, NOT_SATISFIABLE = 200, 206, 416


def download(address, path, title):
    """Download a file, which is there when it is whole, and not before.

    What came of it stays beside it when this breaks off; the next call asks for the rest.

    Parameters
    ----------
    address : str
        Of http or https.
    path : path-like
    title : str
        Before the progress bar.

    Raises
    ------
    requests.exceptions.RequestException, ConnectionError
        If it does not come to its end.
    OSError
        If it cannot be written.
    """
    partial = Path(f"{path}{PARTIAL}")
    have = partial.stat().st_size if partial.is_file() else 0
    # What is packed for the way could not be gone on with.
    asked = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with requests.get(address, headers=asked, stream=True, timeout=SECONDS) as answer:
        if answer.status_code != NOT_SATISFIABLE:
            answer.raise_for_status()
            _keep(answer, partial, have if answer.status_code == PART else 0, title)
            os.replace(partial, path)
            return
    # It is longer than the file there now: that is another one.
    partial.unlink()
    download(address, path, title)


def _keep(answer, partial, have, title):
    """Write what comes behind what is there already."""
    length = answer.headers.get("Content-Length")
    total = have + int(length) if length else None
    with (
        open(partial, "ab" if have else "wb") as file,
        Bar(
            total=total,
            initial=have,
            desc=title,
            unit="B",
            unit_scale=True,
            bar_format=BYTES,
        ) as bar,
    ):
        for block in answer.iter_content(BLOCK):
            file.write(block)
            bar.update(len(block))
        file.flush()
        os.fsync(file.fileno())
        if total is not None and file.tell() != total:
            raise ConnectionError(f"it broke off after {file.tell()} of {total} bytes")
