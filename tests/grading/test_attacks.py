"""Hostile notebooks: none gains a point, reaches anything, or costs another submission anything.

Each notebook in ``attacks`` says in its first cell what it tries, and in its metadata what its
honest content deserves. It notes in ``reached`` what it got that it should not have got.
"""

import contextlib
import json
import os
import secrets
import shutil
import socket
import time
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import numpy as np
import pandas as pd
import psutil
import pytest

import visual_coding_course
from visual_coding_course.assignment import load_assignment
from visual_coding_course.grading import submission
from visual_coding_course.grading.run import grade_class
from visual_coding_course.grading.submission import grade_submission
from visual_coding_course.inside.copies import keep_data, write_copies
from visual_coding_course.recordings import recordings_folder

from .conftest import solved_notebook
from .settings import write_settings

ATTACKS = sorted(Path(__file__).with_name("attacks").glob("*.ipynb"))
CANARY = f"CANARY-{secrets.token_hex(8)}"
NAME = "tiny"
RIGHT = {
    "q1-answer": "x = 1234",
    "q2-answer": "def double(n):\n    return n + n",
    "q3-answer": "table = pd.DataFrame({'a': [1, 2]})\ntrace = np.arange(4.0)",
}
#: Small, so that what ignores them is stopped soon.
LIMITS = {
    "cell_seconds": 2.0,
    "submission_seconds": 30.0,
    "interrupt_grace_seconds": 1.0,
    "output_megabytes": 2.0,
    "memory_megabytes": 512,
    "processes": 40,
    "disk_megabytes": 64,
}
MOST_SECONDS = 40.0  # what is stopped by the clock is tried again
SECRET_FILES = (
    f"solutions/{NAME}/{NAME}.ipynb",
    f"submitted/bea/{NAME}/{NAME}.ipynb",
    f"feedback/bea/{NAME}.html",
    f"autograded/bea/{NAME}/{NAME}.ipynb",
    "gradebook.db",
)
MARKS = ("left-by", "ran-by-a-pickle", "evil.pth")
TESTS = {
    "q1_number.py": f"""
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case


@test_case(points=1)
def is_a_number(x):
    assert isinstance(x, int), f"`x` is a {{type(x).__name__}}, {{x!r}}, not a whole number."


@test_case(points=2, hidden=True)
def is_right(x, expected):
    # {CANARY}
    assert x == expected.x, "`x` is not right."
""",
    "q2_function.py": """
OK_FORMAT = False
name = "q2"

from otter.test_files import test_case


@test_case(points=4, hidden=True)
def doubles(double, given):
    assert all(double(n) == 2 * n for n in (given, 5, given)), "`double` does not double."
""",
    "q3_table.py": """
OK_FORMAT = False
name = "q3"

import numpy as np
from otter.test_files import test_case


@test_case(points=3, hidden=True)
def are_right(table, trace, expected):
    assert table.equals(expected.table), "`table` is not right."
    assert np.allclose(trace, expected.trace), "`trace` is not right."
""",
}


def source_notebook():
    solutions = {question: RIGHT[f"{question}-answer"] for question in ("q1", "q2", "q3")}
    return solved_notebook("import numpy as np\nimport pandas as pd\n\ngiven = 21", solutions)


