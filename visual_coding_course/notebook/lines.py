"""Find the line of a student's cell that an answer comes from."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from ..assignment.statements import names_set, statements

SET = "`{}` is set in line {} of its cell: `{}`."
RETURNED = "What `{}` gives back is worked out in line {} of its cell: `{}`."
#: Characters of a line that are shown.
MOST = 90


def line_of(answer: str, cells: Iterable[str]) -> str:
    """Say which line an answer comes from.

    Parameters
    ----------
    answer : str
        Name of a variable, or of a function.
    cells : iterable of str
        Code of the cells that were run, the last run first.

    Returns
    -------
    str
        A sentence with the last line that sets it, at the top level of the cell that did so last;
        of a function its last ``return``. Empty where no cell sets it by its name.
    """
    for source in cells:
        nodes = [node for one in statements(source) or [] for node in one.nodes]
        setting = [node for node in nodes if answer in names_set([node])]
        if not setting:
            continue
        node, said = setting[-1], SET
        if isinstance(node, ast.FunctionDef):
            returns = [inner for inner in _own(node) if isinstance(inner, ast.Return)]
            if not returns:
                return ""
            node, said = max(returns, key=lambda one: one.lineno), RETURNED
        elif not isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            # Inside of a loop, say: the line that sets it, and not where that begins.
            inside = [one for one in ast.walk(node) if isinstance(one, ast.stmt) and one != node]
            within = [one for one in inside if answer in names_set([one])]
            node = max(within, key=lambda one: one.lineno, default=node)
        lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        text = lines[node.lineno - 1].strip().replace("`", "'")
        return said.format(answer, node.lineno, text if len(text) <= MOST else f"{text[:MOST]} …")
    return ""


def _own(function: ast.FunctionDef) -> Iterable[ast.AST]:
    """What stands in a function, but not in the functions within it."""
    waiting = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
