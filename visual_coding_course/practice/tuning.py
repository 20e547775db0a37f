"""What each neuron responds to: event rates for every condition of every stimulus.

Tuning belongs to the neuron and is the same in all sessions, except that its responses to movies
drift from day to day, in some neurons hardly and in others beyond recognition.
"""

import functools
from dataclasses import dataclass

import numpy as np

from . import facts, stimuli
from .population import SCENE_CELL, population
from .seeds import generator

SILENT_TO_MOVIES = 0.12  # share of neurons without a moment of the movie that they answer to


@dataclass(frozen=True)
class Traits:
    """What holds for a neuron in all sessions.

    Attributes
    ----------
    amplitude : numpy.ndarray, shape (n_cells,)
        Median size of an event, dF/F.
    decay : numpy.ndarray, shape (n_cells,)
        Time constant of the fluorescence's decay, seconds.
    noise : numpy.ndarray, shape (n_cells,)
        Standard deviation of the baseline, dF/F.
    spontaneous : numpy.ndarray, shape (n_cells,)
        Events per second without a stimulus.
    running : numpy.ndarray, shape (n_cells,)
        Relative change of the event rate at full running speed.
    drift : numpy.ndarray, shape (n_cells,)
        How much responses to movies change between sessions; 0 is not at all.
    """

    amplitude: np.ndarray
    decay: np.ndarray
    noise: np.ndarray
    spontaneous: np.ndarray
    running: np.ndarray
    drift: np.ndarray


@functools.lru_cache(maxsize=4)
def traits(seed):
    """Traits of all neurons, in the order of `population(seed).ids`.

    Returns
    -------
    Traits
    """
    count = len(population(seed).ids)
    rng = generator(seed, "traits")
    return Traits(
        amplitude=0.22 * np.exp(rng.normal(0, 0.5, count)),
        # GCaMP6f in mouse V1: half decay 142 ms for one spike, longer for bursts (Chen et al.
        # 2013, Nature 499:295, table in figure 1), so time constants from 0.2 s up.
        decay=rng.uniform(0.22, 0.5, count),
        noise=np.clip(0.055 * np.exp(rng.normal(0, 0.35, count)), 0.025, 0.14),
        spontaneous=np.clip(0.03 * np.exp(rng.normal(0, 0.9, count)), 0.003, 0.25),
        running=np.clip(rng.normal(0.5, 0.7, count), -0.7, 2.5),
        drift=0.07 + rng.gamma(1.1, 0.55, count),
    )


def circular_bump(degrees, preferred, width, period):
    """Von Mises tuning over an angle: 1 at the preferred one."""
    angle = 2 * np.pi * (degrees - preferred) / period
    return np.exp((np.cos(angle) - 1) / width)


def log_bump(values, preferred, octaves):
    """Gaussian tuning over a logarithmic axis: 1 at the preferred value."""
    return np.exp(-0.5 * (np.log2(values / preferred) / octaves) ** 2)


