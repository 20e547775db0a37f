"""Read from titles and legends which session a panel or a line is said to show."""

from __future__ import annotations

import re

from visual_coding_course.checking.drawings import Drawing, Entry, Panel, entries_for

#: "session B", "three_session_B", "session_b", "Session: B2".
SESSION = re.compile(r"sessions?[\s_:#-]*([abc])2?(?![a-z0-9])", re.IGNORECASE)

CAPITAL = re.compile(r"(?<![^\W_])[ABC](?![^\W_])")

#: A letter alone ("B", "(b)"), before a sign ("B: day 2"), or after a name ("dff_b", "mean B").
#: A letter followed by a word may be an article: "A response to the movie".
ALONE = [
    re.compile(r"\W*([abc])\W*", re.IGNORECASE),
    re.compile(r"\W*([ABC])\s*[:,;|=(\[–—-].*", re.DOTALL),
    re.compile(r".*[\s_]\W?([ABC])\W*|.*_([abc])\W*", re.DOTALL),
]


def letters_in(text: str) -> set[str]:
    """Sessions that a text names: in full and by capital letters after that, or else by these.

    Before a session that is named in full, a letter may be the panel's own: "B  Session A".
    """
    first = SESSION.search(text)
    named = SESSION.findall(text) + CAPITAL.findall(text, first.end() if first else 0)
    return {letter.lower() for letter in named}


def letter_of(text: str, in_full: bool = False) -> str | None:
    """Read the one session that a text names.

    Parameters
    ----------
    text : str
        A title, a name of an axis, or a line of a legend.
    in_full : bool
        Whether the word session must be there.

    Returns
    -------
    str or None
        a, b or c; None if the text names none or several, or may mean something else.
    """
    named = {letter.lower() for letter in SESSION.findall(text)}
    if named or in_full:
        return named.pop() if len(named) == 1 and len(letters_in(text)) == 1 else None
    if len(letters_in(text)) > 1:
        return None
    for pattern in ALONE:
        found = pattern.fullmatch(text.strip())
        if found:
            return next(group for group in found.groups() if group).lower()
    return None


def first_letter(texts: list[str]) -> str | None:
    """Read the session from the first text that names one: in full, or else by its letter."""
    for in_full in (True, False):
        for text in texts:
            letter = letter_of(text, in_full)
            if letter:
                return letter
    return None


def tell_apart(groups: list[list[str]]) -> bool:
    """Whether texts say which session is which: several that differ, or one that names several.

    Parameters
    ----------
    groups : list of list of str
        Texts of the same kind: titles, lines of legends, …
    """
    several = any(len({text.strip() for text in group} - {""}) > 1 for group in groups)
    return several or any(len(letters_in(text)) > 1 for group in groups for text in group)


def session_of_line(color: str, style: str, entries: list[Entry]) -> str | None:
    """Read from a legend which session a line is said to be; None if it does not say."""
    letters = {letter_of(entry.text) for entry in entries_for(color, style, entries)}
    return letters.pop() if len(letters) == 1 else None


def told(panel: Panel) -> str | None:
    """Read the session that a panel is said to show; None if it does not say."""
    entries = [entry.text for entry in panel.legend]
    return first_letter([panel.title, panel.ylabel, *entries, *panel.texts])


def tells_apart(drawing: Drawing) -> bool:
    """Whether titles, legends or texts say which is which. A label alone is not seen."""
    panels = drawing.panels
    return tell_apart(
        [
            [panel.title for panel in panels],
            [panel.ylabel for panel in panels],
            [entry.text for owner in [drawing, *panels] for entry in owner.legend],
            [text for owner in [drawing, *panels] for text in owner.texts],
            [drawing.title],
            [drawing.ylabel],
        ]
    )
