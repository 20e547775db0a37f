"""What a locked cell had that is not in the release: typed by the student, or an earlier release's.

It is kept in a cell of its own.
"""

from __future__ import annotations

import ast

from nbformat import NotebookNode, from_dict

from ..assignment.statements import Statement, names_set, statements
from .attachments import REFERENCE

# Of a cell that is taken apart.
MOST_CHARACTERS, MOST_STATEMENTS = 50_000, 1000
TITLE = 'From the locked cell "{}", which was restored:'
NOTE = (
    "This was typed into the locked cell {}, which was restored. Write into the cells for your "
    "answers, or into cells that you add."
)
EARLIER_TITLE = 'From the locked cell "{}" of an earlier release:'
EARLIER_NOTE = (
    "This notebook is of an earlier release. Its locked cell {} is now as in the newest; what "
    "stood there before is kept here. Nothing was wrong with it."
)
GIVEN = "# Not run, because the assignment itself gives {}:"
NO_PYTHON = "# Not run, because it is not Python:"


def typed_into(cell: NotebookNode, original: NotebookNode, given: set[str]) -> NotebookNode | None:
    """Make a cell of what a student typed into a locked one.

    It can do no more than any cell that the student could have added.

    Parameters
    ----------
    cell, original : NotebookNode
        The locked cell as it was handed in, and as it was released.
    given : set of str
        Names whose values the assignment gives; what sets them is kept as a
        comment, since the answers are about the values that were given.

    Returns
    -------
    NotebookNode or None
        None if nothing was typed, or nothing that does anything.
    """
    if cell.cell_type == "code":
        text = _typed_code(cell.source, original.source, given)
    else:
        text = "\n".join(_new_lines(cell.source, original.source)).strip("\n")
    if not text.strip():
        return None
    earlier = _is_of_a_release(cell, original)
    if earlier and cell.cell_type != "code":
        return None  # of an earlier release's prose nothing is needed, of its imports something may
    name = original.metadata.nbgrader.grade_id
    title = (EARLIER_TITLE if earlier else TITLE).format(name)
    note = (EARLIER_NOTE if earlier else NOTE).format(name)
    kept = {"cell_type": cell.cell_type, "metadata": {"course": {"note": note}}}
    if cell.cell_type == "code":
        kept |= {"source": f"# {title}\n{text}", "outputs": []}
        kept["execution_count"] = None
    else:
        kept["source"] = f"*{title}*\n\n{text}"
        shown = set(REFERENCE.findall(text))
        pictures = {key: data for key, data in cell.get("attachments", {}).items() if key in shown}
        kept |= {"attachments": pictures} if pictures else {}
    return from_dict({**kept, "id": f"{original.get('id', name)[:50]}-typed"})


def _is_of_a_release(cell: NotebookNode, original: NotebookNode) -> bool:
    """Tell by nbgrader's checksum whether a locked cell is as an earlier release handed it out."""
    # Here and not above: it is seldom needed, and importing nbgrader takes long.
    from nbgrader.utils import compute_checksum

    told = cell.metadata.nbgrader
    points = {"points": told.points} if "points" in told else {}  # that release's, not this one's
    tags = {"nbgrader": {**original.metadata.nbgrader, **points}}
    as_released = from_dict({**cell, "metadata": tags})
    return compute_checksum(as_released) == told.get("checksum")


def _typed_code(source: str, original: str, given: set[str]) -> str:
    theirs = _few_statements(source)
    if theirs is None:
        added = "\n".join(_new_lines(source, original)).strip("\n")
        theirs = _few_statements(added)
        if theirs is None:
            return f"{NO_PYTHON}\n{_commented(added)}"
    ours = statements(original) or []
    known = {one.meaning for one in ours}
    calls = {ast.dump(node.value.func) for one in ours for node in one.nodes if _is_call(node)}
    run, not_run, taken = [], [], set()
    for one in theirs:
        if one.meaning in known or all(_is_idle(node, calls) for node in one.nodes):
            continue
        if one.text.lstrip().startswith("%%"):  # it stands before all of a cell, or nowhere
            continue
        mine = names_set(one.nodes) & given
        taken |= mine
        (not_run if mine else run).append(one.text)
    if not_run:
        run += [GIVEN.format(", ".join(sorted(taken))), *map(_commented, not_run)]
    return "\n".join(run)


def _few_statements(source: str) -> list[Statement] | None:
    parts = statements(source) if len(source) <= MOST_CHARACTERS else None
    return parts if parts is None or len(parts) <= MOST_STATEMENTS else None


def _is_call(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def _is_idle(node: ast.stmt, calls: set[str]) -> bool:
    """Whether a statement says nothing, or calls for a check, as a check cell does."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    return _is_call(node) and ast.dump(node.value.func) in calls


def _new_lines(source: str, original: str) -> list[str]:
    """The lines that are not the original's."""
    known = {line.strip() for line in original.split("\n")}
    return [line for line in source.split("\n") if not line.strip() or line.strip() not in known]


def _commented(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.split("\n"))
