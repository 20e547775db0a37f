"""The numbers of question 10's model answer are those of the practice recordings."""

import numpy as np
import pytest

PEAKS = slice(290, 330), slice(825, 862), slice(870, 900)  # imaging frames about each peak


@pytest.fixture(scope="module")
def text(bank):
    (cell,) = [cell for cell in bank.read_notebook().cells if bank.grade_id(cell) == "q10"]
    return cell.source


@pytest.fixture(scope="module")
def means(solved):
    return {session: solved[f"mean_response_{session.lower()}"] for session in "ABC"}


@pytest.fixture(scope="module")
def peaks(means):
    """Imaging frame of each of the three peaks, in each session."""
    return {
        session: [near.start + int(mean[near].argmax()) for near in PEAKS]
        for session, mean in means.items()
    }


def test_times_of_the_peaks(text, solved, peaks):
    seconds = np.array(list(peaks.values())) * np.diff(solved["timestamps_a"]).mean()
    first, second, third = seconds.mean(axis=0)
    assert f"about {first:.1f} s, {second:.1f} s and {third:.1f} s after the start" in text
    assert "move by less than 0.2 s" in text and np.ptp(seconds, axis=0).max() < 0.2


def test_heights_of_the_peaks(text, means, peaks):
    heights = {s: [means[s][frame] for frame in frames] for s, frames in peaks.items()}
    first, second, third = (
        [f"{heights[session][which]:.1f}" for session in "ABC"] for which in range(3)
    )
    assert f"the first is {first[0]} dF/F in A, {first[1]} in B and {first[2]} in C" in text
    for name, (a, b, c) in {"second": second, "third": third}.items():
        assert f"the {name} {a}, {b} and {c}" in text


def test_standard_errors_at_the_peaks(text, solved, peaks):
    found = [solved[f"sem_response_{s.lower()}"][frame] for s in "ABC" for frame in peaks[s]]
    assert f"s.e.m. of {min(found):.1f} to {max(found):.1f} at the peaks" in text


def test_it_is_silent_elsewhere(text, means):
    assert "within 0.06 of 0, but for a bump of 0.1 at 13 s in B" in text
    for session, mean in means.items():
        elsewhere = np.abs(mean)
        for near in PEAKS:
            elsewhere[near] = 0
        if session == "B":
            bump = int(elsewhere.argmax())
            assert round(float(mean[bump]), 1) == 0.1 and round(bump / 30.0782) == 13  # seconds
            elsewhere[bump - 16 : bump + 30] = 0
        assert elsewhere.max() < 0.06


def test_correlations(text, solved):
    r = solved["correlations"]
    ab, bc, ac = r.loc["A", "B"], r.loc["B", "C"], r.loc["A", "C"]
    assert f"{ab:.2f} (A, B), {bc:.2f} (B, C), {ac:.2f} (A, C)" in text


def test_its_place_among_the_others(text, solved):
    all_of_them = solved["response_stability"]
    own = all_of_them[solved["cell_specimen_id"]]
    assert f"Its stability is {own:.2f}" in text and (all_of_them > own).sum() == 1
    assert f"all but one of the {len(all_of_them)} neurons found in all sessions" in text
    assert f"(median {all_of_them.median():.2f})" in text


def test_likeness_within_a_day_and_over_days(text, solved):
    ids, row_correlations = solved["shared_ids"], solved["row_correlations"]
    halves = []
    for session in "abc":
        data_set = solved[f"data_set_{session}"]
        dff = data_set.get_dff_traces()[1][data_set.get_cell_specimen_indices(ids)]
        repeats = [dff[:, start : start + 900] for start in solved[f"movie_starts_{session}"]]
        halves.append(
            row_correlations(np.mean(repeats[::2], axis=0), np.mean(repeats[1::2], axis=0))
        )
    assert f"correlate with about {np.mean(halves):.2f} only" in text
    a, b, c = (solved[f"means_{session}"] for session in "abc")
    days = {pair: row_correlations(*pair_of).mean() for pair, pair_of in
            {"AB": (a, b), "BC": (b, c), "AC": (a, c)}.items()}  # fmt: skip
    assert "r(A, C) is a little lower on average than r(A, B) and r(B, C)" in text
    assert min(days["AB"], days["BC"]) - 0.1 < days["AC"] < min(days["AB"], days["BC"])


def test_running_during_the_movie(text, solved):
    running = {}
    for session in "bc":
        starts = solved[f"movie_starts_{session}"]
        speed = solved[f"data_set_{session}"].get_running_speed()[0]
        shown = np.convolve(speed, np.ones(30) / 30, "same")[starts[0] : starts[-1] + 900]
        running[session] = (shown > 5).mean()  # cm/s, over a second
    assert "for more than half of session B's movie, and hardly in session C's" in text
    assert running["b"] > 0.5 and running["c"] < 0.1
