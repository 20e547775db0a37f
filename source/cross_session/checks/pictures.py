"""Judge the figure of the masks: in each panel a session's projection, and on it the mask."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np

from visual_coding_course.checking.drawings import Drawing, Panel, Picture
from visual_coding_course.checking.figures import cannot_tell, reading
from visual_coding_course.checking.overlaid import as_seen
from visual_coding_course.checking.ticks import scales_of
from visual_coding_course.checking.way import Way
from visual_coding_course.checking.ways import by_any_route
from visual_coding_course.checking.wrong import CannotTell, Misnamed, Wrong

from . import outlines
from .axes import label_of
from .followed import follows_brightness
from .forms import among_many, missing_sessions, need_order, need_panels, repeated
from .marks import hidden_among, marks_elsewhere, marks_standing_out
from .names import told
from .other_marks import MOST_OF_IT, NAME, other_mark, wrong
from .outlines import Shown
from .truth import SESSIONS

#: So much of the mask must lie within the limits of the axes.
IN_SIGHT = 0.5
#: Overlap that the neuron's mask has with itself, at least, when it is moved by half a pixel.
HALF_A_PIXEL_OFF = 0.5
#: What may be written where: unit, words, and the other of both with how long a pixel is in it.
LENGTHS = (
    ("micrometres", r"[µμu]m\b|micromet|micron", "pixels", 1.0),
    ("pixels", r"pixel|\bpx\b", "micrometres", outlines.MICROMETRES),
)
OFF_LENGTH = 0.05
#: Areas of so many corners may show a whole image, as `ax.contourf` draws it.
AREAS_OF_AN_IMAGE = 100_000
#: What checks of other figures do not read, and this one does.
LOOKED_AT = {"inset_axes"}
Found = dict[str, list[tuple[Panel, Shown]]]


def projections_shown(figure: Any, ways: list) -> None:
    """Check that three panels show the maximum projections of the three sessions."""

    def judge(route: Way) -> None:
        same = _sessions_that_are_the_same(route)
        for of_session in _projections_by_panel(drawing, panels, route).values():
            for panel, shown in of_session:
                need_order(NAME, told(panel), {shown.session, *same[shown.session]})
                _need_lengths(drawing, panel, shown)

    with reading(NAME, figure) as drawing:
        panels = _panels(drawing, "its maximum projection")
        by_any_route(ways, judge)


def _need_lengths(drawing: Drawing, panel: Panel, shown: Shown) -> None:
    """Raise Misnamed if an axis is said to count micrometres and counts pixels, or the reverse."""
    picture = shown.of
    height, width = picture.pixels.shape
    steps = (picture.right - picture.left) / width, (picture.last - picture.first) / height
    for axis, step in zip("xy", steps, strict=True):
        said = label_of(drawing, panel, axis)
        size = abs(step * scales_of(panel.ticks[axis])[0].factor)
        for unit, words, other, other_size in LENGTHS:
            if re.search(words, said) and abs(size / other_size - 1) < OFF_LENGTH:
                raise Misnamed(
                    NAME,
                    "wrong_value",
                    f"The {axis} axis of `{NAME}` counts {other}, and its label says {unit}.",
                    mistake="another unit of length",
                )


def _panels(drawing: Drawing, of: str) -> list[Panel]:
    return need_panels(replace(drawing, panels=as_seen(drawing.panels)), of)


def _projections_by_panel(drawing: Drawing, panels: list[Panel], route: Way) -> Found:
    """For each session, the panels that show its projection, and where on them."""
    projections = {letter: route.recording(letter).projection for letter in SESSIONS}
    shown = drawing.once(
        ("projections", route),
        lambda: [_projection_on(panel, i, projections) for i, panel in enumerate(panels)],
    )
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
    if any(_is_of_all(picture, projections) for panel in panels for picture in panel.pictures):
        raise wrong(
            f"`{NAME}` shows one image that is made of the projections of all sessions. Each panel "
            "should show that of its own session.",
            "one image of all sessions",
        )
    letters = [{one.session} if one else set() for one in shown]
    none = any(not panel.pictures for panel in panels)
    raise repeated(NAME, letters, "the projection of") or wrong(
        f"No panel of `{NAME}` shows the maximum projection of {missing_sessions(found)}.",
        "a session left out" if none else None,
    )


def _is_of_all(picture: Picture, projections: dict[str, np.ndarray]) -> bool:
    """Whether an image is the mean, the sum or the maximum of the sessions' projections."""
    both = (of(list(projections.values()), axis=0) for of in (np.mean, np.max))
    return any(outlines.is_projection(picture, one) for one in both)


