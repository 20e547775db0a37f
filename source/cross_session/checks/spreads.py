"""Judge the figure of how stability is spread over the neurons."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from visual_coding_course.checking import values
from visual_coding_course.checking.drawings import Drawing, Panel, entries_for
from visual_coding_course.checking.figures import need_labels, read, where_read
from visual_coding_course.checking.spread import FEW, Spread, shows_spread, stacks_of
from visual_coding_course.checking.ticks import scales_of
from visual_coding_course.checking.way import Made, Way
from visual_coding_course.checking.wrong import Misnamed, NotAttempted, Wrong

from .axes import label_of
from .categories import by_category, place_among_categories
from .marks_of_one import marks_on, things_on
from .tables import Stability
from .unlike import what_is_shown

VALUE = r"stabil|corr|pearson|\br\b|simil|reliab|coeff|consist|alike|\brho\b|ρ"
NUMBER = r"number|counts?\b|#|how many|\bn\b|\bno\."
SHARE = r"share|fraction|proportion"
DENSITY = r"densit|pdf"
PERCENT = r"%|percent|per cent"
COUNT = (
    rf"{NUMBER}|{SHARE}|{DENSITY}|{PERCENT}|neuron|cells?\b|probab|frequen|cumul|rank|\bcdf|ecdf|"
    r"sort|index|histogram"
)
ANOTHER = r"\btime\b|second|df\s*/\s*f|δf|spik|firing|\bp.?value|distance|frame"

#: A unit, in brackets or at the end, which a mean of correlations does not have.
UNITS = (
    r"(s|sec\.?|seconds?|ms|min|minutes?|hz|frames?|[µμu]m|mm|px|pixels?|m?v|a\.?\s?u\.?|"
    r"arb\.? units?|(d|δ|∆|\\?delta\s?)f\s*/?\s*f0?|spikes?(\s*/\s*s)?)"
)
UNIT = rf"([(\[]\s*(in\s+)?{UNITS}\s*[)\]]|(,|\bin)\s+{UNITS}\s*$)"
#: May stand before it: the unit is that of what is correlated.
OF_WHAT = r"(responses?|traces?|signals?|activity|fluorescence|means?)\s*"
#: What a legend calls ours, and what it calls a number of all.
OURS = r"\b(our|my)\b|\bthis (neuron|cell)\b|\b{neuron}\b"
OF_ALL = (
    r"\bmedian|(\bmean|average)\b.*\b(all|neurons|cells|population)\b|\b(all|population)\b.*\bmean"
)

#: By what is drawn, what its label must not say, unless it also says what it is.
FALSE = {
    "number": (rf"{SHARE}|{DENSITY}|{PERCENT}|probab", NUMBER),
    "density": (rf"{NUMBER}|{PERCENT}|{SHARE}", rf"{DENSITY}|probab"),
    "share": (rf"{NUMBER}|{PERCENT}", rf"{SHARE}|probab"),
    "percent": (rf"{NUMBER}|{DENSITY}|{SHARE}", PERCENT),
}
#: What bars or a smooth curve surely show, they are less off.
SAME = 0.01
#: How near a mark must lie, as a share of the extent of all values.
NEAR = 0.01
#: How far a point that marks one may be from its place among sorted ones: counted from 0, or 1.
OFF_PLACES = 2.5
#: How wide a span or bar may be that marks one, as a share of the same.
WIDEST = 0.15


def stability_shown(figure: Any, ways: list, names: bool = True) -> None:
    """Check that a figure shows how the student's own stability values are spread.

    Parameters
    ----------
    figure, ways
        The answer, and the routes by which it may be right.
    names : bool
        Whether our neuron must be marked, and the axes named, and truly.
    """
    drawing = read("fig_stability", figure)
    truth, others = ways
    numbers = _numbers(others.answers["response_stability"])
    with where_read(drawing, FEW):
        _judge_spread(drawing, numbers, truth, names)


def _judge_spread(
    drawing: Drawing, numbers: pd.Series, truth: Callable[[], Way], names: bool
) -> None:
    spreads = _spreads(drawing, numbers)
    shown = [one for one in spreads if not _shows_others_better(*one, truth)]
    if not shown:
        mistake, found = what_is_shown(drawing.panels, numbers)
        if any(panel.hidden for panel in drawing.panels):
            mistake = "an empty window"
            found = "Something that is drawn cannot be seen: is it covered, or outside the limits?"
        sentence = (
            "`fig_stability` does not show the values of `response_stability`: neither as a "
            f"histogram that counts every neuron, nor as one point for each neuron. {found}"
        )
        raise Wrong("fig_stability", "wrong_value", sentence.strip(), mistake=mistake)
    if not any(_within(panel, spread, numbers) for panel, spread in shown):
        sentence = (
            "The limits of the axes of `fig_stability` leave out what is drawn: nothing is seen."
        )
        raise Wrong("fig_stability", "wrong_value", sentence, mistake="an empty window")
    if names:
        _need_mark(drawing, shown, numbers, truth().cell_specimen_id)
        need_labels(drawing, "stability, or what is counted", "stability, or what is counted")
        for panel, spread in shown:
            _need_true_names(drawing, panel, spread)


def _numbers(stability: Any) -> pd.Series:
    if values.is_blank(stability):
        raise NotAttempted(
            "`fig_stability` can be checked when `response_stability` is there: finish it first.",
            "response_stability",
        )
    if isinstance(stability, (pd.Series, pd.DataFrame)):
        stability = stability.dropna()  # those without a value are told of where that is asked for
    if isinstance(stability, pd.DataFrame) and stability.shape[1] == 1:
        stability = stability.iloc[:, 0]  # and of a table, too
    numbers = Stability().read("response_stability", stability)
    if not len(numbers) or (np.ptp(numbers) == 0 and not np.allclose(numbers, 1)):
        raise _no_spread(numbers)
    return numbers


def _spreads(drawing: Drawing, numbers: pd.Series) -> list[tuple[Panel, Spread]]:
    """List the panels that show the values, and how."""
    # With the same recording as A, B and C, each neuron is fully stable: points, or a single bar.
    found = [
        (panel, shows_spread(panel, numbers.to_numpy()) or by_category(panel, numbers.to_numpy()))
        for panel in drawing.panels
    ]
    return [(panel, spread) for panel, spread in found if spread]


def _shows_others_better(panel: Panel, spread: Spread, truth: Callable[[], Way]) -> bool:
    """Whether it is nearer to what a slip gives: a few values are spread much as others are."""
    if spread.off < SAME:
        return False
    right = truth()
    stability = right.steps.steps["stability"]
    others = (
        shows_spread(panel, values)
        for made in stability.slips
        if made.kind == "slip"
        for values in right.slipped(Made(stability, made), lambda way: way.stabilities)
        if not isinstance(values, Exception)
    )
    return any(other.off < spread.off for other in others if other)


def _within(panel: Panel, spread: Spread, numbers: pd.Series) -> bool:
    """Whether most values are within the limits of the axis that they lie along."""
    if by_category(panel, numbers.to_numpy()):
        return True
    low, high = sorted(panel.limits[2 * spread.axis :][:2])
    return bool(np.mean((numbers >= low) & (numbers <= high)) > 0.5)


def _need_mark(
    drawing: Drawing, shown: list[tuple[Panel, Spread]], numbers: pd.Series, neuron: int
) -> None:
    """Raise Wrong unless our neuron is marked on a panel that shows all, and no line misnamed."""
    if neuron not in numbers.index:
        return
    ours = float(numbers[neuron])
    marked = False
    for panel, spread in shown:
        place = place_among_categories(panel, ours, spread.axis)
        near = NEAR * float(np.ptp(numbers)) + 1e-9 if place is None else 0.5
        widest = WIDEST * float(np.ptp(numbers)) if place is None else 1.0
        for dots in stacks_of(panel, spread.axis)[:1]:
            near = max(near, float(np.ptp(dots[:, spread.axis])) / 2)
        marks = marks_on(panel, spread.axis, widest)
        if _is_marked_beside(panel, spread, numbers, ours):
            return
        others = [float(numbers.median()), float(numbers.mean()), 0.0]
        target = ours if place is None else place
        if place is None:
            _need_true_legend(_called(drawing, panel, spread.axis), numbers, neuron, near)
        if any(low - near <= target <= high + near for low, high in marks):
            if place is None and _is_off_its_point(panel, spread, ours, near):
                raise _other_marked()
            return
        marked |= any(
            not any(low - near <= other <= high + near for other in others) for low, high in marks
        )
    if marked:
        raise _other_marked()
    sentence = (
        "`fig_stability` does not mark our neuron among the others. Add a line or a point at its "
        "value."
    )
    raise Wrong("fig_stability", "wrong_value", sentence, mistake="our neuron not marked")


def _called(drawing: Drawing, panel: Panel, axis: int) -> list[tuple[float, str]]:
    """List where straight lines across an axis stand, and what a legend calls them."""
    filled = {*panel.colors["bars"], *panel.colors["shapes"]}
    found = []
    for line, look in zip(panel.lines, panel.styles, strict=True):
        entries = entries_for(*look, [*drawing.legend, *panel.legend])
        entries = [entry for entry in entries if entry.style] or entries
        across = len(line) > 1 and np.ptp(line[:, axis]) == 0
        if not across or not len(entries) == panel.styles.count(look) == 1:
            continue
        # A patch is the entry of what is filled, if something is.
        if entries[0].style or look[0] not in filled:
            found.append((float(line[0, axis]), entries[0].text))
    return found


def _need_true_legend(
    called: list[tuple[float, str]], numbers: pd.Series, neuron: int, near: float
) -> None:
    """Raise Wrong if another value is called our neuron's, or ours a number of all neurons."""
    ours = float(numbers[neuron])
    of_all = [float(numbers.mean()), float(numbers.median())]
    otherwise = False
    for place, text in called:
        is_ours = re.search(OURS.format(neuron=neuron), text, re.IGNORECASE)
        is_of_all = re.search(OF_ALL, text, re.IGNORECASE)
        stands_at_ours = abs(place - ours) <= near
        stands_at_all = any(abs(place - value) <= near for value in of_all)
        if is_ours and not is_of_all and not stands_at_ours and not stands_at_all:
            raise _other_marked()
        otherwise |= bool(is_of_all and not is_ours and stands_at_ours and not stands_at_all)
    if otherwise:
        raise Wrong(
            "fig_stability",
            "wrong_value",
            "The legend of `fig_stability` calls the line at our neuron's value a number of all "
            "neurons. Which line is which?",
            mistake="our neuron called otherwise",
        )


