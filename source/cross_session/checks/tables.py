"""How the answers that are tables, names and numbers by neuron are read."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from visual_coding_course.checking import Tolerance, Wrong, values
from visual_coding_course.checking.forms import Form
from visual_coding_course.checking.way import Way
from visual_coding_course.checking.ways import by_any_route

from . import truth

EXPERIMENTS = "experiments"
AS_THEY_COME = "Leave the columns as `get_ophys_experiments` returns them."
PAIRS = ("AB", "AC", "BC")
#: Two pairs of sessions whose correlations differ by less than this are equally alike.
EQUALLY_ALIKE = 1e-6


class Index(Form):
    """A neuron's cell index. The id of an ROI, which AllenSDK has as bytes, is read as a number."""

    def read(self, name: str, value: Any) -> int:
        if isinstance(value, bytes):
            sentence = f"`{name}` is text, in bytes. It should be a plain integer."
            number = float(value) if value.isdigit() else None
            raise Wrong(name, "wrong_type", sentence, value=number)
        return values.integer(name, value)


class Experiments(Form):
    """The table of the neuron's sessions; read as their sorted ids."""

    def read(self, name: str, value: Any) -> np.ndarray:
        mistake = "a list in place of a table" if isinstance(value, list) else "no table"
        values.of_type(
            name,
            value,
            pd.DataFrame,
            "a DataFrame: put the list of sessions into `pd.DataFrame(...)`.",
            mistake,
        )
        return np.sort(values.floats(_id_column(value)))

    def judge(self, name: str, found: Any, right: Any, exact: Tolerance) -> None:
        if not np.array_equal(np.unique(found), right):
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` has {len(found)} rows, and some are sessions in which the neuron was "
                "not recorded. Filter the catalogue by its cell specimen id, and by nothing else.",
                value=found,
                likely="sessions of other neurons",
            )
        if len(found) != len(right):
            raise Wrong(
                name,
                "wrong_shape",
                f"`{name}` has {len(found)} rows: it lists a session more than once.",
                value=found,
                mistake="doubled rows",
            )


def _id_column(experiments: pd.DataFrame) -> list:
    if "id" in experiments.columns:
        ids = experiments["id"]
    elif experiments.index.name == "id":
        ids = experiments.index
    else:
        raise _no_ids(experiments)
    if isinstance(ids, pd.DataFrame):
        raise _changed(f"`{EXPERIMENTS}` has more than one column `id`.")
    if not len(experiments):
        raise _no_rows()
    return ids.tolist()


def _no_ids(experiments: pd.DataFrame) -> Wrong:
    """Say what a table without a column of session ids is."""
    if not len(experiments):
        return _no_rows()
    if "cell_specimen_id" in experiments.columns:
        sentence = f"`{EXPERIMENTS}` is a table of neurons, not of sessions: it has no column `id`."
        return Wrong(EXPERIMENTS, "wrong_value", sentence, mistake="neurons in place of sessions")
    if "id" in experiments.index:
        sentence = f"`{EXPERIMENTS}` has its rows and columns exchanged: `id` is the name of a row."
        return Wrong(EXPERIMENTS, "wrong_shape", sentence, mistake="transposed array")
    return _changed(f"`{EXPERIMENTS}` has no column `id`. {AS_THEY_COME}")


def _no_rows() -> Wrong:
    sentence = f"`{EXPERIMENTS}` is empty: no session passed the filter."
    return Wrong(EXPERIMENTS, "wrong_shape", sentence, mistake="an empty table")


def _changed(sentence: str) -> Wrong:
    return Wrong(EXPERIMENTS, "wrong_shape", sentence, mistake="columns changed")


def experiments_in_full(experiments: Any, ways: list) -> None:
    """Check that each session of the table has its own type and container."""
    ids = Experiments().read(EXPERIMENTS, experiments)
    table = experiments if "id" in experiments.columns else experiments.reset_index()

    def judge(way: Way) -> None:
        Experiments().judge(EXPERIMENTS, ids, way.experiments, Tolerance(0, 0))
        left_out = [key for key in next(iter(way.sessions.values())) if key not in table.columns]
        if left_out:
            names = " and ".join(f"`{key}`" for key in left_out[:2])
            rest = f", and {len(left_out) - 2} more" if len(left_out) > 2 else ""
            lacks = f"the column{'s'[: len(left_out) > 1]} {names}{rest}"
            raise _changed(f"`{EXPERIMENTS}` lacks {lacks}. {AS_THEY_COME}")
        by_id = table.set_index("id")
        for session in way.sessions.values():
            row = by_id.loc[session["id"]]
            if any(row[key] != session[key] for key in ("session_type", "experiment_container_id")):
                raise Wrong(
                    EXPERIMENTS,
                    "wrong_value",
                    f"In `{EXPERIMENTS}`, the session type or container of a session was changed.",
                    mistake="rows mixed up",
                )

    by_any_route(ways, judge)


class Correlations(Form):
    """A table of sessions x sessions, in whatever order; read as an array in the order A, B, C."""

    verb = "holds"

    def read(self, name: str, value: Any) -> np.ndarray:
        values.attempted(name, value)
        _table_form(name, value)
        table = pd.DataFrame(value.to_numpy(), _labels(value.index), _labels(value.columns))
        if any(sorted(labels) != list("ABC") for labels in (table.index, table.columns)):
            raise Wrong(
                name,
                "wrong_value",
                f"The index and the columns of `{name}` should both be named A, B and C. "
                "They name the sessions, so that a number can be looked up.",
                value=values.floats(table),
                mistake="sessions not named",
            )
        table = table.loc[list("ABC"), list("ABC")]
        half = np.isnan(values.floats(table))
        if half.size and half.any() and not (half & half.T & ~np.eye(3, dtype=bool)).any():
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` has only a half of the table, or lacks the diagonal: the rest is NaN. A "
                "is as like B as B is like A, and each session is fully like itself.",
                mistake="half of the table",
            )
        return values.finite(name, values.array(name, table, 2, "a table of numbers"))

    def usable(self, found: np.ndarray) -> bool:
        """Whether it says of some pair of sessions that it is more alike."""
        return bool(np.ptp(found[np.triu_indices(3, k=1)]) > EQUALLY_ALIKE)

    def judge(self, name: str, found: Any, right: Any, exact: Tolerance) -> None:
        if not exact.same(found, right):
            raise Wrong(name, "wrong_value", _what_is_odd(name, found), value=found,
                        tolerance=exact)  # fmt: skip


