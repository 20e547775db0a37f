"""How like real recordings those are that `open_cache()` opens: a table, and a sheet of pictures.

    python benchmarks/realism.py                            the table
    python benchmarks/realism.py --sheet realism.png        and the pictures
    python benchmarks/realism.py --manifest MANIFEST.json   of other recordings, real ones too

Each quantity stands beside what is published about this experiment container, or known of mouse
visual cortex. Where the source says "assumed", the range is a guess that no publication was read
for. Everything is read with AllenSDK's getters.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
import realism_sheet
from measures import (
    Session,
    binned,
    by_distance,
    humps,
    movie_likeness,
    noise,
    pairs,
    rises,
    run_lengths,
    stability,
    without,
)
from scipy import ndimage, stats

RATE = 30.0  # imaging frames a second, about
RUNNING = 10.0  # cm/s
BORDER = 16  # pixels from the edge of the picture
#: Session B's percentiles of grey in the published picture of its projection, about.
GREYS = {5: 4, 25: 9, 50: 19, 75: 30, 95: 70, 99: 147}


@dataclass
class Row:
    """A line of the table: what is measured, where, between what it should lie, and who says so."""

    what: str
    value: float
    low: float
    high: float
    source: str


def correlation_rows(sessions):
    """Shared variability."""
    b = next(each for each in sessions if each.letter == "B")
    start, end = b.spontaneous()
    resting = pairs(np.corrcoef(binned(b.dff[:, start:end])))
    means, left = b.scene_means()
    images, _, speed = b.scenes()
    trials = pairs(np.corrcoef(left))
    pace = np.clip(speed[images >= 0], 0, None)
    still = pairs(np.corrcoef(without(left, [pace, np.sqrt(pace)])))
    scenes = pairs(np.corrcoef(means))
    whole = np.corrcoef(binned(b.dff, 30))
    largest = np.linalg.eigvalsh(whole)[-5:].sum() / len(whole)
    known = "assumed for mouse V1"
    shown = "published figure of session B"
    for what, values, low, high in (
        ("spontaneous correlation", resting, 0.01, 0.12),
        ("noise correlation, scenes", trials, 0.01, 0.12),
    ):
        near, middle, far = by_distance(values, b.distances)
        yield Row(f"{what}: mean", values.mean(), low, high, known)
        yield Row("  below 100 um", near, middle, 0.25, "falls with distance")
        yield Row("  100 to 200 um", middle, far, near, "falls with distance")
        yield Row("  above 200 um", far, 0.0, middle, "falls with distance")
        yield Row("  97.5th percentile", np.percentile(values, 97.5), 0.08, 0.4, known)
    yield Row("  share that running explains", 1 - still.mean() / trials.mean(), 0.1, 0.8, known)
    yield Row("share of first 5 eigenvalues, 1 s", largest, 0.08, 0.4, "assumed: a few large ones")
    near, middle, far = by_distance(scenes, b.distances)
    yield Row("scene signal correlation: median", np.median(scenes), 0.06, 0.12, shown)
    yield Row("  largest", scenes.max(), 0.65, 0.9, shown)
    yield Row("  1st percentile", np.percentile(scenes, 1), -0.25, -0.08, shown)
    yield Row("  99th percentile", np.percentile(scenes, 99), 0.35, 0.55, shown)
    yield Row("  below 100 um less above 200 um", near - far, 0.02, 0.15, shown)


def running_rows(sessions):
    """Running in session B."""
    speed = next(each.speed for each in sessions if each.letter == "B")
    moving = ndimage.median_filter(np.nan_to_num(speed), 31) > RUNNING
    still = speed[39582:54051]
    shown = "published figure of session B"
    yield Row("running: sd at rest, cm/s", np.nanstd(still), 1.5, 2.6, shown)
    yield Row("  largest in frames 39582 to 54050", np.nanmax(still), 4, 10, shown)
    yield Row("  least", np.nanmin(speed), -18, -10, shown)
    yield Row("  largest", np.nanmax(speed), 75, 90, shown)
    yield Row("  share of frames to 72000", moving[:72000].mean(), 0.0, 0.15, shown)
    yield Row("  share of 72000 to 105000", moving[72000:105000].mean(), 0.5, 0.9, shown)
    yield Row("  share after 106000", moving[106000:].mean(), 0.0, 0.03, shown)


def trace_rows(sessions):
    """Bursts, noise and baselines of traces in session B; activity of C's two quiet epochs."""
    b, c = (next(each for each in sessions if each.letter == letter) for letter in "BC")
    minutes = b.dff.shape[1] / RATE / 60
    lengths = [run_lengths(row > 1) for row in b.dff]
    longest = max(each.max(initial=0) for each in lengths) / RATE
    shown = "published figure of session B"
    per_neuron = np.array([rises(row) for row in b.dff]) / minutes
    yield Row("rises above 1 dF/F a minute: median", np.median(per_neuron), 0.03, 1.5, shown)
    yield Row("  longest, s", longest, 0.8, 4, shown)
    largest = b.dff.max(axis=1)
    yield Row("largest dF/F: over neurons", largest.max(), 4, 7, shown)
    yield Row("  its median", np.median(largest), 1.2, 4, shown)
    skew = stats.skew(b.dff, axis=1)
    yield Row("skewness of dF/F: median", np.median(skew), 2, 12, "assumed: sparse activity")
    yield Row("noise of dF/F: median", np.median(noise(b.dff)), 0.03, 0.1, "assumed")
    first, last = (c.dff[:, slice(*c.spontaneous(epoch))].mean() for epoch in (0, 1))
    change = abs(first - last) / max(first, last)
    yield Row("session C: epochs' activity differs", change, 0.1, 0.7, "so that their order shows")