def _other_marked() -> Wrong:
    sentence = (
        "`fig_stability` marks another place than our neuron's. Is it the value of "
        "`response_stability` at `cell_specimen_id`, and where that value is drawn?"
    )
    return Wrong("fig_stability", "wrong_value", sentence, mistake="another neuron marked")


def _is_off_its_point(panel: Panel, spread: Spread, ours: float, near: float) -> bool:
    """Whether a single point is all that marks our value, among numbered ones, at another's."""
    drawn = [*panel.points, *panel.lines]
    many, few = ([one for one in drawn if (len(one) > FEW) == large] for large in (True, False))
    if [len(many), *map(len, few)] != [1, 1] or panel.strokes:
        return False
    [(mark, value)] = few[0][:, [1 - spread.axis, spread.axis]]
    places, along = many[0][:, 1 - spread.axis], many[0][:, spread.axis]
    own = places[np.abs(along - ours).argmin()]
    numbered = np.allclose(np.diff(np.sort(places)), 1) and places.min() < mark < places.max()
    return bool(numbered and abs(value - ours) <= near and abs(mark - own) > OFF_PLACES)


def _is_marked_beside(panel: Panel, spread: Spread, numbers: pd.Series, ours: float) -> bool:
    """Whether our neuron is marked at its place among sorted ones, rather than at its value."""
    if spread.counted:
        return False
    near = 1e-6 * max(1.0, float(np.ptp(numbers)))
    things = things_on(panel)

    def places_of(values: np.ndarray) -> list[float]:
        return [
            thing[:, 1 - spread.axis].mean()
            for thing in things
            if np.any(np.abs(thing[:, spread.axis, np.newaxis] - values) < near)
        ]

    # Where dots stand on each other, several are equally high: that is nobody's place.
    others = np.array(places_of(numbers[numbers != ours].to_numpy()))
    places = [one for one in places_of(np.array([ours])) if not np.any(np.abs(others - one) < 0.5)]
    marks = marks_on(panel, 1 - spread.axis, 1.0)
    return any(low - 0.5 <= place <= high + 0.5 for place in places for low, high in marks)


