"""Which of many things drawn on a panel can be told from the rest by their look.

A panel that shows every neuron shows ours, too, and nobody can tell which it is. All neurons in
grey and ours in red is another matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .drawings import Panel
from .wrong import Wrong

#: So many curves, or marks, may be alike: ten repeats and a few more.
MOST_ALIKE = 15
#: A look that more things than this share is what they have in common.
RARE = 2
#: So many points make a curve.
FEWEST_POINTS = 30

IN_COLOUR = (
    "Draw our neuron only; or all others thin and in grey, and ours on top of them in a colour."
)


def standing_out(looks: Iterable[str]) -> set[str] | None:
    """Find the looks by which one can tell a thing from the rest.

    Parameters
    ----------
    looks : iterable of str
        Of each thing drawn, as `grading.figures` describes it.

    Returns
    -------
    set of str or None
        None where there are so few things that none must stand out.
    """
    counts = Counter(looks)
    if counts.total() <= MOST_ALIKE:
        return None
    rare = {look for look, count in counts.items() if count <= RARE}
    # In as many colours as there are things, none stands out.
    return rare if sum(counts[look] for look in rare) <= MOST_ALIKE else set()


def curves_standing_out(panels: list[Panel]) -> list[list[int]]:
    """List, for each panel, which of its lines can be told from the rest; short ones always can."""
    found = []
    for panel in panels:
        curves = [i for i, line in enumerate(panel.lines) if len(line) >= FEWEST_POINTS]
        rare = standing_out(panel.looks["lines"][i] for i in curves)
        hidden = {i for i in curves if rare is not None and panel.looks["lines"][i] not in rare}
        found.append([i for i in range(len(panel.lines)) if i not in hidden])
    pairs = zip(panels, found, strict=True)
    curves = sum(len(panel.lines[i]) >= FEWEST_POINTS for panel, some in pairs for i in some)
    # A panel for every few neurons shows all of them, too.
    return found if curves <= 3 * MOST_ALIKE else [[] for _ in panels]


def among_many(name: str, what: str) -> Wrong:
    """Say that a figure has what is asked for among many others that look the same.

    Parameters
    ----------
    name : str
        Name of the figure.
    what : str
        What is drawn, as several: ``"traces"``.
    """
    return Wrong(
        name,
        "wrong_value",
        f"`{name}` shows very many {what}, and which of them is our neuron's cannot be seen. "
        f"{IN_COLOUR}",
        mistake="all neurons drawn",
    )
