"""When each stimulus was shown: epochs, and the imaging frames of every presentation.

The monitor refreshes at about 60 Hz while the microscope scans at about 30 Hz, so a presentation's
start and end are the imaging frames during which its first and its last refresh ("flip") fell.
That rule, with the phases below, reproduces every published start and end.

The repeats of the movie start 903.08 imaging frames apart, which is 0.50171 frames a flip. As the
microscope's published timestamps are 1/30.0782 s apart, the monitor refreshed at 59.95 Hz, not 60.
Both are timed by one clock of 100 kHz, as in the Allen Institute's rigs.
"""

import functools
import itertools
from dataclasses import dataclass

import numpy as np

from . import facts
from .seeds import generator

FRAME_RATE = 30.07824  # Hz; published as 30.0782, and these digits give the published timestamps
CLOCK_DIGITS = 5  # of a second, in a timestamp
# With a monitor of exactly 60 Hz it would be these imaging frames a second, the only number, to
# four digits, that gives the published repeat starts.
FRAMES_PER_FLIP = 30.1027 / 60.0
PUBLISHED_ROWS = 10  # presentations at an epoch's start that are published, so nothing delays them
GREY_GAP = 904  # imaging frames: the 30 s of grey between two blocks in session B
GAP_BEFORE_SPONTANEOUS = 150  # imaging frames, as in session B
UNPUBLISHED_SPONTANEOUS = 8880  # imaging frames, the length that sessions B and C share


@dataclass(frozen=True)
class Rhythm:
    """How a stimulus is paced on the monitor.

    Attributes
    ----------
    flips : int
        Monitor flips from one presentation's start to the next one's.
    shown : int
        Monitor flips during which it is on the screen.
    phase : float
        Where in its imaging frame an epoch's first flip falls, 0 to 1.
    """

    flips: int
    shown: int
    phase: float


RHYTHMS = {
    "drifting_gratings": Rhythm(180, 120, 0.33),
    "static_gratings": Rhythm(15, 15, 0.22),
    "natural_scenes": Rhythm(15, 15, 0.60),
    "locally_sparse_noise": Rhythm(15, 15, 0.41),
    "natural_movie_one": Rhythm(2, 2, 0.4795),
    "natural_movie_two": Rhythm(2, 2, 0.4795),
    "natural_movie_three": Rhythm(2, 2, 0.4795),
}


@dataclass(frozen=True)
class Epoch:
    """One uninterrupted stretch of one stimulus.

    Attributes
    ----------
    stimulus : str
    starts, ends : numpy.ndarray of int, shape (n_presentations,)
        Imaging frames of each presentation's first and last flip.
    """

    stimulus: str
    starts: np.ndarray
    ends: np.ndarray

    @property
    def start(self):
        """int: Imaging frame at which the epoch starts."""
        return int(self.starts[0])

    @property
    def end(self):
        """int: Imaging frame at which the epoch ends."""
        return int(self.ends[-1])


@dataclass(frozen=True)
class Timeline:
    """All epochs of a session, and its clock.

    Attributes
    ----------
    epochs : tuple of Epoch
        In the order shown.
    n_frames : int
        Imaging frames of the recording.
    first_timestamp : float
        Time of the first imaging frame, seconds, before it is rounded to the clock's steps.
    """

    epochs: tuple
    n_frames: int
    first_timestamp: float

    @property
    def timestamps(self):
        """numpy.ndarray of float, shape (n_frames,): Time of each imaging frame, seconds."""
        seconds = self.first_timestamp + np.arange(self.n_frames) / FRAME_RATE
        return np.round(seconds, CLOCK_DIGITS)

    def of(self, stimulus):
        """Starts and ends of all presentations of one stimulus.

        Returns
        -------
        tuple of numpy.ndarray of int, each of shape (n_presentations,)
        """
        epochs = [epoch for epoch in self.epochs if epoch.stimulus == stimulus]
        starts = np.concatenate([epoch.starts for epoch in epochs])
        return starts, np.concatenate([epoch.ends for epoch in epochs])

    @property
    def movie_starts(self):
        """numpy.ndarray of int: Imaging frames at which natural movie one's repeats start."""
        return self.of("natural_movie_one")[0][
            :: facts.published()["natural_movie_one"]["movie_frames"]
        ]


