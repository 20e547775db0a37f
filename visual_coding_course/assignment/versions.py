"""What a grade depends on besides the submission, part by part: told apart by a digest of each."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..shared.files import write_whole

if TYPE_CHECKING:
    from .assignment import Assignment

#: The version of judging. Raise it with each change after which the engine would give some
#: submission other points, or name another mistake: in how cells are run, answers are copied,
#: cases are run, values are compared, or figures are read. Not for a change of words.
JUDGING = 9

HINTS = frozenset({"what", "where", "direct"})
#: Calls with texts for students in them: by the function's name, where they stand, and under which
#: names. What else such a call is given decides points, or names a mistake.
TEXTS: dict[str, tuple[range, frozenset[str]]] = {
    "NotAttempted": (range(0, 1), frozenset({"sentence"})),
    "Wrong": (range(2, 3), frozenset({"sentence"})),
    "Misnamed": (range(2, 3), frozenset({"sentence"})),
    "CannotTell": (range(1, 2), frozenset({"reads"})),
    "KnownError": (range(2, 3), frozenset({"hint"})),
    "About": (range(4, 5), frozenset({"read"})),
    "recognised": (range(1, 2), frozenset()),
    "of_type": (range(3, 4), frozenset({"should"})),
    "test_case": (range(0), frozenset({"success_message", "failure_message"})),
}
#: The same of what is called by its own name alone: numpy has an `array`, too, and models a `fit`.
TEXTS_OF_STEPS: dict[str, tuple[range, frozenset[str]]] = {
    **dict.fromkeys(("slip", "fit", "looks"), (range(3, 6), HINTS)),
    "rewire": (range(2, 5), HINTS),
    "step": (range(0), frozenset({"axes", "unit", "wrong", "direct"})),
    **dict.fromkeys(("number", "integer", "text", "series"), (range(0, 1), frozenset({"of"}))),
    "array": (range(1, 2), frozenset({"of"})),
    "curves": (range(0, 3), frozenset({"of", "x", "y"})),
    "spread": (range(0, 2), frozenset({"of", "x"})),
}
#: Read by name, whatever reads the files.
DEFINED = {"OK_FORMAT"}


#: In ``autograder/NAME/``: what `versions` told at the build, and of what.
KEPT = "versions.json"


def versions_kept(assignment: Assignment) -> dict[str, str]:
    """Tell what `versions` does, from a file beside what was built, if it is about just this.

    To tell it anew takes a second: all of the assignment's own modules are imported for it.
    """
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(Path(assignment.built, KEPT).read_text(encoding="utf-8"))
        if kept["of"] == _key(assignment):
            return kept["versions"]
    return versions(assignment)


def keep_versions(assignment: Assignment) -> None:
    """Write that file, for an assignment that was loaded from where it was built."""
    kept = {"of": _key(assignment), "versions": versions(assignment)}
    write_whole(Path(assignment.built, KEPT), json.dumps(kept))


def _key(assignment: Assignment) -> str:
    return f"{assignment.fingerprint} {package_digest()}"


@cache
def package_digest() -> str:
    """Digest of this package's code: the checks' logic is in it."""
    digest = sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def package_digest_now() -> str:
    """The same, read anew: another one says that what runs is not what is there any more."""
    package_digest.cache_clear()
    return package_digest()


def versions(assignment: Assignment) -> dict[str, str]:
    """Tell what an assignment's grades depend on: each part changes whenever a grade could.

    Comments, docstrings, prose and texts for students are no part of it.

    Returns
    -------
    dict of str to str
        Of ``notebook``, ``tests``, ``modules``, ``expected``, ``limits``, ``judging`` and
        ``recordings``; and ``pools``, where each student has parameters of their own.
    """
    limits = json.dumps(asdict(assignment.limits), sort_keys=True)
    return {
        "notebook": _short(*_of_notebook(assignment)),
        "tests": _short(*_of_files(assignment.tests, alone=True)),
        "modules": _short(*_of_files(assignment.modules, alone=False)),
        "expected": _short(
            assignment.expected,
            *assignment.carried.values(),
            *(without_words(own.code) for own in assignment.own.values()),
        ),
        "limits": _short(limits),
        "judging": f"{JUDGING}{'' if assignment.carry_forward else ', nothing carried forward'}",
        "recordings": assignment.needs.version,
    } | ({"pools": _short(json.dumps(assignment.pools))} if assignment.pools else {})


def _short(*parts: str | bytes) -> str:
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "replace") if isinstance(part, str) else part
        digest.update(f"{len(data)}\0".encode() + data)
    return digest.hexdigest()[:16]


def _of_files(files: dict[str, str], alone: bool) -> Iterator[str]:
    for name, source in sorted(files.items()):
        yield name
        yield without_words(source, alone)


def _of_notebook(assignment: Assignment) -> Iterator[str]:
    for cell in assignment.notebook.cells:
        tags = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" or tags:
            about = {key: tags.get(key) for key in ("grade_id", "grade", "solution", "points")}
            yield json.dumps([cell.cell_type, about])
        if cell.cell_type == "code":
            yield without_words(cell.source)


def without_words(source: str, alone: bool | None = None) -> str:
    """Reduce code to what it does.

    Parameters
    ----------
    source : str
        Python; what cannot be read as such, say for its magics, comes back as it is.
    alone : bool, optional
        Of a whole file: whether nobody else reads what it defines. Constants of text that nothing
        in it reads are left out then; otherwise those that only its texts for students read. Not
        of a cell: others may read what it defines.

    Returns
    -------
    str
        The same for code that differs in layout, comments, docstrings and texts for students, and
        in nothing else.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return source
    read = _names_read(tree)
    tree = _Wordless().visit(tree)
    if alone is not None:
        while unread := _unread_texts(tree, None if alone else read):
            tree.body = [statement for statement in tree.body if statement not in unread]
    return ast.dump(tree)


