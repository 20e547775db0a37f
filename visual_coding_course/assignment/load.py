"""Find an assignment in a course's folder, and load it as it was built."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat

from ..checking.modules import read_modules
from ..checking.test_files import read_tests
from ..shared.chosen import POOLS, read_class, read_pools
from ..shared.needs import Needs
from .assignment import NEEDED, Assignment, read_needs
from .left_out import ALONE, without_cells
from .marks import marks_of_others
from .parameters import values_in, with_values
from .settings import SETTINGS, Settings, SettingsError, left_in_metadata, read_settings

#: How what is built is kept: raised when what is built by another version cannot be read.
FORMAT = 4
#: Kinds of files that an assignment is made from.
MADE_FROM = (".ipynb", ".md", ".py", ".toml")
NOT_MADE_FROM = {".ipynb_checkpoints", "answers"}
#: In ``autograder/NAME/``: what it was built from, and right values for what comes after each
#: question; in ``files/`` there, what graders need.
MANIFEST, CARRIED = "build.json", "carried"
EXPECTED, RELEASED = "expected.npz", "released.json"


def needs_of(course: Path, name: str) -> Needs:
    """What an assignment needs besides plain data; nothing if there is no such assignment.

    Raises
    ------
    SettingsError
        If its settings name recordings that are not there, or that it has no use for.
    """
    source = course / "source" / name
    modules, folder = read_modules(source), recordings_of(course, name)
    if not folder:
        return read_needs(modules)
    file = f"source/{name}/{SETTINGS}"
    if read_needs(modules).at is None:
        raise SettingsError(
            f"{file} sets `recordings`, but the assignment is about none: its {NEEDED} declares no "
            "need for them. Take that line out."
        )
    try:
        return read_needs(modules, folder)
    except OSError as error:
        raise SettingsError(f"{file}: the `recordings` cannot be used. {error}") from error


def recordings_of(course: Path, name: str) -> str:
    """The folder of recordings that an assignment's settings name; empty if they name none."""
    chosen = read_settings(course / "source" / name).recordings
    return str((course / Path(chosen).expanduser()).absolute()) if chosen else ""


def load_assignment(course: Path, name: str) -> Assignment:
    """Load an assignment from a course folder.

    Parameters
    ----------
    course : Path
        Folder that holds ``source/`` and ``autograder/``.
    name : str
        Assignment name: that of its folder in ``source/``.

    Raises
    ------
    FileNotFoundError
        If there is no such assignment, or it has not been built.
    SettingsError
        If its settings cannot be used.
    """
    notebook_path = course / "source" / name / f"{name}.ipynb"
    if not notebook_path.is_file():
        known = sorted(path.parent.name for path in (course / "source").glob("*/*.ipynb"))
        raise FileNotFoundError(
            f"There is no assignment {name!r} in {course / 'source'}. "
            f"It holds: {', '.join(known) or 'none'}."
        )
    expected = course / "autograder" / name / "files" / EXPECTED
    if not expected.is_file():
        raise FileNotFoundError(
            f"{expected} is missing: the solution's values have not been built. "
            "Run `course build` first."
        )
    tests = read_tests(notebook_path.parent / "tests")
    modules = read_modules(notebook_path.parent)
    notebook = read_source(course, name)
    if left := left_in_metadata(notebook, name):
        raise SettingsError(left)
    settings = read_settings(notebook_path.parent)
    released = _released_as_built(course, name)
    if released is None:
        # Here and not above: importing nbgrader takes seconds.
        from .released import as_released

        released = nbformat.writes(as_released(notebook, tests, modules))
    return Assignment(
        name=name,
        released=released,
        tests=tests,
        expected=expected.read_bytes(),
        modules=modules,
        solution=nbformat.writes(notebook),
        limits=settings.limits_or(),
        show_right_answers=settings.show_right_answers,
        carry_forward=settings.carry_forward,
        title=settings.title,
        recordings=recordings_of(course, name),
        carried={
            path.stem: path.read_bytes()
            for path in sorted((course / "autograder" / name / CARRIED).glob("*.npz"))
        },
        others=marks_of_others(course, name),
        parameters=parameters_of(notebook, settings),
        pools=_pools_as_built(course, name, settings),
        listed=read_class(course / "autograder" / name) if settings.by_student else {},
        built=str((course / "autograder" / name).absolute()),
        attempts=settings.attempts,
    )


