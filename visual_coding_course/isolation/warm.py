"""The grader's side of a warm process: start it, ask it for kernels, know when one is gone."""

from __future__ import annotations

import atexit
import io
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from ..inside.limits import Limits
from ..inside.server import FAILED, PORTS, STARTED
from ..shared.files import HeldFolder, clear_left_behind
from ..shared.needs import Needs
from .sandbox import command, covered, passwords_file

FOLDERS = "visual-coding-warm-"
ADDRESS = "VISUAL_CODING_COURSE_WARM"  # names a warm process that others started
STARTUP_SECONDS = 120
FORK_SECONDS = 60
MOST_LAST = 300  # characters
MOST_FILES_BYTES = 64 * 1024**2


class WarmProcessError(RuntimeError):
    """The warm process did not start, or did not give a kernel; says what it printed last."""


@dataclass
class Fork:
    """One forked kernel.

    Attributes
    ----------
    sockets, exchange : int
        Open folders of the kernel's: that of its sockets, and that where copies
        of variables are put. They exist in the kernel's own mounts alone.
    init, kernel : int
        Process handles (pidfd): of the first process in its namespace, with
        which all others end, and of the kernel itself.
    owner : int
        Open socket: when it is closed, by whatever ends this process, they all end.
    """

    sockets: int
    exchange: int
    init: int
    kernel: int
    owner: int

    @property
    def connection(self) -> dict:
        """Where a client finds the kernel's sockets: by this process's own open folder."""
        ports = {name: number for number, name in enumerate(PORTS, 1)}
        return {"transport": "ipc", "ip": f"/proc/self/fd/{self.sockets}/kernel", **ports}

    def wait(self, seconds: float = 0.0) -> bool:
        """Wait until all its processes are gone; say whether they are."""
        try:
            return self.init < 0 or bool(select.select([self.init], [], [], seconds)[0])
        except (OSError, ValueError):  # closed meanwhile, by another thread
            return True

    def signal(self, number: int) -> None:
        """Send the kernel a signal, if it is still there."""
        if self.kernel >= 0:
            with suppress(OSError):
                signal.pidfd_send_signal(self.kernel, number)

    def kill(self) -> None:
        """Kill the kernel and every process that it started."""
        if self.init >= 0:
            with suppress(OSError):
                signal.pidfd_send_signal(self.init, signal.SIGKILL)

    @property
    def pid(self) -> int:
        """PID of the first process in its namespace, as seen from here; -1 when it is gone."""
        with open(f"/proc/self/fdinfo/{self.init}") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pid:"))

    def close(self) -> None:
        """Kill it and forget its handles; a second time, nothing is left to do."""
        if self.init < 0:
            return
        self.kill()
        self.wait(10)
        # Forgotten first: who closes it at the same time finds nothing left to close.
        handles = (self.sockets, self.exchange, self.init, self.kernel, self.owner)
        self.sockets = self.exchange = self.init = self.kernel = self.owner = -1
        for handle in handles:
            if handle >= 0:
                os.close(handle)


class WarmProcess:
    """A process that has imported everything, isolated, and forks kernels for who connects.

    Parameters
    ----------
    needs : Needs
        Of the assignment.

    Attributes
    ----------
    address : str
        Socket to connect to, for this user alone.
    """

    def __init__(self, needs: Needs):
        clear_left_behind(FOLDERS)
        self._folder = HeldFolder(FOLDERS)
        self.address = str(Path(self._folder.name, "socket"))
        self._owner, theirs = socket.socketpair()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `close`
        door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        door.bind(self.address)
        door.listen()
        passwords = passwords_file()
        numbers = [theirs.fileno(), door.fileno()]
        program = [sys.executable, "-m", "visual_coding_course.inside.server"]
        about = {"covered": covered(needs), "preload": needs.preload, "kinds": needs.kinds}
        program += [*map(str, numbers), json.dumps(about)]
        try:
            self._process = subprocess.Popen(
                command(needs, program, passwords),
                pass_fds=(*numbers, passwords),
                stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
                start_new_session=True,
            )  # fmt: skip
        finally:
            os.close(passwords)
            theirs.close()
            door.close()
        atexit.register(self.close)

    @property
    def alive(self) -> bool:
        """Whether it can still fork."""
        # bubblewrap itself is there for a moment longer than what it ran.
        return self._process.poll() is None and not _hung_up(self._owner)

    @property
    def printed(self) -> str:
        """The end of what it printed, whose last line says why it did not start."""
        self._log.seek(0)
        return self._log.read()[-4000:].decode(errors="replace").strip()

    def close(self) -> None:
        """End it and every kernel that it forked."""
        self._owner.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        self._folder.cleanup()
        atexit.unregister(self.close)


