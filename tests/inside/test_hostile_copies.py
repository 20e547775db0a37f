"""What a hostile kernel may write, and what hostile objects may claim, comes out as plain data."""

import io
import json
import time
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from visual_coding_course.checking import values
from visual_coding_course.checking.drawings import Drawing, drawing_of
from visual_coding_course.inside.copies import (
    FORMAT,
    CopyRefused,
    Foreign,
    Uncopied,
    keep_data,
    read_copies,
    read_kept,
    write_copies,
    write_copies_to,
)
from visual_coding_course.inside.figures import describe_figure

PRIME = 2**61 - 1  # what Python's hash of a number is taken modulo
SECONDS = 5.0  # of the processor, which others may have meanwhile


def forged(values, arrays=None, body=b""):
    """An archive with a head of the attacker's own."""
    head = values if isinstance(values, str) else json.dumps({"values": values, "arrays": arrays})
    head = head.encode()
    return FORMAT + len(head).to_bytes(8, "little") + head + body


def nested(depth, kind="list"):
    node = {"kind": "plain", "value": 1}
    for _ in range(depth):
        node = {"kind": kind, "items": [node]}
    return node


def array(dtype, shape, place=0):
    return {"value": {"kind": "array", "key": "a"}}, {"a": [dtype, shape, place]}


def numbers(count, factor=PRIME):
    return [{"kind": "int", "value": str(i * factor)} for i in range(1, count)]


LIST = {"kind": "packed", "as": "list", "of": {"kind": "array", "key": "a"}, "native": True}
BIG = bytes(64_000_000)
ONE = {"kind": "plain", "value": 1}
FRAME = {
    "kind": "frame",
    "columns": {"kind": "index", "values": {"kind": "array", "key": "a"}, "name": ONE},
    "index": {"kind": "index", "values": {"kind": "array", "key": "a"}, "name": ONE},
}
HOSTILE_NODES = {
    "nested lists": nested(150),
    "nested sets": nested(150, "set"),
    "nested plain": {"kind": "plain", "value": [[[[1]]]]},
    "no dict": 5,
    "no kind": {},
    "a kind that cannot be looked up": {"kind": ["list"]},
    "no list": {"kind": "list", "items": 5},
    "a dict for a list": {"kind": "list", "items": {"a": 1}},
    "a long number": {"kind": "int", "value": "9" * 1_000_000},
    "a float that is none": {"kind": "float", "value": "1_0"},
    "a set of lists": {"kind": "set", "items": [{"kind": "list", "items": []}]},
    "keys that are lists": {"kind": "dict", "pairs": [[{"kind": "list", "items": []}, ONE]]},
    "pairs of three": {"kind": "dict", "pairs": [[ONE, ONE, ONE]]},
    "a set of one hash": {"kind": "set", "items": numbers(100_000)},
    "a dict of one hash": {"kind": "dict", "pairs": [[n, n] for n in numbers(50_000)]},
    "a long text": {"kind": "plain", "value": "x" * 5_000_000},
    "many own types": {"kind": "list", "items": [
        {"kind": "other", "type": f"T{i}", "why": ""} for i in range(150_000)]},
    "many objects": {"kind": "list", "items": [
        {"kind": "object", "of": "x", "data": {}} for i in range(150_000)]},
    "a session that is none": {"kind": "object", "of": "x", "data": {"session": [9] * 5000}},
    "an object of many facts": {
        "kind": "object", "of": "x", "data": dict.fromkeys(map(str, range(99)), 1)},
    "a packed text": {**LIST, "of": {"kind": "plain", "value": "abc"}},
    "an array that is not there": {"kind": "array", "key": "b"},
    "an array without a name": {"kind": "array", "key": []},
    "packed as a function": {**LIST, "as": "eval"},
    "a scalar that is too short": {"kind": "scalar", "dtype": "<f8", "bytes": "00"},
    "a scalar that is too long": {"kind": "scalar", "dtype": "<f8", "bytes": "00" * 16},
    "a scalar of objects": {"kind": "scalar", "dtype": "|O8", "bytes": "00" * 8},
    "a scalar of records": {"kind": "scalar", "dtype": "i4,f4", "bytes": "00" * 8},
    "objects of another shape": {"kind": "objects", "shape": [2, 2], "items": [ONE]},
    "objects of a huge shape": {"kind": "objects", "shape": [0, 10**12], "items": []},
    "objects of 99 axes": {"kind": "objects", "shape": [1] * 99, "items": [ONE]},
    "a mask that is a number": {"kind": "masked", "data": ONE, "mask": ONE},
    "ragged rows": {"kind": "multi_index", "items": [
        {"kind": "tuple", "items": [ONE]}, {"kind": "tuple", "items": [ONE, ONE]}]},
    "rows of nothing": {"kind": "multi_index", "items": []},
    "rows that are numbers": {"kind": "multi_index", "items": [ONE]},
    "a frame of too many columns": {**FRAME, "data": [{"kind": "array", "key": "a"}] * 20_000},
    "a frame of texts": {**FRAME, "data": "abc"},
    "a series in a frame": {**FRAME, "data": [FRAME]},
    "a figure of a number": {"kind": "figure", "of": ONE},
    "an unknown kind": {"kind": "pickle", "type": "a b\0c\ud800", "why": "\ud800" * 10_000},
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE_NODES)
def test_a_forged_description_is_refused_and_costs_nothing_else(what):
    archive = forged(
        {"value": HOSTILE_NODES[what], "good": {"kind": "int", "value": "3"}},
        {"a": ["<f8", [4], 0]},
        bytes(32),
    )
    started = time.process_time()
    result = read_copies(archive)
    assert time.process_time() - started < SECONDS
    assert isinstance(result["value"], Uncopied)
    assert len(repr(result["value"]).encode()) < 1000
    assert result["good"] == 3