def present(stimulus, first_frame, count, held=()):
    """Lay out one epoch.

    Parameters
    ----------
    stimulus : str
    first_frame : int
        Imaging frame of the first flip.
    count : int
        Number of presentations.
    held : sequence of int
        Presentations during which the monitor dropped a flip, so that they lasted longer and all
        later ones are late; named once for each flip.

    Returns
    -------
    Epoch
    """
    rhythm = RHYTHMS[stimulus]
    dropped = np.bincount(held, minlength=count) if len(held) else np.zeros(count, dtype=int)
    flips = np.arange(count) * rhythm.flips + np.cumsum(dropped) - dropped
    onset = rhythm.phase + flips * FRAMES_PER_FLIP
    lasting = (rhythm.shown - 1 + dropped) * FRAMES_PER_FLIP
    starts = first_frame + np.floor(onset).astype(int)
    ends = first_frame + np.floor(onset + lasting).astype(int)
    return Epoch(stimulus, starts, ends)


def longest(stimulus, letter):
    """How long the longest presentation of a stimulus lasted as published, imaging frames."""
    return facts.session(letter).get(f"{stimulus}_longest_presentation_frames_figure")


def longest_held(stimulus, letter, first_frame, count, seed):
    """The presentation that lasted longest, as often as the monitor dropped a flip during it.

    Returns
    -------
    list of int
    """
    rng = generator(seed, "longest presentation", stimulus, first_frame)
    usual = present(stimulus, first_frame, count)
    onset = RHYTHMS[stimulus].phase + np.arange(count) * RHYTHMS[stimulus].flips * FRAMES_PER_FLIP
    for dropped in itertools.count(1):
        lasting = (RHYTHMS[stimulus].shown - 1 + dropped) * FRAMES_PER_FLIP
        ends = first_frame + np.floor(onset + lasting).astype(int)
        fitting = np.flatnonzero(ends - usual.starts == longest(stimulus, letter))
        fitting = fitting[(fitting >= PUBLISHED_ROWS) & (fitting < count - 1)]
        if len(fitting):
            return [int(rng.choice(fitting))] * dropped


def present_until(stimulus, first_frame, last_frame, count, seed):
    """Lay out an epoch of session B, which ends as published by as many dropped flips as needed."""
    rng = generator(seed, "dropped flips", stimulus, first_frame)
    candidates = rng.permutation(np.arange(PUBLISHED_ROWS, count - 1))
    held = []
    if longest(stimulus, "B"):
        held = longest_held(stimulus, "B", first_frame, count, seed)
        if present(stimulus, first_frame, count, held).end > last_frame:
            held = []
    for dropped in range(len(candidates)):
        more = candidates[:dropped].tolist()
        epoch = present(stimulus, first_frame, count, held=held + more)
        if epoch.end >= last_frame:
            return epoch
    raise ValueError(f"{stimulus} cannot end at frame {last_frame}")


def spontaneous(start, end):
    """An epoch of spontaneous activity: a grey screen."""
    return Epoch("spontaneous", np.array([start]), np.array([end]))


def movie_one_of_b(start):
    """Natural movie one in session B, with the dropped flip that its repeat starts show."""
    frames = facts.published()["natural_movie_one"]["movie_frames"]
    steps = np.diff(facts.session("B")["natural_movie_one_repeat_starts"])
    held = (int(np.argmax(steps)) + 1) * frames - 1
    return present("natural_movie_one", start, frames * (len(steps) + 1), held=[held])


