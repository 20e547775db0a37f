"""Which of many things drawn on a panel can be told from the rest by their look.

A panel that shows everything shows what is asked for, too, and nobody can tell which it is. All in
grey and one in red is another matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from .traced import Curve

#: So many curves, or marks, may be alike: ten repeats and a few more.
MOST_ALIKE = 15
#: A look that more things than this share is what they have in common.
RARE = 2
#: So many things stand out, at most: three means, each with two lines for its error.
MOST_STANDING_OUT = 9


def hidden_looks(looks: Iterable[str], most: int = MOST_ALIKE) -> Callable[[str], bool]:
    """Say of looks whether a thing that has it cannot be told from the rest.

    Parameters
    ----------
    looks : iterable of str
        Of each thing drawn, as `inside.figures` describes it.
    most : int, optional
        Of so many things each can be told.
    """
    counts = Counter(looks)
    if counts.total() <= most:
        return lambda look: False
    common = {look for look, count in counts.items() if count > RARE}
    rest = sum(count for look, count in counts.items() if look not in common)
    if rest > min(most, MOST_STANDING_OUT):
        # In as many colours as there are things, none stands out, whatever its own.
        return lambda look: True
    return common.__contains__


def curves_standing_out(panels: list[list[Curve]]) -> list[list[Curve]]:
    """List, for each panel, which of its curves can be told from the rest."""
    found = []
    for curves in panels:
        is_hidden = hidden_looks(curve.look for curve in curves)
        found.append([curve for curve in curves if not is_hidden(curve.look)])
    # A panel for every few shows all of them, too.
    return found if sum(map(len, found)) <= 3 * MOST_ALIKE else [[] for _ in panels]
