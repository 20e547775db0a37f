"""The floor of grading: processor time of a notebook's own cells in a process that is warm.

No grader that runs the notebook can be faster than this, divided by the cores. The process has
imported what a grading kernel has, and each repeat is a fork of it, as in grading: what the first
figure or the first opened file costs, every submission pays. Cells run in ipykernel's own shell,
with figures drawn into the notebook; checks are left out.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
RELEASE = COURSE / "release/cross_session"
NOTEBOOK = COURSE / "solutions/cross_session/cross_session.ipynb"
REPEATS = 5
INLINE = "module://matplotlib_inline.backend_inline"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def measure_floor(notebook=NOTEBOOK, recordings_folder=None, repeats=REPEATS):
    """Measure the processor time of a notebook's cells, in a process of its own.

    Parameters
    ----------
    notebook : path-like
        Its code cells must run without an error. Those that only check are skipped.
    recordings_folder : path-like, optional
        What ``open_cache()`` opens; by default the unpacked practice recordings.
    repeats : int
        Each in a fork of the same warm process.

    Returns
    -------
    dict
        ``total``: median over the repeats of the processor seconds (user and system) of all cells
        together; ``cells``: the same of each cell, by its id; ``repeats``: the total of each
        repeat; ``images``: how many pictures were shown; ``recordings`` and ``notebook``: what
        was measured.

    Raises
    ------
    RuntimeError
        If a cell fails; the message holds its error.
    """
    if recordings_folder is None:
        from visual_coding_course.recordings import unpacked_folder

        recordings_folder = unpacked_folder()
    notebook, recordings_folder = Path(notebook).resolve(), Path(recordings_folder).resolve()
    environment = {
        **os.environ,
        **ONE_THREAD,
        "MPLBACKEND": INLINE,
        "VISUAL_CODING_COURSE_RECORDINGS": str(recordings_folder),
    }
    with tempfile.TemporaryDirectory(prefix="floor-") as folder:
        # A copy, with what a student has beside it; otter leaves a log beside what it runs in.
        copy = Path(shutil.copytree(RELEASE, Path(folder, "copy")), notebook.name)
        shutil.copy(notebook, copy)
        command = [sys.executable, str(Path(__file__).resolve()), "--warm", str(repeats), str(copy)]
        done = subprocess.run(
            command, env=environment, cwd=copy.parent, capture_output=True, text=True
        )
    if done.returncode:
        raise RuntimeError(f"{notebook.name} could not be measured: {done.stderr[-2000:]}")
    runs = json.loads(done.stdout.splitlines()[-1])
    seconds = [run for run, _ in runs]
    totals = [sum(run.values()) for run in seconds]
    return {
        "notebook": str(notebook),
        "recordings": str(recordings_folder),
        "total": statistics.median(totals),
        "repeats": totals,
        "cells": {name: statistics.median(run[name] for run in seconds) for name in seconds[0]},
        "images": runs[0][1],
    }


def code_cells(notebook):
    """Id and source of each code cell that does not only check."""
    cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
    code = [(cell["id"], "".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    return [(name, source) for name, source in code if not source.startswith("grader.check")]


def warm():
    """Import what a grading kernel has imported."""
    from visual_coding_course.inside.server import MODULES
    from visual_coding_course.recordings.needs import NEEDS

    for name in (*NEEDS.preload, *MODULES):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()


def processor_seconds():
    """User and system time of this process with its threads, and of its children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def run_cells(cells):
    """Run cells in a kernel in this process.

    Returns
    -------
    seconds : dict
        Cell id to processor seconds.
    images : int
        How many pictures were shown.
    """
    from ipykernel.inprocess.manager import InProcessKernelManager

    from visual_coding_course.inside.inline import draw_inline

    manager = InProcessKernelManager()
    manager.start_kernel()
    draw_inline(manager.kernel.shell)
    client = manager.client()
    client.start_channels()
    seconds, images = {}, 0
    for name, source in cells:
        before = processor_seconds()
        client.execute(source)
        seconds[name] = processor_seconds() - before
        reply = client.get_shell_msg()["content"]
        if reply["status"] != "ok":
            raise RuntimeError(f"{name}: {reply['ename']}: {reply['evalue']}")
        while client.iopub_channel.msg_ready():
            images += "image/png" in client.get_iopub_msg()["content"].get("data", {})
    return seconds, images


def run_in_fork(cells):
    """As `run_cells`, in a fork that ends with it."""
    ready, written = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.write(written, json.dumps(run_cells(cells)).encode())
            status = 0
        except BaseException as error:
            print(error, file=sys.stderr, flush=True)
        finally:
            os._exit(status)
    os.close(written)
    with os.fdopen(ready, "rb") as stream:
        answer = stream.read()
    if os.waitpid(child, 0)[1]:
        raise SystemExit(1)
    return json.loads(answer)


def main():
    """Print the floor as a table, or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", nargs="?", default=NOTEBOOK, help="a solved notebook")
    parser.add_argument("--recordings", metavar="FOLDER", help="default: the unpacked ones")
    parser.add_argument("--repeats", type=int, default=REPEATS, metavar="N")
    parser.add_argument("--json", action="store_true", help="print all numbers as JSON")
    parser.add_argument("--warm", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.warm:
        warm()
        cells = code_cells(given.notebook)
        print(json.dumps([run_in_fork(cells) for _ in range(given.warm)]))
        return
    floor = measure_floor(given.notebook, given.recordings, given.repeats)
    if given.json:
        print(json.dumps(floor, indent=1))
        return
    for name, seconds in floor["cells"].items():
        print(f"{name:20} {seconds:6.3f} s")
    print(f"{'all':20} {floor['total']:6.3f} s")


if __name__ == "__main__":
    main()
