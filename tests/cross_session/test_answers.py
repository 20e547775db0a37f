"""Every answer of the bank: a wrong one fails its own question only, a right one passes all."""

import re
from collections import Counter

import pytest

from visual_coding_course.checking import NotAttempted


def failures(bank, question, variables, expected):
    return [
        outcome
        for outcome in bank.check(question, variables, expected)
        if outcome.error is not None
    ]


def questions_failed(bank, variables, expected):
    return [q for q in bank.questions if failures(bank, q, variables, expected)]


def test_the_solution_passes_every_question(bank, solved, expected):
    assert questions_failed(bank, solved, expected) == []


def test_answer_fails_exactly_its_question_or_passes(
    bank, solved, expected, secrets, answer, judged, another
):
    if reason := another(answer, judged.variables):
        pytest.skip(reason)
    lost = [case for case in judged.result.cases if case.status != "passed"]
    said = {answer.question: [case.message for case in lost]} if lost else {}
    for question in set(bank.questions) - {answer.question}:
        # A question none of whose variables is another object is judged as the solution is.
        taken = taken_by(bank, question)
        if any(judged.variables.get(name) is not solved.get(name) for name in taken):
            outcomes = failures(bank, question, judged.variables, expected)
            said |= {question: [str(o.error) for o in outcomes]} if outcomes else {}
    assert set(said) == (set() if answer.right else {answer.question}), said
    for case in lost:
        assert case.state != "broken", case
        helps_and_tells_no_value(case.message, secrets)
        if case.direct:
            helps_and_tells_no_value(case.direct, secrets)


def taken_by(bank, question):
    cases = bank.test_file(question).test_cases
    return {name for case in cases for name in case.body._get_func_params()} - {"expected"}


def helps_and_tells_no_value(message, secrets):
    assert 20 < len(message) < 420, message
    assert message[0] in "`TNA1234567890", message
    assert message.endswith((".", "?", "`", "…")) or "stopped with an error" in message, message
    assert not secrets & set(re.findall(r"\d+(?:\.\d+)?", message)), message


@pytest.fixture(scope="session")
def secrets(expected, is_elsewhere):
    """Values of the solution that no message may tell."""
    whole = [expected.id_a, expected.id_b, expected.id_c, expected.container_id]
    whole += [expected.cell_specimen_id, expected.index_a, expected.index_b]
    whole += expected.shared_ids.tolist()
    if len(expected.shared_ids) < len(expected.ids_a):  # which an array's shape tells
        whole.append(len(expected.shared_ids))
    for letter in "abc":
        whole += list(getattr(expected, f"movie_starts_{letter}"))
    parts = [getattr(expected, f"spontaneous_mean_{letter}") for letter in "abc"]
    parts += [*expected.correlations.to_numpy().ravel(), *expected.response_stability]
    parts = [abs(part) for part in parts if abs(part) < 0.999]
    # An index elsewhere may be any small number.
    return {str(int(n)) for n in whole if n > 10 or not is_elsewhere} | {
        f"{p:.{d}f}" for p in parts for d in (2, 3, 4) if p > 0.01
    }


def test_the_bank_is_large_enough(bank):
    counts = Counter((answer.question, answer.right) for answer in bank.load_answers())
    for question in bank.questions:
        assert counts[question, False] >= 4, question
        assert counts[question, True] >= 3, question


def blank_from(bank, solved, first):
    """Variables of a student who has left everything from one question on as it was."""
    scope = dict(solved)
    questions = bank.questions[bank.questions.index(first) :]
    for question in questions:
        for name in bank.names_made(question):
            scope.pop(name, None)
    for question in questions:
        for cell in bank.answer_cells(question):
            error = bank.run(bank.blank(cell), scope)
            assert error is None, f"untouched cell of {question} stops: {error!r}"
    return scope


def test_the_untouched_notebook_runs_and_is_not_attempted(bank, solved, expected):
    variables = blank_from(bank, solved, "q1")
    for question in bank.questions:
        for outcome in bank.check(question, variables, expected):
            assert isinstance(outcome.error, NotAttempted), (outcome.case, outcome.error)