def _pools_as_built(course: Path, name: str, settings: Settings) -> dict[str, list[Any]]:
    """Of parameters that are chosen for each student, what the build froze."""
    folder = course / "autograder" / name
    pools = read_pools(folder) if settings.by_student else {}
    if missing := [one for one in settings.by_student if one not in pools]:
        raise FileNotFoundError(
            f"{folder / POOLS} does not say from what `{missing[0]}` is chosen for each student. "
            f"Run `course build {name}` first."
        )
    return {one: pools[one] for one in settings.by_student}


def read_source(course: Path, name: str, other: str = ALONE) -> nbformat.NotebookNode:
    """Read an assignment's source notebook, without the cells that are not for its files.

    Parameters have the values that the settings give for all.

    Parameters
    ----------
    course, name
        As in `load_assignment`.
    other : str
        Tag of the cells of the edition that it is not for.

    Raises
    ------
    SettingsError
        If they give one that no parameters cell sets.
    """
    notebook = nbformat.read(course / "source" / name / f"{name}.ipynb", as_version=4)
    notebook = without_cells(notebook, needs_of(course, name).left_out | {other})
    try:
        return with_values(notebook, read_settings(course / "source" / name).values)
    except LookupError as error:
        raise SettingsError(f"source/{name}/{SETTINGS}: {error}.") from None


def parameters_of(notebook: nbformat.NotebookNode, settings: Settings) -> dict[str, Any]:
    """The values of an assignment's parameters in its notebook, as `read_source` read that.

    Raises
    ------
    SettingsError
        If no parameters cell sets one of them to a plain value.
    """
    try:
        return values_in(notebook, settings.parameters)
    except LookupError as error:
        raise SettingsError(f"{SETTINGS}: {error}.") from None


def source_digest(course: Path, name: str) -> str:
    """Digest of what an assignment's release, solution and expected values are made from."""
    digest = sha256()
    source = course / "source" / name
    made_from = [*sorted(source.rglob("*")), Path(__file__).with_name("released.py")]
    for path in made_from:
        if path.suffix in MADE_FROM and not NOT_MADE_FROM.intersection(path.parts):
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def outdated(course: Path, name: str) -> str | None:
    """Say why an assignment has to be built before anything can be graded.

    Returns
    -------
    str, optional
        A sentence; None if it need not. Expected values that were put there by hand, with no
        manifest beside, are taken as they are.
    """
    built = course / "autograder" / name
    if not (built / "files" / EXPECTED).is_file():
        return f"{name} has not been built here."
    manifest = _manifest(built)
    if manifest is None:
        return None
    if manifest.get("source") != source_digest(course, name):
        return f"The source of {name} has changed since it was built."
    if manifest.get("format") != FORMAT:
        return f"{name} was built by another version of this package."
    if manifest.get("recordings") != needs_of(course, name).version:
        return f"{name} was built with other recordings."
    return None


def _manifest(built: Path) -> dict | None:
    """What was noted at the build; None if there is nothing, empty if it cannot be read."""
    try:
        return json.loads((built / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}


def _released_as_built(course: Path, name: str) -> str | None:
    """The student's notebook as it was built; None if its source has changed since."""
    built = course / "autograder" / name
    if (_manifest(built) or {}).get("source") != source_digest(course, name):
        return None
    try:
        return (built / "files" / RELEASED).read_text(encoding="utf-8")
    except OSError:
        return None
