"""The sheet of pictures of `realism.py`: what an expert would look at first."""

import numpy as np
from measures import DAYS, MICRONS, binned, movie_likeness, pairs, stability

NEURON, OFF_NEURON = 517472450, 587377366
CLEAR = {"frameon": False, "fontsize": 7}


def draw(sessions, path):
    """Draw all pictures on one sheet."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({"font.size": 7, "axes.linewidth": 0.5, "lines.linewidth": 0.5})
    figure = plt.figure(figsize=(22, 38), layout="constrained")
    rows = figure.subfigures(8, 1, height_ratios=[1.5, 1.5, 1.1, 1.1, 0.5, 1.1, 1.1, 1])
    b = next(each for each in sessions if each.letter == "B")
    by_date = sorted(sessions, key=lambda each: DAYS.index(each.letter))
    for axes, each in zip(rows[0].subplots(1, 3), by_date):
        axes.imshow(each.data.get_max_projection(), cmap="gray", interpolation="none")
        axes.set_title(f"session {each.letter}, age {each.age} days")
    _draw_masks(rows[1].subplots(1, 3), by_date)
    _draw_traces(rows[2], b, slice(76000, 76000 + 1800), "one minute")
    _draw_traces(rows[3], b, slice(None, None, 5), "whole session")
    axes = rows[4].subplots()
    axes.plot(b.speed, lw=0.3)
    axes.set_title("running speed of session B, cm/s")
    _draw_matrices(rows[5].subplots(1, 4), sessions, b)
    _draw_responses(rows[6].subplots(1, 8), b)
    _draw_distributions(rows[7].subplots(1, 6), sessions, b)
    figure.savefig(path, dpi=75)


def _draw_masks(panels, by_date):
    for axes, each in zip(panels, by_date):
        axes.imshow(each.masks.sum(axis=0), interpolation="none")
        own = each.masks[each.data.get_cell_specimen_indices([NEURON])[0]]
        axes.contour(own, [0.5], colors="red", linewidths=0.8)
        axes.set_title(f"masks of session {each.letter}; {NEURON} in red")


def _draw_traces(figure, b, part, title):
    cells = [0, 1, 4, 35, 49, int(b.data.get_cell_specimen_indices([NEURON])[0])]
    numbers = [int(b.ids[cell]) for cell in cells]
    kinds = {
        "raw": b.data.get_fluorescence_traces(numbers)[1],
        "neuropil": b.data.get_neuropil_traces(numbers)[1],
        "dF/F": b.dff[cells],
    }
    for axes, (kind, traces) in zip(figure.subplots(1, 3), kinds.items()):
        step = np.median(np.ptp(traces, axis=1)) * 0.6
        for place, trace in enumerate(traces):
            axes.plot(trace[part] - np.median(trace) + place * step, lw=0.4)
        axes.set_title(f"{kind}, {title} of session B")


def _draw_matrices(panels, sessions, b):
    means, left = b.scene_means()
    shown = {
        "noise correlation, scenes": np.corrcoef(left),
        "scene signal correlation": np.corrcoef(means),
        "likeness of movie repeats, sessions C, B, A": movie_likeness(sessions),
    }
    for axes, (title, matrix) in zip(panels, shown.items()):
        off = matrix[~np.eye(len(matrix), dtype=bool)]
        drawn = axes.imshow(
            matrix, vmin=np.percentile(off, 1), vmax=np.percentile(off, 99.5), interpolation="none"
        )
        axes.set_title(title)
        panels[0].figure.colorbar(drawn, ax=axes, shrink=0.7)
    panels[3].plot(b.distances / MICRONS, pairs(shown["scene signal correlation"]), ".", ms=1)
    panels[3].set(title="scene signal correlation", xlabel="distance, pixels", ylim=(-0.5, 1))


def _draw_responses(panels, b):
    order = np.argsort(b.reliability())[::-1]
    chosen = order[np.linspace(0, len(order) - 1, len(panels)).astype(int)]
    for axes, cell in zip(panels, chosen):
        axes.imshow(b.repeats()[cell], aspect="auto", cmap="gray_r", vmin=0, vmax=1.5)
        axes.set_title(f"{b.ids[cell]}, r = {b.reliability()[cell]:.2f}")


def _draw_distributions(panels, sessions, b):
    panels[0].hist(b.dff.max(axis=1), 40)
    panels[0].set_title("largest dF/F, session B")
    for each in sessions:
        panels[1].hist(each.reliability(), 30, histtype="step", label=each.letter)
    panels[1].set_title("reliability of movie one")
    panels[1].legend(**CLEAR)
    panels[2].hist(stability(sessions), 30)
    panels[2].set_title("stability over sessions")
    start, end = b.spontaneous()
    resting = pairs(np.corrcoef(binned(b.dff[:, start:end])))
    panels[3].plot(b.distances, resting, ".", ms=1)
    panels[3].set(title="spontaneous correlation", xlabel="distance, um", ylim=(-0.3, 0.8))
    panels[4].hist(b.data.get_neuropil_r(), 40)
    panels[4].set_title("neuropil r, session B")
    c = next(each for each in sessions if each.letter == "C")
    panels[5].imshow(off_map(c), cmap="gray")
    panels[5].set_title(f"OFF map of {OFF_NEURON}")


def off_map(session):
    """Mean dF/F after black squares of the locally sparse noise, shape (16, 28)."""
    if OFF_NEURON not in session.ids:
        return np.zeros((16, 28))
    table = session.data.get_stimulus_table("locally_sparse_noise")
    template = session.data.get_locally_sparse_noise_stimulus_template("locally_sparse_noise")[0]
    trace = session.dff[session.data.get_cell_specimen_indices([OFF_NEURON])[0]]
    frames = table.start.values[:, None] + np.arange(2, 16)
    black = template[table.frame.values] == 0
    return np.tensordot(trace[frames].mean(axis=1), black, axes=1) / black.sum(axis=0)