@pytest.mark.parametrize("first", ["q3", "q5", "q6", "q7", "q9"])
def test_a_half_finished_notebook_keeps_its_points(bank, solved, expected, first):
    variables = blank_from(bank, solved, first)
    for question in bank.questions:
        errors = [outcome.error for outcome in bank.check(question, variables, expected)]
        if question < first:
            assert errors == [None] * len(errors), question
        else:
            assert all(isinstance(error, NotAttempted) for error in errors), (question, errors)


def carry_on(bank, solved, answer):
    """Variables after the solution's later cells ran on a wrong answer, and what stopped them.

    A cell that reads nothing that the answer changed would give what the solution has.
    """
    variables = bank.with_answer(solved, answer)
    if answer.question == "q5" and "starts" in variables:
        variables["starts_of_movie"] = variables["starts"]
    changed = {name for name in {*variables, *solved} if is_changed(name, variables, solved)}
    for question in bank.questions[bank.questions.index(answer.question) + 1 :]:
        for cell in bank.answer_cells(question):
            if not bank.names_read(cell) & changed:
                continue
            error = bank.run(cell, variables)
            if error is not None:
                return variables, f"{question}: {error!r}"
            changed |= bank.names_stored(cell)
    return variables, ""


#: Answers on which the later cells run, but give what is visibly nothing: NaN, the mean of no
#: frames, 9000 repeats. Nothing is built upon these.
LEAD_NOWHERE = {
    ("q4", "the first frame, by a column"),
    ("q4", "the last frame"),
    ("q4", "an array of one row"),
    ("q4", "row not taken out"),
    ("q4", "times and dF/F exchanged"),
    ("q4", "all neurons"),
    ("q4", "a column in place of a row"),
    ("q5", "the start of every movie frame"),
    ("q5", "the rows of the first repeat"),
    ("q5", "all rows"),
}


#: Answers on which an answer to a later question, as the solution works it out, is alike in all
#: sessions, or none: it gets its points in the second run.
LEFT_TO_THE_SECOND_RUN = {
    ("q1", "only session B, and the container's id for the neuron's"): [
        "q3",
        "q4",
        "q7",
        "q8",
        "q9",
    ],
    ("q2", "one recording for all"): ["q3", "q4", "q7", "q8", "q9"],
    ("q2", "c opens b"): ["q3", "q4", "q7", "q8", "q9"],
    ("q4", "sessions B and C exchanged in a loop"): ["q5"],
    ("q4", "session A's trace copied and pasted"): ["q5"],
    ("q4", "first ten minutes"): ["q5"],
    ("q4", "differences"): ["q5"],
    ("q4", "names swapped"): ["q7"],
    ("q5", "nine starts"): ["q6", "q7", "q9"],
    ("q6", "first repeat tenfold"): ["q7"],
    ("q6", "it uses the traces and starts of session A"): ["q7", "q8"],
    ("q6", "session B inside, for any neuron"): ["q7", "q8"],
    ("q6", "session C inside, for our neuron"): ["q7", "q8"],
    ("q6", "the first repeat ten times"): ["q7"],
    ("q6", "our trace in session A at the starts of session B"): ["q7", "q8"],
    ("q5", "looks up which of our recordings it is"): ["q6"],
    ("q7", "copy paste c"): ["q8"],
    ("q7", "over the frames"): ["q8"],
    ("q7", "wrong axis"): ["q8"],
    ("q7", "session A in all"): ["q8"],
    ("q7", "transposed first, and the root of 900"): ["q8"],
}


def is_changed(name, variables, solved):
    return variables.get(name) is not solved.get(name)


def test_a_mistake_carried_on_costs_its_own_question_only(bank, solved, expected, mistake):
    if (mistake.question, mistake.name) in LEAD_NOWHERE:
        pytest.skip("the next questions give visibly nothing")
    variables, stopped = carry_on(bank, solved, mistake)
    if stopped:
        pytest.skip(f"the next questions cannot be answered: {stopped[:100]}")
    failed = {}
    for question in bank.questions:
        if any(is_changed(name, variables, solved) for name in taken_by(bank, question)):
            errors = failures(bank, question, variables, expected)
            failed |= {question: [str(o.error) for o in errors]} if errors else {}
    later = LEFT_TO_THE_SECOND_RUN.get((mistake.question, mistake.name), [])
    assert list(failed) == [mistake.question, *later], failed