def grating_rates(seed):
    """Event rates for drifting and static gratings.

    Returns
    -------
    dict
        Stimulus name to array of shape (n_cells, n_conditions), events per second.
    """
    count = len(population(seed).ids)
    rng = generator(seed, "gratings")
    direction = rng.integers(0, 8, count) * 45.0 + rng.normal(0, 8, count)
    width = rng.uniform(0.15, 0.9, count)
    opposite = np.where(
        rng.random(count) < 0.4, rng.uniform(0, 0.25, count), rng.uniform(0.4, 1, count)
    )
    speed = 2.0 ** rng.choice([0, 1, 2, 3], count, p=[0.3, 0.35, 0.25, 0.1])
    fineness = 0.02 * 2.0 ** rng.choice([0, 1, 2, 3, 4], count, p=[0.1, 0.3, 0.35, 0.2, 0.05])
    phase = rng.uniform(0, 1, count)
    simple = rng.uniform(0, 1, count)
    gain_moving = np.where(rng.random(count) < 0.6, rng.gamma(2.0, 0.9, count), 0.0)
    gain_static = np.where(rng.random(count) < 0.45, rng.gamma(2.0, 1.3, count), 0.0)

    frequency, angle = stimuli.grating_conditions("drifting_gratings").T
    tuned = circular_bump(angle, direction[:, None], width[:, None], 360.0)
    back = circular_bump(angle, direction[:, None] + 180, width[:, None], 360.0)
    moving = tuned + opposite[:, None] * back
    moving *= log_bump(frequency, speed[:, None], 1.2)

    angle, cycles, at = stimuli.grating_conditions("static_gratings").T
    still = circular_bump(angle, direction[:, None], 1.2 * width[:, None], 180.0)
    still *= log_bump(cycles, fineness[:, None], 0.9)
    still *= 1 + simple[:, None] * np.cos(2 * np.pi * (at - phase[:, None]))
    return {
        "drifting_gratings": gain_moving[:, None] * moving,
        "static_gratings": gain_static[:, None] * still,
    }


def scene_rates(seed):
    """Event rates for natural scenes: sparse, a few images each.

    Returns
    -------
    numpy.ndarray, shape (n_cells, n_images)
        Events per second.
    """
    cells = population(seed)
    count = facts.session("B")["natural_scenes"]["images"]
    rng = generator(seed, "scenes")
    liking = np.exp(rng.normal(0, 1.6, (len(cells.ids), count)))
    liking *= np.where(rng.random(len(cells.ids)) < 0.55, rng.gamma(2.0, 0.06, len(cells.ids)), 0)[
        :, None
    ]
    # That neuron's response to its preferred scene is placed trial by trial, see scenes.py.
    liking[cells.position(SCENE_CELL)] *= 0.3
    return np.minimum(liking, 6.0)


def movie_fields(seed, movie, length):
    """Moments of a movie that neurons answer to.

    Returns
    -------
    cell, frame, width, rate : numpy.ndarray, shape (n_fields,)
        Position of the neuron, movie frame at the centre, standard deviation in movie frames,
        and events per second at the centre.
    """
    count = len(population(seed).ids)
    rng = generator(seed, "fields", movie)
    per_half_minute = rng.choice([1, 2, 3, 4, 5], count, p=[0.25, 0.3, 0.22, 0.15, 0.08])
    fields = rng.poisson(per_half_minute * length / 900.0)
    fields = np.where(per_half_minute * length / 900.0 <= 5, np.maximum(fields, 1), fields)
    fields[rng.random(count) < SILENT_TO_MOVIES] = 0
    cell = np.repeat(np.arange(count), fields)
    # A neuron's reliability: how many events it spends on a field, from one in ten repeats on.
    reliability = 7.0 * np.exp(rng.normal(-0.25, 0.9, count))[cell]
    rate = reliability * np.exp(rng.normal(0, 0.5, len(cell)))
    frame = rng.uniform(8, length - 18, len(cell))
    return cell, frame, rng.uniform(2.0, 7.0, len(cell)), np.clip(rate, 0.2, 18.0)


def movie_rates(seed, letter, movie, length):
    """Event rates for each frame of a movie, as they are in one session.

    Returns
    -------
    numpy.ndarray, shape (n_cells, length)
        Events per second.
    """
    cell, frame, width, rate = movie_fields(seed, movie, length)
    drift = traits(seed).drift[cell]
    rng = generator(seed, "drift", movie, letter)
    gain = np.exp(drift * rng.normal(0, 1, len(cell)) - 0.25 * drift**2)
    lost = rng.random(len(cell)) < 1 - np.exp(-0.25 * drift)
    centre = frame + np.minimum(drift, 2.5) * rng.normal(0, 1.6, len(cell))
    strength = np.where(lost, 0.0, np.minimum(rate * gain, 20.0))
    rates = np.zeros((len(population(seed).ids), length))
    at = np.arange(length)
    for number in range(len(cell)):
        bump = np.exp(-0.5 * ((at - centre[number]) / width[number]) ** 2)
        rates[cell[number]] += strength[number] * bump
    return rates


