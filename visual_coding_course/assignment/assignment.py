"""What an assignment is: its notebook, its questions, their points, its limits."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat

from ..checking.about import About, declared, read_about
from ..checking.modules import read_modules
from ..checking.test_files import (
    case_variables,
    public_part,
    question_key,
    question_of,
    read_test_file,
    read_tests,
)
from ..inside.limits import Limits
from ..shared.chosen import POOLS, read_class, read_pools
from ..shared.needs import NOTHING, Needs
from .carried import Own, own_of
from .left_out import ALONE, without_cells
from .marks import marks_of_others
from .parameters import values_in, with_values
from .settings import SETTINGS, Attempts, Settings, SettingsError, left_in_metadata, read_settings
from .versions import versions_kept

#: How what is built is kept: raised when what is built by another version cannot be read.
FORMAT = 4
#: Kinds of files that an assignment is made from.
MADE_FROM = (".ipynb", ".md", ".py", ".toml")
NOT_MADE_FROM = {".ipynb_checkpoints", "answers"}
NEEDED, DRAWN = "needs.py", "drawn.py"
#: In ``autograder/NAME/``: what it was built from, and right values for what comes after each
#: question; in ``files/`` there, what graders need.
MANIFEST, CARRIED = "build.json", "carried"
EXPECTED, RELEASED = "expected.npz", "released.json"


@dataclass(frozen=True)
class Assignment:
    """One assignment as a grader needs it: plain data, so that it travels to any worker.

    Attributes
    ----------
    name : str
        Folder name below ``source/``, and stem of the notebook.
    released : str
        The student's notebook (solutions stripped, points filled in) as JSON.
    tests : dict of str to str
        Source of each question's test file (public and hidden cases), by file name.
    expected : bytes
        The solution notebook's variables, an archive as `grading.copies` writes it.
    limits : Limits
        What a submission may use.
    show_right_answers : bool
        Whether feedback pages draw the right answer beside a wrong one.
    solution : str
        The solution notebook as JSON: graded as a submission, it tells whether grading works.
    modules : dict of str to str
        Source of the assignment's own modules, by path in its folder.
    carry_forward : bool
        Whether a notebook that lost points is run once more, with right answers put in.
    carried : dict of str to bytes
        By question, the right values of what its cells define, an archive like `expected`.
    recordings : str
        Folder of the recordings that it is about; empty for the usual ones.
    others : dict of str to frozenset of str
        By name, what notebooks of the course's other assignments are known by.
    parameters : dict of str to object
        What `expected` is about, by variable: those that the settings name.
    pools : dict of str to list
        Of parameters that are chosen for each student, the values to choose from.
    listed : dict of str to dict
        Which of them are whose, from `chosen.read_class`.
    built : str
        The folder below ``autograder/`` that it was loaded from; empty if it was not.
    attempts : Attempts or None
        What is done with what a student hands in more than once; no grade depends on it.
    """

    name: str
    released: str
    tests: dict[str, str]
    expected: bytes = field(repr=False)
    limits: Limits = Limits()
    show_right_answers: bool = False
    solution: str = field(default="", repr=False)
    modules: dict[str, str] = field(default_factory=dict, repr=False)
    carry_forward: bool = True
    carried: dict[str, bytes] = field(default_factory=dict, repr=False)
    recordings: str = ""
    others: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    parameters: dict[str, Any] = field(default_factory=dict)
    pools: dict[str, list[Any]] = field(default_factory=dict)
    listed: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    built: str = ""
    attempts: Attempts | None = None

    @cached_property
    def needs(self) -> Needs:
        """What it needs besides plain data: ``NEEDS`` of its module ``needs``, if it has that."""
        return read_needs(self.modules, self.recordings)

    @cached_property
    def about(self) -> About:
        """What it declares about its answers: ``ABOUT`` of its module ``about``."""
        return read_about(self.modules)

    @property
    def right_figures(self) -> dict | None:
        """What draws right figures, ``FIGURES`` of its module ``drawn``; None if none is shown."""
        if not self.show_right_answers:
            return None
        return declared(self.modules, DRAWN, "FIGURES", {})

    @property
    def questions(self) -> list[str]:
        """Names of the questions, in their order."""
        return sorted(map(question_of, self.tests), key=question_key)

    @cached_property
    def test_files(self) -> dict:
        """Compiled test files by question name, in the order of the questions."""
        files = [read_test_file(text, path, self.modules) for path, text in self.tests.items()]
        return {file.name: file for file in sorted(files, key=lambda file: question_key(file.name))}

    @cached_property
    def variables(self) -> dict[str, frozenset[str]]:
        """Names of the variables that the cases of each question take."""
        return {name: frozenset(case_variables(file)) for name, file in self.test_files.items()}

    @cached_property
    def own_variables(self) -> dict[str, frozenset[str]]:
        """The same, without those of the questions before."""
        own: dict[str, frozenset[str]] = {}
        for question, names in self.variables.items():
            own[question] = names.difference(*own.values())
        return own

    @cached_property
    def own(self) -> dict[str, Own]:
        """What the cells of each question define, in the solution."""
        if not self.solution:
            return {}
        return own_of(nbformat.reads(self.solution, as_version=4), self.own_variables)

    @cached_property
    def public_tests(self) -> dict[str, str]:
        """The test files as a student gets them, by file name."""
        return {name: public_part(source) for name, source in self.tests.items()}

    @property
    def notebook(self) -> nbformat.NotebookNode:
        """A fresh copy of the student's notebook."""
        return nbformat.reads(self.released, as_version=4)

    @property
    def max_score(self) -> float:
        """Points that are graded automatically."""
        return sum(file.possible for file in self.test_files.values())

    @cached_property
    def versions(self) -> dict[str, str]:
        """What a grade depends on besides the submission, part by part; see `versions`."""
        return versions_kept(self)

    @cached_property
    def fingerprint(self) -> str:
        """Differs for any two assignments that are not the same in every byte."""
        digest = sha256()
        parts = [self.name, self.released, self.solution, self.expected]
        parts += sorted(self.tests.items())
        parts += sorted(self.modules.items())
        parts += sorted(self.carried.items())
        parts += sorted((name, sorted(marks)) for name, marks in self.others.items())
        more = [self.limits, self.show_right_answers, self.carry_forward, self.needs.version]
        more += [sorted(self.parameters.items()), sorted(self.pools.items())]
        for part in [*parts, self.recordings, *more]:
            digest.update(sha256(part if isinstance(part, bytes) else repr(part).encode()).digest())
        return digest.hexdigest()

    def __getstate__(self) -> dict:
        """Leave behind what was made of the files; it is made again where needed."""
        return {k: v for k, v in self.__dict__.items() if k not in ("test_files", "needs", "about")}


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


def read_needs(modules: dict[str, str], folder: str | Path = "") -> Needs:
    """Read what an assignment needs from its modules, by path.

    Parameters
    ----------
    modules : dict of str to str
    folder : path-like
        Of the files that it is about, or of a notebook beside which they are named; empty for the
        usual ones.

    Raises
    ------
    OSError
        If there are none.
    """
    needs = declared(modules, NEEDED, "NEEDS", NOTHING)
    return needs.at(Path(folder)) if folder and needs.at else needs


def load_assignment(course: Path, name: str) -> Assignment:
    """Load an assignment from a course folder.

    Parameters
    ----------
    course : Path
        Folder that holds ``source/`` and ``autograder/``.
    name : str
        Assignment name, such as ``"cross_session"``.

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
