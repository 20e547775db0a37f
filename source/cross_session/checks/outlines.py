"""Find a session's projection, and a mask on it, in a panel."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from visual_coding_course.checking.drawings import Panel, Picture

from .areas import along, closed, inside, joined, pixels_at
from .painted import painted_over

#: Rank correlation with a projection from which on an image is taken to show it, whatever its
#: color scale. Two sessions are less alike than this only in detail, so the best match decides.
SHOWS_PROJECTION = 0.6

#: The same when it shows no other session's: only another color scale, or a part, is so alike.
IS_PROJECTION = 0.9999

#: Of fewer pixels nothing can be said; of more, so many say all.
FEWEST_PIXELS, MOST_PIXELS = 50, 10_000

#: How long a pixel is, in micrometres.
MICROMETRES = 400 / 512

#: Places of a pixel that are farther apart, in pixels, are different ones.
APART = 2

#: Overlap (intersection over union) with a mask from which on an outline is taken to show it.
#: An outline through the pixels' edges overlaps fully, smoothing leaves 0.93. A circle of the
#: same area at the same place has about 0.85.
SHOWS_MASK = 0.9

#: Shifts of outlines, in pixels along rows and columns, none first: the middle of a pixel may be
#: taken for its corner, and the other way round.
SHIFTS = sorted(itertools.product((0.0, -0.5, 0.5), repeat=2), key=any)


@dataclass
class Shown:
    """An image that shows a projection: which, and how its pixels lie on the projection's.

    `picture` may be that of the panel, `of`, with rows or columns in the opposite order.
    """

    session: str
    picture: Picture
    row: int
    column: int
    of: Picture

    @property
    def window(self) -> tuple[slice, slice]:
        """Which rows and columns of the projection the image has."""
        height, width = self.picture.pixels.shape
        return slice(self.row, self.row + height), slice(self.column, self.column + width)

    @property
    def pixel(self) -> float:
        """How long a pixel of the image is along x."""
        return (self.picture.right - self.picture.left) / self.picture.pixels.shape[1]

    def seen(self, mask: np.ndarray) -> float:
        """Which share of a mask is within the limits of the axes."""
        rows, columns = self.picture.window
        inside = np.zeros(mask.shape, dtype=bool)
        inside[
            self.row + rows.start : self.row + rows.stop,
            self.column + columns.start : self.column + columns.stop,
        ] = True
        return np.count_nonzero(mask & inside) / max(np.count_nonzero(mask), 1)

    def on_projection(self, x, y) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns of the whole projection, not rounded, of data coordinates."""
        rows, columns = self.picture.to_pixels(x, y)
        return rows + self.row, columns + self.column


def find_projection(panel: Panel, projections: dict[str, np.ndarray]) -> Shown | None:
    """Find which session's projection a panel shows.

    Parameters
    ----------
    panel : Panel
        What is on the axes.
    projections : dict of str to numpy.ndarray
        The maximum projections, by session.

    Returns
    -------
    Shown or None
        None if it shows none of them.
    """
    both = list(itertools.product(panel.pictures, projections.items()))
    for picture, (session, projection) in both:
        if is_projection(picture, projection):
            return Shown(session, picture, 0, 0, picture)
    # Flipped data on a flipped axis are what they were.
    coarse = [_as_coarse(picture, projection.shape) for picture, (_, projection) in both]
    for flips in itertools.product((False, True), repeat=2):
        best, best_score = None, SHOWS_PROJECTION
        for (picture, (session, projection)), small in zip(both, coarse, strict=True):
            turned = small.turned(*flips)
            score, row, column = _likeness(turned, projection)
            if score > best_score:
                best, best_score = Shown(session, turned, row, column, picture), score
            if score > IS_PROJECTION:
                break
        if best:
            return best
    return None


def other_places(shown: Shown, projection: np.ndarray, mask: np.ndarray) -> Iterator[Shown]:
    """Yield the whole projection, not drawn, in pixels and in micrometres, where these are others.

    Not if the image runs the other way, so that it is mirrored rather than elsewhere.
    """
    picture = shown.picture
    if picture.right < picture.left or picture.last < picture.first:
        return
    places = np.array(np.nonzero(mask))
    for first, size in ((-0.5, 1.0), (0.0, MICROMETRES)):
        last, right = (first + size * count for count in projection.shape)
        whole = Picture(projection, first, right, first, last)
        drawn = np.array(shown.on_projection(*whole.to_data(*places)))
        if np.abs(drawn - places).max(initial=0) > APART:
            yield Shown(shown.session, whole, 0, 0, shown.of)


