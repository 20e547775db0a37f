"""Find and read the test files of an assignment's questions: otter's exception format."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .modules import importable, read_modules

if TYPE_CHECKING:
    from otter.test_files.abstract_test import TestCase
    from otter.test_files.exception_test import ExceptionTestFile

#: Folder beside ``tests``, of the mistakes to recognise: a file for each question, of that name.
MISTAKES = "mistakes"


def read_test_file(
    source: str, path: str = "<string>", modules: Mapping[str, str] | None = None
) -> ExceptionTestFile:
    """Compile an otter test file.

    Parameters
    ----------
    source : str
        Text of the file: otter's exception format (``OK_FORMAT = False``).
    path : str
        Name shown in tracebacks.
    modules : mapping of str to str, optional
        The assignment's own, which it may import; see `modules.read_modules`.
    """
    # Here and not above: it takes half a second, and who only hands out work needs none of it.
    from otter.test_files.exception_test import ExceptionTestFile

    with importable(modules or {}):
        return ExceptionTestFile.from_string(source, path)


def load_test_file(path: Path) -> ExceptionTestFile:
    """Compile the otter test file at a path, with the modules that stand beside its folder."""
    modules = read_modules(path.parent.parent)
    return read_test_file(path.read_text(encoding="utf-8"), str(path), modules)


def case_variables(test_file: ExceptionTestFile) -> set[str]:
    """Names of the variables that the cases of a test file take."""
    return {name for case in test_file.test_cases for name in case_takes(case)}


def case_takes(case: TestCase) -> list[str]:
    """Names of the variables that a case takes, which otter tells by a private name alone."""
    return case.body._get_func_params()


def public_part(source: str) -> str:
    """Take the hidden cases out of a test file, and say how many points they carried.

    Parameters
    ----------
    source : str
        Text of the whole test file.

    Returns
    -------
    str
        The file without its hidden cases; where there were some, with a line
        ``hidden_points = …`` after the one that names the question.
    """
    lines = source.splitlines(keepends=True)
    body = ast.parse(source).body
    hidden = [statement for statement in body if _is_hidden_case(statement)]
    for case in reversed(hidden):
        start = min(one.lineno for one in [case, *getattr(case, "decorator_list", [])]) - 1
        while start and not lines[start - 1].strip():
            start -= 1
        del lines[start : case.end_lineno]
    if hidden:
        points = sum(map(_points, hidden))
        [named] = [i for i, line in enumerate(lines) if line.startswith("name =")]
        lines.insert(named + 1, f"hidden_points = {points:g}\n")
    return "".join(lines)


def _is_hidden_case(statement: ast.stmt) -> bool:
    return bool(_told(statement, "hidden"))


def _points(case: ast.stmt) -> float:
    points = _told(case, "points")
    if points is None:
        raise ValueError(f"Line {case.lineno}: a hidden case needs `points=` a number.")
    return points


def _told(statement: ast.stmt, name: str) -> Any:
    """What makes a case, its decorator or `expect`, is given under a name; None if nothing."""
    makers = getattr(statement, "decorator_list", [])
    makers = [*makers, statement.value] if isinstance(statement, ast.Assign) else makers
    given = [
        ast.literal_eval(keyword.value)
        for maker in makers
        if isinstance(maker, ast.Call)
        for keyword in maker.keywords
        if keyword.arg == name
    ]
    return next(iter(given), None)


def find_test_file(folder: str | Path, question: str) -> Path:
    """Find the test file of a question: ``q3.py`` or ``q3_<anything>.py``.

    Raises
    ------
    FileNotFoundError
        If the folder holds none.
    """
    folder = Path(folder)
    for path in sorted(folder.glob(f"{question}.py")) + sorted(folder.glob(f"{question}_*.py")):
        return path
    known = [question_of(path.name) for path in sorted(folder.glob("q*.py"))]
    raise FileNotFoundError(
        f"There is no test file for {question!r} in {folder.resolve()}. "
        + (
            f"It has those of {', '.join(known)}."
            if known
            else "Keep the notebook beside its tests folder, as it was handed out."
        )
    )


def question_key(name: str) -> tuple[int, str]:
    """Sort key that puts q2 before q10."""
    digits = "".join(character for character in name if character.isdigit())
    return int(digits or 0), name


def read_tests(folder: Path) -> dict[str, str]:
    """Read the files of an assignment's ``tests`` or ``mistakes`` folder, by file name."""
    paths = sorted(folder.glob("q*.py"), key=lambda path: question_key(question_of(path.name)))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def question_of(file_name: str) -> str:
    """Name of the question that a file of ``tests`` or ``mistakes`` is about."""
    return file_name.removesuffix(".py").split("_")[0]