class Stage:
    """A course folder with secrets in it, and doors at which nobody should knock."""

    def __init__(self, folder):
        self.course = folder / "course"
        source = self.course / "source" / NAME
        (source / "tests").mkdir(parents=True)
        nbformat.write(source_notebook(), source / f"{NAME}.ipynb")
        write_settings(self.course, NAME, **LIMITS)
        for name, text in TESTS.items():
            (source / "tests" / name).write_text(text)
        values = {"x": 1234, "given": 21, "canary": CANARY}
        values |= {"table": pd.DataFrame({"a": [1, 2]}), "trace": np.arange(4.0)}
        kept = self.course / "autograder" / NAME / "files" / "expected.npz"
        kept.parent.mkdir(parents=True)
        kept.write_bytes(keep_data(write_copies(values)))
        for path in SECRET_FILES:
            place = self.course / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(CANARY)
        self.assignment = load_assignment(self.course, NAME)
        self.open_doors(folder)
        self.places = {
            "@COURSE@": self.course,
            "@REPOSITORY@": Path(visual_coding_course.__file__).parents[1],
            "@HOME@": Path.home(),
            "@PORT@": self.doors[0].getsockname()[1],
            "@SOCKET@": self.doors[1].getsockname(),
            "@ABSTRACT@": self.doors[2].getsockname()[1:].decode(),
            "@GRADER@": os.getpid(),
        }

    def open_doors(self, folder):
        kinds = [(socket.AF_INET, ("0.0.0.0", 0)), (socket.AF_UNIX, str(folder / "socket")),
                 (socket.AF_UNIX, f"\0attack-{secrets.token_hex(4)}")]  # fmt: skip
        self.doors = [socket.socket(family, socket.SOCK_STREAM) for family, _ in kinds]
        for door, (_, address) in zip(self.doors, kinds, strict=True):
            door.bind(address)
            door.listen()
            door.setblocking(False)

    def knocked(self):
        """Doors at which somebody stands."""
        found = []
        for door in self.doors:
            with contextlib.suppress(BlockingIOError):
                door.accept()[0].close()
                found.append(door.getsockname())
        return found

    def content(self, path):
        """A hostile notebook's bytes, with the places that it aims at."""
        text = path.read_text(encoding="utf-8")
        for word, place in self.places.items():
            text = text.replace(word, str(place))
        return text.encode()

    def honest(self):
        notebook = self.assignment.notebook
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = RIGHT.get(grade_id, cell.source)
        return nbformat.writes(notebook).encode()


@pytest.fixture(scope="module")
def stage():
    # Not in /tmp, in whose place every notebook sees a folder of its own.
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(dir="/var/tmp") as folder:
        patch.setenv("ATTACK_CANARY", CANARY)
        made = Stage(Path(folder))
        assert full_marks(grade_submission(made.assignment, made.honest()))
        yield made
        for door in made.doors:
            door.close()


def full_marks(result):
    return (result.status, result.score, result.max_score) == ("graded", 10, 10)


def children():
    """Processes that this one has started, by any number of steps, but for the grader's idle."""
    found = {process.pid for process in psutil.Process().children(recursive=True)}
    idle = [*submission._idle_checkers, *submission._idle_runners]
    return found - {one.pid for one in idle if one.alive}


def left_behind():
    """Names of files that the notebooks leave wherever they can."""
    package, home = Path(visual_coding_course.__file__).parent, Path.home()
    places = [package, package.parent, Path(np.__file__).parents[1], recordings_folder(), home]
    places += [home / ".cache", home / ".ipython/profile_default/startup", Path.cwd()]
    places += map(Path, ["/", "/tmp", "/var/tmp", "/dev/shm", "/run"])
    names = [name for place in places if place.is_dir() for name in os.listdir(place)]
    return [name for name in names if name.startswith(MARKS)]


def state_of(*folders):
    """What could be seen to have changed in folders, by path."""
    paths = [path for folder in folders for path in Path(folder).rglob("*")]
    return {path: (path.lstat().st_mtime_ns, path.lstat().st_size) for path in paths}


def watched(stage):
    return state_of(stage.course, recordings_folder(), Path(np.__file__).parent / "core")


def settled(before, seconds=5.0):
    """Processes that are there and were not, when they have had a moment to end."""
    end = time.monotonic() + seconds
    while (more := children() - before) and time.monotonic() < end:
        time.sleep(0.05)
    marked = [p.info for p in psutil.process_iter(["cmdline"]) if _is_marked(p.info["cmdline"])]
    return [*more, *marked]


def _is_marked(command):
    # Of this interpreter's own, since a search for the words would find itself.
    return any(
        "# left-by-a-notebook" in word for word in command or [] if "time.sleep(300)" in word
    )


def printed(result):
    cells = json.loads(result.notebook)["cells"] if result.notebook else []
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    texts = [output["text"] for output in outputs if output["output_type"] == "stream"]
    return "".join("".join(text) for text in texts)


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_attack_gains_and_reaches_nothing(stage, path):
    deserved = nbformat.read(path, as_version=4).metadata["attack"]
    files, processes = watched(stage), children()
    started = time.monotonic()
    result = grade_submission(stage.assignment, stage.content(path))
    seconds = time.monotonic() - started

    assert result.status in deserved["status"], result.message
    assert deserved["least"] <= result.score <= deserved["score"]
    output = printed(result)
    if deserved["attempted"] in (True, result.status):
        assert "REACHED [] ATTEMPTED" in output, output[-2000:]
    assert "REACHED" not in output.replace("REACHED []", "")
    assert CANARY[:15] not in (result.notebook or "")
    assert CANARY[:15] not in json.dumps(result.as_row("eve", NAME, "eve.ipynb"))
    assert seconds < MOST_SECONDS

    assert settled(processes) == []
    assert stage.knocked() == []
    assert left_behind() == []
    assert watched(stage) == files
    after = grade_submission(stage.assignment, stage.honest())
    assert full_marks(after), after.questions


