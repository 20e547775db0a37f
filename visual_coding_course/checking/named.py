"""What may be told of a check that had right answers before it: points, and slips by their names.

Whatever else a check says may hold something of these right answers.
"""

from __future__ import annotations

from collections.abc import Mapping

from .about import STEPS, declared
from .mistakes import Mistakes
from .results import CaseResult, QuestionResult

STILL = "With right answers before it, this is still not right: {name}."
NAMED = "`{answer}` looks like this mistake: {name}."


def points_alone(
    result: QuestionResult, mistakes: Mistakes, modules: Mapping[str, str]
) -> QuestionResult:
    """Leave of a result which cases passed, and which slips are named, in words of the assignment.

    Parameters
    ----------
    result : QuestionResult
        Of a check that had right answers before it.
    mistakes : Mistakes
        Those of the question.
    modules : mapping of str to str
        The assignment's own, which may declare slips.
    """
    slips = _slips(modules)
    cases = (_alone(case, mistakes, slips) for case in result.cases)
    return QuestionResult(result.name, tuple(cases))


def _slips(modules: Mapping[str, str]) -> dict[str, str]:
    """What is declared of slips, in a phrase, by their names."""
    if STEPS not in modules:
        return {}
    # Here and not above: only assignments that declare steps need it.
    from .expecting import steps_of

    steps = steps_of(declared(modules, STEPS)).steps.values()
    return {made.name: f"{made.what}. {made.where}".strip() for one in steps for made in one.slips}


def _alone(case: CaseResult, mistakes: Mistakes, slips: Mapping[str, str]) -> CaseResult:
    about = (case.name, case.points, case.hidden)
    if case.status == "passed":
        return CaseResult(*about, "passed", state="right")
    if case.state == "broken":
        return CaseResult(*about, "failed", state="broken")
    told = None
    for name in case.mistakes[:1] if case.answer else ():
        told = _of_mistake(case.answer, name, mistakes)
        if told is None and name in slips:
            told = f"{NAMED.format(answer=case.answer, name=name)} It is {slips[name]}"
    if told is None:
        told = STILL.format(name=case.name)
        return CaseResult(*about, "failed", told, state="wrong_value", said=told)
    stem, said = mistakes.about.variants.stem(case.answer), mistakes.about.variants.alike(told)
    return CaseResult(
        *about, "failed", told, case.answer, "wrong_value", case.mistakes[:1], stem=stem, said=said
    )


def _of_mistake(answer: str, name: str, mistakes: Mistakes) -> str | None:
    """The hint of a mistake, if it says nothing that depends on the answer's value."""
    known = next((one for one in mistakes.of(answer) if one.name == name), None)
    if known is None:
        return None
    letter = mistakes.about.variants.letter(answer) or ""
    fields = {"answer": answer, "letter": letter.upper(), "small": letter}
    try:
        hint = f"{known.looks} {known.where}".strip().format_map(fields)
    except LookupError:
        hint = ""
    return hint or NAMED.format(answer=answer, name=name)
