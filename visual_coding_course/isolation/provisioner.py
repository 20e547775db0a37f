"""Isolated warm kernels for every tool that runs notebooks through jupyter_client.

Registered as a kernel provisioner, with a kernel spec named ``isolated-python`` beside it::

    jupyter nbconvert --execute --ExecutePreprocessor.kernel_name=isolated-python notebook.ipynb
"""

from __future__ import annotations

import asyncio
import os
import signal
import stat
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Dict, Instance

from ..inside.limits import Limits
from ..shared.needs import Needs
from .warm import MOST_FILES_BYTES, Connection, Fork, connection

POLL_SECONDS = 0.05


class IsolatedProvisioner(KernelProvisionerBase):
    """Start a kernel as a fork of this process's warm process.

    The files in the folder that the kernel is started in are copied to where
    it runs; what it writes there is gone when it ends.
    """

    limits = Dict(help="What the kernel may use: fields of `kernels.limits.Limits`.").tag(
        config=True
    )
    needs = Instance(Needs, (), help="What notebooks need besides plain data.")
    environment = Dict(help="Environment variables that the kernel has; no others reach it.").tag(
        config=True
    )
    warm: Connection | None = None
    fork: Fork | None = None

    @property
    def has_process(self) -> bool:
        """Whether a kernel has been started and not yet cleaned up."""
        return self.fork is not None

    async def poll(self) -> int | None:
        """None as long as the kernel runs. How it ended is not known out here: 1."""
        return None if self.fork is not None and not self.fork.wait() else 1

    async def wait(self) -> int | None:
        """Wait until the kernel and all it started are gone."""
        while await self.poll() is None:
            await asyncio.sleep(POLL_SECONDS)
        if self.fork is not None:
            self.fork.close()
            self.fork = None
        return 1

    async def send_signal(self, signum: int) -> None:
        """Send the kernel a signal."""
        if self.fork is not None:
            self.fork.signal(signum)

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and all it started."""
        if self.fork is not None:
            self.fork.kill()

    async def terminate(self, restart: bool = False) -> None:
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        """Kill what is left, and forget it."""
        if self.fork is not None:
            self.fork.close()
            self.fork = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Prepare; the kernel spec's command is not used, and the environment stays here."""
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Fork a kernel, and say where its sockets are."""
        key = self.parent.session.key
        self.warm = await asyncio.to_thread(connection, self.needs)
        self.fork = await asyncio.to_thread(
            self.warm.fork,
            key.decode(),
            Limits(**self.limits),
            files_below(kwargs.get("cwd") or os.getcwd()),
            dict(self.environment),
        )
        return {**self.fork.connection, "key": key, "signature_scheme": "hmac-sha256"}


def files_below(folder: str) -> dict[str, bytes]:
    """Read the files in a folder and those below it; links are left out.

    Returns
    -------
    dict of str to bytes
        By relative path.
    """
    files, left = {}, MOST_FILES_BYTES
    for place, _, names in os.walk(folder):
        for path in (Path(place, name) for name in names):
            state = path.lstat()
            if stat.S_ISREG(state.st_mode):
                left -= state.st_size
                if left < 0:
                    raise RuntimeError(
                        f"The files in {folder} are larger than {MOST_FILES_BYTES // 1024**2} MB."
                    )
                files[str(path.relative_to(folder))] = path.read_bytes()
    return files
