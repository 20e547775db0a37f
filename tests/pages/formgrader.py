"""Run nbgrader's formgrader as JupyterLab does."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

TOKEN = "of-this-test"


@contextmanager
def jupyter(folder):
    """Run a server with the formgrader in a course folder; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = folder / "home"
    home.mkdir()
    settings = {
        "ServerApp.token": TOKEN, "ServerApp.root_dir": folder, "ServerApp.port": port,
        "ServerApp.port_retries": 0, "ServerApp.open_browser": False, "ServerApp.allow_root": True,
    }  # fmt: skip
    own = {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(home), "IPYTHONDIR": str(home)}
    arguments = [f"--{key}={value}" for key, value in settings.items()]
    log = open(folder / "server.log", "w")  # noqa: SIM115
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", *arguments],
        cwd=folder, env={**os.environ, **own}, stdout=log, stderr=log,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/api?token={TOKEN}")
                break
            except OSError:
                assert server.poll() is None, (folder / "server.log").read_text()
                time.sleep(0.1)
        yield address
    finally:
        server.kill()
        server.wait()
        log.close()