def _projection_on(panel: Panel, number: int, projections: dict[str, np.ndarray]) -> Any:
    # The session whose place it is comes first: where it is found, the others are not tried.
    own = SESSIONS[number % len(SESSIONS)]
    likely_first = sorted(projections.items(), key=lambda item: item[0] != own)
    return outlines.find_projection(panel, dict(likely_first))


def _no_projection(panels: list[Panel], projections: dict[str, np.ndarray]) -> Wrong:
    """Say what is shown in the place of the projections."""
    pictures = [picture.pixels for panel in panels for picture in panel.pictures]
    if not pictures and max(sum(map(len, panel.shapes)) for panel in panels) > AREAS_OF_AN_IMAGE:
        raise CannotTell(NAME, "It reads images, and here it found contours in their place.")
    if not pictures:
        hidden = " that can be seen" if any(panel.hidden for panel in panels) else ""
        return wrong(
            f"No panel of `{NAME}` shows an image{hidden}. Draw each maximum projection "
            "with `ax.imshow`.",
            "no image drawn",
        )
    turned = [projection.T for projection in projections.values()]
    if any(np.array_equal(pixels, one) for pixels in pictures for one in turned):
        return wrong(
            f"`{NAME}` shows the projections with rows and columns exchanged. Draw the arrays as "
            "they come, not transposed.",
            "transposed array",
        )
    plain = all(map(_is_mask_alone, pictures))
    if all(np.unique(pixels[np.isfinite(pixels)]).size == 1 for pixels in pictures):
        return wrong(
            f"The images in `{NAME}` have one colour all over. Do the limits of the colours fit "
            "the brightness of a projection?",
            "images of one colour",
        )
    if plain and any(panel.hidden for panel in panels):
        return wrong(
            f"No panel of `{NAME}` shows a maximum projection that can be seen: an image without "
            "holes lies over what is drawn first.",
            "projections covered",
        )
    return wrong(
        f"No panel of `{NAME}` shows a maximum projection. A mask alone does not say whether "
        "there is a neuron under it.",
        "masks without projections" if plain else None,
    )


def _is_mask_alone(pixels: np.ndarray) -> bool:
    """Whether an image has two values at most, or one in nearly all of its pixels."""
    counts = np.unique(pixels[np.isfinite(pixels)], return_counts=True)[1]
    return outlines.is_plain(pixels) or bool(counts.max() > MOST_OF_IT * counts.sum())


def _sessions_that_are_the_same(route: Way) -> dict[str, list[str]]:
    """By letter, the other letters that stand for the same recording on this route."""
    ids = {letter: route.recording(letter).session_id for letter in SESSIONS}
    return {a: [b for b in SESSIONS if b != a and ids[b] == ids[a]] for a in SESSIONS}


def masks_shown(figure: Any, ways: list) -> None:
    """Check that on each projection lies the neuron's mask of that session."""
    with reading(NAME, figure) as drawing:
        panels = _panels(drawing, "its maximum projection and the neuron's mask")
        try:
            _judge_masks(drawing, panels, ways)
        except Wrong as wrong:
            # The mask is something else than the projection, which may be all that was read.
            if {*drawing.unread} - LOOKED_AT and wrong.mistakes == ("no mask drawn",):
                raise cannot_tell(drawing) from None
            raise


def _judge_masks(drawing: Drawing, panels: list[Panel], ways: list) -> None:
    def judge(route: Way) -> None:
        masks = {letter: route.mask(letter) for letter in SESSIONS}
        for letter, found in sorted(_projections_by_panel(drawing, panels, route).items()):
            amiss = [_judge_mask(letter, *one, route, masks) for one in found]
            if all(amiss) and not any(
                _shown_in_an_inset(letter, *one, route, masks) for one in found
            ):
                # A panel that marks something says more than one that marks nothing.
                raise max(amiss, key=lambda one: one.mistakes != ("no mask drawn",))

    by_any_route(ways, judge)


def _shown_in_an_inset(
    letter: str, panel: Panel, shown: Shown, route: Way, masks: dict[str, np.ndarray]
) -> bool:
    """Whether an inset of a panel, which is the same image larger, has the session's mask."""
    projection = {shown.session: route.recording(shown.session).projection}
    insets = [(one, outlines.find_projection(one, projection)) for one in panel.insets]
    return any(_judge_mask(letter, *one, route, masks) is None for one in insets if one[1])


