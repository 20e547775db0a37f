"""Reading a submission: what JupyterLab opens is graded, within limits, or named in a sentence."""

import base64
import json
import os
import random
import resource
import secrets
import signal
import zipfile
from io import BytesIO

import nbformat
import pytest

from visual_coding_course.grading.jsontext import Pieces
from visual_coding_course.grading.reading import (
    MOST_CELLS,
    MOST_SOURCE_BYTES,
    MOST_SUBMISSION_BYTES,
    Unreadable,
    read_submission,
)
from visual_coding_course.grading.restore import restore_cells
from visual_coding_course.grading.submission import grade_submission

MEGABYTE = 2**20
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}


def each(change):
    """Change each cell."""

    def edit(data):
        for number, one in enumerate(data["cells"]):
            change(one, number)

    return edit


def ids(*made):
    return each(lambda one, number: one.update(id=made[number % len(made)]))


def without(*keys):
    return each(lambda one, number: [one.pop(key, None) for key in keys])


def of(**keys):
    return lambda data: data.update(keys)


def language(name):
    return lambda data: data.update(
        metadata={"kernelspec": {"language": name}, "language_info": {"name": name}}
    )


def to_format(number):
    """As older versions of the notebook wrote it."""

    def edit(data):
        cells = data.pop("cells")
        for one in cells:
            one["input"] = one.pop("source")
            one.update(language="python", prompt_number=7, collapsed=False)
        heading = {"cell_type": "heading", "level": 2, "source": "A title", "metadata": {}}
        data.update(nbformat=number, worksheets=[{"cells": [heading]}, {"cells": cells}])

    return edit


def with_own_cells(*cells):
    return lambda data: data["cells"].extend(cells)


def with_text_around(data):
    odd = [{"cell_type": "heading", "level": 1, "source": "A"}, {"cell_type": "raw", "source": "b"},
           {"cell_type": "html", "source": "<b>"}, {"cell_type": None, "source": 5}, {}, 7, None,
           {"cell_type": ["code"], "metadata": 3, "source": {"a": 1}}]  # fmt: skip
    data["cells"][1:1] = odd


def one_text(one, number):
    one["source"] = "".join(one["source"])


def odd_lines(one, number):
    one["source"] = [None, *one["source"], 5, 1e9]


LIKE_RIGHT = {
    "untouched": lambda data: None,
    "ids in format 4.0": of(nbformat_minor=0),
    "ids in format 4.4": of(nbformat_minor=4),
    "no ids in format 4.5": without("id"),
    "ids null": ids(None),
    "ids numbers": ids(7, 8, 9.5),
    "ids twice": ids("a", "b"),
    "ids too long or odd": ids("x" * 65, "a b", "", "ä", ["a"], {"a": 1}),
    "minor missing": lambda data: data.pop("nbformat_minor"),
    "minor a text": of(nbformat_minor="five"),
    "minor 99": of(nbformat_minor=99),
    "minor null": of(nbformat_minor=None),
    "format a text": of(nbformat="4"),
    "format a fraction": of(nbformat=4.0),
    "format unknown": of(nbformat="x"),
    "format missing": lambda data: data.pop("nbformat"),
    "format 2": to_format(2),
    "format 3": to_format(3),
    "no execution_count": without("execution_count"),
    "no outputs": without("outputs"),
    "execution_count a text": each(lambda one, number: one.update(execution_count="1")),
    "unknown keys in cells": each(lambda one, number: one.update(collapsed=True, x=[{}])),
    "unknown keys at the top": of(signature="sha256", worksheet=[], orig_nbformat=4, x={"y": []}),
    "metadata null": of(metadata=None),
    "metadata a list": of(metadata=[1]),
    "metadata missing": lambda data: data.pop("metadata"),
    "kernelspec null": of(metadata={"kernelspec": None, "language_info": 3}),
    "cells' metadata missing": without("metadata"),
    "cells' metadata null": each(lambda one, number: one.update(metadata=None)),
    "cells' metadata a list": each(lambda one, number: one.update(metadata=["nbgrader"])),
    "nbgrader a text": each(lambda one, number: one["metadata"].update(nbgrader="q1")),
    "grade_id a number": each(lambda one, number: one["metadata"]["nbgrader"].update(grade_id=7)),
    "Python 3.12": language("Python 3.12"),
    "python3": language("python3"),
    "Python": language("Python"),
    "ipython": language("ipython"),
    "Python 3 (ipykernel)": language("Python 3 (ipykernel)"),
    "language a number": language(3),
    "source in one text": each(one_text),
    "source in odd lines": each(odd_lines),
    "a cell without source": with_own_cells({"cell_type": "code", "outputs": []}),
    "odd cells of one's own": with_text_around,
    "types in capitals": each(lambda one, number: one.update(cell_type="CODE")),
    "types missing": without("cell_type"),
    "types of text": each(lambda one, number: one.update(cell_type="markdown")),
    "attachments null": each(lambda one, number: one.update(attachments=None)),
    "outputs a number": each(lambda one, number: one.update(outputs=3)),
    "outputs nested": each(lambda one, number: one.update(outputs=[[[[[[{"a": [[{}]]}]]]]]])),
    "outputs with huge numbers": each(lambda one, number: one.update(outputs=[10**4000])),
}


