"""The autograder zip: otter's, with the course in it, which grades for Gradescope and for otter."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..shared.chosen import CLASS, POOLS
from ..shared.files import write_whole
from .assignment import Assignment
from .load import CARRIED, EXPECTED, FORMAT, MANIFEST, NOT_MADE_FROM, RELEASED, source_digest
from .release import (
    BESIDE,
    build_wheel,
    locked_entries,
    recordings_beside,
    recordings_named,
)
from .settings import SETTINGS, read_settings

ZIP = "autograder.zip"
#: Folder in the zip that is a course with this assignment alone, and all that grading it takes.
COURSE = "course"
#: In it: the packages that install the others, and those that build what comes as source only.
LOCK, UV_LOCK, BUILD_LOCK = "requirements.lock", "uv.lock.txt", "build.lock.txt"
BUILDERS = ("flit-core", "setuptools", "wheel")
CONTAINER = Path(__file__).parent / "container"
#: What otter makes for an environment and a run of its own.
NOT_OURS = ("environment.yml", "run_otter.py")
EPOCH = (1980, 1, 1, 0, 0, 0)


def build_autograder(
    course: Path, assignment: Assignment, stage: Path, pools: Mapping[str, list[Any]]
) -> None:
    """Make the autograder's folder, and the zip in it.

    Parameters
    ----------
    course : Path
        Course folder.
    assignment : Assignment
        As it is graded.
    stage : Path
        Where the built folders are made.
    pools : mapping of str to list
        Of parameters that are chosen for each student, the values.
    """
    name = assignment.name
    folder = stage / "autograder" / name
    write_whole(folder / "files" / EXPECTED, assignment.expected)
    write_whole(folder / "files" / RELEASED, assignment.released)
    for question, content in assignment.carried.items():
        write_whole(folder / CARRIED / f"{question}.npz", content)
    for file, source in assignment.tests.items():
        write_whole(folder / "tests" / file, source)
    if pools:
        write_whole(folder / POOLS, json.dumps(pools) + "\n")
        # Who was told, by the last build or since, stays with what it was.
        shutil.copy(stage / "release" / name / CLASS, folder / CLASS)
    write_whole(folder / MANIFEST, _manifest(course, assignment))
    with TemporaryDirectory(dir=stage) as scratch:
        inside = Path(scratch, COURSE)
        _write_course(course, assignment, folder, inside)
        write_whole(folder / ZIP, _with_course(_otters(assignment, folder / "tests"), inside))


def replace_built(autograder: Path, file: str, content: str) -> None:
    """Replace a file of what was built, there and in the zip."""
    write_whole(autograder / file, content)
    place, buffer = f"{COURSE}/autograder/{autograder.name}/{file}", io.BytesIO()
    with zipfile.ZipFile(autograder / ZIP) as made, zipfile.ZipFile(buffer, "w") as archive:
        for entry in made.infolist():
            if entry.filename != place:
                archive.writestr(entry, made.read(entry))
        _add(archive, place, content.encode())
    write_whole(autograder / ZIP, buffer.getvalue())


def _manifest(course: Path, assignment: Assignment) -> str:
    made_from = {
        "format": FORMAT,
        "source": source_digest(course, assignment.name),
        "recordings": assignment.needs.version,
    }
    return json.dumps(made_from, indent=1, sort_keys=True)


def _write_course(course: Path, assignment: Assignment, built: Path, inside: Path) -> None:
    """Write a course folder that has what grading this assignment takes, and nothing else."""
    name = assignment.name
    passing = shutil.ignore_patterns("__pycache__", "*.pyc", *NOT_MADE_FROM)
    source = inside / "source" / name
    shutil.copytree(course / "source" / name, source, ignore=passing)
    shutil.copytree(built, inside / "autograder" / name, ignore=shutil.ignore_patterns("tests"))
    # The late policy stands in the one, and may be imported from others beside it.
    for path in sorted(course.glob("*.py")):
        shutil.copy(path, inside)
    wheel, content = build_wheel(course)
    write_whole(inside / wheel, content)
    lock = (course / LOCK).read_text(encoding="utf-8")
    write_whole(inside / LOCK, lock)
    write_whole(inside / UV_LOCK, locked_entries(lock, ["uv"]))
    write_whole(inside / BUILD_LOCK, locked_entries(lock, BUILDERS))
    if assignment.recordings:
        _bring_recordings(course, assignment, source, inside)
        write_whole(inside / "autograder" / name / MANIFEST, _manifest(inside, assignment))


def _bring_recordings(course: Path, assignment: Assignment, source: Path, inside: Path) -> None:
    """Bring the recordings that the settings name, or what says where they are."""
    files = recordings_beside(course, assignment.name)
    for place, path in files.items():
        target = inside / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    if not files:
        named = recordings_named(course, assignment.name)
        write_whole(inside / BESIDE / assignment.needs.named, named)
    text = (source / SETTINGS).read_text(encoding="utf-8")
    text = re.sub(r"(?m)^recordings_at\s*=.*$", "", text)
    text = re.sub(r"(?m)^recordings\s*=.*$", f'recordings = "{BESIDE}"', text)
    write_whole(source / SETTINGS, text)
    if read_settings(source).recordings != BESIDE:
        raise ValueError(f"`recordings` in {SETTINGS} has to stand in a line of its own.")


def _otters(assignment: Assignment, tests: Path) -> bytes:
    """Have otter make its zip: the test files, what they import, and our plugin."""
    from otter.generate import main as otter_generate

    settings = {
        "plugins": ["visual_coding_course.grading.plugin.CoursePlugin"],
        "show_hidden": False,
    }
    with TemporaryDirectory() as scratch:
        made, config = Path(scratch, ZIP), Path(scratch, "otter_config.json")
        write_whole(config, json.dumps(settings, indent=2) + "\n")
        modules = Path(scratch, "modules")
        modules.mkdir()
        for file, source in assignment.modules.items():
            write_whole(modules / file, source)
        with chdir(modules):
            otter_generate(
                tests_dir=str(tests),
                output_path=str(made),
                config=str(config),
                no_requirements=True,
                no_environment=True,
                files=sorted(assignment.modules),
                python_version="3.11",
            )
        return made.read_bytes()


def _with_course(otters: bytes, inside: Path) -> bytes:
    """Put the course, and what sets up and runs, into otter's zip; the same gives the same."""
    ours = {path.name: path for path in CONTAINER.iterdir() if path.is_file()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(otters)) as made, zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(set(made.namelist()).difference(ours, NOT_OURS)):
            _add(archive, name, made.read(name))
        for name, path in sorted(ours.items()):
            _add(archive, name, path.read_bytes(), 0o755)
        for path in sorted(path for path in inside.rglob("*") if path.is_file()):
            _add(archive, path.relative_to(inside.parent).as_posix(), path.read_bytes())
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, mode: int = 0o644) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, mode << 16
    archive.writestr(entry, content)
