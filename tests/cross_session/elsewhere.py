"""What of the bank is another thing where it is about another neuron, or on other recordings."""

import ast
import itertools
import re

import numpy as np
import pandas as pd

from visual_coding_course.checking.expecting import steps_of
from visual_coding_course.checking.slip_table import table

from .own import steps

STEPS = steps_of(steps)
SAME = "same as "
#: A wider part of the image, in pixels, is no window around a neuron.
WIDEST = 200
#: As near to our neuron's stability, as a share of the range of all, is at it.
AT_OURS = 0.01
#: So much of how far a mean response rises has to be within the limits along y.
LEAST_RISE = 0.2


def why_it_is_another(bank, answer, variables, solved, usual):
    """Say why an answer is not what it is for the usual neuron; nothing if it is."""
    if typed := _typed(bank, answer, solved, usual):
        return f"it types what {typed} is for the usual neuron"
    asked = bank.asked_for(answer.question)
    if "fig_masks" in asked and any(_is_typed_window(answer.code, usual, solved)):
        return "it types a window around the usual neuron"
    for name, is_right, why in TYPED:
        if not answer.right and name in asked:
            here, there = (is_right(answer.code, one) for one in (solved, usual))
            if here and not there:
                return why
    if (
        not answer.right
        and _gives_all(bank, answer, variables, solved)
        and not _gives_all(bank, answer, bank.with_answer(usual, answer), usual)
    ):
        return "it gives what is right here, and does not for the usual neuron"
    return ""


def _gives_all(bank, answer, variables, solved):
    """Tell whether all that is asked for but figures is what the solution has."""
    values = [name for name in bank.asked_for(answer.question) if not name.startswith("fig_")]
    return all(name in variables and _is_same(variables[name], solved[name]) for name in values)


def _typed(bank, answer, solved, usual):
    """Tell which variable is set to what is typed, that is something else for the usual neuron."""
    asked = bank.asked_for(answer.question)
    for node in ast.walk(ast.parse(answer.code)):
        if not isinstance(node, ast.Assign):
            continue
        values = [one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
        literal = not any(isinstance(one, ast.Name) for one in ast.walk(node.value))
        names = {one.id for target in node.targets for one in ast.walk(target)
                 if isinstance(one, ast.Name)}  # fmt: skip
        for name in names & asked if values and literal else ():
            if not _is_same(usual[name], solved[name]):
                return name
    return ""


def _is_typed_window(code, usual, solved):
    """Tell of each pair of typed numbers whether the usual mask lies between, and ours does not."""
    (low, high), (ours_low, ours_high) = (_extent(one["roi_mask_a"]) for one in (usual, solved))
    for node in ast.walk(ast.parse(code)):
        given = [one for _, value in ast.iter_fields(node)
                 for one in (value if isinstance(value, list) else [value])]  # fmt: skip
        typed = _numbers(given)
        for first, last in itertools.combinations(sorted(typed), 2):
            between = (first < low) & (last > high) & (last - first < WIDEST)
            yield bool(np.any(between & ~((first < ours_low) & (last > ours_high))))


def _types_ours(code, solved):
    """Tell whether what values are compared with, or a place in their order, is our neuron's."""
    stability = solved["response_stability"]
    typed = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Compare):
            typed += _numbers([node.left, *node.comparators])
        if isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "iloc":
            place = node.slice
            if isinstance(place, ast.Constant) and place.value in range(len(stability)):
                typed.append(stability.iloc[place.value])
    near = AT_OURS * np.ptp(stability)
    return any(abs(one - stability[solved["cell_specimen_id"]]) <= near for one in typed)


def _types_enough(code, solved):
    """Tell whether all limits along y that are typed take in enough of each mean response."""
    rises = [(one.max(), np.median(one)) for one in (solved[f"mean_response_{x}"] for x in "abc")]
    uppers = [
        node.args[-1].value
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("set_ylim", "ylim")
        and node.args
        and isinstance(node.args[-1], ast.Constant)
    ]
    return bool(uppers) and all(
        upper - low >= LEAST_RISE * (high - low) for upper in uppers for high, low in rises
    )


#: What may be typed for a figure, and is right for one neuron and not for another.
TYPED = (
    ("fig_stability", _types_ours, "it types a place that is our neuron's here"),
    ("fig_movie", _types_enough, "it types limits that leave enough of the responses here"),
)


def _numbers(nodes):
    return [one.value for one in nodes
            if isinstance(one, ast.Constant) and type(one.value) in (int, float)]  # fmt: skip


def _extent(mask):
    pixels = np.argwhere(mask)
    return pixels.min(axis=0), pixels.max(axis=0)


def _is_same(one, other):
    if isinstance(one, str) and isinstance(other, str):
        return sorted(re.findall("[A-C]", one)) == sorted(re.findall("[A-C]", other))
    if isinstance(one, (pd.Series, pd.DataFrame)) and not (
        type(one) is type(other) and all(map(np.array_equal, one.axes, other.axes))
    ):
        return False
    if one is other or np.shape(one) != np.shape(other):
        return one is other
    try:
        return bool(np.allclose(np.asarray(one, float), np.asarray(other, float)))
    except (TypeError, ValueError):
        return False


def names_that_mean_the_same(solved):
    """By name of a slip, those of slips that give the same somewhere: any of them is true."""
    same = {}
    for row in table(STEPS, solved):
        if row.seen.startswith(SAME):
            same.setdefault(row.slip, {row.slip}).update(re.findall(r" / ([^,]+)", row.seen))
    return same