@pytest.mark.parametrize(
    ("dtype", "shape"),
    [
        ("|O8", [1]), ("|V8", [1]), ("<f8,<i4", [1]), ("(9,)<f8", [1]), ("O", [1]), (5, [1]),
        ("object", [1]), ("<U0", [1]), ("<U999999999", [1]), ("<M8[zz]", [1]), ("<f3", [1]),
        ("<f8", [10**12]), ("<f8", [0, 10**12]), ("<f8", [2**40, 2**40, 0]), ("<f8", [-1]),
        ("<f8", [1.5]), ("<f8", [True]), ("<f8", "8"), ("<f8", [1] * 40), ("<f8", [9]),
        ("|b1", [8]), ("<U2", [1]),
    ],
)  # fmt: skip
def test_arrays_of_odd_types_and_shapes_are_refused(dtype, shape):
    body = b"\xff" * 64
    assert isinstance(read_copies(forged(*array(dtype, shape), body))["value"], Uncopied)


@pytest.mark.parametrize("place", [-1, 10**30, 65, "0", None])
def test_arrays_outside_the_archive_are_refused(place):
    assert isinstance(read_copies(forged(*array("<f8", [1], place), bytes(64)))["value"], Uncopied)


def test_one_array_cannot_be_named_a_thousand_times():
    node = {"kind": "list", "items": [{"kind": "array", "key": "a"}] * 1000}
    archive = forged({"value": node}, {"a": ["|u1", [len(BIG)], 0]}, BIG)
    assert "MB" in read_copies(archive)["value"].reason


def test_a_packed_list_cannot_be_made_of_millions():
    archive = forged({"value": LIST}, {"a": ["|b1", [len(BIG)], 0]}, BIG)
    assert isinstance(read_copies(archive)["value"], Uncopied)


HEADS = {
    "endless brackets": lambda: forged("[" * 1_000_000),
    "no names": lambda: forged('{"values": [], "arrays": {}}'),
    "cut short": lambda: forged('{"values": {"a": NaN'),
    "too long": lambda: forged(json.dumps({"values": {}, "arrays": {}}) + " " * 20_000_000),
    "a long number": lambda: forged("9" * 1_000_000),
    "nothing": lambda: FORMAT,
    "a huge length": lambda: FORMAT + b"\xff" * 8,
    "no text": lambda: FORMAT + (5).to_bytes(8, "little") + b"\xff\xff",
}


@pytest.mark.parametrize("make", HEADS.values(), ids=HEADS)
def test_a_head_that_is_none_is_refused(make):
    content, started = make(), time.process_time()
    with pytest.raises(CopyRefused):
        read_copies(content)
    assert time.process_time() - started < SECONDS


def test_a_zip_is_not_even_opened():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("values.npy", bytes(10_000_000))
    with pytest.raises(CopyRefused, match="another format"):
        read_copies(bomb.getvalue())


def test_only_the_names_that_are_asked_for_are_read():
    archive = write_copies({"x": 1, "expected": 2, "env": 3})
    assert read_copies(archive, names={"x", "missing"}) == {"x": 1}