def _table_form(name: str, value: Any) -> None:
    if not isinstance(value, pd.DataFrame):
        numbers = values.floats(value)
        mistake = "an array for a table" if numbers.shape == (3, 3) else None
        if numbers.size and np.isnan(numbers).all():
            mistake = values.NO_NUMBER
        raise Wrong(
            name,
            "wrong_type",
            f"`{name}` is {values.kind(value)}. It should be a DataFrame, whose "
            "index and columns are named A, B and C.",
            mistake=mistake,
        )
    if value.shape != (3, 3):
        frames, repeats = truth.MOVIE_FRAMES, truth.REPEATS
        mistakes = {
            (frames, frames): "transposed array",
            (2, 2): "a session left out",
            (repeats, repeats): "correlation of single repeats",
            (3 * repeats, 3 * repeats): "correlation of single repeats",
        }
        raise Wrong(
            name,
            "wrong_shape",
            f"`{name}` has the shape {value.shape}. It should be 3 x 3, sessions x "
            "sessions. `DataFrame.corr` compares columns: is there one column for each session?",
            value=values.floats(value),
            mistake=mistakes.get(value.shape),
        )


def _labels(index: pd.Index) -> list[str]:
    return [str(label).strip() for label in index]


def _what_is_odd(name: str, found: np.ndarray) -> str:
    if not np.allclose(found, found.T, atol=1e-6):
        return f"`{name}` is not symmetric, but A is as like B as B is like A."
    if not np.allclose(np.diag(found), 1, atol=1e-3):
        return (
            f"The diagonal of `{name}` is not 1, but each session is fully like itself. "
            "Are these correlations, or differences or p values?"
        )
    return (
        f"`{name}` are not the Pearson correlations of the three mean responses. Do you "
        "compare the means over the repeats, and of the right sessions?"
    )