@dataclass(frozen=True)
class ReceptiveFields:
    """Where on the screen neurons see, in squares of the locally sparse noise.

    Attributes
    ----------
    row, column : numpy.ndarray, shape (n_cells,)
        Centre of the field for white spots.
    shift : numpy.ndarray, shape (2, n_cells)
        Rows and columns from there to the field for black spots.
    strength : numpy.ndarray, shape (n_cells,)
        Events per second for the best spot; 0 in neurons without a receptive field.
    on_share : numpy.ndarray, shape (n_cells,)
        Weight of white spots, 0 to 1.
    """

    row: np.ndarray
    column: np.ndarray
    shift: np.ndarray
    strength: np.ndarray
    on_share: np.ndarray


def receptive_fields(seed):
    """Receptive fields of all neurons.

    Returns
    -------
    ReceptiveFields
    """
    count = len(population(seed).ids)
    rng = generator(seed, "receptive fields")
    rows, columns = facts.session("C")["locally_sparse_noise"]["grid"]
    has_field = rng.random(count) < 0.45
    has_field[population(seed).position(facts.published()["cell_specimen_id"])] = False
    # One patch of cortex sees one part of the screen: centres cluster.
    return ReceptiveFields(
        row=rng.normal(0.5 * rows, 2.0, count),
        column=rng.normal(0.55 * columns, 2.6, count),
        shift=rng.normal(0, 0.8, (2, count)),
        strength=np.where(has_field, rng.gamma(2.0, 1.6, count), 0.0),
        on_share=rng.beta(0.6, 0.6, count),
    )


def noise_rates(seed, template):
    """Event rates for each locally sparse noise image.

    Parameters
    ----------
    seed : int
    template : numpy.ndarray of uint8, shape (n_images, 16, 28)

    Returns
    -------
    numpy.ndarray, shape (n_cells, n_images)
        Events per second.
    """
    fields = receptive_fields(seed)
    rows, columns = template.shape[1:]
    y, x = np.mgrid[:rows, :columns]

    def drive(colour, rows_off, columns_off):
        dy = y - (fields.row + rows_off)[:, None, None]
        dx = x - (fields.column + columns_off)[:, None, None]
        weights = np.exp(-(dy**2 + dx**2) / 2.2).reshape(len(fields.row), -1)
        return weights @ (template == colour).reshape(len(template), -1).T.astype(float)

    white, black = drive(255, 0, 0), drive(0, *fields.shift)
    both = fields.on_share[:, None] * white + (1 - fields.on_share)[:, None] * black
    return fields.strength[:, None] * both**2


def session_rates(seed, letter, templates):
    """Event rates for every state that the screen is in during a session.

    Parameters
    ----------
    seed : int
    letter : {"A", "B", "C"}
    templates : dict
        Stimulus name to its template.

    Returns
    -------
    numpy.ndarray, shape (n_cells, n_states)
        Events per second beyond the spontaneous rate; the states are those of `stimuli.states`.
    """
    offsets = stimuli.states(letter, seed)[1]
    total = max(offset + count for offset, count in offsets.values())
    rates = np.zeros((len(population(seed).ids), total))
    for stimulus, (offset, count) in offsets.items():
        if stimulus in stimuli.GRATINGS:
            part = grating_rates(seed)[stimulus]
        elif stimulus == "natural_scenes":
            part = scene_rates(seed)
        elif stimulus == "locally_sparse_noise":
            part = noise_rates(seed, templates[stimulus])
        else:
            part = movie_rates(seed, letter, stimulus, count)
        rates[:, offset : offset + count] = part
    neuron = population(seed).position(facts.published()["cell_specimen_id"])
    rates[neuron] = 0.0  # its movie response is published, see movie.py; no large peaks elsewhere
    return rates
