"""nbclient that believes nothing a kernel says, and stops a cell that shows or takes too much."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import asdict
from queue import Empty
from typing import Any

import nbformat
import zmq
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.session import Session
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbclient.util import run_sync
from traitlets import Bool, Instance, Unicode

from ..kernels.limits import Limits
from .inside import REPLY, REQUEST

# Sockets in a private folder rather than on ports that others on the machine could connect to.
TRANSPORT = "ipc" if zmq.has("ipc") else "tcp"
PATIENT = 10  # outputs of a cell that are left out before it is interrupted
LOOK_SECONDS = 0.5  # how often a kernel that says nothing yet is looked after
FLOOD = 5  # times the output that is shown; more than this ends the kernel
SHOWN = ("stream", "display_data", "execute_result", "update_display_data")
IGNORED = {"header": {}, "parent_header": {}, "metadata": {}, "content": {}, "buffers": []}


class CountingSession(Session):
    """A session that counts what it receives, and takes what is not a message for none."""

    received = 0

    def deserialize(self, msg_list: list, content: bool = True, copy: bool = True) -> dict:
        """Unpack a message; one that is malformed or wrongly signed says nothing.

        Returns
        -------
        dict
            The message, with its length in bytes under ``size``.
        """
        size = sum(len(part) for part in msg_list)
        self.received += size
        try:
            message = super().deserialize(msg_list, content=content, copy=copy)
            if not all(isinstance(message[part], dict) for part in IGNORED if part != "buffers"):
                raise ValueError("not a message")
        except Exception:
            message = {**IGNORED, "msg_id": "", "msg_type": "ignored"}
        return {**message, "size": size}


class Manager(AsyncKernelManager):
    """A manager whose clients use its context: what bounds its sockets bounds theirs.

    It ends the context that it made; one of a client's own would be left to the garbage collector,
    which may come in any thread and then waits for its sockets there.
    """

    def client(self, **options: Any) -> AsyncKernelClient:
        """Get a client for the kernel."""
        return super().client(context=self.context, **options)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        """Close the sockets at once: nothing is left to be said to a kernel that is gone."""
        if not restart:
            self.context.destroy(linger=0)
        await super()._async_cleanup_resources(restart)

    cleanup_resources = run_sync(_async_cleanup_resources)


class Client(NotebookClient):
    """Run cells, interrupt one that takes too long or shows too much, kill what goes on."""

    limits = Instance(Limits)
    connection_file = Unicode()
    isolated = Bool(True)
    interrupted = False
    shown = 0
    left_out = 0

    def create_kernel_manager(self) -> AsyncKernelManager:
        """Make the manager of an isolated warm kernel, or of an ordinary one."""
        self.km = Manager(
            kernel_name="python3", transport=TRANSPORT, connection_file=self.connection_file,
            session=CountingSession(),
        )  # fmt: skip
        self.km.context.maxmsgsize = int(FLOOD * self.limits.output_megabytes * 1024**2)
        if self.isolated:
            from ..kernels.provisioner import IsolatedProvisioner

            self.km.provisioner = IsolatedProvisioner(
                kernel_spec=self.km.kernel_spec, parent=self.km, limits=asdict(self.limits)
            )
        return self.km

    async def async_start_new_kernel_client(self):
        """Connect, without a heartbeat: its thread would still use a socket as it is closed.

        An isolated kernel is ready, and greets a client on iopub.
        """
        self.kc = self.km.client()
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
            self._async_poll_for_reply(name, cell, self._get_timeout(cell), outputs, alive)
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

    async def kill(self) -> None:
        """Kill the kernel; what it has said is still read."""
        await self.km.provisioner.kill()

    async def _async_handle_timeout(self, timeout, cell=None):
        self.interrupted = True
        await self.km.interrupt_kernel()
        deadline = time.monotonic() + self.limits.interrupt_grace_seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                reply = await self.kc.shell_channel.get_msg(timeout=left)
            except Exception:
                break
            if reply["msg_type"] in ("execute_reply", REPLY):
                return reply
        await self.kill()
        raise DeadKernelError("The kernel did not stop when it was interrupted.")

    async def _async_poll_output_msg(self, parent_msg_id: str, cell: Any, cell_index: int) -> None:
        self.left_out = 0
        await super()._async_poll_output_msg(parent_msg_id, cell, cell_index)

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int):
        """Take one message of the running cell; shows no more than the limits allow."""
        if msg["msg_type"].startswith("comm"):
            return None
        most = self.limits.output_megabytes * 1024**2
        if msg["msg_type"] in SHOWN:
            self.shown += msg["size"]
            if self.shown > most:
                return self._too_much(cell)
        return super().process_message(msg, cell, cell_index)

    def _too_much(self, cell: nbformat.NotebookNode) -> None:
        """Leave an output out; interrupt a cell that goes on.

        Not at once: an interrupt that comes as the cell ends would hit the kernel itself.
        """
        if not self.left_out:
            text = (
                "What comes after is left out: the notebook printed and displayed more than "
                f"{self.limits.output_megabytes:g} MB.\n"
            )
            cell.outputs.append(nbformat.v4.new_output("stream", name="stderr", text=text))
        self.left_out += 1
        if self.left_out == PATIENT:
            self._stopping = asyncio.ensure_future(self.km.interrupt_kernel())


def merge_streams(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Join what was printed in pieces, and keep of a line only what a terminal would leave on it.

    nbclient's own `coalesce_streams` takes time with the square of a line's length.
    """
    merged: list[nbformat.NotebookNode] = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output["output_type"] == last.get("output_type") == "stream" and (
            output["name"] == last["name"]
        ):
            last["text"] += output["text"]
        else:
            merged.append(output)
    for output in merged:
        if output["output_type"] == "stream" and "\r" in output["text"]:
            lines = output["text"].replace("\r\n", "\n").split("\n")
            output["text"] = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)
    return merged
