"""The launcher, with stand-ins for uv and Python that write down how they are called."""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

COURSE = Path(__file__).parents[2]
NEEDED = "awk cat chmod cksum cp dirname flock grep head mkdir mv perl readlink rm sh sleep touch"
LOCK = """\
# A comment.
flit-core==4.2.0 \\
    --hash=sha256:aa
    # via visual-coding-course (pyproject.toml)
numpy==1.23.5 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
setuptools==80.10.2 \\
    --hash=sha256:dd
uv==0.13.9 \\
    --hash=sha256:ee
wheel==0.48.0 \\
    --hash=sha256:ff
"""

# Takes the place of uv, of python3 and of the python in .venv; makes what they would make.
STAND_IN = """\
#!/bin/sh
if [ "$1" = -c ]; then
    [ -z "$VERSION_3_11" ] || echo "$0"
    exit
fi
echo "${0##*/} $*" >>"$CALLS"
pwd >>"$CALLS.folders"
case "$*" in
    *"-e ."*) [ -z "$BREAK" ] || exit 1
        printf '#!/bin/sh\\npwd\\nprintf "<%%s>" "$@"\\n' >.venv/bin/course
        chmod +x .venv/bin/course ;;
    *requirements.lock*) [ -z "$SLOW" ] || { touch "$CALLS.started"; sleep "$SLOW"; }
        [ -z "$OFFLINE" ] || { echo "no route to host" >&2; exit 2; } ;;
    *build.lock* | *uv.lock*) ;;
    *venv*) [ -z "$NO_VENV" ] || exit 1
        for folder in "$@"; do :; done
        mkdir -p "$folder/bin"
        cp "$0" "$folder/bin/python"
        [ "$folder" = "${folder%-uv}" ] || cp "$0" "$folder/bin/uv" ;;
esac
"""


