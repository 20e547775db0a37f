"""Judge the figure of the masks: in each panel a session's projection, and on it the mask."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from visual_coding_course.checking.drawings import Panel
from visual_coding_course.checking.figures import read
from visual_coding_course.checking.mistakes import diagnosed
from visual_coding_course.checking.ways import by_any_route
from visual_coding_course.checking.wrong import Wrong

from . import outlines
from .forms import among_many, missing_sessions, need_order, need_panels, repeated
from .marks import marks_standing_out
from .names import told
from .outlines import Shown
from .routes import Route
from .truth import SESSIONS

NAME = "fig_masks"
Found = dict[str, list[tuple[Panel, Shown]]]


def _wrong(sentence: str, mistake: str | None = None) -> Wrong:
    return Wrong(NAME, "wrong_value", sentence, mistake=mistake)


@diagnosed
def projections_shown(figure: Any, ways: list) -> None:
    """Check that three panels show the maximum projections of the three sessions."""
    panels = need_panels(read(NAME, figure), "its maximum projection")

    def judge(route: Route) -> None:
        same = _sessions_that_are_the_same(route)
        for of_session in _projections_by_panel(panels, route).values():
            for panel, shown in of_session:
                need_order(NAME, told(panel), {shown.session, *same[shown.session]})

    by_any_route(ways, judge)


def _projections_by_panel(panels: list[Panel], route: Route) -> Found:
    """For each session, the panels that show its projection, and where on them."""
    projections = {letter: route.recording(letter).projection for letter in SESSIONS}
    shown = []
    for number, panel in enumerate(panels):
        # The session whose place it is comes first: where it is found, the others are not tried.
        own = SESSIONS[number % len(SESSIONS)]
        likely_first = sorted(projections.items(), key=lambda item: item[0] != own)
        shown.append(outlines.find_projection(panel, dict(likely_first)))
    found: Found = {}
    for panel, one in zip(panels, shown, strict=True):
        if one is not None:
            found.setdefault(one.session, []).append((panel, one))
    for letter, twins in _sessions_that_are_the_same(route).items():
        for twin in twins:
            if letter not in found and twin in found:
                found[letter] = found[twin]
    if len(found) == len(SESSIONS):
        return found
    if not found:
        raise _no_projection(panels, projections)
    letters = [{one.session} if one else set() for one in shown]
    raise repeated(NAME, letters, "the projection of") or _wrong(
        f"No panel of `{NAME}` shows the maximum projection of {missing_sessions(found)}."
    )


def _no_projection(panels: list[Panel], projections: dict[str, np.ndarray]) -> Wrong:
    """Say what is shown in the place of the projections."""
    pictures = [picture.pixels for panel in panels for picture in panel.pictures]
    if not pictures:
        return _wrong(
            f"No panel of `{NAME}` shows an image. Draw each maximum projection with `ax.imshow`.",
            "no image drawn",
        )
    turned = [projection.T for projection in projections.values()]
    if any(np.array_equal(pixels, one) for pixels in pictures for one in turned):
        return _wrong(
            f"`{NAME}` shows the projections with rows and columns exchanged. Draw the arrays as "
            "they come, not transposed.",
            "transposed array",
        )
    return _wrong(
        f"No panel of `{NAME}` shows a maximum projection. A mask alone does not say whether "
        "there is a neuron under it.",
        "masks without projections" if all(map(outlines.is_plain, pictures)) else None,
    )


def _sessions_that_are_the_same(route: Route) -> dict[str, list[str]]:
    """By letter, the other letters that stand for the same recording on this route."""
    ids = {letter: route.recording(letter).session_id for letter in SESSIONS}
    return {a: [b for b in SESSIONS if b != a and ids[b] == ids[a]] for a in SESSIONS}


@diagnosed
def masks_shown(figure: Any, ways: list) -> None:
    """Check that on each projection lies the neuron's mask of that session."""
    panels = need_panels(read(NAME, figure), "its maximum projection and the neuron's mask")

    def judge(route: Route) -> None:
        masks = {letter: route.mask(letter) for letter in SESSIONS}
        for letter, found in sorted(_projections_by_panel(panels, route).items()):
            wrong = [_judge_mask(letter, *one, route, masks) for one in found]
            if all(wrong):
                # A panel that marks something says more than one that marks nothing.
                raise max(wrong, key=lambda one: one.mistakes != ("no mask drawn",))

    by_any_route(ways, judge)