def figure(**changes):
    drawn = Figure()
    axes = drawn.add_subplot()
    axes.plot([0.0, 1.0], [2.0, 3.0], label="A")
    description = describe_figure(drawn)
    panel = description["axes"][0]
    for name, value in changes.items():
        holder = description if name in description else panel
        holder[name] = value(holder[name]) if callable(value) else value
    return read_copies(write_figure(description), Foreign(figure=drawing_of))["value"]


def write_figure(description):
    """An archive as a kernel would write it that calls any description a figure."""
    file = io.BytesIO()
    write_copies_to(file, {"value": description})
    content = file.getvalue()
    length = int.from_bytes(content[len(FORMAT) : len(FORMAT) + 8], "little")
    head = json.loads(content[len(FORMAT) + 8 :][:length])
    head["values"]["value"] = {"kind": "figure", "of": head["values"]["value"]}
    return forged(json.dumps(head), body=content[len(FORMAT) + 8 + length :])


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": lambda lines: lines * 5000},
        {"axes": lambda axes: axes * 500},
        {"texts": ["session " * 1000] * 1000},
        {"title": "$\\frac{" * 10_000},
        {"title": "$" + "{" * 400 + "$"},
        {"legend": [{"text": "A", "color": "#ff0000", "style": "-"}] * 5000},
    ],
)
def test_too_much_in_a_figure_is_left_out(changes):
    started = time.process_time()
    result = figure(**changes)
    assert time.process_time() - started < SECONDS
    assert isinstance(result, Drawing)
    assert sum(len(panel.lines) + len(panel.texts) for panel in result.panels) <= 6000
    assert max(len(panel.title) for panel in result.panels) <= 500


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": "abc"}, {"title": 5}, {"legend": {"a": 1}}, {"texts": [5]}, {"axes": [5]},
        {"images": [{"array": [["a"]], "extent": [0, 1, 0, 1], "origin": "upper", "alpha": None,
                     "look": ""}]},
        {"images": [{"array": np.eye(4), "extent": [0, 1], "origin": "upper", "alpha": 1.0,
                     "look": ""}]},
        {"images": [np.eye(4)]},
        {"images": [{"array": np.zeros((1, 1, 99)), "extent": [0, 1, 0, 1], "origin": "upper",
                     "alpha": None, "look": ""}]},
        {"meshes": [{"coordinates": np.zeros((3, 3, 2, 4)), "array": np.zeros(4), "look": ""}]},
        {"lines": [{"xy": np.zeros(3), "label": "", "style": "-", "color": "#ff0000",
                    "look": ""}]},
        {"lines": [{"xy": np.zeros(2), "label": "", "style": "-", "color": ["#ff0000"],
                    "look": ""}]},
        {"meshes": [{"coordinates": np.zeros(3), "array": np.zeros(9), "look": ""}]},
        {"points": [np.zeros(3)], "looks": {"points": [""], "shapes": [], "bars": []}},
        {"shapes": ["abc"], "looks": {"points": [], "shapes": [""], "bars": []}},
        {"bars": np.zeros((3, 2))}, {"looks": {"points": [5], "shapes": [], "bars": []}},
        {"looks": 5}, {"looks": {}}, {"looks": {"points": [], "shapes": [""] * 9, "bars": []}},
    ],
)  # fmt: skip
def test_a_figure_of_another_form_is_refused(changes):
    assert isinstance(figure(**changes), Uncopied)


# Hostile objects --------------------------------------------------------------------------


def always(answer):
    return lambda self, *args, **kwargs: answer


LIES = {
    "__eq__": always(True), "__ne__": always(False), "__hash__": always(0),
    "__int__": always(99), "__index__": always(99), "__float__": always(99.0),
    "__str__": always("99"), "__repr__": always("99"), "__len__": always(99),
    "__iter__": lambda self: iter([99]), "__getitem__": always(99), "__bool__": always(True),
    "__array__": lambda self, *args: np.full(3, 99), "__reduce__": always((print, ("99",))),
    "__class__": property(always(int)), "items": always([(99, 99)]), "keys": always([99]),
    "__contains__": always(True), "__add__": always(99), "tolist": always([99]),
    "to_numpy": always(np.full(3, 99)), "index": property(always(pd.Index([99]))),
    "columns": property(always(pd.Index([99]))), "dtype": property(always(np.dtype("i8"))),
    "shape": property(always((99,))), "nbytes": property(always(0)), "name": property(always(99)),
}  # fmt: skip


def lying(base):
    return type("Lying", (base,), LIES)