class _Wordless(ast.NodeTransformer):
    """Takes out docstrings, what asserts say, and the texts that `TEXTS` tells of."""

    def visit(self, node: ast.AST) -> Any:
        if isinstance(getattr(node, "body", None), list):
            node.body = [statement for statement in node.body if not _is_text(statement)]
        return super().visit(node)

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        node.msg = None
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = getattr(node.func, "id", getattr(node.func, "attr", None))
        known = TEXTS | TEXTS_OF_STEPS if isinstance(node.func, ast.Name) else TEXTS
        places, names = known.get(name, (range(0), frozenset()))
        if not any(isinstance(one, ast.Starred) for one in node.args):
            node.args = [_blank(one) if at in places else one for at, one in enumerate(node.args)]
        node.keywords = [one for one in node.keywords if one.arg not in names]
        return self.generic_visit(node)


def _blank(text: ast.expr) -> ast.expr:
    """What stands for a text; of a dict of texts, and of several that are joined, the keys stay."""
    if isinstance(text, ast.BinOp) and isinstance(text.op, ast.BitOr):
        return ast.BinOp(_blank(text.left), text.op, _blank(text.right))
    if isinstance(text, ast.Dict):
        return ast.Dict(text.keys, [_blank(value) for value in text.values])
    return ast.Constant("")


def _is_text(statement: ast.stmt) -> bool:
    """Whether a statement is nothing but text, as a docstring is."""
    value = getattr(statement, "value", None)
    return isinstance(statement, ast.Expr) and isinstance(getattr(value, "value", None), str)


def _names(statement: ast.stmt) -> set[str | None]:
    """Names that a statement defines, or gives an entry, by an equals sign; None for others."""
    targets = getattr(statement, "targets", [])
    entered = [one.value if isinstance(one, ast.Subscript) else one for one in targets]
    return {getattr(target, "id", None) for target in entered}


def _names_read(tree: ast.Module) -> set[str]:
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _unread_texts(tree: ast.Module, before: set[str] | None) -> list[ast.stmt]:
    """Constants of text that nothing reads any more; of those that were read before, if told."""
    read = _names_read(tree) | DEFINED
    return [
        statement
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        and all(
            name and name.isupper() and name not in read and (before is None or name in before)
            for name in _names(statement)
        )
        and _makes_text(statement.value)
    ]


def _makes_text(value: ast.expr) -> bool:
    """Whether an expression is made of text alone: literals, constants, and sums of them."""
    if isinstance(value, ast.BinOp):
        return (
            isinstance(value.op, ast.Add) and _makes_text(value.left) and _makes_text(value.right)
        )
    if isinstance(value, (ast.Dict, ast.Tuple)):
        return all(map(_makes_text, value.values if isinstance(value, ast.Dict) else value.elts))
    if isinstance(value, ast.JoinedStr):
        return True
    return isinstance(value, ast.Name) or (
        isinstance(value, ast.Constant) and isinstance(value.value, str)
    )
