"""dF/F and events of all neurons of a session."""

import numpy as np

from . import calcium, facts, movie, running, scenes, stimuli, timeline, tuning, variability
from .chunks import rounded
from .population import SCENE_CELL, population
from .seeds import generator

LATENCY = 2  # imaging frames from the screen to the cortex, about 65 ms
DAILY = 0.12  # sd of the logarithm of a neuron's decay and noise, from session to session
SEEN = 1.5, 2.2  # least size of a detected event, in standard deviations of the noise
FOLLOWED = 4.0  # Hz; faster gratings are followed less, cycle by cycle
QUIET_EVENTS = 0.085  # dF/F, median size of the published neuron's events outside the movie
QUIET_RATE = 0.03  # Hz, how often it has runs of them
MOST_RUNS = 8.0  # runs of events that a neuron can begin in a second
# In spontaneous activity it is livelier in some epochs than in others, enough for their means to
# tell them apart.
SPONTANEOUS_RATES = {"A": (0.07,), "B": (0.12,), "C": (0.03, 0.2)}  # Hz, epoch by epoch


class SessionActivity:
    """Simulates the neurons of one session, one at a time and in any order.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int
    templates : dict
        Stimulus name to its template, as `templates.templates` gives them.
    """

    def __init__(self, letter, seed, templates):
        self.letter, self.seed = letter, seed
        self.population = population(seed)
        self.timeline = timeline.timeline(letter, seed)
        self.running_speed = running.speed(letter, seed)
        self._arousal = running.arousal(self.running_speed)
        self._traits = tuning.traits(seed)
        today = generator(seed, "today", letter).normal(0, DAILY, (2, len(self.population.ids)))
        self._decay, self._noise = np.exp(today) * (self._traits.decay, self._traits.noise)
        self._cycles, self._phases = self._grating_cycles(), tuning.phases(seed)
        self._rates = tuning.session_rates(seed, letter, templates)
        self._state = np.roll(stimuli.states(letter, seed)[0], LATENCY)
        self._movies = tuning.movies(letter, seed)
        self._shown = {
            name: self._presentations(stimuli.tables(letter, seed)[name]) for name in self._movies
        }
        self._shared = variability.shared(letter, seed, self.timeline.n_frames)
        self._lively = self._liveliness()

    def _presentations(self, table):
        """Imaging frames of a movie, and which of its presentations each one shows."""
        starts, ends = table.frame_duration.T
        frames = np.concatenate([starts, ends])
        frames, first = np.unique(frames, return_index=True)
        return np.minimum(frames + LATENCY, self.timeline.n_frames - 1), first % len(starts)

    def _grating_cycles(self):
        """Imaging frames of drifting gratings, their cycles, and how far neurons follow these."""
        table = stimuli.tables(self.letter, self.seed).get("drifting_gratings")
        if table is None:
            return np.empty(0, int), np.empty(0), np.empty(0)
        shown = table.conditions != stimuli.BLANK
        starts, ends = table.frame_duration[shown].T
        lengths = ends - starts + 1
        since = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        frequency = np.repeat(table.data[shown, 0], lengths)
        frames = np.minimum(
            np.repeat(starts, lengths) + since + LATENCY, self.timeline.n_frames - 1
        )
        followed = 1 / (1 + (frequency / FOLLOWED) ** 2)
        return frames, frequency * since / timeline.FRAME_RATE, followed

    def _liveliness(self):
        """How active all neurons are in each imaging frame beyond what drives them."""
        lively = np.ones(self.timeline.n_frames)
        rates = SPONTANEOUS_RATES[self.letter]
        for start, end, rate in zip(*self.timeline.of("spontaneous"), rates, strict=True):
            lively[start:end] = (rate / np.mean(rates)) ** 0.25
        return lively

    def rates(self, cell):
        """Event rate of a cell in each imaging frame, events per second.

        Parameters
        ----------
        cell : int
            Position in `population.ids`.

        Returns
        -------
        numpy.ndarray, shape (n_frames,)
        """
        rng = generator(self.seed, "excitability", self.letter, self.population.ids[cell])
        driven = self._rates[cell][self._state] + self._traits.spontaneous[cell] * self._lively
        frames, cycles, followed = self._cycles
        modulation, preferred = (part[cell] for part in self._phases)
        driven[frames] *= 1 + modulation * followed * np.cos(2 * np.pi * (cycles - preferred))
        driven += self._traits.locomotion[cell] * self._arousal
        for name, fields in self._movies.items():
            frames, presentations = self._shown[name]
            driven[frames] += tuning.movie_drive(fields, cell)[presentations]
        running = 1 + self._traits.running[cell] * self._arousal
        gain = np.maximum(running, 1) * self._traits.liveliness[cell]
        gain *= variability.gain(variability.weights(self.seed)[cell], self._shared)
        rates = driven * gain * calcium.excitability(len(driven), rng)
        most, tiring = MOST_RUNS, calcium.TIRING
        if self._traits.faithful[cell]:
            most, tiring = 1.5 * MOST_RUNS, 1.8 * calcium.TIRING
        return calcium.tire(most * np.tanh(rates / most), tiring) * np.minimum(running, 1)

    def simulate(self, cell):
        """dF/F and events of one cell.

        Parameters
        ----------
        cell : int
            Position in `population.ids`.

        Returns
        -------
        dff, events : numpy.ndarray of float32, shape (n_frames,)
            dF/F, and the size of the event in each frame (dF/F at its peak, 0 for none).
        """
        number, rng = int(self.population.ids[cell]), self._rng(cell)
        if number == facts.published()["cell_specimen_id"]:
            dff, events = self._published_neuron(cell, rng)
        else:
            events = self._events(cell, rng)
            giver, share = variability.leaks(self.seed).get(cell, (None, 0.0))
            if giver is not None:
                events += share * self._events(giver, self._rng(giver))
            dff = calcium.saturate(calcium.convolve(events, self._decay[cell]))
            dff += rng.normal(0, self._noise[cell], len(dff))
            dff += calcium.baseline(len(dff), rng)
        if number == SCENE_CELL and self.letter == "B":
            dff, events = scenes.add_responses(
                dff, events, self.running_speed, self._decay[cell], self.seed
            )
        if number == facts.session("B")["cell_specimen_ids"][0] and self.letter == "B":
            dff = scenes.with_first_response(dff, self.seed)
        return rounded(dff), self._detected(events, cell)

    def _detected(self, events, cell):
        """Events as a detection finds them: not quite their size, and not those in the noise."""
        rng = generator(self.seed, "detection", self.letter, int(self.population.ids[cell]))
        there, noise = np.flatnonzero(events), self._noise[cell]
        found = events[there] + 0.5 * noise * rng.normal(0, 1, len(there))
        found[found < rng.uniform(*SEEN) * noise] = 0.0
        events[there] = found
        return events.astype(np.float32)

    def _rng(self, cell):
        return generator(self.seed, "activity", self.letter, int(self.population.ids[cell]))

    def _events(self, cell, rng):
        """A cell's own events: size of the event in each frame, dF/F at its peak."""
        return calcium.draw_events(self.rates(cell), self._traits.amplitude[cell], rng)

    def _published_neuron(self, cell, rng):
        """The published neuron: nearly silent, except for the movie."""
        rates = np.full(self.timeline.n_frames, QUIET_RATE)
        for start, end, rate in zip(
            *self.timeline.of("spontaneous"), SPONTANEOUS_RATES[self.letter], strict=True
        ):
            rates[start:end] = rate
        rates *= 1 + 0.3 * self._arousal
        first = self.timeline.movie_starts[0]
        shown = movie.responses(self.seed)[self.letter]
        rates[first - 60 : first + len(shown)] = 0.0
        events = calcium.draw_events(rates, QUIET_EVENTS, rng)
        dff = calcium.convolve(events, movie.DECAY) + rng.normal(0, movie.NOISE, len(events))
        dff[first : first + len(shown)] = shown
        return dff, events + movie.detected_events(self.seed, self.letter, len(events), first)
