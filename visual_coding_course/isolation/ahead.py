"""Start early, in processes of their own, what takes long to import."""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver

from ..inside.changed import environment
from ..shared.needs import NOTHING, Needs
from . import warm
from .sandbox import find_bubblewrap

FORKS = "forkserver" in multiprocessing.get_all_start_methods()
# Parallel submissions leave no core to a numerical library's own threads.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# What a worker imports; with a fork server, once for all of them.
IMPORTED = ["visual_coding_course.grading.imported"]


def prepare(isolated: bool = True, needs: Needs = NOTHING) -> None:
    """Start the warm process, and the one that workers are forked from; do not wait for them.

    Parameters
    ----------
    isolated : bool
        As in `grade_submission`.
    needs : Needs
        Of the assignment.

    Raises
    ------
    NoIsolation
        If student code is to be isolated, and cannot be on this machine.
    """
    if isolated:
        find_bubblewrap()
    if FORKS:
        with environment(ONE_THREAD):
            forkserver.set_forkserver_preload([*IMPORTED, *needs.imported])
            forkserver.ensure_running()
    if isolated:
        warm.start(needs)
