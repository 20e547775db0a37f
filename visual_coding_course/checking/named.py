"""What may be told of a check that had right answers before it: points, and slips by their names.

Whatever else a check says may hold something of these right answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from .about import STEPS, About, declared
from .results import CaseResult, QuestionResult
from .wrong import CannotTell

if TYPE_CHECKING:
    from .steps import Slip, Steps

STILL = "With right answers before it, this is still not right: {name}."
NAMED = "`{answer}` looks like this mistake: {name}."


def points_alone(
    result: QuestionResult, about: About, modules: Mapping[str, str]
) -> QuestionResult:
    """Leave of a result which cases passed, and which slips are named, in words of the assignment.

    Parameters
    ----------
    result : QuestionResult
        Of a check that had right answers before it.
    about : About
        What the assignment declares about its answers.
    modules : mapping of str to str
        The assignment's own, which may declare slips.
    """
    steps = _steps(modules)
    return QuestionResult(result.name, tuple(_alone(case, about, steps) for case in result.cases))


def _steps(modules: Mapping[str, str]) -> Steps | None:
    if STEPS not in modules:
        return None
    # Here and not above: only assignments that declare steps need it.
    from .expecting import steps_of

    return steps_of(declared(modules, STEPS))


def _where(steps: Steps | None, answer: str, name: str) -> str | None:
    """Where to look, by the slip of that name which is nearest to an answer; None if none is.

    Several steps may have slips of one name, with other texts. Where none of them is near, as for a
    figure, which is no step's answer, there is a text only where all of them say the same.
    """
    if steps is None:
        return None
    near: list[Slip] = []
    with suppress(LookupError):
        one, _ = steps.find(answer)
        near = [*one.slips, *(made for _, made in steps.slips(one))]
    if found := [made.where for made in near if made.name == name]:
        return found[0]
    slips = (made for one in steps.steps.values() for made in one.slips)
    said = {made.where for made in slips if made.name == name}
    return said.pop() if len(said) == 1 else "" if said else None


def _alone(case: CaseResult, about: About, steps: Steps | None) -> CaseResult:
    given = (case.name, case.points, case.hidden)
    if case.status == "passed":
        return CaseResult(*given, "passed", state="right")
    if case.status == "waiting":
        # What it found in the answer is left out.
        told = str(CannotTell(case.answer, "")).strip()
        return CaseResult(*given, "waiting", told, case.answer, "cannot_tell")
    if case.state == "broken":
        return CaseResult(*given, "failed", state="broken")
    known = ((name, _where(steps, case.answer, name)) for name in case.mistakes if case.answer)
    name, where = next((one for one in known if one[1] is not None), (None, ""))
    if name is None:
        told = STILL.format(name=case.name)
        return CaseResult(*given, "failed", told, state="wrong_value", said=told)
    variants = about.variants
    letter = variants.letter(case.answer) or ""
    told = NAMED.format(answer=case.answer, name=name)
    # What depends on the answer's value is left out.
    with suppress(LookupError):
        where = where.format(answer=case.answer, letter=letter.upper(), small=letter)
        told = f"{told} {where}".strip()
    stem, said = variants.stem(case.answer), variants.alike(told)
    return CaseResult(
        *given, "failed", told, case.answer, "wrong_value", (name,), stem=stem, said=said
    )
