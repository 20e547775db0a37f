"""`course test --next`: an environment with the packages of AllenSDK's next release."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

from visual_coding_course import cli
from visual_coding_course.commands import selftest
from visual_coding_course.recordings.layout import VARIABLE

COURSE = Path(__file__).resolve().parents[2]


@pytest.fixture
def called(monkeypatch):
    """Commands that are run, each of which ends with the next of these states."""
    commands, states, wheres = [], [], []

    def run(command, **named):
        where = named["env"].get(VARIABLE, "")
        commands.append(" ".join(map(str, command)))
        wheres.append(selftest.NEXT_ENVIRONMENT in where)
        return SimpleNamespace(returncode=states.pop(0) if states else 0)

    monkeypatch.setattr(selftest.subprocess, "run", run)
    monkeypatch.setattr(selftest, "_build", lambda course: {})
    return commands, states, wheres


def test_it_installs_with_the_overrides_and_tests_there(called):
    result = CliRunner().invoke(cli.main, ["test", "--next", "tests/checking", "-x"])
    assert result.exit_code == 0, result.output
    made, pinned, installed, _, tested = called[0]
    assert "uv venv -q --clear" in made and made.endswith(selftest.NEXT_ENVIRONMENT)
    assert f"--overrides {selftest.NEXT}" in pinned and "--all-extras" in pinned
    pins = pinned.split()[-1]
    assert "--no-deps" in installed and f"-r {pins} -e ." in installed
    assert selftest.NEXT_ENVIRONMENT in tested and tested.endswith("pytest tests/checking -x")


def test_recordings_are_made_there_and_answers_judged_on_those_there_are(called):
    assert CliRunner().invoke(cli.main, ["test", "--next"]).exit_code == 0
    assert called[0][-2].endswith("tests/recordings") and "tests/checking" in called[0][-1]
    assert called[2] == [False, False, False, False, True, False]


def test_what_fails_is_the_last_and_the_status(called):
    called[1].extend([0, 3])
    assert CliRunner().invoke(cli.main, ["test", "--next"]).exit_code == 3
    assert len(called[0]) == 2


def test_the_overrides_can_be_read_and_the_tests_are_there():
    lines = (COURSE / selftest.NEXT).read_text().splitlines()
    named = {Requirement(line).name for line in lines if line and not line.startswith("#")}
    assert {"numpy", "pandas"} <= named
    paths = [*selftest.NEXT_RECORDINGS, *selftest.NEXT_TESTS]
    assert all((COURSE / path).exists() for path in paths)
