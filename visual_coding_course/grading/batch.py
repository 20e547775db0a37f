"""Grade many submissions at once, on Dask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from ..assignment import Assignment
from .submission import GradedSubmission, grade_submission, not_graded
from .submissions import Submission

PATIENCE = "30s"


@contextmanager
def _client(workers: int, scheduler: str | None) -> Iterator:
    import dask
    from distributed import Client, LocalCluster

    dask.config.set({"distributed.worker.daemon": False, "distributed.admin.log-format": ""})
    if scheduler:
        with Client(scheduler, timeout=PATIENCE) as client:
            yield client
        return
    with (
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=workers > 1,
            dashboard_address=":0",
            memory_limit=0,
            silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def grade_many(
    assignment: Assignment,
    submissions: list[Submission],
    *,
    workers: int | None = None,
    scheduler: str | None = None,
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
        ``tcp://10.0.0.1:8786``. Its workers need this package and the recordings.

    Raises
    ------
    OSError
        If the scheduler cannot be reached.

    Yields
    ------
    (Submission, GradedSubmission)
        In the order in which they end.
    """
    if not submissions:
        return
    workers = min(workers or os.cpu_count() or 1, len(submissions))
    with _client(workers, scheduler) as client:
        from distributed import as_completed

        shared = client.scatter(assignment, broadcast=True, hash=False)
        futures = {}
        for submission in submissions:
            content = _read(submission)
            if isinstance(content, str):
                yield submission, not_graded(assignment, "unreadable", content)
                continue
            future = client.submit(grade_submission, shared, content, pure=False, retries=1)
            futures[future] = submission
        for future in as_completed(list(futures)):
            submission = futures.pop(future)
            if future.status == "finished":
                yield submission, future.result()
            else:
                reason = f"The worker that ran it stopped ({future.exception()})."[:300]
                yield submission, not_graded(assignment, "crashed", reason)
            future.release()


def _read(submission: Submission) -> bytes | str:
    """The file's bytes, or a sentence that says why it cannot be read."""
    try:
        return submission.path.read_bytes()
    except FileNotFoundError:
        return f"No notebook named {submission.path.name} was handed in."
    except OSError as error:
        return f"The file {submission.path.name} cannot be read ({error.strerror})."
