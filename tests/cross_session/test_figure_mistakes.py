"""Each mistake in a figure is named when it is drawn, live and as a copy."""

import pytest

from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.drawings import drawing_of
from visual_coding_course.checking.expecting import steps_of
from visual_coding_course.checking.test_files import find_test_file, load_test_file
from visual_coding_course.inside.copies import Foreign, read_copies, write_copies

from .own import steps

LISTS = """
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]
times, traces = [timestamps_a, timestamps_b, timestamps_c], [dff_a, dff_b, dff_c]
means = [mean_response_a, mean_response_b, mean_response_c]
data_sets = [data_set_a, data_set_b, data_set_c]
"""


def three(name, draw, of="projections, masks"):
    """Code that draws something of each session on a panel of its own."""
    return (
        f"{name}, axes = plt.subplots(3, 1)\n"
        f"for i, (ax, one, other) in enumerate(zip(axes, {of})):\n"
        "    ax.set(xlabel='time (s)', ylabel='dF/F')\n"
        f"    {draw}\n"
    )


def masks(draw):
    return three("fig_masks", f"ax.imshow(one); {draw}")


def traces(draw):
    return three("fig_traces", draw, "times, traces")


def movie(draw, of="means, 'ABC'"):
    return three("fig_movie", f"ax.set_title('ABC'[i]); {draw}", of)


def in_one(draw, label="ax.set(xlabel='frame', ylabel='dF/F')"):
    return f"fig_movie, ax = plt.subplots()\nfor one in means: {draw}\n{label}"


def stability(draw, mark="response_stability[cell_specimen_id]"):
    axes = "fig_stability, ax = plt.subplots()\nax.set(xlabel='r', ylabel='neurons')"
    return f"{axes}\n{draw}\nax.axvline({mark})"


BOX = "ax.plot([c.min(), c.max(), c.max(), c.min(), c.min()], [r.min(), r.min(), r.max(), r.max()"
NUMBERS = "response_stability.to_numpy()"

