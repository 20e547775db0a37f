"""What came with a notebook and has to be beside it: found, or told to be missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from ..checking.modules import read_modules
from ..inside.sentences import in_sentences
from ..shared.files import short
from .saved import told

#: There in a course's own folder, and not where a wheel was installed.
COURSE_SETTINGS = Path(__file__).resolve().parents[2] / "nbgrader_config.py"
NO_TESTS = (
    "The folder `{}`, which came with this notebook, is not in {}, where it runs. Open the "
    "notebook in the folder that you were given, with all that is in it (unpack a zip file first), "
    "and restart the kernel."
)
WENT = "This kernel began in another folder. It works in the notebook's own now: {}"
NOT_WHOLE = (
    "`{}`, which came with this notebook, is not beside it in {}, or not whole. {}, and run this "
    "cell again."
)
AGAIN = "Copy it again from what you were given"
PIP = "run `%pip install -r requirements.txt` in a cell"
UV = "run `uv pip install -r requirements.txt` in a terminal, in the notebook's folder"
NOT_BUILT = "Type `./course build` in a terminal, in the course's folder"


def find_tests(name: str) -> Path:
    """Find the folder of a notebook's test files, and go to the notebook's folder.

    Parameters
    ----------
    name : str
        Path of the folder, from the notebook.

    Returns
    -------
    Path
        Absolute, so that it is found wherever the notebook goes.

    Raises
    ------
    FileNotFoundError
        If it is neither in the working directory nor beside the notebook that an editor names.
    """
    if Path(name).is_dir():
        return Path(name).absolute()
    for folder in (path.parent for path in told()):
        if (folder / name).is_dir():
            os.chdir(folder)
            print(WENT.format(short(folder)))
            return Path(name).absolute()
    raise FileNotFoundError(NO_TESTS.format(Path(name), short(Path())))


@contextmanager
def all_there(folder: Path) -> Iterator[None]:
    """Say, where one of the assignment's own modules cannot be imported in the block, which.

    Parameters
    ----------
    folder : Path
        The notebook's.

    Raises
    ------
    FileNotFoundError
        If it is missing, or something in it is.
    """
    with in_sentences(FileNotFoundError):
        try:
            yield
        except ImportError as error:
            top = (error.name or "").partition(".")[0]
            own = {path.partition("/")[0].removesuffix(".py") for path in read_modules(folder)}
            if not top or (top not in own and find_spec(top)):
                raise
            name = error.name.replace(".", "/")
            built = (folder.parents[1] / "source" / folder.name).is_dir()
            what_to_do = NOT_BUILT if built else AGAIN
            raise FileNotFoundError(NOT_WHOLE.format(name, short(folder), what_to_do)) from None


def other_version(folder: Path) -> str | None:
    """Say that the installed checks are not those that a release brings, and what to do.

    Parameters
    ----------
    folder : Path
        The notebook's, where the release's wheel lies.

    Returns
    -------
    str, optional
        None where they are, and in a course's own folder, which is installed as it stands.
    """
    released = [path.name.split("-")[1] for path in folder.glob("visual_coding_course-*.whl")]
    installed = version("visual-coding-course")
    if not released or installed in released or COURSE_SETTINGS.is_file():
        return None
    return (
        f"This notebook comes with version {released[0]} of its checks; installed is {installed}. "
        f"To install it, {PIP if find_spec('pip') else UV}, and restart the kernel."
    )