def test_nothing_is_built_on_a_constant_answer(bank, solved, expected):
    variables = dict(solved)
    code = """
def movie_response(data_set, cell_specimen_id):
    return np.zeros((10, 900))
mean_response_a = mean_response_b = mean_response_c = np.zeros(900)
sem_response_a = sem_response_b = sem_response_c = np.zeros(900)
correlations = pd.DataFrame(0.0, index=list("ABC"), columns=list("ABC"))
response_stability = response_stability * 0
"""
    assert bank.run(code, variables) is None
    assert questions_failed(bank, variables, expected) == ["q6", "q7", "q8", "q9"]


def test_values_made_up_for_another_neuron_are_wrong(bank, solved, expected):
    variables = dict(solved)
    code = """
other = int(shared_ids[3] if shared_ids[3] != cell_specimen_id else shared_ids[4])
mean_response_a = movie_response(data_set_a, other).mean(axis=0)
dff_b = data_set_b.get_dff_traces([other])[1][0]
roi_mask_c = data_set_c.get_roi_mask_array([other])[0]
"""
    assert bank.run(code, variables) is None
    assert questions_failed(bank, variables, expected)[:2] == ["q3", "q4"]
    assert "q7" in questions_failed(bank, variables, expected)


NOISE = """
def movie_response(data_set, cell_specimen_id):
    made_up = np.random.default_rng([cell_specimen_id, len(data_set.get_cell_specimen_ids())])
    return made_up.normal(size=(10, 900))
"""
#: What a function may give that says nothing; each with the questions that then get no points.
MADE_UP = {
    "zeros": ("return np.zeros((10, 900))", ["q6", "q7", "q8", "q9"]),
    "NaN": ("return np.full((10, 900), np.nan)", ["q6", "q7", "q8", "q9"]),
    "a number for each repeat": (
        "return np.repeat(np.arange(10.0)[:, None], 900, axis=1)",
        ["q6", "q7", "q8", "q9"],
    ),
    "two frames": (
        "return np.arange(20.0).reshape(10, 2) ** (1 + len(data_set.get_cell_specimen_ids()) % 7)",
        ["q6", "q7", "q8", "q9"],
    ),
    "the same noise in all sessions": (
        "return np.random.default_rng(5).normal(size=(10, 900))",
        ["q6", "q7", "q8", "q9"],
    ),
    "the same noise in all sessions, larger each time": (
        "return np.random.default_rng(5).normal(size=(10, 900))"
        " * len(data_set.get_cell_specimen_ids())",
        ["q6", "q7", "q8", "q9"],
    ),
    "noise of which all repeats are the same": (
        "made_up = np.random.default_rng([cell_specimen_id, len(data_set.nwb_file)"
        " + len(data_set.get_cell_specimen_ids())])\n"
        "    return np.tile(made_up.normal(size=900), (10, 1))",
        ["q6", "q7"],
    ),
}
#: What the later cells work out of a function, all of it by way of the function.
FOLLOWING = """
responses = [movie_response(d, cell_specimen_id) for d in (data_set_a, data_set_b, data_set_c)]
mean_response_a, mean_response_b, mean_response_c = (r.mean(axis=0) for r in responses)
sem_response_a, sem_response_b, sem_response_c = (r.std(axis=0) / 10**0.5 for r in responses)
fig_movie, ax = plt.subplots()
for letter, response in zip("ABC", responses):
    ax.plot(response.mean(axis=0), label=f"session {letter}")
ax.set(xlabel="imaging frame", ylabel="dF/F")
ax.legend()
correlations = pd.DataFrame(
    np.corrcoef([r.mean(axis=0) for r in responses]), index=list("ABC"), columns=list("ABC"))
off = {"AB": correlations.loc["A", "B"], "AC": correlations.loc["A", "C"], "BC": correlations.loc["B", "C"]}
most_similar = max(off, key=off.get)
def stability_of(neuron):
    means = [movie_response(d, neuron).mean(axis=0) for d in (data_set_a, data_set_b, data_set_c)]
    return np.corrcoef(means)[np.triu_indices(3, 1)].mean()
response_stability = pd.Series({neuron: stability_of(neuron) for neuron in shared_ids})
fig_stability, ax = plt.subplots()
ax.hist(response_stability, bins=20)
ax.axvline(response_stability[cell_specimen_id])
ax.set(xlabel="stability", ylabel="neurons")
"""  # noqa: E501


