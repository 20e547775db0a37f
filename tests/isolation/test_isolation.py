"""What student code can see and do, asked of itself."""

import json
import os
import socket
from pathlib import Path

import nbformat
import pytest

import visual_coding_course
from visual_coding_course.inside import seccomp
from visual_coding_course.inside.limits import Limits
from visual_coding_course.isolation import sandbox
from visual_coding_course.isolation.kernel import KernelGone, StudentKernel
from visual_coding_course.recordings import grading_folder
from visual_coding_course.recordings.needs import NEEDS
from visual_coding_course.shared.needs import NOTHING

PACKAGE = Path(visual_coding_course.__file__).parent
COURSE = PACKAGE.parent
LIMITS = {"cell_seconds": 20, "interrupt_grace_seconds": 2}


def test_of_the_package_only_what_a_notebook_needs_is_there(run):
    (found,) = run(
        "import json, os, visual_coding_course as v; top = os.path.dirname(v.__file__)\n"
        "print(json.dumps([os.path.relpath(os.path.join(place, name), top)\n"
        "    for place, _, names in os.walk(top) for name in names]))"
    )
    assert set(json.loads(found)) == {*sandbox.SHOWN, *NEEDS.shown, *sandbox.IN_PLACE_OF}


@pytest.mark.parametrize(
    "path",
    [
        COURSE / "source", COURSE / "autograder", COURSE / "solutions", COURSE / "examples",
        COURSE / "gradebook.db", PACKAGE / "checking", PACKAGE / "recordings" / "published.json",
        Path.home() / ".bashrc", Path("/etc/shadow"), Path("/var"), Path("/run/user"),
    ],
    ids=str,
)  # fmt: skip
def test_nothing_else_of_this_machine_is_there(run, path):
    assert run(f"import os; print(os.path.lexists({str(path)!r}))") == ["False"]


def test_hidden_modules_are_not_in_memory_either(run):
    (names,) = run("import sys; print([n for n in sys.modules if n.startswith('visual_coding')])")
    for hidden in ("checking", "assignment", "facts", "simulate", "grading"):
        assert f".{hidden}" not in names
    assert "visual_coding_course.inside.listen" in names


