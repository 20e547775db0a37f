"""Take a cell's code apart: its statements, and the names that they set."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

MAGIC = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)
QUESTION = re.compile(r"^([ \t]*)(?:\?.*|.*\?[ \t]*)$", re.MULTILINE)


class Statement(NamedTuple):
    """One statement of a cell, or several on one line, and their text with comments above."""

    nodes: list[ast.stmt]
    text: str

    @property
    def meaning(self) -> tuple:
        """The same for what does the same, however it is written."""
        return (
            *map(ast.dump, self.nodes),
            *(match[0].strip() for match in MAGIC.finditer(self.text)),
        )


def statements(source: str) -> list[Statement] | None:
    """Take a cell's code apart; None of what is not Python. IPython's magics count as `pass`."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    plain = MAGIC.sub(r"\1pass", source)
    parsed = _parse(source) or _parse(plain) or _parse(QUESTION.sub(r"\1pass", plain))
    if parsed is None:
        return None
    lines, blocks = source.split("\n"), []
    for node in parsed.body:
        if blocks and node.lineno <= blocks[-1][-1].end_lineno:
            blocks[-1].append(node)
        else:
            blocks.append([node])
    ends = [0, *(block[-1].end_lineno for block in blocks)]
    texts = ("\n".join(lines[start:end]).strip("\n") for start, end in pairwise(ends))
    return [Statement(*both) for both in zip(blocks, texts, strict=True)]


def _parse(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def names_set(nodes: Iterable[ast.AST]) -> set[str]:
    """Names that code sets as it runs; not those inside of functions and classes."""
    names, waiting = set(), list(nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.Name):
            names |= set() if isinstance(node.ctx, ast.Load) else {node.id}
        elif not isinstance(node, ast.Lambda | ast.comprehension):
            waiting += ast.iter_child_nodes(node)
    return names
