"""The warm process: imports what notebooks import, once, and forks a kernel for each submission.

Runs inside bubblewrap (`sandbox.command`), started by `warm.WarmProcess`. Those who want kernels
connect to a socket that only the grader's user can reach. A request brings a connection of its
own; on it go the submission's files in, and open folders and process handles out. When its owner
is gone, this process ends, and with it, by the rules of PID namespaces, all that it forked.

    bubblewrap (PID 1 of its namespace)
      this server                     sees the environment and the recordings, read-only
        keeper                        one for each submission; owns its namespaces
          init (PID 1 in there)       reaps; ends when the kernel does, and takes all with it
            kernel                    no privileges; runs the student's code
"""

from __future__ import annotations

import importlib
import io
import json
import os
import select
import signal
import socket
import sys
import tarfile
from functools import lru_cache
from typing import Any, NamedTuple

from . import confine, kinds, seccomp
from .changed import environment
from .inline import draw_inline
from .light import importing
from .limits import Limits

# What notebooks come to import; importing it here is what makes kernels warm.
MODULES = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.magics.execution",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.PpmImagePlugin",
    "contourpy",
    "dill",
    "encodings.ascii",
    "faulthandler",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_agg",
    "matplotlib.figure",
    "matplotlib.pyplot",
    "matplotlib_inline.config",
    "otter",
    "pandas",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "scipy.ndimage",
    "scipy.stats",
    "tornado.platform.asyncio",
    "tornado.queues",
    "visual_coding_course",
    "visual_coding_course.inside.listen",
    "visual_coding_course.notebook",
    "zmq.utils.garbage",
)
# Where libraries keep what they work out at their first import; home is read-only here.
KEPT = {"MPLCONFIGDIR": "/tmp/matplotlib", "XDG_CACHE_HOME": "/tmp/cache"}
PORTS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
MOST_REQUEST = 1 << 16
STARTED, FAILED = b"started", b"failed"


class Around(NamedTuple):
    """What a kernel finds around it: the memory that was taken before, the folders to be kept."""

    memory: tuple[int, int]
    covered: list[str]


def serve(owner: socket.socket, door: socket.socket, about: dict[str, Any]) -> None:
    """Import, say so, and fork for each request, until the owner is gone.

    Parameters
    ----------
    owner : socket
        Connected to who started this; when it closes, everything ends.
    door : socket
        Where those who want kernels connect.
    about : dict
        ``covered``, as in `confine.mount_own_folders`; ``preload`` and ``kinds``, as in
        `shared.needs.Needs`.
    """
    # The debugger takes half a second to import, in each kernel, and nobody debugs here.
    sys.modules["debugpy"] = None
    with importing(), environment(KEPT):
        for name in (*about["preload"], *MODULES):
            try:
                importlib.import_module(name)
            except ImportError as error:
                print(f"not imported: {error}", file=sys.stderr)
        if about["kinds"]:
            kinds.know(about["kinds"])
    around = Around(confine.memory_now(), about["covered"])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system reaps
    customers: dict[int, socket.socket] = {}
    waiting = select.poll()
    for one in (owner, door):
        waiting.register(one, select.POLLIN)
    while True:
        for handle, _ in waiting.poll():
            if handle == owner.fileno():
                return
            if handle == door.fileno():
                customer, _ = door.accept()
                customers[customer.fileno()] = customer
                waiting.register(customer, select.POLLIN)
                customer.send(STARTED)
            elif not _serve_one(customers[handle], around):
                waiting.unregister(handle)
                customers.pop(handle).close()


def _serve_one(customer: socket.socket, around: Around) -> bool:
    """Fork for one request; False when the customer has gone."""
    try:
        request, handles, _, _ = socket.recv_fds(customer, MOST_REQUEST, 1)
    except ConnectionError:
        return False
    if request and os.fork() == 0:
        _keep(socket.socket(fileno=handles[0]), json.loads(request), around)
    for handle in handles:
        os.close(handle)
    return bool(request)


def _keep(connection: socket.socket, request: dict[str, Any], around: Around) -> None:
    """Be the keeper of one submission: make its namespaces, wait for their end. Never returns."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _close_others(connection.fileno())
        confine.die_with_parent()
        confine.enter_namespaces()
        child = os.fork()
        if child == 0:
            _init(connection, request, around)
        _end_with_owner(connection, child)
        os.waitpid(child, 0)
    except BaseException as error:
        _fail(connection, error)
    os._exit(0)


def _end_with_owner(connection: socket.socket, child: int) -> None:
    """Wait until a submission's processes have ended; end them when who asked for them is gone."""
    waiting = select.poll()
    waiting.register(os.pidfd_open(child), select.POLLIN)
    waiting.register(connection, select.POLLRDHUP)  # and not for what is sent to the child
    waiting.poll()
    os.kill(child, signal.SIGKILL)