def as_bytes(right, change):
    data = json.loads(right)
    change(data)
    return json.dumps(data).encode()


@pytest.mark.parametrize("kind", LIKE_RIGHT)
def test_what_jupyterlab_opens_is_graded_as_if_untouched(assignment, answer, kind):
    content = as_bytes(answer(RIGHT), LIKE_RIGHT[kind])
    graded = grade_submission(assignment, content)
    assert (graded.status, graded.score, graded.message) == ("graded", 7, None)


@pytest.mark.parametrize("kind", LIKE_RIGHT)
def test_what_is_read_is_a_valid_notebook(answer, kind):
    notebook = read_submission(as_bytes(answer(RIGHT), LIKE_RIGHT[kind]))
    nbformat.validate(notebook)
    assert read_submission(as_bytes(answer(RIGHT), LIKE_RIGHT[kind])) == notebook


ENCODINGS = ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_other_encodings_are_read(answer, encoding):
    text = answer({"q1-answer": "x = 'ä€😀'"}).decode()
    cells = read_submission(text.encode(encoding)).cells
    assert cells[1].source == "x = 'ä€😀'"


def test_what_is_no_text_becomes_a_sign_for_it(answer):
    broken = answer({"q1-answer": "x = 3  # @@"})
    for bad in (b"\xff\xfe", b"\\ud83d", b"\\udc00 "):
        assert read_submission(broken.replace(b"@@", bad)).cells[1].source.startswith("x = 3  # ")


def test_of_what_is_said_twice_the_last_counts():
    cells = '{"cells": 5, "cells": [{"source": "a", "source": "x = 1", "outputs": []}]}'
    assert [cell.source for cell in read_submission(cells.encode()).cells] == ["x = 1"]


def zipped():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("tiny.ipynb", "{}")
    return file.getvalue()


def merged(right):
    return right.replace(b'\n "nbformat"', b'\n<<<<<<< HEAD\n "nbformat"')


