"""Grade many submissions at once, on Dask."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from ..assignment import Assignment
from ..kernels import warm
from ..kernels.sandbox import NoIsolation
from ..practice import grading_folder
from .ahead import FORKS, ONE_THREAD, prepare
from .graded import GradedSubmission, not_graded
from .submissions import NotAccepted, Submission

PATIENCE = "30s"
REPLACED = "120s"  # when there is a worker again at the latest, where all have died
FETCHED = "60s"  # when the result of a submission that is done is here at the latest
REPLACE_SECONDS = 2  # between two looks for workers that are gone for good
MOST_ATTEMPTS = 5  # where the workers' death cost more than their own submissions
METHOD = "forkserver" if FORKS else "spawn"
AHEAD = 2  # submissions for each worker that are read before one is free
SETTINGS = {
    "distributed.worker.daemon": False,
    "distributed.admin.log-format": "",
    # Nobody looks at them, and each process would import a server for it.
    "distributed.worker.http.routes": [],
    "distributed.scheduler.http.routes": [],
    # A notebook is no graph, and may be large.
    "distributed.admin.large-graph-warning-threshold": "1GB",
    # A submission whose worker died is tried once more; those that wait behind it are not blamed.
    "distributed.scheduler.allowed-failures": 1,
    "distributed.scheduler.worker-saturation": 1.0,
    # Dask would look at its own processes a hundred times a second, at a tenth of the time.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
}


@contextmanager
def _client(workers: int, scheduler: str | None, isolated: bool) -> Iterator:
    import dask
    from distributed import Client, LocalCluster

    if scheduler:
        with Client(scheduler, timeout=PATIENCE) as client:
            yield client
        return
    shared = {warm.ADDRESS: warm.start(grading_folder()).address} if isolated else {}
    settings = {**SETTINGS, "distributed.worker.multiprocessing-method": METHOD}
    with (
        dask.config.set(settings),
        patch.dict(os.environ, ONE_THREAD),
        # What the fork server imports is settled; Dask would import pandas here for another list.
        patch("distributed.utils._forkserver_preload_set", True, create=True),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            env=shared,
            dashboard_address=":0",
            memory_limit=0,
            silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster, timeout=REPLACED) as client,
    ):
        client.sync(_replace_workers, cluster, workers)
        yield client


async def _replace_workers(cluster: Any, count: int) -> None:
    """Keep a local cluster at its size: Dask gives up a worker that is slow to come back."""
    from distributed import Status
    from tornado.ioloop import PeriodicCallback

    def replace() -> None:
        for name, nanny in list(cluster.workers.items()):
            if nanny.status in (Status.failed, Status.closed):
                del cluster.workers[name]
        cluster.scale(count)

    cluster.periodic_callbacks["replace-workers"] = PeriodicCallback(
        replace, 1000 * REPLACE_SECONDS
    )
    cluster.periodic_callbacks["replace-workers"].start()


def grade_many(
    assignment: Assignment,
    submissions: list[Submission],
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    isolated: bool = True,
) -> Iterator[tuple[Submission, GradedSubmission]]:
    """Grade submissions in parallel, and yield each result as it ends.

    Parameters
    ----------
    assignment : Assignment
        What to grade against.
    submissions : list of Submission
        What was handed in.
    workers : int, optional
        Processes of the local cluster; as many as there are cores by default.
    scheduler : str, optional
        Address of a running Dask scheduler to use instead, such as
        ``tcp://10.0.0.1:8786``. Its workers need this package, the recordings
        and bubblewrap.
    isolated : bool
        As in `grade_submission`.

    Raises
    ------
    NoIsolation
        If student code is to be isolated, and cannot be on this machine, or a
        worker's.
    OSError
        If the scheduler cannot be reached.

    Yields
    ------
    (Submission, GradedSubmission)
        In the order in which they end.
    """
    if not submissions:
        return
    if not scheduler:
        prepare(isolated)
    workers = min(workers or os.cpu_count() or 1, len(submissions))
    with _client(workers, scheduler, isolated) as client:
        from distributed import as_completed

        waiting = deque((submission, 1) for submission in submissions)
        running, ended, shared = {}, as_completed(), None
        while waiting or running:
            room = AHEAD * max(1, sum(client.nthreads().values())) - len(running)
            while waiting and room > 0:
                submission, attempt = waiting.popleft()
                try:
                    content = submission.read()
                except NotAccepted as reason:
                    yield submission, not_graded(assignment, reason.status, str(reason))
                    continue
                shared = shared or _share(client, assignment)
                future = client.submit(_grade, shared, content, isolated=isolated, pure=False)
                running[future] = submission, attempt
                ended.add(future)
                room -= 1
            if running:
                future = next(ended)
                submission, attempt = running.pop(future)
                try:
                    graded = _outcome(assignment, future, attempt)
                except CancelledError:
                    # Every worker that held the assignment died; new ones need it again.
                    shared = None
                    waiting.appendleft((submission, attempt + 1))
                else:
                    yield submission, graded


def _grade(assignment: Assignment, content: bytes, isolated: bool) -> GradedSubmission:
    """Grade one, on a worker. What it takes to run student code is imported there alone."""
    from .submission import grade_submission

    return grade_submission(assignment, content, isolated=isolated)


def _share(client: Any, assignment: Assignment) -> Any:
    """Send the assignment to all workers; again, if one dies as it gets it."""
    for attempt in range(1, MOST_ATTEMPTS + 1):
        try:
            return client.scatter(assignment, broadcast=True, hash=False)
        except (OSError, ValueError) as error:
            # A ValueError is Dask's when the last worker goes between two of its steps. A
            # TimeoutError, which is an OSError, says that no worker came in all that time.
            if isinstance(error, TimeoutError) or attempt == MOST_ATTEMPTS:
                raise
            time.sleep(REPLACE_SECONDS)


def _outcome(assignment: Assignment, future: Any, attempt: int) -> GradedSubmission:
    """Fetch what came of a submission; raises CancelledError if that is gone, and to be made again.

    Dask makes it again by itself where a worker died when it was done, but not always: where the
    assignment had died with another worker, it may wait for ever.
    """
    try:
        return future.result(timeout=FETCHED)
    except NoIsolation:
        raise
    except Exception as error:
        if isinstance(error, CancelledError | TimeoutError) and attempt < MOST_ATTEMPTS:
            future.cancel()
            raise CancelledError from error
        reason = f"The worker that ran it stopped, twice ({error})."[:300]
        return not_graded(assignment, "crashed", reason)
