"""Look an assignment's source over, and say what its author has to repair."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

from ..checking import about
from ..checking.modules import importable, module_name, place_of, read_modules
from ..checking.test_files import (
    declared_cases,
    declared_name,
    public_part,
    question_of,
    read_test_file,
    read_tests,
)
from .assignment import DRAWN, NEEDED
from .load import needs_of
from .parameters import RULES
from .settings import SettingsError, left_in_metadata, read_settings

if TYPE_CHECKING:
    from otter.test_files.exception_test import ExceptionTestFile

TESTS = "tests"
#: What an assignment's modules of these names have to define.
DEFINES = {about.MODULE: about.NAME, NEEDED: "NEEDS", DRAWN: "FIGURES", RULES: "POOLS"}


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
    source = _Source(course / "source" / name)
    notebook, why = _read_notebook(source)
    found = [*_of_readme(source), *_of_settings(course, source), *why]
    if notebook is not None:
        found += [*_of_notebook(source, notebook), *_of_questions(source, notebook)]
    found += [*_of_modules(source), *_of_tests(source)]
    # What a module does wrong, every file that imports it does.
    return list(dict.fromkeys(found))


@dataclass
class _Source:
    """What is looked at.

    Attributes
    ----------
    folder : Path
        Of the source.
    tests, modules : dict of str to str
        Text of the files, by path in the folder; of the first two, by their names.
    """

    folder: Path
    tests: dict[str, str] = field(init=False)
    modules: dict[str, str] = field(init=False)

    def __post_init__(self):
        self.tests = read_tests(self.folder / TESTS)
        self.modules = read_modules(self.folder)

    @property
    def file(self) -> str:
        """Name of the notebook."""
        return f"{self.folder.name}.ipynb"

    def path(self, *parts: str, line: int | None = None) -> str:
        """Name a file as authors know it, and a line of it."""
        path = "/".join(["source", self.folder.name, *parts])
        return path if line is None else f"{path}, line {line}"


def _of_readme(source: _Source) -> Iterator[str]:
    if not (source.folder / "README.md").is_file():
        yield (
            f"{source.path('README.md')} is missing: write there what a student who has the folder "
            "has to do first."
        )


def _of_settings(course: Path, source: _Source) -> Iterator[str]:
    try:
        if read_settings(source.folder).recordings:
            needs_of(course, source.folder.name)
    except SettingsError as error:
        yield from error.args


def _read_notebook(source: _Source) -> tuple[nbformat.NotebookNode | None, list[str]]:
    """Read the source notebook, or say why that cannot be done."""
    path = source.path(source.file)
    try:
        return nbformat.read(source.folder / source.file, as_version=4), []
    except FileNotFoundError:
        return None, [f"{path} is missing: the notebook has the name of the assignment's folder."]
    except Exception as error:  # of whatever kind, by what it is instead
        why = str(error).partition("\n")[0][:200]
        return None, [f"{path} is no notebook ({why}): save it in JupyterLab again."]


def _of_notebook(source: _Source, notebook: nbformat.NotebookNode) -> Iterator[str]:
    if left := left_in_metadata(notebook, source.folder.name):
        yield left
    cells = defaultdict(list)
    for number, cell in enumerate(notebook.cells, 1):
        if grade_id := cell.metadata.get("nbgrader", {}).get("grade_id"):
            cells[grade_id].append(str(number))
    for grade_id, numbers in cells.items():
        if len(numbers) > 1:
            yield (
                f"{source.path(source.file)}: cells {', '.join(numbers)} all have the grade id "
                f"`{grade_id}`. Give each cell one of its own, in JupyterLab's panel *Create "
                "Assignment*."
            )


def _of_modules(source: _Source) -> Iterator[str]:
    for path in source.modules:
        with importable(source.modules):
            module, why = _tried(source, path, import_module, module_name(path))
        if why:
            yield why
        elif path in DEFINES and not hasattr(module, DEFINES[path]):
            yield (
                f"{source.path(path)} does not define `{DEFINES[path]}`, for which alone it is "
                "read: define it, or give the file another name."
            )


def _of_tests(source: _Source) -> Iterator[str]:
    for file, text in source.tests.items():
        path = f"{TESTS}/{file}"
        _, why = _tried(source, path, compile, text, path, "exec")
        if why:
            yield why
            continue
        named, question = declared_name(text), question_of(file)
        if named is None:
            yield (
                f'{source.path(TESTS, file)} has no `name`: write `name = "{question}"` above its '
                "cases."
            )
        elif named.value != question:
            says = "another `name`" if named.value is None else f"the name {named.value!r}"
            yield (
                f"{source.path(TESTS, file, line=named.line)} has {says} than its file has, which "
                f'is about {question}: write `name = "{question}"`, or give the file another name.'
            )
        yield from _of_declared_cases(source, file, text)
        if named is not None:
            compiled, why = _tried(source, path, read_test_file, text, path, source.modules)
            yield from [why] if why else _of_compiled_cases(source, file, compiled)
            yield from _of_public_part(source, file, text)


def _of_declared_cases(source: _Source, file: str, text: str) -> Iterator[str]:
    defined: dict[str, int] = {}
    for case in declared_cases(text):
        where = source.path(TESTS, file, line=case.line)
        if case.variable in defined:
            yield (
                f"{where}: `{case.variable}` is defined in line {defined[case.variable]} already, "
                "and that case would never be run: give one of them another name."
            )
        defined[case.variable] = case.line
        if case.hidden is ... or (case.hidden and case.points is ...):
            yield (
                f"{where}: `hidden`, and the `points` of a hidden case, have to be written out for "
                f"`{case.variable}`, as True or False and as a number, since hidden cases are "
                "found before the file is run."
            )
        elif case.hidden and not _is_number(case.points):
            yield (
                f"{where}: the hidden case `{case.variable}` has no points, and students are told "
                "how many: add `points=`, and a number, beside `hidden=True`."
            )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _of_compiled_cases(source: _Source, file: str, compiled: ExceptionTestFile) -> Iterator[str]:
    counts = Counter(case.name for case in compiled.test_cases)
    for name, count in counts.items():
        if count > 1:
            yield (
                f"{source.path(TESTS, file)} has {count} cases of the name {name!r}, and nobody "
                "could tell them apart: give them other names, with `name=`."
            )


def _of_public_part(source: _Source, file: str, text: str) -> Iterator[str]:
    """Say of hidden cases that a student would get."""
    try:
        public = read_test_file(public_part(text), f"{TESTS}/{file}", source.modules)
    except Exception:
        # Of what cannot be read, or has hidden cases without points, something else is said.
        return
    for case in public.test_cases:
        if case.hidden:
            yield (
                f"{source.path(TESTS, file)}: that the case {case.name!r} is hidden cannot be seen "
                "before the file is run, and students would get it: write `hidden=True` and "
                "`points=`, and a number, where the case is made."
            )


def _of_questions(source: _Source, notebook: nbformat.NotebookNode) -> Iterator[str]:
    """Compare the notebook's questions with those that have a test file."""
    questions, where = _questions(notebook), source.path(source.file)
    files: dict[str, list[str]] = defaultdict(list)
    for file in source.tests:
        files[question_of(file)].append(source.path(TESTS, file))
    for question, cell in questions.items():
        if question in files:
            continue
        to_do = f"write its cases into {source.path(TESTS, question)}.py"
        if question != question_of(question) or not question.startswith("q"):
            to_do = "give it the grade id q1, q2 or so on, and write its cases into a file named so"
        yield f"{where}, cell {cell}: the grade cell `{question}` has no test file: {to_do}."
    for question, paths in files.items():
        if question not in questions:
            yield (
                f"{' and '.join(paths)}: {where} has no grade cell `{question}`: add a cell "
                f'`grader.check("{question}")`, marked *Autograder tests* with that grade id, or '
                "take the file away."
            )
        if len(paths) > 1:
            yield f"{' and '.join(paths)} are both about {question}: put all cases into one file."