def test_no_environment_variable_of_the_grader_comes_in(run, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_GRADER", "swordfish")
    (shown,) = run("import os; print(dict(os.environ))")
    assert "swordfish" not in shown
    assert str(grading_folder()) in shown


def test_no_open_file_comes_in(run):
    (found,) = run(
        "import os\n"
        "def about(n):\n"
        "    try: return os.fstat(n) and os.readlink(f'/proc/self/fd/{n}')\n"
        "    except OSError as error: return error.errno\n"
        "import stat\n"
        "print([n for n in range(256) if about(n) != 9\n"
        "       and stat.S_ISREG(os.fstat(n).st_mode)])"
    )
    assert found == "[]"


def test_it_writes_only_where_nothing_lasts(run):
    (refused,) = run(
        "import os, visual_coding_course, pandas\n"
        "places = ['/', '/etc', '/usr', '/dev', '/run/kernel', os.path.dirname(pandas.__file__),\n"
        "    os.path.dirname(visual_coding_course.__file__),\n"
        "    os.environ['VISUAL_CODING_COURSE_RECORDINGS'], '.', '/tmp', '/dev/shm']\n"
        "written = []\n"
        "for place in places:\n"
        "    try:\n"
        "        open(place + '/mine', 'w').close(); written.append(place)\n"
        "    except OSError: pass\n"
        "print(written)"
    )
    assert refused == "['.', '/tmp', '/dev/shm']"
    (left,) = run(
        "import os; print([os.path.exists(p + '/mine') for p in ('.', '/tmp', '/dev/shm')])"
    )
    assert left == "[False, False, False]"


def test_there_is_no_network(run):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        (said,) = run(
            "import socket\n"
            f"try: socket.create_connection(('127.0.0.1', {port}), 2); print('connected')\n"
            "except OSError as error: print('refused')"
        )
    assert said == "refused"


def test_files_beside_the_notebook_are_there(run):
    (text,) = run("print(open('tests/q1.py').read())", files={"tests/q1.py": "points = 3"})
    assert text == "points = 3"


def test_no_privileges_and_none_to_be_had(run):
    clone = seccomp.CLONE[seccomp.MACHINES[os.uname().machine][0]]
    lines = run(
        "import ctypes, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()\n"
        "libc.capget(header, sets); print(os.getuid() == 0, list(sets))",
        "print(libc.prctl(39, 0, 0, 0, 0))",  # PR_GET_NO_NEW_PRIVS
        "print(libc.unshare(0x10000000), ctypes.get_errno())",
        f"print(libc.syscall({clone}, 0x10000000 | 17, 0, 0, 0, 0), ctypes.get_errno())",
        "print(libc.ptrace(16, 1, 0, 0), ctypes.get_errno())",
        "import os\ntry: os.setuid(0)\nexcept OSError as error: print('refused')",
    )
    no = "-1 1"
    assert lines == ["False [0, 0, 0, 0, 0, 0]", "1", no, no, no, "refused"]


def test_it_sees_no_process_but_its_own(run):
    seen = run("import os; print(os.getpid() < 50, os.listdir('/proc'))")
    assert seen == ["True []"]


def test_memory_of_one_process_is_bounded(run):
    limits = Limits(**LIMITS, memory_megabytes=256)
    lines = run("x = bytearray(400 << 20)", "print('still here')", limits=limits)
    assert lines == ["MemoryError:", "still here"]


def test_memory_of_all_processes_is_bounded(run):
    limits = Limits(**LIMITS, memory_megabytes=256)
    with pytest.raises(KernelGone, match="more than 256 MB of memory"):
        run(
            "import os, time\n"
            "for _ in range(4):\n"
            "    if os.fork() == 0:\n"
            "        x = b'x' * (150 << 20); time.sleep(30)\n"
            "time.sleep(15)",
            limits=limits,
        )


def test_what_sockets_hold_is_counted_as_memory(run):
    limits = Limits(**LIMITS, memory_megabytes=256)
    with pytest.raises(KernelGone, match="more than 256 MB of memory"):
        run(
            "import os, socket, time\n"
            "for _ in range(5):\n"
            "    if os.fork() == 0:\n"
            "        pairs = [socket.socketpair() for _ in range(90)]; time.sleep(30)\n"
            "time.sleep(15)",
            limits=limits,
        )


def test_a_few_sockets_cost_nobody_anything(run):
    code = "import socket; pairs = [socket.socketpair() for _ in range(30)]; print(len(pairs))"
    assert run(code, "import time; time.sleep(1); print('there')") == ["30", "there"]


def test_terminals_are_a_kernels_own(run):
    code = (
        "import os; pairs = [os.openpty() for _ in range(10)]\n"
        "print(sorted(os.listdir('/dev/pts')))"
    )
    own = str(sorted([*map(str, range(10)), "ptmx"]))
    assert run(code) == [own]
    holder = StudentKernel(nbformat.v4.new_notebook(), Limits(**LIMITS), {}, needs=NEEDS)
    with holder:
        holder._scratch.source = code
        holder.run(holder._scratch, 0)
        assert run(code) == [own]


def test_locks_of_files_hold_nobody_up(run):
    (shown,) = run(
        "import fcntl\n"
        "one, other = open('own', 'w'), open('own')\n"
        "print(fcntl.flock(one, fcntl.LOCK_EX), fcntl.flock(other, fcntl.LOCK_EX))"
    )
    assert shown == "None None"


def test_processes_and_open_files_are_bounded(run):
    limits = Limits(**LIMITS, processes=30, open_files=100)
    (threads, files) = run(
        "import threading, time\n"
        "try:\n"
        "    for started in range(100):\n"
        "        threading.Thread(target=time.sleep, args=(3,)).start()\n"
        "except RuntimeError: print(started < 30)",
        "kept = []\n"
        "try:\n"
        "    for _ in range(200): kept.append(open('/dev/null'))\n"
        "except OSError: print(len(kept) < 100)\n"
        "for file in kept: file.close()",
        limits=limits,
    )
    assert (threads, files) == ("True", "True")


def test_disk_is_bounded(run):
    limits = Limits(**LIMITS, disk_megabytes=32)
    lines = run(
        "import os\n"
        "for place in ('.', '/tmp', '/dev/shm'):\n"
        "    try:\n"
        "        with open(place + '/big', 'wb') as file:\n"
        "            for _ in range(40): file.write(bytes(1 << 20))\n"
        "    except OSError as error: print(error.errno)",
        limits=limits,
    )
    assert lines == ["28\n28\n28"]


def test_output_is_bounded_and_the_rest_still_runs(run):
    limits = Limits(**LIMITS, output_megabytes=0.5)
    lines = run("for i in range(100): print('x' * 10000)", "x = 3", "x", limits=limits)
    assert "more than 0.5 MB" in lines[0]
    assert len(lines[0]) < 800_000
    assert run("x = 3", "x") == ["", "3"]


def test_a_long_line_takes_no_long_time(run):
    (line,) = run("print('x' * 2_000_000)")
    assert len(line) == 2_000_000


def test_progress_bars_leave_their_last_state(run):
    (shown,) = run("print('10 %\\r50 %\\r100 %\\nnext', end='')")
    assert shown == "100 %\nnext"


def test_figures_are_shown_once(run):
    shown = run("import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "plt.show()", "3")
    assert shown == ["<Figure size 640x480 with 1 Axes>", "", "3"]


def test_what_lies_in_another_folder_that_is_shown_is_shown_with_it(monkeypatch):
    """As a package that is installed in an environment below /tmp."""
    environment = Path("/tmp/autograder/.venv")
    package = environment / "lib" / "visual_coding_course"
    monkeypatch.setattr(sandbox, "_environment", lambda hidden=(): [Path("/opt/x"), environment])
    monkeypatch.setattr(sandbox, "PACKAGE", package)
    assert sandbox.covered(NOTHING) == [str(environment)]
    monkeypatch.setattr(sandbox, "PACKAGE", Path("/tmp/elsewhere/visual_coding_course"))
    assert sandbox.covered(NOTHING) == [
        str(environment), "/tmp/elsewhere/visual_coding_course"
    ]  # fmt: skip
