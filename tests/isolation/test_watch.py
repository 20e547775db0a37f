"""What ends a cell or a kernel: time, memory, and what it sends, of all its processes together."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import nbformat
import pytest

from visual_coding_course.inside.limits import Limits
from visual_coding_course.isolation.kernel import KernelGone, StudentKernel, TimedOut
from visual_coding_course.isolation.processes import (
    ProcessorTime,
    family,
    one_of_each,
    own,
    own_at_most,
)
from visual_coding_course.recordings.needs import NEEDS

#: Little processor time, and much by the clock: other things go on on this machine.
TIME = Limits(cell_seconds=1, wall_factor=30, interrupt_grace_seconds=0.5)
CLOCK = Limits(cell_seconds=15, wall_factor=0.1, interrupt_grace_seconds=200)
MEMORY = Limits(cell_seconds=30, memory_megabytes=300)
SPIN = "while True: pass"


@contextmanager
def kernel(limits, *sources, isolated=True, files=None):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    with StudentKernel(notebook, limits, files or {}, isolated, NEEDS) as running:
        yield running, cells


def how_it_ends(limits, *sources, isolated=True):
    """Run cells up to the first that ends badly; returns how it does."""
    with kernel(limits, *sources, isolated=isolated) as (running, cells):
        for index, cell in enumerate(cells):
            try:
                running.run(cell, index)
            except (TimedOut, KernelGone) as reason:
                return reason
    return None


@pytest.mark.parametrize("isolated", [True, False])
def test_a_loop_is_stopped_by_its_processor_time(isolated):
    reason = how_it_ends(TIME, SPIN, isolated=isolated)
    assert isinstance(reason, TimedOut) and reason.by_grader
    assert str(reason) == "A cell took more than 1 s of processor time and was stopped."


@pytest.mark.parametrize("isolated", [True, False])
def test_waiting_is_stopped_by_the_clock_and_may_be_the_machines_doing(isolated):
    reason = how_it_ends(CLOCK, "import time; time.sleep(60)", isolated=isolated)
    assert isinstance(reason, TimedOut) and not reason.by_grader
    assert str(reason) == "A cell ran longer than 1.5 s and was stopped."


def test_waiting_costs_no_processor_time():
    limits = Limits(cell_seconds=1, submission_seconds=1, wall_factor=30)
    assert how_it_ends(limits, "import time; time.sleep(1.5)", "1") is None


@pytest.mark.parametrize("isolated", [True, False])
def test_what_does_not_stop_is_killed(isolated):
    source = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{SPIN}"
    reason = how_it_ends(TIME, source, isolated=isolated)
    assert isinstance(reason, KernelGone) and reason.timed_out and reason.by_grader
    assert "1 s of processor time and did not stop when it was interrupted" in str(reason)


@pytest.mark.parametrize(
    "source",
    [
        # One that goes on, and is a child of a thread that has ended.
        "import os, threading, time\n"
        "def spin():\n"
        "    if os.fork() == 0:\n"
        "        while True: pass\n"
        "thread = threading.Thread(target=spin); thread.start(); thread.join(); time.sleep(60)",
        # Many, one after another, that are waited for; each is too short to be seen.
        "import subprocess\n"
        "while True: subprocess.run(['/bin/sh', '-c', 'i=0; while [ $i -lt 9999 ]; do i=$((i+1));"
        " done'])",
        # Many whose end nobody waits for.
        "import os, signal, time\n"
        "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
        "while True:\n"
        "    if os.fork() == 0:\n"
        "        end = time.process_time() + 0.4\n"
        "        while time.process_time() < end: pass\n"
        "        os._exit(0)\n"
        "    time.sleep(0.6)",
    ],
    ids=["child of a thread", "waited for", "not waited for"],
)
def test_the_processor_time_of_all_processes_counts(source):
    reason = how_it_ends(TIME, source)
    assert reason is not None and reason.by_grader, reason
    assert "1 s of processor time" in str(reason)


def test_all_cells_together_have_a_limit():
    limits = Limits(cell_seconds=5, submission_seconds=1.5, wall_factor=30)
    burn = "import time; end = time.process_time() + 0.7\nwhile time.process_time() < end: pass"
    reason = how_it_ends(limits, burn, burn, burn, burn)
    assert "The notebook took more than 1.5 s of processor time" in str(reason)


def test_what_the_grader_takes_between_cells_is_not_the_notebooks_time():
    limits = Limits(cell_seconds=1, submission_seconds=1, wall_factor=1)
    spin = "import threading\ndef spin():\n    while True: pass\n"
    with kernel(limits, "1", f"{spin}threading.Thread(target=spin).start()", "1") as (
        running,
        cells,
    ):
        running.run(cells[0], 0)
        time.sleep(1.5)
        running.run(cells[0], 0)
        with pytest.raises(TimedOut):
            running.run(cells[1], 1)
            for _ in range(500):
                running.run(cells[2], 2)


HOLD = "held = b'x' * (150 << 20); time.sleep(30)"
HOLDERS = {
    "children of a thread": (
        "import os, threading, time\n"
        "def start():\n"
        "    for _ in range(4):\n"
        "        if os.fork() == 0:\n"
        f"            {HOLD}\n"
        "    time.sleep(30)\n"
        "threading.Thread(target=start).start(); time.sleep(20)"
    ),
    "processes whose first thread has gone": (
        "import ctypes, os, threading, time\n"
        "def hold():\n"
        f"    {HOLD}\n"
        "for _ in range(4):\n"
        "    if os.fork() == 0:\n"
        "        threading.Thread(target=hold).start()\n"
        "        ctypes.CDLL(None).syscall(60, 0)\n"  # exit, of this thread alone
        "time.sleep(20)"
    ),
    "processes that nobody may look into": (
        "import ctypes, os, time\n"
        "for _ in range(4):\n"
        "    if os.fork() == 0:\n"
        "        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)\n"
        f"        {HOLD}\n"
        "time.sleep(20)"
    ),
    "children of what has ended": (
        "import os, time\n"
        "for _ in range(4):\n"
        "    if os.fork() == 0:\n"
        "        if os.fork(): os._exit(0)\n"
        f"        {HOLD}\n"
        "time.sleep(20)"
    ),
}


@pytest.mark.parametrize("source", HOLDERS.values(), ids=HOLDERS)
def test_the_memory_of_all_processes_counts(source):
    reason = how_it_ends(MEMORY, source)
    assert isinstance(reason, KernelGone) and reason.by_grader
    assert str(reason) == "It used more than 300 MB of memory."


def test_to_start_a_program_takes_no_memory():
    source = (
        "import subprocess\nheld = b'x' * (265 << 20)\n"
        "for _ in range(100): subprocess.run(['/bin/true'])"
    )
    assert how_it_ends(MEMORY, source) is None


def test_processes_are_looked_at_from_the_oldest():
    source = (
        "import os, time\n"
        "for _ in range(3):\n    time.sleep(0.1)\n    if os.fork(): break\n"
        "else: print('all are there', flush=True)\n"
        "time.sleep(20)"
    )
    command = [sys.executable, "-c", source]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as first:
        try:
            assert first.stdout.readline()
            line = [first.pid]
            while found := family(line[-1]) - {*line}:
                line.append(max(found, key=lambda pid: len(family(pid))))
            assert len(line) == 4
            assert one_of_each(line) == one_of_each(line[::-1]) == line
        finally:
            os.killpg(first.pid, signal.SIGKILL)


def test_a_kernel_that_others_kill_is_not_the_submissions_doing():
    with kernel(TIME, "1", "2") as (running, cells):
        running.run(cells[0], 0)
        running._client.km.provisioner.fork.signal(signal.SIGKILL)
        with pytest.raises(KernelGone) as caught:
            running.run(cells[1], 1)
    assert not caught.value.by_grader and not caught.value.timed_out


def test_files_stand_beside_the_notebook_and_cannot_be_written_to():
    files = {
        "helper.py": b"value = 7", "deep/er/data.csv": b"1,2", "tests": b"in the way",
        "../outside": b"", "/etc/passwd": b"", "x" * 300: b"", "tests/q1.py": b"points = 3",
    }  # fmt: skip
    source = (
        "import glob, os, stat, helper\n"
        "print(helper.value, open('deep/er/data.csv').read(), open('tests/q1.py').read(), sorted(\n"
        "    (path, oct(stat.S_IMODE(os.stat(path).st_mode)))\n"
        "    for path in glob.glob('**', recursive=True) if os.path.isfile(path)))"
    )
    for isolated in (True, False):
        with kernel(TIME, source, files=files, isolated=isolated) as (running, (cell,)):
            running.run(cell, 0)
        names = [(name, "0o444") for name in ("deep/er/data.csv", "helper.py", "tests/q1.py")]
        assert cell.outputs[0].text == f"7 1,2 points = 3 {names}\n"


def test_processes_are_found_and_measured_from_outside():
    code = (
        "import os, sys, threading, time\n"
        "if os.fork() == 0:\n"
        "    held = b'x' * (50 << 20); print('ready', flush=True); time.sleep(60)\n"
        "time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        parent.stdout.readline()
        found = family(parent.pid)
        assert parent.pid in found and len(found) == 2
        (child,) = found - {parent.pid}
        assert 50 << 20 < own(child) <= own_at_most(child) < 265 << 20
    finally:
        os.killpg(parent.pid, signal.SIGKILL)
        parent.communicate()
    assert own(parent.pid) == own_at_most(parent.pid) == 0


def test_processor_time_never_becomes_less():
    used, codes = ProcessorTime(), "import time\nwhile time.process_time() < 0.7: pass"
    running = subprocess.Popen([sys.executable, "-c", f"{codes}\ntime.sleep(60)"])
    try:
        while used.seconds < 0.5:
            used.look(family(running.pid))
            time.sleep(0.02)
    finally:
        running.kill()
        running.wait()
    before = used.seconds
    used.look(family(running.pid))
    used.look([])
    assert used.seconds == before >= 0.5