#: Of each question: what is drawn, by the name of the mistake in it.
DRAWN = {
    "q3": {
        "figure and axes together": "fig_masks = plt.subplots(1, 3)",
        "axes in place of the figure": "_, fig_masks = plt.subplots(1, 3)",
        "not a figure": "fig_masks = plt.imshow(max_projection_a)",
        "an empty figure": "plt.imshow(max_projection_a); fig_masks = plt.figure()",
        "one panel for three": "plt.imshow(max_projection_a); fig_masks = plt.gcf()",
        "two panels for three": (
            "fig_masks, axes = plt.subplots(2)\nfor ax in axes: ax.imshow(max_projection_a)"
        ),
        "panels left empty": "fig_masks, _ = plt.subplots(3)\nfor one in masks: plt.imshow(one)",
        "one session for all": three("fig_masks", "ax.imshow(max_projection_b)"),
        "one session twice": three("fig_masks", "ax.imshow(projections[i // 2])"),
        "names in another order": masks("ax.contour(other); ax.set_title('BCA'[i])"),
        "no image drawn": three("fig_masks", "ax.contour(other)"),
        "one image of all sessions": three("fig_masks", "ax.imshow(np.mean(projections, axis=0))"),
        "images of one colour": three("fig_masks", "ax.imshow(one, vmin=0, vmax=0.001)"),
        "projections covered": masks("ax.imshow(other)"),
        "masks without projections": three("fig_masks", "ax.imshow(other)"),
        "transposed array": masks("ax.contour(other.T)"),
        "another unit of length": masks("ax.contour(other); ax.set(xlabel='x (µm)', ylabel='')"),
        "turned or mirrored": masks("ax.contour(other[::-1])"),
        "no mask drawn": masks("ax.axis('off')"),
        "another session's mask": masks("ax.contour(roi_mask_c)"),
        "all neurons drawn": masks("ax.contour(data_sets[i].get_roi_mask_array().max(axis=0))"),
        "another neuron": masks("ax.contour(data_sets[i].get_roi_mask_array()[30])"),
        "cell index of another session": masks(
            "ax.contour(data_sets[i].get_roi_mask_array()[index_a])"
        ),
        "masks of all sessions": masks("[ax.contour(each, colors='r') for each in masks]"),
        "cut out of the image": masks("ax.contour(data_sets[i].get_roi_mask()[index_a].mask)"),
        "the image outlined": masks("ax.contour(one, levels=[np.percentile(one, 90)])"),
        "image and mask in different units": three(
            "fig_masks", "ax.imshow(one, extent=(0, 400, 400, 0)); ax.contour(other)"
        ),
        "an outline beside the neuron": three(
            "fig_masks",
            "r, c = np.argwhere(other).min(axis=0) - 60; ax.imshow(one[r:r + 120, c:c + 120]); "
            "ax.contour(other)",
        ),
        "zoomed past the neuron": masks("ax.contour(other); ax.set(xlim=(0, 9), ylim=(9, 0))"),
        "a shape in place of the mask": masks(
            f"r, c = np.nonzero(other); {BOX}, r.min()])",
        ),
    },
    "q4": {
        "no line drawn": traces("ax.bar([0, 1], [1, 2])"),
        "missing labels": traces("ax.plot(one, other); ax.set(xlabel='', ylabel='')"),
        "wrong unit of time": traces("ax.plot(one / 60, other)"),
        "all neurons drawn": traces("ax.plot(np.random.default_rng(0).random((9, 50)))"),
        "everything in one panel": traces("axes[0].plot(one, other); ax.plot([0, 1])"),
        "drawn along the wrong axes": traces("ax.plot(other, one)"),
        "a histogram of the values": traces("ax.hist(other, bins=60)"),
        "wrong times": traces("ax.plot(one / 86400, other)"),
        "differences from frame to frame": traces("ax.plot(one[1:], np.diff(other))"),
        "drawn backwards in time": traces("ax.plot(one[::-1], other)"),
        "times of another session": traces("ax.plot(timestamps_c, other[: len(timestamps_c)])"),
        "an empty window": traces("ax.plot(one, other); ax.set_xlim(1e4, 2e4)"),
        "too short a piece": traces("ax.plot(one[900:960], other[900:960])"),
        "names of the axes exchanged": traces(
            "ax.plot(one, other); ax.set(xlabel='dF/F', ylabel='time (s)')"
        ),
        "another quantity named": traces("ax.plot(one, other); ax.set(ylabel='spikes')"),
        "percent and fraction mixed up": traces("ax.plot(one, 100 * other)"),
        "changed values called dF/F": traces("ax.plot(one, other + 1)"),
        "another beginning of time": traces(
            "ax.plot(one, other); ax.set(xlabel='time from the start of the movie (s)')"
        ),
        "cell index of another session": traces(
            "ax.plot(one, data_sets[i].get_dff_traces()[1][index_a])"
        ),
        "the last neuron": traces("ax.plot(one, data_sets[i].get_dff_traces()[1][-1])"),
        "another kind of trace": traces(
            "ax.plot(one, data_sets[i].get_neuropil_traces([cell_specimen_id])[1][0])"
        ),
        "mean taken across neurons": traces(
            "ax.plot(one, data_sets[i].get_dff_traces()[1].mean(axis=0))"
        ),
    },
    "q7": {
        "no line drawn": movie("ax.bar([0, 1], [1, 2])"),
        "a session left out": movie("ax.plot(one)", "means[:2], 'AB'"),
        "one session for all": movie("ax.plot(mean_response_a)"),
        "one session twice": movie("ax.plot(means[i // 2])"),
        "wrong times": movie("ax.plot(np.arange(900) / 900, one)"),
        "wrong unit of time": movie("ax.plot(one)"),
        "no legend": in_one("ax.plot(one)"),
        "panels without titles": movie("ax.plot(one); ax.set(title='', xlabel='frame')"),
        "the same name for all": in_one("ax.plot(one, label='mean')", "ax.set(xlabel='frame', "
        "ylabel='dF/F'); ax.legend()"),
        "a session without a name": in_one(
            "ax.plot(one, label={0: 'A', 1: 'B'}.get(len(ax.lines)))",
            "ax.set(xlabel='frame', ylabel='dF/F'); ax.legend()",
        ),
        "lines that look the same": in_one(
            "ax.plot(one, 'k', label='ABC'[len(ax.lines)])",
            "ax.set(xlabel='frame', ylabel='dF/F'); ax.legend()",
        ),
        "a single repeat": movie(
            "ax.plot(np.arange(900) / 30, movie_response(data_sets[i], cell_specimen_id).T)"
        ),
        "median for mean": movie(
            "ax.plot(np.median(movie_response(data_sets[i], cell_specimen_id), axis=0))"
        ),
        "mean over the wrong axis": movie(
            "ax.plot(movie_response(data_sets[i], cell_specimen_id).mean(axis=1))"
        ),
        "time in the session": movie("ax.plot(1000 + np.arange(900) / 30, one)"),
        "another session's band": movie(
            "ax.plot(np.arange(900) / 30, one); "
            "ax.fill_between(np.arange(900) / 30, one - sem_response_a, one + sem_response_a)"
        ),
        "a band around zero": movie(
            "ax.plot(one); ax.fill_between(np.arange(900), -other, other)",
            "means, [sem_response_a, sem_response_b, sem_response_c]",
        ),
        "a band of another width than named": movie(
            "ax.plot(one); ax.fill_between(np.arange(900), one - 3 * other, one + 3 * other); "
            "ax.set(xlabel='frame', ylabel='dF/F, mean ± s.e.m.')",
            "means, [sem_response_a, sem_response_b, sem_response_c]",
        ),
        "summed up over time": movie("ax.plot(np.cumsum(one))"),
        "responses cut off": movie("ax.plot(one); ax.set_ylim(-0.05, 0.1)"),
        "drawn backwards in time": movie("ax.plot(one[::-1])"),
        "error in place of the mean": movie(
            "ax.plot(one)", "[sem_response_a, sem_response_b, sem_response_c], 'ABC'"
        ),
    },
    "q9": {
        "ids in place of values": stability("ax.hist(shared_ids)"),
        "our neuron called otherwise": stability(
            f"ax.hist({NUMBERS})",
            "response_stability[cell_specimen_id], label='mean of all neurons'); ax.legend(",
        ),
        "our neuron not marked": stability("ax.hist(response_stability)", "0"),
        "another neuron marked": stability(
            "ax.hist(response_stability)", "response_stability.min()"
        ),
        "too few bins": stability("ax.hist(response_stability, bins=2)"),
        "an image in place of a histogram": stability(f"ax.imshow({NUMBERS}[None])"),
        "one neuron only": stability("ax.axvline(response_stability[cell_specimen_id])"),
        "part of the neurons": stability(f"ax.hist({NUMBERS}[::2], bins=20)"),
        "more than the neurons": stability(f"ax.hist(np.tile({NUMBERS} - 0.5, 3), bins=20)"),
        "number, share and density mixed up": stability(
            "ax.hist(response_stability, density=True); ax.set(ylabel='number of neurons')"
        ),
        "other values drawn": stability(f"ax.hist(-{NUMBERS}, bins=20)"),
        "the same value for all neurons": stability(
            "response_stability = response_stability * 0; ax.hist(response_stability)"
        ),
    },
}  # fmt: skip
CASES = [(question, name) for question in DRAWN for name in DRAWN[question]]


