"""What each neuron responds to: event rates for every condition of every stimulus.

Tuning belongs to the neuron and is the same in all sessions, except that its responses to movies
drift, from one repeat to the next and more from day to day, in some neurons less than in others.
"""

import functools
from dataclasses import dataclass

import numpy as np

from . import anatomy, facts, scenes, stimuli, variability
from .population import CELL_WITH_FIELD, SCENE_CELL, population
from .seeds import generator

FEATURES = 6  # of natural scenes, that neurons differ in
SCENE_COMMON, SCENE_FEATURES, SCENE_OWN = 2.25, 1.8, 0.1  # logarithm of the rate
SCENE_MOST_COMMON = 1.15  # so that none is everybody's favourite
ONE_WAY = 0.8  # share of neurons that answer to one direction of a drifting grating alone
WIDEST = 0.626  # width of the widest tuning to orientation
SCENE_RATE = 0.26  # runs of events per second
SCENE_MOST = 7.0  # the same, at most
MOVIE_RATE = 8.0  # runs of events per second
LIVELINESS, LIVELIER = 0.4, 0.9  # median, and standard deviation of the logarithm
LIVELIEST = 5.0  # times the median, at most
NOISE = 0.055  # median standard deviation of dF/F without events
FAITHFUL = 0.04  # share of neurons of which responses to movies hardly drift, and are strong
RUNNERS = 0.55, 0.28, 0.17  # shares of neurons that running moves little, up, and down
DRIVEN_BY_RUNNING = 0.4  # share of those moved up that it drives with a grey screen, too
#: From rows and columns of the field of view to those of the screen.
MAP = np.array([[0.3, 1.0], [-0.85, 0.4]])
ACROSS = 5.2  # squares of the sparse noise across the field of view: 24 degrees in 400 um
SCATTER = 0.8  # squares, standard deviation of neurons' fields around the map
WITHIN = 0.25  # drift from one repeat to the next, relative to all that there is
BETWEEN = 0.55  # share of a field's strength that is forgotten from day to day


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
    liveliness : numpy.ndarray, shape (n_cells,)
        What multiplies all event rates: a few neurons are busy, most are nearly silent.
    running : numpy.ndarray, shape (n_cells,)
        Relative change of the event rate at full running speed.
    locomotion : numpy.ndarray, shape (n_cells,)
        Events per second that running alone drives at full speed; 0 in most neurons.
    drift : numpy.ndarray, shape (n_cells,)
        How much responses to movies change between sessions; 0 is not at all.
    faithful : numpy.ndarray of bool, shape (n_cells,)
        Whether it answers a movie much alike each time, with many small events.
    """

    amplitude: np.ndarray
    decay: np.ndarray
    noise: np.ndarray
    spontaneous: np.ndarray
    liveliness: np.ndarray
    running: np.ndarray
    locomotion: np.ndarray
    drift: np.ndarray
    faithful: np.ndarray


@functools.lru_cache(maxsize=4)
def traits(seed):
    """Traits of all neurons, in the order of `population(seed).ids`.

    Returns
    -------
    Traits
    """
    count = len(population(seed).ids)
    rng = generator(seed, "traits")
    spontaneous = np.clip(0.08 * np.exp(rng.normal(0, 0.7, count)), 0.01, 0.5)
    # Neurons of which responses to single images are published are quiet without them.
    known = facts.published()["container_511510736"]["p_ns_below_0.05_and_pref_image_ns_22"]
    quiet = np.searchsorted(population(seed).ids, [SCENE_CELL, *known])
    answering = np.searchsorted(population(seed).ids, known)
    liveliness = np.exp(generator(seed, "liveliness").normal(0, LIVELIER, count))
    liveliness = LIVELINESS * np.minimum(liveliness, LIVELIEST)
    faithful = generator(seed, "faithful").random(count) < FAITHFUL
    liveliness[faithful] = 1.0
    amplitude = np.where(faithful, 0.6, 1.0) * 0.21 * np.exp(rng.normal(0, 0.52, count))
    amplitude[answering] = np.maximum(amplitude[answering], 0.25)
    running, locomotion = _running(count, generator(seed, "running traits"))
    spontaneous[quiet], running[quiet], locomotion[quiet] = 0.006, 1.0, 0.0
    liveliness[quiet] = 1.0
    return Traits(
        amplitude=amplitude,
        # GCaMP6f in mouse V1: half decay 142 ms for one spike, longer for bursts (Chen et al.
        # 2013, Nature 499:295, table in figure 1), so time constants from 0.2 s up.
        decay=rng.uniform(0.22, 0.5, count),
        noise=np.clip(NOISE * np.exp(rng.normal(0, 0.35, count)), 0.025, 0.14),
        spontaneous=spontaneous,
        liveliness=liveliness,
        running=running,
        locomotion=locomotion,
        drift=np.where(faithful, 0.25, 1.1 + rng.gamma(6.0, 0.18, count)),
        faithful=faithful,
    )


def _running(count, rng):
    """How running moves each neuron: some strongly up, some down, some with nothing on the screen.

    Returns
    -------
    running, locomotion : numpy.ndarray, shape (count,)
        As in `Traits`.
    """
    kind = rng.choice(3, count, p=RUNNERS)
    running = np.choose(
        kind,
        [rng.normal(1.1, 0.6, count), rng.uniform(3.0, 8.0, count), -rng.uniform(0.7, 0.95, count)],
    )
    driven = (kind == 1) & (rng.random(count) < DRIVEN_BY_RUNNING)
    return np.maximum(running, -0.95), np.where(driven, rng.gamma(1.5, 0.3, count), 0.0)


def circular_bump(degrees, preferred, width, period):
    """Von Mises tuning over an angle: 1 at the preferred one."""
    angle = 2 * np.pi * (degrees - preferred) / period
    return np.exp((np.cos(angle) - 1) / width)


def log_bump(values, preferred, octaves):
    """Gaussian tuning over a logarithmic axis: 1 at the preferred value."""
    return np.exp(-0.5 * (np.log2(values / preferred) / octaves) ** 2)


def phases(seed):
    """How neurons answer to the phase of a grating.

    Returns
    -------
    modulation : numpy.ndarray, shape (n_cells,)
        0 where all phases are alike, as in complex cells, to 1 as in simple ones.
    preferred : numpy.ndarray, shape (n_cells,)
        Cycles.
    """
    rng = generator(seed, "phases")
    return rng.beta(0.7, 1.0, len(population(seed).ids)), rng.uniform(
        0, 1, len(population(seed).ids)
    )


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
    width = rng.uniform(0.03, WIDEST, count)
    opposite = np.where(
        rng.random(count) < ONE_WAY, rng.uniform(0, 0.05, count), rng.uniform(0.5, 1, count)
    )
    speed = 2.0 ** rng.choice([0, 1, 2, 3], count, p=[0.3, 0.35, 0.25, 0.1])
    fineness = 0.02 * 2.0 ** rng.choice([0, 1, 2, 3, 4], count, p=[0.1, 0.3, 0.35, 0.2, 0.05])
    simple, phase = phases(seed)
    gain_moving = np.where(rng.random(count) < 0.78, rng.gamma(2.0, 1.5, count), 0.0)
    gain_static = np.where(rng.random(count) < 0.8, rng.gamma(3.0, 1.68, count), 0.0)

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
    """Rates for natural scenes: sparse, a few images each, and alike in neighbours.

    Returns
    -------
    numpy.ndarray, shape (n_cells, n_images)
        Runs of events per second.
    """
    cells = population(seed)
    known = facts.published()["container_511510736"]
    count, number = facts.session("B")["natural_scenes"]["images"], len(cells.ids)
    rng = generator(seed, "scenes")
    # Images differ in what they have of some features, which parts of the field answer to.
    features = rng.normal(0, 1, (FEATURES, count))
    weights = rng.normal(0, 1, (number, FEATURES)) + 2.6 * variability.local(
        rng.normal(0, 1, (FEATURES, variability.PLACES)), seed
    )
    weights /= np.linalg.norm(weights, axis=1, keepdims=True)
    common = np.minimum(rng.normal(0, 1, count), SCENE_MOST_COMMON)
    liking = SCENE_COMMON * common + SCENE_FEATURES * weights @ features
    liking = np.exp(liking + SCENE_OWN * rng.normal(0, 1, (number, count)))
    strength = np.where(
        rng.random(number) < 0.75, SCENE_RATE * np.exp(rng.normal(0, 1.1, number)), 0
    )
    liking *= strength[:, None]
    # One image is published to be preferred by four neurons, and by no others.
    liking[:, scenes.LOOKED_AT] *= 0.02
    for neuron in known["p_ns_below_0.05_and_pref_image_ns_22"]:
        cell = cells.position(neuron)
        liking[cell] = np.minimum(liking[cell], 0.1)
        liking[cell, scenes.LOOKED_AT] = rng.uniform(5.5, 7.0)
    # That neuron's responses are placed trial by trial, see scenes.py.
    liking[cells.position(SCENE_CELL)] = 0.0
    return np.minimum(liking, SCENE_MOST)


@dataclass(frozen=True)
class MovieFields:
    """Moments of a movie that neurons answer to in one session, sorted by neuron.

    Attributes
    ----------
    length : int
        Frames of the movie.
    cell : numpy.ndarray of int, shape (n_fields,)
        Position of the neuron in `population.ids`.
    frame, width : numpy.ndarray, shape (n_fields,)
        Movie frame at the centre, and standard deviation in movie frames.
    rate : numpy.ndarray, shape (n_fields, n_repeats)
        Runs of events per second at the centre, in each repeat.
    """

    length: int
    cell: np.ndarray
    frame: np.ndarray
    width: np.ndarray
    rate: np.ndarray


def movie_fields(letter, seed, movie, length, repeats):
    """Draw a movie's fields: the same in all sessions, but for what has drifted.

    The logarithm of each field's strength goes a way of its own, from day to day and from repeat
    to repeat, so that what was strong gets weak and what was unseen is seen.

    Returns
    -------
    MovieFields
    """
    count = len(population(seed).ids)
    rng = generator(seed, "fields", movie)
    fields = 1 + rng.poisson(rng.gamma(5.0, 0.9, count) * length / 900.0)
    fields[population(seed).position(facts.published()["cell_specimen_id"])] = 0  # see movie.py
    cell = np.repeat(np.arange(count), fields)
    shape = len(cell)
    reliability = MOVIE_RATE * np.exp(rng.normal(0, 0.35, count))[cell]
    rate = reliability * np.exp(rng.normal(0, 0.3, shape))
    frame, width = rng.uniform(8, length - 18, shape), rng.uniform(2.0, 8.0, shape)
    drift, faithful = traits(seed).drift[cell], traits(seed).faithful[cell]
    rate, width = np.where(faithful, 2.6 * rate, rate), np.where(faithful, 1.6 * width, width)
    days = sorted(facts.SESSIONS, key=lambda name: facts.session(name)["acquisition_age_days"])
    way, jitter = rng.normal(0, 1, shape), np.zeros(shape)
    for day in days:
        steps = np.cumsum(WITHIN * rng.normal(0, 1, (shape, repeats)), axis=1)
        if day == letter:
            break
        kept = 1 - BETWEEN
        way = kept * (way + steps[:, -1]) + np.sqrt(1 - kept**2) * rng.normal(0, 1, shape)
        jitter += rng.normal(0, 1.0, shape)
    strength = rate[:, None] * np.exp(
        drift[:, None] * (way[:, None] + steps) - 0.5 * drift[:, None]
    )
    return MovieFields(
        length,
        cell,
        frame + np.minimum(drift, 1.5) * jitter,
        width,
        np.minimum(strength, np.where(faithful, 14.0, 9.0)[:, None]),
    )


def movies(letter, seed):
    """The fields of all movies of a session, by name.

    Returns
    -------
    dict of str to MovieFields
    """
    result = {}
    for name, table in stimuli.tables(letter, seed).items():
        if name in stimuli.MOVIES:
            length = int(table.conditions.max()) + 1
            repeats = len(table.conditions) // length
            result[name] = movie_fields(letter, seed, name, length, repeats)
    return result


def movie_drive(fields, cell):
    """What a movie does to a neuron.

    Returns
    -------
    numpy.ndarray, shape (n_repeats * length,)
        Runs of events per second for each presentation of a frame.
    """
    own = slice(*np.searchsorted(fields.cell, [cell, cell + 1]))
    at = np.arange(fields.length)[:, None]
    bumps = np.exp(-0.5 * ((at - fields.frame[own]) / fields.width[own]) ** 2)
    return (bumps @ fields.rate[own]).T.ravel()


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
    has_field = rng.random(count) < 0.45
    has_field[population(seed).position(facts.published()["cell_specimen_id"])] = False
    # The cortex maps the screen: neighbours see neighbouring places, but for some scatter.
    place = anatomy.somata(seed).centres[:count] / anatomy.SIZE
    off = population(seed).position(CELL_WITH_FIELD)
    known = facts.session("C")[f"cell_{CELL_WITH_FIELD}"]
    field = known["row_figure"], known["column_figure"]
    seen = field + ACROSS * (place - place[off]) @ MAP + rng.normal(0, SCATTER, (count, 2))
    result = ReceptiveFields(
        row=seen[:, 0],
        column=seen[:, 1],
        shift=rng.normal(0, 0.6, (2, count)),
        strength=np.where(has_field, rng.gamma(2.5, 1.8, count), 0.0),
        on_share=rng.beta(0.6, 0.6, count),
    )
    result.row[off], result.column[off] = field
    result.shift[:, off] = 0
    result.strength[off], result.on_share[off] = 4.5, 0.0
    return result


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
            part = noise_rates(seed, templates[stimulus][:count])
        else:
            continue  # movies drift, from repeat to repeat; see `movies`
        rates[:, offset : offset + count] = part
    neuron = population(seed).position(facts.published()["cell_specimen_id"])
    rates[neuron] = 0.0  # its movie response is published, see movie.py; no large peaks elsewhere
    return rates