def following(bank, solved, function):
    variables = dict(solved)
    assert bank.run(function, variables) is None
    bank.run(FOLLOWING, variables)
    return variables


def test_what_follows_rightly_from_made_up_responses_is_right(bank, solved, expected):
    variables = following(bank, solved, NOISE)
    assert questions_failed(bank, variables, expected) == ["q6"]


@pytest.mark.parametrize("kind", MADE_UP)
def test_nothing_follows_from_what_is_the_same_everywhere(bank, solved, expected, kind):
    returned, lost = MADE_UP[kind]
    function = f"def movie_response(data_set, cell_specimen_id):\n    {returned}\n"
    variables = following(bank, solved, function)
    # Without a mean response there is nothing to be correlated, and the values are the solution's.
    found = [q for q in questions_failed(bank, variables, expected) if q != "q8" or "q8" in lost]
    assert found == lost


def test_means_made_up_alike_are_not_correlated(bank, solved, expected):
    variables = dict(solved)
    code = """
mean_response_a = np.random.default_rng(3).normal(size=900)
mean_response_b, mean_response_c = 2 * mean_response_a, 3 * mean_response_a + 1
correlations = pd.DataFrame(1.0, index=list("ABC"), columns=list("ABC"))
most_similar = "BC"
"""
    assert bank.run(code, variables) is None
    assert questions_failed(bank, variables, expected) == ["q7", "q8"]


def test_a_trace_that_rests_at_zero_has_no_spontaneous_mean(bank, solved, expected):
    variables = dict(solved)
    code = """
for letter in "abc":
    trace = np.zeros(len(globals()[f"dff_{letter}"]))
    trace[globals()[f"movie_starts_{letter}"]] = 1
    globals()[f"dff_{letter}"], globals()[f"spontaneous_mean_{letter}"] = trace, 0.0
"""
    assert bank.run(code, variables) is None
    assert questions_failed(bank, variables, expected) == ["q4", "q5"]


@pytest.mark.parametrize("draw", ["ax.plot([0, 1], [5, 6])", "ax.bar([1, 2, 3], [4, 5, 6])"])
def test_stability_that_is_one_everywhere_must_be_drawn_too(bank, solved, expected, draw):
    variables = dict(solved)
    code = f"""
response_stability = response_stability * 0 + 1
fig_stability, ax = plt.subplots()
{draw}
ax.axvline(1)
ax.set(xlabel="stability", ylabel="neurons")
"""
    assert bank.run(code, variables) is None
    missed = {outcome.case for outcome in failures(bank, "q9", variables, expected)}
    assert "the figure of how stability is spread" in missed
    assert bank.run(code.replace(draw, "ax.hist(response_stability)"), variables) is None
    missed = {outcome.case for outcome in failures(bank, "q9", variables, expected)}
    assert "the figure of how stability is spread" not in missed


def test_one_line_is_not_three_sessions(bank, solved, expected):
    variables = dict(solved)
    code = """
mean_response_b = mean_response_c = mean_response_a
fig_movie, ax = plt.subplots()
ax.plot(mean_response_a, label="sessions A, B and C")
ax.set(xlabel="imaging frame", ylabel="dF/F")
ax.legend()
"""
    assert bank.run(code, variables) is None
    missed = {outcome.case for outcome in failures(bank, "q7", variables, expected)}
    assert "the figure of the mean responses" in missed
    lines = "\n".join(f"ax.plot(mean_response_{x}, label='{x}')" for x in "bc")
    assert bank.run(code.replace("ax.set", f"{lines}\nax.set"), variables) is None
    missed = {outcome.case for outcome in failures(bank, "q7", variables, expected)}
    assert "the figure of the mean responses" in missed
    others = "mean_response_b, mean_response_c = mean_response_a[::-1], mean_response_a**2"
    code = code.replace("mean_response_b = mean_response_c = mean_response_a", others)
    assert bank.run(code.replace("ax.set", f"{lines}\nax.set"), variables) is None
    missed = {outcome.case for outcome in failures(bank, "q7", variables, expected)}
    assert "the figure of the mean responses" not in missed