def _need_true_names(drawing: Drawing, panel: Panel, spread: Spread) -> None:
    """Raise Misnamed if the label of an axis says something else than what it shows."""
    along, other = (label_of(drawing, panel, axis) for axis in ("xy", "yx")[spread.axis])
    of_values, of_neurons = (
        [bool(re.search(words, text)) for text in (along, other)] for words in (VALUE, COUNT)
    )
    exchanged = of_neurons[0] and not of_values[0], of_values[1] and not of_neurons[1]
    if exchanged[1] or (exchanged[0] and spread.counted):
        raise _misnamed(
            "has the labels of its axes exchanged: which of them shows the stability, and which "
            "the neurons?",
            "names of the axes exchanged",
        )
    another = re.search(ANOTHER, along) and not re.search(VALUE, along)
    if another or _has_unit(along) or re.search(PERCENT, along):
        raise _misnamed(
            "shows the stability, a mean of correlations without unit, and the label of its axis "
            "says something else.",
            "another quantity named",
        )
    [scale, *_] = scales_of(panel.ticks["yx"[spread.axis]])
    measure = "percent" if spread.measure == "share" and 90 < scale.factor < 110 else spread.measure
    said = f"{other} {scale.said.lower()}"
    if measure in FALSE:
        false, true = FALSE[measure]
        if re.search(false, said) and not re.search(true, said):
            what = "percent" if measure == "percent" else f"a {measure}"
            raise _misnamed(
                f"shows {what} of neurons, and the label of that axis says something else.",
                "number, share and density mixed up",
            )


def _has_unit(label: str) -> bool:
    """Whether the label of an axis that shows correlations has a unit that is theirs."""
    left = re.sub(rf"{OF_WHAT}{UNIT}|(?<=\w)\(s\)", "", label)
    return bool(re.search(UNIT, left))


def _misnamed(what: str, mistake: str) -> Misnamed:
    return Misnamed("fig_stability", "wrong_value", f"`fig_stability` {what}", mistake=mistake)


def _no_spread(numbers: pd.Series) -> Wrong:
    """Say why the values cannot be seen to be spread, however they are drawn."""
    few = len(numbers) < 2
    has = "does not have a value for each neuron" if few else "has the same value for all neurons"
    return Wrong(
        "fig_stability",
        "wrong_shape" if few else "wrong_value",
        f"`fig_stability` cannot be checked: `response_stability` {has}.",
        mistake="one neuron only" if few else "the same value for all neurons",
    )
