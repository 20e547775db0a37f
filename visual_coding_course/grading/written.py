"""Find a written answer where the student wrote it, and put it into the cell that is graded.

Students leave the given cell as it is and write below it, delete it and write anew, write into the
task, or use an editor that forgets which cell is which. nbgrader looks at the given cell alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from nbformat import NotebookNode, from_dict

from ..assignment.statements import statements
from ..shared.written import grade_id, is_written_answer

MOVED = "Found outside of the cell that was given for this answer, and taken as part of it."
#: Words that must have been typed into a task's own text for these to be an answer.
FEW_WORDS = 5


def gather_written(notebook: NotebookNode, released: NotebookNode) -> None:
    """Bring each written answer into its cell.

    An answer's own place reaches from the check before it to the next one. Text of the student's
    in there belongs to it; where there are several answers, to the one whose task or cell comes
    before it.

    Parameters
    ----------
    notebook : NotebookNode
        A submission whose cells are recognised, not restored yet; is changed. A given cell that
        has no text gets its released one, so that it is seen as not answered.
    released : NotebookNode
        The student's notebook as it was handed out.
    """
    order = list(released.cells)
    answers = [place for place, cell in enumerate(order) if is_written_answer(cell)]
    marks, last = _Marks(order), -1
    given_text = _lines(cell.source for cell in order if cell.cell_type == "markdown")
    given: dict[int, NotebookNode] = {}
    parts: dict[int, list[_Part]] = {place: [] for place in answers}
    for cell in notebook.cells if answers else ():
        place = marks.of(cell)
        if place in parts and place not in given:
            given[place], last = cell, place
            continue
        last = last if place is None else place
        target = _answer_at(last, answers, order)
        if target is None:
            continue
        text = _own_text(cell, None if place is None else order[place], given_text)
        if text is not None:
            after = place is None and cell.cell_type != "code" and last >= target
            parts[target].append(_Part(cell, text, place is not None, after))
    for place in answers:
        _put_together(notebook, order[place], given.get(place), parts[place])


class _Part(NamedTuple):
    """A piece of an answer that stands outside of its cell."""

    cell: NotebookNode
    text: str
    in_task: bool
    after: bool  # the given cell, as text: so it goes on with what stands in there


def is_blank(text: str, released: NotebookNode) -> bool:
    """Whether nothing was written into the cell for an answer."""
    return _bare(text) in ("", _bare(released.source))


def _bare(text: str) -> str:
    return re.sub(r"[\s*_>#]+", " ", text).strip()


class _Marks:
    """Tells which released cell a cell is: by its name, by its id, or by its text."""

    def __init__(self, order: list[NotebookNode]):
        self._names, self._ids, self._texts = {}, {}, {}
        for place, cell in enumerate(order):
            name = grade_id(cell)
            if name:
                self._names[name] = place
                continue
            if cell.cell_type == "markdown":
                self._ids[cell.get("id")] = place
                self._texts[_bare(cell.source)] = place
        self._order = order

    def of(self, cell: NotebookNode) -> int | None:
        name = grade_id(cell)
        if name in self._names:
            return self._names[name]
        if cell.cell_type == "code":
            return None
        by_text = self._texts.get(_bare(cell.source))
        if by_text is not None:
            return by_text
        by_id = self._ids.get(cell.get("id"))
        if by_id is not None and _share(cell.source, self._order[by_id].source):
            return by_id
        return next(
            (place for text, place in self._texts.items() if text and _share(
                cell.source, self._order[place].source)), None,
        )  # fmt: skip


def _share(text: str, released: str) -> bool:
    """Whether a text still has most lines of a released one."""
    lines = {line.strip() for line in released.split("\n") if line.strip()}
    return bool(lines) and 2 * len(lines & {one.strip() for one in text.split("\n")}) >= len(lines)


def _answer_at(last: int, answers: list[int], order: list[NotebookNode]) -> int | None:
    """The answer that text belongs to which follows the released cell ``last``."""
    if last in answers:
        return last
    after = next((place for place in answers if place > last), None)
    before = next((place for place in reversed(answers) if place < last), None)
    if after is not None and not _has_code(order[last + 1 : after]):
        return after
    if before is not None and not _has_code(order[before + 1 : last + 1]):
        return before
    return None


def _has_code(cells: Iterable[NotebookNode]) -> bool:
    """Whether another question's cells are among these."""
    return any(cell.cell_type == "code" for cell in cells)


