"""What may be told of a check that had right answers before it: points, and slips by their names.

Whatever else a check says may hold something of these right answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from .about import STEPS, About, declared
from .results import CaseResult, QuestionResult
from .wrong import CannotTell

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
    slips = _slips(modules)
    return QuestionResult(result.name, tuple(_alone(case, about, slips) for case in result.cases))


def _slips(modules: Mapping[str, str]) -> dict[str, str]:
    """Where to look, by the names of the slips that are declared."""
    if STEPS not in modules:
        return {}
    # Here and not above: only assignments that declare steps need it.
    from .expecting import steps_of

    steps = steps_of(declared(modules, STEPS)).steps.values()
    return {made.name: made.where for one in steps for made in one.slips}


def _alone(case: CaseResult, about: About, slips: Mapping[str, str]) -> CaseResult:
    given = (case.name, case.points, case.hidden)
    if case.status == "passed":
        return CaseResult(*given, "passed", state="right")
    if case.status == "waiting":
        # What it found in the answer is left out.
        told = str(CannotTell(case.answer, "")).strip()
        return CaseResult(*given, "waiting", told, case.answer, "cannot_tell")
    if case.state == "broken":
        return CaseResult(*given, "failed", state="broken")
    name = next((name for name in case.mistakes if name in slips and case.answer), None)
    if name is None:
        told = STILL.format(name=case.name)
        return CaseResult(*given, "failed", told, state="wrong_value", said=told)
    variants = about.variants
    letter = variants.letter(case.answer) or ""
    told = NAMED.format(answer=case.answer, name=name)
    # What depends on the answer's value is left out.
    with suppress(LookupError):
        where = slips[name].format(answer=case.answer, letter=letter.upper(), small=letter)
        told = f"{told} {where}".strip()
    stem, said = variants.stem(case.answer), variants.alike(told)
    return CaseResult(
        *given, "failed", told, case.answer, "wrong_value", (name,), stem=stem, said=said
    )
