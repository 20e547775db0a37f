"""nbclient that believes nothing a kernel says, and stops a cell that shows or takes too much."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import asdict
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.session import Session
from nbclient import NotebookClient
from nbclient.client import CellExecutionComplete
from nbclient.exceptions import DeadKernelError
from nbclient.util import run_sync
from traitlets import Bool, Instance, Unicode

from ..inside.limits import Limits
from ..inside.listen import REPLY, REQUEST
from ..shared.needs import Needs
from .ordinary import give
from .outputs import SHOWN, Outputs, count, weigh

# Sockets in a private folder rather than on ports that others on the machine could connect to.
TRANSPORT = "ipc" if zmq.has("ipc") else "tcp"
PATIENT = 10  # outputs of a cell that are left out before it is interrupted
LOOK_SECONDS = 0.5  # how often a kernel that says nothing yet is looked after
FLOOD = 5  # times the output that is shown; more than this ends the kernel
GREATEST = 2.5  # times the output that is shown, in one message; libzmq takes no larger one
REPLIES = ("execute_reply", REPLY)
SILENT_SECONDS = 4.0  # a cell that is done, and says nothing for so long, has nothing more to say
IGNORED = {"header": {}, "parent_header": {}, "metadata": {}, "content": {}, "buffers": []}


class CountingSession(Session):
    """A session that counts what it receives, and takes what is not a message for none.

    It reads no message that would come to more in memory than the outputs of a whole notebook may.
    """

    received = 0
    most = float("inf")
    replied_to = None

    def feed_identities(self, msg_list: list, copy: bool = True) -> tuple[list, list]:
        """Split the addresses from the rest; what has no such parts is nothing."""
        self.received += sum(map(len, msg_list))
        try:
            return super().feed_identities(msg_list, copy)
        except ValueError:
            return [], []

    def deserialize(self, msg_list: list, content: bool = True, copy: bool = True) -> dict:
        """Unpack a message; one that is malformed or wrongly signed says nothing.

        Returns
        -------
        dict
            The message, with what its content comes to under ``weight``, and its length under
            ``size``. If it comes to too much, the content is empty, and both are endless.
        """
        try:
            *around, weight = (weigh(part, self.most) for part in msg_list[1:5])
            if sum(around) > self.most:
                raise ValueError("too large")
            read = weight <= self.most
            size = len(msg_list[4]) if read else float("inf")
            message = super().deserialize(msg_list, content=read, copy=copy)
            message["content"] = message["content"] if read else {}
            if not all(isinstance(message[part], dict) for part in IGNORED if part != "buffers"):
                raise ValueError("not a message")
        except Exception:
            return {**IGNORED, "msg_id": "", "msg_type": "ignored"}
        if message["msg_type"] in REPLIES:
            self.replied_to = message["parent_header"].get("msg_id")
        return {**message, "weight": weight, "size": size}


class Manager(AsyncKernelManager):
    """A manager whose clients use its context: what bounds its sockets bounds theirs.

    It ends the context that it made; one of a client's own would be left to the garbage collector,
    which may come in any thread and then waits for its sockets there.
    """

    def client(self, **options: Any) -> AsyncKernelClient:
        """Get a client for the kernel."""
        return super().client(context=self.context, **options)

    def write_connection_file(self, **options: Any) -> None:
        """Write it for whom the kernel runs as."""
        super().write_connection_file(**options)
        give(self.connection_file)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        """Close the sockets at once: nothing is left to be said to a kernel that is gone."""
        if not restart:
            self.context.destroy(linger=0)
        await super()._async_cleanup_resources(restart)

    cleanup_resources = run_sync(_async_cleanup_resources)


class Client(NotebookClient):
    """Run cells, and interrupt one that shows too much. How long they may take is not its affair.

    Attributes
    ----------
    outputs : Outputs
        Takes what cells display.
    heard_all : bool
        Whether everything has arrived that the last cell displayed.
    """

    limits = Instance(Limits)
    outputs = Instance(Outputs)
    connection_file = Unicode()
    isolated = Bool(True)
    needs = Instance(Needs, ())
    heard_all = True

    @property
    def greatest_megabytes(self) -> float:
        """How large a message may be."""
        return GREATEST * self.limits.output_megabytes

    def create_kernel_manager(self) -> AsyncKernelManager:
        """Make the manager of an isolated warm kernel, or of an ordinary one."""
        self.km = Manager(
            kernel_name="python3", transport=TRANSPORT, connection_file=self.connection_file,
            session=CountingSession(),
        )  # fmt: skip
        self.km.context.maxmsgsize = int(self.greatest_megabytes * 1024**2)
        if self.isolated:
            from .provisioner import IsolatedProvisioner

            self.km.provisioner = IsolatedProvisioner(
                kernel_spec=self.km.kernel_spec,
                parent=self.km,
                limits=asdict(self.limits),
                needs=self.needs,
            )
        return self.km

    async def async_start_new_kernel_client(self):
        """Connect, without a heartbeat: its thread would still use a socket as it is closed.

        An isolated kernel is ready, and greets a client on iopub.
        """
        self.kc = self.km.client()  # with a session of its own, a copy of the manager's
        self.kc.session.most = self.limits.output_megabytes * 1024**2
        self.kc.start_channels(hb=False)
        self.kc.allow_stdin = False
        if not self.isolated:
            await self.kc.wait_for_ready(timeout=self.startup_timeout)
            return self.kc
        deadline = time.monotonic() + self.startup_timeout
        while time.monotonic() < deadline:
            with contextlib.suppress(Empty):
                await self.kc.iopub_channel.get_msg(timeout=LOOK_SECONDS)
                return self.kc
            if not await self.km.is_alive():
                break
        raise RuntimeError("Kernel died before it greeted")

    # nbclient binds its own: what it calls is not looked up by name.
    start_new_kernel_client = run_sync(async_start_new_kernel_client)

    async def async_ask(self, what: str, given: tuple, cell: Any, cell_index: int) -> None:
        """Have `inside` do something in the kernel, as between two cells.

        Parameters
        ----------
        what, given
            Name of what it does, and its arguments.
        cell, cell_index
            As in `execute_cell`: a cell of the notebook that takes what is displayed.
        """
        cell.outputs = []
        request = self.kc.session.msg(REQUEST, {"what": what, "given": given})
        name = request["header"]["msg_id"]
        self.kc.shell_channel.send(request)
        alive = asyncio.ensure_future(self._async_poll_kernel_alive())
        outputs = asyncio.ensure_future(self._async_poll_output_msg(name, cell, cell_index))
        self.task_poll_for_reply = asyncio.ensure_future(
            self._async_poll_for_reply(name, cell, None, outputs, alive)
        )
        try:
            await self.task_poll_for_reply
        except asyncio.CancelledError:  # by nbclient's own look at whether the kernel is alive
            raise DeadKernelError("Kernel died") from None
        finally:
            outputs.cancel()

    ask = run_sync(async_ask)

    def close_connections(self) -> None:
        """Close the sockets of a kernel that did not start; without one, nbclient does not."""
        if self.kc is not None:
            self.kc.stop_channels()
        if self.km is not None:
            self.km.context.destroy(linger=0)

    async def _async_poll_output_msg(self, parent_msg_id: str, cell: Any, cell_index: int) -> None:
        """Take what a cell displays; when it is done, until there is nothing more."""
        self.heard_all = False
        while True:
            try:
                message = await self.kc.iopub_channel.get_msg(timeout=SILENT_SECONDS)
            except Empty:
                if self.kc.session.replied_to == parent_msg_id:
                    return
                continue
            if message["parent_header"].get("msg_id") == parent_msg_id:
                try:
                    self.process_message(message, cell, cell_index)
                except CellExecutionComplete:
                    self.heard_all = True
                    return

    async def _check_raise_for_error(self, cell: Any, cell_index: int, exec_reply: Any) -> None:
        """Raise for nothing: an error is among the outputs, and a reply may hold anything."""

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> None:
        """Take one message of the running cell; shows no more than the limits allow."""
        kind, content = msg["msg_type"], msg["content"]
        if kind == "status" and content.get("execution_state") == "idle":
            raise CellExecutionComplete
        if kind == "execute_input":
            cell["execution_count"] = count(content.get("execution_count"))
        elif kind == "clear_output":
            self.outputs.clear(wait=bool(content.get("wait")))
        elif kind in SHOWN:
            weight = msg["size"] if kind == "stream" else msg["weight"]
            self.outputs.take(kind, content, weight)
            # Not at once: an interrupt that comes as the cell ends would hit the kernel itself.
            if self.outputs.left_out == PATIENT:
                self.outputs.left_out += 1
                self._stopping = asyncio.ensure_future(self.km.interrupt_kernel())
