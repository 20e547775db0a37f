"""Say which mistake a wrong answer shows, where to look, and what to do."""

from __future__ import annotations

from typing import Any

import numpy as np

from .steps import Slip, Step
from .wrong import Wrong

#: Says that an answer is another variant's, and has a slip in it besides.
ALSO_OTHER = "It also comes from {word} {other}, not from {word} {letter}."
OTHER_VARIANT = "another {word}'s"


def fields(wrong: Wrong, other: str | None = None) -> dict[str, Any]:
    """What hints may name, in braces."""
    letter = str(wrong.about.get("letter", ""))
    return {
        **wrong.about,
        "answer": wrong.answer,
        "letter": letter.upper(),
        "small": letter,
        "other": (other or "").upper(),
        "size": np.size(wrong.value),
        "shape": np.shape(wrong.value),
    }


def _sentence(wrong: Wrong) -> str:
    """What was said, as a whole sentence: it may end with a student's error text."""
    said = str(wrong)
    return said if said.endswith((".", "?", "!")) else f"{said}."


def speak_by_name(wrong: Wrong, one: Step) -> None:
    """Say what is known of a mistake that the form recognised; or of a wrong answer in general."""
    for made in one.slips:
        if made.name in wrong.mistakes[:1] and made.kind == "fit":
            return speak(wrong, one, one, made)
    told = fields(wrong)
    if one.wrong and wrong.state == "wrong_value" and not wrong.mistakes and not wrong.own_words:
        wrong.args = (one.wrong.format(**told),)
    if one.direct:
        wrong.direct = f"{_sentence(wrong)} {one.direct.format(**told)}"
    return None


def speak(
    wrong: Wrong, one: Step, at: Step, made: Slip, other: str | None = None, also: bool = False
) -> None:
    """Say what the answer comes from, and where to look; then what to do in place of that."""
    told = fields(wrong, other) | {"word": one.variants.word}
    if not made.name:
        if at is not one:
            words = at.name.replace("_", " ")
            wrong.args = (f"{wrong} Look again at how its {words} is worked out.",)
        return speak_by_name(wrong, one)
    what, where, direct = (
        text.format(**told) for text in (made.what, made.where, made.direct or one.direct)
    )
    if not what:
        looks = _sentence(wrong)
    elif made.what.startswith("`") and at is one:
        looks = what
    elif made.what.startswith("`"):
        looks = f"`{wrong.answer}` comes from an earlier step, with this mistake: {made.name}."
    else:
        verb = one.form.verb if at is one and made.kind != "rewire" else "comes from"
        looks = f"`{wrong.answer}` {verb} {what.rstrip('.')}."
    if also:
        looks = f"{looks} {ALSO_OTHER.format(**told)}"
    if what:
        wrong.args = (f"{looks} {where}".strip(),)
    wrong.mistakes = (made.name, *[OTHER_VARIANT.format(**told)] * also)
    wrong.direct = f"{looks} {direct}" if direct else ""


def speak_of_line(
    wrong: Wrong, one: Step, of: Step, at: Step, made: Slip, other: str | None = None
) -> None:
    """Say what a line of a figure comes from, in place of the answer whose step is `of`."""
    told = fields(wrong, other) | {"answer": f"a line of `{wrong.answer}`"}
    what = made.what.replace("`{answer}`", "{answer}").format(**told)
    if made.what.startswith("`{answer}`"):
        looks = what[0].upper() + what[1:]
    else:
        verb = of.form.verb if at is of and made.kind != "rewire" else "comes from"
        looks = f"A line of `{wrong.answer}` {verb} {what.rstrip('.')}."
    where = made.where.format(**told)
    wrong.args = (f"{looks} {where}".strip(),)
    wrong.mistakes = (made.name,)
    wrong.direct = f"{looks} {one.direct.format(**told)}" if one.direct else ""