def epochs_of_a(seed):
    """Epochs of session A. Only the order and the lengths of the stimuli are known."""
    known = facts.session("A")
    rows = known["drifting_gratings"]["rows"]
    first = known["drifting_gratings_first_rows"]["rows"][0][3]
    block = 200  # 10 minutes of 3 s trials
    three = facts.published()["natural_movie_three"]
    half = three["movie_frames"] * three["repeats"] // three["epochs"]
    one = facts.published()["natural_movie_one"]
    epochs = [present("drifting_gratings", first, block)]
    epochs.append(present("natural_movie_three", epochs[-1].end + GREY_GAP, half))
    movie = one["movie_frames"] * one["repeats"]
    epochs.append(present("natural_movie_one", epochs[-1].end + GREY_GAP, movie))
    epochs.append(present("drifting_gratings", epochs[-1].end + GREY_GAP, block))
    grey = epochs[-1].end + GAP_BEFORE_SPONTANEOUS
    epochs.append(spontaneous(grey, grey + UNPUBLISHED_SPONTANEOUS))
    epochs.append(present("natural_movie_three", epochs[-1].end + 1, half))
    last = epochs[-1].end + GREY_GAP, rows - 2 * block
    held = longest_held("drifting_gratings", "A", *last, seed)
    epochs.append(present("drifting_gratings", *last, held=held))
    return epochs


def epochs_of_b(seed):
    """Epochs of session B, whose epoch table is published."""
    known = facts.session("B")
    eight_minutes = 1920  # presentations of 0.25 s
    left = {name: known[name]["rows"] for name in ("static_gratings", "natural_scenes")}
    table = known["stimulus_epoch_table"]["rows"]
    epochs = []
    for row, (stimulus, start, end) in enumerate(table):
        if stimulus == "spontaneous":
            epochs.append(spontaneous(start, end))
        elif stimulus == "natural_movie_one":
            epochs.append(movie_one_of_b(start))
        else:
            is_last = stimulus not in [later[0] for later in table[row + 1 :]]
            count = left[stimulus] if is_last else eight_minutes
            left[stimulus] -= count
            epochs.append(present_until(stimulus, start, end, count, seed))
    return epochs


def epochs_of_c(seed):
    """Epochs of session C, of which the spontaneous ones are published."""
    known = facts.session("C")
    twelve_minutes = 2880  # presentations of 0.25 s
    rest = known["locally_sparse_noise"]["rows"] - 2 * twelve_minutes
    first = known["locally_sparse_noise_first_rows"]["rows"][0][1]
    one = facts.published()["natural_movie_one"]
    movie = one["movie_frames"] * one["repeats"]
    grey = [spontaneous(*row) for row in known["spontaneous_table"]["rows"]]
    epochs = [present("locally_sparse_noise", first, twelve_minutes), grey[0]]
    epochs.append(present("natural_movie_one", epochs[-1].end + 1, movie))
    epochs.append(present("locally_sparse_noise", epochs[-1].end + GREY_GAP, twelve_minutes))
    epochs.append(present("natural_movie_two", epochs[-1].end + GREY_GAP, movie))
    epochs.append(grey[1])
    held = longest_held("locally_sparse_noise", "C", epochs[-1].end + 1, rest, seed)
    epochs.append(present("locally_sparse_noise", epochs[-1].end + 1, rest, held=held))
    return epochs


def first_timestamp(letter, n_frames):
    """When a recording starts, seconds: as published, or so that it ends as published."""
    known = facts.session(letter)
    if "fluorescence_timestamps_first_10_s" not in known:
        return known["trace_ends_at_s_about"] - n_frames / FRAME_RATE
    seconds = np.array(known["fluorescence_timestamps_first_10_s"])
    since = seconds - np.arange(len(seconds)) / FRAME_RATE
    return (since.min() + since.max()) / 2  # they are rounded, so the first alone is not exact


@functools.lru_cache(maxsize=8)
def timeline(letter, seed):
    """The timeline of one session.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int

    Returns
    -------
    Timeline
    """
    epochs = {"A": epochs_of_a, "B": epochs_of_b, "C": epochs_of_c}
    shown = tuple(epochs[letter](seed))
    frames_after_stimuli = 226 if letter == "C" else 120
    known = facts.session(letter)
    n_frames = known.get("n_frames", shown[-1].end + frames_after_stimuli)
    return Timeline(shown, n_frames, first_timestamp(letter, n_frames))
