"""What an assignment is: its notebook, its questions, their points, its limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat

from ..checking.about import About, declared, read_about
from ..checking.test_files import (
    case_variables,
    public_part,
    question_key,
    question_of,
    read_test_files,
)
from ..inside.limits import Limits
from ..shared.needs import NOTHING, Needs
from .carried import Own, own_of
from .settings import Attempts
from .versions import versions_kept

NEEDED, DRAWN = "needs.py", "drawn.py"


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
    nobodys : bool
        Whether `parameters` are those that it comes with, and no student's, though each has some.
    built : str
        The folder below ``autograder/`` that it was loaded from; empty if it was not.
    attempts : Attempts or None
        What is done with what a student hands in more than once; no grade depends on it.
    title : str
        What a person reads in place of the name; no grade depends on it.
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
    nobodys: bool = False
    built: str = ""
    attempts: Attempts | None = None
    title: str = ""

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
        files = read_test_files(self.tests, self.modules)
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

    @cached_property
    def as_released(self) -> nbformat.NotebookNode:
        """The student's notebook, for who only reads it: each submission asks for it often."""
        return self.notebook

    def make(self) -> None:
        """Make of the files what every process that grades with it needs: those forked have it."""
        _ = self.variables, self.needs, self.about, self.as_released, self.fingerprint

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
        made = ("test_files", "needs", "about", "as_released")
        return {k: v for k, v in self.__dict__.items() if k not in made}


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