def _judge_mask(
    letter: str, panel: Panel, shown: Shown, route: Route, masks: dict[str, np.ndarray]
) -> Wrong | None:
    """Say what is wrong with what a panel marks; None if it is the session's mask."""
    projection = route.recording(shown.session).projection
    seen = marks_standing_out(panel, shown, masks[letter])

    def areas(near: np.ndarray, of: Panel = seen) -> list[np.ndarray]:
        return list(outlines.marked_areas(of, shown, projection, near))

    marked = areas(np.any(list(masks.values()), axis=0))
    scores = {x: _best_likeness(marked, masks[x]) for x in masks}
    best = max(scores, key=scores.get)
    if scores[letter] >= max(outlines.SHOWS_MASK, scores[best]):
        return None
    where = f"The panel of `{NAME}` with session {letter.upper()}'s projection"
    if scores[best] >= outlines.SHOWS_MASK:
        return _wrong(
            f"{where} shows the neuron's mask of session {best.upper()}. Each projection needs "
            "its own session's mask.",
            "another session's mask",
        )
    marked = marked or areas(np.ones_like(masks[letter]))
    if _number_of_marks(seen) < _number_of_marks(panel):
        hidden = _best_likeness(areas(masks[letter], of=panel), masks[letter])
        if not marked or hidden >= outlines.SHOWS_MASK:
            return among_many(NAME, "marks")
    return _other_mark(where, marked, letter, route)


def _number_of_marks(panel: Panel) -> int:
    return sum(map(len, (panel.pictures, panel.points, panel.lines, panel.shapes, panel.bars)))


def _best_likeness(areas: list[np.ndarray], mask: np.ndarray) -> float:
    return max((outlines.likeness(area, mask) for area in areas), default=0.0)


def _other_mark(where: str, areas: list[np.ndarray], letter: str, route: Route) -> Wrong:
    """Say what a panel marks that shows the mask of no session."""
    mask = route.mask(letter)
    size = np.count_nonzero(mask)
    if not areas:
        return _wrong(
            f"{where} shows no mask where the neuron is. Draw its mask on top: an outline, or a "
            "second image in which the other pixels are left out.",
            "no mask drawn",
        )
    if _best_likeness(areas, mask.T) >= outlines.SHOWS_MASK:
        return _wrong(
            f"{where} shows the neuron's mask with rows and columns exchanged. Draw the mask as "
            "it comes; `ax.contour` and `ax.imshow` both take the rows first.",
            "transposed array",
        )
    if any((area & mask).any() and area.sum() > 5 * size for area in areas):
        return _wrong(
            f"{where} marks much more than our neuron. Draw only its own mask, not those of all "
            "neurons.",
            "all neurons drawn",
        )
    if max(outlines.overlap(area, mask) for area in areas) > 0.4:
        return _wrong(
            f"{where} marks the right place, but not with the outline of the neuron's mask. Draw "
            "the mask itself, not a shape around it.",
            "a shape in place of the mask",
        )
    elsewhere = [area for area in areas if not (area & mask).any()]
    if any(size / 5 < np.count_nonzero(area) < size * 5 for area in elsewhere):
        through_index = any(
            _best_likeness(elsewhere, other) >= outlines.SHOWS_MASK
            for other in _through_other_indices(route)
        )
        return _wrong(
            f"{where} marks another place than the neuron's mask in that session does: it looks "
            "like another neuron. Which index goes with which recording?",
            "cell index of another session" if through_index else "another neuron",
        )
    return _wrong(
        f"{where} marks another place or shape than the neuron's mask in that session. Draw the "
        "mask as it is, at the place where it is."
    )


def _through_other_indices(route: Route) -> Iterator[np.ndarray]:
    """Yield the masks that the cell index of one session leads to in another."""
    for letter, other in itertools.permutations(SESSIONS, 2):
        recording = route.recording(letter)
        if route.index(other) < len(recording.ids):
            yield recording.mask(recording.ids[route.index(other)])
