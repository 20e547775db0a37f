"""What is put right after a question that lost points, so that a mistake costs its own question.

All names that the question's cells define get the values that they have in the solution at its
check. Values are copied as the solution runs, when it is built; functions are made of their source.
"""

from __future__ import annotations

import ast
import dis
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import CodeType

from nbformat import NotebookNode

from .statements import names_set, statements

CODE = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Own:
    """What the cells of one question define.

    Attributes
    ----------
    names : frozenset of str
        Top-level names that get their right values: none that a later question asks for.
    functions : tuple of str
        Those of them that are made of source: functions, classes, imports.
    code : str
        All such source up to the question's check, without what reads a value.
    given : frozenset of str
        Names that locked cells set before the check.
    unusable : dict of str to str
        Its functions that cannot be put in, each with a value that it reads.
    """

    names: frozenset[str] = frozenset()
    functions: tuple[str, ...] = ()
    code: str = ""
    given: frozenset[str] = frozenset()
    unusable: dict[str, str] = field(default_factory=dict)


def own_of(source: NotebookNode, asked: Mapping[str, frozenset[str]]) -> dict[str, Own]:
    """Tell what the cells of each question define.

    Parameters
    ----------
    source : NotebookNode
        With solutions.
    asked : mapping of str to frozenset of str
        For each question, in their order, the variables that its cases are the first to take.

    Returns
    -------
    dict of str to Own
        By question; one without a check cell has none.
    """
    found: dict[str, Own] = {}
    names: set[str] = set()
    given: set[str] = set()
    known: dict[str, ast.stmt | None] = {}  # what each name is: source, or a value
    questions = list(asked)
    for cell in source.cells:
        if cell.cell_type != "code":
            continue
        tags = cell.metadata.get("nbgrader", {})
        name = tags.get("grade_id")
        if tags.get("grade") and name in asked:
            later = questions[questions.index(name) + 1 :]
            mine = {one for one in names if not one.startswith("_")}
            mine -= given.union(*(asked[one] for one in later))
            found[name] = _own(mine, given, known)
            names = set()
            continue
        for node in _nodes(cell.source):
            set_here = names_set([node])
            (given if tags.get("locked") else names).update(set_here)
            known |= dict.fromkeys(set_here, node if is_code(node) else None)
    return found


def _nodes(source: str) -> Iterator[ast.stmt]:
    for one in statements(source) or []:
        yield from one.nodes


def is_code(node: ast.stmt) -> bool:
    """Whether what a statement defines is made of its source alone: also a lambda with a name."""
    named = isinstance(node, ast.Assign) and all(isinstance(one, ast.Name) for one in node.targets)
    return isinstance(node, CODE) or (named and isinstance(node.value, ast.Lambda))


def _own(names: set[str], given: set[str], known: Mapping[str, ast.stmt | None]) -> Own:
    reads = {name: set(_reads(node)) for name, node in known.items() if node is not None}
    # Of what reads a value, and of what reads that, nothing can be made: it would hold the value.
    barred = {name: name for name, node in known.items() if node is None}
    while more := {
        name: min(read & barred.keys())
        for name, read in reads.items()
        if name not in barred and read & barred.keys()
    }:
        barred |= more
    usable = {name: known[name] for name in reads if name not in barred}
    nodes = {id(node): node for node in usable.values()}
    return Own(
        frozenset(names),
        tuple(sorted(names & usable.keys())),
        "\n".join(map(ast.unparse, nodes.values())),
        frozenset(given),
        {name: barred[name] for name in sorted(names & reads.keys() & barred.keys())},
    )


def _reads(node: ast.stmt) -> Iterable[str]:
    """Names that a definition reads of the module around it, when it is made or when it is run."""
    module = ast.Module([node], type_ignores=[])
    waiting = [compile(module, "<solution>", "exec", dont_inherit=True)]
    while waiting:
        code = waiting.pop()
        waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
        for step in dis.get_instructions(code):
            if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
                yield step.argval
