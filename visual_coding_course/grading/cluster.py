"""The Dask cluster that submissions are graded on: of this machine, or one that others started."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from ..inside.changed import environment, replaced
from ..isolation import warm
from ..isolation.ahead import FORKS, ONE_THREAD, prepare
from ..shared.files import HeldFolder, clear_left_behind
from ..shared.needs import NOTHING, Needs

PATIENCE = "30s"
REPLACED = "120s"  # when there is a worker again at the latest, where all have died
REPLACE_SECONDS = 2  # between two looks for workers that are gone for good
MOST_STARTS = 3
METHOD = "forkserver" if FORKS else "spawn"
SETTINGS = {
    "distributed.worker.daemon": False,
    "distributed.worker.multiprocessing-method": METHOD,
    "distributed.admin.log-format": "",
    # Nobody looks at them, and each process would import a server for it.
    "distributed.worker.http.routes": [],
    "distributed.scheduler.http.routes": [],
    # A notebook is no graph, and may be large.
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.scheduler.worker-saturation": "inf",  # who gets what is decided in `batch`
    # Dask would look at its own processes a hundred times a second, at a tenth of the time.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
}


class NoScheduler(OSError):
    """The cluster is not there; says why, and what to do."""


@contextmanager
def connected(
    submissions: int,
    workers: int | None,
    scheduler: str | None,
    isolated: bool,
    needs: Needs = NOTHING,
) -> Iterator[Any]:
    """Connect to a cluster.

    Parameters
    ----------
    submissions : int
        No more workers are started than there are submissions.
    workers, scheduler, isolated
        As in `batch.grade_many`.
    needs : Needs
        Of the assignment.

    Yields
    ------
    distributed.Client

    Raises
    ------
    NoScheduler
        If it cannot be reached, or cannot be started.
    """
    if scheduler:
        with _others(scheduler) as client:
            yield client
        return
    prepare(isolated, needs)
    with ExitStack() as stack:
        yield _started(stack, min(workers or os.cpu_count() or 1, submissions), isolated, needs)


def _others(address: str) -> Any:
    from distributed import Client

    try:
        return Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        why = str(error)
    # A client that did not come to be closes itself when it is collected. If that was while another
    # one starts, the two would wait for each other.
    gc.collect()
    raise NoScheduler(
        f"The Dask scheduler at {address!r} cannot be reached ({why}). An address is such as "
        "tls://10.0.0.1:8786; for tls, the environment has to name certificates."
    )


def _started(stack: ExitStack, workers: int, isolated: bool, needs: Needs) -> Any:
    """Start a cluster of this machine's, which only this process can speak to."""
    import dask
    from distributed import Client, LocalCluster, utils
    from distributed.security import Security

    # Not as they were when the fork server was started.
    shared = {name: os.environ.get(name, "") for name in needs.settings}
    if isolated:
        shared[warm.ADDRESS] = warm.start(needs).address
    clear_left_behind("grading-")
    scratch = stack.enter_context(HeldFolder("grading-"))
    stack.enter_context(dask.config.set(SETTINGS))
    stack.enter_context(environment(ONE_THREAD))
    # What the fork server imports is settled; Dask would import pandas here for another list.
    stack.enter_context(replaced(utils, "_forkserver_preload_set", True))
    security = Security.temporary()
    for attempt in range(1, MOST_STARTS + 1):
        try:
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                env=shared,
                security=security,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",  # where no pages are, see SETTINGS
                memory_limit=0,
                local_directory=str(scratch),
                silence_logs="CRITICAL",
            )
            break
        except Exception as error:  # of Dask's, when a worker dies as it starts
            if attempt == MOST_STARTS:
                raise NoScheduler(
                    f"The workers did not start ({error}). What is recorded stays; run the same "
                    "command again."
                ) from error
            time.sleep(REPLACE_SECONDS)
    stack.enter_context(cluster)
    client = stack.enter_context(Client(cluster, timeout=REPLACED))
    client.sync(_replace_workers, cluster, workers)
    return client


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
