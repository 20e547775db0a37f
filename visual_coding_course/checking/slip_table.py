"""The table of slips: which can be told in which answers, and which never can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .asking import Asked, questions
from .forms import Form
from .naming import alike, candidates, plain, silence
from .steps import Step, Steps
from .way import VALUE, parameters
from .wrong import Tolerance


class Row(NamedTuple):
    """One line of the table of slips.

    Attributes
    ----------
    step, slip : str
        Where it is made, and its name.
    answer : str
        The answer that it is looked for in.
    seen : str
        ``"unique"``; ``"invisible"`` where it gives what is right; ``"same as …"`` with the steps
        and names of those that give the same; ``"fails: …"`` with its error.
    """

    step: str
    slip: str
    answer: str
    seen: str


def table(steps: Steps, given: dict[str, Any]) -> list[Row]:
    """Work out which slips can be told in which answers.

    Parameters
    ----------
    steps : Steps
        The assignment's.
    given : mapping
        The notebook's given variables.

    Returns
    -------
    list of Row
        A line for each slip and answer, in the order of the steps.
    """
    with silence():
        return [row for one in steps.steps.values() for row in _rows(steps, one, given)]


def _rows(steps: Steps, one: Step, given: dict[str, Any]) -> Iterator[Row]:
    way, exact = steps.truth(given), one.recognised or one.exact
    if type(one.form) is Form:
        return  # a figure that is judged by a function
    for answer in steps.names(one):
        _, letter = steps.find(answer)
        made_by: dict[tuple[str, str], list[Any]] = {}
        asked = Asked(each=getattr(one.form, "each", None))
        for question in questions(steps, one, letter, given, asked):
            right = plain(question.right(way, one))
            for at, made, value, *_ in candidates(steps, one, way, question):
                value = plain(value)
                right_too = not isinstance(value, Exception) and alike(value, right, exact)
                made_by.setdefault((at.name, made.name), []).append(None if right_too else value)
        for key, values in made_by.items():
            yield Row(*key, answer, _seen(key, values, made_by, exact))


def _seen(key: tuple, values: list, made_by: dict[tuple, list], exact: Tolerance) -> str:
    errors = [value for value in values if isinstance(value, Exception)]
    visible = [value for value in values if value is not None and not isinstance(value, Exception)]
    if not visible:
        return f"fails: {type(errors[0]).__name__}: {errors[0]}" if errors else "invisible"
    same = sorted(
        " / ".join(other)
        for other, theirs in made_by.items()
        if other != key and _gives_the_same(visible, theirs, exact)
    )
    return f"same as {', '.join(same)}" if same else "unique"


def _gives_the_same(visible: list, theirs: list, exact: Tolerance) -> bool:
    return any(
        alike(mine, value, exact)
        for mine in visible
        for value in theirs
        if value is not None and not isinstance(value, Exception)
    )


def dead(steps: Steps, rows: list[Row]) -> list[str]:
    """Say which slips show in no answer, in a sentence each: they can never be named."""
    told: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        told.setdefault((row.step, row.slip), []).append(row.seen)
    sentences = []
    for one in steps.steps.values():
        for made in one.slips:
            seen = told.get((one.name, made.name), [])
            from_answer = made.kind == "fit" or (made.does and VALUE in parameters(made.does))
            if from_answer or any(not _unseen(each) for each in seen):
                continue
            why = next((each for each in seen if each != "invisible"), "it gives what is right")
            sentences.append(
                f"The slip {made.name!r} at the step `{one.name}` shows in no answer: "
                f"{why if seen else 'no answer depends on that step'}."
            )
    return sentences


def _unseen(seen: str) -> bool:
    return seen == "invisible" or seen.startswith("fails: ")