@pytest.mark.parametrize(
    ("base", "content"),
    [
        (int, 3), (float, 0.5), (complex, 1j), (str, "a"), (list, [1, 2]), (tuple, (1, 2)),
        (set, {1, 2}), (frozenset, {1, 2}), (dict, {"a": 1}), (np.float64, np.float64(0.5)),
    ],
)  # fmt: skip
def test_a_subclass_arrives_as_what_it_is_built_on(base, content):
    result = read_copies(write_copies({"value": lying(base)(content)}))["value"]
    plain = {frozenset: set, complex: np.complex128}.get(base, base)
    assert type(result) is plain
    assert result == content


def test_subclasses_of_arrays_and_tables_arrive_as_what_they_are_built_on():
    plain = np.arange(3)
    disguised = plain.view(lying(np.ndarray))
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    table, series = frame.copy(), pd.Series([1, 2])
    table.__class__, series.__class__ = lying(pd.DataFrame), lying(pd.Series)
    result = read_copies(write_copies({"array": disguised, "table": table, "series": series}))
    assert type(result["array"]) is np.ndarray and result["array"].tolist() == [0, 1, 2]
    assert type(result["table"]) is pd.DataFrame and result["table"].equals(frame)
    assert type(result["series"]) is pd.Series and result["series"].tolist() == [1, 2]


class Everything:
    __eq__ = always(True)
    __class__ = int

    def __int__(self):
        return 3


class Claims(type):
    __name__ = "int"
    __instancecheck__ = __subclasscheck__ = always(True)
    __eq__ = always(True)
    __hash__ = always(1)


class Disguised(metaclass=Claims):
    pass


class Moody:
    def __array__(self, *args):
        raise SystemExit(3)


class Talkative:
    def __array__(self, *args):
        class Odd(Exception):
            def __str__(self):
                raise Odd

        raise Odd


def endless():
    while True:
        yield 1


REFUSED = {
    "an object equal to everything": Everything,
    "an object whose type claims all": Disguised,
    "an array that exits": Moody,
    "an array that raises": Talkative,
    "an endless generator": endless,
    "a huge range": lambda: range(10**15),
    "a module": lambda: io,
    "a long whole number": lambda: 10**5000,
    "a long text": lambda: "x" * 2_000_000,
    "many lists": lambda: [[0]] * 300_000,
    "a large dictionary": lambda: {i: i for i in range(300_000)},
    "records": lambda: np.zeros(2, dtype="i4,f4"),
    "many truth values": lambda: np.zeros(70_000_000, dtype=bool),
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_what_is_not_data_or_too_much_is_refused_alone(make):
    value = make()
    started = time.process_time()
    result = read_copies(write_copies({"value": value, "good": 3}))
    assert time.process_time() - started < SECONDS
    assert isinstance(result["value"], Uncopied)
    assert result["good"] == 3


def test_long_lists_of_disguised_numbers_are_unmasked():
    liar = lying(int)
    result = read_copies(write_copies({"value": [liar(i) for i in range(100)]}))["value"]
    assert result == list(range(100))
    assert {type(item) for item in result} == {int}


def test_large_whole_numbers_in_a_long_list_keep_their_digits():
    values = [2**63 + i for i in range(100)]
    assert read_copies(write_copies({"value": values}))["value"] == values


def test_wide_frames_of_one_type_are_one_array():
    frame = pd.DataFrame(np.arange(60_000.0).reshape(2, 30_000))
    assert read_copies(write_copies({"v": frame}))["v"].equals(frame)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (lambda: 1, "a function"),
        (len, "a function"),
        (endless(), "a generator"),
        (io, "a module"),
        (Everything(), "an Everything"),
        (list(range(9)) * 10**6, "a list of which no copy could be made (more than 8000000"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_check_says_what_stands_where_data_should(value, words):
    named = Foreign(function=lambda name: len)
    copied = read_copies(write_copies({"value": value}), named)["value"]
    with pytest.raises(AssertionError, match=r"should be a plain integer") as refused:
        values.integer("value", copied)
    assert f"`value` is {words}" in str(refused.value)


def test_a_kept_archive_is_a_plain_npz(tmp_path):
    path = Path(tmp_path, "kept.npz")
    path.write_bytes(keep_data(write_copies({"x": [np.arange(3)], "n": 1})))
    with np.load(path, allow_pickle=False) as arrays:
        assert any(np.array_equal(arrays[key], [0, 1, 2]) for key in arrays.files)
    assert read_kept(path.read_bytes())["n"] == 1
