"""The files that stand beside a released notebook, so that a student needs nothing else."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import requires
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..checking.test_files import public_part, read_tests
from ..inside.changed import environment
from ..shared.chosen import CLASS, POOLS
from .left_out import without_parts
from .load import needs_of, recordings_of
from .settings import read_settings

#: In every release, and not kept by git.
REQUIREMENTS = "requirements.txt"
# Zip archives know no time before 1980; a fixed one makes the wheel the same on every machine.
WHEEL_TIME = "315532800"
PACKAGE, README = "visual_coding_course", "README.md"
#: Folder of recordings beside a notebook.
BESIDE = "recordings"
#: How an entry of a lock file begins.
PIN = re.compile(r"([\w.-]+)(\[[^]]*\])?==[^\\]+")
PASSING = shutil.ignore_patterns("__pycache__", "*.pyc", ".ipynb_checkpoints")


def release_files(course: Path, name: str) -> dict[str, bytes]:
    """Make the files of a release, apart from the notebook and what `source/` already has.

    Parameters
    ----------
    course : Path
        Course folder.
    name : str
        Assignment name.

    Returns
    -------
    dict of str to bytes
        Contents by path inside the release folder: public test files, the
        wheel of this package, `requirements.txt`, the README, and the recordings
        that the settings name, if they are to be beside the notebook.
    """
    tests = read_tests(course / "source" / name / "tests")
    files = {f"tests/{file}": public_part(source).encode() for file, source in tests.items()}
    wheel, content = build_wheel(course)
    files[wheel] = content
    needs = needs_of(course, name)
    files[REQUIREMENTS] = student_requirements(course, f"./{wheel}", needs.extra).encode()
    readme = course / "source" / name / README
    if readme.is_file():
        text = readme.read_text(encoding="utf-8")
        files[README] = without_parts(text, needs.left_out).encode()
    files |= {place: path.read_bytes() for place, path in recordings_beside(course, name).items()}
    if named := recordings_named(course, name):
        files[needs.named] = named.encode()
    if read_settings(course / "source" / name).by_student:
        # Those that the last build froze; the next one writes its own over them.
        files |= {one: _as_built(course, name, one) for one in (POOLS, CLASS)}
    return files


def _as_built(course: Path, name: str, file: str) -> bytes:
    try:
        return (course / "autograder" / name / file).read_bytes()
    except FileNotFoundError:
        return b"{}"


def recordings_named(course: Path, name: str, at: str = "") -> str:
    """Say which recordings an assignment is about, for a file beside the notebook.

    Parameters
    ----------
    course, name
        As in `release_files`.
    at : str
        Where they are, if not where the settings tell students to find them.

    Returns
    -------
    str
        Empty for the usual ones.
    """
    settings = read_settings(course / "source" / name)
    if not settings.recordings:
        return ""
    told = {
        "at": at or settings.recordings_at or BESIDE,
        "version": needs_of(course, name).version,
    }
    return json.dumps(told, indent=1) + "\n"


def recordings_beside(course: Path, name: str) -> dict[str, Path]:
    """Tell which files of recordings lie beside the notebook, by their places there."""
    folder, settings = recordings_of(course, name), read_settings(course / "source" / name)
    if not folder or settings.recordings_at:
        return {}
    return {
        f"{BESIDE}/{path.relative_to(folder).as_posix()}": path
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }


def build_wheel(course: Path) -> tuple[str, bytes]:
    """Build this package's wheel; the same sources give the same bytes.

    Its version ends in a digest of its content: pip leaves an installed wheel of the same version
    as it is, and a repaired check would never reach a student.

    Returns
    -------
    (str, bytes)
        File name and content.
    """
    from flit_core.wheel import make_wheel_in

    with TemporaryDirectory() as folder, environment({"SOURCE_DATE_EPOCH": WHEEL_TIME}):
        copy = Path(folder)
        shutil.copytree(course / PACKAGE, copy / PACKAGE, ignore=PASSING)
        for name in ("pyproject.toml", "LICENSE", "README.md"):
            if (course / name).is_file():
                shutil.copy(course / name, copy / name)
        top = copy / PACKAGE / "__init__.py"
        source = top.read_text(encoding="utf-8")
        version = f'\\g<1>+{content_digest(course)}"'
        top.write_text(re.sub(r'^(__version__ = "[^"+]+)"', version, source, flags=re.M))
        made = make_wheel_in(copy / "pyproject.toml", copy)
        return made.file.name, Path(made.file).read_bytes()


def content_digest(course: Path) -> str:
    """Digest of what the wheel holds: the local part of its version."""
    digest = sha256((course / "pyproject.toml").read_bytes())
    for path in sorted((course / PACKAGE).rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(course).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def student_requirements(course: Path, wheel: str, extra: str | None = None) -> str:
    """Pin what a student's notebook needs, to the versions of `requirements.lock`.

    Parameters
    ----------
    course : Path
        Course folder.
    wheel : str
        Where pip finds this package.
    extra : str, optional
        Extra of it that the assignment needs. It is not asked for by its name: all that it brings
        is among the pins.
    """
    pins = locked_pins((course / "requirements.lock").read_text(encoding="utf-8"))
    needed = _needed(course, pins, extra)
    lines = [
        "# Made by `course build`. With Python 3.11, in this folder:",
        "#     python -m pip install -r requirements.txt",
        wheel,
        *(pins[name] for name in sorted(needed)),
    ]
    return "\n".join(lines) + "\n"


def locked_entries(lock: str, names: Iterable[str]) -> str:
    """Take some packages' entries out of a hash-pinned lock file, with their hashes."""
    wanted, taking, taken = set(map(canonicalize_name, names)), False, []
    for line in lock.splitlines():
        if pin := PIN.match(line):
            taking = canonicalize_name(pin[1]) in wanted
        if taking and not line.lstrip().startswith("#"):
            taken.append(line)
    return "\n".join(taken) + "\n"


def locked_pins(lock: str) -> dict[str, str]:
    """Read the pins of a hash-pinned lock file, by canonical name, without the hashes."""
    pins = {}
    for line in lock.splitlines():
        if pin := PIN.match(line):
            pins[canonicalize_name(pin[1])] = pin[0].strip()
    return pins


def _needed(course: Path, pins: dict[str, str], extra: str | None) -> set[str]:
    """Names of the locked packages that a student's install pulls in."""
    import tomllib

    project = tomllib.loads((course / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: set[str] = set()
    more = project["optional-dependencies"][extra] if extra else []
    waiting = [Requirement(line) for line in [*project["dependencies"], *more]]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = {f"{name}[{extra}]" for extra in requirement.extras} or {name}
        if name not in pins or extras <= found:
            continue
        found |= extras | {name}
        waiting += _requirements_of(name, requirement.extras)
    return {name for name in found if "[" not in name}


def _requirements_of(name: str, extras: set[str]) -> list[Requirement]:
    listed = [Requirement(line) for line in requires(name) or []]
    return [
        requirement
        for requirement in listed
        if requirement.marker is None
        or any(requirement.marker.evaluate({"extra": extra}) for extra in (*extras, ""))
    ]