class Connection:
    """A connection to a warm process, from whatever process of the same user.

    Parameters
    ----------
    address : str
        `WarmProcess.address`.
    """

    def __init__(self, address: str):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._socket.connect(address)
            self._socket.settimeout(STARTUP_SECONDS)
            if self._socket.recv(64) != STARTED:
                raise WarmProcessError("it ended as it started")
        except (OSError, WarmProcessError) as error:
            self._socket.close()
            raise WarmProcessError(f"The isolated kernels are not there ({error}).") from error
        self._socket.settimeout(None)

    @property
    def alive(self) -> bool:
        """Whether the warm process is still there."""
        return not self.wait()

    def wait(self, seconds: float = 0.0) -> bool:
        """Wait until the warm process is gone; say whether it is."""
        return _hung_up(self._socket, seconds)

    def fileno(self) -> int:
        """The number of its socket, which a fork may go on using."""
        return self._socket.fileno()

    def close(self) -> None:
        """Disconnect."""
        self._socket.close()

    def fork(
        self, key: str, limits: Limits, files: dict[str, bytes], environment: dict[str, str]
    ) -> Fork:
        """Fork a kernel.

        Parameters
        ----------
        key : str
            With which its messages are signed.
        limits : Limits
            What it may use.
        files : dict of str to bytes
            Files in the folder that it starts in, by relative path.
        environment : dict of str to str
            Environment variables that it has besides the warm process's.

        Raises
        ------
        WarmProcessError
            If there is none.
        """
        archive = _pack(files)
        ports = {name: number for number, name in enumerate(PORTS, 1)}
        request = {
            "limits": asdict(limits),
            "connection": {"key": key, "signature_scheme": "hmac-sha256", **ports},
            "files_bytes": len(archive),
            "environment": environment,
        }
        ours, theirs = socket.socketpair()
        with ours:
            try:
                with theirs:
                    packet = json.dumps(request).encode()
                    socket.send_fds(self._socket, [packet], [theirs.fileno()])
                ours.settimeout(FORK_SECONDS)
                ours.sendall(archive)
                answer, handles, _, _ = socket.recv_fds(ours, 4096, 4)
            except OSError as error:
                raise WarmProcessError(f"The isolated kernel did not start ({error}).") from error
            if answer != STARTED or len(handles) != 4:
                reason = answer.removeprefix(FAILED).decode(errors="replace") or "it ended"
                raise WarmProcessError(f"The isolated kernel did not start ({reason}).")
            return Fork(*handles, owner=ours.detach())


def _hung_up(connected: socket.socket, seconds: float = 0.0) -> bool:
    """Wait until the other side, which has nothing to say, is gone; say whether it is."""
    return bool(select.select([connected], [], [], seconds)[0])


def _pack(files: dict[str, bytes]) -> bytes:
    if sum(map(len, files.values())) > MOST_FILES_BYTES:
        raise WarmProcessError(
            f"The files beside the notebook are larger than {MOST_FILES_BYTES // 1024**2} MB."
        )
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o444
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


_starting, _connecting = threading.Lock(), threading.Lock()


def _unlock() -> None:
    """Nobody in a fork holds what another thread held."""
    global _starting, _connecting
    _starting, _connecting = threading.Lock(), threading.Lock()


os.register_at_fork(after_in_child=_unlock)
_own: dict[tuple, WarmProcess] = {}
_connected: dict[tuple, Connection] = {}


def start(needs: Needs) -> WarmProcess:
    """Start this process's warm process if it is not there; do not wait until it is ready.

    Parameters
    ----------
    needs : Needs
        Of the assignment that it is for.
    """
    with _starting:
        key = (needs, needs.folders)
        if key not in _own or not _own[key].alive:
            if key in _own:
                _own.pop(key).close()
            _own[key] = WarmProcess(needs)
        return _own[key]


def connection(needs: Needs) -> Connection:
    """Connect to the warm process named by the environment, or else to this process's own.

    Raises
    ------
    WarmProcessError
        If it does not start; says what it printed last, and has in a note what came before.
    """
    with _connecting:
        key = (needs, needs.folders)
        known = _connected.get(key)
        if known is None or not known.alive:
            _connected[key] = _connect(needs)
        return _connected[key]


def _connect(needs: Needs) -> Connection:
    shared = os.environ.get(ADDRESS)
    if shared:
        with suppress(WarmProcessError):
            return Connection(shared)
    process = start(needs)
    try:
        return Connection(process.address)
    except WarmProcessError as error:
        printed = process.printed
        if not printed:
            raise
        last = printed.split("\n")[-1].strip()[:MOST_LAST]
        told = WarmProcessError(f"{error} The last that they printed: {last}")
        told.add_note(printed)
        raise told from None