NO_NOTEBOOKS = {
    "empty": (b"", "the file is empty"),
    "blank": (b"  \n\n", "the file is empty"),
    "zeros": (bytes(5000), "filled with zeros"),
    "zip": (zipped(), "a zip archive"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
    "web page": (b"<!DOCTYPE html>\n<html><head>", "a web page"),
    "saved page": (b"\n  <html>", "a web page"),
    "gzip": (b"\x1f\x8b\x08\x00", "an archive"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
    "script": (b"#!/usr/bin/env python\n# coding: utf-8\n\nimport numpy\n", "a Python script"),
    "script without a first line": (b"'''Answers.'''\n\nimport numpy as np\n", "a Python script"),
    "text": (b"These are my answers: 3 and 4.", "not valid JSON"),
    "list": (b'[1, 2, {"cells": []}]', "has no cells"),
    "other": (b'{"a": 1}', "has no cells"),
    "number": (b"7", "not valid JSON"),
    "single quotes": (b"{'cells': []}", "not valid JSON"),
    "two notebooks": (b'{"cells": []}{"cells": []}', "not valid JSON"),
    "comma": (b'{"cells": [],}', "not valid JSON"),
    "no colon": (b'{"cells"; []}', "not valid JSON"),
    "cut off": (b'{"cells": [{"source": "x = ', "its end is missing"),
    "cut off in an output": (b'{"cells": [{"outputs": [{"a": [', "its end is missing"),
    "cells no list": (b'{"cells": {"a": 1}}', "its cells are not a list"),
    "no cells": (b'{"cells": []}', "The notebook has no cells"),
    "blank cells": (b'{"cells": [{"source": " "}]}', "The notebook has no cells"),
    "format 5": (b'{"nbformat": 5, "cells": [{"source": "x"}]}', "format 5"),
    "format 7 as text": (b'{"nbformat": "7", "cells": [{"source": "x"}]}', "format 7"),
    "R": (b'{"metadata": {"kernelspec": {"language": "R"}}, "cells": [{"source": "x"}]}', "an R"),
}


@pytest.mark.parametrize("kind", NO_NOTEBOOKS)
def test_what_is_no_notebook_is_named(kind):
    content, words = NO_NOTEBOOKS[kind]
    with pytest.raises(Unreadable, match=words.replace("an R", "R kernel")) as error:
        read_submission(content)
    assert str(error.value).endswith(".") and len(str(error.value)) < 300


def test_a_merge_that_met_a_conflict_is_named(answer):
    with pytest.raises(Unreadable, match="conflict"):
        read_submission(merged(answer(RIGHT)))


def notebook_of(cells):
    return b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [' + cells + b"]}"


def cell_of(source=b'"x = 3"', more=b""):
    return b'{"cell_type": "code", "metadata": {}, "source": ' + source + more + b"}"


def setup_of(source):
    return notebook_of(
        b'{"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "setup"}}, "source": "'
        + source
        + b'"}'
    )


def outputs_of(value):
    return notebook_of(cell_of(more=b', "outputs": [' + value + b"]"))


def pictures_of(count):
    text = " ".join(f"attachment:{number}" for number in range(count))
    return json.dumps({"cell_type": "markdown", "source": text}).encode()


FULL = MOST_SUBMISSION_BYTES * 2 // 5  # the rest of it takes longer, and shows no more
TOO_MUCH = {
    "empty cells": lambda: notebook_of(b",".join([b"{}"] * 400_000)),
    "cells": lambda: notebook_of(b",".join([cell_of()] * 30_000)),
    "cells in sheets": lambda: b'{"worksheets": [' + b'{"cells": [{}]},' * 30_000 + b"{}]}",
    "cells said twice": lambda: b"{" + b'"cells": [{}],' * 30_000 + b'"a": 1}',
    "lists in lists": lambda: b"[" * FULL,
    "objects in objects": lambda: b'{"a":' * (FULL // 5),
    "deep cells": lambda: notebook_of(b"[" * 10_000_000 + b"]" * 10_000_000),
    "names": lambda: b"{" + b'"a":1,' * (FULL // 6) + b'"b":2}',
    "names of metadata": lambda: notebook_of(
        cell_of(more=b', "metadata": {' + b'"a":{},' * 10_000_000 + b'"b":1}')
    ),
    "attachments": lambda: notebook_of(
        cell_of(more=b', "attachments": {' + b'"a":{"image/png":"iVBORw0KGgoA"},' * 2_000_000)
    ),
    "source": lambda: notebook_of(cell_of(b'"' + b"a" * FULL + b'"')),
    "lines of source": lambda: notebook_of(cell_of(b"[" + b'"",' * (FULL // 3) + b'""]')),
    "sources": lambda: notebook_of(b",".join([cell_of(b'"' + b"a" * 10_000 + b'"')] * 1_000)),
    "no end": lambda: b'{"cells": [{"source": "' + b"a" * FULL,
    "commas": lambda: b'{"cells": [' + b"," * FULL,
    "quotes": lambda: b"{" + b'"' * FULL,
    "blanks": lambda: b" " * FULL,
    "wide signs": lambda: ('{"' + "\U0001f600" * (5 * MEGABYTE - 10)).encode("utf-32-le"),
    "many wide signs": lambda: ('{"' + "\U0001f600" * (6 * MEGABYTE)).encode("utf-32"),
    "too large": lambda: b" " * (MOST_SUBMISSION_BYTES + 1),
}
ENOUGH = {
    "cells": lambda: notebook_of(b",".join([cell_of()] * MOST_CELLS)),
    "one line of source": lambda: notebook_of(
        cell_of(b'"' + b"a" * (MOST_SOURCE_BYTES - 2) + b'"')
    ),
    "lines of source": lambda: notebook_of(
        cell_of(b"[" + b'"ab",' * (MOST_SOURCE_BYTES // 5 - 2) + b'"a"]')
    ),
    "a long integer": lambda: b'{"nbformat": ' + b"9" * 10**6 + b',"cells": [' + cell_of() + b"]}",
    "a large number": lambda: b'{"nbformat": 1e999999, "cells": [{"source": "x"}]}'.replace(
        b"1e9", b"-1e9"
    ),
    "long integers in source": lambda: notebook_of(
        cell_of(b'["x",' + b"9" * 10**6 + b",1e999999]")
    ),
    "a picture": lambda: outputs_of(b'{"data": {"image/png": "' + b"A" * FULL + b'"}}'),
    "backslashes": lambda: outputs_of(b'"' + b"\\\\" * (FULL // 2) + b'"'),
    "quotes": lambda: outputs_of(b'"' + b'\\"' * (FULL // 2) + b'"'),
    "a table": lambda: outputs_of(
        b'{"data": {"x": [' + b'{"a":1.5,"b":[2]},' * 5_000_000 + b"1]}}"
    ),
    "lists": lambda: outputs_of(b"[]," * (FULL // 3) + b"1"),
    "deep outputs": lambda: outputs_of(b"[" * 900_000 + b"]" * 900_000),
    "a locked cell of many lines": lambda: setup_of(b"x=1\\n" * 800_000),
    "a locked cell of many names": lambda: setup_of(b"x\\n" * 25_000),
    "a locked cell of many signs": lambda: setup_of(b"-" * 45_000 + b"1"),
    "a locked cell of one long sum": lambda: setup_of(b"1+" * 24_000 + b"1"),
    "a locked cell of brackets": lambda: setup_of(b"(" * 45_000),
    "pictures that are not there": lambda: notebook_of(b",".join([pictures_of(100)] * MOST_CELLS)),
}  # fmt: skip


def within_limits(work, megabytes=200, seconds=60):
    """Do something in a process that may take so much memory more than this one has."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)
        with open("/proc/self/statm") as file:
            taken = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + megabytes * MEGABYTE,) * 2)
        try:
            said = work()
        except BaseException as error:
            said = f"failed: {error!r}"
        os.write(writing, said.encode()[:4000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        said = file.read().decode()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return said


linux = pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="limits by Linux")


@linux
@pytest.mark.parametrize("kind", TOO_MUCH)
def test_too_much_gets_a_sentence(assignment, kind):
    content = TOO_MUCH[kind]()

    def read():
        try:
            return f"read {len(read_submission(content).cells)} cells"
        except Unreadable as reason:
            return str(reason)

    said = within_limits(read)
    assert said[0].isupper() and said.endswith(".") and "hand" in said.lower(), said


@linux
@pytest.mark.parametrize("kind", ENOUGH)
def test_what_is_within_the_limits_takes_little(assignment, kind):
    content, released = ENOUGH[kind](), assignment.notebook

    def restore():
        restored = restore_cells(read_submission(content), released)
        nbformat.validate(restored)
        return f"read {len(restored.cells)} cells"

    assert within_limits(restore).startswith("read ")


def test_an_honest_notebook_with_large_outputs_is_graded(assignment, answer):
    def show_much(notebook):
        png = base64.b64encode(secrets.token_bytes(MEGABYTE)).decode()
        points = [[number, [number / 7, {"r": [1, 2]}]] for number in range(20_000)]
        data = {"image/png": png, "application/vnd.plotly.v1+json": {"data": points}}
        table = {"text/html": ["<tr><td>1</td></tr>\n"] * 50_000}
        for shown in (data, table):
            notebook.cells[1].outputs.append(nbformat.v4.new_output("display_data", shown))

    graded = grade_submission(assignment, answer(RIGHT, show_much))
    assert (graded.status, graded.score) == ("graded", 7)


ODD = [
    None, True, 0, -1, 1.5, 10**400, "", "q1", "\ud83d", "x" * 70, [], {}, [[]], [None],
    {"": {}}, {"nbgrader": {"grade_id": "q1"}}, ["a", "b"], "code", "markdown", "attachment:a.png",
]  # fmt: skip


def places_in(value, found):
    """Every list and object of a value, with each of its keys."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], dict | list):
            places_in(value[key], found)
    return found


def mutated(right, chance):
    """Change a notebook in a few places, as JSON or as bytes."""
    data = json.loads(right)
    for _ in range(chance.randrange(4)):
        holder, key = chance.choice(places_in(data, []))
        value = chance.choice([*ODD, holder[key], data.get("cells")])
        change = chance.randrange(3)
        if change == 0:
            holder[key] = json.loads(json.dumps(value))
        elif change == 1:
            del holder[key]
        elif isinstance(holder, list):
            holder.insert(key, json.loads(json.dumps(value)))
        else:
            holder[f"{key}_"] = json.loads(json.dumps(value))
    content = bytearray(json.dumps(data).encode())
    for _ in range(chance.choice([0, 0, 1, 3])):
        place = chance.randrange(len(content) + 1)
        if chance.random() < 0.7:
            content[place : place + chance.randrange(3)] = chance.choice(
                [b'"', b"{", b"}", b"[", b"]", b",", b"\\", b":", b"\xff", b"\0", b"1e9", b"nul"]
            )
        else:
            del content[place:]
    return bytes(content)


def test_whatever_comes_is_read_or_named(assignment, answer):
    seed = random.randrange(2**32)
    print("seed", seed)
    chance, released = random.Random(seed), assignment.notebook
    read = 0
    for number in range(500):
        content = mutated(answer(RIGHT), chance)
        try:
            notebook = restore_cells(read_submission(content), released)
        except Unreadable as reason:
            assert str(reason).endswith("."), (number, content)
        except Exception as error:
            raise AssertionError(f"seed {seed}, number {number}: {content!r}") from error
        else:
            read += 1
            nbformat.validate(notebook)
            nbformat.v4.writes(notebook).encode("utf-8")
    assert 100 < read < 500


def test_what_is_valid_json_is_read_as_json_reads_it():
    seed = random.randrange(2**32)
    print("seed", seed)
    chance = random.Random(seed)
    for _ in range(300):
        value = made_up(chance, 4)
        text = json.dumps({"a": value, "b": 1}, indent=chance.choice([None, 1])).encode()
        reading, found = Pieces(text), {}
        for name in reading.members():
            if name == "b":
                found[name] = reading.take(9)
        reading.end()
        assert found == {"b": 1}


def made_up(chance, depth):
    """Make up a value that JSON can hold."""
    if depth and chance.random() < 0.7:
        parts = [made_up(chance, depth - 1) for _ in range(chance.randrange(4))]
        return (
            parts
            if chance.random() < 0.5
            else {str(number): one for number, one in enumerate(parts)}
        )
    return chance.choice([None, True, 1, -2.5e10, "", 'a "quoted" \\ text\n{[', "ä😀", "\\", '"'])