def movie_rows(sessions):
    """Reliability within a session, drift within it and over days."""
    for each in sessions:
        own = each.reliability()
        what = f"session {each.letter}: reliability of movie one"
        known = "assumed for mouse V1, layer 2/3"
        yield Row(f"{what}: median", np.median(own), 0.02, 0.2, known)
        yield Row("  share above 0.5", (own > 0.5).mean(), 0.0, 0.1, known)
        yield Row("  humps", humps(own), 1, 1, "one broad hump")
    matrix = movie_likeness(sessions)
    lags = np.abs(np.subtract.outer(np.arange(30), np.arange(30)))
    within = np.kron(np.eye(3), np.ones((10, 10))) > 0
    early, late = (matrix[within & (lags >= low) & (lags < low + 3)].mean() for low in (1, 7))
    deitch = "Deitch et al. 2021"
    yield Row("likeness of repeats 1 to 3 apart", early, 0.15, 0.7, "assumed")
    yield Row("  less that of those 7 to 9 apart", early - late, 0.01, 0.2, f"{deitch}: falls")
    blocks = matrix.reshape(3, 10, 3, 10).mean(axis=(1, 3))
    next_day, two_steps = (blocks[0, 1] + blocks[1, 2]) / 2, blocks[0, 2]
    yield Row("  between sessions C-B and B-A", next_day, two_steps, late, f"{deitch}: falls")
    yield Row("  between sessions C-A", two_steps, 0.03, next_day, f"{deitch}: falls")
    stable = stability(sessions)
    yield Row("stability over sessions: humps", humps(stable), 1, 1, "most in between")
    yield Row("  median", np.median(stable), 0.1, 0.6, "assumed")
    middle = ((stable > 0.1) & (stable < 0.7)).mean()
    yield Row("  share between 0.1 and 0.7", middle, 0.5, 0.95, "most in between")


def picture_rows(sessions):
    """The projection and the masks of session B."""
    b = next(each for each in sessions if each.letter == "B")
    image = b.data.get_max_projection().astype(float)
    shown = "published figure of session B"
    for share, grey in GREYS.items():
        what = f"projection: {share}th percentile of grey"
        yield Row(what, np.percentile(image, share), 0.75 * grey - 1, 1.25 * grey + 1, shown)
    corner = np.median(image[256:, 256:]) / np.median(image)
    yield Row("  lower right quarter, relative", corner, 0.25, 0.65, shown)
    inside = np.array([image[mask].mean() for mask in b.masks])
    yield Row("  masks, sd of log grey", np.log(inside).std(), 0.4, 0.9, shown)
    areas = b.masks.sum(axis=(1, 2))
    yield Row("masks: median area, pixels", np.median(areas), 150, 220, shown)
    for share, low, high in ((5, 80, 150), (95, 220, 330)):
        yield Row(f"  {share}th percentile", np.percentile(areas, share), low, high, shown)
    count = b.masks.sum(axis=0)
    yield Row("  most on one pixel", count.max(), 2, 2, "published output")
    yield Row("  pixels in two", (count == 2).sum(), 200, 1500, shown)
    rows, columns = np.nonzero(count)
    reach = min(rows.min(), columns.min(), *(511 - np.array([rows.max(), columns.max()])))
    yield Row("  nearest to the edge, pixels", reach, 0, 6, shown)
    inner = np.zeros((512, 512), bool)
    inner[BORDER:-BORDER, BORDER:-BORDER] = True
    near = (b.masks & ~inner).any(axis=(1, 2)).sum()
    yield Row(f"  masks within {BORDER} pixels of it", near, 8, 40, shown)


