"""A term's way through nbgrader's exchange, with nbgrader's own commands."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from visual_coding_course.grading.run import grade_class

COURSE = Path(__file__).resolve().parents[2]
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
WRONG = {"q1-answer": "x = 4"}
FILES = (
    "README.md", "requirements.txt", "tests/q1_number.py", "slips/q1.py", "mistakes/q1.py",
    "tiny.ipynb",
)  # fmt: skip
#: What a release's wheel and requirements are made from.
NEEDED = ("visual_coding_course", "pyproject.toml", "requirements.lock", "README.md", "LICENSE")
FROM_EXCHANGE = ("timestamp.txt", "submission_secret.txt")

pwd = pytest.importorskip("pwd")  # there is none on Windows, as there is no exchange


class Term:
    """A course, an exchange, and a student, each in a folder."""

    def __init__(self, folder, course, answer):
        self.course, self.exchange, self.home = course, folder / "exchange", folder / "home"
        self.answer, self.student = answer, folder / "student"
        for made in (self.exchange, self.home, self.student):
            made.mkdir()
        self.exchange.chmod(0o777)
        place = f'c.Exchange.root = "{self.exchange}"\n'
        config = (COURSE / "nbgrader_config.py").read_text()
        (course / "nbgrader_config.py").write_text(f"{config}\n{place}")
        (self.student / "nbgrader_config.py").write_text(
            f'c = get_config()\nc.CourseDirectory.course_id = "visual_coding"\n{place}'
        )
        for name in FILES:
            path = course / "release" / "tiny" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(answer() if name.endswith(".ipynb") else b"released")

    def call(self, folder, *words, fails=False):
        environment = {**os.environ, "HOME": str(self.home), "NO_COLOR": "1"}
        environment.pop("JUPYTER_DATA_DIR", None)
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *words], cwd=folder, env=environment,
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert (done.returncode != 0) == fails, done.stderr
        return done.stderr

    def submit(self, answers, name="tiny.ipynb"):
        for old in (self.student / "tiny").glob("*.ipynb"):
            old.unlink()
        (self.student / "tiny" / name).write_bytes(self.answer(answers))
        self.call(self.student, "submit", "tiny")
        self.call(self.course, "collect", "tiny", "--update")

    def release(self):
        said = self.call(self.course, "release_feedback", "tiny")
        self.call(self.student, "fetch_feedback", "tiny")
        pages = self.student.rglob("tiny/feedback/*/*.html")
        return said, [path.read_text() for path in pages]


@pytest.fixture
def term(tmp_path, build_course, answer):
    return Term(tmp_path, build_course(tmp_path / "course"), answer)


def test_from_the_release_to_the_feedback(term):
    me = pwd.getpwuid(os.getuid()).pw_name  # whom nbgrader takes the student for
    term.call(term.course, "release_assignment", "tiny")
    term.call(term.student, "fetch_assignment", "tiny")
    fetched = {
        path.relative_to(term.student / "tiny").as_posix()
        for path in (term.student / "tiny").rglob("*") if path.is_file()
    }  # fmt: skip
    assert fetched == set(FILES)

    term.submit(WRONG)
    other = term.course / "submitted" / "bob" / "tiny"
    shutil.copytree(term.course / "submitted" / me / "tiny", other)
    for name in FROM_EXCHANGE:
        (other / name).unlink()
    rows = grade_class(term.course, "tiny", workers=1)
    assert {row["student"]: row["score"] for row in rows} == {me: 1, "bob": 1}
    for step in ("feedback", "autograded"):
        for name in FROM_EXCHANGE:
            kept = term.course / step / me / "tiny" / name
            assert (
                kept.read_bytes() == (term.course / "submitted" / me / "tiny" / name).read_bytes()
            )
    said, (page,) = term.release()
    assert "look at the question again" in page and "bob" in said

    # A second one, under another name; its page has the name that the student's program asks for.
    term.submit(RIGHT, "my homework.ipynb")
    rows = grade_class(term.course, "tiny", workers=1)
    assert {row["student"]: row["score"] for row in rows} == {me: 7, "bob": 1}
    _, pages = term.release()
    assert len(pages) == 2 and sum("look at the question again" in page for page in pages) == 1

    # What an earlier grading did not put there, the next one does, and grades nobody.
    for path in term.course.rglob(f"feedback/{me}/tiny/*.txt"):
        path.unlink()
    graded = []
    grade_class(term.course, "tiny", progress=lambda done, total, row: graded.append(row))
    assert graded == [None] and len(term.release()[1]) == 2


def test_what_git_keeps_of_a_release_is_made_whole_before_it_is_handed_out(term):
    for name in NEEDED:
        (term.course / name).symlink_to(COURSE / name)
    release = term.course / "release" / "tiny"
    for path in release.iterdir():
        if path.name not in ("tiny.ipynb", "README.md", "tests"):
            path.unlink() if path.is_file() else shutil.rmtree(path)
    term.call(term.course, "generate_assignment", "tiny")  # passes over what is there

    assert "is not whole" in term.call(term.course, "release_assignment", "tiny")

    placed = term.exchange / "visual_coding" / "outbound" / "tiny"
    assert (placed / "requirements.txt").is_file() and [*placed.glob("*.whl")]


def test_a_release_takes_the_place_of_another_when_it_is_whole(term):
    term.call(term.course, "release_assignment", "tiny")
    out, release = term.exchange / "visual_coding" / "outbound", term.course / "release" / "tiny"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    (release / "README.md").write_text("repaired")
    (release / "data.csv").symlink_to("nowhere.csv")
    term.call(term.course, "release_assignment", "tiny", "--force", fails=True)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    (release / "data.csv").unlink()
    assert "add --force" in term.call(term.course, "release_assignment", "tiny", fails=True)
    term.call(term.course, "release_assignment", "tiny", "--force")
    assert (out / "tiny" / "README.md").read_text() == "repaired"
    assert [path.name for path in out.iterdir()] == ["tiny"]
    assert oct((out / "tiny").stat().st_mode)[-3:] == "755"
