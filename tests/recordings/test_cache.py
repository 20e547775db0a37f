"""Opening, building once, noticing damage, and explaining what is wrong."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import filelock
import h5py
import numpy as np
import pytest
from allensdk.core.brain_observatory_cache import BrainObservatoryCache
from IPython.core.interactiveshell import InteractiveShell

import visual_coding_course
from visual_coding_course import open_cache
from visual_coding_course import recordings as practice
from visual_coding_course.recordings import allen, facts, layout, nwb, simulate, store
from visual_coding_course.shared.files import replacing

SESSION_C = layout.DATA_FILE.format(facts.session_ids()["C"])


class QuickStore(store.Store):
    """A store of small files that takes no time to build, and notes what it built."""

    def _build_session(self, letter, names, entered, bar):
        for name in names:
            with replacing(self.folder / name) as path:
                self.write(path, name)
            self._record(name, entered)

    def _build_table(self, name, entered, bar):
        self._build_session(None, [name], entered, None)

    def write(self, path, name):
        path.write_text(name * 100)
        with open(self.folder / "built.log", "a") as log:
            log.write(f"{name}\n")

    def log(self):
        path = self.folder / "built.log"
        return path.read_text().split() if path.exists() else []


@pytest.fixture
def quick(tmp_path):
    result = QuickStore(tmp_path / "practice")
    result.ensure()
    return result


def test_open_cache_returns_allensdks_class(boc):
    assert isinstance(boc, BrainObservatoryCache)
    assert Path(boc.manifest_path).parent == practice.recordings_folder()


def test_source_is_checked():
    with pytest.raises(ValueError, match="practice.*allen"):
        open_cache("alen")


def test_allen_source_asks_the_allen_institute(monkeypatch, tmp_path):
    monkeypatch.setenv(layout.VARIABLE, str(tmp_path))
    real = open_cache(source="allen")
    assert isinstance(real, BrainObservatoryCache)
    assert Path(real.manifest_path).parent == tmp_path / "allen"
    assert real.api.api_url.startswith("http")


def test_an_existing_cache_opens_by_manifest_or_folder(boc, tmp_path):
    for manifest in (boc.manifest_path, Path(boc.manifest_path).parent):
        again = open_cache(manifest=manifest)
        assert len(again.get_ophys_experiments(experiment_container_ids=[511510736])) == 3
    with pytest.raises(FileNotFoundError, match="nothing_here"):
        open_cache(manifest=tmp_path / "nothing_here")


def test_a_real_cache_opens_without_network(boc, tmp_path, monkeypatch):
    """Tables downloaded earlier can be read although AllenSDK asks for eye tracking each time."""
    for name in layout.TABLES:
        shutil.copy(Path(boc.manifest_path).parent / name, tmp_path)
    again = open_cache(manifest=tmp_path)
    assert isinstance(again.api, allen.CachedApi)

    def offline(*_, **__):
        raise ConnectionError("no network")

    monkeypatch.setattr(allen.BrainObservatoryApi, "template_query", offline)
    assert len(again.get_ophys_experiments()) == 48
    with pytest.raises(ConnectionError):
        again.get_ophys_experiment_data(501559087)


SEEN = [
    "__init__",
    "inside",
    "inside.changed",
    "inside.sentences",
    "recordings",
    "recordings.allen",
    "recordings.cache",
    "recordings.errors",
    "recordings.first_import",
    "recordings.layout",
]


def test_recordings_that_the_environment_names_open_without_what_they_are_made_from(boc, tmp_path):
    """A grader shows a student's code no more of this package than opening takes."""
    package = Path(visual_coding_course.__file__).parent
    for name in SEEN:
        file = name.replace(".", "/") + (
            "/__init__.py" if name in ("inside", "recordings") else ".py"
        )
        (tmp_path / package.name / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(package / file, tmp_path / package.name / file)
    code = """
    import sys
    import visual_coding_course as course
    boc = course.open_cache()
    data_set = boc.get_ophys_experiment_data(501559087)
    print(course.__file__, boc.manifest_path, float(data_set.get_dff_traces([517472450])[1].sum()))
    try:
        boc.get_ophys_experiment_data(510514474)
    except course.recordings.NotInPracticeError as error:
        print(error)
    print(*(name for name in sys.modules if name.startswith("visual_coding_course.")))
    """
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        layout.GIVEN: str(practice.recordings_folder()),
    }
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    opened, message, modules = done.stdout.splitlines()
    trace = boc.get_ophys_experiment_data(501559087).get_dff_traces([517472450])[1]
    code_file = tmp_path / package.name / "__init__.py"
    assert opened == f"{code_file} {boc.manifest_path} {float(trace.sum())}"
    assert "510514474" in message
    assert not any(str(number) in message for number in facts.session_ids().values())
    assert {name.partition(".")[2] for name in modules.split()} == set(SEEN[1:])