def neuropil_rows(sessions):
    """Raw and neuropil traces of session B."""
    from visual_coding_course.recordings import facts

    b = next(each for each in sessions if each.letter == "B")
    r = b.data.get_neuropil_r()
    published = facts.session("B").get("neuropil_r_of_all_cells_in_order_of_index")
    if published:
        same = np.isclose(r, published, atol=5e-4).sum()
        yield Row("neuropil r of B as published", same, 174, 174, "published output")
    for each in sessions:
        own = each.data.get_neuropil_r()
        yield Row(f"  median in session {each.letter}", np.median(own), 0.17, 0.26, "as B's")
    felt = binned(b.data.get_neuropil_traces()[1], 30)
    slow = without(felt, [np.linspace(-1, 1, felt.shape[1]) ** power for power in (1, 2, 3)])
    whole = binned(b.dff.mean(axis=0), 30)
    pace = binned(ndimage.gaussian_filter1d(np.clip(np.nan_to_num(b.speed), 0, None), 15), 30)
    known = "assumed for mouse V1"
    activity = np.median([np.corrcoef(own, whole)[0, 1] for own in slow])
    running = np.median([np.corrcoef(own, pace)[0, 1] for own in slow])
    yield Row("neuropil with population activity, r", activity, 0.3, 0.9, known)
    yield Row("  with running, r", running, 0.1, 0.8, known)
    yield Row("  of two cells, median r", np.median(pairs(np.corrcoef(slow))), 0.4, 0.95, known)
    raw = b.data.get_fluorescence_traces()[1]
    ends = [np.percentile(part, 10, axis=1) for part in (raw[:, :18000], raw[:, -18000:])]
    drift = np.median(np.abs(ends[1] / ends[0] - 1))
    yield Row(
        "raw baseline, change over the hour",
        drift,
        0.01,
        0.12,
        "assumed: bleaching, drift of focus",
    )
    light, own_noise = np.median(raw, axis=1), noise(raw)
    slope = stats.linregress(np.log(light), np.log(own_noise)).slope
    yield Row(
        "raw noise grows as light to the power", slope, 0.35, 0.9, "assumed: shot noise, a half"
    )


PARTS = (correlation_rows, running_rows, trace_rows, movie_rows, picture_rows, neuropil_rows)


def measure(sessions):
    """Measure everything.

    Parameters
    ----------
    sessions : tuple of Session

    Returns
    -------
    list of Row
    """
    return [row for part in PARTS for row in part(sessions)]


def main():
    """Print the table; draw the sheet if it is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--manifest", help="of recordings (default: the practice ones)")
    parser.add_argument("--sheet", metavar="PATH", help="draw the pictures into this file")
    given = parser.parse_args()
    from visual_coding_course import open_cache

    boc = open_cache(manifest=given.manifest)
    sessions = tuple(Session(boc, letter) for letter in "ABC")
    rows = measure(sessions)
    print(f"{'quantity':40} {'expected':>17} {'is':>8}        source")
    for row in rows:
        within = "" if row.low <= row.value <= row.high else "differs"
        expected = f"{row.low:.3g} to {row.high:.3g}" if row.low != row.high else f"{row.low:.3g}"
        print(f"{row.what:40} {expected:>17} {row.value:8.3g} {within:7} {row.source}")
    good = sum(row.low <= row.value <= row.high for row in rows)
    print(f"{good} of {len(rows)} as expected")
    if given.sheet:
        realism_sheet.draw(sessions, given.sheet)


if __name__ == "__main__":
    main()
