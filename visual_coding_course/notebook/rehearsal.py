"""Run a saved notebook from the top in a fresh kernel, as grading does."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from .. import REHEARSAL
from ..checking.results import QuestionResult
from ..inside.leftovers import NOTE
from ..inside.limits import Limits
from .saved import Saved

#: What the kernel of a notebook that is graded passes over, this one passes over, too.
BEFORE = (
    "from IPython import get_ipython\n"
    "from visual_coding_course.inside.leftovers import go_on\n"
    "go_on(get_ipython().kernel)"
)
CHECKS = re.compile(r"\.check\(\s*['\"](\w+)['\"]")
#: The error of a cell that was stopped, since it did not come to its end.
NO_END = "KeyboardInterrupt"
DIED = "the kernel died"


#: What nbclient tells of cells is told in sentences.
QUIET = logging.getLogger(f"{__name__}.quiet")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False


@dataclass(frozen=True)
class Stopped:
    """A cell that stopped with an error.

    Attributes
    ----------
    source : str
        Its text.
    name, message : str
        Of the error.
    """

    source: str
    name: str
    message: str


@dataclass
class Rehearsal:
    """What came of running a notebook from the top.

    Attributes
    ----------
    checked : dict of str to dict
        By question: ``status``, ``score``, ``max_score`` and ``hints``.
    stopped : list of Stopped
        Cells that stopped with an error.
    notes : list of str
        What of the notebook grading passes over.
    slow : list of (str, float)
        Cells that took longer than one may when it is graded, and the seconds.
    seconds : float
        What all of it took.
    """

    checked: dict[str, dict[str, Any]] = field(default_factory=dict)
    stopped: list[Stopped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    slow: list[tuple[str, float]] = field(default_factory=list)
    seconds: float = 0.0


def note_check(result: QuestionResult) -> bool:
    """Note what a check found, where a notebook is being run for a rehearsal.

    Returns
    -------
    bool
        Whether it is.
    """
    into = os.environ.get(REHEARSAL)
    if not into:
        return False
    row = {
        "question": result.name,
        "status": result.status,
        "score": result.score,
        "max_score": result.max_score,
        "hints": [hint for hint in result.hints if hint != result.trouble],
    }
    with open(into, "a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    return True


def unattended() -> bool:
    """Whether a notebook is run by a program, and nobody is there who would hand it in."""
    return REHEARSAL in os.environ or bool(os.environ.get("NBGRADER_EXECUTION"))


def rehearse(
    saved: Saved,
    questions: Iterable[str],
    tell: Callable[[int, int], None] = lambda done, total: None,
    limits: Limits | None = None,
) -> Rehearsal:
    """Run a notebook from the top in a fresh kernel of this Python.

    Parameters
    ----------
    saved : Saved
        The notebook; it and its file stay as they are.
    questions : iterable of str
        Those to check. What the notebook has no check of is checked at its end.
    tell : callable
        Called with how many cells have run, of how many.
    limits : Limits, optional
        On the time of a cell.

    Returns
    -------
    Rehearsal
    """
    limits = limits or Limits()
    notebook = nbformat.reads(nbformat.writes(saved.notebook), as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    there = {name for cell in code for name in CHECKS.findall(cell.source)}
    missing = [f'grader.check("{name}")' for name in questions if name not in there]
    own = [nbformat.v4.new_code_cell(source) for source in (BEFORE, *missing)]
    notebook.cells = [own[0], *notebook.cells, *own[1:]]
    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        into = Path(folder) / "checked.jsonl"
        found = _run(notebook, saved.path.parent, into, tell, limits)
        if into.is_file():
            rows = map(json.loads, into.read_text(encoding="utf-8").splitlines())
            found.checked = {row["question"]: row for row in rows}
    found.seconds = time.monotonic() - begun
    return found


def _run(
    notebook: Any, where: Path, into: Path, tell: Callable[[int, int], None], limits: Limits
) -> Rehearsal:
    """Run the cells, in a thread: this may be a kernel, which has a loop of its own running."""
    found, ended, done = Rehearsal(), Event(), [0]
    total = sum(cell.cell_type == "code" for cell in notebook.cells)
    begun: dict[int, float] = {}

    def before(cell: Any, cell_index: int) -> None:
        begun[cell_index] = time.monotonic()

    def after(cell: Any, cell_index: int, execute_reply: Any) -> None:
        done[0] += 1
        seconds = time.monotonic() - begun[cell_index]
        if seconds > limits.cell_seconds:
            found.slow.append((cell.source, seconds))

    client = NotebookClient(
        notebook, timeout=limits.cell_seconds * limits.wall_factor, interrupt_on_timeout=True,
        allow_errors=True, kernel_name="python3", log=QUIET,
        resources={"metadata": {"path": str(where)}},
        on_cell_execute=before, on_cell_executed=after,
    )  # fmt: skip

    def run() -> None:
        try:
            # What the kernel itself says would stand in the terminal of the student's Jupyter.
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            client.execute(env={**os.environ, REHEARSAL: str(into)}, **quiet)
        except (DeadKernelError, CellTimeoutError):
            last = notebook.cells[max(begun, default=0)]
            found.stopped.append(Stopped(last.source, "", DIED))
        finally:
            ended.set()

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        while not ended.wait(0.3):
            tell(done[0], total)
    except BaseException:
        # Ctrl-C: without its kernel, the thread ends.
        if client.km is not None and client.km.provisioner is not None:
            client.km.provisioner.process.kill()
        raise
    thread.join()
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                found.stopped.append(Stopped(cell.source, output.ename, output.evalue))
            elif NOTE in output.get("data", {}):
                found.notes.append(output.data[NOTE])
    return found
