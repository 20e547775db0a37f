"""What a kernel sends costs the grader's process little, whatever it is, and makes a valid page."""

import json
import resource

import nbformat
import pytest

from visual_coding_course.inside.limits import Limits
from visual_coding_course.isolation import warm
from visual_coding_course.isolation.forked import Forked
from visual_coding_course.isolation.kernel import KernelGone, StudentKernel, TimedOut
from visual_coding_course.isolation.outputs import ITEM_BYTES, MOST_DEPTH, weigh
from visual_coding_course.recordings.needs import NEEDS

LIMITS = Limits(cell_seconds=5, wall_factor=6, interrupt_grace_seconds=1)
MEGABYTE = 1024**2
MOST_MEGABYTES = 600  # of the 1024 that the process of a submission may take
PUBLISH = """
kernel = get_ipython().kernel

def publish(kind, content, **more):
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent(), **more)
"""
#: Writes into a connection of the kernel's own sockets: parts of a message that never ends.
FRAMES = """
import os, socket, stat

def connected(number):
    found = []
    for handle in range(3, 256):
        try:
            if not stat.S_ISSOCK(os.fstat(handle).st_mode):
                continue
            one = socket.socket(fileno=os.dup(handle))
            listens = one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
            peer = one.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 4)
            ours = int.from_bytes(peer, "little") == os.getpid()
            if str(one.getsockname()).endswith(f"kernel-{number}") and not listens and not ours:
                found.append(one)
        except OSError:
            pass
    return found

one = connected(NUMBER)[-1]
one.setblocking(True)
body = bytes(SIZE)
frame = (b"\\x03" + SIZE.to_bytes(8, "big") if SIZE > 255 else b"\\x01" + bytes([SIZE])) + body
while True:
    one.sendall(frame)
"""


def _serve(pipe, limits, sources):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook, reasons = nbformat.v4.new_notebook(cells=cells), []
    with StudentKernel(notebook, limits, {}, needs=NEEDS) as kernel:
        for index, cell in enumerate(cells):
            try:
                kernel.run(cell, index)
            except (TimedOut, KernelGone) as reason:
                reasons.append((type(reason).__name__, str(reason), reason.by_grader))
    text = nbformat.v4.writes(notebook).encode("utf-8", "replace").decode()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pipe.send(((peak - before) / 1024, reasons, text))


def run(*sources, limits=LIMITS):
    """Run cells; returns what that took at most (MB), how it ended, and the notebook, valid."""
    kept = [warm.connection(NEEDS).fileno()]
    forked = Forked(_serve, limits, sources, kept=kept)
    try:
        megabytes, reasons, text = forked.pipe.recv()
    finally:
        forked.end()
    print(f"{megabytes:.0f} MB", reasons, f"page {len(text) / MEGABYTE:.1f} MB")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert megabytes < MOST_MEGABYTES
    assert len(text) < 2 * limits.output_megabytes * MEGABYTE
    return reasons, notebook


@pytest.mark.parametrize(
    ("number", "size"), [(1, 1 << 20), (2, 1), (2, 1 << 20), (2, 40 << 20), (3, 1 << 20)],
)  # fmt: skip
def test_parts_of_a_message_without_end(number, size):
    source = FRAMES.replace("NUMBER", str(number)).replace("SIZE", f"({size})")
    reasons, _ = run(source)
    assert reasons, "It ended by itself."


@pytest.mark.parametrize(
    "many",
    ["[{}] * 8_000_000", "[[]] * 8_000_000", "[0] * 8_000_000", "[{'a': 0}] * 2_400_000",
     "{str(n): '' for n in range(1_500_000)}", "'\\U0001f600' + 'x' * 19_000_000",
     "'x' * 30_000_000", "[',' * 10_000_000]"],
)  # fmt: skip
def test_a_message_of_many_items(many):
    send = f"publish('display_data', {{'data': {{'application/json': {many}}}, 'metadata': {{}}}})"
    _, notebook = run(PUBLISH, send, "print('after')")
    assert "after" in notebook.cells[-1].outputs[-1].text or "left out" in str(notebook.cells[2])


def test_many_messages_of_many_items():
    send = (
        "for _ in range(80):\n"
        "    publish('display_data', {'data': {'application/json': [{}] * 100_000}})"
    )
    _, notebook = run(PUBLISH, send)
    assert "more than 20 MB" in str(notebook.cells[1].outputs)


def test_a_message_that_is_too_deep():
    send = (
        "deep = '0'\n"
        "for _ in range(DEPTH): deep = f'[{deep}]'\n"
        "kernel.session.pack = lambda content: content.encode() if isinstance(content, str)"
        " else __import__('json').dumps(content, default=str).encode()\n"
        "publish('display_data', '{\"data\": {\"application/json\": ' + deep + '}}')\n"
        "print('after')"
    )
    for depth in (MOST_DEPTH - 10, 900, 5000, 100_000):
        _, notebook = run(PUBLISH, send.replace("DEPTH", str(depth)))
        shown = str(notebook.cells[1].outputs)
        assert "after" in shown
        assert ("application/json" in shown) == (depth < MOST_DEPTH)


