"""What is asked of any figure: to be one, enough panels, named axes, names that fit."""

from __future__ import annotations

from collections.abc import Container, Mapping

from visual_coding_course.checking.drawings import Drawing, Panel
from visual_coding_course.checking.steps import Step, fit
from visual_coding_course.checking.wrong import Misnamed, Wrong

from .truth import SESSIONS

IN_COLOUR = (
    "Draw our neuron only; or all others thin and in grey, and ours on top of them in a colour."
)

#: For each mistake that is recognised in any figure, the hint for a student who fails again.
IN_ANY_FIGURE = {
    "figure and axes together": "`plt.subplots` returns two things. Take them apart with a comma: "
    "`{answer}, axes = plt.subplots(...)`.",
    "axes in place of the figure": "Begin with `{answer}, axes = plt.subplots(...)`, or add the "
    "line `{answer} = ax.figure` at the end of the cell.",
    "not a figure": "Begin with `{answer}, axes = plt.subplots(...)`, draw with methods of the "
    "axes, and give the name `{answer}` to nothing else below.",
    "an empty figure": "Put `{answer} = plt.gcf()` at the end of the cell that draws, before any "
    "`plt.show()`: afterwards the current figure is a new one.",
    "one panel for three": "Make three panels with `plt.subplots(1, 3)` or `plt.subplots(3, 1)`, "
    "and draw one session on each of `axes[0]`, `axes[1]` and `axes[2]`.",
    "two panels for three": "Make three panels with `plt.subplots(1, 3)` or `plt.subplots(3, 1)`, "
    "and draw one session on each of `axes[0]`, `axes[1]` and `axes[2]`.",
    "panels left empty": "Draw with methods of each panel, `ax.plot` or `ax.imshow`: those of "
    "`plt` use the last panel only. And see whether the loop stops with an error.",
    "an empty window": "Leave out `set_xlim` and `set_ylim`, or give them limits between which "
    "there are values; and draw nothing over it.",
    "one session for all": "In the loop over the sessions, draw what changes from session to "
    "session, not a name that ends in one session's letter.",
    "one session twice": "Go through sessions and data in one loop, and see that none of the lists "
    "that it goes through names a session twice.",
    "no line drawn": "Call `ax.plot` for each session, with times and values: it joins the points "
    "by a line.",
    "missing labels": "After drawing, call `ax.set(xlabel=..., ylabel=...)` with a few words on "
    "what each axis shows, and its unit if it has one.",
    "wrong unit of time": "Without times, `ax.plot` counts imaging frames; timestamps are in "
    "seconds until you divide them. Write the unit that you draw into the label.",
    "wrong times": "Give `ax.plot` the times as they come, in seconds. If you leave them out, it "
    "counts imaging frames, which is right, too.",
    "a session left out": "Count what the figure shows: each of the three sessions should be "
    "there. Does the loop go through all of them?",
    "no legend": "Give each `ax.plot` a `label` that names its session, and call `ax.legend()` "
    "after the last of them.",
    "panels without titles": "Call `ax.set_title` on each panel with the name of its session.",
    "the same name for all": "Put the letter of the session into each title or label, such as "
    '`f"session {{letter}}"` in the loop.',
    "names in another order": "Write the sessions' letters and their data in the same order, and "
    'go through both at once: `for letter, ... in zip("ABC", ...)`.',
}