def _close_others(kept: int) -> None:
    """Close all files of the warm process but its log and one other."""
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))


def _fail(connection: socket.socket, error: BaseException) -> None:
    message = f"{type(error).__name__}: {error}"[:1000]
    connection.send(FAILED + message.encode())


def _init(connection: socket.socket, request: dict[str, Any], around: Around) -> None:
    """Be PID 1 of one submission's namespace. Never returns."""
    try:
        confine.die_with_parent()
        limits = Limits(**request["limits"])
        confine.mount_own_folders(limits, around.covered)
        _unpack(connection, request["files_bytes"])
        ready, written = os.pipe()
        kernel = os.fork()
        if kernel == 0:
            os.close(ready)
            _kernel(request, limits, around.memory, written)
        confine.hide()
        os.close(written)
        if os.read(ready, 1) != b"1":
            raise RuntimeError("The kernel did not start.")
        confine.close_to_writing(confine.SOCKETS)
        confine.drop_privileges()
        handles = [
            os.open(confine.SOCKETS, os.O_RDONLY | os.O_DIRECTORY),
            os.open(confine.EXCHANGE, os.O_RDONLY | os.O_DIRECTORY),
            os.pidfd_open(1),
            os.pidfd_open(kernel),
        ]
        socket.send_fds(connection, [STARTED], handles)
        for handle in (*handles, ready):
            os.close(handle)
        connection.close()
        while os.waitpid(-1, 0)[0] != kernel:
            pass
    except BaseException as error:
        _fail(connection, error)
    os._exit(0)


def _unpack(connection: socket.socket, size: int) -> None:
    """Receive the submission's own files, and put them into its home folder."""
    os.chdir(confine.HOME)
    with (
        connection.makefile("rb") as stream,
        tarfile.open(fileobj=io.BytesIO(stream.read(size))) as files,
    ):
        files.extractall(confine.HOME)  # the grader's own archive, of plain names


def _kernel(request: dict[str, Any], limits: Limits, before: tuple[int, int], ready: int) -> None:
    """Be the kernel: no privileges, no open files of anybody else's. Never returns."""
    status = 1
    try:
        os.setsid()
        confine.set_limits(limits, before)
        confine.drop_privileges()
        seccomp.close_system_calls()
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        if ready != 3:
            os.dup2(ready, 3)
        os.closerange(4, os.sysconf("SC_OPEN_MAX"))
        _run_kernel(request)
        status = 0
    except SystemExit:
        status = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)


def _run_kernel(request: dict[str, Any]) -> None:
    from ipykernel.kernelapp import IPKernelApp
    from traitlets.config import Config

    from . import listen as inside

    os.environ.update(request["environment"])
    os.chdir(confine.HOME)
    sys.path.insert(0, "")
    sys.argv = ["ipykernel"]
    information = {"transport": "ipc", "ip": f"{confine.SOCKETS}/kernel", **request["connection"]}
    file = f"{confine.SOCKETS}/kernel.json"
    with open(file, "w") as written:
        json.dump(information, written)
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.IPKernelApp.log_level = "CRITICAL"
    # A pause before each reply, for clients that do not wait for the outputs.
    settings.IPythonKernel._execute_sleep = 0
    application = IPKernelApp.instance(config=settings, connection_file=file)
    # There is no command line, and to find that out takes a seventh of the start.
    application.parse_command_line = lambda arguments: None
    application.initialize([])
    application.log.setLevel("CRITICAL")  # its handler has that level; it would still make records
    # Done to see whether a cell awaits something, and again to run it.
    shell = application.shell
    shell.transform_cell = lru_cache(maxsize=1)(shell.transform_cell)
    draw_inline(shell)
    inside.listen(application.kernel)
    os.unlink(file)
    os.write(3, b"1")
    os.close(3)
    application.start()


def main() -> None:
    """Serve on the two sockets whose numbers are the first arguments; the third is `about`."""
    owner, door = (socket.socket(fileno=int(number)) for number in sys.argv[1:3])
    confine.become_nobody()
    serve(owner, door, json.loads(sys.argv[3]))
    os._exit(0)  # taking apart all that was imported would take half a second


if __name__ == "__main__":
    main()