BUSY = """
import time
end = time.process_time() + 1
while time.process_time() < end:
    pass
"""


def test_a_fork_bomb_leaves_others_their_time(stage, tmp_path):
    """A second of work takes no ten, whatever goes on beside it."""
    folder = tmp_path / "handed in"
    folder.mkdir()
    bomb = stage.content(Path(__file__).with_name("attacks") / "fork_bomb.ipynb")
    busy = nbformat.reads(stage.honest(), as_version=4)
    busy.cells.insert(1, nbformat.v4.new_code_cell(BUSY))
    (folder / "bomb.ipynb").write_bytes(bomb)
    nbformat.write(busy, folder / "busy.ipynb")
    course = tmp_path / "course"
    shutil.copytree(stage.course, course)
    write_settings(course, NAME, **{**LIMITS, "cell_seconds": 10.0})

    rows = grade_class(course, NAME, [folder], out=tmp_path / "results", workers=2)
    scores = {row["student"]: (row["status"], row["score"]) for row in rows}
    assert scores["busy"] == ("graded", 10)


class Suspicious(HTMLParser):
    """Collects of a page all that runs or loads something."""

    TAGS = (
        "script", "iframe", "object", "embed", "applet", "form", "base", "link", "meta", "svg",
        "math", "frame", "portal",
    )  # fmt: skip

    def __init__(self, page):
        super().__init__()
        self.found = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag in self.TAGS:
            self.found.add((tag, *sorted((name, value or "") for name, value in attributes)))
        for name, value in attributes:
            address = "".join((value or "").split()).lower()
            if name.startswith("on") or name in ("srcdoc", "formaction"):
                self.found.add((tag, name, value))
            if address.startswith(("javascript:", "vbscript:", "data:text", "data:image/svg")):
                self.found.add((tag, name, value))
            if name in ("src", "poster", "background") and not address.startswith("data:image/"):
                self.found.add((tag, name, value))

    def handle_data(self, data):
        if self.cdata_elem == "style" and "@import" in data:
            self.found.add(("style", data))


def test_a_class_with_attackers_loses_nobody(stage, tmp_path):
    """Attacks that end by themselves, a fork bomb, and honest students between, on two workers."""
    folder, honest, hostile = tmp_path / "handed in", [], []
    folder.mkdir()
    for number, path in enumerate(ATTACKS):
        deserved = nbformat.read(path, as_version=4).metadata["attack"]
        if "timed_out" in deserved["status"] and path.stem != "fork_bomb":
            continue
        hostile.append(path.stem)
        (folder / path.name).write_bytes(stage.content(path))
        if number % 10 == 0:
            honest.append(f"honest-{number}")
            (folder / f"honest-{number}.ipynb").write_bytes(stage.honest())
    (folder / "link.ipynb").symlink_to(folder / "honest-0.ipynb")
    (folder / "away.ipynb").symlink_to(stage.course / "solutions" / NAME / f"{NAME}.ipynb")
    files, out = watched(stage), tmp_path / "results"
    rows = grade_class(stage.course, NAME, [folder], out=out, workers=2)

    scores = {row["student"]: (row["status"], row["score"]) for row in rows}
    assert set(scores) == {*hostile, *honest, "link", "away"}
    assert {scores[student] for student in honest} == {("graded", 10)}
    assert scores["away"][1] == 0
    assert watched(stage) == files
    assert left_behind() == []
    pages = {page.parts[-3]: page.read_text() for page in out.glob("feedback/*/*/*.html")}
    assert set(pages) == set(scores)
    own = Suspicious(pages[honest[0]]).found
    for student, page in pages.items():
        assert Suspicious(page).found <= own | Suspicious(pages["away"]).found, student
        assert CANARY[:15] not in page
    assert "pwned" in pages["script_in_answers"]  # shown, and escaped