#: The same for those in figures with numbers along their axes, and of curves.
OF_AXES = {
    "names of the axes exchanged": "Exchange the two labels, or the two things that you draw "
    "against each other.",
    "another quantity named": "Write into the label what you drew: look where the values come "
    "from, and which unit they have, if any.",
}
OF_CURVES = OF_AXES | {
    "too short a piece": "Draw the whole trace, or leave a window of a minute or so.",
    "a histogram of the values": "Call `ax.plot` with times and values in place of `ax.hist`, "
    "which forgets the order of the values.",
    "drawn along the wrong axes": "Give `ax.plot` the times first, and then the values.",
    "drawn backwards in time": "Draw the values in the order in which they come: without "
    "`[::-1]`, and not from the last to the first.",
    "responses cut off": "Leave out `set_ylim`, or let it go up to the largest value that is "
    "drawn.",
    "percent and fraction mixed up": "Draw the values as they come, and write no percent sign; or "
    "multiply them by 100, and write it.",
    "changed values called dF/F": "Draw the arrays as they are, without dividing by their maximum "
    "or adding a number; or say in the label what you did.",
    "another beginning of time": "Subtract the time of the frame that your label names from all "
    "times, or change the label.",
}


def recognised(at: Step, hints: Mapping[str, str | tuple[str, str, str]]) -> None:
    """Declare mistakes that the reading of an answer recognises by itself.

    Parameters
    ----------
    at : Step
        The answer's.
    hints : mapping of str to str or (str, str, str)
        By name: what the answer is, where to look, and what to do; or the last alone, if the
        reading says the others.
    """
    for name, told in hints.items():
        fit(at, name, None, *(told if isinstance(told, tuple) else ("", "", told)))


def need_panels(drawing: Drawing, of: str) -> list[Panel]:
    """Return the panels on which something is drawn.

    Parameters
    ----------
    drawing : Drawing
        The figure.
    of : str
        What each panel should show, for the message.

    Raises
    ------
    Wrong
        If there are fewer than three.
    """
    found, name = len(drawing.panels), drawing.name
    if found >= 3:
        return drawing.panels
    has = f"`{name}` has {found} panel{'s'[: found > 1]} with something on it"
    mistake = ("one panel for three", "two panels for three")[found - 1]
    if found + drawing.empty >= 3:
        has, mistake = f"{has}, and {drawing.empty} left empty", "panels left empty"
        if drawing.unseen:
            has, mistake = f"{has}, or with nothing on it that can be seen", "an empty window"
    sentence = f"{has}. It should have three, one for each session, each with {of}."
    raise Wrong(name, "wrong_shape", sentence, mistake=mistake)


def need_order(name: str, told: str | None, shown: set[str]) -> None:
    """Raise Misnamed if what is shown is said to be another session.

    Parameters
    ----------
    name : str
        Name of the figure.
    told : str or None
        The session that is said to be shown, if it can be read.
    shown : set of str
        The sessions that are shown; empty if that is not known.
    """
    if told and shown and told not in shown:
        raise Misnamed(
            name,
            "wrong_value",
            f"`{name}` calls session {told.upper()} what is another session. Do the names and the "
            "data come in the same order?",
            mistake="names in another order",
        )


def missing_sessions(found: Container[str]) -> str:
    """Name the sessions that are not among these: ``"sessions B and C"``."""
    missing = [letter.upper() for letter in SESSIONS if letter not in found]
    if len(missing) == len(SESSIONS):
        return "any session"
    return f"session{'s'[: len(missing) > 1]} {' and '.join(missing)}"


def repeated(name: str, shown: list[set[str]], what: str) -> Wrong | None:
    """Say which session is shown again in the place of another, if one is.

    Parameters
    ----------
    name : str
        Name of the figure.
    shown : list of set of str
        The sessions that each panel, or line, shows; empty sets for none.
    what : str
        What is shown, for the message: ``"the mean response in"``.
    """
    found = set().union(*shown)
    for letter in sorted(found):
        times = sum(letter in letters for letters in shown)
        if times > 1:
            often = {2: "twice", 3: "three times"}.get(times, f"{times} times")
            return Wrong(
                name,
                "wrong_value",
                f"`{name}` shows {what} session {letter.upper()} {often}, and nowhere {what} "
                f"{missing_sessions(found)}.",
                mistake="one session for all" if times == len(shown) > 2 else "one session twice",
            )
    return None


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