class Launcher:
    """A course folder and a PATH of our own, and what was called there."""

    def __init__(self, folder: Path):
        self.root = folder / "a course"
        self.path = folder / "bin"
        self.home = folder / "home"
        self.calls_file = folder / "calls"
        self.path.mkdir()
        self.root.mkdir()
        for tool in NEEDED.split():
            if found := shutil.which(tool):
                self.path.joinpath(tool).symlink_to(found)
        shutil.copy(COURSE / "course", self.root)
        self.root.joinpath("pyproject.toml").write_text("[project]\n")
        self.root.joinpath("requirements.lock").write_text(LOCK)

    def provide(self, path: Path | str, python_311: bool = False, venv: bool = True) -> None:
        """Put a stand-in at a path, or on PATH under a name."""
        path = self.path / path
        path.parent.mkdir(parents=True, exist_ok=True)
        facts = f"VERSION_3_11={'1' if python_311 else ''}\nNO_VENV={'' if venv else '1'}\n"
        path.write_text(STAND_IN.replace("#!/bin/sh\n", f"#!/bin/sh\n{facts}"))
        path.chmod(0o755)

    def start(self, *arguments: str, script: str | Path = "", **more) -> subprocess.Popen:
        environment = {
            "PATH": str(self.path),
            "HOME": str(self.home),
            "CALLS": str(self.calls_file),
            **more.pop("env", {}),
        }
        return subprocess.Popen(
            [script or self.root / "course", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Background jobs of a shell ignore Ctrl-C, and so would what they start.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            **more,
        )

    def run(self, *arguments: str, **more) -> subprocess.CompletedProcess:
        process = self.start(*arguments, **more)
        out, err = process.communicate(timeout=30)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def calls(self) -> list[str]:
        """Take the calls since the last look, apart from questions about the version."""
        lines = self.calls_file.read_text().splitlines() if self.calls_file.exists() else []
        self.calls_file.unlink(missing_ok=True)
        return lines


@pytest.fixture
def launcher(tmp_path):
    return Launcher(tmp_path)


@pytest.fixture
def installed(launcher):
    launcher.provide("uv")
    launcher.provide("python3", python_311=True)
    assert launcher.run().returncode == 0
    launcher.calls()
    return launcher


def test_installs_the_locked_packages_and_runs_the_command(launcher, tmp_path):
    launcher.provide("uv")
    launcher.provide("python3", python_311=True)
    result = launcher.run("check", "a b.ipynb", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, f"{tmp_path}\n<check><a b.ipynb>")
    venv, tools, packages, project = launcher.calls()
    assert venv == f"uv venv --quiet --python {launcher.path}/python3 {launcher.root}/.venv"
    for call in (tools, packages):
        assert "--require-hashes" in call
        assert f"--python {launcher.root}/.venv/bin/python" in call
    assert packages.endswith(f"-r {launcher.root}/requirements.lock")
    assert "--no-build-isolation" in packages
    assert "--no-build-isolation" in project and project.endswith("-e .")
    # uv obeys the settings of whatever project it is called in.
    folders = launcher.calls_file.with_suffix(".folders").read_text().splitlines()
    assert folders[1:] == [str(launcher.root)] * 3
    assert "installing" in result.stderr


def test_build_tools_are_the_locked_ones(installed):
    tools = (installed.root / ".venv/build.lock").read_text()
    assert re.findall(r"^\S+==", tools, re.MULTILINE) == ["flit-core==", "setuptools==", "wheel=="]
    assert re.findall(r"sha256:(\w+)", tools) == ["aa", "dd", "ff"]


def test_unchanged_asks_neither_python_nor_an_installer(installed, tmp_path):
    asked = tmp_path / "asked"
    for program in ("uv", "python3", installed.root / ".venv/bin/python"):
        path = installed.path / program
        path.write_text(f'#!/bin/sh\necho "$0" >>"{asked}"\n')
    result = installed.run("test")
    assert (result.stdout.splitlines()[-1], result.stderr) == ("<test>", "")
    assert not asked.exists()


def test_command_finds_the_programs_beside_it(installed):
    command = installed.root / ".venv/bin/course"
    command.write_text('#!/bin/sh\nalembic "$VIRTUAL_ENV"\n')
    installed.provide(command.with_name("alembic"))
    assert installed.run(env={"VIRTUAL_ENV": "/elsewhere"}).returncode == 0
    assert installed.calls() == [f"alembic {installed.root}/.venv"]


def test_without_arguments_helps(installed):
    assert installed.run().stdout.endswith("<--help>")


def test_changed_lock_installs_anew(installed):
    (installed.root / ".venv/left_over").touch()
    (installed.root / "requirements.lock").write_text(LOCK + "zipp==4 --hash=sha256:a\n")
    assert installed.run().returncode == 0
    assert len(installed.calls()) == 4
    assert not (installed.root / ".venv/left_over").exists()


def test_changed_pyproject_reinstalls_only_the_course(installed):
    (installed.root / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert installed.run().returncode == 0
    (call,) = installed.calls()
    assert call.endswith("-e .")
    assert installed.run().returncode == 0
    assert not installed.calls()


@pytest.mark.parametrize("trouble", ["OFFLINE", "BREAK"])
def test_failed_installation_says_what_to_do_and_is_redone(launcher, trouble):
    launcher.provide("uv")
    launcher.provide("python3", python_311=True)
    result = launcher.run(env={trouble: "1"})
    assert result.returncode == 1
    assert "did not finish" in result.stderr
    assert "HTTPS_PROXY" in result.stderr
    launcher.calls()
    assert launcher.run().returncode == 0
    assert len(launcher.calls()) == 4


def test_interrupted_update_of_the_course_is_redone(installed):
    (installed.root / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert installed.run(env={"BREAK": "1"}).returncode == 1
    installed.calls()
    assert installed.run().returncode == 0
    assert len(installed.calls()) == 4


def test_ctrl_c_leaves_nothing_that_is_taken_for_whole(launcher):
    launcher.provide("uv")
    launcher.provide("python3", python_311=True)
    process = launcher.start(env={"SLOW": "20"}, start_new_session=True)
    wait_for(launcher.calls_file.with_suffix(".started"))
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "interrupted" in errors
    launcher.calls()
    assert launcher.run().returncode == 0
    assert len(launcher.calls()) == 4


def test_two_at_once_install_once(launcher):
    launcher.provide("uv")
    launcher.provide("python3", python_311=True)
    first = launcher.start("one", env={"SLOW": "1"})
    wait_for(launcher.calls_file.with_suffix(".started"))
    second = launcher.run("two", env={"SLOW": "1"})
    out, _ = first.communicate(timeout=10)
    assert "waiting" in second.stderr
    assert (out.splitlines()[-1], second.stdout.splitlines()[-1]) == ("<one>", "<two>")
    assert len(launcher.calls()) == 4


def test_moved_folder_installs_anew(installed, tmp_path):
    installed.root = installed.root.rename(tmp_path / "elsewhere")
    assert installed.run().returncode == 0
    assert len(installed.calls()) == 4


@pytest.mark.parametrize("gone", ["python", "course"])
def test_broken_venv_is_mended(installed, gone):
    (installed.root / ".venv/bin" / gone).unlink()
    assert installed.run("x").stdout.endswith("<x>")
    assert installed.calls()


def test_symlink_and_relative_call(installed, tmp_path):
    (tmp_path / "links").mkdir()
    (tmp_path / "links/hop").symlink_to("../a course/course")
    (tmp_path / "links/course").symlink_to("hop")
    assert installed.run("a", script=tmp_path / "links/course").stdout.endswith("<a>")
    assert installed.run("b", script="./course", cwd=installed.root).stdout.endswith("<b>")
    by_sh = installed.run("course", "e", script="/bin/sh", cwd=installed.root)
    assert by_sh.stdout.endswith("<e>")
    assert not installed.calls()


def test_python_311_behind_another_default(launcher):
    launcher.provide("uv")
    launcher.provide("python3")
    launcher.provide("python3.11", python_311=True)
    assert launcher.run().returncode == 0
    assert f"--python {launcher.path}/python3.11 " in launcher.calls()[0]


def test_python_311_only_in_pyenv(launcher):
    # pyenv's shim answers to the name, but has no 3.11 switched on.
    launcher.provide("python3")
    launcher.provide("python3.11")
    pyenv = launcher.home / ".pyenv/versions/3.11.7/bin/python3.11"
    launcher.provide(pyenv, python_311=True)
    assert launcher.run().returncode == 0
    assert launcher.calls()[0] == f"python3.11 -m venv {launcher.root}/.venv"


def test_named_python(launcher, tmp_path):
    launcher.provide("uv")
    launcher.provide(tmp_path / "my python", python_311=True)
    assert launcher.run(env={"COURSE_PYTHON": str(tmp_path / "my python")}).returncode == 0
    assert f"--python {tmp_path}/my python " in launcher.calls()[0]


def test_named_python_of_another_version(launcher):
    launcher.provide("uv")
    launcher.provide("python3", python_311=True)
    launcher.provide("python3.12")
    result = launcher.run(env={"COURSE_PYTHON": "python3.12"})
    assert result.returncode == 1
    assert "Python 3.11" in result.stderr


def test_pip_where_there_is_no_uv(launcher):
    launcher.provide("python3", python_311=True)
    result = launcher.run("x")
    assert result.stdout.endswith("<x>")
    venv, tools, packages, project = launcher.calls()
    assert venv == f"python3 -m venv {launcher.root}/.venv"
    assert all(" -m pip install " in call for call in (tools, packages, project))
    assert all("--require-hashes" in call for call in (tools, packages))


def test_uv_fetches_python_311(launcher):
    launcher.provide("uv")
    launcher.provide("python3")
    assert launcher.run().returncode == 0
    assert any(f"venv --quiet --python 3.11 {launcher.root}/.venv" in c for c in launcher.calls())


def test_uv_is_installed_to_fetch_python_311(launcher):
    launcher.provide("python3")
    assert launcher.run().returncode == 0
    calls = launcher.calls()
    assert f"python3 -m venv {launcher.root}/.venv-uv" in calls
    assert f"uv venv --quiet --python 3.11 {launcher.root}/.venv" in calls
    (fetch,) = [call for call in calls if call.startswith("python -m pip")]
    assert "--require-hashes" in fetch
    assert (launcher.root / ".venv-uv/uv.lock").read_text().startswith("uv==0.13.9")


@pytest.mark.parametrize("provided", [[], ["python3"], ["python3", "uv"]])
def test_no_python_311_says_how_to_get_it(launcher, provided):
    for name in provided:
        launcher.provide(name, venv=False)
    result = launcher.run("demo")
    assert result.returncode == 1
    assert "needs Python 3.11" in result.stderr
    assert "COURSE_PYTHON" in result.stderr
    assert not (launcher.root / ".venv").exists()


def test_lock_names_no_host_and_no_folder():
    lock = (COURSE / "requirements.lock").read_text()
    assert not re.search(
        r"://|--(extra-)?index|find-links|file:|/home|/root|/tmp|\.(org|com|net)\b", lock
    )


def test_lock_pins_each_package_once_by_hash():
    lock = (COURSE / "requirements.lock").read_text()
    entries = re.split(r"^(?=[a-z])", lock, flags=re.MULTILINE)[1:]
    names = [re.match(r"([a-z0-9-]+)==", entry)[1] for entry in entries]
    assert len(names) == len(set(names)) > 100
    assert all("--hash=sha256:" in entry for entry in entries)
    assert {"flit-core", "setuptools", "uv", "wheel"} <= set(names)


def wait_for(path: Path) -> None:
    for _ in range(200):
        if path.exists():
            return
        time.sleep(0.05)
    raise TimeoutError(path)