def _lines(texts: Iterable[str]) -> set[str]:
    """Lines by which a given text is known: what is shorter may stand in any text."""
    lines = {line.strip() for text in texts for line in text.split("\n")}
    return {line for line in lines if len(line) > 3}


def _own_text(cell: NotebookNode, released: NotebookNode | None, given: set[str]) -> str | None:
    """What a student wrote in a cell that is not for it; None if it is no text of theirs."""
    if grade_id(cell) or (released is not None and cell.cell_type == "code"):
        return None
    text = cell.source.strip()
    if cell.cell_type == "code":
        return text if _is_prose(text) else None
    # Programs put cells together, so that the given text may stand in the same one.
    lines = text.split("\n")
    own = [line for line in lines if line.strip() not in given]
    if len(own) < len(lines) or released is not None:
        text = re.sub(r"\n\s*\n", "\n\n", "\n".join(own)).strip()
        return text if len(text.split()) >= FEW_WORDS else None
    return text or None


def _is_prose(text: str) -> bool:
    """Whether a code cell holds words, and no code."""
    if len(text.split()) < FEW_WORDS or text.startswith(("%", "!")):
        return False
    parts = statements(text)
    if parts is not None:
        return False
    words = re.findall(r"(?<![\w.])[^\W\d_]{2,}(?![\w(.\[=])", text)
    return len(words) >= FEW_WORDS and 2 * sum(map(len, words)) > len(text.replace(" ", ""))


def _put_together(
    notebook: NotebookNode,
    released: NotebookNode,
    given: NotebookNode | None,
    parts: list[_Part],
) -> None:
    """Put the parts of an answer into its cell, or into one in its place if it was deleted."""
    answered = given is not None and not is_blank(given.source, released)
    if given is not None and not answered:
        given["source"] = released.source
    parts = [part for part in parts if part.after or not answered]
    if not parts:
        return
    own = [part.cell for part in parts if not part.in_task]
    target = given if given is not None else own[0] if own else _new_cell(notebook, parts[-1].cell)
    if answered:
        parts.insert(0, _Part(given, given.source, False, False))
    texts, pictures, notes = [], {}, [MOVED]
    for part in parts:
        texts.append(_with_pictures(part, pictures))
        notes.append(part.cell.metadata.get("course", {}).get("note"))
    gone = {id(cell) for cell in own if cell is not target}
    notebook.cells = [cell for cell in notebook.cells if id(cell) not in gone]
    for key in ("outputs", "execution_count", "attachments"):
        target.pop(key, None)
    target["cell_type"], target["source"] = "markdown", "\n\n".join(texts)
    target["metadata"] = from_dict({
        "nbgrader": {"grade_id": grade_id(released)},
        "course": {"note": " ".join(filter(None, notes))},
    })  # fmt: skip
    if pictures:
        target["attachments"] = from_dict(pictures)


def _new_cell(notebook: NotebookNode, task: NotebookNode) -> NotebookNode:
    """Put a cell below a task into which the answer was typed."""
    place = next(number for number, cell in enumerate(notebook.cells) if cell is task)
    cell = from_dict({"cell_type": "markdown", "id": "answer", "metadata": {}, "source": ""})
    notebook.cells.insert(place + 1, cell)
    return cell


def _with_pictures(part: _Part, pictures: dict) -> str:
    """The text; its pictures are added, under other names where there are such already."""
    text = part.text
    for name, data in part.cell.get("attachments", {}).items():
        own, number = name, 2
        while own in pictures and pictures[own] != data:
            own, number = f"{number}-{name}", number + 1
        if own != name:
            there = rf"attachment:{re.escape(name)}(?=[\s)\"'<>\]])"
            text = re.sub(there, lambda _, own=own: f"attachment:{own}", text)
        pictures[own] = data
    return text
