"""dF/F and events of all neurons of a session."""

import numpy as np

from . import calcium, facts, movie, running, scenes, stimuli, timeline, tuning, variability
from .population import SCENE_CELL, population
from .seeds import generator

LATENCY = 2  # imaging frames from the screen to the cortex, about 65 ms
PRECISION = 1024.0  # dF/F is rounded to 1/1024, a fiftieth of the quietest neuron's noise
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
        for name, fields in self._movies.items():
            frames, presentations = self._shown[name]
            driven[frames] += tuning.movie_drive(fields, cell)[presentations]
        gain = 1 + self._traits.running[cell] * self._arousal
        gain *= variability.gain(variability.weights(self.seed)[cell], self._shared)
        gain *= self._traits.liveliness[cell]
        rates = driven * gain * calcium.excitability(len(driven), rng)
        most, tiring = MOST_RUNS, calcium.TIRING
        if self._traits.faithful[cell]:
            most, tiring = 1.5 * MOST_RUNS, 1.8 * calcium.TIRING
        return calcium.tire(most * np.tanh(rates / most), tiring)

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
            dff = calcium.saturate(calcium.convolve(events, self._traits.decay[cell]))
            dff += rng.normal(0, self._traits.noise[cell], len(dff))
            dff += calcium.baseline(len(dff), rng)
        if number == SCENE_CELL and self.letter == "B":
            dff, events = scenes.add_responses(
                dff, events, self.running_speed, self._traits.decay[cell], self.seed
            )
        if number == facts.session("B")["cell_specimen_ids"][0] and self.letter == "B":
            dff = scenes.with_first_response(dff, self.seed)
        # The smallest events drown in the noise; the Allen Institute's detection misses them too.
        events[events < 1.5 * self._traits.noise[cell]] = 0.0
        return (np.rint(dff * PRECISION) / PRECISION).astype(np.float32), events.astype(np.float32)

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