def checked(bank, solved, question, code):
    """Results of the cases that look at the figure: of the answer itself, and of a copy of it."""
    variables = dict(solved)
    assert bank.run(LISTS + code, variables) is None
    path = find_test_file(bank.source / "tests", question)
    file = load_test_file(path)
    [figure] = {name for case in file.test_cases for name in taken(case) if name[:4] == "fig_"}
    copied = read_copies(write_copies({figure: variables[figure]}), Foreign(figure=drawing_of))
    file.test_cases = [case for case in file.test_cases if figure in taken(case)]
    return figure, [
        [case for case in run_cases(file, given, about=bank.about).cases if case.status != "passed"]
        for given in (variables, variables | copied)
    ]  # fmt: skip


def second(figure):
    """What is said of any wrong one, when it is wrong again."""
    return step_of(figure).direct.format(answer=figure)


def step_of(figure):
    return steps_of(steps).find(figure)[0]


def taken(case):
    return case.body._get_func_params()


@pytest.mark.parametrize(("question", "name"), CASES)
def test_a_mistake_in_a_figure_is_named(bank, solved, question, name):
    figure, (live, copied) = checked(bank, solved, question, DRAWN[question][name])
    assert {(case.answer, *case.mistakes) for case in live} == {(figure, name)}
    assert [case.message for case in copied] == [case.message for case in live]
    for case in live:
        assert case.direct
        assert case.direct != second(figure)
        assert case.direct != case.message