def test_a_named_folder_without_recordings_is_a_clear_error(monkeypatch, tmp_path):
    monkeypatch.setenv(layout.GIVEN, str(tmp_path / "nothing_here"))
    with pytest.raises(FileNotFoundError, match="no manifest.*nothing_here"):
        open_cache()
    assert list(tmp_path.iterdir()) == []


def test_the_real_recordings_can_be_asked_for_whatever_the_environment_names(monkeypatch, tmp_path):
    monkeypatch.setenv(layout.VARIABLE, str(tmp_path))
    monkeypatch.setenv(layout.GIVEN, str(tmp_path / "nothing_here"))
    assert Path(open_cache(source="allen").manifest_path).parent == tmp_path / "allen"


def test_importing_the_package_is_cheap():
    code = (
        "import sys, visual_coding_course.recordings;"
        "print('allensdk' in sys.modules, 'numpy' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(visual_coding_course.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )
    assert done.stdout.split() == ["False", "False"]


def test_opening_touches_no_network_and_prints_nothing(boc, monkeypatch, capfd):
    import socket

    def refuse(*_, **__):
        raise AssertionError("network used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    opened = open_cache()
    opened.get_ophys_experiments(cell_specimen_ids=[517472450])
    opened.get_ophys_experiment_data(501559087)
    captured = capfd.readouterr()
    assert captured.out == "" and captured.err == ""


def test_checking_takes_less_than_a_tenth_of_a_second(boc):
    practice.recordings_folder()
    start = time.process_time()
    practice.recordings_folder()
    assert time.process_time() - start < 0.1


MOST_SECONDS = 0.7


def test_reading_is_fast_and_files_are_small(boc, sessions):
    folder = practice.recordings_folder()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size < 300e6
    best = {}
    for letter, data_set in sessions.data_sets.items():
        for name in (
            "get_dff_traces",
            "get_fluorescence_traces",
            "get_roi_mask_array",
            "get_max_projection",
        ):
            for _ in range(3):
                # Of the processor, which is the same on a machine that does other things as well.
                start = time.process_time()
                getattr(data_set, name)()
                seconds = time.process_time() - start
                best[letter, name] = min(seconds, best.get((letter, name), seconds))
                if seconds < MOST_SECONDS:
                    break
    assert max(best.values()) < MOST_SECONDS, best


def test_session_file():
    path = practice.session_file(501559087)
    assert path.is_file() and path.name == "501559087.nwb"
    with pytest.raises(practice.NotInPracticeError):
        practice.session_file(510514474)


def test_the_folder_is_named_after_what_it_depends_on(monkeypatch, tmp_path):
    monkeypatch.setenv(layout.VARIABLE, str(tmp_path))
    first = store.folder_for()
    assert first.parent == tmp_path
    assert store.folder_for(seed=1) != first
    monkeypatch.setattr(layout, "VERSION", layout.VERSION + 1)
    assert store.folder_for() != first


# building once


def test_what_is_there_is_not_built_again(quick):
    assert sorted(quick.log()) == sorted(layout.all_files())
    quick.ensure()
    assert len(quick.log()) == len(layout.all_files())


def test_two_processes_build_once(tmp_path):
    code = """
    import sys, time
    sys.path.insert(0, {tests!r})
    from test_cache import QuickStore

    class Slow(QuickStore):
        def write(self, path, name):
            time.sleep(0.1)
            super().write(path, name)

    slow = Slow({folder!r})
    slow.ensure()
    assert slow.damaged() == []
    """
    script = tmp_path / "build.py"
    folder = tmp_path / "practice"
    tests = str(Path(__file__).parent)
    script.write_text(textwrap.dedent(code).format(tests=tests, folder=str(folder)))
    environment = {**os.environ, "PYTHONPATH": str(Path(visual_coding_course.__file__).parents[1])}
    both = [subprocess.Popen([sys.executable, str(script)], env=environment) for _ in range(2)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert sorted(QuickStore(folder).log()) == sorted(layout.all_files())


# damage


def damage_by_flipping(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def damage_by_cutting(path):
    with open(path, "rb+") as file:
        file.truncate(path.stat().st_size // 2)


@pytest.mark.parametrize("damage", [damage_by_flipping, damage_by_cutting, Path.unlink])
@pytest.mark.parametrize("name", [SESSION_C, layout.CELLS])
def test_only_what_is_damaged_is_built_again(quick, damage, name):
    built = len(quick.log())
    damage(quick.folder / name)
    assert quick.damaged() == [name]
    quick.ensure()
    assert quick.damaged() == []
    assert quick.log()[built:] == [name]


def test_a_copied_folder_is_not_built_again(quick, tmp_path):
    shutil.copytree(quick.folder, tmp_path / "copy", copy_function=shutil.copyfile)
    os.utime(tmp_path / "copy" / SESSION_C, (1, 1))
    copy = QuickStore(tmp_path / "copy")
    built = len(copy.log())
    copy.ensure()
    assert len(copy.log()) == built


@pytest.mark.parametrize("contents", ["", "{}", '{"files": 3}', '{"files": {"x": 1}}', "not json"])
def test_unreadable_contents_are_no_contents(quick, contents):
    (quick.folder / layout.CONTENTS).write_text(contents)
    assert quick.damaged() == layout.all_files()
    quick.ensure()
    assert quick.damaged() == []


def test_an_interrupted_build_is_taken_up_where_it_stopped(tmp_path):
    class Interrupted(QuickStore):
        def write(self, path, name):
            if name == SESSION_C:
                path.write_text("half of it")
                raise KeyboardInterrupt
            super().write(path, name)

    folder = tmp_path / "practice"
    with pytest.raises(KeyboardInterrupt):
        Interrupted(folder).ensure()
    assert SESSION_C in QuickStore(folder).damaged()
    assert not (folder / SESSION_C).exists()
    assert list(folder.rglob(f"*{store.PARTIAL}")) == []
    QuickStore(folder).ensure()
    assert sorted(QuickStore(folder).log()) == sorted(layout.all_files())


class PressesCtrlC:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)


@pytest.fixture
def ctrl_c():
    """Ctrl-C as Python answers it, which a test run in the background would ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.signal(signal.SIGINT, before) is signal.default_int_handler


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("last", [False, True])
def test_ctrl_c_that_python_drops_breaks_off_a_build(tmp_path, ctrl_c, last):
    """Python prints and forgets a KeyboardInterrupt that is raised in a finalizer."""
    pressed_at = layout.all_files()[-1 if last else 1]

    class Interrupted(QuickStore):
        def write(self, path, name):
            super().write(path, name)
            if name == pressed_at:
                PressesCtrlC()

    with pytest.raises(KeyboardInterrupt):
        Interrupted(tmp_path / "practice").ensure()
    assert Interrupted(tmp_path / "practice").log()[-1] == pressed_at
    assert list(tmp_path.rglob(f"*{store.PARTIAL}")) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_ctrl_c_breaks_off_a_build_between_two_cells(tmp_path, ctrl_c):
    def interrupt(path, recording, tick):
        tick()
        PressesCtrlC()
        tick()
        pytest.fail("went on to the next cell")

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(nwb, "write", interrupt)
        patch.setattr(simulate, "recording", lambda *_, **__: None)
        store.Store(tmp_path / "practice").ensure()


def test_another_answer_to_ctrl_c_is_left_alone(tmp_path, ctrl_c):
    pressed = []

    class Interrupted(QuickStore):
        def write(self, path, name):
            super().write(path, name)
            PressesCtrlC()

    before = signal.signal(signal.SIGINT, lambda *_: pressed.append(True))
    try:
        Interrupted(tmp_path / "practice").ensure()
    finally:
        signal.signal(signal.SIGINT, before)
    assert len(pressed) == len(layout.all_files())


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_was_broken_off_leaves_nothing_that_counts(tmp_path, kill):
    folder = tmp_path / "practice"
    code = (
        "import sys; from visual_coding_course.recordings.store import Store;"
        "Store(sys.argv[1]).ensure()"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(visual_coding_course.__file__).parents[1])}
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], env=environment, stderr=subprocess.DEVNULL,
        # Background jobs of a shell ignore Ctrl-C, and so would what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(folder.rglob(f"*{store.PARTIAL}")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(kill)
    assert process.wait(timeout=20) != 0
    left = list(folder.rglob(f"*{store.PARTIAL}"))
    assert left if kill == signal.SIGKILL else not left
    assert QuickStore(folder).damaged() == layout.all_files()
    QuickStore(folder).ensure()
    assert list(folder.rglob(f"*{store.PARTIAL}")) == []


def test_a_damaged_recording_and_table_become_what_they_were(boc, tmp_path):
    """The real thing, once: also that a rebuilt session is the same, value by value."""
    original = practice.recordings_folder()
    folder = tmp_path / "practice"
    shutil.copytree(original, folder)
    damage_by_flipping(folder / SESSION_C)
    damage_by_cutting(folder / layout.CELLS)
    kept = (folder / layout.EXPERIMENTS).stat().st_mtime_ns
    again = store.Store(folder)
    assert again.damaged() == [SESSION_C, layout.CELLS]
    again.ensure()
    assert again.damaged() == []
    assert (folder / layout.EXPERIMENTS).stat().st_mtime_ns == kept
    assert (folder / layout.CELLS).read_text() == (original / layout.CELLS).read_text()
    with h5py.File(original / SESSION_C) as before, h5py.File(folder / SESSION_C) as after:
        names = []
        before.visititems(
            lambda name, item: names.append(name) if isinstance(item, h5py.Dataset) else None
        )
        assert len(names) > 500
        for name in names:
            if before[name].dtype.kind == "f":
                assert np.allclose(before[name][()], after[name][()], atol=1e-6, equal_nan=True), (
                    name
                )
            else:
                assert np.array_equal(before[name][()], after[name][()]), name


def test_damage_that_leaves_no_trace_fails_when_read(boc, tmp_path):
    copy = tmp_path / "copy.nwb"
    shutil.copy(practice.session_file(501474098), copy)
    with h5py.File(copy) as file:
        where = file[f"{nwb.PIPELINE}/DfOverF/{nwb.PLANE}/data"].id.get_chunk_info(50)
    with open(copy, "rb+") as file:
        file.seek(where.byte_offset + where.size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 0x10]))
    with pytest.raises(OSError):
        nwb.read_traces(copy)


# errors


@pytest.mark.parametrize(
    "error, words",
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full.*Free 300 MB.*"),
        (RuntimeError("errno = 28, error message = 'No space left on device'"), "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied"), "read-only for you"),
        (OSError(errno.EROFS, "Read-only file system"), "read-only for you"),
        (OSError("Unable to synchronously create file"), "could not be written.*Unable to"),
    ],
)
def test_errors_say_what_to_do(tmp_path, error, words):
    class Failing(QuickStore):
        def write(self, path, name):
            raise error

    with pytest.raises(practice.BuildError, match=words) as raised:
        Failing(tmp_path / "practice").ensure()
    assert isinstance(raised.value, OSError)
    assert layout.VARIABLE in str(raised.value) and str(tmp_path) in str(raised.value)
    assert list(tmp_path.rglob(f"*{store.PARTIAL}")) == []


def test_a_programming_mistake_is_not_called_a_full_disk(tmp_path):
    class Broken(QuickStore):
        def write(self, path, name):
            raise RuntimeError("dictionary changed size during iteration")

    with pytest.raises(RuntimeError, match="dictionary"):
        Broken(tmp_path / "practice").ensure()


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(practice.BuildError, match=layout.VARIABLE):
        QuickStore(tmp_path / "file" / "practice").ensure()


def test_a_folder_that_cannot_be_written_is_read_all_the_same(quick, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    os.utime(quick.folder / SESSION_C, (1, 1))
    monkeypatch.setattr(QuickStore, "_enter", refuse)
    assert quick.ensure() == quick.folder


def test_contents_say_that_the_recordings_are_simulated(boc):
    entered = json.loads((practice.recordings_folder() / layout.CONTENTS).read_text())
    assert "Simulated" in entered["about"]
    assert set(entered["files"]) == set(layout.all_files())


@pytest.mark.parametrize("missing", ["allensdk", "h5py", "pynwb"])
def test_without_allensdk_it_is_said_what_to_install(missing):
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "import visual_coding_course as course\n"
        "try:\n    course.open_cache()\nexcept ModuleNotFoundError as error:\n    print(error)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert f"{missing} is not installed here. Install the requirements" in said.stdout, said.stderr


def test_on_a_python_that_allensdk_does_not_run_on_it_is_said_which_it_needs():
    code = (
        "import sys; sys.modules['allensdk'] = None\n"
        "import visual_coding_course as course\n"
        "course.PYTHON = (2, 7)\n"
        "try:\n    course.open_cache()\nexcept ModuleNotFoundError as error:\n    print(error)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "It needs Python 2.7, and this kernel runs on 3." in said.stdout, said.stderr
    assert "pip install" not in said.stdout


def test_what_cannot_be_opened_is_shown_without_the_calls(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv(layout.VARIABLE, str(tmp_path / "file" / "below"))
    (tmp_path / "file").write_text("not a folder")
    shell = InteractiveShell.instance(colors="nocolor")
    try:
        shell.run_cell("from visual_coding_course import open_cache\nopen_cache()")
    finally:
        InteractiveShell.clear_instance()
    said = "".join(capsys.readouterr())
    assert said.startswith("BuildError: The practice recordings") and layout.VARIABLE in said
    assert len(said.splitlines()) == 1


def test_where_files_cannot_be_locked_they_are_built_all_the_same(tmp_path, monkeypatch):
    def no_locks(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(filelock.FileLock, "_acquire", no_locks)
    folder = tmp_path / "practice"
    assert QuickStore(folder).ensure() == folder and not QuickStore(folder).damaged()
    assert not Path(f"{folder}.lock.held").exists()