def _questions(notebook: nbformat.NotebookNode) -> dict[str, int]:
    """Which cells check a question, counted from 1, by its name."""
    tagged = [
        (number, cell.metadata.get("nbgrader", {})) for number, cell in enumerate(notebook.cells, 1)
    ]
    return {
        tags["grade_id"]: number
        for number, tags in tagged
        if tags.get("grade") and not tags.get("solution")
    }


def _tried(source: _Source, path: str, do: Callable, *given: Any) -> tuple[Any, str | None]:
    """Do something with an author's file that runs, or only reads, the code in it.

    Returns
    -------
    (object, str or None)
        What it returned, and, if it stopped, a sentence that says where.
    """
    try:
        return do(*given), None
    except (Exception, SystemExit) as error:
        file, line = place_of(error) or (path, None)
        where = source.path(file, line=line)
        if isinstance(error, SyntaxError):
            return None, f"{where} is no Python ({error.msg}): repair that line."
        what = f"{type(error).__name__}: {error}".rstrip(": .")
        return None, f"{where} stops with {what}, when the file is imported: repair it."


def broken_checks(questions: Iterable) -> list[str]:
    """Say which cases broke on the solution's own values.

    Parameters
    ----------
    questions : iterable of QuestionResult
        What came of grading the solution.
    """
    return [
        f"A check breaks on the solution's own values: {trouble.rstrip('.')}. Repair it: a case "
        "raises AssertionError where an answer is wrong, and nothing else."
        for question in questions
        for trouble in question.broken
    ]