@pytest.mark.parametrize("kind", ["fluorescence", "corrected_fluorescence", "demixed"])
def test_fluorescence_that_goes_as_dff_does_is_called_what_it_is(bank, solved, kind):
    trace = f"data_sets[i].get_{kind}_traces([cell_specimen_id])[1][0]"
    _, (live, _) = checked(bank, solved, "q4", traces(f"ax.plot(one, {trace})"))
    assert {case.mistakes for case in live} == {("another kind of trace",)}


def test_every_mistake_in_a_figure_is_drawn_here():
    figures = [one for one in steps_of(steps).steps.values() if (one.answer or "")[:4] == "fig_"]
    assert len(figures) == len(DRAWN)
    known = {made.name for one in figures for made in one.slips}
    drawn = {name for _, name in CASES}
    assert known <= drawn, known - drawn


#: What no mistake explains.
STRANGE = {
    "q3": three("fig_masks", "ax.imshow(np.random.default_rng(i).random((9, 9)))"),
    "q4": traces("ax.plot(one, np.sin(one))"),
    "q7": movie("ax.plot(np.sin(one * 9))"),
}


@pytest.mark.parametrize("question", STRANGE)
def test_what_no_mistake_explains_gets_the_second_hint_of_the_figure(bank, solved, question):
    figure, (live, _) = checked(bank, solved, question, STRANGE[question])
    assert {case.mistakes for case in live} == {()}
    assert all(case.direct == f"{case.message} {second(figure)}" for case in live)


@pytest.mark.parametrize(
    ("question", "blank"),
    [
        ("q3", "fig_masks, axes = plt.subplots(1, 3)"),
        ("q4", "fig_traces, axes = plt.subplots(3, 1)"),
        ("q7", "fig_movie, ax = plt.subplots()"),
        ("q9", "fig_stability, ax = plt.subplots()"),
    ],
)
def test_of_a_figure_left_empty_it_is_said_that_nothing_is_drawn(bank, solved, question, blank):
    figure, given = blank.split(",")[0], dict(solved)
    assert bank.run(f"{blank}\nplt.figure()\nplt.plot(mean_response_a)", given) is None
    result = run_cases(bank.test_file(question), given | {"expected": bank.as_expected(solved)})
    [hint] = result.hints
    assert hint.startswith(f"`{figure}` has nothing drawn on its axes.")
    assert "..." not in hint
    missed = [case.mistakes for case in result.cases if case.status != "passed"]
    assert {*missed} == {("nothing drawn",)}
    stopped = run_cases(
        bank.test_file(question), given | {"expected": bank.as_expected(solved)}, "It stopped."
    )
    assert (
        stopped.hints[1] == f"`{figure}` has nothing drawn on its axes yet: mend the error first."
    )
    assert not any(case.mistakes for case in stopped.cases)


OWN = """
def movie_response(data_set, cell_specimen_id):
    made_up = np.random.default_rng(len(data_set.get_cell_specimen_ids()))
    return made_up.normal(size=(10, 900))

means = [movie_response(data_set, cell_specimen_id).mean(axis=0) for data_set in data_sets]
"""


def test_of_a_figure_that_follows_from_an_own_mistake_its_names_are_judged(bank, solved):
    drawn = OWN + three(
        "fig_movie", "ax.plot(one); ax.set(xlabel='frame', title='a mean')", "means, means"
    )
    _, (live, _) = checked(bank, solved, "q7", drawn)
    assert ("the same name for all",) in {case.mistakes for case in live}
