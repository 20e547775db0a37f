"""What stands where a student is to write an answer in words."""

from __future__ import annotations

from nbformat import NotebookNode

WRITTEN_ANSWER_PROMPT = "*Write your answer here: double-click, and replace this line.*"


def grade_id(cell: NotebookNode) -> str | None:
    """Name that nbgrader gave a cell; None if it gave none."""
    tags = cell.metadata.get("nbgrader")
    name = tags.get("grade_id") if isinstance(tags, dict) else None
    return name if isinstance(name, str) else None


def is_written_answer(cell: NotebookNode) -> bool:
    """Whether a cell is for an answer in words, which a person reads."""
    tags = cell.metadata.get("nbgrader")
    tags = tags if isinstance(tags, dict) else {}
    return cell.cell_type == "markdown" and bool(tags.get("grade") and tags.get("solution"))


def has_text(cell: NotebookNode) -> bool:
    """Whether something was written into a cell for an answer in words."""
    text = cell.source.replace(WRITTEN_ANSWER_PROMPT, "")
    return any(character.isalnum() for character in text)
