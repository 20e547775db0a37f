"""Accounts of this machine, for what takes more than one: made by root, and gone afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parents[1]
#: What a command of another account reads: Python, its packages, this package.
READ = (Path(sys.base_prefix), Path(sys.prefix).resolve(), COURSE)
PROGRAMS = ("useradd", "userdel", "setpriv", "unshare")


@contextlib.contextmanager
def accounts(*roles):
    """Make accounts with homes of their own; yields one `Account` for each role, and their folder.

    Skips the test where that cannot be.
    """
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can make accounts")
    if missing := [name for name in PROGRAMS if not shutil.which(name)]:
        pytest.skip(f"{missing[0]} is not installed")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="two-accounts-")))
        folder.chmod(0o755)
        made = []
        for role in roles:
            name = f"vcc{os.getpid()}{role}"
            home = folder / f"home-of-{role}"
            subprocess.run(["useradd", "-m", "-d", home, "-s", "/bin/sh", name], check=True)
            stack.callback(subprocess.run, ["userdel", "-f", name], capture_output=True)
            home.chmod(0o700)
            made.append(Account(name, home, folder / "opened"))
        tried = made[0].run("-c", "import nbgrader, visual_coding_course", cwd=folder, fails=True)
        if tried.returncode:
            pytest.skip(f"another account cannot run this Python: {tried.stderr[-300:]}")
        yield *made, folder


class Account:
    """An account: its name, its home, and what it runs."""

    def __init__(self, name, home, scratch):
        self.name, self.home, self._scratch = name, home, scratch

    def run(self, *arguments, cwd=None, fails=False, **variables):
        """Run Python as this account, with nothing of root's environment."""
        environment = {
            "HOME": str(self.home), "USER": self.name, "LOGNAME": self.name, "NO_COLOR": "1",
            "PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONPATH": str(COURSE), **variables,
        }  # fmt: skip
        become = ["setpriv", "--reuid", self.name, "--regid", self.name, "--init-groups"]
        done = subprocess.run(
            [*opened(self._scratch), *become, sys.executable, *arguments],
            cwd=cwd or self.home, env=environment, capture_output=True, text=True, timeout=600,
        )  # fmt: skip
        assert fails or done.returncode == 0, done.stdout + done.stderr
        return done

    def owns(self, folder):
        """Give a folder and all in it to this account."""
        about = pwd.getpwnam(self.name)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, about.pw_uid, about.pw_gid, follow_symlinks=False)


def opened(scratch):
    """Words before a command that let it read what lies in a folder that is closed, as /root is.

    Only that command sees it so: it has a view of the disk of its own.
    """
    closed = {
        above for place in READ for above in place.parents if not above.stat().st_mode & 0o001
    }  # fmt: skip
    if not closed:
        return []
    inside = [place for place in READ if closed.intersection(place.parents)]
    lines = ["set -e"]
    for number, place in enumerate(inside):
        lines.append(f"mkdir -p '{scratch}/{number}'; mount --bind '{place}' '{scratch}/{number}'")
    lines += [f"mount -t tmpfs -o mode=755 tmpfs '{folder}'" for folder in sorted(closed)]
    for number, place in enumerate(inside):
        lines.append(f"mkdir -p '{place}'; mount --bind '{scratch}/{number}' '{place}'")
    script = "\n".join([*lines, 'exec "$@"'])
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh"]
