"""The parameters cell of a notebook: what it is about, for all, or for each student.

As papermill's, it is the cell with the tag ``parameters``, and each of its lines sets a variable.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat import NotebookNode

from ..checking.about import STEPS, declared
from ..shared.written import grade_id
from .statements import names_set, statements

if TYPE_CHECKING:
    from .assignment import Assignment

TAG, STUDENT = "parameters", "student"
#: The assignment's module that has the rules of its pools, as ``POOLS``.
RULES = "parameters.py"
NOT_SET = (
    "no cell with the tag `{0}` sets `{1}` in the notebook to a plain value. Give it such a cell, "
    "with a line `{1} = …`"
)
ASKED = f'{STUDENT} = ...  # your id in this course, in quotes: "ada", say'


def parameters_cell(notebook: NotebookNode) -> NotebookNode | None:
    """Find the parameters cell; None if there is none."""
    return next((cell for cell in notebook.cells if TAG in cell.metadata.get("tags", ())), None)


def with_values(notebook: NotebookNode, values: Mapping[str, Any]) -> NotebookNode:
    """Set parameters to other values.

    Parameters
    ----------
    notebook : NotebookNode
        Source or released notebook; it stays as it is.
    values : mapping of str to object
        Plain values, by parameter.

    Raises
    ------
    LookupError
        If the parameters cell does not set one of them.
    """
    lines = {name: f"{name} = {value!r}" for name, value in values.items()}
    return _rewritten(notebook, lines)


def values_in(notebook: NotebookNode, names: Collection[str]) -> dict[str, Any]:
    """Read parameters from the parameters cell.

    Raises
    ------
    LookupError
        If it does not set one of them, or to what is no plain value.
    """
    cell = parameters_cell(notebook)
    found: dict[str, Any] = {}
    for one in statements(cell.source) or [] if cell is not None else []:
        for name in names_set(one.nodes).intersection(names):
            with suppress(AttributeError, ValueError):
                found[name] = ast.literal_eval(one.nodes[-1].value)
    if missing := [name for name in names if name not in found]:
        raise LookupError(NOT_SET.format(TAG, missing[0]))
    return found


def for_students(notebook: NotebookNode, names: Collection[str]) -> NotebookNode:
    """Have the parameters cell ask for the student's id, and let parameters follow from it.

    Parameters
    ----------
    notebook : NotebookNode
        Source notebook; it stays as it is.
    names : collection of str
        The parameters that are chosen for each student; without any, nothing is changed.

    Raises
    ------
    LookupError
        As `with_values`.
    """
    lines = {name: f'{name} = grader.parameter("{name}", {STUDENT})' for name in names}
    made = _rewritten(notebook, lines)
    if names:
        cell = parameters_cell(made)
        cell.source = f"{ASKED}\n{cell.source}"
        cell.metadata.nbgrader |= {"locked": False, "solution": True}
    return made


def _rewritten(notebook: NotebookNode, lines: Mapping[str, str]) -> NotebookNode:
    made = nbformat.from_dict(notebook)
    if not lines:
        return made
    cell = parameters_cell(made)
    found = statements(cell.source) or [] if cell is not None else []
    set_there = {name for one in found for name in names_set(one.nodes)}
    if missing := sorted(lines.keys() - set_there):
        raise LookupError(NOT_SET.format(TAG, missing[0]))
    cell.source = "\n".join(
        next((lines[name] for name in names_set(one.nodes) if name in lines), one.text)
        for one in found
    )
    return made


def take_typed(submission: NotebookNode, released: NotebookNode) -> str | None:
    """Take what students are asked for out of a submission's parameters cell.

    What else was typed there stays.

    Parameters
    ----------
    submission : NotebookNode
        Is changed.
    released : NotebookNode
        With a parameters cell.

    Returns
    -------
    str or None
        The id that was typed; None if there is none.
    """
    own = parameters_cell(released)
    name = own.metadata.nbgrader.grade_id
    cells = [
        cell
        for cell in submission.cells
        if cell.cell_type == "code"
        and name in (grade_id(cell), cell.get("id"))
        and STUDENT in cell.source
    ]
    if not cells:
        return None
    typed, left = None, []
    for one in statements(cells[-1].source) or []:
        if len(one.nodes) == 1 and names_set(one.nodes) == {STUDENT}:
            value = getattr(one.nodes[0], "value", None)
            literal = value.value if isinstance(value, ast.Constant) else None
            typed = str(literal).strip() if isinstance(literal, str | int) else typed
        elif not any(_asks(node) for node in one.nodes):
            left.append(one.text)
    cells[-1].source = "\n".join([own.source, *left])
    return typed or None


def _asks(node: ast.stmt) -> bool:
    called = getattr(getattr(node, "value", None), "func", None)
    return isinstance(called, ast.Attribute) and called.attr == "parameter"


def pools_of(assignment: Assignment, names: Iterable[str]) -> dict[str, list[Any]]:
    """Work out the pools of parameters that are chosen for each student.

    Parameters
    ----------
    assignment : Assignment
        With `expected`, for the values in its source notebook.
    names : iterable of str
        The parameters.

    Returns
    -------
    dict of str to list
        Values by parameter, sorted.

    Raises
    ------
    ValueError
        If the assignment has no rule for one, or none is fit by it.
    """
    pools = {}
    for name in names:
        rule = declared(assignment.modules, RULES, "POOLS", {}).get(name)
        if rule is None:
            raise ValueError(
                f"`{name}` is chosen for each student, but {RULES} has no rule that says from "
                f"which values: write a function into its `POOLS`, under {name!r}."
            )
        way = _right_of(assignment)
        pool = sorted({getattr(value, "item", lambda value=value: value)() for value in rule(way)})
        if not pool:
            raise ValueError(f"By the rule in {RULES}, no value of `{name}` is fit.")
        pools[name] = pool
    return pools


def numbers_of(assignment: Assignment) -> dict[str, Any]:
    """Work out the numbers that written answers are about, for who grades them.

    Returns
    -------
    dict of str to object
        What the function ``NUMBERS`` of the assignment's module gives; empty if it has none.
    """
    rule = getattr(declared(assignment.modules, RULES), "NUMBERS", None)
    return rule(_right_of(assignment)) if rule else {}


def _right_of(assignment: Assignment) -> Any:
    """What is right for an assignment's parameters: by step and given variable, or by variable."""
    from ..checking.expecting import steps_of
    from ..inside.copies import Foreign, read_kept

    given = read_kept(assignment.expected, Foreign(**assignment.needs.foreign))
    if STEPS in assignment.modules:
        return steps_of(declared(assignment.modules, STEPS)).truth(given)
    return SimpleNamespace(**given)
