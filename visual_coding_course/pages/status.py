"""The page that says how a watch is doing: one HTML file that needs nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from . import feedback

#: Beside its own, those of the feedback page: both have one look.
FOLDERS = [Path(__file__).parent / "templates", Path(feedback.__file__).parent / "templates"]


def status_page(**about: Any) -> str:
    """Make the page.

    Parameters
    ----------
    about
        ``name`` and ``title`` of the assignment; ``places`` that are looked at; ``since`` and
        ``looked``, times; ``graded`` and ``waiting``, numbers; ``trouble``, a sentence, or empty;
        whether it has ``ended``; ``lines``, the last first, each a time and a text.
    """
    return _template().render(**about)


@cache
def _template() -> Template:
    loader = FileSystemLoader(FOLDERS)
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("status.html.j2")
