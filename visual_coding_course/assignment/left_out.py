"""What a release leaves out, since it is not true of the files that the assignment is about."""

from __future__ import annotations

import re
from collections.abc import Collection

import nbformat

#: Tags of cells that hold for one edition only: what is said of handing in and grading, and what is
#: said in its place to who studies alone.
COURSE, ALONE = "course-only", "self-study-only"
#: A part of a Markdown file that holds for some files only: the name says which.
PART = re.compile(r"<!-- only: (\w+) -->\n?(.*?)<!-- end -->\n?", re.DOTALL)


def without_cells(notebook: nbformat.NotebookNode, tags: Collection[str]) -> nbformat.NotebookNode:
    """Return a notebook without the cells that have one of these tags; the rest are the same."""
    kept = [cell for cell in notebook.cells if not {*cell.metadata.get("tags", ())} & {*tags}]
    return nbformat.from_dict({**notebook, "cells": kept})


def without_parts(text: str, names: Collection[str]) -> str:
    """Return a Markdown text without the parts of these names, and without the marks of others.

    A part stands between ``<!-- only: NAME -->`` and ``<!-- end -->``.
    """
    return PART.sub(lambda part: "" if part[1] in names else part[2], text)