def _judge_mask(
    letter: str, panel: Panel, shown: Shown, route: Way, masks: dict[str, np.ndarray]
) -> Wrong | None:
    """Say what is wrong with what a panel marks; None if it is the session's mask."""
    where = f"The panel of `{NAME}` with session {letter.upper()}'s projection"
    projection = route.recording(shown.session).projection
    if shown.seen(masks[letter]) < IN_SIGHT:
        return _in_other_places(where, panel, shown, projection, masks[letter]) or wrong(
            f"{where} shows a part of the image in which the neuron is not. Its limits along x "
            "should take in the mask's columns, those along y its rows.",
            "zoomed past the neuron",
        )
    seen = marks_standing_out(panel, shown, masks[letter])

    def areas(near: np.ndarray, of: Panel = seen) -> list[np.ndarray]:
        return list(outlines.marked_areas(of, shown, projection, near))

    marked = areas(np.any(list(masks.values()), axis=0))
    scores = {x: outlines.best_likeness(marked, masks[x]) for x in masks}
    if HALF_A_PIXEL_OFF <= max(scores.values()) < 1:
        near = np.any(list(masks.values()), axis=0)
        for shift in outlines.SHIFTS[1:]:
            moved = list(outlines.marked_areas(seen, shown, projection, near, shift))
            scores = {x: max(scores[x], outlines.best_likeness(moved, masks[x])) for x in masks}
    best = max(scores, key=scores.get)
    if scores[letter] >= max(outlines.SHOWS_MASK, scores[best]):
        return _not_alone(where, seen, shown, route, masks, letter, scores)
    if scores[best] >= outlines.SHOWS_MASK:
        return wrong(
            f"{where} shows the neuron's mask of session {best.upper()}. Each projection needs "
            "its own session's mask.",
            "another session's mask",
        )
    if apart := _in_other_places(where, panel, shown, projection, masks[letter]):
        return apart
    marked = marked or areas(np.ones_like(masks[letter]))
    if _number_of_marks(seen) < _number_of_marks(panel):
        hidden = outlines.best_likeness(areas(masks[letter], of=panel), masks[letter])
        if not marked or hidden >= outlines.SHOWS_MASK:
            return among_many(NAME, "marks")
    if not marked and panel.hidden:
        return wrong(
            f"{where} shows no mask where the neuron is, and something drawn on it cannot be seen. "
            "Is it covered, empty, or outside of the limits?",
            "no mask drawn",
        )
    if follows_brightness(panel, shown, projection):
        return wrong(
            f"{where} outlines what is bright in the projection itself. Which array says what "
            "belongs to our neuron?",
            "the image outlined",
        )
    return other_mark(where, panel, shown, marked, letter, route)


def _not_alone(
    where: str,
    panel: Panel,
    shown: Shown,
    route: Way,
    masks: dict[str, np.ndarray],
    letter: str,
    scores: dict[str, float],
) -> Wrong | None:
    """Say that others look as the session's mask does, those of other sessions or neurons."""
    projection = route.recording(shown.session).projection
    others = {x: mask for x, mask in masks.items() if x != letter}
    if max(scores[x] for x in others) >= outlines.SHOWS_MASK and hidden_among(
        panel, shown, projection, masks[letter], list(others.values())
    ):
        return wrong(
            f"{where} shows the neuron's masks of several sessions, all alike. Which is its own "
            "cannot be seen.",
            "masks of all sessions",
        )
    if marks_elsewhere(panel, shown, masks[letter]):
        recording, whole = route.recording(letter), np.ones_like(masks[letter])
        areas = outlines.marked_areas(panel, shown, projection, whole)
        neurons = {*map(recording.neuron_at, areas)} - {None, recording.neuron_at(masks[letter])}
        if hidden_among(
            panel, shown, projection, masks[letter], list(map(recording.mask, neurons))
        ):
            return wrong(
                f"{where} outlines other neurons as it does ours. Which is ours cannot be seen.",
                "another neuron",
            )
    return None


def _in_other_places(
    where: str, panel: Panel, shown: Shown, projection: np.ndarray, mask: np.ndarray
) -> Wrong | None:
    """Say that the mask is drawn right, if its pixels were where those of the image are not."""
    for other in outlines.other_places(shown, projection, mask):
        areas = list(outlines.marked_areas(panel, other, projection, mask))
        if outlines.best_likeness(areas, mask) < outlines.SHOWS_MASK:
            continue
        if abs(shown.pixel / other.pixel - 1) < OFF_LENGTH:
            return wrong(
                f"{where} shows a part of it, and the neuron's mask at its place in the whole "
                "projection. How can both be drawn at the same place?",
                "an outline beside the neuron",
            )
        return wrong(
            f"{where} shows the neuron's mask at another scale: along the axes, the pixels of "
            "mask and projection are not equally long. In which unit is each of them drawn?",
            "image and mask in different units",
        )
    return None


def _number_of_marks(panel: Panel) -> int:
    return sum(map(len, (panel.pictures, panel.points, panel.lines, panel.shapes, panel.bars)))
