"""Find and read the test files of an assignment's questions: otter's exception format."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..shared.files import short
from .modules import importable, read_modules

if TYPE_CHECKING:
    from otter.test_files.abstract_test import TestCase
    from otter.test_files.exception_test import ExceptionTestFile


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
    [file] = read_test_files({path: source}, modules or {})
    return file


def read_test_files(
    sources: Mapping[str, str], modules: Mapping[str, str]
) -> list[ExceptionTestFile]:
    """Compile test files, by their names, of an assignment; as `read_test_file` does."""
    # Here and not above: it takes half a second, and who only hands out work needs none of it.
    from otter.test_files.exception_test import ExceptionTestFile

    with importable(modules):
        return [ExceptionTestFile.from_string(text, path) for path, text in sources.items()]


def load_test_file(path: Path) -> ExceptionTestFile:
    """Compile the otter test file at a path, with the modules that stand beside its folder."""
    modules = read_modules(path.parent.parent)
    return read_test_file(path.read_text(encoding="utf-8"), str(path), modules)


@contextmanager
def keeping_points() -> Iterator[None]:
    """Have otter, which knows two verdicts only, pass in the block what a check cannot tell."""
    from otter.test_files.exception_test import test_case

    from .wrong import CannotTell  # and with it numpy

    call = test_case.call_func

    def call_func(case: Any, variables: Mapping[str, Any]) -> None:
        with suppress(CannotTell):
            call(case, variables)

    test_case.call_func = call_func
    try:
        yield
    finally:
        test_case.call_func = call


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
    hidden = [case for case in declared_cases(source) if case.hidden]
    for case in reversed(hidden):
        start = case.first - 1
        while start and not lines[start - 1].strip():
            start -= 1
        del lines[start : case.last]
    if hidden:
        points = sum(case.points for case in hidden)
        named = declared_name("".join(lines))
        lines.insert(named.line, f"hidden_points = {points:g}\n")
    return "".join(lines)


def hidden_points(source: str) -> float:
    """Points of the hidden cases that `course build` took out of a public test file."""
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and statement.targets[0].id == "hidden_points":
            return float(ast.literal_eval(statement.value))
    return 0.0


@dataclass(frozen=True)
class DeclaredName:
    """Where a test file says which question it is about.

    Attributes
    ----------
    value
        What it says; None if that is not written out.
    line : int
        The last line of it, counted from 1.
    """

    value: Any
    line: int


@dataclass(frozen=True)
class DeclaredCase:
    """What a test file's text says of a case, before it is run.

    Attributes
    ----------
    variable : str
        What it is called in the file: the name of its function, or what `expect` is given to.
    first, line, last : int
        Lines of its first decorator, of its name, and of its end, counted from 1.
    hidden, points
        What it is given under these names; None if nothing, `Ellipsis` if that is no literal.
    """

    variable: str
    first: int
    line: int
    last: int
    hidden: Any
    points: Any


def declared_name(source: str) -> DeclaredName | None:
    """Find the line of a test file that names its question; None if there is none."""
    for statement in ast.parse(source).body:
        if _assigned(statement) == "name":
            return DeclaredName(getattr(statement.value, "value", None), statement.end_lineno)
    return None


def declared_cases(source: str) -> list[DeclaredCase]:
    """Find the cases of a test file: functions with a decorator, and what calls are given to."""
    cases = []
    for statement in ast.parse(source).body:
        variable = getattr(statement, "name", None) or _assigned(statement)
        makers = getattr(statement, "decorator_list", [])
        first = min(one.lineno for one in [statement, *makers])
        makers = [*makers, statement.value] if isinstance(statement, ast.Assign) else makers
        calls = [maker for maker in makers if isinstance(maker, ast.Call)]
        if calls:
            told = (_told(calls, "hidden"), _told(calls, "points"))
            where = (first, statement.lineno, statement.end_lineno)
            cases.append(DeclaredCase(variable or "_", *where, *told))
    return cases


def _assigned(statement: ast.stmt) -> str | None:
    """Name of what a statement gives a value by an equals sign."""
    targets = getattr(statement, "targets", [])
    return getattr(targets[0], "id", None) if targets else None


def _told(makers: list[ast.Call], name: str) -> Any:
    """What makes a case, its decorator or `expect`, is given under a name."""
    given = [keyword.value for maker in makers for keyword in maker.keywords if keyword.arg == name]
    try:
        return ast.literal_eval(given[0]) if given else None
    except ValueError:
        return ...


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
        f"There is no test file for {question!r} in {short(folder)}. "
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
    """Read the files of an assignment's ``tests`` folder, by file name."""
    paths = sorted(folder.glob("q*.py"), key=lambda path: question_key(question_of(path.name)))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def question_of(file_name: str) -> str:
    """Name of the question that a file of ``tests`` is about."""
    return file_name.removesuffix(".py").split("_")[0]