def test_errors_count_and_the_first_is_told_all_the_same():
    send = (
        "for _ in range(90):\n"
        "    publish('error', {'ename': 'E', 'evalue': 'v', 'traceback': ['x' * 1_000_000]})"
    )
    _, notebook = run(PUBLISH, send, "raise ValueError('why')")
    assert len(nbformat.writes(notebook)) < 25 * MEGABYTE
    assert "more than 20 MB" in str(notebook.cells[1].outputs)
    errors = [output for output in notebook.cells[2].outputs if output.output_type == "error"]
    assert [(error.ename, error.evalue) for error in errors] == [("ValueError", "why")]


def test_many_displays_of_one_name_that_are_changed_together():
    send = (
        "from IPython.display import display\n"
        "for _ in range(500): display('x', display_id='one')\n"
        "publish('update_display_data', {'data': {'text/plain': 'y' * 10_000_000},\n"
        "    'metadata': {}, 'transient': {'display_id': 'one'}})"
    )
    _, notebook = run(PUBLISH, send)
    assert "more than 20 MB" in str(notebook.cells[1].outputs)


def test_a_cell_has_a_greatest_number_of_outputs_and_goes_on():
    source = (
        "from IPython.display import display\nfor n in range(1500): display(n)\nprint('a'); x = 3"
    )
    reasons, notebook = run(source, "x", "for _ in range(3000): print('b', flush=True)")
    assert reasons == []
    assert len(notebook.cells[0].outputs) == LIMITS.cell_outputs + 1
    said = "What comes after is left out: the cell has more than 1000 outputs.\n"
    assert notebook.cells[0].outputs[-1].text == said
    assert notebook.cells[1].outputs[0].data["text/plain"] == "3"
    assert len(notebook.cells[2].outputs) == 1


def test_figures_of_some_megabytes_are_shown():
    source = (
        "import os\nfrom IPython.display import Image, display\n"
        "picture = b'\\x89PNG\\r\\n\\x1a\\n' + os.urandom(4_000_000)\n"
        "for _ in range(3): display(Image(data=picture, format='png'))"
    )
    reasons, notebook = run(source)
    assert reasons == []
    assert [len(output.data["image/png"]) > 5e6 for output in notebook.cells[0].outputs] == [
        True, True, True
    ]  # fmt: skip


def test_a_single_output_that_is_too_large_is_told():
    _, notebook = run("print('x' * 30_000_000)", "print('x' * 60_000_000)", "print('after')")
    for cell in notebook.cells[:2]:
        assert "left out" in cell.outputs[-1].text or "did not arrive" in cell.outputs[-1].text


ODD = [
    "{'name': 5, 'text': {'a': 1}}", "{}", "{'name': 'stdout', 'text': None}",
    "{'data': [], 'metadata': 3, 'transient': {'display_id': ['x']}}",
    "{'data': {'text/plain': 5, 'image/png': ['x', 1], 'text/html': ['a', 'b']}}",
    "{'data': {'text/plain': 'x'}, 'execution_count': 'one', 'transient': []}",
    "{'ename': None, 'evalue': 7, 'traceback': 'text'}", "{'traceback': [1, None, 'x']}",
    "{'wait': {}}", "{'execution_state': ['idle']}", "{'execution_count': 1e400}",
    "{'execution_count': True, 'code': 5}", "{'execution_count': -1}",
]  # fmt: skip


def test_odd_messages_leave_the_notebook_valid():
    kinds = ["stream", "error", "display_data", "execute_result", "update_display_data",
             "clear_output", "status", "execute_input", "comm_open", "nothing"]  # fmt: skip
    send = f"for kind in {kinds}:\n    for odd in [{', '.join(ODD)}]: publish(kind, odd)"
    reasons, notebook = run(PUBLISH, send, "print('after')", "1 / 0")
    assert reasons == []
    assert notebook.cells[2].outputs[0].text == "after\n"
    assert notebook.cells[3].outputs[0].ename == "ZeroDivisionError"


@pytest.mark.parametrize(
    "ending",
    ["while True: pass", "import os; os._exit(1)", "while True: print('x' * 100_000)",
     "import time\nfor _ in range(4): print('x', end='\\r', flush=True)\nwhile True: pass"],
)  # fmt: skip
def test_a_cell_that_is_stopped_leaves_the_notebook_valid(ending):
    limits = Limits(cell_seconds=1, wall_factor=20, output_megabytes=1)
    _, notebook = run("print('before')", f"print('a', flush=True)\n{ending}", limits=limits)
    assert notebook.cells[0].outputs[0].text == "before\n"
    for output in notebook.cells[1].outputs[:1]:
        assert output.text.startswith("a\n")


def test_displays_are_changed_by_their_name_after_prints_were_joined():
    show = (
        "from IPython.display import display, update_display\n"
        "print('a', flush=True); print('b', flush=True); display(1, display_id='n');"
    )
    _, notebook = run(show, "update_display(2, display_id='n')", "print('c')")
    printed, shown = notebook.cells[0].outputs
    assert (printed.text, shown.data) == ("a\nb\n", {"text/plain": "2"})
    assert notebook.cells[1].outputs == []


def test_weight_counts_items_outside_of_texts():
    commas = {"text": 'a,b{[",\\"' * 50, "list": [1, 2, {"x": []}]}
    text = json.dumps(commas).encode()
    items = 4 + 6 + 1  # texts, commas and brackets
    assert weigh(text) - len(text) <= ITEM_BYTES * (items + 2)
    assert weigh(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH) < float("inf")
    assert weigh(b"[" * (MOST_DEPTH + 1)) == float("inf")
    assert weigh(b'"' + b'\\\\\\"[' * 1000 + b'"') < 10_000