def is_projection(picture: Picture, projection: np.ndarray) -> bool:
    """Whether an image is a projection, times a number: this is seen sooner than a likeness."""
    if picture.pixels.shape != projection.shape:
        return False
    step = max(1, picture.pixels.size // 30_000)
    seen, right = picture.pixels[picture.window], projection[picture.window]
    ours, theirs = (one.ravel()[:: min(step, max(1, one.size // 50))] for one in (seen, right))
    if len(ours) < FEWEST_PIXELS or not np.isfinite(ours).all() or 0 in map(np.ptp, (ours, theirs)):
        return False
    return bool(abs(np.corrcoef(ours, theirs)[0, 1]) > 1 - 1e-9)


def _as_coarse(picture: Picture, shape: tuple[int, int]) -> Picture:
    """Return an image of several pixels for each of a projection's with their means."""
    height, width = shape
    times = picture.pixels.shape[0] // height
    if times < 2 or picture.pixels.shape != (times * height, times * width):
        return picture
    starts = itertools.product(range(times), repeat=2)
    blocks = (picture.pixels[row::times, column::times] for row, column in starts)
    return replace(picture, pixels=sum(blocks) / times**2)


def _likeness(picture: Picture, projection: np.ndarray) -> tuple[float, int, int]:
    """How like a projection an image is, and at which row and column it begins there.

    A negative is as like it as the image itself.
    """
    from scipy.stats import spearmanr

    (rows, columns), pixels = picture.window, picture.pixels
    pixels = pixels[rows, columns]
    row, column = rows.start, columns.start
    if picture.pixels.shape != projection.shape:
        if min(pixels.shape) < 8 or any(np.array(pixels.shape) > projection.shape):
            return 0.0, 0, 0
        row, column = _find_crop(pixels, projection)
    projection = projection[row : row + pixels.shape[0], column : column + pixels.shape[1]]
    step = max(1, pixels.size // MOST_PIXELS)
    ours, theirs = pixels.ravel()[::step], projection.ravel()[::step]
    seen = np.isfinite(ours)
    if np.count_nonzero(seen) < FEWEST_PIXELS or 0 in (np.ptp(ours[seen]), np.ptp(theirs[seen])):
        return 0.0, 0, 0
    likeness = abs(spearmanr(ours[seen], theirs[seen]).statistic)
    return float(likeness), row - rows.start, column - columns.start


def _find_crop(pixels: np.ndarray, projection: np.ndarray) -> tuple[int, int]:
    """Where a piece was cut out of a projection, by normalized cross-correlation."""
    from scipy.fft import irfft2, rfft2

    height, width = pixels.shape
    piece = np.nan_to_num(pixels, nan=float(np.nanmean(pixels)) if np.isfinite(pixels).any() else 0)
    whole = projection - projection.mean()
    spectrum = rfft2(whole) * np.conj(rfft2(piece - piece.mean(), whole.shape))
    # Around the edge, the transform takes the other side's pixels: these places are left out.
    rows, columns = (np.array(whole.shape) - pixels.shape) + 1
    fits = irfft2(spectrum, whole.shape)[:rows, :columns]
    sums, squares = _sums(whole, height, width), _sums(whole**2, height, width)
    spread = np.sqrt(np.maximum(squares - sums**2 / piece.size, 1e-12))
    row, column = np.unravel_index(np.argmax(np.abs(fits) / spread), fits.shape)
    return int(row), int(column)


def _sums(whole: np.ndarray, height: int, width: int) -> np.ndarray:
    """Sums over all pieces of an image of a certain size, by their first row and column."""
    sums = np.pad(whole, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    rows = sums[height:] - sums[:-height]
    return rows[:, width:] - rows[:, :-width]


def marked_areas(
    panel: Panel,
    shown: Shown,
    projection: np.ndarray,
    near: np.ndarray,
    shift: tuple[float, float] = SHIFTS[0],
) -> Iterator[np.ndarray]:
    """List what a panel marks on a projection, each as a filled area.

    Parameters
    ----------
    panel : Panel
        What is on the axes.
    shown : Shown
        The projection's image on it.
    projection : numpy.ndarray
        The projection's own pixels.
    near : numpy.ndarray of bool
        Outlines that do not meet this area are left out, to save time.
    shift : tuple of float
        How far to move what is drawn, in pixels along rows and columns.

    Yields
    ------
    numpy.ndarray of bool
        In the projection's pixels.
    """
    from scipy.ndimage import binary_fill_holes

    for area in _areas(panel, shown, projection, near, shift):
        if area.any() and area.mean() < 0.5:
            filled, window = area.copy(), _window(area)
            filled[window] = binary_fill_holes(area[window])
            yield filled


def _areas(panel: Panel, shown: Shown, projection: np.ndarray, near: np.ndarray, shift: tuple):
    def on_projection(x, y):
        rows, columns = shown.on_projection(x, y)
        return rows + shift[0], columns + shift[1]

    for picture in panel.pictures:
        if picture is shown.of:
            if shift == SHIFTS[0]:
                yield _painted(shown, projection)
        elif not np.array_equal(picture.pixels, shown.of.pixels) and (
            shift == SHIFTS[0] or not picture.lies_on(shown.of)
        ):
            for foreground in _foregrounds(picture.pixels):
                if foreground.mean() < 0.5 or picture.pixels.shape != projection.shape:
                    yield _plot(foreground, picture, shown, projection.shape, on_projection)
    for points in [*panel.points, *panel.lines]:
        yield pixels_at(*on_projection(*points.T), projection.shape)
    unions: dict[str, np.ndarray] = {}
    for kind in ("shapes", "bars", "lines"):
        edges: dict[str, list[np.ndarray]] = {}
        for outline, look in zip(getattr(panel, kind), panel.looks[kind], strict=True):
            pieces = _pieces(outline)
            if len(pieces) > 1 or len(outline) == 2:
                edges.setdefault(look, []).extend(pieces)
                continue
            area = inside(*on_projection(*closed(outline).T), near)
            if area.any():
                yield area
                unions[look] = unions.get(look, np.zeros_like(area)) | area
        for pieces in edges.values():
            ends = on_projection(*joined(pieces).T)
            yield inside(*ends, near)
            yield pixels_at(*along(*ends), projection.shape)
    yield from unions.values()


def _pieces(outline: np.ndarray) -> list[np.ndarray]:
    """Take a line apart where it has gaps."""
    gaps = np.nonzero(~np.isfinite(outline).all(axis=1))[0]
    pieces = (one[np.isfinite(one).all(axis=1)] for one in np.split(outline, gaps))
    return [piece for piece in pieces if len(piece)]


def _foregrounds(pixels: np.ndarray) -> list[np.ndarray]:
    """List what an image may mark: what is not left out, what differs from most of its pixels."""
    seen = np.isfinite(pixels)
    if not seen.any():
        return []
    # What is left out of an image may be what it marks, too.
    marks = [] if seen.all() else [seen, ~seen]
    if np.ptp(pixels[seen]) == 0:
        return marks
    if is_plain(pixels):
        # In a tight crop, most pixels may be the mask's.
        low = pixels == pixels[seen].min()
        return [*marks, low, seen & ~low]
    found, counts = np.unique(pixels[seen], return_counts=True)
    return [*marks, seen & (pixels != found[np.argmax(counts)])]


def is_plain(pixels: np.ndarray) -> bool:
    """Whether an image has two values at most, as a mask has."""
    seen = pixels[np.isfinite(pixels)]
    return not seen.size or bool(((seen == seen.min()) | (seen == seen.max())).all())


def _painted(shown: Shown, projection: np.ndarray) -> np.ndarray:
    """Where an image of the projection was painted over."""
    area = np.zeros(projection.shape, dtype=bool)
    area[shown.window] = painted_over(shown.picture.pixels, projection[shown.window])
    return area


def _plot(
    foreground: np.ndarray, picture: Picture, shown: Shown, shape: tuple, on_projection: Callable
) -> np.ndarray:
    if picture.lies_on(shown.picture):
        area = np.zeros(shape, dtype=bool)
        area[shown.window] = foreground
        return area
    return pixels_at(*on_projection(*picture.to_data(*np.nonzero(foreground))), shape)


def likeness(area: np.ndarray, mask: np.ndarray) -> float:
    """Overlap of a drawn area with a mask; it may be a line of pixels wider or narrower.

    An outline may run through the pixels around a mask, or through its outermost ones.
    """
    from scipy.ndimage import binary_dilation, binary_erosion

    fewer, more = sorted(map(np.count_nonzero, (area, mask)))
    if 2 * fewer < more:
        return fewer / max(more, 1)  # the overlap cannot be more
    window = _window(area | mask, 1)
    area, mask = area[window], mask[window]
    if overlap(area, mask) < 0.5:
        return overlap(area, mask)
    areas = [area, binary_erosion(area), binary_dilation(area)]
    return max(overlap(each, mask) for each in areas)


def _window(area: np.ndarray, margin: int = 0) -> tuple[slice, slice]:
    """Return the rectangle that holds an area, with a margin around it where there is room."""
    sides = []
    for axis in (1, 0):
        [found] = np.nonzero(area.any(axis=axis))
        first, last = (found[0], found[-1]) if len(found) else (0, -1)
        sides.append(slice(max(first - margin, 0), last + 1 + margin))
    return tuple(sides)


def best_likeness(areas: list[np.ndarray], mask: np.ndarray) -> float:
    """Likeness with a mask of the area that is most like it."""
    return max((likeness(area, mask) for area in areas), default=0.0)


def fullness(area: np.ndarray) -> float:
    """Share of the rectangle around an area that it fills."""
    return float(area[_window(area)].mean())


def overlap(area: np.ndarray, mask: np.ndarray) -> float:
    """Intersection over union of two areas."""
    union = np.count_nonzero(area | mask)
    return np.count_nonzero(area & mask) / union if union else 0.0