class Pair(Form):
    """The letters of two sessions; read in the order of the alphabet."""

    def read(self, name: str, value: Any) -> str:
        should = 'a string of two letters, such as "AB".'
        mistake = None if isinstance(value, str) else _no_text(value)
        values.of_type(name, value, str, should, mistake)
        letters = re.sub(r"SESSIONS?|AND|[^A-Z]", "", value.upper())
        if len(letters) != 2 or set(letters) - set("ABC"):
            mistake = "all three sessions" if set(letters) == set("ABC") else None
            if not letters and re.search(r"\d", value):
                mistake = "numbers in place of the names"
            sentence = (
                f"`{name}` does not name two of the sessions A, B and C. It should be {should}"
            )
            raise Wrong(name, "wrong_value", sentence, value=value, mistake=mistake)
        if len(set(letters)) == 1:
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` names one session twice. Of course it is like itself: compare two "
                "different ones.",
                value=letters,
                mistake="the diagonal",
            )
        return "".join(sorted(letters))

    def same(self, found: Any, right: Any, exact: Tolerance) -> bool:
        return found == right


def _no_text(value: Any) -> str | None:
    several = isinstance(value, (list, tuple, set, frozenset, np.ndarray, pd.Index))
    value = np.ravel(value) if isinstance(value, np.ndarray) else value
    items = list(value) if several else [value]
    if all(isinstance(item, values.NUMBERS) for item in items):
        return "numbers in place of the names"
    two = len(items) == 2 and all(isinstance(item, str) for item in items)
    return "two letters apart" if two else None


class Ids(Form):
    """Sorted ids."""

    def read(self, name: str, value: Any) -> np.ndarray:
        if isinstance(value, (set, frozenset)):
            raise Wrong(
                name,
                "wrong_type",
                f"`{name}` is a set, which has no order. It should be a sorted 1-D array.",
                mistake="left as a set",
            )
        found = values.array(name, value, 1, "a sorted 1-D array of cell specimen ids")
        if np.asarray(value).dtype.kind == "f" and np.array_equal(found, np.rint(found)):
            raise Wrong(
                name,
                "wrong_type",
                f"`{name}` holds numbers with a decimal point. Ids are integers.",
                value=found,
                mistake="a decimal number",
            )
        return found

    def judge(self, name: str, found: Any, right: Any, exact: Tolerance) -> None:
        if not np.array_equal(found, right):
            said, mistake = _what_ids(found, right)
            sentence = f"`{name}` {said}"
            raise Wrong(name, "wrong_value", sentence, value=np.sort(found), mistake=mistake)


def _what_ids(found: np.ndarray, right: np.ndarray) -> tuple[str, str | None]:
    """Return what to say of wrong ids, and the mistake if it lies in their order or number."""
    if np.array_equal(np.sort(found), right):
        return "holds the right neurons, but is not sorted.", "unsorted ids"
    if np.array_equal(np.unique(found), right):
        return "lists some neurons more than once.", "doubled ids"
    if set(found) > set(right):
        return (
            "holds neurons that are missing in one of the three sessions, too. "
            "Take only those that are in A and in B and in C."
        ), None
    if set(found) < set(right):
        return "lacks some neurons that are in all three sessions.", None
    return (
        "are not the cell specimen ids that the three recordings have in common. "
        "Compare ids, not cell indices."
    ), None


class Stability(Form):
    """A number for each neuron, in whatever order; read as a Series by cell specimen id."""

    def read(self, name: str, value: Any) -> pd.Series:
        values.attempted(name, value)
        if isinstance(value, pd.DataFrame) and value.shape[1] == 1:
            raise Wrong(
                name,
                "wrong_type",
                f"`{name}` is a table of one column. It should be a Series: with a table, "
                f"`{name}[cell_specimen_id]` looks for a column of that name.",
                mistake="a table for a Series",
            )
        if not isinstance(value, pd.Series):
            table = isinstance(value, pd.DataFrame) and value.shape[1] == len(PAIRS)
            raise Wrong(
                name,
                "wrong_shape" if table else "wrong_type",
                f"`{name}` is {values.kind(value)}. It should be a Series with the cell "
                "specimen ids as its index: `pd.Series(numbers, index=shared_ids)`.",
                mistake="three columns, not their mean" if table else "not a Series",
            )
        found = values.array(name, value, 1, "a Series of numbers")
        if not value.index.is_unique:
            sentence = f"`{name}` has more than one value for some neurons."
            raise Wrong(name, "wrong_value", sentence, mistake="doubled ids")
        missing = int(np.count_nonzero(~np.isfinite(found)))
        if missing:
            sentence = f"`{name}` is NaN or infinite for {missing} neuron{'s'[: missing != 1]}."
            raise Wrong(name, "wrong_value", sentence, value=found, mistake="not a number")
        return pd.Series(found, index=value.index)

    def of_each(self, name: str, found: pd.Series, each: tuple, way: Way) -> np.ndarray:
        neurons, ours = set(way.shared_ids.tolist()), way.cell_specimen_id
        if ours not in found.index:
            raise Wrong(
                name,
                "wrong_shape",
                f"`{name}` has no entry for our neuron. Is its index the cell specimen id, "
                "or just 0, 1, 2, …?",
                mistake=_wrong_index(found, way),
            )
        if not set(each) <= set(found.index):
            raise Wrong(
                name,
                "wrong_shape",
                f"`{name}` lacks some of the neurons that are in all three sessions.",
                mistake="our neuron only" if len(found) == 1 else "neurons missing",
            )
        if neurons == set(each) != set(found.index):
            raise Wrong(
                name,
                "wrong_shape",
                f"The index of `{name}` should be the cell specimen ids of the neurons "
                "that are in all three sessions, each once, and no others.",
                mistake="neurons that are not in all sessions",
            )
        return found.loc[list(each)].to_numpy()

    def picked(self, value: Any, each: tuple | None, way: Way) -> Any:
        """Of numbers for all shared neurons, those of some."""
        if each and np.shape(value) == way.shared_ids.shape:
            return np.asarray(value)[np.searchsorted(way.shared_ids, each)]
        return value

    def judge(self, name: str, found: Any, right: Any, exact: Tolerance) -> None:
        if not exact.same(found, right):
            raise Wrong(name, "wrong_value", "", value=found, tolerance=exact)


def _wrong_index(found: pd.Series, way: Way) -> str | None:
    """Name what stands in the index in place of ids."""
    if list(found.index) == list(range(len(found))):
        return "counted from 0, not named by id"
    if str(way.cell_specimen_id) in map(str, found.index):
        return "text for a number"
    numbers = values.floats(found.index)
    neurons = max(len(way.recording(letter).ids) for letter in truth.SESSIONS)
    within = numbers.size and numbers.min() >= 0 and numbers.max() < neurons
    return "cell index for specimen id" if within else None
