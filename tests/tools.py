"""Other people's tools in a course folder, as their commands and pages call them."""

import os
import subprocess
import sys
from pathlib import Path

from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config, PyFileConfigLoader

COURSE = Path(__file__).resolve().parents[1]


def run_tool(folder, *command):
    """Run Python in a folder, see that it ends well, and return what it printed."""
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(COURSE)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def nbgrader_in(course, monkeypatch, **settings):
    """nbgrader's own doings in a course folder, which is gone to, with its configuration."""
    monkeypatch.chdir(course)
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(course)
    config.merge(Config(settings))
    return NbGraderAPI(config=config)
